"""Pairs of wordings written by us, each held against what is said to have changed."""

from __future__ import annotations

from tests.compare import FOLDER, Case, each_case


@each_case("matching.txt")
def test_each_rule_finds_which_clause_is_which(case: Case) -> None:
    """Labels, wording, neighbours, numbers, likeness, and likeness far away."""
    case.hold()


@each_case("order.txt")
def test_what_moved_is_told_once(case: Case) -> None:
    """Moves, what is carried along, what was only renumbered, and lists put in another order."""
    case.hold()


@each_case("kinds.txt")
def test_every_kind_of_passage_is_compared(case: Case) -> None:
    """Tables, footnotes, items, bullets, headings, nested clauses, and the front matter."""
    case.hold()


@each_case("nothing.txt")
def test_what_says_the_same_is_no_difference(case: Case) -> None:
    """Line ends, quotes, emphasis, names of labels, accents and invisible characters."""
    case.hold()


@each_case("substance.txt")
def test_what_a_change_touches_is_flagged(case: Case) -> None:
    """Duties, numbers, sums, periods, dates, ages, roles, terms, negations, references."""
    case.hold()


@each_case("wording.txt")
def test_what_touches_only_the_wording_is_not_flagged(case: Case) -> None:
    """Other words for the same, and numbers that only the counting changed."""
    case.hold()


def test_every_file_of_cases_is_read() -> None:
    """A file that no test reads would hold nothing."""
    read = {"matching.txt", "order.txt", "kinds.txt", "nothing.txt", "substance.txt", "wording.txt"}
    assert {path.name for path in FOLDER.iterdir()} == read
