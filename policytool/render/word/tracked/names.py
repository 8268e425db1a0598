"""The names in the old text, so that they mean the same as in the new one, or what only the old one has.

Lists, bookmarks and footnotes are named in each text by itself. A list that carries on in its place, or a bookmark
that stands where one of the new text stands, takes the new one's name; every other gets one that is free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from policytool.render.word.bookmarks import HEADING_MARK, NOTE_MARK
from policytool.render.word.markup import Element, W
from policytool.render.word.numbering import UNNUMBERED
from policytool.render.word.tracked.ink import text_of

_NUMBERED, _LIST, _VALUE = W + "numPr", W + "numId", W + "val"
_ID, _NAME = W + "id", W + "name"
_START, _END, _LINK = W + "bookmarkStart", W + "bookmarkEnd", W + "hyperlink"
_FIELD = W + "instrText"
_CITED = re.compile(r"(?<=REF )\S+")
_LONGEST = 40
Pair = tuple[Element, Element]


def rename_lists(old: Element, pairs: Iterable[Pair], old_lists: Element, new_lists: Element) -> None:
    """Name the lists of the old text; those that only it has go to the end of the new text's lists."""
    mine, theirs = _lists(old_lists), _lists(new_lists)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for before, after in pairs:
        one = _list_of(before)
        if one not in mine or one in names:
            continue
        other = _list_of(after)
        if other in theirs and other not in taken and mine[one] == theirs[other]:
            names[one] = other
            taken.add(other)
    free = UNNUMBERED + len(theirs)
    for number in old_lists.iterfind(W + "num"):
        name = number.get(W + "numId", "")
        if name in mine and name not in names:
            free += 1
            names[name] = str(free)
            added = deepcopy(number)
            added.set(W + "numId", names[name])
            new_lists.append(added)
    for listed in old.iter(_LIST):
        if (name := listed.get(_VALUE, "")) in names:
            listed.set(_VALUE, names[name])


def _lists(lists: Element) -> dict[str, list[bytes]]:
    """What each list that is not the house's is made of, by its name."""
    return {
        name: [text_of(each) for each in number]
        for number in lists.iterfind(W + "num")
        if int(name := number.get(W + "numId", "0")) > UNNUMBERED
    }


def _list_of(paragraph: Element) -> str:
    for listed in paragraph[0].iterchildren(_NUMBERED):
        return listed[-1].get(_VALUE, "")
    return ""


@dataclass(slots=True)
class OldBookmarks:
    """The names of the old text's bookmarks, given anew."""

    taken: set[str]
    names: dict[str, str] = field(default_factory=dict)
    dropped: set[str | None] = field(default_factory=set)

    @classmethod
    def of(cls, news: Iterable[Element]) -> OldBookmarks:
        """Beside the bookmarks of these new texts."""
        return cls({start.get(_NAME, "").lower() for new in news for start in new.iter(_START)})

    def share(self, old: Element, pairs: Mapping[Element, Element], notes: Mapping[str, str]) -> None:
        """A bookmark that stands where one of the new text stands is that one."""
        for start in old.iter(_START):
            for after in (pairs[above] for above in start.iterancestors() if above in pairs):
                other = _same_note(start, after, notes) if _is_note(start) else _start(after)
                if other is not None:
                    self.names[start.get(_NAME, "")] = other.get(_NAME, "")
                    self.dropped.add(start.get(_ID))

    def give(self, olds: Iterable[Element], shift: int) -> None:
        """Name the bookmarks, and what leads to them; ids go on from `shift`."""
        texts = [*olds]
        for text in texts:
            for mark in [*text.iter(_START, _END)]:
                self._mark(mark, shift)
        for text in texts:
            for link in text.iter(_LINK):
                if anchor := link.get(W + "anchor"):
                    link.set(W + "anchor", self.names.get(anchor, anchor))
            for instruction in text.iter(_FIELD):
                instruction.text = _CITED.sub(lambda found: self.names.get(found[0], found[0]), instruction.text or "")

    def _mark(self, mark: Element, shift: int) -> None:
        key, name = mark.get(_ID), mark.get(_NAME, "")
        parent = mark.getparent()
        if key in self.dropped and parent is not None:
            parent.remove(mark)
            return
        mark.set(_ID, str(int(key or "0") + shift))
        if name:
            self.names[name] = self._free(name)
            mark.set(_NAME, self.names[name])

    def _free(self, name: str) -> str:
        """This name, or one of its own; one that stands round a footnote mark can still be told."""
        tried, count = name, 0
        while tried.lower() in self.taken:
            count += 1
            tail = f"_was{count}"
            tried = name[: _LONGEST - len(tail)] + tail
        self.taken.add(tried.lower())
        return tried


def _start(paragraph: Element) -> Element | None:
    """The bookmark round a whole paragraph, not that of the contents list."""
    starts = paragraph.iterchildren(_START)
    return next((start for start in starts if not start.get(_NAME, "").startswith((HEADING_MARK, NOTE_MARK))), None)


def _is_note(start: Element) -> bool:
    return start.get(_NAME, "").startswith(NOTE_MARK)


def _same_note(start: Element, after: Element, notes: Mapping[str, str]) -> Element | None:
    """The bookmark in `after` that stands round the mark of the same footnote."""
    name = _name_of_note(start, notes)
    others = (other for other in after.iter(_START) if _is_note(other))
    return next((other for other in others if _name_of_note(other, notes) == name), None)


def _name_of_note(start: Element, notes: Mapping[str, str]) -> str:
    after = start.getnext()
    cited = None if after is None else after.find(W + "footnoteReference")
    return "" if cited is None else notes.get(cited.get(W + "id", ""), "")
