"""What a document is read among: the roles of the school, and the policies it may name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from unicodedata import normalize

from policytool.model.settings import Role
from policytool.parse.drafting.names import Titles, plainly

LONGEST = 60


@dataclass(frozen=True)
class Surroundings:
    """Roles by id, and titles of known policies with their ids. `file` is what the document is told by.

    `school` are the names that the school calls itself; `cycle` and `by` are the review that the user names, if any.
    """

    file: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    school: tuple[str, ...] = ()
    cycle: str = ""
    by: str = ""

    def role(self, words: str) -> str:
        """The id of the role whose title stands in these words, the longest if there are several; "" for none."""
        said = plainly(words)
        named = [(name, plainly(role.title)) for name, role in self.roles.items()]
        held = [(len(title), name) for name, title in named if title and f" {title} " in f" {said} "]
        if held:
            return max(held)[1]
        alike = [name for name, title in named if said and f" {said} " in f" {title} "]
        return alike[0] if len(alike) == 1 else ""

    def likely(self, *names: str) -> str:
        """The first of these roles that there is, or else the first role of all, or else the first of these."""
        return next((name for name in names if name in self.roles), next(iter(self.roles), names[0]))

    @cached_property
    def named(self) -> Titles:
        """The known policies, to look names up in."""
        return Titles.of(self.titles, self.school)


def policy_id(title: str) -> str:
    """An id for a policy from its title or the name of its file: small letters, figures and hyphens."""
    said = normalize("NFKD", title.replace("'", "").replace("’", "")).encode("ascii", "ignore").decode().lower()
    words = [word for word in re.findall(r"[a-z0-9]+", said) if word not in ("the", "a", "of", "for", "and")]
    while words and words[0][0].isdigit():
        words = words[1:]
    short = words[:-1] if len(words) > 1 and words[-1] == "policy" else words
    made = ""
    for word in short:
        if len(made) + len(word) >= LONGEST:
            break
        made = f"{made}-{word}" if made else word
    return made or "policy"
