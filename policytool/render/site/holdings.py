"""Duties -> everybody's: whose they are, how many of each kind, and the page on which they are told."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from itertools import groupby
from typing import Literal, NamedTuple, TypeAlias
from unicodedata import normalize

from policytool.model.duty import Duty
from policytool.model.site import NOBODY, group_path, role_path
from policytool.render.duties.listed import UNATTRIBUTED, Line, Listed, lines

HolderKind: TypeAlias = Literal["role", "group", "nobody"]
KINDS = {"must": "must", "must-not": "must not", "should": "should", "may": "may"}
"""How strong a duty is, by name; "should" holds what should not be, "may" what need not be."""
_LONGEST = 80
"""Characters of a slug: a file may be called so on any disk."""


class Share(NamedTuple):
    """What one policy lays on somebody: its id and title, and a line a sentence."""

    policy: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Holding:
    """Somebody's duties. `who` is the id of a role, else what a group is called, "" for nobody named.

    `path` is the page on which they are told. `duties` are in the order of `Listed`, `titles` those of all policies.
    """

    who: str
    title: str
    kind: HolderKind
    path: str
    titles: Mapping[str, str]
    duties: tuple[Duty, ...] = ()

    @cached_property
    def shares(self) -> tuple[Share, ...]:
        """What each policy lays on them."""
        by_policy = groupby(self.duties, key=lambda one: one.policy)
        return tuple(Share(policy, self.titles[policy], lines(tuple(found))) for policy, found in by_policy)

    @cached_property
    def counts(self) -> Counter[str]:
        """How many sentences there are of each kind, each by its strongest duty; without making lines of them."""
        strongest: dict[tuple[str, str, str], Duty] = {}
        for one in self.duties:
            strongest.setdefault((one.policy, one.number, one.words), one)
        return Counter(map(kind, strongest.values()))

    def key(self, unapproved: frozenset[str] = frozenset()) -> str:
        """A name for all that the page is made of but its frame."""
        told = [
            (one.policy, one.number, one.anchor, one.word, one.strength, one.negated, one.words) for one in self.duties
        ]
        policies = [(name, self.titles[name], name in unapproved) for name in dict.fromkeys(one[0] for one in told)]
        return key_of(self.path, self.title, policies, told)


def key_of(*said: object) -> str:
    """A short name for what is said, in hexadecimal digits."""
    return sha256(repr(said).encode()).hexdigest()[:32]


def holdings(listed: Listed) -> tuple[Holding, ...]:
    """Everybody's duties: all roles of the settings, those without any too; then groups; last what names nobody."""
    found = {who: tuple(same) for who, same in groupby(listed.duties, key=lambda one: one.who)}
    slug = slugs()

    def holding(who: str) -> Holding:
        what, path = _place(who, listed, slug)
        title = listed.settings.title(who) if what == "role" else listed.holder(who) if who else UNATTRIBUTED
        return Holding(who, title, what, path, listed.titles, found.get(who, ()))

    roles = listed.settings.roles
    groups = (who for who in found if who and who not in roles)
    return tuple(holding(who) for who in (*roles, *groups, *([""] if "" in found else [])))


def _place(who: str, listed: Listed, slug: Callable[[str], str]) -> tuple[HolderKind, str]:
    if not who:
        return "nobody", NOBODY
    return ("role", role_path(who)) if who in listed.settings.roles else ("group", group_path(slug(who)))


def slugs() -> Callable[[str], str]:
    """What makes a slug of words: a-z, 0-9 and hyphens, another one each time; a number where no letter is left."""
    taken: set[str] = set()

    def slug(words: str) -> str:
        letters = normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", letters)[:_LONGEST].strip("-")
        number, found = 1, base or "1"
        while found in taken:
            number += 1
            found = f"{base}-{number}" if base else str(number)
        taken.add(found)
        return found

    return slug


def kind(duty: Duty) -> str:
    """How strong a duty is, as `KINDS` name it."""
    return "must-not" if duty.strength == "must" and duty.negated else duty.strength
