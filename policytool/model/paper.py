"""A paper: what a meeting or a person is given to read, before it is written as Word, PDF or HTML."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

Look: TypeAlias = Literal["", "strong", "quiet", "inserted", "deleted"]


class Words(NamedTuple):
    """Words that are set alike. `address` is where they lead: "#name" of a heading here, the web, or a file beside."""

    text: str
    look: Look = ""
    address: str = ""


Line: TypeAlias = tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 3; `name` is what links in the paper call it, "" for nothing."""

    level: int
    line: Line
    name: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: plain, a notice that must not be missed, or a resolution to be minuted."""

    line: Line
    look: Literal["", "notice", "resolution"] = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of bullets."""

    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels with what they say."""

    rows: tuple[tuple[str, Line], ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table; `shares` are the widths of its columns to one another, none for equal ones."""

    header: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]
    shares: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Clause:
    """A passage of a policy with the number that is printed before it; `depth` is how far in it stands."""

    marker: str
    line: Line
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Break:
    """What comes next begins a new page."""


PaperBlock: TypeAlias = Heading | Paragraph | Listing | Facts | Grid | Clause | Break


@dataclass(frozen=True, slots=True)
class Paper:
    """A whole paper. `colour` is the house colour as #rrggbb, "" for none; `contents` whether it lists its headings."""

    title: str
    subtitle: str
    organisation: str
    colour: str
    blocks: tuple[PaperBlock, ...]
    contents: bool = True
