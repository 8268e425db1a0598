"""The library that resolving makes; what is wrong in it is in tests/cases/resolve.txt."""

from __future__ import annotations

import pytest

from policytool.model.library import Library
from policytool.parse.markdown import policy as parse
from policytool.resolve import resolve
from tests.cases import FRONT, NEIGHBOUR, SETTINGS


def library(body: str, related: str = "") -> Library:
    """A library of a policy tried, which must be right, and its neighbour."""
    front = FRONT.replace("owner:", f"related: [{related}]\nowner:")
    tried = parse(front + body, "tried", "source/tried.md")[0]
    made, found = resolve([tried, parse(FRONT + NEIGHBOUR, "online-safety", "source/online-safety.md")[0]], SETTINGS)
    assert [one.message for one in found] == []
    return made


@pytest.mark.parametrize(
    ("label", "kind", "phrase"),
    [
        ("", "policy", "Tried"),
        ("reporting", "section", "section 1"),
        ("tell", "clause", "clause 1.1"),
        ("at-once", "item", "clause 1.1(a)"),
        ("remark", "passage", "section 1"),
        ("foreword", "passage", "“Foreword”"),
        ("form", "appendix", "appendix A"),
        ("name", "clause", "clause A.1"),
    ],
)
def test_a_target_is_called_by_its_kind_and_number(label: str, kind: str, phrase: str) -> None:
    """As a reader would cite it."""
    target = library("").targets["online-safety", label]
    assert (target.kind, target.phrase) == (kind, phrase)


def test_a_policy_that_is_only_cited_is_related_after_those_listed() -> None:
    """Once each, and never to itself."""
    body = "See [](grievance.md), [](online-safety.md#tell), [](tried.md) and [](grievance.md).\n"
    made = library(body, related="online-safety")
    assert made.related(made.policies["tried"]) == ("online-safety", "grievance")
    assert made.cited["tried"] == ("grievance", "online-safety")


def test_policies_stand_in_order_of_their_id() -> None:
    """Whatever folders they lie in."""
    assert list(library("").policies) == ["online-safety", "tried"]


def test_two_files_of_one_name_are_told_and_the_first_is_kept() -> None:
    """And so is a file whose id is held elsewhere."""
    twins = [parse(FRONT, name, path)[0] for name, path in (("a", "source/y/a.md"), ("a", "source/x/a.md"))]
    made, found = resolve([*twins, parse(FRONT, "grievance", "source/grievance.md")[0]], SETTINGS)
    assert made.policies["a"].path == "source/x/a.md"
    assert [(one.finding.code, one.path) for one in found] == [
        ("PT201", "source/y/a.md"),
        ("PT201", "source/grievance.md"),
    ]


def test_the_nearest_name_is_offered() -> None:
    """For labels, policies and roles."""
    text = (FRONT + "1. See [](#decare), [](online-safty.md). {#declare}\n").replace(
        "owner: headteacher", "owner: head-teacher"
    )
    _made, found = resolve([parse(text, "online-safety", "x.md")[0]], SETTINGS)
    assert {one.advice for one in found} == {
        "did you mean `declare`?",
        "did you mean `online-safety`?",
        "did you mean `headteacher`?",
    }
