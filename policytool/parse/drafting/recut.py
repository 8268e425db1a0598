"""Words as they stand in a file of ours -> words as the source has them.

Where they are as they were printed, they are cut by the lengths that the file carries. Where they were edited, they
are read as they look, and the references whose printed words still stand there are put back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import chain
from typing import Any
from urllib.parse import unquote

from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Reference,
    Strong,
    Text,
)
from policytool.model.piece import COMPUTED, FIGURES, Run
from policytool.parse.drafting.carried import Passage, Shape
from policytool.parse.word.words import Atom, inlines

_BROKEN = (TypeError, ValueError, IndexError, KeyError, RecursionError, AttributeError)
_OURS = "\0"  # begins the address that stands for a reference while words are put together; no file holds it
_NOUN = re.compile(r"(?:clause|section|appendix|paragraph)[\xa0 ]$", re.IGNORECASE)
_BLANKS = re.compile(r"  +")


class _TamperedError(Exception):
    """What the file carries does not fit its words."""


@dataclass(frozen=True, slots=True)
class Names:
    """What bookmarks and footnotes are called in the source: labels by bookmark, names by those that reading gave."""

    labels: Mapping[str, str]
    notes: Mapping[str, str]


def signs(runs: Iterable[Run]) -> list[Run]:
    """Each character by itself as it is set; a number that is computed, and a footnote's mark, as one sign."""
    made: list[Run] = []
    for run in runs:
        if run.note:
            made.append(run._replace(text=COMPUTED))
        elif run.number:
            if not (made and made[-1].number == run.number):
                made.append(run._replace(text=COMPUTED))
        else:
            look = run[1:]
            made += [Run(one, *look) for one in run.text]
    return made


def printed(written: Iterable[Run]) -> str:
    """The words of signs, numbers left out."""
    return "".join(one.text for one in written)


def is_as_printed(text: str, passage: Passage) -> bool:
    """Whether words have the hash of a passage."""
    return sha256(text.encode()).hexdigest()[:FIGURES] == passage.hash


def recut(written: Sequence[Run], passage: Passage | None, names: Names) -> Inlines:
    """The words as the source has them."""
    text = printed(written)
    if passage is not None and is_as_printed(text, passage):
        try:
            made = _cut(text, passage.shape)
            if _looks(made, passage.shape, written):
                return made
        except (*_BROKEN, _TamperedError):
            pass
    return _read(written, passage, names)


# As printed


def _cut(text: str, shape: Shape | None) -> Inlines:
    if shape is None:
        return (Text(text),) if text else ()
    made, end = _sliced(text, 0, shape)
    if end != len(text):
        raise _TamperedError
    return made


def _sliced(text: str, at: int, shape: Shape) -> tuple[Inlines, int]:
    made: list[Inline] = []
    for part in shape:
        one, at = _slice(text, at, part)
        made.append(one)
    return tuple(made), at


def _slice(text: str, at: int, part: Any) -> tuple[Inline, int]:  # noqa: ANN401 - as JSON has it
    if isinstance(part, int):
        return Text(text[at : at + part]), at + part
    match part:
        case ["c", int(length)]:
            return Code(text[at : at + length]), at + length
        case ["b"]:
            return LineBreak(), at + 1
        case ["e", *inner]:
            children, end = _sliced(text, at, inner)
            return Emphasis(children), end
        case ["s", *inner]:
            children, end = _sliced(text, at, inner)
            return Strong(children), end
        case ["l", str(address), str(title), str(), *inner]:
            children, end = _sliced(text, at, inner)
            return Link(children, address, title), end
        case ["r", int(length), *_]:
            return _reference(part), at + length
        case ["f", int(length), str(name), int(number)]:
            return FootnoteMark(name, number), at + length
    raise _TamperedError


def _reference(part: Any) -> Reference:  # noqa: ANN401 - as JSON has it
    match part:
        case ["r", int(), str(policy), str(label), list(own), *_]:
            return Reference(policy, label, _verbatim(own))
    raise _TamperedError


def _verbatim(parts: Shape) -> Inlines:
    return tuple(_one_verbatim(part) for part in parts)


def _one_verbatim(part: Any) -> Inline:  # noqa: ANN401 - as JSON has it
    match part:
        case str():
            return Text(part)
        case ["c", str(text)]:
            return Code(text)
        case ["b"]:
            return LineBreak()
        case ["e", *inner]:
            return Emphasis(_verbatim(inner))
        case ["s", *inner]:
            return Strong(_verbatim(inner))
        case ["l", str(address), str(title), str(), *inner]:
            return Link(_verbatim(inner), address, title)
        case ["r", *_]:
            return _reference(part)
        case ["f", int(), str(name), int(number)]:
            return FootnoteMark(name, number)
    raise _TamperedError


# Whether emphasis and links are still those that were written


def _looks(made: Inlines, shape: Shape | None, written: Sequence[Run]) -> bool:
    wanted = [*_wanted(made, [len(printed(written))] if shape is None else shape, (False, False, ""))]
    return len(wanted) == len(written) and all(_is_alike(*pair) for pair in zip(wanted, written, strict=True))


def _wanted(made: Inlines, shape: Shape, look: tuple[bool, bool, str]) -> Iterator[tuple[bool, bool, str] | None]:
    """For each sign how it should look: bold, italic, and its link; None where that is not compared."""
    bold, italic, link = look
    for one, part in zip(made, shape, strict=bool(made)):
        match one:
            case Emphasis():
                yield from _wanted(one.children, part[1:], (bold, True, link))
            case Strong():
                yield from _wanted(one.children, part[1:], (True, italic, link))
            case Link():
                yield from _wanted(one.children, part[4:], (bold, italic, part[3] or link))
            case Reference() | FootnoteMark():
                yield from (None for _ in range(part[1]))
            case LineBreak():
                yield None
            case _:
                yield from (look for _ in range(part if isinstance(part, int) else part[1]))


def _is_alike(wanted: tuple[bool, bool, str] | None, run: Run) -> bool:
    if wanted is None or run.text.isspace():
        return True
    bold, italic, link = wanted
    return (run.styled or (run.bold, run.italic) == (bold, italic)) and (
        link == run.link or _plain(link) == _plain(run.link)
    )


def _plain(address: str) -> str:
    return unquote(address).rstrip("/").lower()


# Edited


def _read(written: Sequence[Run], passage: Passage | None, names: Names) -> Inlines:
    """As it looks, with the references that were there put back where their words still are."""
    known: list[Reference] = []
    linked = list(written)
    at, text = 0, printed(written)
    for reference, said in _references(passage):
        begins = text.find(said, at) if said else -1
        if begins >= 0:
            at = begins + len(said)
            linked[begins:at] = [one._replace(link=f"{_OURS}{len(known)}") for one in linked[begins:at]]
            known.append(reference)
    return _settled(inlines(_atoms(linked, names)), known, names)


def _references(passage: Passage | None) -> Iterator[tuple[Reference, str]]:
    """The references of a passage, each with what was printed of it."""
    todo: list[Any] = list(passage.shape or ()) if passage else []
    while todo:
        part = todo.pop(0)
        if not isinstance(part, list) or not part:
            continue
        if part[0] == "r" and isinstance(part[-1], str):
            try:
                yield _reference(part), part[-1]
            except (*_BROKEN, _TamperedError):
                continue
        elif part[0] in ("e", "s", "l"):
            todo[:0] = part[1:]


def _atoms(written: Sequence[Run], names: Names) -> Iterator[Atom]:
    for run in written:
        if run.note:
            yield Atom("", link=run.link, note=names.notes.get(run.note, run.note))
        else:
            text = "{number}" if run.number else " " if run.text == "\t" else run.text
            yield Atom(text, run.bold, run.italic, run.code, run.link)


def _settled(words: Inlines, known: Sequence[Reference], names: Names) -> Inlines:
    made = [*chain.from_iterable(_settle(one, known, names) for one in words)]
    return tuple(_with_nouns(made))


def _settle(one: Inline, known: Sequence[Reference], names: Names) -> Iterator[Inline]:
    if isinstance(one, Text):
        yield Text(_BLANKS.sub(" ", one.text))
    elif isinstance(one, Link) and one.address.startswith(_OURS):
        yield known[int(one.address[1:])]
    elif isinstance(one, Link) and one.address.startswith("#"):
        label = names.labels.get(one.address[1:], "")
        if label:
            bare = one.children == (Text("{number}"),)
            yield Reference("", label, one.children if not bare else (Text("{number}"),))
        else:
            yield from one.children
    elif isinstance(one, Emphasis | Strong):
        yield replace(one, children=_settled(one.children, known, names))
    else:
        yield one


def _with_nouns(made: list[Inline]) -> Iterator[Inline]:
    """A number that follows its noun is printed by a reference without words of its own."""
    for at, one in enumerate(made):
        after = made[at + 1] if at + 1 < len(made) else None
        before = made[at - 1] if at else None
        if isinstance(one, Text) and _is_number(after) and (found := _NOUN.search(one.text)):
            if one.text[: found.start()]:
                yield Text(one.text[: found.start()])
        elif isinstance(one, Reference) and _is_number(one) and isinstance(before, Text) and _NOUN.search(before.text):
            yield replace(one, children=())
        else:
            yield one


def _is_number(one: Inline | None) -> bool:
    return isinstance(one, Reference) and not one.policy and one.children == (Text("{number}"),)
