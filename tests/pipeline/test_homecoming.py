"""Edits made in a document come home: the smallest change to the source, beside what changed there since."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.model.unit import units
from policytool.parse.markdown import policy as parse
from policytool.pipeline.homecoming import merged_text
from policytool.render.markdown import markdown
from tests.edits import edited, new, read, reworded
from tests.repository import HEAD
from tests.strategies import policies

_MARK = re.compile(r"\s*(?:\d+\.|[a-z]+\)|-)\s+")
RULES = "orchard lantern meadow copper willow harbour saddle timber pebble marble"
# Written as nobody but a person writes: lines broken anywhere, blanks, odd marks of emphasis, entities, a rule.
SOURCE = (
    HEAD.format(title="'A Policy'")
    + """\
#  First things   {#first}

1.  Every pupil wears a badge
    *and* keeps __it__ clean. {#badge}
2.  Lunch is eaten&#32;in the hall, see
    [the badge](#badge "") or [](#first).

    a) at noon, by the infants;
    b) at one,
       by the juniors.

       > Grace is said by a junior
       of the week.

3.  Doors   are locked at nine.

* * *

## Second things

1. Cars are parked behind the kitchen. {#cars}
1. Bicycles are pushed through the gate.
   - helmets are worn
   - lights are lit


| day  | club   |
|------|:------:|
| Monday | chess |
| Friday | choir |

A word at the end.[^why]

[^why]: Because it was
    agreed with the neighbours.
"""
)


def source(text: str) -> Policy:
    """A text as a policy."""
    return parse(text, "x", "source/x.md")[0]


def bare(policy: Policy) -> list[tuple[Any, int]]:
    """The units of a policy without their labels: those that were taken out in the document stay in the source."""
    found: list[tuple[Any, int]] = []
    for one in units(policy):
        block: Any = one.block
        found.append((replace(block, label="") if hasattr(block, "label") else block, one.holder))
    return found


def home(was: str, came: str, now: str | None = None) -> str:
    """The text of the source after a document made from one text came back as another."""
    now = was if now is None else now
    text, clashes = merged_text(source(was), source(came), source(now), now)
    assert not clashes
    return text


def whys(was: str, came: str, now: str) -> list[tuple[str, str]]:
    """What clashes: the clause, and why."""
    text, clashes = merged_text(source(was), source(came), source(now), now)
    assert text == now
    return [(one.number, one.why) for one in clashes]


@settings(max_examples=60)
@given(policies(), st.integers(0, 10_000))
def test_the_source_says_what_the_document_says(policy: Policy, seed: int) -> None:
    """Whatever was reworded, put in, taken out or moved; and a second time nothing is left to do."""
    text = markdown(policy)
    base = read(text)
    assume(base is not None)
    assert base is not None
    after = edited(base, Random(seed))  # noqa: S311  # not a secret
    assume(after is not None)
    assert after is not None
    made, clashes = merged_text(base, after, base, text)
    assert not clashes
    assert bare(source(made)) == bare(after)
    assert merged_text(base, after, source(made), made) == (made, ())


@given(st.integers(0, 100_000))
def test_what_was_not_edited_keeps_every_byte(seed: int) -> None:
    """But for the number that is typed before it, and its indent."""
    base = source(SOURCE)
    after = edited(base, Random(seed), 2)  # noqa: S311  # as above
    assume(after is not None)
    assert after is not None
    made, _ = merged_text(base, after, base, SOURCE)
    assert bare(source(made)) == bare(after)
    stays = Counter(map(repr, (one for one, _ in bare(after))))
    left = {_MARK.sub("", line) for line in made.split("\n")}
    lines = SOURCE.split("\n")
    starts = [one.line - 1 for one in units(base)]
    for start, (block, _) in zip(starts, bare(base), strict=True):
        end = min((other for other in starts if other > start), default=len(lines))
        if stays[repr(block)]:
            assert {_MARK.sub("", line) for line in lines[start:end] if line.strip()} <= left


def test_a_word_changes_and_nothing_beside_it() -> None:
    """Not the line ends, nor the marks of emphasis, nor how a link is written."""
    for old, words in (("wears", "shows"), ("hall, see", "court, see"), ("Grace", "Thanks"), ("chess", "chess, go")):
        assert home(SOURCE, SOURCE.replace(old, words)) == SOURCE.replace(old, words)
    assert home(SOURCE, SOURCE.replace("agreed", "settled")) == SOURCE.replace("agreed", "settled")


def test_numbers_follow_and_labels_stay() -> None:
    """A clause put in is numbered in the way of its list; a label that the document lost is kept."""
    came = SOURCE.replace("2.  Lunch", "2.  Hats are hung up.\n3.  Lunch").replace("3.  Doors", "4.  Doors")
    came = came.replace("1. Bicycles", "1. Scooters stay at home.\n1. Bicycles").replace(" {#cars}", "")
    wanted = SOURCE.replace("2.  Lunch", "2. Hats are hung up.\n3.  Lunch").replace("3.  Doors", "4.  Doors")
    assert home(SOURCE, came) == wanted.replace("1. Bicycles", "1. Scooters stay at home.\n1. Bicycles")


@pytest.mark.parametrize("before", ["", "\ufeff"])
def test_line_ends_stay_as_they_are(before: str) -> None:
    """And so does a mark at the head of the file."""
    windows = before + SOURCE.replace("\n", "\r\n")
    came = SOURCE.replace("wears", "shows").replace("## Second", "4. A clause.\n\n## Second")
    made, _ = merged_text(source(SOURCE), source(came), source(SOURCE), windows)
    assert made == before + home(SOURCE, came).replace("\n", "\r\n")
    with pytest.raises(UnableError, match="carriage return"):
        merged_text(source(SOURCE), source(came), source(SOURCE), SOURCE.replace("\n", "\r"))


def test_a_title_comes_home() -> None:
    """The other fields stay; changed on both sides it is a conflict."""
    came, now = SOURCE.replace("'A Policy'", "Rules: all"), SOURCE.replace("annual", "yearly")
    assert home(SOURCE, SOURCE.replace("'A Policy'", '"Rules: all"'), now) == now.replace("'A Policy'", '"Rules: all"')
    clash = whys(SOURCE, SOURCE.replace("'A Policy'", "One"), SOURCE.replace("'A Policy'", "Other"))
    assert clash == [("", "the title was changed in the document and in the source since")]
    assert came != SOURCE


# Both sides


def clauses(words: list[str]) -> str:
    """A policy of one section with these clauses."""
    return HEAD.format(title="A Policy") + "# Rules\n\n" + "".join(f"{at}. {one}\n" for at, one in enumerate(words, 1))


@given(st.integers(0, 100_000))
def test_edits_to_different_clauses_always_go_together(seed: int) -> None:
    """However close they stand, and whatever they are."""
    chance = Random(seed)  # noqa: S311  # as above
    rules = [" ".join(one + end for end in ("", "s", "ed", "ly", "ing")) for one in RULES.split()]
    sides = [chance.choice(["neither", "document", "source", "both"]) for _ in rules]
    doing = [chance.choice(["reword", "delete", "insert"]) for _ in rules]
    came, now, wanted = list[str](), list[str](), list[str]()
    for at, (rule, side, deed) in enumerate(zip(rules, sides, doing, strict=True)):
        anew = {"reword": [f"{rule} well"], "delete": [], "insert": [rule, f"Rule {at} is brand new"]}[deed]
        came += anew if side in ("document", "both") else [rule]
        now += anew if side in ("source", "both") else [rule]
        wanted += [rule] if side == "neither" else anew
    if came and now and wanted:
        text, clashes = merged_text(source(clauses(rules)), source(clauses(came)), source(clauses(now)), clauses(now))
        # What is put in behind a clause that the other side takes out may stand beside what was put in before it.
        assert not clashes or {"insert", "delete"} <= set(doing)
        assert clashes or text == clauses(wanted)


@given(st.integers(0, 100_000))
def test_the_same_clause_changed_in_two_ways_is_a_conflict(seed: int) -> None:
    """It is told with its number and its line, and nothing is made of it."""
    chance = Random(seed)  # noqa: S311  # as above
    rules = [f"The {one} is kept in the cupboard of the hall" for one in RULES.split()]
    at = chance.randrange(len(rules))
    came, now = list(rules), list(rules)
    came[at] += " by day"
    now[at] = "" if chance.choice([True, False]) else now[at] + " by night"
    now = [one for one in now if one]
    text, clashes = merged_text(source(clauses(rules)), source(clauses(came)), source(clauses(now)), clauses(now))
    assert text == clauses(now)
    assert [one.number for one in clashes] == [f"clause 1.{at + 1}"]


def test_both_sides_of_a_conflict_are_told() -> None:
    """Taken out here and changed there, both ways round; put in the same place; moved to two places."""
    base = clauses(["Apples are red and round.", "Pears are green and long.", "Plums are blue and small."])
    longer = base.replace("long.", "long indeed.")
    shorter = base.replace("2. Pears are green and long.\n3.", "2.")
    assert whys(base, shorter, longer) == [("clause 1.2", "taken out in the document, and changed in the source since")]
    assert whys(base, longer, shorter) == [("clause 1.2", "changed in the document, and taken out of the source since")]
    one, other = (base + f"4. {what} too.\n" for what in ("Figs ripen here", "Nuts fall"))
    assert [why for _, why in whys(base, one, other)] == [
        "something was put here in the document, and something else in the source since"
    ]
    assert home(base, one, one) == one


def test_what_is_put_in_a_clause_and_what_behind_it_go_together() -> None:
    """They stand in the same place in the text, and in different ones in the tree."""
    base = clauses(["Apples are red and round.", "Pears are green and long."])
    inside = base.replace("round.\n", "round.\n   a) or yellow\n")
    behind = base.replace("2. Pears", "2. Figs are soft.\n3. Pears")
    both = behind.replace("round.\n", "round.\n   a) or yellow\n")
    assert home(base, inside, behind) == both
    assert home(base, behind, inside) == both


def test_edits_are_made_for_these_tests() -> None:
    """So that the properties say something."""
    chance = Random(1)  # noqa: S311  # as above
    after = [edited(source(SOURCE), chance) for _ in range(40)]
    assert sum(one is not None and bare(one) != bare(source(SOURCE)) for one in after) > 20
    clause: Any = next(one.block for one in units(source(SOURCE)) if hasattr(one.block, "text"))
    assert reworded(clause, chance) != clause != new(clause, chance, "new")
