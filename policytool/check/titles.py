"""Titles of policies that are typed in the text of another and are no link."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from policytool.check.findings import TYPED_TITLE
from policytool.check.prose import Prose
from policytool.check.unlinked import Passage, linked
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.terms import defined_terms

_CAPITAL = re.compile(r"[A-Z][\w'-]*")
# What a title of a document has in it; without one, "Online Safety" could be anything.
_DOCUMENTS = (
    "Arrangements", "Charter", "Code", "Guidance", "Guidelines", "Handbook", "Plan", "Policies", "Policy", "Procedure",
    "Protocol", "Scheme", "Statement", "Strategy",
)  # fmt: skip
# A title in a longer one, or of one edition, is another document's: "Trust Lettings Policy", "Lettings Policy 2019".
_LONGER = re.compile(
    r"[- ](?:[A-Z]|\(?(?:19|20)\d\d\b)|[\w-]"
    r"| (?:and|&) (?:Code|Guidance|Guidelines|Policy|Procedures?|Statement)\b"
)
_WORD_BEFORE = re.compile(r"([\w'-]+)[- ]\Z")
_OPENS = re.compile(r"(?:\A|[.!?:;•“\"(]\s*)\Z")
_SMALL = frozenset(
    ("A", "All", "And", "By", "Each", "Every", "In", "Its", "Our", "Read", "See", "The", "Their", "This")
)


@dataclass(frozen=True, slots=True)
class Titles:
    """Titles by their first word, then by their first two: to the ids that have them. Apostrophes are straight.

    `kinds` are the words for a document that stand in any of them: a text without one holds no title.
    """

    known: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]
    kinds: frozenset[str] = frozenset()

    @classmethod
    def of(cls, library: Library) -> Titles:
        """The titles of all that can be cited, but for those that could be anything."""
        known: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
        kinds: set[str] = set()
        for (policy, label), target in library.targets.items():
            kind = "" if label else next((word for word in _DOCUMENTS if word in target.title), "")
            if kind and " " in target.title.strip():
                kinds.add(kind)
                title = " ".join(_straight(target.title).split())
                first, second = title.split(" ")[:2]
                same = known.setdefault(first, {}).setdefault(f"{first} {second}", {})
                same[title] = (*same.get(title, ()), policy)
        return cls(known, frozenset(kinds))

    def standing_in(self, text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The titles that stand somewhere in a text, with the ids that have them."""
        for first in {*_CAPITAL.findall(text)} & self.known.keys():
            for two, titles in self.known[first].items():
                if two in text:
                    yield from ((title, ids) for title, ids in titles.items() if title in text)


def _straight(text: str) -> str:
    """A text with straight apostrophes; as long as it was."""
    return text.replace("’", "'").replace("‘", "'")


def typed_titles(policy: Policy, titles: Titles, found: Iterable[Passage], words: str) -> Iterator[Diagnostic]:
    """Each title of another policy in these passages of a policy, whose words in a row are given too."""
    if not any(kind in words for kind in titles.kinds):
        return
    standing = dict(titles.standing_in(_straight(words)))
    for title in {_straight(term.words) for term in defined_terms(policy)} & standing.keys():
        del standing[title]
    if not any(policy.id not in ids for ids in standing.values()):
        return
    for passage in found:
        if any(title in _straight(passage.words) for title in standing):
            yield from _in_passage(policy, standing, passage.prose(policy.id))


def _in_passage(policy: Policy, standing: Mapping[str, tuple[str, ...]], prose: Prose) -> Iterator[Diagnostic]:
    text = _straight(prose.text)
    longest = sorted(standing, key=len, reverse=True)
    for match in re.finditer("|".join(map(re.escape, longest)), text):
        ids = standing[match[0]]
        if policy.id not in ids and _stands_alone(text, *match.span()):
            yield _found(policy, prose, match.span(), ids)


def _stands_alone(text: str, start: int, end: int) -> bool:
    before = _WORD_BEFORE.search(text, max(start - 40, 0), start)
    inside = text[start - 1 : start].isalnum() or bool(_LONGER.match(text, end))
    if inside or before is None or not before[1][0].isupper() or before[1] in _SMALL:
        return not inside
    return bool(_OPENS.search(text, max(before.start() - 10, 0), before.start()))


def _found(policy: Policy, prose: Prose, span: tuple[int, int], ids: tuple[str, ...]) -> Diagnostic:
    title = prose.text[slice(*span)]
    addresses = " or ".join(f"`[]({one}.md)`" for one in ids)
    message = f"“{title}” is typed, and no link to that policy"
    found = prose.found(TYPED_TITLE, policy.path, span, message, f"write {addresses}")
    changes = linked(prose, *span, f"{ids[0]}.md") if len(ids) == 1 else ()
    return found.mended_by(*changes, counts=False) if changes else found
