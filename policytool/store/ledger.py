"""The ledger of reminders on the disk: held by one run at a time, appended to, and flushed after every line."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from policytool.model.unable import UnableError
from policytool.store.files import reason
from policytool.store.locks import lock

LEDGER = "reviews/reminders.jsonl"


def read(root: Path, path: str) -> bytes | None:
    """The bytes of the ledger, or of another file that need not be there; None where it is not."""
    try:
        return (root / path).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnableError(f"cannot read {path}: {reason(error)}") from error


class Ledger:
    """The ledger, held: nobody else can append to it meanwhile."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def read(self) -> bytes:
        """All that stands in it."""
        self._file.seek(0)
        return self._file.read()

    def append(self, lines: str) -> None:
        """Add lines, on the disk when this returns. After a line that breaks off, they begin on one of their own."""
        try:
            self._file.write((b"" if self._is_whole() else b"\n") + lines.encode())
            self._file.flush()
            os.fsync(self._file.fileno())
        except OSError as error:
            advice = "what was not written down may be sent once more: free some space, then run it again"
            raise UnableError(f"cannot write {LEDGER}: {reason(error)}", advice) from error

    def _is_whole(self) -> bool:
        end = self._file.seek(0, os.SEEK_END)
        if not end:
            return True
        self._file.seek(end - 1)
        return self._file.read(1) == b"\n"


@contextlib.contextmanager
def hold(root: Path, *, new: bool = False) -> Iterator[Ledger]:
    """The ledger of a repository, for this run alone; `new` begins one where there is none.

    Raises `UnableError` where there is none and none is to be begun, and while another run holds it.
    """
    path = root / LEDGER
    if not new and not path.is_file():
        advice = "if nobody was ever reminded from here, begin one with --new-ledger; else bring the file back"
        raise UnableError(f"there is no {LEDGER}, so nobody knows what was sent already", advice)
    try:
        path.parent.mkdir(exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise UnableError(f"cannot write {LEDGER}: {reason(error)}") from error
    with file:
        _lock(file)
        settle(path.parent)
        yield Ledger(file)


def settle(folder: Path) -> None:
    """Make sure that a file just begun is found in its folder after a crash; Windows cannot, and need not."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _lock(file: BinaryIO) -> None:
    """Hold the file until it is closed, or the process ends however it ends."""
    try:
        lock(file)
    except OSError as error:
        advice = "wait until it is done; whatever it does not send, the next run will"
        raise UnableError("another `policytool remind --send` is at work here", advice) from error
