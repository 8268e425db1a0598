"""The content of a paragraph -> atoms, the smallest things that can be tracked; and what became of each.

An atom is a word, a sign, a blank, a whole field, a whole link, a footnote mark, or the end of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from policytool.render.word.markup import Element, W
from policytool.render.word.tracked.ink import text_of

_TOKEN = re.compile(r"\s|\w+|[^\w\s]")
_SIGNS = {W + "tab": "\t", W + "br": "\n"}
_FIELD, _KIND = W + "fldChar", W + "fldCharType"
_CITED, _PROPERTIES = W + "footnoteReference", W + "pPr"
_MOST_TRIED = 250_000  # pairs of atoms, beyond which nobody would read what was found alike

NoteNames = Mapping[str, str]
"""The name of a footnote by its id."""


class Atom(NamedTuple):
    """`key` tells which atoms are alike. Words have `text` and `look`, the run's properties; all else its `nodes`."""

    key: Hashable
    text: str = ""
    look: Element | None = None
    nodes: tuple[Element, ...] = ()
    cites: str = ""

    @property
    def ends_paragraph(self) -> bool:
        """Whether it is the end of a paragraph, its node being the paragraph's properties."""
        return not self.text and self.nodes[0].tag == _PROPERTIES


class Step(NamedTuple):
    """What became of a run of atoms: nothing (perhaps but for their look), or they stand on one side alone."""

    old: Sequence[Atom]
    new: Sequence[Atom]
    same: bool


def atoms(nodes: Sequence[Element], names: NoteNames) -> list[Atom]:
    """The atoms of neighbouring children of paragraphs."""
    found: list[Atom] = []
    index = 0
    while index < len(nodes):
        end = _whole(nodes, index)
        if end == index + 1 and _is_plain(nodes[index]):
            found += _words(nodes[index])
        else:
            found.append(_solid(tuple(nodes[index:end]), names))
        index = end
    return found


def _whole(nodes: Sequence[Element], start: int) -> int:
    """Where what begins here ends: a field at its last mark, a bookmarked footnote mark at its bookmark's end."""
    if nodes[start].tag == W + "bookmarkStart":
        return next(at for at in range(start, len(nodes)) if nodes[at].tag == W + "bookmarkEnd") + 1
    depth, index = _opens(nodes[start]), start
    while depth > 0:
        index += 1
        depth += _opens(nodes[index])
    return index + 1


def _opens(node: Element) -> int:
    return {"begin": 1, "end": -1}.get(field_mark(node), 0)


def field_mark(node: Element) -> str:
    """Whether this is the "begin" of a field, the "separate" before what it has cached, its "end", or "" for none."""
    for mark in node.iterchildren(_FIELD):
        return mark.get(_KIND, "")
    return ""


def _is_plain(node: Element) -> bool:
    return node.tag == W + "r" and all(inner.tag in _SIGNS or inner.tag in (W + "t", W + "rPr") for inner in node)


def _words(run: Element) -> Iterator[Atom]:
    first = run[0] if len(run) else None
    look = first if first is not None and first.tag == W + "rPr" else None
    written = b"" if look is None else text_of(look)
    for node in run:
        tokens = _TOKEN.findall(node.text or "") if node.tag == W + "t" else [_SIGNS.get(str(node.tag), "")]
        for token in tokens:
            if token:
                yield Atom((token, written), token, look)


def _solid(nodes: tuple[Element, ...], names: NoteNames) -> Atom:
    cited = next((node.get(W + "id", "") for root in nodes for node in root.iter(_CITED)), "")
    if cited:
        return Atom(("note", names.get(cited, cited)), nodes=nodes, cites=cited)
    if len(nodes) > 1:  # a field; its cached result is the reader's to bring up to date
        told = tuple(text_of(node) for node in nodes[: _result_of(nodes)])
        return Atom(("field", told), nodes=nodes)
    return Atom(text_of(nodes[0]), nodes=nodes)


def _result_of(nodes: Sequence[Element]) -> int:
    return next((at for at, node in enumerate(nodes) if field_mark(node) == "separate"), len(nodes))


def steps(old: list[Atom], new: list[Atom]) -> Iterator[Step]:
    """What became of the atoms of one stretch of text."""
    start = _alike(old, new)
    end = _alike(old[start:][::-1], new[start:][::-1])
    if start:
        yield Step(old[:start], new[:start], same=True)
    yield from _between(old[start : len(old) - end], new[start : len(new) - end])
    if end:
        yield Step(old[len(old) - end :], new[len(new) - end :], same=True)


def _alike(old: Sequence[Atom], new: Sequence[Atom]) -> int:
    """How many atoms are alike from the beginning on."""
    count = 0
    for one, other in zip(old, new, strict=False):
        if one.key != other.key:
            break
        count += 1
    return count


def _between(old: list[Atom], new: list[Atom]) -> Iterator[Step]:
    if not old and not new:
        return
    if _reads_alike(old, new):
        yield Step(old, new, same=True)
    elif not old or not new or len(old) * len(new) > _MOST_TRIED:
        yield Step(old, new, same=False)
    else:
        matcher = SequenceMatcher(None, [atom.key for atom in old], [atom.key for atom in new], autojunk=False)
        for tag, first, after, first_new, after_new in matcher.get_opcodes():
            before, now = old[first:after], new[first_new:after_new]
            yield Step(before, now, same=tag == "equal" or _reads_alike(before, now))


def _reads_alike(old: Sequence[Atom], new: Sequence[Atom]) -> bool:
    """Whether the two differ in their look alone."""
    return len(old) == len(new) and all(
        one.text == other.text and (one.text != "" or one.key == other.key) for one, other in zip(old, new, strict=True)
    )
