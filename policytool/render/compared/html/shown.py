"""The nouns of a page: plain nested tuples in which every choice has been made, so that the templates make none.

All ids are the page's own and begin with an underscore.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias


class Tag(NamedTuple):
    """Words in one element: "em", "strong", "code", "br" or "sup"."""

    tag: str
    words: Words = ()


Words: TypeAlias = tuple[str | Tag, ...]


class Piece(NamedTuple):
    """Words with one mark: "same", "inserted" or "deleted"."""

    mark: str
    words: Words


Pieces: TypeAlias = tuple[Piece, ...]


class Line(NamedTuple):
    """A passage: its number, its words, how it looks ("section", "preformatted", or "plain"); `was` is its old number.

    `depth` is how far in it stands, from 0 to 4.
    """

    marker: str
    pieces: Pieces
    look: str
    depth: int = 0
    was: str = ""


class Row(NamedTuple):
    """A row of a table: what it is ("Before", "Now", "" in a table that is shown as it stands), and its cells."""

    name: str
    cells: tuple[Pieces, ...]


class Grid(NamedTuple):
    """A table or some of its rows. `header` is empty where it is not known."""

    name: str
    header: tuple[Pieces, ...]
    rows: tuple[Row, ...]
    look: str = "grid"


Text: TypeAlias = tuple[Line | Grid, ...]


class Edit(NamedTuple):
    """One change: what it is called, what it touches, and its words: before and now, and both in one.

    `same` tells that there is one text to show in either view: what moved as it was, and rows of tables. `kind` is a
    class of the style sheet, or two: what came in or went with a change is "along" with it. `link` leads to where it
    stood, "" for none.
    """

    id: str
    kind: str
    name: str
    place: str
    level: int
    substance: bool
    flags: tuple[tuple[str, str], ...]
    remark: str
    link: str
    old: Text
    new: Text
    both: Text
    same: bool
    shows: str = "edit"


class Stub(NamedTuple):
    """Where a passage stood that moved: what it was called, what it is called now, and the id of the change."""

    id: str
    place: str
    now: str
    href: str
    shows: str = "stub"


class Heading(NamedTuple):
    """A heading of the policy, with its number as it was where that changed."""

    level: int
    marker: str
    words: Words
    was: str
    shows: str = "heading"


class Fold(NamedTuple):
    """Passages without an edit, folded away: what they are called together, and their text."""

    name: str
    text: Text
    shows: str = "fold"


Shown: TypeAlias = Edit | Stub | Heading | Fold


class Filter(NamedTuple):
    """A kind of change that is there: its class, its name, how many."""

    kind: str
    name: str
    number: int


class Page(NamedTuple):
    """The whole page. A line of `matters` is (the href of the change, where, what)."""

    title: str
    heading: str
    organisation: str
    old: str
    new: str
    summary: str
    matters: tuple[tuple[str, str, str], ...]
    landings: tuple[str, ...]
    fields: tuple[tuple[str, str, str], ...]
    filters: tuple[Filter, ...]
    body: tuple[Shown, ...]
    edits: int
    renumberings: tuple[str, ...]
    ripples: tuple[str, ...]
