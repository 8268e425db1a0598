"""What a change touches beyond its wording: duties, numbers, sums, periods, dates, ages, roles, terms, negations.

Duty words by strength: may and can; should; must, shall, will, is or are required to; and each with its negation. A
prohibition that becomes a permission is weaker, whatever the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Indel

from policytool.model.comparison import Flag, FlagKind

_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|half"
)
_COUNT = rf"(?:\d[\d,]*(?:\.\d+)?|(?:{_SMALL})(?:[- ](?:{_SMALL}))*)"
_UNIT = r"(?:(?:working|school|calendar|clear|consecutive)\s+)?(?:minute|hour|day|week|fortnight|month|term|year)s?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DUTY = (
    r"must\s+neither|must\s+not|must|shall\s+not|shall|will\s+not|will|should\s+not|should|may\s+not|may|cannot|"
    r"can\s+not|can't|can|(?:is|are)\s+(?:not\s+)?required\s+to|mustn't|shouldn't|won't|ought\s+not\s+to|ought\s+to"
)

_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = (
    rf"\b{_DAY}\s+{_MONTH}(?:\s+\d{{4}})?\b|\b{_MONTH}\s+(?:\d{{1,2}},?\s+)?\d{{4}}\b|\b\d{{4}}-\d\d-\d\d\b|"
    r"\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b"
)
_SUM = (
    r"[£€$]\s?\d[\d,]*(?:\.\d+)?(?:\s?(?:k|m|million|thousand))?|"
    r"\b\d[\d,]*(?:\.\d+)?\s?(?:pounds|pence|euros|dollars|per\s+cent|%)"
)
_AGE = (
    rf"\b(?:aged?|ages|under|over|age\s+of|birthday\s+of)\s+(?:of\s+)?{_COUNT}(?:\s+(?:to|and|or)\s+{_COUNT})?\b"
    rf"(?!\s+{_UNIT})|\b{_COUNT}[- ]years?[- ]old\b|\b\w+th\s+birthday\b"
)
_OFTEN = r"immediately|annually|biennially|termly|monthly|weekly|daily|yearly|fortnightly|without\s+delay|at\s+once"

# In this order: what one kind has taken is not taken again by another.
_PATTERNS: tuple[tuple[FlagKind, re.Pattern[str]], ...] = (
    ("date", re.compile(_DATE)),
    ("sum", re.compile(_SUM, re.IGNORECASE)),
    ("age", re.compile(_AGE, re.IGNORECASE)),
    ("period", re.compile(rf"\b{_COUNT}[- ]{_UNIT}\b|\b(?:{_OFTEN})\b", re.IGNORECASE)),
    ("duty", re.compile(rf"\b(?:{_DUTY})(?![\w'])", re.IGNORECASE)),
    ("negation", re.compile(r"\b(?:not|never|no|nobody|none|nor|neither|without|unless|except)\b", re.IGNORECASE)),
    ("number", re.compile(rf"(?<![\w.,]){_COUNT}(?![\w%])", re.IGNORECASE)),
)
_ORDER: tuple[FlagKind, ...] = ("duty", "negation", "sum", "date", "period", "age", "number", "role", "term")
# What is told of a clause that is inserted or deleted whole.
_TELLING: tuple[FlagKind, ...] = ("duty", "sum", "date", "period", "age")

_STRENGTH = {"may": 1, "can": 1, "ought": 2, "should": 2, "must": 3, "shall": 3, "will": 3, "is": 3, "are": 3}
_EXPANDED = {"can't": "cannot", "won't": "will not", "mustn't": "must not", "shouldn't": "should not"}
_ONE = re.compile(r"\Aone\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Names:
    """The roles and the defined terms that are looked for, as they are written."""

    roles: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


def flags(before: str, after: str, names: Names) -> tuple[Flag, ...]:
    """What of substance differs between two texts; one of them is "" for what is inserted or deleted."""
    found: list[Flag] = []
    old, new = _substance(before, names), _substance(after, names)
    for kind in _ORDER if before and after else _TELLING:
        found += _differences(kind, old.get(kind, ()), new.get(kind, ()))
    return tuple(found)


def _substance(text: str, names: Names) -> dict[str, list[str]]:
    """The substantive words of a text by kind, in order; what one kind has taken is not taken again by another."""
    found: dict[str, list[str]] = {}
    rest = text
    for kind, pattern in (*_named(names), *_PATTERNS):
        found[kind] = [_folded(match[0]) for match in pattern.finditer(rest) if not _is_pronoun(kind, match[0])]
        rest = pattern.sub(lambda match: " " * len(match[0]), rest) if found[kind] else rest
    return found


def _is_pronoun(kind: str, word: str) -> bool:
    """Whether it is “one”, which is seldom a number."""
    return kind == "number" and bool(_ONE.match(word))


@cache
def _named(names: Names) -> tuple[tuple[str, re.Pattern[str]], ...]:
    made = []
    for kind, words in (("role", names.roles), ("term", names.terms)):
        listed = sorted({word for word in words if len(word) > 1}, key=len, reverse=True)
        if listed:
            made.append((kind, re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})s?\b", re.IGNORECASE)))
    return tuple(made)


def _folded(words: str) -> str:
    folded = " ".join(words.split()).casefold()
    return _EXPANDED.get(folded, folded)


def _differences(kind: FlagKind, old: Sequence[str], new: Sequence[str]) -> Iterable[Flag]:
    """What was taken away and what was added, in pairs where both happened at one place."""
    if list(old) == list(new):
        return
    taken: list[str] = []
    added: list[str] = []
    for opcode in Indel.opcodes(old, new):
        if opcode.tag == "equal":
            yield from _paired(kind, taken, added)
            taken, added = [], []
        taken += old[opcode.src_start : opcode.src_end] if opcode.tag == "delete" else []
        added += new[opcode.dest_start : opcode.dest_end] if opcode.tag == "insert" else []
    yield from _paired(kind, taken, added)


def _paired(kind: FlagKind, taken: Sequence[str], added: Sequence[str]) -> Iterable[Flag]:
    for index in range(max(len(taken), len(added))):
        before = taken[index] if index < len(taken) else ""
        after = added[index] if index < len(added) else ""
        if before != after:
            yield Flag(kind, before, after, _effect(before, after) if kind == "duty" else "")


def _effect(before: str, after: str) -> str:
    """Whether a duty became stronger or weaker; "" where it turned into its opposite or was only put differently."""
    if not before or not after:
        return ""
    forbids, forbids_now = _is_negated(before), _is_negated(after)
    strength, strength_now = _strength(before), _strength(after)
    if forbids != forbids_now or strength == strength_now:
        return ""
    return "stronger" if strength_now > strength else "weaker"


def _is_negated(duty: str) -> bool:
    return "not" in duty or "neither" in duty


def _strength(duty: str) -> int:
    """May not and cannot forbid as strongly as must not."""
    first = "can" if duty.startswith("can") else duty.split(maxsplit=1)[0]
    return 3 if first in ("may", "can") and _is_negated(duty) else _STRENGTH.get(first, 0)
