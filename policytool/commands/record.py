"""`policytool record`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click

from policytool.cli import CLEAN, Session
from policytool.commands.outcomes import record_pack
from policytool.model.policy import Policy
from policytool.model.record import OUTCOMES, RecordKind
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.pipeline.record import Draft, Recording, Said
from policytool.pipeline.versions import Versions
from policytool.render.terminal import printable

_FORM = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?", re.ASCII)


class MomentType(click.ParamType):  # type: ignore[type-arg]  # generic only in newer releases of click
    """A day or a month on the command line."""

    name = "date"

    def convert(self, value: str | Moment, param: click.Parameter | None, ctx: click.Context | None) -> Moment:
        """The moment; a failure for what is none."""
        if isinstance(value, Moment):
            return value
        match = _FORM.fullmatch(value)
        moment = Moment(*(int(part or 0) for part in match.groups())) if match else None
        if moment is None or not moment.is_real:
            self.fail(f"`{value}` is neither a day (2026-09-14) nor a month (2026-09)", param, ctx)
        return moment


@click.command("record")
@click.argument("policy", required=False)
@click.argument("cycle", required=False)
@click.option("--held", type=MomentType(), help="When it was decided: 2026-09-14, or 2026-09.")
@click.option("--by", metavar="ROLE", help="The role that decided.")
@click.option("--outcome", type=click.Choice(OUTCOMES), help="What was decided.")
@click.option("--minute", help="The minute: FGB 2026/41.")
@click.option("--next", type=MomentType(), help="When it is to be reviewed again, if sooner than the cycle asks.")
@click.option("--reason", help="Why.")
@click.option("--evidence", help="What proves it.")
@click.option("--wording", metavar="VERSION", help="The wording decided on.  [default: the working text, committed]")
@click.option("--seen", metavar="VERSION", help="The wording they saw, where they approved it with changes.")
@click.option("--amend", is_flag=True, help="Record an amendment: spelling, a name, an address.")
@click.option("--reschedule", is_flag=True, help="Record that a review is to be held sooner.")
@click.option("--correct", metavar="RECORD", help="Record what is right in the place of a wrong record.")
@click.option("--void", is_flag=True, help="With --correct: take the record back altogether.")
@click.option("--ratify", metavar="RECORD", help="Record that a body has minuted what was decided on its behalf.")
@click.option(
    "--from-pack",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Record all outcomes of a pack: its zip, or its outcomes.csv.",
)
@click.option("--commit", is_flag=True, help="Commit exactly what was written.")
@click.option("--dry-run", is_flag=True, help="Show the record, and write nothing.")
@click.pass_obj
def command(session: Session, /, policy: str | None, *, commit: bool, dry_run: bool, **given: Any) -> int:  # noqa: ANN401  # options
    """Write down that a policy was reviewed.

    POLICY is an id or a file in source/, CYCLE one of its review cycles, ROLE a role of the settings. At a terminal,
    what is missing is asked for. The record and a copy of the wording are written together, and neither is ever changed
    afterwards: a mistake is put right by --correct.

    RECORD is the name of a record: 2026-09-14-governors. VERSION is `working`, `approved`, a review as
    annual:2026-09-14, a day as @2026-11-22, or a git revision.

    With --from-pack, all that a meeting decided is recorded, or nothing: --held is its day, --by the role that decided
    where it was not the body itself. No POLICY is named.
    """
    if given["from_pack"]:
        if policy:
            raise click.UsageError("--from-pack records all policies of its file: name none")
        return record_pack(session, given, commit=commit, dry_run=dry_run)
    if not policy:
        raise click.UsageError("Missing argument 'POLICY'.")
    working = session.load()
    [known] = working.choose([policy])
    with Versions(working) as versions:
        settings = working.library.settings
        today = session.day_in(settings.timezone)
        recording = Recording(versions, known, today)
        asking = Asking(recording.policy, settings.roles, today, given)
        draft = recording.draft(asking.said())
        for line in _shown(draft):
            click.echo(line)
        if dry_run or (asking.asked and not click.confirm("Write it?", default=True, err=True)):
            session.note("nothing was written")
            return CLEAN
        recording.write(draft)
        session.note("written" if commit else f"written; to commit it: git add {' '.join(draft.paths)}")
        if commit:
            session.note(f"committed as {recording.commit(draft)}")
    return CLEAN


def _shown(draft: Draft) -> Iterator[str]:
    """What is written: the names of all files, and the record itself."""
    yield from (f"# {artifact.path}" for artifact in draft.artifacts)
    yield from map(printable, draft.artifacts[-1].content.decode().splitlines())


# What each kind of record cannot do without and is asked for, and what else may be said of it.
_NEEDED = {
    "review": ("cycle", "held", "by", "outcome"),
    "amend": ("by", "reason"),
    "reschedule": ("cycle", "next", "by", "reason"),
    "correct": ("reason",),
    "ratify": ("by",),
}
_TAKEN = {
    "review": ("minute", "next", "reason", "evidence", "wording", "seen"),
    "amend": ("held", "minute", "evidence", "wording"),
    "reschedule": ("held", "minute", "evidence"),
    "correct": ("cycle", "held", "by", "outcome", "minute", "next", "evidence", "wording", "seen", "void"),
    "ratify": ("held", "minute", "reason"),
}
_KINDS: dict[str, RecordKind] = {
    "review": "review",
    "amend": "amendment",
    "reschedule": "reschedule",
    "correct": "correction",
    "ratify": "correction",
}
_QUESTIONS = {
    "cycle": "Which review cycle?",
    "held": "When was it held? (2026-09-14, or 2026-09)",
    "by": "Which role decided?",
    "outcome": "With what outcome?",
    "reason": "Why?",
    "next": "When is it to be held next?",
    "seen": "Which version lay before them?",
    "minute": "Which minute? (may be left empty)",
}


class Asking:
    """What was said by options, and what is asked at a terminal because it was not."""

    def __init__(self, policy: Policy, roles: Iterable[str], today: date, given: dict[str, Any]) -> None:
        self.policy, self.roles, self.today = policy, tuple(roles), today
        self.given = {name: value for name, value in given.items() if value}
        self.asked = False

    def said(self) -> Said:
        """What is to be recorded. Raises `UnableError` for what is missing where nobody can be asked."""
        what = self._what()
        for name in _NEEDED[what]:
            self._need(name)
        if what == "review" and self.given["outcome"] == "approved-with-changes":
            self._need("seen")
        if what == "review" and self.asked:
            self._ask("minute", "")
        told = {name: value for name, value in self.given.items() if name != what}
        replaces = self.given[what] if what in ("correct", "ratify") else ""
        return Said(_KINDS[what], replaces=replaces, ratifies=what == "ratify", **told)

    def _what(self) -> str:
        """What kind of record is asked for, which must be one, with nothing said that does not belong to it."""
        named = [name for name in _NEEDED if name in self.given]
        if len(named) > 1:
            raise click.UsageError("--amend, --reschedule, --correct and --ratify are different records: name one")
        what = named[0] if named else "review"
        taken = ("void",) if what == "correct" and "void" in self.given else _TAKEN[what]
        strange = [name for name in self.given if name not in (what, *_NEEDED[what], *taken)]
        if strange:
            raise click.UsageError(f"{_option(strange[0])} does not belong to {_told(what)}")
        return what

    def _need(self, name: str) -> None:
        if name not in self.given and (only := self._only(name)):
            self.given[name] = only
        if name not in self.given and not _can_ask():
            advice = f"{_QUESTIONS[name]} `policytool record --help` tells more"
            raise UnableError(f"{_option(name)} is missing", advice)
        self._ask(name, self._likely(name))

    def _ask(self, name: str, likely: object) -> None:
        if name in self.given:
            return
        self.asked = True
        answer = click.prompt(_QUESTIONS[name], default=likely, type=self._type(name), err=True)
        if answer:
            self.given[name] = answer

    def _only(self, name: str) -> str:
        """The one cycle there is; who reviews is never taken for granted."""
        return self.policy.reviews[0].name if name == "cycle" and len(self.policy.reviews) == 1 else ""

    def _likely(self, name: str) -> object:
        cycle = next((one for one in self.policy.reviews if one.name == self.given.get("cycle")), None)
        likely = {"held": Moment.of(self.today), "by": cycle.by if cycle else self.policy.approver}
        return likely.get(name)

    def _type(self, name: str) -> click.ParamType | None:  # type: ignore[type-arg]  # as above
        if name == "cycle":
            return click.Choice([one.name for one in self.policy.reviews])
        if name == "by":
            return click.Choice(self.roles)
        return {"outcome": click.Choice(OUTCOMES), "held": MomentType(), "next": MomentType()}.get(name)


def _option(name: str) -> str:
    return "CYCLE" if name == "cycle" else f"--{name}"


def _told(what: str) -> str:
    return "a review" if what == "review" else f"--{what}"


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()
