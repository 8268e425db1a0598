"""The places of a paper: its headings under the anchors that links lead to, and where words may lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import NamedTuple
from urllib.parse import quote

from policytool.model.paper import Grid, Heading, Line, Paper, Words
from policytool.render.address import safe_address

CONTENTS_DEPTH = 2
_ANCHOR = re.compile("[a-z][a-z0-9-]{0,99}")
_BESIDE = re.compile(r"(?![/\\])[^:?#\\\0-\x1f]+(#[A-Za-z0-9._-]*)?")


class Place(NamedTuple):
    """A heading: its place among all, from 1, its level as printed, its anchor, its words, whether it is listed."""

    number: int
    level: int
    anchor: str
    line: Line
    listed: bool


class Places(NamedTuple):
    """All headings in reading order, and the places of those that have a name."""

    every: tuple[Place, ...]
    named: Mapping[str, Place]

    @property
    def listed(self) -> tuple[Place, ...]:
        """What the contents list."""
        return tuple(place for place in self.every if place.listed)

    def leads(self, words: Words) -> Place | str:
        """Where words lead: to a heading, to an address outside the paper, or nowhere, which is ""."""
        if words.address.startswith("#"):
            return self.named.get(words.address[1:], "")
        return safe_address(words.address) or _beside(words.address)


def places(paper: Paper) -> Places:
    """The headings of a paper. A name that is no anchor, or stands for a heading already, gives an anchor of ours.

    No level is left out on the way down, which PDF/UA forbids. A lower heading that comes again and again is not listed
    in the contents, where it would tell nothing.
    """
    often = Counter(block.line for block in paper.blocks if isinstance(block, Heading))
    every: list[Place] = []
    named: dict[str, Place] = {}
    level = 0
    for number, heading in enumerate((block for block in paper.blocks if isinstance(block, Heading)), 1):
        level = max(1, min(heading.level, level + 1, 3))
        listed = level == 1 or (level <= CONTENTS_DEPTH and often[heading.line] == 1)
        usable = _ANCHOR.fullmatch(heading.name) and heading.name not in named
        every.append(Place(number, level, heading.name if usable else f"_{number}", heading.line, listed))
        if heading.name:
            named.setdefault(heading.name, every[-1])
    return Places(tuple(every), named)


def rows(grid: Grid) -> Iterator[tuple[Line, ...]]:
    """The rows of a grid, its header first, all as long as the longest; none where it has no column."""
    header = tuple((Words(name),) for name in grid.header)
    count = max(map(len, (header, *grid.rows)))
    if count:
        for row in (header, *grid.rows):
            yield row + ((),) * (count - len(row))


def shares(grid: Grid) -> tuple[int, ...]:
    """How wide the columns of a grid are to one another."""
    count = max(map(len, (grid.header, *grid.rows)))
    given = grid.shares[:count]
    return tuple(max(1, share) for share in given) + (1,) * (count - len(given))


def _beside(address: str) -> str:
    """A relative path to a file beside the paper, escaped; "" for anything else."""
    if not _BESIDE.fullmatch(address):
        return ""
    path, sign, fragment = address.partition("#")
    return quote(path.encode("utf-8", "ignore"), safe="/") + sign + fragment
