"""What was made of documents -> lines that tell it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from json import dumps

from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Remark
from policytool.render.terminal import printable

_TOLD = {"look": "look at this", "guessed": "guessed", "recognised": "recognised"}


def remarks(file: str, told: Sequence[Remark]) -> Iterator[str]:
    """A line for each thing that a person should know of a reading: where, how sure, what; what to look at first."""
    order = list(_TOLD)
    for remark in sorted(told, key=lambda one: order.index(one.kind)):
        yield printable(f"{_where(file, remark)}: {_TOLD[remark.kind]}: {' '.join(remark.message.split())}")


def elsewhere(strangers: Mapping[str, str]) -> Iterator[str]:
    """Entries of the settings for policies that are named and not held here, by their ids."""
    yield "elsewhere:"
    for name, title in sorted(strangers.items()):
        yield printable(f"  {name}: {{title: {dumps(title, ensure_ascii=False)}}}")  # a string of JSON is one of YAML


def _where(file: str, remark: Remark) -> str:
    place = remark.place
    if place is None:
        return file
    return f"{file}:{place.number}" if place.kind == "line" and not place.page else f"{file}, {place}"


def findings(found: Sequence[Diagnostic]) -> Iterator[str]:
    """A line for each finding in a text that was made."""
    for one in found:
        line = f":{one.position.line}" if one.position else ""
        yield printable(f"{one.path}{line}: {one.finding.severity}[{one.finding.code}]: {one.message}")


def comments(file: str, told: Iterable[tuple[str, str, str]]) -> Iterator[str]:
    """A line for each comment in a document that came back: who made it, its words, and the number of its clause."""
    for author, text, number in told:
        at = f" at {number}" if number else ""
        yield printable(f"{file}: comment{f' of {author}' if author else ''}{at}: {' '.join(text.split())}")


def clashes(path: str, told: Iterable[tuple[int, str, str, str, str]]) -> Iterator[str]:
    """A few lines for each conflict: the line in the source, the clause, why, and both wordings."""
    for line, number, why, theirs, ours in told:
        where = f"{path}:{line}" if line else path
        yield printable(f"{where}: conflict{f' at {number}' if number else ''}: {why}")
        yield from _wording("the document", theirs)
        yield from _wording("the source", ours)


def _wording(side: str, words: str) -> Iterator[str]:
    yield printable(f"  {side + ':':14}{' '.join(words.split()) or 'nothing'}")
