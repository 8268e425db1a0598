"""What a document is read among: the roles of the school, and the policies it may name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from unicodedata import normalize

from policytool.model.settings import Role

LONGEST = 60
_DOCUMENT = re.compile(
    r"\b(?:Polic(?:y|ies)|Procedures?|Guidance|Guidelines|Statement|Code(?:\s+of\s+Conduct)?|Plan|Scheme|Protocol|Agreement)\b"
)
_APART = re.compile(r"[;,\n•|]|\s+/\s+")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Roles by id, and titles of known policies with their ids. `file` is what the document is told by."""

    file: str = ""
    roles: Mapping[str, Role] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    def role(self, words: str) -> str:
        """The id of the role whose title stands in these words, the longest if there are several; "" for none."""
        said = _plain(words)
        named = [(name, _plain(role.title)) for name, role in self.roles.items()]
        held = [(len(title), name) for name, title in named if title and f" {title} " in f" {said} "]
        if held:
            return max(held)[1]
        alike = [name for name, title in named if said and f" {said} " in f" {title} "]
        return alike[0] if len(alike) == 1 else ""

    def likely(self, *names: str) -> str:
        """The first of these roles that there is, or else the first role of all, or else the first of these."""
        return next((name for name in names if name in self.roles), next(iter(self.roles), names[0]))

    def policies(self, text: str) -> tuple[list[str], list[str]]:
        """The ids of the policies named in a list, in order, and the names that are not known."""
        known = sorted(((_plain(title), name) for title, name in self.titles.items()), key=lambda one: -len(one[0]))
        ids, strangers = list[str](), list[str]()
        for name in _names(text):
            said = _plain(name)
            found = next((one for title, one in known if title and said.endswith(title)), "")
            if found:
                ids.append(found)
            elif said:
                strangers.append(name)
        return list(dict.fromkeys(ids)), strangers


def _names(text: str) -> list[str]:
    """A list cut into names: at its signs, and after each word for a document."""
    names: list[str] = []
    for part in _APART.split(text):
        at = 0
        for match in _DOCUMENT.finditer(part):
            names.append(part[at : match.end()].strip(" .&"))
            at = match.end()
        if part[at:].strip(" .&"):
            names.append(part[at:].strip(" .&"))
    return [name for name in names if name]


def _plain(words: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", normalize("NFKD", words.replace("'", "").replace("’", "")).lower()))


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
