"""Who changed it and when: the marks that every tracked change carries (ECMA-376 part 1, 17.13.5)."""

from __future__ import annotations

from copy import deepcopy
from datetime import UTC, datetime
from itertools import count
from typing import Literal, TypeAlias

from lxml import etree

from policytool.render.word.markup import Element, W, child, clean

Status: TypeAlias = Literal["", "ins", "del", "moveFrom", "moveTo"]
"""What became of a run or of the end of a paragraph: "" stands on both sides."""

_NOBODY = "Unknown"
_NO_DATE = "1970-01-01T00:00:00Z"
_LONGEST_NAME = 255
_DELETED = {W + "t": W + "delText", W + "instrText": W + "delInstrText"}


class Ink:
    """The author's ink. Ids are given out from `first`, each once, over all parts of the file."""

    def __init__(self, author: str, when: datetime | None, first: int) -> None:
        self._author = clean(author).strip()[:_LONGEST_NAME] or _NOBODY
        self._date = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else ""
        self._ids = count(first)

    def id(self) -> str:
        """An id that nothing else has."""
        return str(next(self._ids))

    def stamped(self, parent: Element, name: str) -> Element:
        """A new last child that tells who and when."""
        made = child(parent, name, id=self.id(), author=self._author)
        # A working text has no date, but the range of a move must have one (17.13.5.24).
        date = self._date or (_NO_DATE if name.endswith("RangeStart") else "")
        if date:
            made.set(W + "date", date)
        return made

    def wrap(self, parent: Element, status: Status) -> Element:
        """Where runs of this status are to be put: a new last child of `parent`, or itself."""
        return self.stamped(parent, status) if status else parent

    def mark(self, properties: Element, status: Status) -> None:
        """Track the end of the paragraph with these properties."""
        if status:
            self.stamped(child(properties, "rPr"), status)

    def changed(self, new: Element, old: Element) -> None:
        """Track that these properties were others before."""
        if same(new, old):
            return
        change = self.stamped(new, f"{etree.QName(new).localname}Change")
        change.append(deepcopy(old))


def struck(run: Element) -> Element:
    """A run whose words are to be read as deleted."""
    for node in run.iter(*_DELETED):
        node.tag = _DELETED[str(node.tag)]
    return run


def same(one: Element | None, other: Element | None) -> bool:
    """Whether two elements are written alike."""
    if one is None or other is None:
        return one is other
    return text_of(one) == text_of(other)


def text_of(node: Element) -> bytes:
    """An element as it is written, without the namespaces that only what it stands in makes known."""
    return etree.tostring(node, method="c14n", exclusive=True, with_tail=False)
