"""What the paragraphs of one Word file share while it is read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple, TypeAlias

from lxml.etree import _Element as Element

from policytool.model.piece import Aside, AsideKind, Place, Remark
from policytool.parse.word.counting import Counting
from policytool.parse.word.styles import Styles
from policytool.parse.word.words import Atom
from policytool.parse.word.xml import W

Fate: TypeAlias = Literal["", "deleted", "moved", "arrived"]
"""What became of words by a tracked change; "arrived" are those that were moved to where they stand."""

BECOMES: dict[bool, dict[str, Fate]] = {
    False: {f"{W}del": "deleted", f"{W}moveFrom": "moved", f"{W}moveTo": "arrived", f"{W}ins": ""},
    True: {f"{W}ins": "deleted", f"{W}moveTo": "moved", f"{W}moveFrom": "arrived", f"{W}del": ""},
}
"""By whether changes are rejected: what becomes of the words in each kind of change."""

_ARGUMENT = re.compile(r'"((?:[^"\\]|\\.)*)"?|(\S+)')


@dataclass(slots=True)
class Field:
    """A field that is open: what it is told to do, and, once that is known, where it leads."""

    told: list[str] = field(default_factory=list)
    shown: bool = False
    link: str = ""
    note: str = ""
    is_contents: bool = False
    is_number: bool = False
    number: int = 0

    def settle(self) -> None:
        """Understand the instruction: its result comes next (ECMA-376 part 1, 17.16.5)."""
        self.shown = True
        kind, *arguments = [*_arguments("".join(self.told)), ""]
        plain = next((one for one in arguments if one and not one.startswith("\\")), "")
        if kind.upper() == "TOC":
            self.is_contents = True
        elif kind.upper() == "REF":
            self.link = f"#{plain}"
            self.is_number = any(one in ("\\r", "\\w", "\\n") for one in arguments)
        elif kind.upper() == "NOTEREF":
            self.note = plain
        elif kind.upper() == "HYPERLINK":
            self.link = _address(arguments)


def _arguments(told: str) -> list[str]:
    return [found[1] or found[2] or "" for found in _ARGUMENT.finditer(told)]


def _address(arguments: list[str]) -> str:
    """An address, or a place in the document itself: HYPERLINK "https://x.example", or a switch before it."""
    within = next((after for one, after in pairwise(arguments) if one == "\\l"), "")
    outside = next((one for one in arguments if one and not one.startswith("\\") and one != within), "")
    return f"{outside}#{within}" if within else outside


class Lost(NamedTuple):
    """Words that are in the file and not in the text, with the reason."""

    why: Literal["deleted", "moved", "struck", "hidden", "contents", "other"]
    text: str


@dataclass(slots=True)
class Line:
    """A paragraph while its runs are read. `boxes` are text boxes that hang on it."""

    atoms: list[Atom] = field(default_factory=list)
    lost: list[Lost] = field(default_factory=list)
    bookmarks: list[str] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    size: int = 0

    def text(self) -> str:
        """The words alone."""
        return "".join([atom.text for atom in self.atoms])


@dataclass(slots=True)
class Story:
    """What is known of the file, and what was found so far. `links` are those of the part that is being read.

    With `exact` the file was built here, and its words are told as they stand as well; `numbers` counts the fields
    that print a number.
    """

    styles: Styles
    counting: Counting
    links: Mapping[str, str]
    rejects: bool
    comments: Mapping[str, str] = field(default_factory=dict)
    authors: Mapping[str, str] = field(default_factory=dict)
    fields: list[Field] = field(default_factory=list)
    galleries: int = 0
    paragraphs: int = 0
    fixed: Place | None = None
    pending: Line | None = None
    bookmarks: list[str] = field(default_factory=list)
    open_bookmarks: dict[str, str] = field(default_factory=dict)
    cited: dict[tuple[str, str], str] = field(default_factory=dict)
    cited_at: dict[tuple[str, str], Place] = field(default_factory=dict)
    marks: dict[str, str] = field(default_factory=dict)
    commented: set[str] = field(default_factory=set)
    changes: Counter[str] = field(default_factory=Counter)
    moved: list[tuple[str, Place]] = field(default_factory=list)
    arrived: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    title: str = ""
    exact: bool = False
    before_note: list[str] = field(default_factory=list)  # where LibreOffice leaves the bookmark of a footnote's mark
    numbers: int = 0

    @property
    def place(self) -> Place:
        """Where the paragraph that is being read stands."""
        return self.fixed or Place(max(self.paragraphs, 1), "paragraph")

    @property
    def in_contents(self) -> bool:
        """Whether what is read is part of a contents list."""
        return self.galleries > 0 or any(one.is_contents for one in self.fields)

    def aside(self, kind: AsideKind, text: str, place: Place | None = None) -> None:
        """Keep words that are no part of the text."""
        if told := " ".join(text.split(" ")).strip():
            self.asides.append(Aside(kind, told, place or self.place))

    def look(self, message: str) -> None:
        """Tell a person to look at what stands here."""
        self.remarks.append(Remark("look", self.place, message))

    def cite(self, kind: str, key: str) -> str:
        """The name of a note that is cited here: they are counted in order of their first citation."""
        name = self.cited.setdefault((kind, key), str(len(self.cited) + 1))
        self.cited_at.setdefault((kind, key), self.place)
        for bookmark in (*self.open_bookmarks.values(), *self.before_note):
            self.marks.setdefault(bookmark, name)
        self.before_note.clear()
        return name
