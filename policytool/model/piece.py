"""A document that was not written for policytool, as found: its pieces in order, and what stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple, TypeAlias

from policytool.model.inline import Inlines

CARRIED = ("policytool-policy", "policytool-path", "policytool-fingerprint")
"""The document properties of a file that was built here: the id of the policy, its path, its fingerprint."""
CARRIED_SPACE = "urn:policytool:carried:1"
"""The namespace of what such a file carries beside its words."""
COMPUTED = "\x1a"
"""What stands, in the hash of a passage, for a number that is computed or the mark of a footnote."""
FIGURES = 16
"""So many figures has the hash of a passage."""

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


class Run(NamedTuple):
    """Words set alike, exactly as they stand in the file. `link` is where they lead, `note` the footnote they cite.

    `number` tells apart the fields that print a number, 0 for none; `styled` that the paragraph's own style is bold or
    italic, against which a run's own look cannot be told.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    note: str = ""
    number: int = 0
    styled: bool = False


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph, a heading, an item, or a table, as it looks.

    `words` are without the number; `marker` is the number or sign that is printed before them ("4.2.1", "(a)", "•",
    "Appendix B", ""), and `automatic` tells that the file counts it by itself. `heading` is the level that a style or
    an outline gives it, 0 for none; `bold` tells that all its words are; `indent` is in points from the left margin;
    `size` in points, 0 where it is not known. A table has its rows in `rows`, a row its cells, and no words. `style`
    is what the file calls the look of it, "" for nothing; `bookmarks` are names by which links in the file lead here: a
    link to one has the address "#name". `quoted` tells that the file sets it off as somebody else's words.

    Only where the file was built here: `level` is that at which its list counts, from 0, -1 for none; `runs` are all
    words as they stand, typed markers too; `cells` are what a table's rows are made of.
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
    level: int = -1
    runs: tuple[Run, ...] = ()
    cells: tuple[tuple[tuple[Piece, ...], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Aside:
    """Words that are not part of the text: a contents list, a running head, a comment. None of them is lost.

    `author` is who made a comment; `text` names them as well.
    """

    kind: AsideKind
    text: str
    place: Place
    author: str = ""


@dataclass(frozen=True, slots=True)
class Remark:
    """What a person should know of the reading: what was guessed, and what must be looked at."""

    kind: Literal["recognised", "guessed", "look"]
    place: Place | None
    message: str


@dataclass(frozen=True, slots=True)
class Found:
    """A document as found. `title` is what the file itself calls it, "" for nothing; footnotes are by their names.

    Where the file was built here, `properties` are those of `CARRIED`, `carried` is what else it carries, and `marks`
    are the bookmarks round the marks of footnotes, with the footnotes' names.
    """

    title: str = ""
    pieces: tuple[Piece, ...] = ()
    footnotes: Mapping[str, tuple[Piece, ...]] = field(default_factory=dict)
    asides: tuple[Aside, ...] = ()
    remarks: tuple[Remark, ...] = ()
    properties: Mapping[str, str] = field(default_factory=dict)
    carried: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
