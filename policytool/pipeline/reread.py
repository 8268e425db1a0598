"""A published file, read back -> whether its words and numbers are those of the wording it was made of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from policytool.compare import compare
from policytool.model.block import Clause, Item, Section, walk
from policytool.model.comparison import ChangeKind, Comparison
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.pipeline.papers import Paper, as_printed, pair
from policytool.pipeline.readers import reader_of
from policytool.render.edition import Edition


def differs(edition: Edition, name: str, content: bytes) -> str:
    """What a file says otherwise than an edition, in words; "" where it says the same.

    A PDF is also held against what this policytool prints: a table that runs over a page is no difference. Raises
    `UnableError` for a file that cannot be read.
    """
    paper = _read(name, content)
    source = Paper("the approved wording", edition)
    said = _difference(source, paper)
    if said and name.endswith(".pdf") and (printed := as_printed(source)):
        return _difference(printed, paper)
    return said


def _read(name: str, content: bytes) -> Paper:
    reader = reader_of(Path(name))
    if isinstance(reader, str):
        raise UnableError(reader)
    found, wrong = reader(content)
    if found is None:
        raise UnableError("; ".join(one.message for one in wrong) or "there is no text in it")
    return Paper(name, None, found, tuple(wrong))


def _difference(source: Paper, paper: Paper) -> str:
    both = pair(source, paper)
    comparison = compare(both.old.policy, both.new.policy)
    if comparison.differs:
        return _first(comparison)
    old, new = ([*_numbers(one.policy)] for one in (both.old, both.new))
    return "" if old == new else "its numbers are others"


def _first(comparison: Comparison) -> str:
    """The first thing that differs, in words."""
    change = next((one for one in comparison.changes if one.kind is not ChangeKind.UNCHANGED), None)
    if change is None:
        return "its title block is another"
    place = next((one.citation for one in (*change.new, *change.old) if one.citation), "")
    return f"a passage is {change.kind}{f': {place}' if place else ''}"


def _numbers(policy: Policy) -> Iterator[str]:
    return (str(one.number) for one in walk(policy.blocks) if isinstance(one, Section | Clause | Item) and one.number)
