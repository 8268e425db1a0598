"""`policytool withdraw`."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

import click

from policytool.cli import CLEAN, Session
from policytool.commands.record import MomentType
from policytool.model.unable import UnableError
from policytool.pipeline.publish import relist
from policytool.pipeline.record import Recording, Said
from policytool.pipeline.versions import Versions
from policytool.render.terminal import printable
from policytool.store.files import PUBLISHED
from policytool.store.published import hold


@click.command("withdraw")
@click.argument("policy")
@click.option("--held", type=MomentType(), help="When it was decided: 2026-09-14, or 2026-09.  [default: today]")
@click.option("--by", metavar="ROLE", required=True, help="The role that decided.")
@click.option("--reason", required=True, help="Why.")
@click.option("--minute", default="", help="The minute: FGB 2026/41.")
@click.option("--commit", is_flag=True, help="Commit exactly what was written.")
@click.option("--dry-run", is_flag=True, help="Show the record, and write nothing.")
@click.pass_obj
def command(session: Session, /, policy: str, *, commit: bool, dry_run: bool, **given: Any) -> int:  # noqa: ANN401  # options
    """Take a policy out of force.

    POLICY is an id or a file in source/, ROLE its approver or a role that acts for it. One record is written. If the
    policy was published, its page says that it was withdrawn; the files stay, as superseded. The next approval brings
    the policy back.
    """
    working = session.load()
    [known] = working.choose([policy])
    today = session.day_in(working.library.settings.timezone)
    with nullcontext() if dry_run else hold(session.folder), Versions(working) as versions:
        recording = Recording(versions, known, today)
        if recording.dossier.withdrawal and not dry_run:
            relist(versions, known, today)  # who was stopped after the record had no page yet
        draft = recording.draft(Said("withdrawal", **given))
        for line in (f"# {draft.record.path}", *draft.artifacts[-1].content.decode().splitlines()):
            click.echo(printable(line))
        if dry_run:
            session.note("nothing was written")
            return CLEAN
        recording.write(draft)
        session.note("written" if commit else f"written; to commit it: git add {' '.join(draft.paths)}")
        _list(session, versions, known)
        if commit:
            session.note(f"committed as {recording.commit(draft)}")
    return CLEAN


def _list(session: Session, versions: Versions, policy: str) -> None:
    """Write the page anew; the record stands, whatever becomes of that."""
    today = session.day_in(versions.working.library.settings.timezone)
    try:
        if relist(versions, policy, today):
            session.note(f"{PUBLISHED}/{policy}/index.html says so")
    except UnableError as error:
        advice = f"the record stands; to write the page, run this again: {error.advice}".removesuffix(": ")
        raise UnableError(str(error), advice) from error
