"""Real documents with real histories, which are not ours to copy: where they are absent, these tests skip.

Which of the true edits must be found, by a few words of each, and how many changes may be told in all.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from policytool.model.comparison import Change, Comparison
from policytool.model.inline import plain
from policytool.pipeline.compare import compare_files

CORPUS = Path(os.environ.get("POLICYTOOL_CORPUS", Path(__file__).parents[3] / "shared" / "corpus")) / "pairs"


@dataclass(frozen=True)
class Pair:
    """A pair: the true edits as (kind, words of the old, words of the new), and how many changes there may be."""

    folder: str
    edits: tuple[tuple[str, str, str], ...]
    most: int


PAIRS = (
    Pair(
        "20-cabforum-sc69-subclause-and-reference",
        (
            ("deleted", "monitor the OCSP responder", ""),
            ("reworded", "Firewall and router activities", "Relevant router and firewall"),
            ("reworded", "MUST include the following", "MUST include at least"),
            ("reworded", "Identity of the person", "(when applicable)"),
            ("inserted", "", "Router and firewall activities logs"),
            ("inserted", "", "Successful and unsuccessful login"),
            ("inserted", "", "all administrative actions"),
            ("inserted", "", "changes made to firewall rules"),
            ("inserted", "", "all system events and errors"),
            ("inserted", "", "Clarify router and firewall logging"),
        ),
        11,
    ),
    Pair(
        "25-site-policy-appeals",
        (
            ("reworded", "What are appeals", "What are Appeals"),
            ("reworded", "Reinstatement: The user wishes", "where a user wishes"),
            ("reworded", "Appeal: The user disputes", "where a user disputes"),
            ("inserted", "", "Suspend or terminate access to an account"),
            ("inserted", "", "ability to monetize"),
            ("reworded", "If you seek reinstatement", "up to six months"),
            ("reworded", "Reinstatement: Where a user can agree", "Where a user can agree"),
            ("reworded", "Appeal: Where a user seeks", "Where a user seeks"),
            ("split", "same person who made the initial", "made by humans"),
            ("inserted", "", "Legal Rights"),
        ),
        21,
    ),
    Pair(
        "26-site-policy-event-terms",
        (
            ("reworded", "requisite power", "requisite capacity"),
            ("reworded", "Pictures", "Pictures and videos"),
            ("inserted", "", "Information sharing"),
            ("reworded", "create a safe environment", "create a safe environment"),
            ("reworded", "indemnify and hold", "indemnify and hold"),
            ("reworded", "prohibit your attendance", "revoke your permission"),
            ("inserted", "", "last updated on February"),
        ),
        24,
    ),
    Pair(
        "27-basecamp-use-restrictions-rewritten",
        (
            ("deleted", "Doxing", ""),
            ("deleted", "Cybersquatting", ""),
            ("inserted", "", "Trick, defraud"),
            ("inserted", "", "Harass, annoy"),
            ("deleted", "respond within one business day", ""),
        ),
        28,
    ),
    Pair(
        "28-basecamp-odd-numbers-removed",
        (
            ("deleted", "General Conditions", ""),
            ("deleted", "Technical support is only", ""),
            ("deleted", "modify, adapt or hack", ""),
            ("deleted", "Questions about the Terms", ""),
            ("inserted", "", "question about any of the Terms"),
        ),
        10,
    ),
)


def _compared(folder: str) -> Comparison:
    if not (CORPUS / folder).is_dir():
        pytest.skip(f"the real texts are not on this machine ({CORPUS}); POLICYTOOL_CORPUS may name their folder")
    return compare_files(CORPUS / folder / "old.md", CORPUS / folder / "new.md").comparison


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.folder for pair in PAIRS])
def test_the_true_edits_of_a_real_text_are_found_and_little_besides(pair: Pair) -> None:
    """Each by its kind and its words."""
    found = _compared(pair.folder)
    missed = [edit for edit in pair.edits if not any(_is(change, *edit) for change in found.told)]
    assert missed == []
    assert len(found.told) <= pair.most


def _is(change: Change, kind: str, old: str, new: str) -> bool:
    before, after = (" ".join(plain(one.words) for one in side) for side in (change.old, change.new))
    return change.kind == kind and old in before and new in after


def test_a_section_that_went_is_one_edit() -> None:
    """With the clauses that went with it."""
    found = _compared("28-basecamp-odd-numbers-removed")
    assert [change.kind for change in found.edits] == ["deleted", "inserted"]
    assert len(found.told) == 10


def test_a_policy_that_was_replaced_is_not_matched_by_accident() -> None:
    """Of the pair of which next to nothing survives, at most one clause is said to have become another."""
    found = _compared("27-basecamp-use-restrictions-rewritten")
    assert sum(bool(change.old and change.new) for change in found.edits) <= 1


def test_two_different_real_texts_are_told_to_be_unrelated() -> None:
    """No wall of moves."""
    folders = "28-basecamp-odd-numbers-removed", "26-site-policy-event-terms"
    for folder in folders:
        _compared(folder)
    found = compare_files(*(CORPUS / folder / "old.md" for folder in folders)).comparison
    assert found.unrelated
    assert all(change.kind in ("inserted", "deleted") for change in found.edits)
