"""Words that say how often -> how long that is: "annually", "every two years", "each term"."""

from __future__ import annotations

import re
from typing import NamedTuple

from policytool.model.time import Duration

_DAYS = {"week": 7.0, "month": 365.25 / 12, "year": 365.25}
_SLACK = 0.02  # a year is as good as 52 weeks
_COUNTS = {
    word: count
    for count, words in enumerate(
        ("one", "two second other", "three third", "four fourth", "five fifth", "six", "seven", "eight", "nine"), 1
    )
    for word in words.split()
} | {"ten": 10, "twelve": 12, "eighteen": 18, "twenty-four": 24, "thirty-six": 36}
# In months, the shortest and the longest that is meant: a school has three terms, and a term has three to four months.
_MEANT = {
    "annual": (12, 12), "yearly": (12, 12), "year": (12, 12),
    "biennial": (24, 24), "triennial": (36, 36),
    "monthly": (1, 1), "month": (1, 1),
    "quarterly": (3, 3), "quarter": (3, 3),
    "termly": (3, 4), "term": (3, 4),
    "half-yearly": (6, 6), "twice a year": (6, 6), "twice yearly": (6, 6),
}  # fmt: skip
_COUNT = rf"(?:\d{{1,2}}|{'|'.join(sorted(_COUNTS, key=len, reverse=True))})"
_YEAR = r"(?:(?:academic|school|calendar)\s+)?year"
OFTEN = (
    rf"(?<![\w-])(?P<often>(?:(?:once\s+)?(?:every|each)\s+|on\s+an?\s+(?=\S+\s*year(?:ly)?\s+(?:cycle|basis)))"
    rf"(?P<count>{_COUNT})[\s-]+(?P<unit>week|month|year)(?:s|ly)?(?:\s+(?:cycle|basis))?(?![\w-])"
    rf"|(?:once\s+)?(?:every|each)\s+(?P<one>{_YEAR}|term|quarter|month)(?![\w-])"
    rf"|once\s+(?:a|per|in)\s+(?P<once>{_YEAR}|term)(?![\w-])"
    r"|(?:on\s+an?\s+)?(?P<name>half-yearly|annual|biennial|triennial|monthly|quarterly|termly|yearly)"
    r"(?:ly)?(?:\s+basis)?(?![\w-])"
    r"|(?P<twice>twice\s+(?:a\s+year|yearly)))"
)
"""How often, as an adverb. Left alone is "biannually", which people use for both twice a year and every two years."""
ADJECTIVE = (
    rf"(?P<often>(?P<name>annual|yearly|biennial|triennial|quarterly|termly|monthly|half-yearly)"
    rf"|(?P<count>{_COUNT})[\s-]+(?P<unit>week|month|year)(?:ly)?)"
)
"""How often, before the word "review"."""
_LEAST = re.compile(
    r"(?:\bat\s+least|\bat\s+a\s+minimum(?:\s+of)?|\ba\s+minimum\s+of|\bminimum"
    r"|\b(?:no|not)\s+less\s+(?:often\s+|frequently\s+)?than|\bwithin),?\s*\Z",
    re.IGNORECASE,
)
_SOONER = re.compile(
    r"\b(?:sooner|earlier|more\s+(?:often|frequently|regularly)|or\s+(?:if|as|when|where|whenever|following|after)\b)",
    re.IGNORECASE,
)
_NEAR, _FAR = 40, 200  # characters before and after, in which it may stand that sooner will do


class Often(NamedTuple):
    """From the shortest to the longest time meant, in days; `least`: or more often."""

    shortest: float
    longest: float
    least: bool

    def allows(self, every: Duration) -> bool:
        """Whether a cycle is what the words say."""
        days = every.count * _DAYS[every.unit]
        return days <= self.longest * (1 + _SLACK) and (self.least or days >= self.shortest * (1 - _SLACK))


def often(match: re.Match[str], sentence: str) -> Often:
    """What the words found by `OFTEN` or `ADJECTIVE` mean in their sentence."""
    start, end = match.span("often")
    least = bool(_LEAST.search(sentence[max(start - _NEAR, 0) : start]) or _SOONER.search(sentence, end, end + _FAR))
    found = {name: " ".join(words.lower().split()) for name, words in match.groupdict().items() if words}
    if "count" in found:
        count = int(found["count"]) if found["count"].isdigit() else _COUNTS[found["count"]]
        days = count * _DAYS[found["unit"]]
        return Often(days, days, least)
    named = next(found[name] for name in ("one", "once", "name", "twice") if name in found)
    shortest, longest = _MEANT[named if named in _MEANT else named.rpartition(" ")[2]]
    return Often(shortest * _DAYS["month"], longest * _DAYS["month"], least)
