"""What is printed of duties, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from policytool.model.duty import Duty
from policytool.model.settings import Settings

UNATTRIBUTED = "Nobody named"
NONE = "There are no such duties."
LONGEST = 150
"""Characters of a duty on a paper: two lines."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence that lays duties on one holder: it is printed once, however many, the strongest first."""

    words: str
    number: str
    anchor: str
    policy: str
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """Duties in the order in which they are printed, and what their holders and policies are called.

    `addresses` tells where a clause is published, by policy and anchor; `role` is the holder that was asked for, ""
    for all; `version` says which text was read; `left_out` are policies that have none at that version.
    """

    duties: tuple[Duty, ...]
    holders: Mapping[str, str]
    titles: Mapping[str, str]
    addresses: Mapping[tuple[str, str], str]
    settings: Settings
    role: str = ""
    version: str = ""
    left_out: tuple[str, ...] = ()

    def holder(self, who: str) -> str:
        """What a holder is called."""
        return self.holders.get(who, who) if who else UNATTRIBUTED

    @property
    def title(self) -> str:
        """Of the whole list."""
        return f"Duties: {self.holder(self.role)}" if self.role else "Who must do what"

    @property
    def groups(self) -> Iterator[tuple[str, Iterator[tuple[str, tuple[Line, ...]]]]]:
        """Each holder with each policy's lines, in order."""
        for who, found in groupby(self.duties, key=lambda one: one.who):
            yield who, ((policy, lines(tuple(same))) for policy, same in groupby(found, key=lambda one: one.policy))


def lines(duties: tuple[Duty, ...]) -> tuple[Line, ...]:
    """One line a sentence, at the place of its strongest duty."""
    found: dict[tuple[str, str], list[Duty]] = {}
    for one in duties:
        found.setdefault((one.number, one.words), []).append(one)
    return tuple(
        Line(words, number, same[0].anchor, same[0].policy, tuple(same)) for (number, words), same in found.items()
    )


def shortened(words: str) -> str:
    """The words, cut at a word where they would take more than two lines."""
    if len(words) <= LONGEST:
        return words
    return f"{words[:LONGEST].rsplit(' ', 1)[0].rstrip(',;: ')} …"
