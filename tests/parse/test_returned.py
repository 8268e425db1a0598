"""A Word file that was built here is read back as the policy it was built from."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from policytool.model.policy import Policy
from policytool.parse.drafting.returned import Returned, returned
from policytool.parse.word import found
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.render.word_cases import library
from tests.sample import LIBRARY, POLICY
from tests.strategies import policies


def home(docx: bytes) -> Returned:
    """What comes home in a Word file."""
    read, wrong = found(docx)
    assert read is not None, wrong
    back = returned(read)
    assert back is not None
    return back


def assert_same(back: Policy, policy: Policy) -> None:
    """The two say the same, block by block."""
    for one, other in zip(back.blocks, policy.blocks, strict=False):
        assert one == other
    assert back.blocks == policy.blocks
    assert back.footnotes == policy.footnotes
    assert (back.title, back.kind, back.numbering) == (policy.title, policy.kind, policy.numbering)


def test_the_sample_comes_home_as_it_went() -> None:
    """Every kind of block and inline."""
    back = home(word(Edition(POLICY, LIBRARY)))
    assert (back.policy_id, back.path) == (POLICY.id, POLICY.path)
    assert_same(back.policy, POLICY)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_any_policy_comes_home_as_it_went(policy: Policy) -> None:
    """import(build(policy)) == policy."""
    assert_same(home(word(Edition(policy, library(policy)))).policy, policy)
