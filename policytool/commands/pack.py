"""`policytool pack`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.commands.progress import Progress
from policytool.model.agenda import Agenda
from policytool.model.unable import UnableError
from policytool.pipeline.pack import FOLDER, Made, Packing, expect, write
from policytool.pipeline.sittings import Asked, sittings
from policytool.pipeline.versions import Versions
from policytool.pipeline.workers import MOST_JOBS, Crew, cores
from policytool.render.terminal import count, printable, shown

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("pack")
@click.option("--meeting", type=DAY, required=True, metavar="DATE", help="The day of the meeting.")
@click.option("--body", metavar="ROLE", default="", help="Who meets.  [default: whoever meets on that day]")
@click.option("--until", type=DAY, metavar="DATE", help="Take what falls due before DATE.  [default: the next meeting]")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="The zip to write.")
@click.option("--dry-run", is_flag=True, help="Do everything but write.")
@click.option("--jobs", type=click.IntRange(1, MOST_JOBS), metavar="N", help="How many at once.  [default: the cores]")
@click.pass_obj
def command(session: Session, /, out: Path | None, jobs: int | None, *, dry_run: bool, **given: Any) -> int:  # noqa: ANN401  # options
    """Make the pack for a meeting: one paper, and all that belongs to it.

    In it are the policies whose reviews fall to ROLE and are due before its following meeting, and those whose wording
    it has not approved as it stands; what others decided on its behalf, to be ratified; and the amendments made since
    it met, for noting. The zip holds the paper as PDF, Word and HTML, clean copies, redlines, and `outcomes.csv`, which
    `policytool record --from-pack` reads when it has been filled in.

    Meetings are listed under `meetings:` in the settings; for a day that is not, say --until. The working text must be
    committed: it is what is decided on.

    Exit code: 1 when a policy that belongs to the meeting is not ready for it, 2 when no pack could be made.
    """
    asked = Asked(_day(given["meeting"]) or date.min, given["body"], _day(given["until"]))
    with Crew(jobs or cores()) as crew:
        expect(session.folder, crew)
        with Versions(session.load()) as versions:
            packing = Packing(versions, crew)
            found = [packing.agenda(one) for one in sittings(packing.reviews, asked)]
            wanted = _wanted(found, alone=out is not None)
            made = [_make(session, packing, one) for one in wanted]
            for one in made:
                target = out or packing.repository.root / FOLDER / f"{one.pack.agenda.sitting.name}.zip"
                _finish(session, one, target, dry_run=dry_run)
    return FINDINGS if any(one.unready for one in made) else CLEAN


def _wanted(found: Sequence[Agenda], *, alone: bool) -> list[Agenda]:
    """The agendas that hold anything. Raises `UnableError` where there is none, or several for one file."""
    wanted = [one for one in found if _is_anything(one)]
    if not wanted:
        raise UnableError("nothing falls to that meeting", "`policytool status --load` tells what falls to which")
    if alone and len(wanted) > 1:
        raise UnableError("several bodies meet on that day", "name one with --body, or leave --out away")
    return wanted


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _is_anything(agenda: Agenda) -> bool:
    return bool(agenda.items or agenda.ratifications or agenda.amendments or agenda.homeless)


def _make(session: Session, packing: Packing, agenda: Agenda) -> Made:
    with Progress(session) as progress:
        steps = progress.over(packing.pack(agenda), "Packing", len(agenda.items) + 1)
        [made] = [one for one in steps if one is not None]
        for one in made.unready:
            progress.say(f"error: {printable(one.entry.policy)} is not ready: {printable(one.why)}")
            if one.advice:
                progress.say(f"help: {printable(one.advice)}")
    if not (made.pack.decisions or agenda.ratifications or agenda.amendments):
        raise UnableError("there is nothing that the meeting could decide", "mend what is told above")
    return made


def _finish(session: Session, made: Made, out: Path, *, dry_run: bool) -> None:
    if not dry_run:
        write(out, made.content)
    for one in made.pack.decisions:
        click.echo(f"{one.policy}: {printable(one.item.entry.title)}")
    verb = "would be written to" if dry_run else "written to"
    told = f"{count(len(made.pack.decisions), 'policy', 'policies')} for decision"
    session.note(f"{printable(made.pack.agenda.sitting.told)}: {told}, {verb} {shown(out, Path.cwd())}")
