"""File names as ids; the other house rules are in tests/cases/check.txt."""

from __future__ import annotations

import pytest

from policytool.check import check_name


@pytest.mark.parametrize("name", ["a", "online-safety", "policy-2", "console", "com", "com10", "a" * 80, "lpt-1"])
def test_small_letters_digits_and_hyphens_make_an_id(name: str) -> None:
    """Beginning with a letter."""
    assert check_name(name, f"source/{name}.md") == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "A",
        "2-policy",
        "-x",
        "a b",
        "a.b",
        "a_b",
        "é",
        "a\n",
        "con",
        "nul",
        "com1",
        "lpt9",
        "a" * 81,
        "..",
        "a/b",
        "a:b",
    ],
)
def test_a_name_that_some_system_refuses_is_no_id(name: str) -> None:
    """Windows keeps some for itself, others are no safe address."""
    assert [(one.finding.code, one.path) for one in check_name(name, "x.md")] == [("PT310", "x.md")]
