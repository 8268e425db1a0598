"""What is brought to a meeting."""

from __future__ import annotations

from datetime import date

import pytest

from policytool.model.agenda import Agenda, Sitting
from policytool.model.time import Moment
from policytool.review.agenda import agenda, last_held, next_due
from tests.packed import Board, board
from tests.reviewed import SETTINGS

__all__ = ["board"]


def brought(board: Board, day: date, until: date, body: str = "governing-board") -> Agenda:
    """What is brought to a body on a day."""
    reviews = board.reviews()
    settings = reviews.repository.library.settings
    sitting = Sitting(body, settings.title(body), day, until)
    return agenda(reviews.register(day).entries, reviews.dossiers, settings, sitting)


@pytest.mark.parametrize(
    ("until", "policies"),
    [(date(2025, 9, 14), ["one", "two"]), (date(2025, 9, 15), ["one", "two", "three"])],
)
def test_what_is_due_before_the_following_meeting_is_brought(board: Board, until: date, policies: list[str]) -> None:
    """What is due on the day of that meeting can be decided there; what has changed comes in any case, and first."""
    found = brought(board, date(2025, 6, 10), until)
    assert [item.entry.policy for item in found.items] == policies
    assert found.items[0].due is (until.day == 15)  # the day after it is due


def test_the_reviews_of_others_are_not_brought(board: Board) -> None:
    """The headteacher reviews each year, and approves nothing."""
    found = brought(board, date(2025, 6, 10), date(2025, 9, 9), "headteacher")
    assert {review.cycle.name for item in found.items for review in item.reviews} == {"annual"}
    assert not any(item.approves for item in found.items)


def test_a_committee_without_meetings_leaves_its_reviews_to_the_board(board: Board) -> None:
    """One that meets decides for itself what is its own."""
    source = (board.root / "source/three.md").read_text().replace("by: governing-board", "by: resources")
    board.write_text("source/three.md", source)
    day, until = date(2025, 9, 9), date(2026, 3, 10)
    assert "three" in {item.entry.policy for item in brought(board, day, until).items}
    board.write_text("policytool.yaml", SETTINGS + "meetings: {resources: [2025-09-09]}\n")
    assert "three" not in {item.entry.policy for item in brought(board, day, until).items}
    assert [item.entry.policy for item in brought(board, day, until, "resources").items] == ["one", "two", "three"]


def test_what_has_changed_and_cannot_be_recorded_is_told(board: Board) -> None:
    """The board approves it, and reviews nothing of it."""
    source = (board.root / "source/two.md").read_text().replace("by: governing-board", "by: headteacher")
    board.write_text("source/two.md", source)
    assert [entry.policy for entry in brought(board, date(2025, 9, 9), date(2026, 3, 10)).homeless] == ["two"]


def test_the_next_review_is_counted_from_the_meeting(board: Board) -> None:
    """As if it were decided there."""
    found, reviews = brought(board, date(2025, 9, 9), date(2026, 3, 10)), board.reviews()
    for item in found.items:
        assert next_due(reviews.dossiers[item.entry.policy], item, found.sitting) == (Moment(2027, 9, 9),)
    settings = reviews.repository.library.settings
    held = last_held(reviews.dossiers.values(), settings, "governing-board", date(2025, 9, 9))
    assert held == date(2023, 9, 14)
