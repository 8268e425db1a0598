"""A template's lists -> the same under other numbers, so that ours keep theirs."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from hashlib import sha256

from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, W

SHIFT = 20_000
"""Added to the ids of a template's lists. A document has a few dozen of its own; Word itself has room for 2,047."""
_VALUE = W + "val"
_SIDES = {"start": "left", "end": "right"}
_LAST = (W + "num", W + "numIdMacAtCleanup")


@dataclass(frozen=True, slots=True)
class Lists:
    """The lists of a template, renumbered; None where it has none."""

    root: Element | None

    @classmethod
    def of(cls, root: Element | None) -> Lists:
        """From its numbering part."""
        if root is None:
            return cls(None)
        made = deepcopy(root)
        for node in made.iter(W + "abstractNum"):
            _shift(node, W + "abstractNumId")
            _rename_seed(node)
        for node in made.iter(W + "num"):
            _shift(node, W + "numId")
        for node in made.iter(W + "abstractNumId"):
            _shift(node, _VALUE)
        for node in made.iter(W + "lvlJc"):  # the strict standard's words, which LibreOffice writes in the other's file
            node.set(_VALUE, _SIDES.get(node.get(_VALUE, ""), node.get(_VALUE, "")))
        lists = cls(made)
        lists.renumber(made)
        for node in made.findall(W + "numIdMacAtCleanup"):
            made.remove(node)
        return lists

    @staticmethod
    def renumber(root: Element) -> None:
        """Let the paragraphs of a part count in the same lists as before."""
        for node in root.iter(W + "numPr"):
            for listed in node.iterfind(W + "numId"):
                if listed.get(_VALUE, "0") != "0":
                    _shift(listed, _VALUE)

    def let_go(self, styles: frozenset[str]) -> None:
        """Take the styles that count in our lists away from the template's."""
        if self.root is None:
            return
        for level in self.root.iter(W + "lvl"):
            for linked in level.findall(W + "pStyle"):
                if linked.get(_VALUE) in styles:
                    level.remove(linked)

    def joined(self, ours: Element) -> Element:
        """Our lists and the template's: pictures, then what lists look like, then lists, as the schema wants it."""
        if self.root is None:
            return ours
        made = deepcopy(self.root)
        looks = [node for node in ours if node.tag not in _LAST]
        at = next((index for index, node in enumerate(made) if node.tag in _LAST), len(made))
        made[at:at] = [deepcopy(node) for node in looks]
        made.extend(deepcopy(node) for node in ours if node.tag in _LAST)
        return made


def _shift(node: Element, name: str) -> None:
    written = node.get(name, "")
    if written.isdecimal():
        node.set(name, str(int(written) + SHIFT))


def _rename_seed(node: Element) -> None:
    """Word takes lists of one seed for one list: a template that was once a document of ours has ours."""
    ours = {seed.get(_VALUE) for seed in house_xml("numbering.xml").iter(W + "nsid")}
    for seed in node.iterfind(W + "nsid"):
        if seed.get(_VALUE) in ours:
            seed.set(_VALUE, sha256(f"template {seed.get(_VALUE)}".encode()).hexdigest()[:8].upper())
