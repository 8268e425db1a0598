"""What a paper for a meeting is made of: the agenda, and of each policy what is to be decided and what changed."""

from __future__ import annotations

from dataclasses import dataclass

from policytool.model.agenda import Agenda, Item
from policytool.model.outcome import Row
from policytool.model.register import Entry
from policytool.model.time import Moment
from policytool.render.compared.sides import Sides


@dataclass(frozen=True, slots=True)
class Decision:
    """A policy to be decided on. `version` is the commit that holds the wording, as `record` names it.

    `written` is the day on which the wording was committed; `next` is when each review of the item falls due next if it
    is decided on now. `sides` is the comparison with the approved wording, None where nothing changed or nothing was
    approved.
    """

    item: Item
    version: str
    written: Moment
    fingerprint: str
    next: tuple[Moment | None, ...]
    sides: Sides | None = None

    @property
    def policy(self) -> str:
        """The policy's id."""
        return self.item.entry.policy

    @property
    def rows(self) -> tuple[Row, ...]:
        """The rows to be filled in, one a cycle."""
        cycles = (review.cycle.name for review in self.item.reviews)
        return tuple(Row(self.policy, cycle, self.version, self.fingerprint) for cycle in cycles)


@dataclass(frozen=True, slots=True)
class Pack:
    """One meeting's pack: `unready` are policies that no decision can be asked on, with the reason."""

    agenda: Agenda
    decisions: tuple[Decision, ...]
    unready: tuple[tuple[Entry, str], ...]
    organisation: str
    colour: str
