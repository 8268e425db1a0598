"""What is wrong, where, and what to do about it: findings as values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from policytool.model.inline import Position

if TYPE_CHECKING:
    from policytool.model.mend import Edit, Mend


class Severity(StrEnum):
    """An error leaves a policy out of a build; a warning does not."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One kind of mistake. Its texts are its manual page: `policytool explain CODE` prints them.

    `code` is PT and three figures, the first naming the room; codes are never reused.
    """

    code: str
    name: str
    severity: Severity
    meaning: str
    why: str
    mend: str
    wrong: str = ""
    right: str = ""

    def at(self, path: str, position: Position | None, message: str, advice: str = "", length: int = 1) -> Diagnostic:
        """This finding at a place: a message of what is wrong, and advice for this very case."""
        return Diagnostic(self, path, position, message, advice, length)


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding at a place. `path` is relative to the repository; no position means the file as a whole.

    `length` counts the characters that the mistake covers on its line. `mend` puts it right where that takes no
    judgement; it stays out of equality.
    """

    finding: Finding
    path: str
    position: Position | None
    message: str
    advice: str = ""
    length: int = 1
    mend: Mend | None = field(default=None, compare=False, repr=False)

    def mended_by(self, *edits: Edit, counts: bool = True) -> Diagnostic:
        """The same with the edits that put it right. `counts`: they are right only while the numbers are."""
        from policytool.model.mend import Mend  # most findings take judgement

        return replace(self, mend=Mend(edits, counts))

    def put_right(self, position: Position, old: str, new: str, *, counts: bool = True) -> Diagnostic:
        """The same, put right by other words in the place of some, as `mended_by` does."""
        from policytool.model.mend import Change

        return self.mended_by(Change(position, old, new), counts=counts)

    @property
    def is_error(self) -> bool:
        """Whether it keeps a policy from being built."""
        return self.finding.severity is Severity.ERROR

    @property
    def order(self) -> tuple[str, Position, str, str]:
        """The key that sorts findings as a reader meets them."""
        return (self.path, self.position or Position(0, 0), self.finding.code, self.message)
