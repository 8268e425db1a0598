"""A build that is killed, out of room or not alone leaves every file whole, and the next one right."""

from __future__ import annotations

import contextlib
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from policytool.model.unable import UnableError
from policytool.pipeline.workers import Crew
from policytool.store.files import SourceFile
from tests.pipeline.test_build import expected_pages, pages
from tests.repository import Repository

BODY = "# One\n\n1. Staff must be {}. {{#kind}}\n2. See [](two.md#kind).\n"
ROOT = Path(__file__).parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}
MANY = [f"policy-{number}" for number in range(12)]


def command(repository: Repository, *arguments: str) -> list[str]:
    """A build of pages, as a process of its own."""
    return ["--root", str(repository.root), "--quiet", "build", "--to", "html", *arguments]


def process(*arguments: str, before: Callable[[], object] | None = None) -> subprocess.Popen[bytes]:
    """Python in a process of its own."""
    whole = [sys.executable, *arguments]
    pipe = subprocess.PIPE
    return subprocess.Popen(whole, cwd=ROOT, env=ENVIRONMENT, stdout=pipe, stderr=pipe, preexec_fn=before)  # noqa: PLW1509  # no threads here


@pytest.fixture
def changed(repository: Repository) -> Repository:
    """Two policies that were built and then changed."""
    for word in ("kind", "fair"):
        for name in ("one", "two"):
            repository.write(name, BODY.format(word), title=word.title())
        if word == "kind":
            assert repository.run("--quiet", "build", "--to", "html") == 0
    return repository


@pytest.mark.parametrize("what", ["fsync", "replace"])
def test_killed_at_any_write_it_leaves_every_file_whole(changed: Repository, what: str) -> None:
    """Each is the old one or the new one; and so is what is kept, or it is not there."""
    old, new = pages(changed), expected_pages(changed)
    kept = {path.name: path.read_bytes() for path in (changed.root / "build" / "kept").iterdir()}
    killed = 0
    for turn in range(1, 20):
        for name, content in old.items():
            changed.write_raw(f"build/{name}.html", content)
        for name, content in kept.items():
            changed.write_raw(f"build/kept/{name}", content)
        with process("-m", "tests.pipeline.killing", str(turn), what, *command(changed)) as running:
            running.communicate()
        for name, page in pages(changed).items():
            assert page in (old[name], new[name])
        if running.returncode == 0:
            break
        assert running.returncode == -signal.SIGKILL
        killed += 1
        assert changed.run("--quiet", "build", "--to", "html") == 0
        assert pages(changed) == new
    assert killed == 4  # two pages, what was read, what was made


def limited() -> None:
    """No file may grow beyond a kilobyte: the system refuses the rest, as a full disk does."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))


def test_where_nothing_fits_the_old_files_stay(changed: Repository) -> None:
    """It is told in words, and the next build is right."""
    old = pages(changed)
    with process("-m", "policytool", *command(changed), before=limited) as running:
        _, err = running.communicate()
    assert running.returncode == 2
    assert b"one was left out: cannot write" in err
    assert b"Traceback" not in err
    assert pages(changed) == old
    assert not list((changed.root / "build").rglob("*.part"))
    assert changed.run("--quiet", "build", "--to", "html") == 0
    assert pages(changed) == expected_pages(changed)


@contextlib.contextmanager
def mounted(folder: Path, *options: str) -> Iterator[None]:
    """A small file system in memory at a folder; the test is left out where none may be mounted."""
    folder.mkdir(exist_ok=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", ",".join(options), "tmpfs", str(folder)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip("no file system may be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.skipif(sys.platform != "linux", reason="it mounts as Linux does")
def test_on_a_full_file_system_the_old_files_stay(changed: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A real one, 64 KB large; once there is room again, all is built."""
    out = changed.root / "small"
    with mounted(out, "size=64k"):
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 0
        built = {path.name: path.read_bytes() for path in out.glob("*.html")}
        (out / "filler").write_bytes(b"")
        with contextlib.suppress(OSError), (out / "filler").open("wb", buffering=0) as filler:
            while filler.write(b"x" * 4096):
                pass
        changed.write("one", BODY.format("bold"), title="Bold")
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 1
        assert "no space left on device" in capsys.readouterr().err
        assert {path.name: path.read_bytes() for path in out.glob("*.html")} == built
        (out / "filler").unlink()
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 0
        assert b"bold" in (out / "one.html").read_bytes()


@pytest.mark.skipif(sys.platform != "linux", reason="it mounts as Linux does")
def test_into_a_read_only_folder_nothing_is_built(changed: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is lost; what is up to date there is still seen to be."""
    out = changed.root / "fixed"
    with mounted(out, "size=1m"):
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 0
        subprocess.run(["mount", "-o", "remount,ro", str(out)], check=True)
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 0
        changed.write("one", BODY.format("bold"), title="Bold")
        assert changed.run(*command(changed, "--out", str(out))[2:]) == 1
        assert "one was left out: cannot write" in capsys.readouterr().err


def test_a_read_only_repository_is_built_elsewhere(changed: Repository, tmp_path: Path) -> None:
    """Where nothing can be kept, nothing is kept."""
    build = changed.root / "build"
    for path in sorted(build.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    build.rmdir()
    build.write_bytes(b"no folder")
    for _ in range(2):
        assert changed.run(*command(changed, "--out", str(tmp_path / "out"))[2:]) == 0
    assert build.read_bytes() == b"no folder"


def test_two_builds_at_once_are_both_right(changed: Repository) -> None:
    """Each writes whole files, and neither spoils what the other keeps."""
    running = [process("-m", "policytool", *command(changed, "--jobs", "1")) for _ in range(2)]
    for one in running:
        with one:
            _, err = one.communicate()
        assert (one.returncode, err) == (0, b"")
    assert pages(changed) == expected_pages(changed)
    assert not list((changed.root / "build").rglob("*.part"))
    assert changed.run("--quiet", "build", "--to", "html") == 0


# Several processes


@pytest.fixture
def many(repository: Repository) -> Repository:
    """As many policies as several workers are worth."""
    for name in (*MANY, "two"):
        repository.write(name, BODY.format("kind"), title=name.title())
    return repository


def test_workers_make_the_same_in_the_same_order(many: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And one that is left out is told in its turn."""
    many.write("policy-3", "# One\n\n1. See [](#nowhere).\n")
    many.write("policy-4", "# One\n\n1. A smile: \N{GRINNING FACE}\n")
    assert many.run("build", "--jobs", "2", "--to", "html,pdf") == 1
    told = capsys.readouterr().err.splitlines()
    named = [line.removeprefix("error: ").split()[0].partition(".")[0] for line in told if "help" not in line]
    assert list(dict.fromkeys(named[:-1])) == sorted([*MANY, "two"])
    assert any("policy-4 was left out" in line and "grinning face" in line for line in told)
    expected = expected_pages(many)
    del expected["policy-4"]
    assert pages(many) == expected


def test_a_worker_that_dies_is_told_and_the_next_build_goes_on(many: Repository) -> None:
    """In words, with what to do."""
    with Crew(2) as crew:
        crew._start()  # noqa: SLF001  # before there is anything to do
        for worker in crew._workers:  # noqa: SLF001
            worker.process.kill()
            worker.process.join()
        sources = [SourceFile(f"source/{name}.md", name, b"") for name in MANY * 3]
        with pytest.raises(UnableError, match="a worker of the build was ended by signal 9"):
            list(crew.read(sources))
    assert many.run("--quiet", "build", "--jobs", "2", "--to", "html") == 0
    assert pages(many) == expected_pages(many)


def children(parent: int) -> list[int]:
    """The processes that a process has started."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False)
    return [int(line) for line in listed.stdout.split()]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_the_workers_end_with_the_build(many: Repository, how: signal.Signals) -> None:
    """Stopped by Ctrl-C or killed, it leaves no process behind, and its pages whole."""
    with process("-m", "policytool", *command(many, "--jobs", "2", "--to", "html,pdf")) as running:
        found: list[int] = []
        while running.poll() is None and not (many.root / "build" / "policy-0.html").exists():
            found = children(running.pid) or found
            time.sleep(0.02)
        running.send_signal(how)
        _, err = running.communicate()
    assert b"Traceback" not in err
    for _ in range(500):
        if not any(Path(f"/proc/{pid}").exists() for pid in found):
            break
        time.sleep(0.02)
    assert not any(Path(f"/proc/{pid}").exists() for pid in found)
    assert many.run("--quiet", "build", "--to", "html", "--jobs", "1") == 0
    assert pages(many) == expected_pages(many)
