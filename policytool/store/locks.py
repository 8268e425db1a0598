"""A file that one process holds at a time."""

from __future__ import annotations

import sys
from typing import BinaryIO

# Windows locks bytes: these lie far beyond the end of any file of ours, and may be locked all the same.
_FAR = 1 << 40


def lock(file: BinaryIO) -> None:
    """Hold an open file until it is closed or the process ends. Raises `OSError` while another process holds it."""
    if sys.platform == "win32":
        import msvcrt

        file.seek(_FAR)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
