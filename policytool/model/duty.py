"""A duty: what a policy obliges, advises, allows or forbids somebody to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Strength: TypeAlias = Literal["must", "should", "may"]


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of one holder, with the clause it stands in.

    `who` is the id of a role, else the words of a group that is no role ("pupils"), "" where nobody is named. `word` is
    the duty word as written. "may not" and "cannot" forbid, so that their strength is "must"; "not required to" frees,
    so that its strength is "may". `number` and `anchor` are "" outside numbered text. `words` is the sentence.
    """

    who: str
    word: str
    strength: Strength
    negated: bool
    policy: str
    number: str
    anchor: str
    words: str

    @property
    def rank(self) -> int:
        """Its place by strength: must not, must, should not, should, may."""
        return {"must": 0, "should": 2, "may": 4}[self.strength] + (not self.negated)
