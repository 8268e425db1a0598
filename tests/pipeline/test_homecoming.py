"""Edits made in a document come home: the smallest change to the source, beside what changed there since."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from policytool.model.policy import Policy
from policytool.model.unit import Unit, units
from policytool.parse.markdown import policy as parse
from policytool.pipeline.homecoming import merged_text
from policytool.render.markdown import markdown
from tests.edits import edited, read
from tests.strategies import policies

_MARK = re.compile(r"\s*(?:\d+\.|[a-z]+\)|-)\s+")


def _bare(policy: Policy) -> list[Unit]:
    return [replace(one, block=replace(one.block, label="")) if hasattr(one.block, "label") else one for one in units(policy)]


@given(policies(), st.randoms(use_true_random=False))
def test_the_source_says_what_the_document_says(policy: Policy, chance: Random) -> None:
    """Whatever was reworded, put in, taken out or moved; what was not keeps its line, but for its number and indent."""
    text = markdown(policy)
    base = read(text)
    assume(base is not None)
    assert base is not None
    after = edited(base, chance)
    assume(after is not None)
    assert after is not None
    made, clashes = merged_text(base, after, base, text)
    assert not clashes
    assert _bare(parse(made, "x", "source/x.md")[0]) == _bare(after)
    assert merged_text(base, after, after, made)[0] == made
