"""Pairs of wordings kept as text: a title, the old wording, the new and what changed, divided by dots.

What changed is a line an edit, `reworded 4.2 -> 4.3 | duty should > must (stronger); number 5 > 6`, in reading order.
A passage goes by its number, or by its kind and the number that it stands under: `bullet in 2`. A line begins with
`along:` for what was inserted or deleted with what it stands under, and counts as no edit. Then lines for what is
said beside the edits: `numbers section 2..4 -> 3..5`, `field title: Old -> New`, `lands 3: 1 -> 2`, `unrelated`. A
wording that does not begin with `---` is given a front matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from policytool.compare import compare
from policytool.model.block import Clause
from policytool.model.comparison import Change, Comparison, Flag, Passage
from policytool.model.inline import Text
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse

FRONT = """---
title: Tried
kind: policy
owner: headteacher
approver: board
reviews:
  annual: {every: 12 months, by: headteacher}
---
"""
FOLDER = Path(__file__).with_name("cases")


@dataclass(frozen=True)
class Case:
    """A pair of wordings, and what changed from the one to the other."""

    title: str
    file: str
    line: int
    old: str
    new: str
    expected: tuple[str, ...]

    def hold(self) -> None:
        """Fail unless exactly this is said to have changed."""
        found = tuple(told(between(self.old, self.new)))
        where = f"{self.file}:{self.line} ({self.title})"
        assert found == self.expected, "\n".join(
            [where, "--- expected", *self.expected, "--- found", *found],
        )


def read(body: str, name: str = "tried") -> Policy:
    """A wording as a policy; what the grammar objects to is of no account here."""
    return parse(body if body.startswith("---") else FRONT + body, name, f"source/{name}.md")[0]


def between(old: str, new: str) -> Comparison:
    """What changed between two wordings in Markdown."""
    return compare(read(old), read(new))


def clauses(texts: list[str]) -> Policy:
    """A policy of one clause a text."""
    return Policy("tried", "Tried", blocks=numbered(tuple(Clause((Text(text),)) for text in texts)))


def told(comparison: Comparison) -> Iterator[str]:
    """A comparison in the form of the case files."""
    names = _Names(comparison)
    for change in comparison.told:
        yield names.line(change)
    for run in comparison.renumberings:
        yield (f"numbers {run.noun} {_run(run.old_first, run.old_last)} -> {_run(run.new_first, run.new_last)}")
    for field in comparison.fields:
        yield f"field {field.name}: {field.before} -> {field.after}"
    for landing in comparison.landings:
        yield f"lands {landing.citing.citation}: {landing.before.citation} -> {landing.after.citation}"
    if comparison.unrelated:
        yield "unrelated"


def _run(first: str, last: str) -> str:
    return first if first == last else f"{first}..{last}"


class _Names:
    """What the passages of a comparison are called."""

    def __init__(self, comparison: Comparison) -> None:
        self.old = {one.order: one for change in comparison.changes for one in change.old}
        self.new = {one.order: one for change in comparison.changes for one in change.new}

    def line(self, change: Change) -> str:
        sides = [_joined(change.old, self.old), _joined(change.new, self.new)]
        along = "along: " if change.carried else ""
        line = f"{along}{change.kind} {' -> '.join(side for side in sides if side)}"
        if change.reason:
            line += f" ({change.reason})"
        return f"{line} | {'; '.join(map(_flag, change.flags))}" if change.flags else line


def _joined(passages: tuple[Passage, ...], all_of_them: dict[int, Passage]) -> str:
    return " + ".join(_name(one, all_of_them) for one in passages)


def _name(passage: Passage, all_of_them: dict[int, Passage]) -> str:
    if passage.citation:
        return passage.citation
    above = all_of_them.get(passage.parent)
    while above and not above.citation:
        above = all_of_them.get(above.parent)
    return f"{passage.kind} in {above.citation}" if above else passage.kind


def _flag(flag: Flag) -> str:
    effect = f" ({flag.effect})" if flag.effect else ""
    return f"{flag.kind} {flag.before or '-'} > {flag.after or '-'}{effect}"


def cases(name: str) -> list[Case]:
    """The cases of a file."""
    lines = (FOLDER / name).read_text(encoding="utf-8").split("\n")
    dots = [index for index, line in enumerate(lines) if line == "."]
    assert len(dots) % 4 == 0, f"{name}: each case takes four dots"
    return [_case(name, lines, *dots[index : index + 4]) for index in range(0, len(dots), 4)]


def _case(name: str, lines: list[str], *dots: int) -> Case:
    first, second, third, fourth = dots
    old, new = ("\n".join([*lines[begin + 1 : end], ""]) for begin, end in ((first, second), (second, third)))
    expected = tuple(line for line in lines[third + 1 : fourth] if line)
    return Case(lines[first - 1], name, first, old, new, expected)


def each_case(name: str) -> pytest.MarkDecorator:
    """Run a test for each case of a file; a failure names the case's line."""
    held = cases(name)
    return pytest.mark.parametrize("case", held, ids=[f"{case.line}: {case.title}" for case in held])
