"""A date as people type it -> the day or month it names."""

from __future__ import annotations

import re
from itertools import count

from policytool.model.time import Moment

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(?P<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"\b(?P<year>(?:19|20)\d\d)-(?P<number>\d\d)(?:-(?P<day>\d\d))?\b",
        r"\b(?P<day>\d{1,2})[/.](?P<number>\d{1,2})[/.](?P<year>(?:(?:19|20)\d\d|\d\d))\b",
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d\d)\b",
        rf"\b{_MONTH},?\s+(?P<year>(?:(?:19|20)\d\d|\d\d))\b",
    )
)
_CENTURY = 2000
VAGUE = re.compile(r"\b(?:Spring|Summer|Autumn|Winter)(?:\s+term)?\s+(?:19|20)\d\d\b|\b(?:19|20)\d\d\b", re.IGNORECASE)
"""A term or a year: no date that a review could be held on."""


def moment(text: str) -> Moment | None:
    """The first day or month in a text, days before months as is usual here; None where there is none."""
    for form in _FORMS:
        for match in form.finditer(text):
            read = _moment(match.groupdict())
            if read.is_real:
                return read
    return None


def without_dates(text: str) -> str:
    """The text without the dates in it."""
    for form in _FORMS:
        text = form.sub(" ", text)
    return " ".join(VAGUE.sub(" ", text).split())


def _moment(parts: dict[str, str | None]) -> Moment:
    year = int(parts["year"] or 0)
    named = next(
        (turn for turn, name in zip(count(1), _NAMES, strict=False) if name == (parts.get("month") or "").lower()), 0
    )
    number = named or int(parts.get("number") or 0)
    return Moment(year if year >= 100 else _CENTURY + year, number, int(parts.get("day") or 0))  # noqa: PLR2004  # two figures


def months_between(first: Moment, second: Moment) -> int:
    """Whole months from one to the other."""
    return (second.year - first.year) * 12 + second.month - first.month
