"""Duty words are found whatever their letters, and nothing else is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.duties import among, duties, plain

WORDS = ("must", "Must", "must not", "can’t", "can't", "cannot", "May", "May 2026", "is not required to", "ſhall", "to")
SOME = st.sampled_from((*WORDS, " ", "  ", ", ", ".", "s", "İ", "ß", "not", "neither"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Staff must not, and governors may, enter.", ["must not", "may"]),
        ("MUST  NOT; Should; can’t; can't", ["MUST  NOT", "Should", "can’t", "can't"]),
        ("They are required to ask; it is not required to.", ["are required to", "is not required to"]),
        ("It was required; mustard, willing, cannery, shallow", []),
        ("In May staff may go; in May 2026 they must.", ["may", "must"]),
        ("May 2026 is past.", []),
        ("May ask for help.", ["May"]),
        ("May not be told.", ["May not"]),
    ],
)
def test_duty_words_are_found_and_the_month_is_none(text: str, expected: list[str]) -> None:
    """Each with its negation."""
    assert [text[begin:end] for begin, end in duties(text)] == expected


@given(st.lists(SOME).map("".join), st.frozensets(st.sampled_from(WORDS).map(plain)))
def test_some_duty_words_are_found_where_all_are(text: str, words: frozenset[str]) -> None:
    """As a slower search finds them."""
    assert among(text, words) == [(start, end) for start, end in duties(text) if plain(text[start:end]) in words]
