"""A policy: what stands in one file of `source/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from policytool.model.block import Block, Blocks, Footnote, walk
from policytool.model.inline import NOWHERE, Position
from policytool.model.time import Duration


@dataclass(frozen=True, slots=True)
class Cycle:
    """A review cycle: its name, how often, and the role that reviews."""

    name: str
    every: Duration
    by: str
    counts_for: tuple[str, ...] = ()
    keep_anniversary: bool = False


@dataclass(frozen=True, slots=True)
class Policy:
    """A governed document. `id` is its file's stem; roles are ids that the settings define.

    `path` is relative to the repository, with forward slashes. `places` tells where a field of the front matter
    stands: "owner", "related.0", "reviews.annual.by".
    """

    id: str
    title: str
    kind: str = "policy"
    owner: str = ""
    approver: str = ""
    reviews: tuple[Cycle, ...] = ()
    audience: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    amendments: tuple[str, ...] = ()
    publish: str = "website"
    withdrawn: date | None = None
    numbering: str = "outline"
    blocks: Blocks = ()
    footnotes: tuple[Footnote, ...] = ()
    path: str = field(default="", compare=False)
    places: Mapping[str, Position] = field(default_factory=dict, compare=False, repr=False)

    def place(self, name: str) -> Position:
        """Where the field, or the nearest field that holds it, stands in the source."""
        while name not in self.places and "." in name:
            name = name.rpartition(".")[0]
        return self.places.get(name, NOWHERE)

    def walk(self) -> Iterator[Block]:
        """Every block, the footnotes' last."""
        yield from walk(self.blocks)
        for footnote in self.footnotes:
            yield from walk(footnote.blocks)
