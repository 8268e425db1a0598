"""The names by which a document's places are found: bookmarks.

Word takes names of at most 40 letters, digits and underscores, and tells no small letter from a capital. A label
`who-sees-what` is bookmarked `l_who_sees_what`, so that it can be read back; a label is small letters, digits and
hyphens, so that two labels never give one name. What is only numbered is `n_4_2_b`, in an appendix `a_B_1`.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from policytool.model.block import Block, Blocks, Clause, Item, Number, Rule, Section, walk
from policytool.model.library import Target
from policytool.render.word.markup import Element, child

HEADING_MARK, NOTE_MARK = "_Toc", "f_"
"""How the bookmarks begin that the contents list points at, and those that stand round the mark of a footnote."""

_LABELLED = "l_"
_LONGEST = 40
_HASHED = 8


def name_of_label(label: str) -> str:
    """The bookmark of a label. One that is too long is cut, and told apart by a hash."""
    name = _LABELLED + label.replace("-", "_")
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST - _HASHED - 1]}_{sha256(label.encode()).hexdigest()[:_HASHED]}"


def name_of_number(number: Number) -> str:
    """The bookmark of a number."""
    return "_".join(("a" if number.appendix else "n", *number.path, *number.items))[:_LONGEST]


def name_of_footnote(number: int) -> str:
    """The bookmark round the mark where a footnote is cited first."""
    return f"{NOTE_MARK}{number}"


def name_of_heading(place: int) -> str:
    """The bookmark of a heading that the contents list points at, named as Word names its own."""
    return f"{HEADING_MARK}{place:09d}"


def _name_of(block: Block) -> str:
    if isinstance(block, Rule):
        return ""
    if block.label:
        return name_of_label(block.label)
    number = _number_of(block)
    return name_of_number(number) if number else ""


def _number_of(block: Block) -> Number | None:
    return block.number if isinstance(block, Section | Clause | Item) else None


class Bookmarks:
    """The bookmarks of one document: each name is placed once, each with an id of its own.

    With `cited`, what has a number and no label is bookmarked only if one of these has to be found by it.
    """

    def __init__(self, blocks: Blocks, cited: Iterable[Target] | None = None) -> None:
        self._names: set[str] = set()
        self._numbered: dict[Number, str] = {}
        self._placed: set[str] = set()
        self.last = ""
        for block in walk(blocks):
            name, number = _name_of(block), _number_of(block)
            if name:
                self._names.add(name)
            if number:
                self._numbered.setdefault(number, name)
        if cited is not None:
            needed = {self.numbered(target) for target in cited}
            self._names = {name for name in self._names if name in needed or name.startswith(_LABELLED)}

    def of(self, target: Target) -> str:
        """The bookmark of a place in this policy, "" where it has none."""
        name = name_of_label(target.label)
        return name if name in self._names else ""

    def numbered(self, target: Target) -> str:
        """The bookmark of the paragraph that carries the target's number: what a passage stands in, else itself."""
        own = "" if target.kind == "passage" else self.of(target)
        return own or (self._numbered.get(target.number, "") if target.number else "")

    @property
    def count(self) -> int:
        """How many are placed; their ids go from 1 to this."""
        return len(self._placed)

    def start(self, parent: Element, block: Block) -> str:
        """Begin the block's bookmark, for `end` to end. A second block of the same name goes without."""
        name = _name_of(block)
        return self.begin(parent, name) if name in self._names else ""

    def begin(self, parent: Element, name: str) -> str:
        """Begin a bookmark of this name, unless it is taken: its id, or ""."""
        if name.lower() in self._placed:
            return ""
        self._placed.add(name.lower())
        self.last = name
        key = str(len(self._placed))
        child(parent, "bookmarkStart", id=key, name=name)
        return key

    @staticmethod
    def end(parent: Element, key: str) -> None:
        """End the bookmark with this id, if there is one."""
        if key:
            child(parent, "bookmarkEnd", id=key)
