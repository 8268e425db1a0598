"""A Word file -> what Word prints of it: the number before each paragraph, by the rules of ECMA-376 part 1, 17.9.

Written from the standard and not from the renderer, so that the two can be held against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element as Element

__all__ = ["BULLETS", "NAMES", "Element", "W", "attribute", "part", "printed_paragraphs", "printed_words", "words_of"]

NAMES = {"w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main"}
W = "{" + NAMES["w"] + "}"
LEVELS = 9
_FRONT = ("Title", "Notice")
BULLETS = ("•", "–")
_BREAKS = {W + "tab": "\t", W + "br": "\n"}
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")


def part(docx: bytes, name: str) -> Element:
    """One part of a Word file, parsed: "document", "styles"."""
    with ZipFile(BytesIO(docx)) as archive:
        return etree.fromstring(archive.read(f"word/{name}.xml"))


def attribute(node: Element, name: str) -> str:
    """An attribute in Word's namespace, which must be there."""
    value = node.get(W + name)
    assert value is not None, name
    return value


def printed_paragraphs(docx: bytes) -> list[tuple[str, str]]:
    """The number and the words of each paragraph of the text, in reading order, those in table cells too.

    The title, the notice, the title block, the contents list and paragraphs that print nothing are left out; a
    bullet's number is its bullet, and a line broken on purpose is a line in the words.
    """
    body = part(docx, "document").find(W + "body")
    assert body is not None
    counting = _Counting(_Lists.read(part(docx, "numbering")), _Styles.read(part(docx, "styles")))
    read = ((counting.number(paragraph), words_of(paragraph)) for paragraph in _paragraphs(body))
    return [(number, words) for number, words in read if number or words.strip()]


def printed_words(docx: bytes) -> list[str]:
    """All the words that a policy prints, numbers included, footnotes last; bullets and footnote marks left out."""
    paragraphs = [f"{'' if number in BULLETS else number} {words}" for number, words in printed_paragraphs(docx)]
    notes = [words_of(paragraph) for paragraph in part(docx, "footnotes").iter(W + "p")]
    return " ".join(paragraphs + notes).split()


def cover_words(docx: bytes) -> list[str]:
    """The words before the contents: the title, the notice and the title block."""
    body = part(docx, "document").find(W + "body")
    assert body is not None
    kept = [node for node in body if _value(node, "pPr/pStyle") in _FRONT]
    kept += [node for node in body if _value(node, "tblPr/tblStyle") == "TitleBlock"]
    return [word for node in kept for paragraph in node.iter(W + "p") for word in words_of(paragraph).split()]


def notice_words(docx: bytes) -> list[str]:
    """The words of the paragraph that has the notice's own style."""
    found = [node for node in part(docx, "document").iter(W + "p") if _value(node, "pPr/pStyle") == "Notice"]
    return [word for node in found for word in words_of(node).split()]


def words_of(paragraph: Element) -> str:
    """The words of a paragraph, the results of fields among them; footnote marks left out."""
    return "".join(_words_of_run(run) for run in paragraph.iter(W + "r") if not _is_mark(run))


def _words_of_run(run: Element) -> str:
    return "".join(_BREAKS.get(str(node.tag), node.text or "") for node in run if node.tag in (W + "t", *_BREAKS))


def _is_mark(run: Element) -> bool:
    return _value(run, "rPr/rStyle") == "FootnoteReference"


def _paragraphs(parent: Element) -> Iterator[Element]:
    for node in parent:
        if node.tag == W + "p":
            if _value(node, "pPr/pStyle") not in _FRONT:
                yield node
        elif node.tag == W + "tbl":
            if _value(node, "tblPr/tblStyle") != "TitleBlock":
                for cell in node.iterfind(f"{W}tr/{W}tc"):
                    yield from _paragraphs(cell)
        elif node.tag == W + "sdt":
            assert node.find(f"{W}sdtPr/{W}docPartObj") is not None, "only the contents list is framed"


def _value(node: Element, path: str) -> str | None:
    found = node.find("/".join(W + step for step in path.split("/")))
    return None if found is None else found.get(W + "val")


@dataclass(frozen=True)
class _Level:
    start: int
    style: str
    text: str
    restart: int | None
    linked: str | None

    @classmethod
    def read(cls, node: Element) -> _Level:
        restart = _value(node, "lvlRestart")
        return cls(
            int(_value(node, "start") or "0"),
            _value(node, "numFmt") or "decimal",
            _value(node, "lvlText") or "",
            None if restart is None else int(restart),
            _value(node, "pStyle"),
        )


@dataclass(frozen=True)
class _List:
    """A w:num: the abstract list it counts in, its levels with its own in their places, and where it begins anew."""

    abstract: str
    levels: dict[int, _Level]
    starts: dict[int, int]


class _Lists(dict[str, _List]):
    @classmethod
    def read(cls, numbering: Element) -> _Lists:
        abstracts = {
            attribute(node, "abstractNumId"): {
                int(attribute(level, "ilvl")): _Level.read(level) for level in node.iterfind(W + "lvl")
            }
            for node in numbering.iterfind(W + "abstractNum")
        }
        return cls({attribute(node, "numId"): cls._list(node, abstracts) for node in numbering.iterfind(W + "num")})

    @staticmethod
    def _list(node: Element, abstracts: dict[str, dict[int, _Level]]) -> _List:
        abstract = _value(node, "abstractNumId") or ""
        levels, starts = dict(abstracts[abstract]), {}
        for override in node.iterfind(W + "lvlOverride"):
            level = int(attribute(override, "ilvl"))
            own, start = override.find(W + "lvl"), _value(override, "startOverride")
            if own is not None:
                levels[level] = _Level.read(own)
            if start is not None:
                starts[level] = int(start)
        return _List(abstract, levels, starts)


class _Styles(dict[str, Element]):
    @classmethod
    def read(cls, styles: Element) -> _Styles:
        return cls({attribute(node, "styleId"): node for node in styles.iterfind(W + "style")})

    def numbering(self, style: str | None) -> tuple[str, str] | None:
        """The list that a style counts in, and the style on whose account it does."""
        while style is not None and style in self:
            listed = _value(self[style], "pPr/numPr/numId")
            if listed is not None:
                return listed, style
            style = _value(self[style], "basedOn")
        return None


@dataclass
class _Counting:
    lists: _Lists
    styles: _Styles
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def number(self, paragraph: Element) -> str:
        found = self._place(paragraph)
        if found is None or found[0] == "0":
            return ""
        name, level = found
        counted = self.lists[name]
        counts = self.counts.setdefault(counted.abstract, [None] * LEVELS)
        counts[level] = self._next(name, level, counts[level])
        for deeper in range(level + 1, LEVELS):
            if level < (LEVELS if (restart := counted.levels[deeper].restart) is None else restart):
                counts[deeper] = None
        return _text(counted, level, counts)

    def _place(self, paragraph: Element) -> tuple[str, int] | None:
        direct = _value(paragraph, "pPr/numPr/numId")
        if direct is not None:
            return direct, int(_value(paragraph, "pPr/numPr/ilvl") or "0")
        found = self.styles.numbering(_value(paragraph, "pPr/pStyle"))
        if found is None or found[0] == "0":
            return None
        name, style = found  # 17.9.23: the level is the one that names the style
        levels = self.lists[name].levels
        return name, next((level for level in levels if levels[level].linked == style), 0)

    def _next(self, name: str, level: int, count: int | None) -> int:
        counted = self.lists[name]
        first = (name, level) not in self.begun
        self.begun.add((name, level))
        if level in counted.starts and (first or count is None):
            return counted.starts[level]
        return counted.levels[level].start if count is None else count + 1


def _text(counted: _List, level: int, counts: list[int | None]) -> str:
    text = counted.levels[level].text
    for upper in range(level + 1):
        definition, count = counted.levels[upper], counts[upper]
        shown = _shown(definition.start if count is None else count, definition.style)
        text = text.replace(f"%{upper + 1}", shown)
    return text


def _shown(count: int, style: str) -> str:
    if style in ("lowerLetter", "upperLetter"):
        turns, place = divmod(count - 1, 26)
        shown = chr(ord("a") + place) * (turns + 1) if count > 0 else ""
        return shown.upper() if style == "upperLetter" else shown
    if style == "lowerRoman":
        return "c" * (count // 100) + _ROMAN_TENS[count // 10 % 10] + _ROMAN[count % 10]
    return {"decimal": str(count), "none": "", "bullet": ""}[style]
