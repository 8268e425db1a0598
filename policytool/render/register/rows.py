"""Register -> rows for a sheet: one a cycle, every policy with one at least."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from policytool.model.register import Entry, Register, Review
from policytool.model.time import Moment
from policytool.render.register import words

Cell: TypeAlias = str | int | Moment | None
Row: TypeAlias = Mapping[str, Cell]

COLUMNS = (
    "Policy",
    "Title",
    "Owner",
    "Approver",
    "Review",
    "Every",
    "By",
    "State",
    "Days left",
    "Days overdue",
    "Last reviewed",
    "Minute",
    "Next review",
    "Deferred",
    "Waived",
    "Wording",
    "Approved version",
    "Approved on",
    "Approval minute",
    "Wording waived",
)
"""Days overdue have a column of their own: a number below 0 begins as a formula does."""


def rows(register: Register) -> Iterator[Row]:
    """The rows, the most urgent policy first, by the names of the columns; a column that is missing is empty."""
    for entry in register.entries:
        common = _policy(entry)
        if not entry.reviews:
            yield common
        for review in entry.reviews:
            yield {**common, **_review(review)}


def _policy(entry: Entry) -> Row:
    approval = entry.approval
    return {
        "Policy": entry.policy,
        "Title": entry.title,
        "Owner": entry.owner,
        "Approver": entry.approver,
        "Wording": str(entry.wording),
        "Approved version": approval.version if approval else "",
        "Approved on": approval.record.held if approval else None,
        "Approval minute": words.minute(approval.record if approval else None),
        "Wording waived": words.waived(entry.waiver) if entry.waiver else "",
    }


def _review(review: Review) -> Row:
    days = review.days
    return {
        "Review": review.cycle.name,
        "Every": str(review.cycle.every),
        "By": review.by,
        "State": str(review.state),
        "Days left": days if days is not None and days >= 0 else None,
        "Days overdue": -days if days is not None and days < 0 else None,
        "Last reviewed": review.last.held if review.last else None,
        "Minute": words.minute(review.last),
        "Next review": review.due,
        "Deferred": words.deferred(review.deferred) if review.deferred else "",
        "Waived": words.waived(review.waiver) if review.waiver else "",
    }
