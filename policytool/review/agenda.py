"""Entries and dossiers -> what is brought to a meeting of a body."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeAlias

from policytool.model.agenda import Agenda, Item, Sitting, Told
from policytool.model.record import Record
from policytool.model.register import Entry, Review, WordingState
from policytool.model.settings import Settings
from policytool.model.time import Moment
from policytool.review.cycles import due_date
from policytool.review.dossier import Dossier
from policytool.review.roles import falls_to, on_behalf


def agenda(entries: Sequence[Entry], dossiers: Mapping[str, Dossier], settings: Settings, sitting: Sitting) -> Agenda:
    """What falls due before the body meets again, or is not approved as it stands; and what it is told.

    What has changed comes first: what has not is soon decided.
    """
    items: list[Item] = []
    homeless: list[Entry] = []
    for entry in entries:
        item = _item(entry, settings, sitting, dossiers[entry.policy].policy.approver)
        if isinstance(item, Item):
            items.append(item)
        elif item is not None:
            homeless.append(item)
    ordered = sorted(items, key=lambda one: (one.unchanged, one.entry.title.casefold(), one.entry.policy))
    told = [(entry, dossiers[entry.policy]) for entry in entries]
    ratifications = tuple(_told(told, settings, sitting, _unratified))
    amendments = tuple(_told(told, settings, sitting, _amended))
    return Agenda(sitting, tuple(ordered), ratifications, amendments, tuple(homeless))


def _item(entry: Entry, settings: Settings, sitting: Sitting, approver: str) -> Item | Entry | None:
    """What is to be decided of a policy; the policy itself where nothing can be, None where nothing needs to be."""
    mine = tuple(one for one in entry.reviews if falls_to(settings, sitting.body, one.cycle.by))
    due = tuple(one for one in mine if one.due is None or one.due.last < sitting.until)
    approves = falls_to(settings, sitting.body, approver)
    if due:
        return Item(entry, due, due=True, approves=approves)
    if not approves or entry.wording is WordingState.APPROVED:
        return None
    return Item(entry, mine[:1], due=False, approves=True) if mine else entry


def next_due(dossier: Dossier, item: Item, sitting: Sitting) -> tuple[Moment | None, ...]:
    """When each of an item's reviews falls due next, if it is decided on at the meeting."""
    return tuple(_next_due(dossier, review, sitting) for review in item.reviews)


def _next_due(dossier: Dossier, review: Review, sitting: Sitting) -> Moment | None:
    held, cycle = Moment.of(sitting.day), review.cycle
    path = f"reviews/{dossier.policy.id}/{held}-{cycle.name}.yaml"
    decided = Record("review", dossier.policy.id, held, cycle.by, cycle.name, "approved", every=cycle.every, path=path)
    return due_date(replace(dossier, records=(*dossier.records, decided)), cycle)


def last_held(dossiers: Iterable[Dossier], settings: Settings, body: str, day: date) -> date | None:
    """The last day before a day on which the body decided anything that is on record."""
    records = (one for dossier in dossiers for one in dossier.accepted if one.kind == "review")
    held = (one.held.first for one in records if falls_to(settings, body, one.by) and one.held.last < day)
    return max(held, default=None)


_Rule: TypeAlias = Callable[[Dossier, Settings, Sitting], Iterator[Record]]


def _told(told: Iterable[tuple[Entry, Dossier]], settings: Settings, sitting: Sitting, rule: _Rule) -> Iterator[Told]:
    for entry, dossier in told:
        for record in rule(dossier, settings, sitting):
            yield Told(entry, record, settings.title(record.by))


def _unratified(dossier: Dossier, settings: Settings, sitting: Sitting) -> Iterator[Record]:
    """Approvals on behalf of the body that it has not minuted, and has not overtaken by a decision of its own."""
    for record in dossier.approving:
        own = (one for one in dossier.approving if one.by == sitting.body and one.held.last >= record.held.last)
        waits = on_behalf(settings, record.by, sitting.body) and record.ratified_by != sitting.body
        if waits and record.held.first <= sitting.day and not any(own):
            yield record


def _amended(dossier: Dossier, settings: Settings, sitting: Sitting) -> Iterator[Record]:
    """Amendments of what the body approves, since it met before."""
    if not falls_to(settings, sitting.body, dossier.policy.approver):
        return
    since = sitting.since or date.min
    for record in dossier.accepted:
        if record.kind == "amendment" and since < record.held.last and record.held.first <= sitting.day:
            yield record
