"""What is on file for a policy, in two lines: `dossier(review("2023-09-14"), review("2024-09", "annual", HEAD))`.

A wording is one letter: "A" is what the policy says now, and what a record speaks of unless it names another.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from typing import Any

from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record
from policytool.model.register import Review
from policytool.model.settings import Role, Settings
from policytool.model.time import Duration, Moment
from policytool.review.cycles import reviews
from policytool.review.dossier import Dossier

HEAD, BOARD, RESOURCES, CHAIR, CLERK = "headteacher", "governing-board", "resources", "chair", "clerk"
ROLES = {
    HEAD: Role("Headteacher"),
    BOARD: Role("Full Governing Board"),
    RESOURCES: Role("Resources Committee", BOARD),
    CHAIR: Role("Chair of Resources", RESOURCES),
    "personnel": Role("Personnel Committee", BOARD),
    CLERK: Role("Clerk"),
}
SETTINGS = Settings(roles=ROLES)


def every(text: str) -> Duration:
    """A period: "12 months"."""
    count, unit = text.split()
    return Duration(int(count), unit.removesuffix("s"))  # type: ignore[arg-type]  # tests write the three units only


def moment(text: str) -> Moment:
    """A day or a month: "2023-09-14", "2023-09"."""
    return Moment(*(int(part) for part in text.split("-")))


def wording(letter: str) -> str:
    """The fingerprint of a wording."""
    return f"v1:{sha256(letter.encode()).hexdigest()}"


ANNUAL = Cycle("annual", every("12 months"), HEAD)
GOVERNORS = Cycle("governors", every("24 months"), BOARD)


def policy(*cycles: Cycle, **fields: Any) -> Policy:
    """A policy, with the two cycles of the design unless told others."""
    named = {"id": "homework", "title": "Homework", "owner": HEAD, "approver": BOARD, "path": "source/homework.md"}
    return Policy(**{**named, "reviews": cycles or (ANNUAL, GOVERNORS), **fields})


def _record(kind: str, held: str, count: int, **fields: Any) -> Record:
    for name in ("next", "made", "ratified"):
        if name in fields:
            fields[name] = moment(fields[name])
    if "every" in fields:
        fields["every"] = every(fields["every"])
    one = Record(kind, "homework", moment(held), **fields)  # type: ignore[arg-type]  # the tests name the six kinds
    name = f"{one.written}-{one.what}" + (f".{count}" if count > 1 else "")
    return replace(one, path=f"reviews/homework/{name}.yaml")


def review(held: str, cycle: str = "governors", by: str = "", says: str = "A", count: int = 1, **fields: Any) -> Record:
    """A review, approved by who reviews that cycle, in a cycle as long as the design's, unless told otherwise."""
    mine = ANNUAL if cycle == "annual" else GOVERNORS
    plain: dict[str, Any] = {"outcome": "approved", "fingerprint": wording(says), "every": str(mine.every)}
    return _record("review", held, count, cycle=cycle, by=by or mine.by, **{**plain, **fields})


def deferred(held: str, cycle: str = "governors") -> Record:
    """A review that was put off."""
    return _record("review", held, 1, cycle=cycle, by=BOARD, outcome="deferred")


def amendment(held: str, says: str, by: str = BOARD) -> Record:
    """A slip of the pen put right."""
    return _record("amendment", held, 1, by=by, fingerprint=wording(says), reason="spelling")


def reschedule(held: str, until: str, cycle: str = "governors", by: str = BOARD) -> Record:
    """A review to be held sooner."""
    return _record("reschedule", held, 1, by=by, cycle=cycle, next=until, reason="load")


def withdrawal(held: str, by: str = BOARD) -> Record:
    """A policy taken out of force."""
    return _record("withdrawal", held, 1, by=by, reason="merged")


def correction(wrong: Record, made: str, count: int = 1, **right: Any) -> Record:
    """A record as it should have been."""
    if "held" in right:
        right["held"] = moment(right["held"])
    name = f"{made}-correction" + (f".{count}" if count > 1 else "")
    fields = {"kind": "correction", "replaces": wrong.name, "made": moment(made), "reason": "typing error"}
    return replace(wrong, path=f"reviews/homework/{name}.yaml", **{**fields, **right})


def void(wrong: Record, made: str) -> Record:
    """A record taken away."""
    bare = _record("correction", made, 1, made=made, replaces=wrong.name, void=True, reason="never held")
    return replace(bare, policy=wrong.policy)


def dossier(
    *records: Record,
    of: Policy | None = None,
    settings: Settings = SETTINGS,
    now: str = "A",
    kept: Mapping[str, Policy] | None = None,
) -> Dossier:
    """All that is on file: `now` is the wording as it stands, `kept` the policy as kept wordings have it."""
    wordings = {wording(letter): one for letter, one in (kept or {}).items()}
    return Dossier(of or policy(), settings, records, lambda written: written == wording(now), wordings.get)


def on(day: str) -> date:
    """A day."""
    return date.fromisoformat(day)


def stands(file: Dossier, cycle: str = "governors", day: str = "2023-10-01") -> Review:
    """How one review stands on a day."""
    return next(one for one in reviews(file, on(day)) if one.cycle.name == cycle)


def due(file: Dossier, cycle: str = "governors") -> str:
    """When a review is due: "2025-09-14", "never"."""
    return str(stands(file, cycle).due or "never")
