"""The register of a site -> its first page: every policy with its reviews, found, sifted and sorted by a script.

The page holds days and no state. Without its script it is a table of policies and of when each is next reviewed.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from typing import NamedTuple
from unicodedata import combining, normalize

from policytool.model.site import REGISTER, Card, Falling, Frame, policy_path, relative
from policytool.render.site.frame import framed

NEVER, NONE = "never", "–"


class Review(NamedTuple):
    """When a review is next due, in words, and the days on which its states begin: "" for one that never is."""

    told: str
    cycle: str
    soon: str
    due: str
    overdue: str


class Row(NamedTuple):
    """One policy. `before` is how many of those that are not withdrawn stand before it, `withdrawn` a day or ""."""

    href: str
    policy: str
    title: str
    kind: str
    marks: tuple[str, ...]
    reviews: tuple[Review, ...]
    last: str
    owner: str
    audience: tuple[str, ...]
    before: int
    withdrawn: str
    withdrawn_told: str


def register_page(cards: Sequence[Card], frame: Frame) -> bytes:
    """The page, in UTF-8. The policies stand by title, those that are or will be withdrawn in a table of their own."""
    ordered = sorted(cards, key=_place)
    current = [_place(card) for card in ordered if not card.withdrawn]
    rows = [_row(card, bisect(current, _place(card))) for card in ordered]
    return framed(
        "register.html.jinja",
        frame,
        REGISTER,
        "Policies",
        ("states", "register"),
        rows=[row for row in rows if not row.withdrawn],
        withdrawn=[row for row in rows if row.withdrawn],
        owners=_titles(_begun(card.owner) for card in cards),
        audiences=_titles(_begun(title) for card in cards for title in card.audience),
    )


def _place(card: Card) -> tuple[str, str]:
    return _letters(card.title), card.policy


def _titles(found: Iterable[str]) -> list[str]:
    return sorted(set(found) - {""}, key=lambda title: (_letters(title), title))


def _letters(title: str) -> str:
    """A title as it is sorted: by its letters, without case and accents."""
    return "".join(letter for letter in normalize("NFKD", title) if not combining(letter)).casefold()


def _row(card: Card, before: int) -> Row:
    return Row(
        relative(REGISTER, policy_path(card.policy)),
        card.policy,
        card.title,
        _begun(card.kind),
        tuple(_marks(card)),
        tuple(map(_review, card.reviews)),
        _last(card.falling),
        _begun(card.owner) or NONE,
        tuple(_begun(title) for title in card.audience),
        before,
        card.withdrawn.first.isoformat() if card.withdrawn else "",
        card.withdrawn.told if card.withdrawn else "",
    )


def _begun(title: str) -> str:
    """A title as it begins a line. Those that are no roles are written as they were typed: "pupils"."""
    return title[:1].upper() + title[1:]


def _marks(card: Card) -> Iterable[str]:
    if card.leaf.kind == "working":
        yield "not approved yet"
    if card.is_revised:
        yield "being revised"
    if card.publish == "internal":
        yield "internal"


def _last(falling: Sequence[Falling]) -> str:
    held = [one.last for one in falling if one.last]
    return max(held, key=lambda moment: moment.first).told if held else NEVER


def _review(one: Falling) -> Review:
    soon, due, overdue = (day.isoformat() for day in one.begins) if one.begins else ("", "", "")
    return Review(one.due.told if one.due else "not held yet", one.cycle, soon, due, overdue)
