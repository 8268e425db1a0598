"""A letter -> the words that both its parts say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from policytool.model.library import Library
from policytool.model.register import Entry, Register, Review
from policytool.model.reminder import Letter, Notice
from policytool.model.time import Moment
from policytool.render.address import safe_address
from policytool.render.edition import Edition

OVERDUE, DUE, SOON, NEVER = "Overdue", "Due now", "Coming up", "Never reviewed"


@dataclass(frozen=True, slots=True)
class Line:
    """One fact about a review; `address` is what it links to, `code` tells that it is to be typed as it stands."""

    label: str
    words: str
    address: str = ""
    code: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One review: the policy's title, how it stands ("12 days overdue"), whether that is late, and facts."""

    title: str
    standing: str
    late: bool
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The reviews under one heading."""

    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Shown:
    """A mail in words. `name` is the reader's."""

    subject: str
    name: str
    opening: tuple[str, ...]
    groups: tuple[Group, ...]
    closing: str
    organisation: str


def shown(letter: Letter, register: Register, library: Library) -> Shown:
    """What a letter says."""
    return Shown(
        subject(letter),
        letter.person.name,
        _opening(letter, library),
        tuple(_groups(letter, register, library)),
        _closing(letter, library),
        library.settings.organisation.name,
    )


def subject(letter: Letter) -> str:
    """What it is about: "2 policy reviews: 1 overdue, 1 due by 14 December 2026"."""
    ones = letter.notices
    if len(ones) == 1:
        return f"Policy review {_alone(ones[0], letter.day)}"
    counts = [
        _counted(_in(OVERDUE, ones, letter.day), "overdue"),
        _until([*_in(DUE, ones, letter.day), *_in(SOON, ones, letter.day)]),
        _counted(_in(NEVER, ones, letter.day), "never held"),
    ]
    told = ", ".join(filter(None, counts))
    if len(list(filter(None, counts))) == 1:  # all stand alike, and are counted once
        return f"{len(ones)} policy reviews {told.partition(' ')[2]}"
    return f"{len(ones)} policy reviews: {told}"


def _alone(one: Notice, day: date) -> str:
    if one.due is None:
        return "never held"
    return f"overdue since {one.due.told}" if _kind(one, day) == OVERDUE else _until([one], alone=True)


def _counted(ones: Sequence[Notice], words: str) -> str:
    return f"{len(ones)} {words}" if ones else ""


def _until(ones: Iterable[Notice], *, alone: bool = False) -> str:
    days = sorted(one.due.last for one in ones if one.due)
    if not days:
        return ""
    first = Moment.of(days[0]).told
    if alone:
        return f"due by {first}"
    same = days[0] == days[-1]
    return f"{len(days)} due by {first}" if same else f"{len(days)} due, the first by {first}"


def _kind(one: Notice, day: date) -> str:
    if one.due is None:
        return NEVER
    if one.overdue_by:
        return OVERDUE
    return DUE if one.due.first <= day else SOON


def _in(kind: str, ones: Iterable[Notice], day: date) -> list[Notice]:
    return [one for one in ones if _kind(one, day) == kind]


def _opening(letter: Letter, library: Library) -> tuple[str, ...]:
    name = library.settings.organisation.name
    if letter.digest:
        return (f"Here is this week’s list of the policy reviews at {name} that you have to do with.",)
    ones = letter.notices
    kinds = {_kind(one, letter.day) for one in ones}
    became = "overdue" if kinds == {OVERDUE} else "due" if kinds == {DUE} else "due or overdue"
    what = "A policy review has" if len(ones) == 1 else f"{len(ones)} policy reviews have"
    if all(one.escalated for one in ones):
        return (f"{what} been overdue for long at {name}.",)
    return (f"{what} become {became} at {name}.",)


def _closing(letter: Letter, library: Library) -> str:
    roles = roles_of(letter, library)
    more = "A list comes once a week while anything is open, a mail in between when a review becomes due or overdue."
    return f"You get this as {roles}. {more}"


def roles_of(letter: Letter, library: Library) -> str:
    """The titles of the roles that a letter is written to: "Headteacher and Clerk to the Governors"."""
    titles = [library.role(seat.role) for seat in letter.seats]
    return " and ".join(filter(None, (", ".join(titles[:-1]), titles[-1])))


def _groups(letter: Letter, register: Register, library: Library) -> Iterator[Group]:
    entries = {entry.policy: entry for entry in register.entries}
    for kind in (OVERDUE, DUE, SOON, NEVER):
        items = tuple(
            _item(one, entries[one.policy], library, letter.day) for one in _in(kind, letter.notices, letter.day)
        )
        if items:
            yield Group(kind, items)


def _item(one: Notice, entry: Entry, library: Library, day: date) -> Item:
    review = next(review for review in entry.reviews if review.cycle.name == one.cycle)
    return Item(one.title, standing(one, day), one.overdue_by > 0, tuple(_lines(one, entry, review, library)))


def standing(one: Notice, day: date) -> str:
    """How a review stands: "12 days overdue", "due today", "due this month, 9 days left", "14 days left"."""
    if one.due is None:
        return "never held, so that it has no date yet"
    if one.overdue_by:
        return f"{_days(one.overdue_by)} overdue"
    left = (one.due.last - day).days
    if left == 0:
        return "due today" if not one.due.is_month else "due this month, today is the last day"
    words = f"{_days(left)} left"
    return f"due this month, {words}" if one.due.first <= day else words


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"


def _lines(one: Notice, entry: Entry, review: Review, library: Library) -> Iterator[Line]:
    yield Line("Review", f"{one.cycle}, by {review.by}, every {review.cycle.every}")
    yield Line("Due", _due(one.due))
    yield Line("Last held", review.last.held.told if review.last else "never")
    if review.deferred:
        yield Line("Put off", f"on {review.deferred.held.told}: {review.deferred.reason or 'no reason given'}")
    yield Line("Wording", _wording(entry))
    yield Line("Owner", entry.owner)
    policy = library.policies[one.policy]
    if address := safe_address(Edition(policy, library).address(policy.id)):
        yield Line("Read it", address, address)
    if one.escalated:
        yield Line("Escalated", f"you are told because it is {_days(one.overdue_by)} overdue")
    yield Line("Once held", f"policytool record {one.policy} {one.cycle} --held DATE --by {review.cycle.by}", code=True)


def _due(due: Moment | None) -> str:
    if due is None:
        return "as soon as can be"
    return f"{due.told} (by {Moment.of(due.last).told})" if due.is_month else due.told


def _wording(entry: Entry) -> str:
    if entry.approval is None:
        return str(entry.wording)
    return f"{entry.wording} ({entry.approval.told})"
