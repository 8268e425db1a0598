"""Words as they were typed -> the number or sign that somebody typed before them.

What only looks like a number is left to the words: a year, a day, a quantity, a time, a citation that a sentence begins
with ("Section 3 applies to staff").
"""

from __future__ import annotations

import re

BULLETS = "•◦▪▫‣⁃●○■□◆❖➢➤✓✔·*–—-\uf0b7\uf0a7\uf0d8\uf076\uf0fc"
_ROMAN = r"(?=[ivxlcIVXLC])(?:[xX]{0,3}(?:i[xv]|I[XV]|v?i{0,3}|V?I{0,3})|[xX]?[lLcC][xXvViI]{0,5})"
_END = r"(?=\s|$)"
_DOTTED = re.compile(rf"(?P<number>\d{{1,3}}(?:\.\d{{1,4}})+)[.):]?(?:{_END}|(?=[A-Z][a-z]))")
_PLAIN = re.compile(rf"\(?\d{{1,3}}[.)]\)?(?:{_END}|(?=[A-Z][a-z]))")
_BARE = re.compile(r"\d{1,3}(?=\t| {2,}\S)")
_LETTERED = re.compile(
    rf"(?:\((?:[a-zA-Z]|[a-z]{{2}}|{_ROMAN})\)|(?:[a-zA-Z]|([a-z])\1|{_ROMAN})\)|{_ROMAN}\.|[a-zA-H]\.){_END}"
)
_SIGN = re.compile(rf"(?:[{re.escape(BULLETS)}]|o(?=\t)){_END}")
_NUMBER = rf"(?:\d{{1,3}}(?:\.\d{{1,3}})*|[A-Z]\d{{0,2}}|{_ROMAN})"
_NAMED = re.compile(
    rf"(?P<name>Appendix|Annexe?|Schedule|Article|Chapter|Part|Section|APPENDIX|ANNEXE?|SCHEDULE|ARTICLE|CHAPTER|PART"
    rf"|SECTION)[ \xa0\t]+{_NUMBER}(?P<end>[:.](?=\s|$)|(?=\s*$)|(?=\s+[-–—]\s)|(?=\t|  )|(?=[ \xa0][A-Z]))"
)
_DASH = re.compile(r"\s*(?:[-–—](?=\s)\s*)?")
_TITLED = ("appendix", "annex", "annexe", "schedule", "article", "chapter")  # a citation seldom begins with these
_DATE = re.compile(r"\d\d\.\d\d\.(?:\d\d){1,2}$")
_YEAR = re.compile(r"\d{4}$|00$")
_QUANTITY = re.compile(
    r"\s*(?:%|am\b|pm\b|per\b|percent|million|billion|thousand|times\b|hours?\b|minutes?\b|days?\b|weeks?\b|months?\b"
    r"|years?\b|metres?\b|miles?\b|km\b|cm\b|kg\b|[GM]B\b|[–—-]\s*\d)"
)


def marker(text: str) -> tuple[str, int]:
    """What is typed before the words, and how many characters it takes, blanks round it too; ("", 0) for nothing."""
    start = len(text) - len(text.lstrip())
    for found in _found(text, start):
        blanks = _DASH if found.re is _NAMED else _BLANKS
        after = blanks.match(text, found.end())
        return found[0], after.end() if after else found.end()
    return "", 0


_BLANKS = re.compile(r"\s*")


def _found(text: str, start: int) -> list[re.Match[str]]:
    """The first of the kinds of marker that stands there, if any does."""
    if (dotted := _DOTTED.match(text, start)) is not None:
        return [] if _is_measure(dotted, text) else [dotted]
    for pattern in (_PLAIN, _BARE, _LETTERED, _SIGN, _NAMED):
        if (found := pattern.match(text, start)) is not None:
            return [] if pattern is _NAMED and _is_cited(found) else [found]
    return []


def _is_measure(found: re.Match[str], text: str) -> bool:
    """Whether a number with points is a date, a time or a quantity: 10.12.14, 9.00, 2.5 hours."""
    number, last = found["number"], found["number"].rpartition(".")[2]
    if _DATE.match(number) or _YEAR.match(last):
        return True
    return number.count(".") == 1 and found[0] == number and _QUANTITY.match(text, found.end()) is not None


def _is_cited(found: re.Match[str]) -> bool:
    """Whether it goes on as a sentence may, "Part 7 Education Act": no dash, and a name that is often cited."""
    following = found.string[found.end() :]
    open_ended = not found["end"] and following.strip() != "" and not following.startswith(("\t", "  "))
    dashed = _DASH.match(following)
    return open_ended and not (dashed and dashed[0].strip()) and found["name"].lower() not in _TITLED
