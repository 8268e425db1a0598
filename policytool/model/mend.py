"""How a finding is put right where that takes no judgement: changes to the words of one file, as values.

Places are lines and columns as diagnostics have them: of the text with LF line ends and without a byte order mark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from policytool.model.inline import Position


@dataclass(frozen=True, slots=True)
class Change:
    """Words that are to stand in the place of others, on one line. Where `old` does not stand there, nothing is."""

    position: Position
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Labelling:
    """A label for the block whose words end on this line."""

    line: int
    label: str


Edit: TypeAlias = Change | Labelling


@dataclass(frozen=True, slots=True)
class Mend:
    """The edits that put a finding right, all or none. `counts`: they are right only while the numbers are."""

    edits: tuple[Edit, ...]
    counts: bool = True
