"""References that are typed where a link should be, looked for only where the words could hold one.

As the patterns for numbers take longer to make than most policies to check, they are not made in vain.
"""

from __future__ import annotations

from collections.abc import Iterator

from policytool.check.titles import Titles, typed_titles
from policytool.check.unlinked import Passage, passages
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy

_SIGNS = (*"0123456789", "nnex", "ppendi", "PPENDI")


def typed_references(library: Library) -> Iterator[Diagnostic]:
    """Numbers of clauses, and titles of policies, that are typed in the text and not linked."""
    titles = Titles.of(library)
    for policy in library.policies.values():
        found = passages(policy)
        words = "\n".join([one.words for one in found])
        if _may_hold(words):
            yield from _numbers(policy, [one for one in found if _may_hold(one.words)])
        yield from typed_titles(policy, titles, found, words)


def _may_hold(words: str) -> bool:
    return any(sign in words for sign in _SIGNS)


def _numbers(policy: Policy, found: list[Passage]) -> Iterator[Diagnostic]:
    from policytool.check.numbers import typed_numbers

    yield from typed_numbers(policy, found)
