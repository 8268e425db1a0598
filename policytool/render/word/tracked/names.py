"""The names in the old text, so that they mean the same as in the new one, or what only the old one has.

Lists, bookmarks and footnotes are named in each text by itself. A list that carries on in its place, or a bookmark
that stands where one of the new text stands, takes the new one's name; every other gets one that is free.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field

from policytool.render.word.markup import Element, W
from policytool.render.word.numbering import UNNUMBERED
from policytool.render.word.tracked.ink import text_of
from policytool.render.word.tracked.paragraphs import NOTE_MARK

_START, _END, _LINK = W + "bookmarkStart", W + "bookmarkEnd", W + "hyperlink"
_FIELD = W + "instrText"
_CITED = re.compile(r"(?<=REF )\S+")
_HEADING = "_Toc"
_LONGEST = 40
Pair = tuple[Element, Element]


def rename_lists(old: Element, pairs: Iterable[Pair], old_lists: Element, new_lists: Element) -> None:
    """Name the lists of the old text; those that only it has go to the end of the new text's lists."""
    mine, theirs = _lists(old_lists), _lists(new_lists)
    names: dict[str, str] = {}
    taken: set[str] = set()
    for before, after in pairs:
        one, other = _list_of(before), _list_of(after)
        if one in mine and other in theirs and one not in names and other not in taken and mine[one] == theirs[other]:
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
    for listed in old.iter(W + "numId"):
        listed.set(W + "val", names.get(listed.get(W + "val", ""), listed.get(W + "val", "")))


def _lists(lists: Element) -> dict[str, list[bytes]]:
    """What each list that is not the house's is made of, by its name."""
    return {
        name: [text_of(each) for each in number]
        for number in lists.iterfind(W + "num")
        if int(name := number.get(W + "numId", "0")) > UNNUMBERED
    }


def _list_of(paragraph: Element) -> str:
    for listed in paragraph[0].iterchildren(W + "numPr"):
        return listed[-1].get(W + "val", "")
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
        return cls({start.get(W + "name", "").lower() for new in news for start in new.iter(_START)})

    def share(self, pairs: Iterable[Pair], notes: Mapping[str, str]) -> None:
        """A bookmark that stands where one of the new text stands is that one."""
        for before, after in pairs:
            for start, other in zip(_starts(before), _starts(after), strict=False):
                self._share(start, other)
            if notes:
                self._share_notes(before, after, notes)

    def _share_notes(self, before: Element, after: Element, notes: Mapping[str, str]) -> None:
        there = {_name_of_note(start, notes): start for start in after.iter(_START) if _is_note(start)}
        for start in before.iter(_START):
            if _is_note(start) and (other := there.get(_name_of_note(start, notes))) is not None:
                self._share(start, other)

    def _share(self, start: Element, other: Element) -> None:
        self.names[start.get(W + "name", "")] = other.get(W + "name", "")
        self.dropped.add(start.get(W + "id"))

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
        key, name = mark.get(W + "id"), mark.get(W + "name", "")
        if name.startswith(_HEADING):
            self.dropped.add(key)
        parent = mark.getparent()
        if key in self.dropped and parent is not None:
            parent.remove(mark)
            return
        mark.set(W + "id", str(int(key or "0") + shift))
        if name:
            self.names[name] = self._free(name)
            mark.set(W + "name", self.names[name])

    def _free(self, name: str) -> str:
        """This name, or one of its own; one that stands round a footnote mark can still be told."""
        tried, count = name, 0
        while tried.lower() in self.taken:
            count += 1
            tail = f"_was{count}"
            tried = name[: _LONGEST - len(tail)] + tail
        self.taken.add(tried.lower())
        return tried


def _starts(element: Element) -> Iterator[Element]:
    """The bookmarks round a whole paragraph, but for those of the contents list."""
    for start in element.iterchildren(_START):
        name = start.get(W + "name", "")
        if not name.startswith(_HEADING) and not _is_note(start):
            yield start


def _is_note(start: Element) -> bool:
    return start.get(W + "name", "").startswith(NOTE_MARK)


def _name_of_note(start: Element, notes: Mapping[str, str]) -> str:
    after = start.getnext()
    cited = None if after is None else after.find(W + "footnoteReference")
    return "" if cited is None else notes.get(cited.get(W + "id", ""), "")
