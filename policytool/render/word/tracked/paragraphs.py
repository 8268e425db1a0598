"""Paragraphs as they were and as they are -> paragraphs with tracked changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import chain, groupby

from policytool.render.word.bookmarks import NOTE_MARK
from policytool.render.word.markup import Element, W, child, root
from policytool.render.word.tracked.atoms import Atom, Step, atoms, field_mark, steps
from policytool.render.word.tracked.ink import Ink, Status, struck, text_of
from policytool.render.word.words import CUT_TAG

_P, _PPR, _LINK = W + "p", W + "pPr", W + "hyperlink"
_MARKS = (W + "bookmarkStart", W + "bookmarkEnd")
_CUT = W + CUT_TAG
_UNSAID = (_PPR, *_MARKS)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_SIGNS = {"\t": "tab", "\n": "br"}
_ALONE: Mapping[Status, Status] = {"moveFrom": "del", "moveTo": "ins"}


@dataclass(slots=True)
class Paragraphs:
    """Puts paragraphs together. `kept` collects the footnotes whose mark stands in both texts: old id to new."""

    ink: Ink
    names: Mapping[str, str]
    kept: dict[str, str] = field(default_factory=dict)

    def kept_in_place(self, olds: Sequence[Element], news: Sequence[Element]) -> list[Element]:
        """Paragraphs that became others where they stood; the last ends of both are one end."""
        if len(olds) == len(news) == 1 and _says_the_same(olds[0], news[0]):
            return [self.as_it_was(olds[0], news[0])]
        before, after = _Text.of(olds), _Text.of(news)
        writing = _Writing(self, before, after)
        for step in self._steps(before.segments, after.segments):
            writing.take(step)
        return writing.finished(olds[-1], news[-1])

    def on_one_side(
        self, paragraph: Element, status: Status, *, other: Element | None = None, ends: bool = True
    ) -> Element:
        """A paragraph that stands on one side alone, its end as well.

        What moved (`other` being where it went, or came from) was reworded perhaps: the words that stand on one side
        alone are inserted or deleted then. Without `ends`, its end stands on both sides.
        """
        text = _Text.of([paragraph])
        made = _bare(paragraph)
        before, after = text.marks[0]
        made.extend(before)
        for status_of, nodes in self._moved(text.segments, status, other):
            self.put(made, status_of, [], atoms(nodes, self.names))
        made.extend(after)
        if ends:
            self.ink.mark(made[0], status)
        return made

    def both(self, old: Element, new: Element) -> Element:
        """Two paragraphs that have nothing in common but their end."""
        made = _bare(new)
        before, after = _Text.of([old]), _Text.of([new])
        made.extend(before.marks[0][0] + after.marks[0][0])
        self.put(made, "del", [], atoms(before.content(own=False), self.names))
        self.put(made, "ins", [], atoms(after.content(own=False), self.names))
        made.extend(before.marks[0][1] + after.marks[0][1])
        self.ink.changed(made[0], old[0])
        return made

    def as_it_was(self, old: Element, new: Element) -> Element:
        """A paragraph whose words stay: the new one as it is, with the bookmarks that only the old one has."""
        for mark in [*old.iterchildren(*_MARKS)]:
            new.insert(1 if mark.tag == _MARKS[0] else len(new), mark)
        self.ink.changed(new[0], old[0])
        return new

    def _steps(self, old: Sequence[list[Element]], new: Sequence[list[Element]]) -> Iterator[Step]:
        if len(old) != len(new):
            old, new = [[*chain(*old)]], [[*chain(*new)]]
        for before, after in zip(old, new, strict=True):
            yield from steps(atoms(before, self.names), atoms(after, self.names))

    def _moved(
        self, own: Sequence[list[Element]], status: Status, other: Element | None
    ) -> Iterator[tuple[Status, list[Element]]]:
        theirs = _Text.of([other]).segments if other is not None else []
        for at, mine in enumerate(own):
            is_alone = len(theirs) == len(own) and not theirs[at]
            yield _ALONE[status] if is_alone else status, mine

    def put(self, parent: Element, status: Status, old: Sequence[Atom], new: Sequence[Atom]) -> None:
        """Atoms of one status at the end of a paragraph; with `old`, their look may have been another."""
        looks = ((atom, was.look, _written(was)) for atom, was in zip(new, old or new, strict=True))
        target: Element | None = None
        for kind, run in groupby(looks, key=lambda pair: (bool(pair[0].text), _written(pair[0]), pair[2])):
            together = list(run)
            if not kind[0]:
                for atom, _, _ in together:
                    target = self._put_solid(parent, status, atom, target)
                continue
            target = self.ink.wrap(parent, status) if target is None else target
            self._put_run(target, status, together)

    def _put_run(self, target: Element, status: Status, together: list[tuple[Atom, Element | None, bytes]]) -> None:
        atom, was, written = together[0]
        made = child(target, "r")
        if atom.look is not None:
            made.append(deepcopy(atom.look))
        if written != _written(atom):
            look = made[0] if len(made) else child(made, "rPr")
            change = self.ink.stamped(look, "rPrChange")
            change.append(deepcopy(was) if was is not None else root("rPr"))
        _fill(made, "".join(one.text for one, _, _ in together))
        if status == "del":
            struck(made)

    def _put_solid(self, parent: Element, status: Status, atom: Atom, target: Element | None) -> Element | None:
        """A field, a link or a footnote mark; where the next runs of the same status may be put."""
        nodes = [deepcopy(node) for node in atom.nodes]
        if nodes[0].tag == _LINK:
            link = nodes[0]
            inner, link[:] = list(link), []
            parent.append(link)
            self._wrapped(link, status, inner)
            return None
        if atom.cites and len(nodes) > 1:
            start, *inner, end = nodes
            parent.append(start)
            self._wrapped(parent, status, inner)
            parent.append(end)
            return None
        target = self.ink.wrap(parent, status) if target is None else target
        target.extend(struck(node) if status == "del" else node for node in nodes)
        return target

    def _wrapped(self, parent: Element, status: Status, nodes: list[Element]) -> None:
        self.ink.wrap(parent, status).extend(struck(node) if status == "del" else node for node in nodes)


class _Writing:
    """One run of paragraphs while it is put together."""

    def __init__(self, paragraphs: Paragraphs, before: _Text, after: _Text) -> None:
        self._paragraphs = paragraphs
        self._marks = {"old": iter(before.marks), "new": iter(after.marks)}
        self._made: list[Element] = []
        self._open = root("p")

    def take(self, step: Step) -> None:
        if step.same:
            for one, other in zip(step.old, step.new, strict=True):
                if other.cites:
                    self._paragraphs.kept[one.cites] = other.cites
            self._put("", step.old, step.new)
        else:
            self._put("del", (), step.old)
            self._put("ins", (), step.new)

    def _put(self, status: Status, old: Sequence[Atom], new: Sequence[Atom]) -> None:
        """Atoms, the ends of paragraphs among them."""
        start = 0
        for index, atom in enumerate(new):
            if atom.ends_paragraph:
                self._paragraphs.put(self._open, status, old[start:index], new[start:index])
                self._close(atom.nodes[0], status)
                start = index + 1
        self._paragraphs.put(self._open, status, old[start:], new[start:])

    def _close(self, properties: Element, status: Status, *sides: str) -> None:
        before: list[Element] = []
        after: list[Element] = []
        for side in sides or (("old",) if status == "del" else ("new",)):
            starts, ends = next(self._marks[side])
            before, after = before + starts, after + ends
        self._open[:0] = [deepcopy(properties), *before]
        self._open.extend(after)
        self._paragraphs.ink.mark(self._open[0], status)
        self._made.append(self._open)
        self._open = root("p")

    def finished(self, old: Element, new: Element) -> list[Element]:
        self._close(new[0], "", "old", "new")
        self._paragraphs.ink.changed(self._made[-1][0], old[0])
        return self._made


@dataclass(slots=True)
class _Text:
    """The content of paragraphs: its stretches between the cuts, and each paragraph's own bookmarks, apart."""

    segments: list[list[Element]]
    marks: list[tuple[list[Element], list[Element]]]

    @classmethod
    def of(cls, paragraphs: Sequence[Element]) -> _Text:
        segments: list[list[Element]] = [[]]
        marks = []
        for index, paragraph in enumerate(paragraphs):
            if index:
                segments[-1].append(paragraphs[index - 1][0])
            marks.append(_gather(paragraph, segments))
        return cls(segments, marks)

    def content(self, *, own: bool = True) -> list[Element]:
        """All the content of the one paragraph, its own bookmarks round it."""
        inner = [node for segment in self.segments for node in segment]
        return [*self.marks[0][0], *inner, *self.marks[0][1]] if own else inner


def _gather(paragraph: Element, segments: list[list[Element]]) -> tuple[list[Element], list[Element]]:
    """Append the content of a paragraph to the segments; the bookmarks that begin and end round it."""
    starts: list[Element] = []
    ends: list[Element] = []
    own: set[str | None] = set()
    for node in paragraph:
        if node.tag == _CUT:
            segments.append([])
        elif node.tag == _MARKS[0] and not node.get(W + "name", "").startswith(NOTE_MARK):
            own.add(node.get(W + "id"))
            starts.append(node)
        elif node.tag == _MARKS[1] and node.get(W + "id") in own:
            ends.append(node)
        elif node.tag != _PPR:
            segments[-1].append(node)
    return starts, ends


def _says_the_same(old: Element, new: Element) -> bool:
    """Whether all but the properties of two paragraphs is written alike; what has been cut is not."""
    return new.find(_CUT) is None and _said(old) == _said(new)


def _said(paragraph: Element) -> list[bytes]:
    """The content of a paragraph as it is written, without what its fields have cached."""
    said = []
    is_cached = False
    for node in paragraph:
        mark = field_mark(node)
        is_cached = mark == "separate" or (is_cached and mark != "end")
        if not is_cached and node.tag not in _UNSAID:
            said.append(text_of(node))
    return said


def _bare(paragraph: Element) -> Element:
    """A paragraph with the properties of this one, and no content."""
    made = root("p")
    made.append(deepcopy(paragraph[0]))
    return made


def _written(atom: Atom) -> bytes:
    return atom.key[1] if atom.text and isinstance(atom.key, tuple) else b""


def _fill(run: Element, text: str) -> None:
    for is_sign, letters in groupby(text, key=lambda letter: letter in _SIGNS):
        together = "".join(letters)
        if is_sign:
            for letter in together:
                child(run, _SIGNS[letter])
            continue
        made = child(run, "t")
        made.text = together
        if together != together.strip():
            made.set(_SPACE, "preserve")
