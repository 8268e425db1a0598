"""The register as JSON: what it says, and that its page in the manual names every field."""

from __future__ import annotations

import json as standard
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from policytool.render.register.json import json
from tests.registers import EMPTY, EVERY_STATE, PROPOSALS

PAGE = Path(__file__).parents[2] / "docs/register-json.md"


def read() -> Any:
    """The object."""
    return standard.loads(json(EVERY_STATE, PROPOSALS))


def test_it_says_when_and_how_each_review_stands() -> None:
    """With the line of its cycle, and the state in words too."""
    found = read()
    assert (found["version"], found["day"]) == (1, "2026-10-14")
    guidance = found["policies"][0]
    review = guidance["reviews"][1]
    assert (guidance["policy"], guidance["state"], guidance["wording"]) == (
        "social-media-staff",
        "overdue",
        "changed since approval",
    )
    assert (review["cycle"], review["role"], review["by"]) == ("governors", "governing-board", "Full Governing Board")
    assert (review["due"], review["days"], review["line"], review["says"]) == (
        "2025-09-14",
        -395,
        8,
        "overdue by 395 days",
    )
    assert review["last"]["record"] == "2023-09-14-governors"
    assert review["last"]["minute"] == guidance["approval"]["record"]["minute"] == "FGB 2023/41"


def test_what_is_not_known_is_null() -> None:
    """Never left out."""
    review = read()["policies"][1]["reviews"][0]
    assert [review[name] for name in ("last", "due", "days", "deferred", "waiver")] == [None] * 5
    assert read()["policies"][1]["approval"] is None


def test_what_falls_due_when_and_what_is_proposed() -> None:
    """By policy and cycle."""
    found = read()
    assert found["load"][2] == {
        "month": "2026-12",
        "reviews": [{"policy": "behaviour-and-discipline", "cycle": "governors"}],
    }
    assert (found["meetings"][0]["day"], len(found["meetings"][0]["reviews"])) == ("2026-12-08", 3)
    assert found["proposals"] == [
        {"policy": "behaviour-and-discipline", "cycle": "governors", "due": "2026-12-03", "proposed": "2026-11"}
    ]
    assert standard.loads(json(EMPTY))["policies"] == []


def test_the_manual_names_every_field() -> None:
    """Nobody has to guess."""
    page = PAGE.read_text("utf-8")
    assert [name for name in fields(read()) if f"`{name}`" not in page] == []


def fields(value: object) -> Iterator[str]:
    """The names of all fields, however deep."""
    if isinstance(value, dict):
        yield from value
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from fields(part)
