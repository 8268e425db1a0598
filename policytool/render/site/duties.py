"""Duties -> the page that tells whose they are, and a page for each holder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias
from urllib.parse import quote

from policytool.model.duties import among, plain
from policytool.model.site import DUTIES, Frame, policy_path, relative
from policytool.render.duties.listed import Line, Listed
from policytool.render.site.frame import framed
from policytool.render.site.holdings import KINDS, Holding, Share, holdings, key_of, kind
from policytool.render.terminal import count

MOST = 300
"""So many sentences are shown at once; where there are more, policies are folded."""
CLASSES = {"must": "", "must-not": "n", "should": "s", "may": "y"}
"""How strong a duty is, by classes of the style sheet, "" for the usual: short, as a page may have 20,000 of them."""


class Page(NamedTuple):
    """A page to be made: its path, a name for what it is made of but its frame, and what makes it."""

    path: str
    key: str
    make: Callable[[], bytes]


def pages(listed: Listed, frame: Frame, unapproved: frozenset[str] = frozenset()) -> Iterator[Page]:
    """The page that tells whose duties there are, and one for each holder who has any, none of them made yet.

    `unapproved` are the policies whose pages show wording that is not approved.
    """
    found = holdings(listed)
    key = key_of([(one.path, one.title, one.kind, _numbers(one)) for one in found])
    yield Page(DUTIES, key, partial(duties_page, found, frame))
    for one in found:
        if one.duties:
            yield Page(one.path, one.key(unapproved), partial(holder_page, one, frame, unapproved))


# --- the page of all


class Row(NamedTuple):
    """A line of the table: who, the page, and how many of each kind."""

    title: str
    href: str
    numbers: tuple[int, ...]


def duties_page(found: Sequence[Holding], frame: Frame) -> bytes:
    """The page that leads to everybody's duties, with how many there are."""
    rows = [(one, Row(one.title, relative(DUTIES, one.path), _numbers(one))) for one in found if one.duties]
    return framed(
        "duties.html.jinja",
        frame,
        DUTIES,
        "Duties",
        kinds=tuple(KINDS.values()),
        roles=[row for one, row in rows if one.kind == "role"],
        others=[row for one, row in rows if one.kind != "role"],
        idle=[one.title for one in found if not one.duties],
    )


def _numbers(one: Holding) -> tuple[int, ...]:
    return tuple(one.counts[name] for name in KINDS)


# --- the pages of holders

Marked: TypeAlias = tuple[str, str, str]
"""Some words of a sentence, then the words of a duty, and their class where it is not that of the whole line."""


class Told(NamedTuple):
    """A sentence as it is shown: its class, the clause and its link, and the words with those of its duties apart."""

    kind: str
    number: str
    href: str
    marked: Sequence[Marked]
    rest: str


class Part(NamedTuple):
    """The duties that one policy lays down: its title, whether its wording is approved, the sentences."""

    title: str
    is_approved: bool
    number: str
    lines: Iterator[Told]


def holder_page(holding: Holding, frame: Frame, unapproved: frozenset[str] = frozenset()) -> bytes:
    """The duties of one holder by policy; `unapproved` are policies whose pages show wording that is not approved."""
    counts = holding.counts
    return framed(
        "holder.html.jinja",
        frame,
        holding.path,
        f"Duties: {holding.title}",
        ("duties",),
        heading=holding.title,
        parts=(_part(share, holding.path, unapproved) for share in holding.shares),
        summary=_summary(counts, len(holding.shares)),
        kinds=[(CLASSES[name], words, counts[name]) for name, words in KINDS.items() if counts[name]],
        overview=relative(holding.path, DUTIES),
        is_long=counts.total() > MOST,
        has_unapproved=any(share.policy in unapproved for share in holding.shares),
    )


def _summary(counts: Counter[str], policies: int) -> str:
    """How many there are: "12 duties in 3 policies: 8 must, 2 must not, 2 may."."""
    if not counts:
        return "There are no such duties."
    said = ", ".join(f"{counts[name]} {words}" for name, words in KINDS.items() if counts[name])
    return f"{count(counts.total(), 'duty', 'duties')} in {count(policies, 'policy', 'policies')}: {said}."


def _part(share: Share, path: str, unapproved: frozenset[str]) -> Part:
    href = relative(path, policy_path(share.policy))
    number = count(len(share.lines), "duty", "duties")
    return Part(share.title, share.policy not in unapproved, number, (_told(line, href) for line in share.lines))


def _told(line: Line, href: str) -> Told:
    own, kinds, words = _kinds(tuple((one.word, kind(one)) for one in line.duties))
    found: list[Marked] = []
    end = 0
    for start, stop in among(line.words, words):
        found.append((line.words[end:start], line.words[start:stop], kinds[plain(line.words[start:stop])]))
        end = stop
    place = f"#{quote(line.anchor, errors='ignore')}" if line.anchor else ""
    return Told(own, line.number, href + place, found, line.words[end:])


@lru_cache(maxsize=512)
def _kinds(duties: tuple[tuple[str, str], ...]) -> tuple[str, Mapping[str, str], frozenset[str]]:
    """The class of a line, and of those words in it that have another, by its duty words; and those words."""
    own = CLASSES[duties[0][1]]
    kinds = {plain(word): CLASSES[name] for word, name in reversed(duties)}
    return own, {word: (is_as or "m") if is_as != own else "" for word, is_as in kinds.items()}, frozenset(kinds)
