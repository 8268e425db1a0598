"""The comparison as JSON: what its page of the manual says."""

from __future__ import annotations

import json as standard
import re
from pathlib import Path
from typing import Any

import pytest

from policytool.render.compared.json import json
from tests.render.test_compared_cases import CASES, ROOT, Case, made, reference

PAGE = Path(ROOT, "docs/comparison-json.md").read_text("utf-8")
OBJECTS = {
    "Each of `old` and `new`": ("old", "new"),
    "Each of `changes`": ("changes",),
    "Each passage": ("changes.old", "changes.new", "landings.citing", "landings.before", "landings.after"),
    "Each of `spans`": ("changes.spans",),
    "Each of `flags`": ("changes.flags",),
    "Each of `renumberings`": ("renumberings",),
    "Each of `fields`": ("fields",),
    "Each of `ripples`": ("ripples",),
    "Each of `landings`": ("landings",),
}


def documented(heading: str) -> set[str]:
    """The fields that the page names under a heading; "" for those at its beginning."""
    part = PAGE.partition(f"{heading}:\n")[2] if heading else PAGE
    rows = part.partition("\n\nEach")[0].splitlines()
    return {name for row in rows if row.startswith("| `") for name in re.findall("`([a-z_]+)`", row.split("|")[1])}


def value(case: Case) -> dict[str, Any]:
    """What is read back."""
    read = standard.loads(json(case.comparison, case.old, case.new))
    assert isinstance(read, dict)
    return read


def found(read: Any, path: str) -> list[dict[str, Any]]:
    """All objects at a path."""
    objects = [read]
    for name in path.split("."):
        values = [one[name] for one in objects]
        objects = [one for each in values for one in (each if isinstance(each, list) else [each])]
    return objects


def test_the_whole_has_the_documented_fields() -> None:
    """No more and no fewer."""
    assert set(value(made("many"))) == documented("")


@pytest.mark.parametrize("heading", OBJECTS)
def test_every_object_has_the_documented_fields(heading: str) -> None:
    """No more and no fewer, and each is there to be looked at."""
    reads = [value(made("many")), value(made("astray"))]
    objects = [one for read in reads for path in OBJECTS[heading] for one in found(read, path)]
    assert objects
    assert {frozenset(one) for one in objects} == {frozenset(documented(heading))}


@pytest.mark.parametrize("name", CASES)
def test_every_case_is_json_and_the_same_each_time(name: str) -> None:
    """Whatever stands in it."""
    case = made(name)
    assert json(case.comparison, case.old, case.new) == json(case.comparison, case.old, case.new)
    assert value(case)["version"] == 1


def test_unchanged_passages_are_left_out() -> None:
    """Those that are only renumbered stand among the changes and are no edits."""
    read = value(reference())
    assert sum(change["is_edit"] for change in read["changes"]) == 7
    assert {change["kind"] for change in read["changes"]} == {
        "inserted", "renumbered", "reworded", "moved", "deleted", "split",
    }  # fmt: skip
    assert read["counts"]["renumbered"] == sum(change["kind"] == "renumbered" for change in read["changes"])


def test_what_came_in_with_its_section_is_shown_and_counted_apart() -> None:
    """The section is one edit."""
    read = value(made("new section"))
    assert (read["counts"]["inserted"], read["carried"]) == (1, {"inserted": 1, "deleted": 0})
    told = [(one["is_edit"], one["carried"]) for one in read["changes"] if one["kind"] == "inserted"]
    assert told == [(True, False), (False, True)]


def test_a_duty_is_told_with_its_words() -> None:
    """Spans, flags and plain words."""
    (change,) = value(made("duty"))["changes"]
    assert [(span["mark"], span["old"], span["new"]) for span in change["spans"]][1:3] == [
        ("deleted", "should ", ""),
        ("inserted", "", "must "),
    ]
    assert change["flags"] == [{"kind": "duty", "before": "should", "after": "must", "effect": "stronger"}]
    assert change["says"] == ["“should” became “must”: the duty is stronger"]
    assert change["new"][0]["called"] == "clause 1.1"
