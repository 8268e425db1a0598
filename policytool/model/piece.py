"""A document that was not written for policytool, as found: its pieces in order, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from policytool.model.inline import Inlines

AsideKind: TypeAlias = Literal["contents", "header", "footer", "comment", "text box", "deleted", "other"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as a person would look it up.

    The page (0 where it is not known) and the line or paragraph on it, counted from 1; `kind` says which.
    """

    number: int
    kind: Literal["line", "paragraph"] = "line"
    page: int = 0

    def __str__(self) -> str:
        return f"page {self.page}, {self.kind} {self.number}" if self.page else f"{self.kind} {self.number}"


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading, an item, or a table, as it looks.

    `words` are without the number; `marker` is the number or sign that is printed before them ("4.2.1", "(a)", "•",
    "Appendix B", ""), and `automatic` tells that the file counts it by itself. `heading` is the level that a style or
    an outline gives it, 0 for none; `bold` tells that all its words are; `indent` is in points from the left margin;
    `size` in points, 0 where it is not known. A table has its rows in `rows`, a row its cells, and no words. `style`
    is what the file calls the look of it, "" for nothing; `bookmarks` are names by which links in the file lead here: a
    link to one has the address "#name". `quoted` tells that the file sets it off as somebody else's words.
    """

    words: Inlines
    place: Place
    marker: str = ""
    automatic: bool = False
    heading: int = 0
    bold: bool = False
    indent: float = 0.0
    size: float = 0.0
    rows: tuple[tuple[Inlines, ...], ...] = ()
    style: str = ""
    bookmarks: tuple[str, ...] = ()
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that are not part of the text: a contents list, a running head, a comment. None of them is lost."""

    kind: AsideKind
    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of the reading: what was guessed, and what must be looked at."""

    kind: Literal["recognised", "guessed", "look"]
    place: Place | None
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """A document as found. `title` is what the file itself calls it, "" for nothing; footnotes are by their names."""

    title: str = ""
    pieces: tuple[Piece, ...] = ()
    footnotes: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    remarks: tuple[Remark, ...] = ()
