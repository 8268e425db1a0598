"""The reference guidance: its real second edition, and the seven classic edits of its first."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import git
import pytest

from bench.edits import SEVEN, made, seven_edits
from policytool.compare import compare
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from tests.compare import told

ROOT = Path(__file__).parents[2]
GUIDANCE = "source/social-media-staff.md"


@pytest.fixture(scope="module")
def editions() -> tuple[Policy, Policy]:
    """The guidance as completed in September 2023, and as it was revised."""
    with git.Repo(ROOT) as repository:
        first = repository.git.log("--diff-filter=A", "--format=%H", "--", GUIDANCE).split()[-1]
        second = repository.git.log("--diff-filter=M", "--reverse", "--format=%H", "--", GUIDANCE).split()[0]
        one, two = (repository.git.show(f"{commit}:{GUIDANCE}") for commit in (first, second))
    return parse(one, "social-media-staff", GUIDANCE)[0], parse(two, "social-media-staff", GUIDANCE)[0]


def test_the_second_edition_has_exactly_its_seven_edits(editions: tuple[Policy, Policy]) -> None:
    """Each under its own name, with what it touches, and the numbers that moved said once a run."""
    assert list(told(compare(*editions))) == [
        "inserted 1.3",
        "reworded 3.2.2 -> 3.2.2",
        "reworded 4.2.2 -> 4.2.2 | duty should > must (stronger)",
        "moved 7.3 -> 4.8",
        "deleted 5.2 | duty must > -",
        "reworded 8.3.2 -> 8.3.2 | period - > five working days",
        "split 11.1 -> 11.1 + 11.2",
        "numbers clause 1.3..1.6 -> 1.4..1.7",
        "numbers clause 4.8..4.10 -> 4.9..4.11",
        "numbers clause 5.3..5.4 -> 5.2..5.3",
        "numbers clause 7.4 -> 7.3",
        "numbers clause 11.2..11.3 -> 11.3..11.4",
    ]


def test_the_seven_classic_edits_give_seven_changes_and_no_more(editions: tuple[Policy, Policy]) -> None:
    """One reworded, one made stronger, a section inserted early, one deleted, moved, split, two merged."""
    old = editions[0]
    found = compare(old, seven_edits(old))
    assert list(told(found))[:-4] == [
        "reworded 1.6 -> 1.6 | role - > parents",
        "inserted 3",
        "along: inserted 3.1",
        "reworded 3.1.1 -> 4.1.1 | duty should > must (stronger)",
        "deleted 4.4 | duty must not > -; duty may > -",
        "split 4.10 -> 5.9 + 5.10",
        "moved 11.3 -> 6.4",
        "merged 7.1 + 7.2 -> 8.1",
    ]
    assert len(made(found)) == SEVEN


def test_the_seven_classic_edits_undone_give_seven_changes_too(editions: tuple[Policy, Policy]) -> None:
    """Inserted for deleted, split for merged."""
    old = editions[0]
    there, back = (Counter(change.kind for change in compare(*pair).edits) for pair in _both(old, seven_edits(old)))
    swapped = {"inserted": "deleted", "deleted": "inserted", "split": "merged", "merged": "split"}
    assert {swapped.get(kind, kind): count for kind, count in there.items()} == back


def _both(old: Policy, new: Policy) -> tuple[tuple[Policy, Policy], tuple[Policy, Policy]]:
    return (old, new), (new, old)


def test_taking_back_the_second_edition_makes_the_duty_weaker(editions: tuple[Policy, Policy]) -> None:
    """What was stronger one way is weaker the other."""
    first, second = editions
    effects = [flag.effect for change in compare(second, first).edits for flag in change.flags if flag.effect]
    assert effects == ["weaker"]
