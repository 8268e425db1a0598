"""The one exception: cannot go on. In a module of its own, so that a door can catch it before anything is loaded."""

from __future__ import annotations


class UnableError(Exception):
    """Cannot go on at all; the message is for the user, `advice` says what to do."""

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.advice = advice
