"""`policytool status`."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from policytool import __version__
from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.unable import UnableError
from policytool.pipeline.outline import outlined
from policytool.pipeline.status import FAILS, Asked, Status, status, write
from policytool.render.terminal import diagnostics, shown

FORMS = ("table", "json", "csv", "html", "xlsx", "github", "junit", "sarif")
_DAYS = re.compile(r"(\d{1,5})d?\Z", re.ASCII)


def _fails(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """The states in a comma list."""
    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    for name in names:
        if name not in FAILS:
            raise click.BadParameter(f"`{name}` is none of {', '.join(FAILS)}")
    return names


def _within(_context: click.Context, _option: click.Parameter, value: str | None) -> int | None:
    """A number of days: 30d."""
    if value is None:
        return None
    match = _DAYS.match(value)
    if match is None:
        raise click.BadParameter(f"`{value}` is no number of days: write 30d")
    return int(match[1])


@click.command("status")
@click.argument("policies", nargs=-1, metavar="[POLICY]...")
@click.option("--format", "form", type=click.Choice(FORMS), default="table", help="How to print.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Where to write.  [default: the terminal]")
@click.option("--fail-on", default="", callback=_fails, metavar="STATES", help="overdue, due, never, changed.")
@click.option(
    "--within", callback=_within, metavar="DAYS", help="Only what falls due in so many days, or is late: 30d."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="As it stood on a day, without what was recorded later.",
)
@click.option("--load", is_flag=True, help="Show how much falls due in each month, and for each meeting.")
@click.option("--spread", is_flag=True, help="Propose how to spread the reviews, none later than its cycle allows.")
@click.pass_obj
def command(session: Session, /, policies: tuple[str, ...], **given: Any) -> int:  # noqa: ANN401  # an option each
    """Show the register: what was reviewed, and what is due.

    For each policy, the most urgent first: when it was last reviewed, when it is due, and how its wording stands.
    POLICY is an id or a file in source/; without one, all are shown but those withdrawn.

    Exit code: 1 for a state that --fail-on names, and for a record that could not be read.
    """
    how = Options(**given)
    if (how.load or how.spread) and how.form not in ("table", "json"):
        raise click.UsageError("--load and --spread are shown as a table or as JSON")
    reviews = outlined(session.folder)
    today = how.as_of.date() if how.as_of else session.day_in(reviews.repository.library.settings.timezone)
    found = status(reviews, today, Asked(policies, how.within, as_of=how.as_of is not None))
    _print(session, how, found)
    for line in diagnostics((*found.run_out, *found.unread), found.lines(), colour=session.colour):
        click.echo(line, err=True)
    return FINDINGS if found.unread or found.failing(how.fail_on) else CLEAN


@dataclass(frozen=True, slots=True)
class Options:
    """The options of `status`."""

    form: str
    out: Path | None
    fail_on: tuple[str, ...]
    within: int | None
    as_of: datetime | None
    load: bool
    spread: bool


def _print(session: Session, how: Options, found: Status) -> None:
    content = _file(how, found)
    lines = [] if content is not None else [*_lines(session, how, found)]
    if how.out is not None:
        write(how.out, content if content is not None else "".join(f"{line}\n" for line in lines).encode())
        session.note(f"written to {shown(how.out, Path.cwd())}")
    elif content is None:
        for line in lines:
            click.echo(line)
    elif how.form == "xlsx" and sys.stdout.isatty():
        raise UnableError("a spreadsheet cannot be shown at a terminal", "name a file: --out register.xlsx")
    else:
        click.echo(content, nl=False)


def _file(how: Options, found: Status) -> bytes | None:
    """The register as a file; None for a form that is lines."""
    if how.form == "csv":
        from policytool.render.register.csv import csv  # one form a run

        return csv(found.register)
    if how.form == "xlsx":
        from policytool.render.register.xlsx import xlsx

        return xlsx(found.register)
    if how.form == "html":
        from policytool.render.register.html import html

        return html(found.register, found.settings.organisation, found.settings.house.colour)
    if how.form == "junit":
        from policytool.render.junit import junit

        return junit(found.register, found.by_review(how.fail_on))
    return None


def _lines(session: Session, how: Options, found: Status) -> Iterator[str]:
    said = (*found.failing(how.fail_on or FAILS), *found.run_out, *found.unread)
    if how.form == "json":
        from policytool.render.register.json import json  # one form a run

        yield json(found.register, found.proposals if how.spread else ())
    elif how.form == "github":
        from policytool.render.github import workflow_commands

        yield from workflow_commands(said)
    elif how.form == "sarif":
        from policytool.catalogue import findings
        from policytool.render.sarif import sarif

        yield sarif(said, findings(), __version__)
    else:
        yield from _table(session, how, found)


def _table(session: Session, how: Options, found: Status) -> Iterator[str]:
    from policytool.render.register import table

    colour, width = session.colour and how.out is None, shutil.get_terminal_size().columns
    if how.load:
        yield from table.load(found.register, colour=colour, width=width)
    if how.spread:
        yield from table.spread(found.proposals, found.register, colour=colour, width=width)
    if not (how.load or how.spread):
        yield from table.table(found.register, colour=colour, width=width)
