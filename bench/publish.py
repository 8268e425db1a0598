"""How fast what goes out is: publishing, verifying and packing against building the same policies with nothing kept."""

from __future__ import annotations

import shutil
import statistics
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import packed, verified
from bench.generate import write_repository
from bench.measure import Command, Sample, machine, progress, python, took
from bench.records import write_records
from bench.table import figure, table, verdict

POLICIES, MOST_RUNS = 100, 5
TODAY = "2026-11-22"
MOST_PUBLISH = 1.5
LIBRARIES = ("typst", "python-docx", "lxml", "jinja2", "markdown-it-py", "gitpython")
_WHO = ("-c", "user.name=Bench", "-c", "user.email=bench@school.example")
Row = Sequence[str]


def run(runs: int, seed: int) -> str:
    """All measurements; the report as Markdown."""
    with TemporaryDirectory(prefix="policytool-bench-") as folder:
        return "\n\n".join(_sections(Path(folder), min(runs, MOST_RUNS), seed))


def _sections(folder: Path, runs: int, seed: int) -> Iterator[str]:
    yield machine(LIBRARIES)
    progress(f"writing {POLICIES} policies with ten years of records")
    _write(folder, seed)
    progress("publish against build")
    yield table((f"{POLICIES} policies, ms", "ours", "build", "ratio", "target", ""), list(_published(folder, runs)))
    root = folder / "verified"
    progress(f"writing {verified.POLICIES} policies in {verified.VERSIONS} published versions")
    verified.write_published(root, verified.POLICIES, seed)
    progress("verify against hashing and building")
    header = (f"{verified.POLICIES} policies × {verified.VERSIONS} versions", "ours", "theirs", "ratio", "target", "")
    yield table(header, list(verified.rows(root, runs)))
    progress("a pack against building")
    yield table(packed.HEADER, list(packed.rows(folder, runs, seed)))


def _write(root: Path, seed: int) -> None:
    """Policies and their records, committed."""
    write_repository(root, POLICIES, seed)
    write_records(root, POLICIES, seed)
    (root / ".gitignore").write_text("build/\n", "utf-8")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), (*_WHO, "commit", "-q", "-m", "Begin")):
        subprocess.run(("git", *arguments), cwd=root, check=True)  # noqa: S607  # git from the path


def _published(root: Path, runs: int) -> Iterator[Row]:
    """In turn, so that what slows the machine down slows both."""
    pairs = [(_afresh(root, "build"), _afresh(root, "publish", "--all")) for _ in range(runs)]
    for name, place in (("wall", 0), ("CPU", 1)):
        build, publish = (statistics.median(one[which][place] for one in pairs) for which in (0, 1))
        ratio = statistics.median(ours[place] / theirs[place] for theirs, ours in pairs)
        met = verdict(ratio, MOST_PUBLISH, "{}") if name == "wall" else ("–", "")
        yield (f"publish, {name}", figure(publish * 1000), figure(build * 1000), f"{ratio:.2f}", *met)
    again = took(_command(root, "publish", "--all")).wall
    yield ("publish again, nothing to do, wall", figure(again * 1000), "", "", "–", "")


def _afresh(root: Path, *arguments: str) -> Sample:
    """With nothing kept, and nothing published yet."""
    shutil.rmtree(root / "build", ignore_errors=True)
    for path in (root / "reviews").glob("*/*-publication*.yaml"):
        path.unlink()
    return took(_command(root, *arguments))


def _command(root: Path, *arguments: str) -> Command:
    return python("-m", "policytool", "--root", root, "--today", TODAY, *arguments)
