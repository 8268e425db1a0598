"""What a change touches beyond its wording: duties, numbers, sums, periods, dates, ages, roles, terms, negations.

A prohibition that becomes a permission is weaker, whatever the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from typing import NamedTuple

from rapidfuzz.distance import Indel

from policytool.compare.said import plain_said
from policytool.model import duties
from policytool.model.comparison import Flag, FlagKind

_SMALL = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|"
    "(?:twen|thir|for|fif|six|seven|eigh|nine)ty|hundred|thousand|half"
)
_COUNT = rf"(?:\d[\d,]*(?:\.\d+)*|(?:{_SMALL})(?:[- ](?:{_SMALL}))*)"
_UNIT = r"(?:(?:working|school|calendar|clear|consecutive)\s+)?(?:minute|hour|day|week|fortnight|month|term|year)s?"
_MONTH = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"

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
_OFTEN = "immediately|annually|biennially|termly|monthly|weekly|daily|yearly|fortnightly|without delay|at once"

_DIGITS = "0123456789"


class _Kind(NamedTuple):
    """What one kind of substance looks like, and the words without one of which (or without a digit) it cannot be."""

    name: FlagKind
    pattern: str
    hints: frozenset[str]


def _hints(words: str) -> frozenset[str]:
    return frozenset(words.split())


_NUMERALS = _hints(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand half"
) | frozenset(_DIGITS)
_UNITS = "minute hour day week fortnight month term year"
# In small letters, and in this order: what one kind has taken is not taken again by another.
_KINDS = (
    _Kind("sum", _SUM, frozenset(_DIGITS)),
    _Kind("age", _AGE, _hints("age aged ages under over birthday old")),
    _Kind(
        "period",
        rf"\b{_COUNT}[- ]{_UNIT}\b|\b(?:{_OFTEN})\b",
        _hints(_UNITS) | _hints(_UNITS.replace(" ", "s ") + "s") | frozenset(re.split(r"\W", _OFTEN)),
    ),
    _Kind("duty", duties.PATTERN, duties.HINTS),
    _Kind(
        "negation",
        r"\b(?:not|never|no|nobody|none|nor|neither|without|unless|except)\b",
        _hints("not never no nobody none nor neither without unless except"),
    ),
    _Kind("number", rf"(?<![\w.,]){_COUNT}(?![\w%])", _NUMERALS),
)
_HINT = re.compile(r"[^\W\d_]+|\d")
_ORDER: tuple[FlagKind, ...] = ("duty", "negation", "sum", "date", "period", "age", "number", "role", "term")
# What is told of a clause that is inserted or deleted whole.
_TELLING: tuple[FlagKind, ...] = ("duty", "sum", "date", "period", "age")

_STRENGTH = {"may": 1, "can": 1, "ought": 2, "should": 2, "must": 3, "shall": 3, "will": 3, "is": 3, "are": 3}
_EXPANDED = {"can't": "cannot", "won't": "will not", "mustn't": "must not", "shouldn't": "should not"}


class Names(NamedTuple):
    """The roles and the defined terms that are looked for, in small letters."""

    roles: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()

    @classmethod
    def of(cls, roles: Iterable[str], terms: Iterable[str]) -> Names:
        """Names in whatever letters they are written, each once; a single letter is no name."""
        return cls(*(tuple({word.casefold(): None for word in words if len(word) > 1}) for words in (roles, terms)))


def flags(before: str, after: str, names: Names) -> tuple[Flag, ...]:
    """What of substance differs between two texts; one of them is "" for what is inserted or deleted."""
    kinds = _ORDER if before and after else _TELLING
    old, new = _substance(plain_said(before), names, kinds), _substance(plain_said(after), names, kinds)
    found: list[Flag] = []
    for kind in kinds:
        found += _differences(kind, old.get(kind, ()), new.get(kind, ()))
    return tuple(found)


def _substance(text: str, names: Names, kinds: Sequence[FlagKind]) -> dict[FlagKind, list[str]]:
    """The substantive words of a text by kind, in order; what one kind has taken is not taken again by another."""
    found: dict[FlagKind, list[str]] = {}
    if not _NUMERALS.isdisjoint(text):
        found["date"] = []  # first, while May, the month, is told from may by its capital
        text = _pattern(_DATE).sub(partial(_take, found["date"]), text)
    text = text.casefold()
    for kind, pattern in _patterns(text, names):
        if kind in kinds:
            found[kind] = []
            text = pattern.sub(partial(_take, found[kind]), text)
    if "number" in found:  # "one" is seldom a number
        found["number"] = [word for word in found["number"] if word != "one"]
    return found


def _take(taken: list[str], match: re.Match[str]) -> str:
    """Note what was found, and leave blanks in its place."""
    taken.append(_folded(match[0]))
    return " " * len(match[0])


def _patterns(text: str, names: Names) -> Iterator[tuple[FlagKind, re.Pattern[str]]]:
    """The patterns that may be found in a text, judged by its words, which is a tenth of the work of looking."""
    if any(role in text for role in names.roles):
        yield "role", _named(names.roles)
    if any(term in text for term in names.terms):
        yield "term", _named(names.terms)
    words = set(_HINT.findall(text))
    for kind in _KINDS:
        if not kind.hints.isdisjoint(words):
            yield kind.name, _pattern(kind.pattern)


@cache
def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


@lru_cache(maxsize=64)
def _named(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of some names, the longest first."""
    listed = sorted(words, key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, listed))})s?\b")


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
