"""`policytool record --from-pack`: all that a meeting decided, in one go."""

from __future__ import annotations

from typing import Any

import click

from policytool.cli import CLEAN, Session
from policytool.model.unable import UnableError
from policytool.pipeline.outcomes import Asked, Found, Outcomes
from policytool.pipeline.versions import Versions
from policytool.render.terminal import count, printable

_TAKEN = ("from_pack", "held", "by", "minute")


def record_pack(session: Session, given: dict[str, Any], *, commit: bool, dry_run: bool) -> int:
    """Write the records of a pack's outcomes, or tell what is wrong with them."""
    strange = [name for name, value in given.items() if value and name not in _TAKEN]
    if strange:
        raise click.UsageError(f"--{strange[0]} does not belong to --from-pack: the rows of the file say it")
    if not given["held"]:
        raise UnableError("--held is missing", "when was the meeting? (2026-09-14)")
    working = session.load()
    today = session.day_in(working.library.settings.timezone)
    asked = Asked(given["from_pack"], given["held"], given["by"] or "", given["minute"] or "")
    with Versions(working) as versions:
        outcomes = Outcomes(versions, today, asked)
        found = outcomes.read()
        _refuse(found, asked)
        _show(session, found)
        if dry_run:
            session.note("nothing was written")
            return CLEAN
        outcomes.write(found)
        session.note(f"{count(len(found.drafts), 'record')} written")
        committed = outcomes.commit(found) if commit else ""
        if committed:
            session.note(f"committed as {committed}")
    return CLEAN


def _refuse(found: Found, asked: Asked) -> None:
    """Tell everything that is wrong; then nothing is written."""
    for one in found.problems:
        column = f", column {one.column}" if one.column else ""
        where = f"{asked.file.name}, line {one.line}{column}"
        click.echo(f"error: {printable(f'{where}: {one.message}')}", err=True)
        if one.advice:
            click.echo(f"help: {printable(one.advice)}", err=True)
    if found.problems:
        raise UnableError("nothing was recorded", "mend the file and run it again: all is recorded, or nothing")
    if not (found.drafts or found.already):
        raise UnableError("no row of this file has an outcome", "fill in the column `outcome`")


def _show(session: Session, found: Found) -> None:
    session.note(found.proof)
    for draft in found.drafts:
        record = draft.record
        minute = f", minute {record.minute}" if record.minute else ""
        click.echo(printable(f"{record.path}: {record.outcome} by {record.by}{minute}"))
    for record in found.already:
        session.note(printable(f"{record.path}: recorded already"))
    for row in found.empty:
        session.note(printable(f"{row.policy} {row.cycle}: left empty, and left out"))
