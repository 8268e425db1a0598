"""The reference library: its shape, its two editions in git, and that nothing is wrong with it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import git
import pytest

from policytool.cli import run
from policytool.model.block import Clause, Item, Paragraph, Quote, Section, Table, walk
from policytool.model.inline import Emphasis, Reference, descend, plain
from policytool.model.policy import Policy
from policytool.model.register import TimeState, WordingState
from policytool.parse.markdown import policy as parse
from policytool.pipeline.repository import Repository, load
from policytool.pipeline.reviews import Reviews

ROOT = Path(__file__).parent.parent
GUIDANCE = "source/social-media-staff.md"

# How many clauses each section of the 2023 edition has; {clause: how many stand below it}.
SECTIONS = {
    1: (6, {3: 4}),
    2: (0, {}),
    3: (4, {1: 3, 2: 3, 3: 1, 4: 2}),
    4: (10, {1: 2, 2: 2, 5: 1, 7: 2, 8: 3}),
    5: (4, {}),
    6: (1, {}),
    7: (4, {}),
    8: (6, {2: 2, 3: 2, 4: 1, 6: 4}),
    9: (1, {}),
    10: (1, {}),
    11: (3, {}),
    12: (2, {}),
}


@pytest.fixture(scope="module")
def library() -> Repository:
    """The library as it stands."""
    return load(ROOT)


@pytest.fixture(scope="module")
def first_edition() -> Policy:
    """The guidance as it was first committed: the wording completed in September 2023."""
    with git.Repo(ROOT) as repository:
        commits = repository.git.log("--diff-filter=A", "--format=%H", "--", GUIDANCE).split()
        text = repository.git.show(f"{commits[-1]}:{GUIDANCE}")
    read, found = parse(text, "social-media-staff", GUIDANCE)
    assert found == []
    return read


def test_nothing_is_wrong_with_it(library: Repository) -> None:
    """No finding of any level."""
    assert library.diagnostics == ()


def test_the_guidance_keeps_the_numbers_of_its_first_edition(first_edition: Policy) -> None:
    """Twelve sections, down to 8.6.4 and 4.10, and no number more."""
    expected = []
    for section, (clauses, below) in SECTIONS.items():
        expected.append(f"{section}")
        expected += [f"2({letter})" for letter in "abcde"] if section == 2 else []
        for clause in range(1, clauses + 1):
            expected.append(f"{section}.{clause}")
            expected += [f"{section}.{clause}.{child}" for child in range(1, below.get(clause, 0) + 1)]
    numbers = [str(block.number) for block in walk(first_edition.blocks) if isinstance(block, Section | Clause | Item)]
    assert numbers == expected


def test_the_guidance_has_the_shape_of_its_first_edition(first_edition: Policy) -> None:
    """Sub-headings in 3, the definition under 1.4, the remarks, and the two inner references."""
    sections = [block for block in first_edition.blocks if isinstance(block, Section)]
    assert [len([one for one in section.blocks if isinstance(one, Section)]) for section in sections] == (
        [0, 0, 4] + [0] * 9
    )
    by_number = {str(block.number): block for block in walk(first_edition.blocks) if isinstance(block, Clause)}
    assert isinstance(by_number["1.4"].blocks[0], Quote)
    for index in (4, 5, 6):
        remark = sections[index].blocks[0]
        assert isinstance(remark, Paragraph)
        assert isinstance(remark.text[0], Emphasis)
    kinds = [type(block).__name__ for block in by_number["8.6"].blocks]
    assert kinds == ["Clause", "Clause", "Clause", "Paragraph", "Clause"]
    assert _cites(by_number["8.3.1"]) == [by_number["4.2"].label]
    assert _cites(by_number["8.6.1"]) == [by_number["8.6.4"].label]


def _cites(clause: Clause) -> list[str]:
    return [inline.label for inline in descend(clause.text) if isinstance(inline, Reference) and not inline.policy]


def test_the_second_edition_has_a_handful_of_edits(library: Repository, first_edition: Policy) -> None:
    """Seven: the words of all other clauses are as they were."""
    now = library.library.policies["social-media-staff"]
    before = {plain(block.text) for block in walk(first_edition.blocks) if isinstance(block, Clause)}
    after = {plain(block.text) for block in walk(now.blocks) if isinstance(block, Clause)}
    assert len(before - after) == 5
    assert len(after - before) == 6
    assert any("within five working days" in words for words in after - before)


def test_each_other_policy_is_whole(library: Repository) -> None:
    """Clauses cited both ways; among them a table, an appendix and a footnote."""
    policies = library.library.policies
    assert set(policies) == {"online-safety", "social-media-staff", "staff-acceptable-use", "whistleblowing"}
    for policy in policies.values():
        others = set(policies) & set(library.library.cited[policy.id])
        assert others, f"{policy.id} cites no other policy of the library"
        words = sum(len(plain(block.text).split()) for block in policy.walk() if isinstance(block, Clause))
        assert words > 800
    assert any(isinstance(block, Table) for policy in policies.values() for block in policy.walk())
    assert any(isinstance(block, Section) and block.appendix for policy in policies.values() for block in policy.walk())
    assert any(policy.footnotes for policy in policies.values())


def test_it_has_two_review_cycles(library: Repository) -> None:
    """The annual one, and the governors' every two years."""
    cycles = library.library.policies["social-media-staff"].reviews
    assert [(cycle.name, str(cycle.every), cycle.by) for cycle in cycles] == [
        ("annual", "12 months", "headteacher"),
        ("governors", "24 months", "governing-board"),
    ]


def test_the_register_in_the_readme_is_the_real_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a fixed day, on which every state occurs."""
    monkeypatch.setenv("COLUMNS", "80")
    assert run(["--root", str(ROOT), "--today", "2026-11-22", "status"]) == 0
    shown = capsys.readouterr().out
    assert f"```text\n{shown}```" in (ROOT / "README.md").read_text("utf-8")
    for state in (*TimeState, *WordingState):
        assert f" {state}" in shown


def test_on_the_real_clock_the_guidance_is_overdue_and_changed_since_approval(library: Repository) -> None:
    """Completed in September 2023: the annual review was due a year later, the governors' two years later."""
    [entry] = Reviews(library).register(datetime.now(UTC).date(), ["social-media-staff"]).entries
    assert entry.wording is WordingState.CHANGED
    assert {one.cycle.name: (str(one.due), one.state) for one in entry.reviews} == {
        "annual": ("2024-09", TimeState.OVERDUE),
        "governors": ("2025-09", TimeState.OVERDUE),
    }
