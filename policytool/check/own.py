"""The rules about what a policy says of its own reviews, asked only where its words could say anything of them.

Their patterns take longer to make than most policies to check, so that they are not made in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from policytool.model.block import words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Inlines, plain
from policytool.model.policy import Policy
from policytool.model.settings import Settings

_DONE = ("adopt", "agreed", "amend", "approv", "ratif", "review", "revis", "updat")
_OFTEN = ("annual", "by ", "each", "ennial", "every", "month", "quarter", "term", "year")
_FIGURES = re.compile(r"\d\d")


def own_reviews(policy: Policy, settings: Settings) -> Iterator[Diagnostic]:
    """Where the text contradicts the policy's review cycles, and where it has a review date typed in it."""
    spoken = [_said(words_of(block)) for block in policy.walk()]
    if any("review" in said and any(word in said for word in _OFTEN) for said in spoken):
        from policytool.check.reviews import other_cycles

        yield from other_cycles(policy, settings)
    if any(_FIGURES.search(said) and any(word in said for word in _DONE) for said in spoken):
        from policytool.check.dates import typed_dates

        yield from typed_dates(policy)


def _said(runs: tuple[Inlines, ...]) -> str:
    """The words of a block in small letters, those of a table's cells in a row."""
    return " ".join([plain(words) for words in runs]).lower()
