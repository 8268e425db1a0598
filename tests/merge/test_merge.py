"""Two changes to one text, as units: both in one, or where they clash."""

from __future__ import annotations

import pytest

from policytool.merge import BOTH_ADDED, BOTH_MOVED, BOTH_REWORDED, EDITED_GONE, GONE_EDITED, HOLDER_GONE, merge
from policytool.model.block import Clause, Paragraph
from policytool.model.inline import Text
from policytool.model.unit import Unit, blocks, units

Pairs = dict[int, int]


def run(words: str) -> list[Unit]:
    """A unit for each word; one in brackets stands in the last that is in none."""
    made: list[Unit] = []
    for word in words.split():
        holder = max(at for at, one in enumerate(made) if one.holder < 0) if word[0] == "(" else -1
        made.append(Unit(Clause((Text(word.strip("()")),)), holder))
    return made


def told(units: list[Unit]) -> list[str]:
    """What each unit is called: its words without what was changed in them."""
    return [one.block.text[0].text.rstrip("!?") for one in units if isinstance(one.block, Clause)]  # type: ignore[union-attr]


def pairs(old: list[Unit], new: list[Unit]) -> Pairs:
    """Units of the same name; ! and ? are changes to their words."""
    names = told(new)
    return {at: names.index(name) for at, name in enumerate(told(old)) if name in names}


def merged(base: str, edited: str, current: str) -> tuple[str, list[str]]:
    """The words that come out, and why not."""
    was, came, now = run(base), run(edited), run(current)
    placed, conflicts = merge(was, came, now, (pairs(was, came), pairs(was, now)))
    words = (f"({said(one.unit)})" if one.unit.holder >= 0 else said(one.unit) for one in placed)
    return " ".join(words), [one.why for one in conflicts]


def said(unit: Unit) -> str:
    """The words of a unit."""
    return unit.block.text[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("base", "edited", "current", "wanted"),
    [
        ("a b c d", "a! b c d", "a b! c d", "a! b! c d"),
        ("a b c d", "a b c d x", "y a b c d", "y a b c d x"),
        ("a b c d", "b c d", "a c d", "c d"),
        ("a b c d", "d a b c", "a b! c d!", "d! a b! c"),
        ("a b c d", "b a c d", "b a c d", "b a c d"),
        ("a b c d", "a x b c d", "a x b c d", "a x b c d"),
        ("a b", "a (x) b", "a y b", "a (x) y b"),
        ("a b", "a y b", "a (x) b", "a (x) y b"),
        ("a (b) c", "a b c", "a (b!) c", "a b! c"),
        ("a b c", "a! b c", "a! b c", "a! b c"),
    ],
)
def test_changes_to_different_units_go_together(base: str, edited: str, current: str, wanted: str) -> None:
    """Reworded, put in, taken out, moved, put under another; and the same change on both sides is one."""
    assert merged(base, edited, current) == (wanted, [])


@pytest.mark.parametrize(
    ("base", "edited", "current", "why"),
    [
        ("a b c", "a! b c", "a? b c", BOTH_REWORDED),
        ("a b c", "a c", "a b! c", GONE_EDITED),
        ("a b c", "a b! c", "a c", EDITED_GONE),
        ("a b c", "a x b c", "a y b c", BOTH_ADDED),
        ("a b c d e", "b c a d e", "b c d e a", BOTH_MOVED),
        ("a b c", "a (x) b c", "b c", HOLDER_GONE),
        ("a b c", "b c", "a (x) b c", HOLDER_GONE),
    ],
)
def test_what_clashes_is_told(base: str, edited: str, current: str, why: str) -> None:
    """Once, and nothing is guessed."""
    assert merged(base, edited, current)[1] == [why]


def test_a_label_stays_once_it_is_given() -> None:
    """Where the other side lost it, and where it changed the words."""
    labelled = Unit(Clause((Text("a"),), (), "here"))
    reworded, moved = Unit(Clause((Text("a b"),))), Unit(Paragraph((Text("a"),)))
    for came in (reworded, moved):
        [placed], conflicts = merge([labelled], [came], [labelled], ({0: 0}, {0: 0}))
        assert getattr(placed.unit.block, "label", "") == "here"
        assert not conflicts
    [_, new], _ = merge([labelled], [labelled, labelled], [labelled], ({0: 0}, {0: 0}))
    assert getattr(new.unit.block, "label", "") == ""


def test_units_make_the_tree_they_were_made_of() -> None:
    """But for the numbers."""
    from tests.pipeline.test_homecoming import SOURCE, source

    policy = source(SOURCE)
    tree, footnotes = blocks(units(policy))
    assert tree == policy.blocks
    assert footnotes == policy.footnotes
