"""What the paragraphs of one part share while it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.part import Part

from policytool.model.block import Footnote, Row
from policytool.model.inline import FootnoteMark, Inlines
from policytool.render.edition import Edition
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.carried import Carried
from policytool.render.word.numbering import Numbering
from policytool.render.word.template import Fitted

TEXT_WIDTH = 9298
"""Of our own page, between its margins, in twentieths of a point."""


@dataclass(slots=True)
class Notes:
    """The footnotes by name, and those that the text has cited so far: name to number.

    `nested` collects the marks in a footnote that cite one which the text itself never does.
    """

    known: dict[str, Footnote]
    cited: dict[str, int] = field(default_factory=dict)
    nested: list[FootnoteMark] = field(default_factory=list)

    def cite(self, name: str) -> tuple[int, bool]:
        """The number of a footnote, and whether it is cited for the first time."""
        first = name not in self.cited
        return self.cited.setdefault(name, len(self.cited) + 1), first


class Wording:
    """What is written of the words of each passage, asked for in reading order: all of them, as they are."""

    def words(self, words: Inlines) -> Inlines:
        """Of the next passage."""
        return words

    def row(self, row: Row) -> Row:
        """Of the next passage, which is a row of a table."""
        return row


@dataclass(frozen=True, slots=True)
class Story:
    """One part: what it is taken from, the counting it shares with the others, and the relationships of its own.

    `colour` is the house colour, six hexadecimal figures; `is_note` tells the part of the footnotes;
    `has_contents` whether a contents list leads to the headings, which `headings` counts. `template` is the school's
    own, with the style that plain paragraphs have in it (`plain`); `width` is that of the text, in twentieths of a
    point. `carried` takes down what the file carries for those who read it back; a redline carries nothing.
    """

    edition: Edition
    part: Part
    bookmarks: Bookmarks
    numbering: Numbering
    notes: Notes
    colour: str
    is_note: bool = False
    has_contents: bool = True
    wording: Wording = field(default_factory=Wording)
    headings: Iterator[int] = field(default_factory=lambda: count(1))
    template: Fitted | None = None
    plain: str = "Normal"
    width: int = TEXT_WIDTH
    carried: Carried | None = None

    def relate(self, address: str) -> str:
        """The id of a relationship to an address on the web."""
        return self.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
