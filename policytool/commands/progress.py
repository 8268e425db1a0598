"""How far a long piece of work has come, on a bar at the terminal."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from policytool.cli import Session

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

PATIENCE = timedelta(seconds=1)
"""What takes no longer than this shows no bar."""
_ERASE = "\r\x1b[K"
Step = TypeVar("Step")


class Progress:
    """A bar on stderr for work that takes more than a second, at a terminal and unless `--quiet` was said.

    What is said meanwhile stands above it. Use it with `with`: it goes when the work has ended, however it did.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._begun = session.now
        self._bar: ProgressBar[Any] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._erase()
        self._bar = None

    def over(self, steps: Iterable[Step], what: str, length: int) -> Iterator[Step]:
        """The steps of some work, shown as they are done."""
        for done, step in enumerate(steps, 1):
            yield step
            self._show(what, done, length)
        self._erase()
        self._bar = None

    def note(self, message: str) -> None:
        """A word that `--quiet` leaves out."""
        if not self._session.quiet:
            self.say(message)

    def say(self, message: str) -> None:
        """A line above the bar."""
        self._erase()
        click.echo(message, err=True)
        if self._bar:
            self._bar.render_progress()

    def _show(self, what: str, done: int, length: int) -> None:
        if self._bar is None:
            if self._session.quiet or not sys.stderr.isatty() or self._session.now - self._begun < PATIENCE:
                return
            self._bar = click.progressbar(length=length, label=what, file=sys.stderr, show_pos=True)
        self._bar.update(done - self._bar.pos)

    def _erase(self) -> None:
        if self._bar:
            click.echo(_ERASE, nl=False, err=True)
