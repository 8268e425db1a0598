"""The rows that a clerk fills in after a meeting: what was decided of which wording."""

from __future__ import annotations

from dataclasses import dataclass, field

COLUMNS = ("policy", "cycle", "version", "fingerprint", "outcome", "minute", "next", "reason")


@dataclass(frozen=True, slots=True)
class Row:
    """One row, as it was written: the wording by its version and its fingerprint, and what was decided of it.

    `line` is its line in the file, from 1.
    """

    policy: str
    cycle: str
    version: str
    fingerprint: str
    outcome: str = ""
    minute: str = ""
    next: str = ""
    reason: str = ""
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str]:
        """The policy and the cycle that it is of."""
        return self.policy, self.cycle


@dataclass(frozen=True, slots=True)
class Packed:
    """What a pack says of itself: the body, the day of its meeting, and the rows as they were sent out."""

    body: str
    meeting: str
    rows: tuple[Row, ...]
