"""The bytes of a Word file -> its parts, or why it cannot be read. Pictures and macros are not even unfolded."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element as Element

from policytool.model.diagnostic import Finding
from policytool.model.word_template import Relation
from policytool.parse.findings import WORD_MACROS, WORD_TOO_LARGE, WORD_UNREADABLE
from policytool.parse.house.archive import SAVE, Archive, DamagedError, archive, xml
from policytool.parse.house.problem import Problem
from policytool.parse.word.xml import R, W

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R),
)
_STORE = re.compile(r"/customXml/item\d\.xml\Z")  # where a file of our own says how it is built
_MOST_MARKS = 3_500_000  # tags and attributes: a part with more would take gigabytes once it is parsed
_UNREAD = ("/customXml/", "/word/media/", "/word/embeddings/", "/word/theme/", "/word/glossary/")
_LARGE = "unfolds"
_NO_TITLE = re.compile(  # what programs put where nobody wrote a title
    r"(?:microsoft (?:office )?(?:word|powerpoint)\b.*|(?:word )?document ?\d*|untitled(?: document)?|title|\W*"
    r"|powerpoint presentation|\[.*\]|template|(?:new|blank) (?:microsoft word )?document"
    r"|.*\.(?:docx?|dotx?|rtf|odt|pdf))$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a file is not read: which finding it is, what is wrong, and what to do about it."""

    finding: Finding
    problem: Problem


@dataclass(frozen=True, slots=True)
class Package:
    """A Word file that is opened: its main part, and the parts that it names, each parsed when it is asked for."""

    opened: Archive
    main: str
    relations: tuple[Relation, ...]

    def document(self) -> Element:
        """The main part; a `DamagedError` where it is no document."""
        root = _parsed(self.opened.files[self.main])
        if root.tag != f"{W}document":
            raise DamagedError("its main part is no document")
        return root

    def parts(self, kind: str) -> Iterator[tuple[str, Element]]:
        """The parts of a kind, with their names: "styles", "header"."""
        for name in dict.fromkeys(one.target for one in self.relations if _kind(one) == kind and not one.external):
            if name in self.opened.files:
                yield name, _parsed(self.opened.files[name])

    def part(self, kind: str) -> Element | None:
        """The part of which there is one, if there is."""
        return next((root for _, root in self.parts(kind)), None)

    def addresses(self, name: str = "") -> dict[str, str]:
        """Where the links of a part lead, by their keys. They are read, never followed."""
        relations = self.opened.relations(name) if name else self.relations
        return {one.key: one.target for one in relations if one.external and _kind(one) == "hyperlink"}

    def title(self) -> str:
        """What the file's properties call it; "" for a name that a program gave it."""
        for one in self.opened.relations(""):
            if one.kind.endswith("/core-properties") and one.target in self.opened.files:
                told = " ".join((xml(self.opened.files[one.target]).findtext(_TITLE) or "").split())
                return "" if _NO_TITLE.match(told) else told
        return ""


def package(content: bytes) -> Package | Refusal:
    """A Word file, opened. Raises `DamagedError` for one that breaks off or is not what it says."""
    if content.startswith(b"%PDF"):
        return Refusal(WORD_UNREADABLE, Problem("it is a PDF, whatever its name says", "give it a name ending in .pdf"))
    opened = archive(content, _is_read)
    if isinstance(opened, Problem):
        return Refusal(WORD_TOO_LARGE if _LARGE in opened.message else WORD_UNREADABLE, opened)
    main = next((one.target for one in opened.relations("") if _kind(one) == "officeDocument"), "")
    if main not in opened.files:
        return Refusal(WORD_UNREADABLE, Problem("it has no main document", SAVE))
    relations = opened.relations(main)
    if "macroenabled" in opened.types[main].lower() or any("vba" in one.kind.lower() for one in relations):
        return Refusal(WORD_MACROS, Problem("it holds macros, which are programs", SAVE))
    if sum(part.count(b"<") + part.count(b"=") for part in opened.files.values()) > _MOST_MARKS:
        return Refusal(WORD_TOO_LARGE, Problem("its text has more marks than any policy needs", SAVE))
    return Package(opened, main, relations)


def _is_read(name: str) -> bool:
    wanted = name.lower().endswith((".xml", ".rels", "/mimetype")) and not name.startswith(_UNREAD)
    return wanted or _STORE.match(name) is not None


def _kind(relation: Relation) -> str:
    return relation.kind.rpartition("/")[2]


def _parsed(content: bytes) -> Element:
    """A part, parsed. One of “Strict Open XML” says the same under other names."""
    for strict, usual in _STRICT:
        if strict in content:
            content = content.replace(strict, usual.strip("{}").encode())
    return xml(content)
