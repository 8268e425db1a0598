"""Duties -> the page that tells whose they are, a page for each role, and one for all others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from policytool.model.artifact import Artifact
from policytool.model.duties import duties as duty_words
from policytool.model.duty import Duty
from policytool.model.site import DUTIES, Frame, policy_path, relative, role_path
from policytool.render.duties.listed import UNATTRIBUTED, Line, Listed
from policytool.render.site.frame import framed
from policytool.render.terminal import count

KINDS = {"must": "must", "must-not": "must not", "should": "should", "may": "may"}
"""How strong a duty is, by classes of the style sheet; "should" holds what should not be, "may" what need not be."""
MOST = 300
"""So many sentences a browser lays out at once; of more, only those that are on the screen."""
OTHERS = "Groups, and duties of nobody named"


@dataclass(frozen=True, slots=True)
class Share:
    """What one policy lays on somebody: its id and title, and a line a sentence."""

    policy: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Holding:
    """Somebody's duties, by policy. `who` is the id of a role, else what a group is called, "" for nobody named."""

    who: str
    title: str
    is_role: bool
    shares: tuple[Share, ...] = ()

    @cached_property
    def counts(self) -> Counter[str]:
        """How many sentences there are of each kind, each by its strongest duty."""
        return Counter(kind(line.duties[0]) for share in self.shares for line in share.lines)


def holdings(listed: Listed) -> tuple[Holding, ...]:
    """Everybody's duties: all roles of the settings, those without any too; then groups; last what names nobody."""
    roles = listed.settings.roles
    found = {who: _holding(who, listed, policies) for who, policies in listed.groups}
    idle = [Holding(who, role.title, is_role=True) for who, role in roles.items() if who not in found]
    named = [one for one in found.values() if one.is_role]
    order = {who: place for place, who in enumerate(roles)}
    others = [one for one in found.values() if not one.is_role]
    return (*sorted([*named, *idle], key=lambda one: order[one.who]), *others)


def _holding(who: str, listed: Listed, policies: Iterable[tuple[str, tuple[Line, ...]]]) -> Holding:
    shares = tuple(Share(policy, listed.titles[policy], lines) for policy, lines in policies)
    return Holding(who, listed.holder(who) if who else UNATTRIBUTED, who in listed.settings.roles, shares)


def kind(duty: Duty) -> str:
    """How strong a duty is, as a class of the style sheet."""
    return "must-not" if duty.strength == "must" and duty.negated else duty.strength


def duties_pages(listed: Listed, frame: Frame, unapproved: frozenset[str] = frozenset()) -> Iterator[Artifact]:
    """Every page of duties; `unapproved` are the policies whose pages show wording that is not approved."""
    found = holdings(listed)
    yield Artifact(DUTIES, duties_page(found, frame))
    for one in found:
        if one.is_role and one.shares:
            yield Artifact(role_path(one.who), role_page(one, frame, unapproved))
    if not all(one.is_role for one in found):
        yield Artifact(role_path(""), others_page(found, frame, unapproved))


# --- the page of all


class Row(NamedTuple):
    """A line of the table: who, the page, and how many of each kind."""

    title: str
    href: str
    numbers: tuple[int, ...]


def duties_page(found: Sequence[Holding], frame: Frame) -> bytes:
    """The page that leads to everybody's duties, with how many there are."""
    roles = [one for one in found if one.is_role and one.shares]
    others = [one for one in found if not one.is_role]
    return framed(
        "duties.html.jinja",
        frame,
        DUTIES,
        "Duties",
        kinds=tuple(KINDS.values()),
        roles=[Row(one.title, relative(DUTIES, role_path(one.who)), _numbers(one)) for one in roles],
        others=[
            Row(one.title, relative(DUTIES, role_path(""), _anchor(place)), _numbers(one))
            for place, one in enumerate(others, 1)
        ],
        idle=[one.title for one in found if one.is_role and not one.shares],
    )


def _numbers(one: Holding) -> tuple[int, ...]:
    return tuple(one.counts[name] for name in KINDS)


def _anchor(place: int) -> str:
    return f"_group-{place}"


# --- the pages of holders


class Word(NamedTuple):
    """Some of a sentence; `kind` is that of the duty that it lays down, "" for what lays down none."""

    text: str
    kind: str = ""


class Told(NamedTuple):
    """A sentence as it is shown: how strong it is, the clause and its link, and the words."""

    kind: str
    number: str
    href: str
    words: tuple[Word, ...]


class Part(NamedTuple):
    """The duties that one policy lays down: its title, its page, whether its wording is approved, the sentences."""

    title: str
    href: str
    is_approved: bool
    number: str
    lines: tuple[Told, ...]


class Group(NamedTuple):
    """One holder on a page: an id, what it is called, and the parts; a role has a page of its own and no heading."""

    id: str
    title: str
    parts: tuple[Part, ...]


def role_page(holding: Holding, frame: Frame, unapproved: frozenset[str] = frozenset()) -> bytes:
    """The duties of a role by policy; `unapproved` are the policies whose pages show wording that is not approved."""
    path = role_path(holding.who)
    groups = [Group("", "", _parts(holding, path, unapproved))]
    return _page(path, f"Duties: {holding.title}", holding.title, groups, [holding], frame)


def others_page(found: Sequence[Holding], frame: Frame, unapproved: frozenset[str] = frozenset()) -> bytes:
    """The duties of groups that are no role, and of nobody named. Roles are left out."""
    path = role_path("")
    others = [one for one in found if not one.is_role]
    groups = [Group(_anchor(place), one.title, _parts(one, path, unapproved)) for place, one in enumerate(others, 1)]
    return _page(path, f"Duties: {OTHERS}", OTHERS, groups, others, frame)


def _page(
    path: str, title: str, heading: str, groups: Sequence[Group], found: Sequence[Holding], frame: Frame
) -> bytes:
    counts = sum((one.counts for one in found), Counter[str]())
    return framed(
        "role.html.jinja",
        frame,
        path,
        title,
        ("duties",),
        heading=heading,
        groups=groups,
        summary=_summary(counts, len({share.policy for one in found for share in one.shares})),
        kinds=[(name, words, counts[name]) for name, words in KINDS.items() if counts[name]],
        overview=relative(path, DUTIES),
        is_long=counts.total() > MOST,
        has_unapproved=any(not part.is_approved for group in groups for part in group.parts),
    )


def _summary(counts: Counter[str], policies: int) -> str:
    """How many there are: "12 duties in 3 policies: 8 must, 2 must not, 2 may."."""
    if not counts:
        return "There are no such duties."
    said = ", ".join(f"{counts[name]} {words}" for name, words in KINDS.items() if counts[name])
    return f"{count(counts.total(), 'duty', 'duties')} in {count(policies, 'policy', 'policies')}: {said}."


def _parts(holding: Holding, path: str, unapproved: frozenset[str]) -> tuple[Part, ...]:
    return tuple(
        Part(
            share.title,
            relative(path, policy_path(share.policy)),
            share.policy not in unapproved,
            count(len(share.lines), "duty", "duties"),
            tuple(_told(line, path) for line in share.lines),
        )
        for share in holding.shares
    )


def _told(line: Line, path: str) -> Told:
    href = relative(path, policy_path(line.policy), line.anchor)
    return Told(kind(line.duties[0]), line.number, href, tuple(_words(line)))


def _words(line: Line) -> list[Word]:
    """The sentence, with the words of its duties apart."""
    kinds = {_plain(one.word): kind(one) for one in reversed(line.duties)}
    found: list[Word] = []
    end = 0
    for start, stop in duty_words(line.words):
        if name := kinds.get(_plain(line.words[start:stop])):
            found += [Word(line.words[end:start]), Word(line.words[start:stop], name)]
            end = stop
    return [one for one in (*found, Word(line.words[end:])) if one.text]


def _plain(word: str) -> str:
    """A duty word, however it is written."""
    return " ".join(word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
