"""The register: when each policy was last reviewed and is next due, and how its wording stands to the approved one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from policytool.model.inline import NOWHERE, Position
from policytool.model.policy import Cycle
from policytool.model.record import Record
from policytool.model.settings import Waiver
from policytool.model.time import Moment


class TimeState(StrEnum):
    """How a cycle stands on a day, the most urgent first."""

    OVERDUE = "overdue"
    NEVER = "never reviewed"
    DUE = "due"
    DUE_SOON = "due soon"
    CURRENT = "current"


class WordingState(StrEnum):
    """How the working text stands to the approved wording."""

    CHANGED = "changed since approval"
    NEVER = "never approved"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class Approval:
    """An approved wording: the name of its version ("2023-09-14", "2023-09.2"), and the record that made it so.

    `confirmed` is the latest record that approved it again as it was; else the same record.
    """

    version: str
    record: Record
    confirmed: Record

    @property
    def told(self) -> str:
        """When it was approved, as people say it."""
        return self.record.held.told


@dataclass(frozen=True, slots=True)
class Review:
    """One cycle of one policy, on a day. `by` is the title of the role that reviews.

    `last` is the latest record that moved its date, None before the first. `due` is None for what was never reviewed
    and counts from nothing; `days` is how many are left until the last day on which it is not overdue, below 0 for
    overdue. `deferred` is the latest record that put it off, where nothing has been approved since.
    """

    cycle: Cycle
    by: str
    state: TimeState
    last: Record | None = None
    due: Moment | None = None
    days: int | None = None
    deferred: Record | None = None
    waiver: Waiver | None = None
    place: Position = NOWHERE


@dataclass(frozen=True, slots=True)
class Entry:
    """One policy in the register, with its reviews, the most urgent first. `owner` and `approver` are titles of roles.

    `approval` is the approved wording, None where there is none; `waiver` silences what is said of the wording, which
    stands at `place`.
    """

    policy: str
    title: str
    path: str
    owner: str
    approver: str
    wording: WordingState
    reviews: tuple[Review, ...] = ()
    approval: Approval | None = None
    waiver: Waiver | None = None
    place: Position = NOWHERE

    @property
    def state(self) -> TimeState:
        """The state of its most urgent review."""
        return self.reviews[0].state if self.reviews else TimeState.CURRENT


@dataclass(frozen=True, slots=True)
class Load:
    """The reviews that fall due in one month, as (policy id, cycle name). `month` is a whole month."""

    month: Moment
    reviews: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting, and the reviews to be held there because they fall due before the next. `body` is a role's title."""

    body: str
    day: Moment
    reviews: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A review that might be held sooner, so that fewer fall due at once: never later than its cycle allows."""

    policy: str
    cycle: str
    due: Moment
    proposed: Moment


@dataclass(frozen=True, slots=True)
class Register:
    """Every policy in force on a day, the most urgent first; and what falls due when."""

    day: Moment
    entries: tuple[Entry, ...] = ()
    load: tuple[Load, ...] = ()
    meetings: tuple[Meeting, ...] = ()
