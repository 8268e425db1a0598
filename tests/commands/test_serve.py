"""`policytool serve`, as a person starts, uses and stops it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

import pytest

from policytool.portal.listening import listen, port_of
from tests.repository import Repository

PATIENCE = 20.0
pytestmark = pytest.mark.skipif(os.name != "posix", reason="needs signals")


@dataclass
class Running:
    """The command in a process of its own."""

    process: subprocess.Popen[str]
    port: int

    def get(self, path: str) -> tuple[int, str]:
        """The status and the text of an answer."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)) as connection:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def until(self, path: str, words: str) -> int:
        """The status of a page when it says some words."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, text = self.get(path)
            if words in text:
                return status
            time.sleep(0.02)
        pytest.fail(f"never said {words!r}: {text}")

    def stopped(self, how: signal.Signals) -> tuple[int, float, str, str]:
        """The exit code after a signal, the seconds it took, and all that was said on both ways out."""
        begin = time.monotonic()
        self.process.send_signal(how)
        out, err = self.process.communicate(timeout=PATIENCE)
        return self.process.returncode, time.monotonic() - begin, out, err


@contextmanager
def running(root: Path, *options: str) -> Iterator[Running]:
    """The command on some free port, until it is stopped."""
    command = [sys.executable, "-m", "policytool", "--root", str(root), "serve", "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.fullmatch(r"http://127\.0\.0\.1:(\d+)/ shows the policies; press Ctrl-C to stop\n", line)
            assert found, line + (process.stderr.read() if process.stderr else "")
            yield Running(process, int(found[1]))
        finally:
            process.kill()


@pytest.fixture
def school(repository: Repository) -> Repository:
    """A repository of one policy."""
    repository.write("online-safety", "# Rules\n\nPupils must keep passwords secret.\n", "Online Safety")
    return repository


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_it_stops_at_once_and_quietly(school: Repository, how: signal.Signals) -> None:
    """With streams of events open, with a request half sent, and with a connection that says nothing."""
    with running(school.root) as portal:
        wires = [socket.create_connection(("127.0.0.1", portal.port), timeout=PATIENCE) for _ in range(4)]
        for wire in wires[:2]:
            wire.sendall(f"GET /_changes HTTP/1.1\r\nHost: localhost:{portal.port}\r\n\r\n".encode())
            assert b"200 OK" in wire.recv(4096)
        wires[2].sendall(b"GET / HT")
        code, seconds, out, err = portal.stopped(how)
        for wire in wires:
            wire.close()
    assert (code, out, err) == (0, "", "")
    assert seconds < 5  # one on a quiet machine


def test_a_port_that_is_taken_is_told(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """With one that is free."""
    with listen(0) as taken:
        port = port_of(taken)
        assert school.run("serve", "--port", str(port)) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"error: port {port} is in use by another program\nhelp: try --port ")


def test_a_port_that_there_is_not_is_told(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Before anything is read."""
    assert school.run("serve", "--port", "70000") == 2
    assert "65535" in capsys.readouterr().err


def test_where_there_is_no_repository_nothing_is_served(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The settings say where it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        from policytool.cli import run

        assert run(["serve", "--port", "0"]) == 2
    assert "no policytool.yaml" in capsys.readouterr().err


def test_only_this_machine_can_reach_it(school: Repository) -> None:
    """It listens on 127.0.0.1, not on the machine's other addresses."""
    with running(school.root) as portal, socket.socket() as other:
        other.settimeout(PATIENCE)
        assert other.connect_ex(("127.0.0.2", portal.port)) != 0


def test_what_changed_is_noted_unless_quiet(school: Repository) -> None:
    """A line on the way that is not the result."""
    for options, expected in (((), "source/online-safety.md changed\n"), (("--quiet",), "")):
        with running(school.root, *options) as portal:
            school.write("online-safety", f"# Rules\n\nNew words {len(options)}.\n", "Online Safety")
            portal.until("/online-safety/", f"New words {len(options)}.")
            assert portal.stopped(signal.SIGINT)[3] == expected


def _tree(root: Path) -> dict[str, tuple[int, bytes]]:
    """Every file and when it was written, but for what is kept of what was read."""
    kept = root / "build" / "kept"
    files = [path for path in root.rglob("*") if path.is_file() and kept not in path.parents]
    return {path.relative_to(root).as_posix(): (path.stat().st_mtime_ns, path.read_bytes()) for path in files}


def test_an_edit_is_in_the_page_and_a_mistake_is_told_where_it_is(school: Repository) -> None:
    """Without anybody asking for it to be made again."""
    with running(school.root) as portal:
        assert portal.until("/online-safety/", "Pupils must keep passwords secret.") == 200
        school.write("online-safety", "# Rules\n\nPupils must obey [](#nowhere).\n", "Online Safety")
        assert portal.until("/online-safety/", "PT203") == 200
        assert "source/online-safety.md:12:" in portal.get("/online-safety/")[1]
        school.write("online-safety", "# Rules\n\nPupils must be kind.\n", "Online Safety")
        assert portal.until("/online-safety/", "Pupils must be kind.") == 200
        assert "PT203" not in portal.get("/online-safety/")[1]


def test_settings_that_cannot_be_read_are_told_until_they_can(school: Repository) -> None:
    """In every page, with the line; the server lives on."""
    settings = (school.root / "policytool.yaml").read_bytes()
    with running(school.root) as portal:
        assert portal.until("/online-safety/", "passwords") == 200
        school.write_raw("policytool.yaml", b"organisation: [\n")
        assert portal.until("/online-safety/", "policytool.yaml:2:1: ") == 500
        (school.root / "policytool.yaml").unlink()
        assert portal.until("/online-safety/", "This page cannot be shown") == 500
        school.write_raw("policytool.yaml", settings)
        assert portal.until("/online-safety/", "passwords") == 200
        code, _, out, err = portal.stopped(signal.SIGINT)
    assert (code, out) == (0, "")
    assert "Traceback" not in err


def test_policies_come_and_go(school: Repository) -> None:
    """A file that is new has a page, one that is taken away has none."""
    with running(school.root) as portal:
        assert portal.get("/new-policy/")[0] == 404
        school.write("new-policy", "# Scope\n\nEverybody.\n", "A New Policy")
        assert portal.until("/new-policy/", "Everybody.") == 200
        (school.root / "source/new-policy.md").unlink()
        assert portal.until("/new-policy/", "There is no page here") == 404


def test_nothing_is_written(school: Repository) -> None:
    """Whatever is asked for, and however."""
    before = _tree(school.root)
    with running(school.root) as portal:
        for path in (
            "/",
            "/online-safety/",
            "/search.html?q=x",
            "/online-safety/compare/pair?old=approved&new=working",
        ):
            portal.get(path)
        for method in ("POST", "PUT", "DELETE"):
            with closing(HTTPConnection("127.0.0.1", portal.port, timeout=PATIENCE)) as connection:
                connection.request(method, "/online-safety/", body=b"x")
                assert connection.getresponse().status == 405
        portal.stopped(signal.SIGINT)
    assert _tree(school.root) == before


def test_it_begins_as_quickly_with_other_commands_as_before() -> None:
    """What serves is imported by nobody else."""
    code = "import sys, policytool.cli; from policytool.commands import status, serve; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert not {"starlette", "uvicorn", "watchfiles", "asyncio"} & set(said.split())
