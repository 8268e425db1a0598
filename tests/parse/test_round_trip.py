"""What is written in canonical form reads back as the same policy."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from policytool.render.markdown import markdown
from tests.strategies import policies


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_a_policy_written_and_read_is_the_same_policy(policy: Policy) -> None:
    """The property that import, init and the Word round trip stand on."""
    text = markdown(policy)
    read, found = parse(text, "x", "source/x.md")
    assert [one.message for one in found] == []
    assert read == policy
