"""What is taken over from a school's own Word template, as values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

PageKind: TypeAlias = Literal["default", "first", "even"]


@dataclass(frozen=True, slots=True)
class Relation:
    """What one part of a Word file says of another, whose name is `target`, or of an address where it is `external`."""

    key: str
    kind: str
    target: str
    external: bool = False


@dataclass(frozen=True, slots=True)
class TemplatePart:
    """A file within a Word file, by its name from the root: "/word/styles.xml"."""

    name: str
    content_type: str
    content: bytes
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class PagePart:
    """A header or a footer: on which pages it stands, and the name of its part."""

    kind: Literal["header", "footer"]
    pages: PageKind
    name: str


@dataclass(frozen=True, slots=True)
class WordTemplate:
    """What is taken over from a Word file that others are to look like.

    `section` is its last `w:sectPr`, b"" where there is none. `single` names the parts of which there is one each, by
    what they are: "styles", "theme". `width` is that of the text, in twentieths of a point.
    """

    section: bytes
    width: int
    page: tuple[PagePart, ...] = ()
    single: tuple[tuple[str, str], ...] = ()
    parts: tuple[TemplatePart, ...] = ()
