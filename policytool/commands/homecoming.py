"""`policytool import --update`: what was edited in Word comes home."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.piece import Remark
from policytool.pipeline import compare
from policytool.pipeline.homecoming import Homecoming, come_home, read, write
from policytool.pipeline.versions import Versions
from policytool.render.imported import clashes, comments, findings, remarks
from policytool.render.terminal import count, printable

if TYPE_CHECKING:
    from policytool.parse.drafting.returned import Returned

NARROWEST = 60
_BESIDE = {"text box": "a text box is", "other": "these words are"}


def update(session: Session, path: Path, *, name: str, rejects: bool, dry_run: bool, yes: bool) -> int:
    """Bring the edits of one Word file home: the comments, what clashes, or the comparison, and then the source."""
    back = read(path, "reject" if rejects else "accept")
    with Versions(session.load()) as versions:
        home = come_home(versions, back, name)
    for line in (*comments(path.as_posix(), back.comments), *remarks(path.as_posix(), [*_beside(back)])):
        click.echo(line)
    if home.clashes:
        return _clash(session, home)
    if home.is_same:
        session.note(printable(f"nothing is left to do: {home.path} has every edit of {path}"))
        return CLEAN
    for line in _shown(home, colour=session.colour):
        click.echo(line)
    for line in findings(home.findings):
        click.echo(line)
    if dry_run or (not yes and _can_ask() and not click.confirm(f"Write {home.path}?", default=True, err=True)):
        session.note("nothing was written")
    else:
        write(session.folder, home)
        session.note(printable(f"{path}: wrote {home.path}"))
    return FINDINGS if any(one.is_error for one in home.findings) else CLEAN


def _beside(back: Returned) -> Iterator[Remark]:
    """What a person should know of the reading, and words that stand beside the text, which no source can hold."""
    yield from back.remarks
    for aside in back.asides:
        if aside.kind in _BESIDE:
            yield Remark("look", aside.place, f"{_BESIDE[aside.kind]} not brought home: {aside.text}")


def _clash(session: Session, home: Homecoming) -> int:
    for line in clashes(home.path, _lines(home)):
        click.echo(line)
    told = count(len(home.clashes), "conflict")
    advice = "put them right in the source, or in the file, and run this again"
    session.note(printable(f"nothing was written to {home.path}: {told}; {advice}"))
    return FINDINGS


def _lines(home: Homecoming) -> Iterator[tuple[int, str, str, str, str]]:
    for one in home.clashes:
        yield one.position.line if one.position else 0, one.number, one.why, one.theirs, one.ours


def _shown(home: Homecoming, *, colour: bool) -> Sequence[str]:
    if home.compared is None:
        return ()
    width = max(get_terminal_size().columns, NARROWEST)
    return tuple(compare.lines(home.compared, "text", colour=colour, width=width))


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
