"""`policytool remind`."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from policytool.cli import CLEAN, FINDINGS, Session
from policytool.model.artifact import Artifact
from policytool.model.library import Library
from policytool.model.register import Register
from policytool.model.reminder import Letter
from policytool.model.unable import UnableError
from policytool.pipeline.outline import outlined
from policytool.pipeline.remind import (
    PASSWORD_VARIABLE,
    PEOPLE_VARIABLE,
    Plan,
    Sender,
    Sent,
    calendar_of,
    everybody,
    plan,
    server,
    trial_message,
)
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews
from policytool.render.mail.preview import addressee, fields, preview
from policytool.render.mail.shown import roles_of, subject
from policytool.render.terminal import count, diagnostics, printable, shown
from policytool.store import ledger as store
from policytool.store.files import write

_NOBODY = "say who does in people.yaml, or in POLICYTOOL_PEOPLE"


@dataclass(frozen=True, slots=True)
class _Run:
    """One run: the repository, its register today, and what was asked for."""

    session: Session
    repository: Repository
    register: Register
    form: str

    @property
    def library(self) -> Library:
        return self.repository.library

    def plan(self, ledger: bytes) -> Plan:
        """What is to be sent, with every mistake told."""
        written = os.environ.get(PEOPLE_VARIABLE)
        planned = plan(self.library, self.register, written, ledger, self.repository.root)
        # No lines are given: what stands in these files is not for logs.
        for line in diagnostics(planned.diagnostics, {}):
            click.echo(line, err=True)
        return planned

    @staticmethod
    def print(outcomes: Sequence[tuple[Letter, str]]) -> None:
        """The letters, each with what became of it, as JSON."""
        import json

        listed = [fields(letter, outcome) for letter, outcome in outcomes]
        click.echo(json.dumps({"version": 1, "letters": listed}, indent=2, ensure_ascii=False))


@click.command("remind")
@click.option("--send", is_flag=True, help="Send, and write it into the ledger.")
@click.option("--new-ledger", is_flag=True, help="Begin a ledger where there is none.")
@click.option("--ics", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="Write a calendar.")
@click.option("--self-test", is_flag=True, help="Send one mail to the administrator, and nothing else.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to print.")
@click.pass_obj
def command(session: Session, ics: Path | None, form: str, *, send: bool, new_ledger: bool, self_test: bool) -> int:
    """Remind people of reviews, by mail.

    Without --send it prints what would be sent today, and to which role, and writes nothing. Each person gets one list
    a week at most, and a mail in between only when a review becomes due or overdue. What was sent stands in
    reviews/reminders.jsonl: a second run on the same day sends nothing, and a missed day is caught up.

    --ics writes a calendar of all reviews to FILE, or to the terminal for `-`.

    Exit code: 1 when a mail failed or nobody holds a role, 2 when nothing could be sent.
    """
    reviews = outlined(session.folder)
    repository = reviews.repository
    if self_test:
        return _test(session, repository)
    run = _Run(session, repository, _register(session, reviews), form)
    if ics is not None:
        _calendar(run, reviews, ics)
    if send:
        with store.hold(repository.root, new=new_ledger) as ledger:
            return _send(run, ledger)
    return CLEAN if ics else _planned(run)


def _register(session: Session, reviews: Reviews) -> Register:
    """The register today; what is wrong with settings or records is told, because somebody may hear nothing for it."""
    wrong = [one for one in (*reviews.repository.diagnostics, *reviews.unread) if one.is_error]
    if wrong:
        where = "policies, settings or records: somebody may hear nothing for it"
        click.echo(f"warning: {count(len(wrong), 'error')} in {where}", err=True)
        click.echo("help: `policytool check` lists them", err=True)
    return reviews.register(session.day_in(reviews.repository.library.settings.timezone))


def _send(run: _Run, ledger: store.Ledger) -> int:
    planned = run.plan(ledger.read())
    if any(one.is_error and one.path == store.LEDGER for one in planned.diagnostics):
        raise UnableError(f"{store.LEDGER} cannot be relied on: nothing was sent", "restore it from git")
    results = [_told(run, one) for one in _sent(run, planned, ledger)]
    if run.form == "json":
        nobody = [(letter, "nobody") for letter in planned.letters if not letter.held]
        run.print([*((one.letter, "failed" if one.problem else "sent") for one in results), *nobody])
    unheld = _unheld(run, planned)
    wrong = any(one.is_error for one in planned.diagnostics)
    return FINDINGS if wrong or unheld or any(one.problem for one in results) else CLEAN


def _sent(run: _Run, planned: Plan, ledger: store.Ledger) -> Iterator[Sent]:
    """Send what is planned. Where there is nothing to send, no server is asked."""
    from policytool.deliver import Postbox  # 20 ms that only sending needs

    smtp = server(run.library.settings)
    if any(letter.held for letter in planned.letters):
        with Postbox(smtp, os.environ.get(PASSWORD_VARIABLE, "")) as postbox:
            sender = Sender(run.library, run.register, ledger, postbox, lambda: run.session.now)
            yield from sender.send(planned.letters)


def _told(run: _Run, one: Sent) -> Sent:
    """Tell what became of a letter as soon as it is known."""
    if one.problem:
        whom = addressee(one.letter, run.library)
        click.echo(printable(f"error: not sent to {whom}: {one.problem}; the next run tries again"), err=True)
    if run.form == "text" and not one.problem:
        click.echo(printable(f"sent to {addressee(one.letter, run.library)}: {subject(one.letter)}"))
    return one


def _unheld(run: _Run, planned: Plan) -> bool:
    """Tell of each role that should hear of something and that nobody holds; whether there is any."""
    unheld = [letter for letter in planned.letters if not letter.held]
    for letter in unheld:
        role = roles_of(letter, run.library)
        click.echo(printable(f"error: nobody holds the role {role}: {subject(letter)}"), err=True)
    if unheld:
        click.echo(f"help: {_NOBODY}", err=True)
    return bool(unheld)


def _planned(run: _Run) -> int:
    """Print what would be sent."""
    planned = run.plan(store.read(run.repository.root, store.LEDGER) or b"")
    if run.form == "json":
        run.print([(letter, "planned" if letter.held else "nobody") for letter in planned.letters])
        return CLEAN
    for letter in planned.letters:
        for line in preview(letter, run.library):
            click.echo(line)
    if not planned.letters:
        click.echo("nothing to send today")
    return CLEAN


def _calendar(run: _Run, reviews: Reviews, target: Path) -> None:
    """Write the calendar of all reviews."""
    content = calendar_of(run.repository, reviews, run.register)
    if str(target) == "-":
        click.echo(content, nl=False)
    else:
        [path] = write(target.parent, [Artifact(target.name, content)])
        run.session.note(f"  {shown(path, Path.cwd())}")


def _test(session: Session, repository: Repository) -> int:
    """Send one mail to the administrator."""
    from policytool.deliver import Postbox

    settings = repository.library.settings
    holders, found = everybody(repository.root, settings, os.environ.get(PEOPLE_VARIABLE))
    for line in diagnostics(found, {}):
        click.echo(line, err=True)
    message = trial_message(repository.library, holders, session.now)
    with Postbox(server(settings), os.environ.get(PASSWORD_VARIABLE, "")) as postbox:
        problem = postbox.send(message)
    if problem:
        click.echo(printable(f"error: the test was not sent: {problem}"), err=True)
        return FINDINGS
    click.echo("the test was sent")
    return CLEAN
