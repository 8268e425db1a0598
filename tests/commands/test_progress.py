"""The bar that shows how far a build has come."""

from __future__ import annotations

import io
import sys
from datetime import timedelta

import pytest

from policytool.cli import Session
from policytool.commands import progress
from policytool.commands.progress import Progress


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        """It is."""
        return True


def shown(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, patience: timedelta, *, quiet: bool = False) -> str:
    """What three steps of some work print, with a word said after the second."""
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setattr(progress, "PATIENCE", patience)
    with Progress(Session(None, None, quiet, colour=False)) as bar:
        for step in bar.over([1, 2, 3], "Building", 3):
            if step == 2:
                bar.note("  one.docx")
    return stream.getvalue()


def test_it_is_shown_at_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """And is gone at the end; what is said meanwhile stands on a line of its own."""
    told = shown(monkeypatch, Terminal(), timedelta(0))
    assert "Building" in told
    assert "1/3" in told
    assert "\r\x1b[K  one.docx\n" in told
    assert told.endswith("\r\x1b[K")


def test_it_is_not_shown_of_what_is_soon_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """Within a second."""
    assert shown(monkeypatch, Terminal(), progress.PATIENCE) == "  one.docx\n"


def test_it_is_not_shown_in_a_pipe_or_when_quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody would look at it."""
    assert shown(monkeypatch, io.StringIO(), timedelta(0)) == "  one.docx\n"
    assert shown(monkeypatch, Terminal(), timedelta(0), quiet=True) == ""
