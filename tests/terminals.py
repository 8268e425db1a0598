"""A program at a terminal of its own: what a person types, and what they see."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from select import select
from types import TracebackType
from typing import Self

import pytest

PATIENCE = 20.0
"""Seconds that a slow machine is given."""


class Terminal:
    """A program that runs in a terminal of so many columns and 24 lines. Tests skip where there are none (Windows)."""

    def __init__(self, command: Sequence[str], folder: Path, environment: Mapping[str, str], columns: int = 80) -> None:
        pty = pytest.importorskip("pty")
        fcntl, struct, termios = (pytest.importorskip(name) for name in ("fcntl", "struct", "termios"))
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
        self.process = _begin(command, folder, {"LC_ALL": "C.UTF-8", **kept, **environment}, theirs)
        os.close(theirs)
        self.ours = ours
        self.seen, self.place = "", 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)
        os.close(self.ours)

    def type(self, keys: str) -> None:
        """Press some keys."""
        os.write(self.ours, keys.encode())

    def until(self, words: str) -> str:
        """What is seen from where the last search ended until some words are."""
        end = time.monotonic() + PATIENCE
        begin = self.place
        while (found := self.seen.find(words, begin)) < 0:
            if time.monotonic() > end or not self._read(0.1):
                pytest.fail(f"waited for {words!r} and saw {self.seen[begin:]!r}")
        self.place = found + len(words)
        return self.seen[begin : self.place]

    def rest(self) -> str:
        """What is seen until the program ends."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end and self._read(0.1):
            pass
        return self.seen.replace("\r\n", "\n")

    def _read(self, seconds: float) -> bool:
        """Take what has been written; false when the program has ended."""
        if not select([self.ours], [], [], seconds)[0]:
            return True
        try:
            found = os.read(self.ours, 65536)
        except OSError:  # what a terminal says whose programs have ended
            return False
        self.seen += found.decode("utf-8", "replace")
        return bool(found)


def _begin(command: Sequence[str], folder: Path, environment: Mapping[str, str], terminal: int) -> int:
    """The id of a process that has the terminal for its own."""
    import sys

    # A session of its own takes the first terminal that it opens for its own.
    program = (
        "import os,sys; name=os.ttyname(0); os.close(os.open(name, os.O_RDWR)); os.chdir(sys.argv[1]);"
        "os.execvp(sys.argv[2], sys.argv[2:])"
    )
    actions = [(os.POSIX_SPAWN_DUP2, terminal, number) for number in (0, 1, 2)]
    return os.posix_spawn(
        sys.executable,
        [sys.executable, "-c", program, str(folder), *command],
        dict(environment),
        file_actions=actions,
        setsid=True,
    )
