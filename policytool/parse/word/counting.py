"""Numbered paragraphs, one after the other -> the number that Word prints before each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from policytool.parse.word.formats import formatted
from policytool.parse.word.lists import EMPTY, LEVELS, List

_PLACE = re.compile(r"%([1-9])")


@dataclass(slots=True)
class Counting:
    """The counters of a document. Lists that are made of one definition share theirs."""

    lists: Mapping[str, List]
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def marker(self, name: str, at: int) -> str:
        """The number of the next paragraph at a level of a list; a bullet's is its sign."""
        counted = self.lists[name]
        counts = self.counts.setdefault(counted.abstract, [None] * LEVELS)
        for upper in range(at):  # a level that was passed over counts as if it had been there
            if counts[upper] is None:
                counts[upper] = counted.levels.get(upper, EMPTY).start
        counts[at] = self._next(name, at, counts[at])
        for deeper in range(at + 1, LEVELS):
            restart = counted.levels.get(deeper, EMPTY).restart
            if restart is None or at < restart:
                counts[deeper] = None
        return _text(counted, at, counts).strip()

    def _next(self, name: str, at: int, count: int | None) -> int:
        """The next count; a list that is to begin anew does so once, at the first level for which it says so."""
        counted = self.lists[name]
        if name not in self.begun and at in counted.starts:
            self.begun.add(name)
            return counted.starts[at]
        return counted.levels.get(at, EMPTY).start if count is None else count + 1


def _text(counted: List, at: int, counts: list[int | None]) -> str:
    level = counted.levels.get(at, EMPTY)
    if level.format == "bullet":
        return level.text

    def shown(found: re.Match[str]) -> str:
        upper = int(found[1]) - 1
        definition, count = counted.levels.get(upper, EMPTY), counts[upper]
        style = "decimal" if level.legal and definition.format not in ("none", "bullet") else definition.format
        return formatted(definition.start if count is None else count, style) if upper <= at else ""

    return _PLACE.sub(shown, _without_silent(counted, at))


def _without_silent(counted: List, at: int) -> str:
    """What a number is made of; levels above that print none take what stands behind them away: "1.3" of "%1.%2.%3"."""
    text = counted.levels.get(at, EMPTY).text
    for upper in range(at):
        if counted.levels.get(upper, EMPTY).format == "none":
            text = re.sub(f"%{upper + 1}[^%]*(?=%)", "", text)
    return text
