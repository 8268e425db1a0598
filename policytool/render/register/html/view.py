"""Register -> Page: nested tuples in which every choice has been made, so that the template makes none.

All ids are the page's own and begin with an underscore.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from policytool.model.register import Entry, Register, Review
from policytool.render.register import words
from policytool.render.terminal import count

WIDEST = 24
"""So many marks a bar has at the most; the number stands beside it."""


class State(NamedTuple):
    """A state: a class of the style sheet, a sign, and words."""

    kind: str
    sign: str
    told: str


class Row(NamedTuple):
    """One review: what it is called, its state, its marks, the last time and the next, the minute of the last."""

    name: str
    by: str
    state: State
    marks: tuple[str, ...]
    last: str
    minute: str
    due: str


class Block(NamedTuple):
    """One policy: its heading, its wording, and its reviews."""

    id: str
    policy: str
    title: str
    owner: str
    approver: str
    wording: State
    approval: str
    waived: str
    rows: tuple[Row, ...]


class Due(NamedTuple):
    """What falls due at one time: when, for which body, how many as a bar and in words.

    Each of `reviews` is (href, title, cycle).
    """

    when: str
    body: str
    bar: str
    number: str
    reviews: tuple[tuple[str, str, str], ...]


class Page(NamedTuple):
    """The whole page."""

    title: str
    day: str
    organisation: str
    summary: str
    blocks: tuple[Block, ...]
    months: tuple[Due, ...]
    meetings: tuple[Due, ...]


def page(register: Register, organisation: str) -> Page:
    """The page of a register."""
    titles = {entry.policy: entry.title for entry in register.entries}
    return Page(
        f"Register of reviews on {register.day.told}",
        register.day.told,
        organisation,
        words.summary(register),
        tuple(_block(entry) for entry in register.entries),
        tuple(_due(one.month.told, "", one.reviews, titles) for one in register.load),
        tuple(_due(one.day.told, one.body, one.reviews, titles) for one in register.meetings),
    )


def _block(entry: Entry) -> Block:
    sign = words.WORDING_SIGNS[entry.wording]
    return Block(
        f"_policy-{entry.policy}",
        entry.policy,
        entry.title,
        entry.owner,
        entry.approver,
        State(_slug(entry.wording), sign, str(entry.wording)),
        words.approval(entry),
        words.waived(entry.waiver) if entry.waiver else "",
        tuple(_row(review) for review in entry.reviews),
    )


def _row(review: Review) -> Row:
    return Row(
        review.cycle.name,
        review.by,
        State(_slug(review.state), words.SIGNS[review.state], words.state(review)),
        tuple(words.marks(review)),
        words.last(review),
        words.minute(review.last),
        words.due(review),
    )


def _due(when: str, body: str, reviews: Iterable[tuple[str, str]], titles: Mapping[str, str]) -> Due:
    listed = tuple(
        (f"#_policy-{policy}" if policy in titles else "", titles.get(policy, policy), cycle)
        for policy, cycle in reviews
    )
    bar = words.BAR * min(len(listed), WIDEST)
    return Due(when, body, bar, count(len(listed), "review") if listed else "nothing", listed)


def _slug(state: str) -> str:
    return state.replace(" ", "-")
