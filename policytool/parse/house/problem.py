"""What is wrong with a file of the house style."""

from __future__ import annotations

from typing import NamedTuple


class Problem(NamedTuple):
    """What keeps a file, or a part of it, from being used, and what to do about it."""

    message: str
    advice: str = ""
