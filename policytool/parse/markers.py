"""What is typed before the words of a paragraph: "4.2.1", "(a)", "iv.", "•", "Appendix B", "Section 3:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policytool.model.numbering import ordinal

Kind: TypeAlias = Literal["", "number", "item", "bullet", "appendix", "quote"]

_BULLETS = "•●○◦▪■□►‣⁃·∙-–*+"
_BULLET = re.compile(rf"(?:[{re.escape(_BULLETS)}]|o(?=\s{{2}}|\t))(?=\s|\Z)\s*")
_MONTHS = r"(?:Jan|Feb|Mar(?:ch|\b)|Apr|May\b|June?\b|July?\b|Aug|Sept?|Oct|Nov|Dec)"
_UNITS = (
    r"(?:[ap]\.?m|metres?|miles?|hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|per|times|million|billion|pence"
    r"|litres?|k?[gm]|cm|mm|[GMK]B)\b|[%°£]"
)
# Two parts and more, with or without a full stop after the last: a decimal or a time of day is none.
_DOTTED = re.compile(rf"(?P<n>\d{{1,3}}(?:\.\d{{1,3}}){{1,8}})(?:[.):](?=\s|\Z)|(?=\s|\Z))(?!\s*{_UNITS})\s*")
_DAY = re.compile(r"(?:0[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?:\d{4}|\d\d)\b")
_SINGLE = re.compile(rf"(?:(?P<n>\d{{1,3}})[.):]|\((?P<m>\d{{1,3}})\))(?=\s|\Z)(?!\s*{_MONTHS})\s*")
# A number without a sign after it is one before a title, and not before a quantity: "1 Introduction", "5 days".
_BARE = re.compile(rf"(?P<n>\d{{1,2}})(?:\t|\s+(?=[A-Z](?!ear\b)))(?!\s*{_MONTHS})")
_ITEM = re.compile(r"(?:\((?P<n>[a-z]{1,5}|[A-Z])\)|(?P<m>[a-z]{1,5}|[A-Z])\)|(?P<l>[a-z]|[ivxl]{2,5})\.)(?=\s|\Z)\s*")
_NAMED = re.compile(
    r"(?P<noun>(?i:appendix|annex(?:e)?|section|article|part|chapter|clause))\s+(?P<n>[A-Z]|\d{1,3})"
    r"(?:\s*[:.)–—-]+(?=\s|\Z)\s*|\s*\Z|\s+(?=[A-Z(“\"‘']))"
)
_APPENDICES = ("appendix", "annex", "annexe")
_QUOTE = re.compile(r">\s?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker, understood: its parts as counts, outermost first, "4.2.1" being (4, 2, 1), "(c)" (3,)."""

    kind: Kind
    parts: tuple[int, ...] = ()
    sign: str = ""


def marker(text: str) -> tuple[str, int]:
    """What is typed before the words, as typed, and how many characters it takes, blanks included; ("", 0) for none.

    A bullet before a number or a letter is no marker of its own: "- 1.1 Staff" has "1.1". Years ("2023. It"), days
    ("10.12.14"), quantities ("5 days") and initials ("B. Jones") are none.
    """
    blanks = len(text) - len(text.lstrip())
    body = text[blanks:]
    if bullet := _BULLET.match(body):
        inner, taken = _counted(body[bullet.end() :])
        return (inner, blanks + bullet.end() + taken) if inner else (bullet[0].strip(), blanks + bullet.end())
    if quote := _QUOTE.match(body):
        return ">", blanks + quote.end()
    inner, taken = _counted(body)
    return (inner, blanks + taken) if inner else ("", 0)


def _counted(text: str) -> tuple[str, int]:
    if _DAY.match(text):
        return "", 0
    for pattern in (_NAMED, _DOTTED, _SINGLE, _BARE, _ITEM):
        if (match := pattern.match(text)) and _is_counted(pattern, match):
            return match[0].strip(), match.end()
    return "", 0


def _is_counted(pattern: re.Pattern[str], match: re.Match[str]) -> bool:
    """Whether letters count anything: "(viz)" does not."""
    return pattern is not _ITEM or bool(_letters(match[0].strip(" \t().").lower()))


def mark(typed: str) -> Mark:
    """A marker as `marker` gives it, or as a file that counts by itself prints it, understood."""
    if not typed:
        return Mark("")
    if named := _NAMED.match(typed):
        is_appendix = named["noun"].lower() in _APPENDICES
        count = int(named["n"]) if named["n"].isdigit() else ord(named["n"]) - ord("A") + 1
        return Mark("appendix" if is_appendix else "number", (count,), named["n"])
    bare = typed.strip().strip("().:")
    if re.fullmatch(r"\d+(?:\.\d+)*", bare):
        return Mark("number", tuple(map(int, bare.split("."))), bare)
    if bare.isascii() and bare.isalpha() and _letters(bare.lower()) and len(typed) > 1:
        return Mark("item", _letters(bare.lower()), bare)
    return Mark("quote" if typed == ">" else "bullet", (), typed)


def _letters(sign: str) -> tuple[int, ...]:
    """What a sign counts as a letter, or else as a roman numeral; nothing where it is neither."""
    for style in ("letter", "roman"):
        count = ordinal(sign, style) if style == "letter" or set(sign) <= set("ivxlc") else None
        if count:
            return (count,)
    return ()
