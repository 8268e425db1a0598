"""References that are typed, where a case file cannot: libraries of many titles, labels, and very long texts."""

from __future__ import annotations

from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.check.labels import new_label
from policytool.check.typed import typed_references
from policytool.model.block import Clause
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Text
from policytool.model.library import Library, Target
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.settings import Settings


def found(words: str, titles: dict[str, str] | None = None) -> list[Diagnostic]:
    """What is said of a clause in a library of policies with these titles, by id."""
    policy = Policy("a", "Staff Lettings Policy", blocks=numbered((Clause((Text(words),)), Clause((Text("x"),)))))
    known = {"a": policy.title} | (titles or {})
    targets = {(name, ""): Target(name, "", "policy", title) for name, title in known.items()}
    return list(typed_references(Library(Settings(), {"a": policy}, targets)))


def test_of_titles_in_one_another_the_longest_counts() -> None:
    """Its own title is none of another policy, and hides what stands in it."""
    titles = {"b": "Lettings Policy", "c": "Lettings Policy for Clubs"}
    [one] = found("The Lettings Policy for Clubs and the Staff Lettings Policy.", titles)
    assert one.advice == "write `[](c.md)`"


def test_a_title_that_two_policies_have_is_told_and_not_mended() -> None:
    """Nobody knows which is meant."""
    [one] = found("See the Homework Policy.", {"b": "Homework Policy", "c": "Homework Policy"})
    assert one.advice == "write `[](b.md)` or `[](c.md)`"
    assert one.mend is None


def test_apostrophes_may_be_curly() -> None:
    """In the text or in the title."""
    [one] = found("See the Governors’ Code of Conduct.", {"b": "Governors' Code of Conduct"})
    assert one.finding.code == "PT332"


def test_a_title_that_names_no_document_could_be_anything() -> None:
    """And so could a single word."""
    assert found("Think of Online Safety and of Policy.", {"b": "Online Safety", "c": "Policy"}) == []


@pytest.mark.parametrize("words", ["clause 2", "Clause 2", "clauses 2 and 2", "paragraph 2 above", "Part 2"])
def test_a_clause_goes_by_many_names(words: str) -> None:
    """Whatever it is called, its number is its number."""
    assert [one.finding.code for one in found(f"As {words} says.")] == ["PT330"]


@pytest.mark.parametrize(
    "words",
    ["section 2 " * 20_000, "clauses 2, " * 20_000, "see " * 50_000, "(" * 50_000 + "section 2.1 (" * 5_000,
     "Homework " * 50_000, "section 2" + ", 2" * 50_000],
)  # fmt: skip
def test_no_words_take_long(words: str) -> None:
    """As long as a passage may be, and longer than it may be."""
    begun = perf_counter()
    found(words[:20_000], {"b": "Homework Policy"})
    found(words, {"b": "Homework Policy"})
    assert perf_counter() - begun < 5


@given(st.text(max_size=60), st.sets(st.sampled_from(["passage", "passage-2", "doors", "doors-2"])))
def test_a_label_is_one_that_may_be_written_and_is_not_taken(words: str, taken: set[str]) -> None:
    """Whatever the words."""
    label = new_label((Text(words),), taken)
    assert label not in taken
    assert label[0].isascii()
    assert label[0].islower()
    assert set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
