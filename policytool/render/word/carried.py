"""What a Word file carries beside its words, so that it can be read back: never a word that Word prints.

The id, path and fingerprint of the policy are custom document properties (ISO/IEC 29500-1, 22.3), which Word shows
under File, Info. How the text is built is in a part of custom XML (15.2.5): for each block the bookmark by which it is
found again, the block it stands in, its label, what numbers it begins with; for each passage a hash of what is printed
of it, and where in it references, links and emphasis stand, by lengths. So nobody finds in it what they took out of
the text. Word and LibreOffice keep both when they save.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from json import dumps
from typing import TypeAlias

from lxml import etree

from policytool.model.block import Block, Item, Preformatted, Section, Table
from policytool.model.fingerprint import fingerprint
from policytool.model.inline import Emphasis, FootnoteMark, Inlines, LineBreak, Link, Reference, Strong
from policytool.model.piece import CARRIED, CARRIED_SPACE, FIGURES
from policytool.model.policy import Policy
from policytool.render.edition import Edition
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.markup import Element, clean

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # ISO/IEC 29500-1, 22.3.2.2: the one there is
_PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_STORE = "http://schemas.openxmlformats.org/officeDocument/2006/customXml"
_STORE_ID = "{6C0A4E0B-93B5-4D0E-8D5E-2B7A51C0D7F1}"
_LONGEST = 255  # as many characters as Word keeps of a property


@dataclass(slots=True)
class Carried:
    """The blocks of a document while they are written, in reading order. `note` names the footnote being written."""

    entries: list[dict[str, Json]] = field(default_factory=list)
    note: str = ""
    open: list[int] = field(default_factory=list)

    def enter(self, block: Block) -> None:
        """A block begins: it stands in those that are open."""
        entry: dict[str, Json] = {"kind": type(block).__name__, "in": self.open[-1] if self.open else -1}
        entry |= {name: value for name, value in _facts(block) if value not in ("", None, False)}
        if self.note:
            entry["note"] = self.note
        self.open.append(len(self.entries))
        self.entries.append(entry)

    def leave(self) -> None:
        """The block ends."""
        self.open.pop()

    def begin(self, bookmarks: Bookmarks, parent: Element, block: Block) -> str:
        """Begin the block's bookmark, under a name of its own where it would have none: its id."""
        at = self.open[-1]
        key = bookmarks.start(parent, block) or bookmarks.begin(parent, f"b_{at}")
        self.entries[at]["key"] = bookmarks.last
        return key

    def typed(self, text: str, level: int) -> None:
        """What is typed before the words of the block, and the level it counts at, -1 for none."""
        self.entries[self.open[-1]] |= {"typed": clean(text)} if text else {"level": level}

    def say(self, passages: list[tuple[Json, str]]) -> None:
        """The passages of the block: how each is built, and what is printed of it."""
        self.entries[self.open[-1]]["said"] = [
            [_hash(printed), *([] if shape == [len(printed)] else [shape])] for shape, printed in passages
        ]

    def json(self, edition: Edition, cited: list[str]) -> str:
        """All of it. `cited` are the names of the footnotes in the order of their numbers."""
        policy = edition.policy
        order: list[Json] = [footnote.name for footnote in policy.footnotes]
        told: Json = {
            "kind": policy.kind,
            "numbering": policy.numbering,
            "notes": [*cited],
            "order": order,
            "front": _front(edition),
            "blocks": [*self.entries],
        }
        return dumps(told, ensure_ascii=True, separators=(",", ":"))


def _front(edition: Edition) -> dict[str, Json]:
    """By the labels of the title block the ids that the source has, each with what is printed for it."""
    policy, library = edition.policy, edition.library
    titles = [(name, library.targets.get((name, ""))) for name in policy.related]
    return {
        "Owner": [[policy.owner, clean(library.role(policy.owner))]],
        "Approved by": [[policy.approver, clean(library.role(policy.approver))]],
        "Related policies": [[name, clean(target.title)] for name, target in titles if target],
    }


def _facts(block: Block) -> Iterator[tuple[str, Json]]:
    yield "label", getattr(block, "label", "")
    yield "start", getattr(block, "start", None)
    if isinstance(block, Section):
        yield from (("depth", block.level), ("unnumbered", block.unnumbered), ("appendix", block.appendix))
    elif isinstance(block, Item):
        yield from (("style", block.style), ("begins", block.begins))
    elif isinstance(block, Table):
        yield "alignments", [*block.alignments]
    elif isinstance(block, Preformatted):
        yield "tail", len(block.text) - len(block.text.rstrip("\n"))


def _hash(printed: str) -> str:
    return sha256(printed.encode()).hexdigest()[:FIGURES]


def verbatim(inlines: Inlines) -> list[Json]:
    """Words with all that is in them, as they are kept of a reference's own text."""
    return [_verbatim(inline) for inline in inlines]


def _verbatim(inline: object) -> Json:
    match inline:
        case Emphasis() | Strong():
            return ["e" if isinstance(inline, Emphasis) else "s", *verbatim(inline.children)]
        case LineBreak():
            return ["b"]
        case Link():
            return ["l", inline.address, inline.title, "", *verbatim(inline.children)]
        case Reference():
            return ["r", 0, inline.policy, inline.label, verbatim(inline.children)]
        case FootnoteMark():
            return ["f", 1, inline.name, inline.number]
        case _:
            text: str = getattr(inline, "text", "")
            return text if type(inline).__name__ == "Text" else ["c", text]


def properties(policy: Policy) -> bytes:
    """The custom document properties: which policy it is, where it stands, and the fingerprint of the wording."""
    root = etree.Element("Properties", {"xmlns": _PROPERTIES}, nsmap={"vt": _TYPES})
    values = (policy.id, policy.path[:_LONGEST], _fingerprint(policy))
    for place, (name, value) in enumerate(zip(CARRIED, values, strict=True), 2):  # 0 and 1 are taken
        one = etree.SubElement(root, "property", fmtid=_FORMAT, pid=str(place), name=name)
        etree.SubElement(one, f"{{{_TYPES}}}lpwstr").text = clean(value)
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _fingerprint(policy: Policy) -> str:
    try:
        return fingerprint(policy)
    except UnicodeEncodeError:  # of characters that no file holds
        return ""


def store(told: str) -> bytes:
    """The part of custom XML."""
    root = etree.Element("carried", xmlns=CARRIED_SPACE)
    root.text = told
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def store_properties() -> bytes:
    """What Word asks to know of a part of custom XML (22.5)."""
    root = etree.Element(f"{{{_STORE}}}datastoreItem", {f"{{{_STORE}}}itemID": _STORE_ID}, nsmap={"ds": _STORE})
    schemas = etree.SubElement(root, f"{{{_STORE}}}schemaRefs")
    etree.SubElement(schemas, f"{{{_STORE}}}schemaRef", {f"{{{_STORE}}}uri": CARRIED_SPACE})
    return etree.tostring(root, encoding="UTF-8", standalone=True)
