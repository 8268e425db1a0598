"""References that are typed where a link should be, looked for only where the words could hold one.

As the patterns for numbers take longer to make than most policies to check, they are not made in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytool.check.titles import Titles, typed_titles
from policytool.check.unlinked import Passage, passages
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library

_MAYBE = re.compile(r"[0-9]|ppendi|nnex|PPENDI|NNEX")


def typed_references(library: Library) -> Iterator[Diagnostic]:
    """Numbers of clauses, and titles of policies, that are typed in the text and not linked."""
    titles = Titles.of(library)
    for policy in library.policies.values():
        found = list(passages(policy))
        likely = [one for one in found if _MAYBE.search(one.words)]
        if likely:
            yield from _numbers(library, policy.id, likely)
        yield from typed_titles(policy, titles, found)


def _numbers(library: Library, policy: str, found: list[Passage]) -> Iterator[Diagnostic]:
    from policytool.check.numbers import typed_numbers

    yield from typed_numbers(library.policies[policy], found)
