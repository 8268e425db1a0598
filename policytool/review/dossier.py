"""Policy and records -> what counts: records as corrected, approved wordings and their versions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeAlias

from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record, RecordKind
from policytool.model.register import Approval
from policytool.model.settings import Settings
from policytool.review.roles import may_amend, may_approve, may_review

Kept: TypeAlias = Callable[[str], Policy | None]
"""A fingerprint -> the policy's fields as its kept wording has them, None where none is kept or it is no text."""

_REPEATED = re.compile(r"\.(\d+)\Z")


@dataclass(frozen=True)
class Dossier:
    """All that is on file for one policy: its text as it stands, the settings, and its records.

    `says` tells whether the text as it stands is the wording of a fingerprint. `kept` gives a policy as it was: its own
    fields tell who might approve then, so that what was right at its time stays right. They are read only where those
    of today do not allow it, because reading a policy takes long.
    """

    policy: Policy
    settings: Settings
    records: tuple[Record, ...]
    says: Callable[[str], bool]
    kept: Kept
    unreadable: tuple[str, ...] = ()

    def until(self, day: date) -> Dossier:
        """The same without what was held or written after a day."""
        known = (one for one in self.records if max(one.held.first, one.written.first) <= day)
        return replace(self, records=tuple(known))

    @cached_property
    def in_force(self) -> tuple[Record, ...]:
        """The records that no other replaces, a correction as what it corrects, in order of time."""
        return tuple(sorted(effective(self.records), key=order))

    @cached_property
    def accepted(self) -> tuple[Record, ...]:
        """Those in force whose role might decide it, and which say of the wording nothing that is untrue."""
        return tuple(one for one in self.in_force if self.is_allowed(one) and not self.misstates(one))

    @cached_property
    def approving(self) -> tuple[Record, ...]:
        """The reviews that ended in approval, of whatever cycle, the oldest first."""
        return tuple(one for one in self.accepted if one.approves)

    @cached_property
    def approvals(self) -> tuple[Approval, ...]:
        """The approved wordings, the oldest first."""
        found: list[Approval] = []
        for record in self.in_force:
            self._approve(record, found)
        return tuple(found)

    @property
    def approval(self) -> Approval | None:
        """The wording that is approved now."""
        return self.approvals[-1] if self.approvals else None

    @property
    def withdrawal(self) -> Record | None:
        """The record that took the policy out, unless it has been approved since."""
        last = next((one for one in reversed(self.accepted) if one.kind == "withdrawal" or one.approves), None)
        return last if last is not None and last.kind == "withdrawal" else None

    def is_allowed(self, record: Record) -> bool:
        """Whether the record's role may decide what it decided, by the policy as it is or as it was."""
        return any(_may(self.settings, policy, record) for policy in self._at_the_time(record))

    def cycle(self, record: Record) -> Cycle | None:
        """The cycle that a record speaks of, as it is or as it ever was; None where there never was one."""
        return next((one for policy in self._ever() if (one := _cycle(policy, record))), None)

    def misstates(self, record: Record) -> bool:
        """Whether it says that nothing changed, over a wording that was not the approved one when it was held.

        Of the wordings approved in the same month, or on the same day, each may have been.
        """
        if record.outcome != "no-change":
            return False
        before = [one.record for one in self.approvals if one.record.held.last < record.held.first]
        meanwhile = (one.record for one in self.approvals if _may_be_together(one.record, record))
        return record.fingerprint not in {one.fingerprint for one in chain(before[-1:], meanwhile)}

    def as_approved(self, record: Record) -> Policy | None:
        """The policy as a record approved it, front matter and all.

        None where its kept wording is from an earlier record of the same words, whose front matter may have been
        another.
        """
        first = next(one for one in self.in_force if record.fingerprint in (one.fingerprint, one.seen))
        return self.kept(record.fingerprint) if first.held == record.held else None

    def _at_the_time(self, record: Record) -> Iterator[Policy]:
        """The policy by whose fields a record may be judged: as it is, then as it was."""
        if not record.fingerprint:
            yield from self._ever()
            return
        yield self.policy
        if (then := self.kept(record.fingerprint)) is not None:
            yield then

    def _ever(self) -> Iterator[Policy]:
        """The policy as it is, then as each kept wording has it."""
        yield self.policy
        then = (self.kept(one.fingerprint) for one in self.records if one.fingerprint)
        yield from (policy for policy in then if policy is not None)

    def _approve(self, record: Record, found: list[Approval]) -> None:
        """Add what a record approves to the wordings approved before it."""
        last = found[-1] if found else None
        if last and record.fingerprint == last.record.fingerprint:
            # By the fields of today: that it was confirmed is worth telling, and not worth reading a wording for.
            if record.approves and self.is_allowed(record) and may_approve(self.settings, self.policy, record):
                found[-1] = replace(last, confirmed=record)
        elif self._makes_wording(record, last):
            base = str(record.held) if record.kind == "review" or last is None else without_count(last.version)
            found.append(Approval(_free(base, found), record, record))

    def _makes_wording(self, record: Record, last: Approval | None) -> bool:
        if record.kind == "amendment":
            return last is not None and self.is_allowed(record)
        return record.outcome != "no-change" and self._approves_wording(record)

    def _approves_wording(self, record: Record) -> bool:
        if not record.approves or not self.is_allowed(record):
            return False
        return any(may_approve(self.settings, policy, record) for policy in self._at_the_time(record))


def _may(settings: Settings, policy: Policy, record: Record) -> bool:
    """Whether a policy lets the record's role decide it. To put a review off, or to ask for it sooner, anybody may."""
    if record.kind == "amendment":
        return may_amend(settings, policy, record)
    if record.kind == "withdrawal":
        return may_approve(settings, policy, record)
    if not record.approves:
        return True
    cycle = _cycle(policy, record)
    return cycle is not None and may_review(settings, cycle, record)


def _may_be_together(one: Record, other: Record) -> bool:
    """Whether two records may be of the same day, as far as anybody knows."""
    return one.held.first <= other.held.last and other.held.first <= one.held.last


def _cycle(policy: Policy, record: Record) -> Cycle | None:
    return next((cycle for cycle in policy.reviews if cycle.name == record.cycle), None)


def without_count(name: str) -> str:
    """A name without the count that tells it from others of one date: "2023-09-14.2" is "2023-09-14"."""
    return _REPEATED.sub("", name)


def _free(base: str, found: Sequence[Approval]) -> str:
    """The name of the next version that is named after a date: "2023-09-14", then "2023-09-14.2"."""
    taken = sum(without_count(one.version) == base for one in found)
    return f"{base}.{taken + 1}" if taken else base


def order(record: Record) -> tuple[date, date, date, int, str]:
    """The key that sorts records by time: those of one day by when they were written and by their names."""
    repeated = _REPEATED.search(record.name)
    return (record.held.last, record.held.first, record.written.last, int(repeated[1]) if repeated else 1, record.name)


def effective(records: Iterable[Record]) -> list[Record]:
    """The records that no other replaces; a correction counts as a record of the kind it corrects."""
    by_name = {record.name: record for record in records}
    replaced = {record.replaces for record in by_name.values() if record.kind == "correction"}
    left = [record for record in by_name.values() if record.name not in replaced and not record.void]
    return [_as(record, one.kind) for record in left if (one := root(record, by_name)) is not None]


def _as(record: Record, kind: RecordKind) -> Record:
    return record if record.kind == kind else replace(record, kind=kind)


def root(record: Record, by_name: Mapping[str, Record]) -> Record | None:
    """The record that a correction corrects in the end; None where there is none, or it leads back to itself."""
    seen: set[str] = set()
    at: Record | None = record
    while at is not None and at.kind == "correction" and at.name not in seen:
        seen.add(at.name)
        at = by_name.get(at.replaces)
    return None if at is None or at.kind == "correction" else at
