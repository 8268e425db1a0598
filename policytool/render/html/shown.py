"""The nouns of a page: plain nested tuples in which every choice has been made, so that the templates make none.

Ids that are the page's own begin with an underscore; anchors of a policy never do, so that the two cannot clash.
"""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias

from policytool.model.block import Alignment


class Run(NamedTuple):
    """Words in one element: "em", "strong", "code", "br", "a" (a link) or "sup" (a footnote mark).

    A link or a mark without an `href` is printed as its words alone.
    """

    tag: str
    words: Words = ()
    href: str = ""
    title: str = ""
    id: str = ""


Words: TypeAlias = tuple[str | Run, ...]


class Heading(NamedTuple):
    """A section's heading. It always has an id; `linked` tells that this is a deep link and not the page's own.

    `marker` is its number, "" for none.
    """

    level: int
    id: str
    linked: bool
    marker: str
    appendix: bool
    words: Words


class Chapter(NamedTuple):
    """A section: its heading and what stands under it. One at the top is a landmark of the page."""

    heading: Heading
    blocks: tuple[Shown, ...]
    landmark: bool
    kind: Literal["section"] = "section"


class Entry(NamedTuple):
    """One clause, item or bullet of a list. `id` is "" where its anchor stands on the page already."""

    id: str
    marker: str
    words: Words
    blocks: tuple[Shown, ...]


class Listing(NamedTuple):
    """Consecutive "clauses", "items" or "bullets"."""

    name: str
    entries: tuple[Entry, ...]
    kind: Literal["list"] = "list"


class Passage(NamedTuple):
    """A "paragraph" or "preformatted" lines (in `words`), a "quote" (in `blocks`), or a "rule"."""

    kind: str
    id: str = ""
    words: Words = ()
    blocks: tuple[Shown, ...] = ()


class Cell(NamedTuple):
    """A cell of a table."""

    alignment: Alignment
    words: Words


class Grid(NamedTuple):
    """A table. `name` is what the region that holds it is called."""

    id: str
    name: str
    header: tuple[Cell, ...]
    rows: tuple[tuple[Cell, ...], ...]
    kind: Literal["table"] = "table"


Shown: TypeAlias = Chapter | Listing | Passage | Grid


class Line(NamedTuple):
    """A line of the contents, and those below it."""

    href: str
    marker: str
    words: Words
    lines: tuple[Line, ...]


class Note(NamedTuple):
    """A footnote, and the links back to where it is cited."""

    id: str
    number: int
    blocks: tuple[Shown, ...]
    backlinks: tuple[str, ...]


class Page(NamedTuple):
    """The whole page. A row of the title block holds plain words, or the policies it names.

    `home` is the link of a published page to the one that names the current issue.
    """

    title: str
    organisation: str
    draft: bool
    notice: str
    title_block: tuple[tuple[str, str | tuple[Run, ...]], ...]
    contents: tuple[Line, ...]
    blocks: tuple[Shown, ...]
    notes: tuple[Note, ...]
    home: str = ""
