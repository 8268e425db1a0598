"""What is typed before the words of a paragraph: "4.2.1", "(a)", "iv.", "•", "Appendix B", "Section 3:"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias

from policytool.model.numbering import ordinal

Kind: TypeAlias = Literal["", "number", "item", "bullet", "appendix"]

BULLETS = "•●○◦◆◇❖▪▫■□▸►➢➤‣⁃∙·✓✔–—-*+\uf02d\uf076\uf0a7\uf0b7\uf0d8\uf0fc"
"""Signs that begin an item of a list; the last are those of the fonts Symbol and Wingdings."""
_ROMAN = r"(?=[ivxlcIVXLC])(?:[xX]{0,3}(?:i[xv]|I[XV]|v?i{0,3}|V?I{0,3})|[xX]?[lLcC][xXvViI]{0,5})"
_ENDS = r"(?=\s|\Z)"
_BLANKS = r"\s*"
_BULLET = re.compile(rf"(?:[{re.escape(BULLETS)}]{_ENDS}|o(?=\s{{2}}|\t)){_BLANKS}")
_MONTHS = r"(?:Jan|Feb|Mar(?:ch|\b)|Apr|May\b|June?\b|July?\b|Aug|Sept?|Oct|Nov|Dec)"
_UNITS = (
    r"(?:(?:[ap]\.?m|metres?|miles?|hours?|hrs?|days?|weeks?|months?|years?|minutes?|mins?|per|percent|times|thousand"
    r"|million|billion|pence|litres?|k?[gm]|cm|mm|[GMK]B)\b|[%°£]|[–—-]\s*\d)"
)
_TITLED = r"(?=[A-Z][a-z])"  # where nobody typed a blank: "4.2Staff"
# Two parts and more, with or without a sign after the last: a decimal, a time of day or a year is none.
_DOTTED = re.compile(
    rf"(?P<n>\d{{1,3}}(?:\.\d{{1,3}}){{1,8}})(?:[.):]{_ENDS}|{_ENDS}|{_TITLED})(?!\s*{_UNITS}){_BLANKS}"
)
_DAY = re.compile(r"(?:0?[1-9]|[12]\d|3[01])\.(?:0[1-9]|1[0-2])\.(?:\d{4}|\d\d)\b")
_ZEROS = re.compile(r"\d{1,3}\.00\b")
_SINGLE = re.compile(rf"(?:(?P<n>\d{{1,3}})[.):]|\((?P<m>\d{{1,3}})\))(?:{_ENDS}|{_TITLED})(?!\s*{_MONTHS}){_BLANKS}")
# A number without a sign after it is one before a title, and not before a quantity: "1 Introduction", "5 days".
_BARE = re.compile(rf"(?P<n>\d{{1,2}})(?:\t|\s+(?=[A-Z](?!ear\b)))(?!\s*{_MONTHS}){_BLANKS}")
_ITEM = re.compile(
    rf"(?:\((?:[a-zA-Z]|([a-z])\1|{_ROMAN})\)|(?:[a-zA-Z]|([a-z])\2|{_ROMAN})\)|{_ROMAN}\.|[a-zA-H]\.){_ENDS}{_BLANKS}"
)
_NAMED = re.compile(
    r"(?P<noun>(?i:appendix|annexe?|schedule|section|article|chapter|clause|part))[ \xa0\t]+"
    rf"(?P<n>\d{{1,3}}(?:\.\d{{1,3}})*|[A-Z]\d{{0,2}}|{_ROMAN})"
    r"(?P<end>\s*[:.)](?=\s|\Z)\s*(?:[–—-](?=\s)\s*)?|\s*[–—-](?=\s|\Z)\s*|\s*\Z|\t\s*|[ ]{2,}"
    r"|(?P<open>[ \xa0])(?=[A-Z(“\"‘']))"
)
# A sentence seldom begins with these and a capital letter after the number: "Part 7 Education Act" may.
_HEADS = ("appendix", "annex", "annexe", "schedule", "article", "chapter")
_APPENDICES = ("appendix", "annex", "annexe", "schedule")


@dataclass(frozen=True, slots=True)
class Mark:
    """A marker, understood: its parts as counts, outermost first, "4.2.1" being (4, 2, 1), "(c)" (3,)."""

    kind: Kind
    parts: tuple[int, ...] = ()
    sign: str = ""


def marker(text: str) -> tuple[str, int]:
    """What is typed before the words, as typed, and how many characters it takes, blanks included; ("", 0) for none.

    A bullet before a number or a letter is no marker of its own: "- 1.1 Staff" has "1.1". Years ("2023. It"), days
    ("10.12.14"), quantities ("5 days") and initials ("J. Jones") are none.
    """
    blanks = len(text) - len(text.lstrip())
    body = text[blanks:]
    if bullet := _BULLET.match(body):
        inner, taken = _counted(body[bullet.end() :])
        return (inner, blanks + bullet.end() + taken) if inner else (bullet[0].strip(), blanks + bullet.end())
    inner, taken = _counted(body)
    return (inner, blanks + taken) if inner else ("", 0)


def _counted(text: str) -> tuple[str, int]:
    if _DAY.match(text) or _ZEROS.match(text):
        return "", 0
    for pattern in (_NAMED, _DOTTED, _SINGLE, _BARE, _ITEM):
        if (match := pattern.match(text)) and not (pattern is _NAMED and _is_cited(match)):
            return _typed(match), match.end()
    return "", 0


def _is_cited(match: re.Match[str]) -> bool:
    """Whether it goes on as a sentence may: "Section 175 Education Act", "Part 7: see below" does not."""
    return bool(match["open"]) and match["noun"].lower() not in _HEADS


def _typed(match: re.Match[str]) -> str:
    """The marker as it was typed, without the dash that parts "Appendix B – A form"."""
    return match[0].strip().rstrip("–—-").rstrip()


def mark(typed: str) -> Mark:
    """A marker as `marker` gives it, or as a file that counts by itself prints it, understood."""
    if not typed:
        return Mark("")
    if named := _NAMED.match(typed):
        is_appendix = named["noun"].lower() in _APPENDICES
        return Mark("appendix" if is_appendix else "number", _parts(named["n"], letters=is_appendix), named["n"])
    bare = typed.strip().strip("().:")
    if re.fullmatch(r"\d+(?:\.\d+)*", bare):
        return Mark("number", tuple(map(int, bare.split("."))), bare)
    if bare.isascii() and bare.isalpha() and _letters(bare.lower()) and len(typed) > 1:
        return Mark("item", _letters(bare.lower()), bare)
    return Mark("bullet", (), typed)


def _parts(sign: str, *, letters: bool) -> tuple[int, ...]:
    """The parts of "4.2", "B", "A1" or "IV" as counts. One letter is a letter, unless only romans are likely."""
    if sign[0].isdigit():
        return tuple(map(int, sign.split(".")))
    if sign[1:].isdigit():
        return (_letters(sign[0].lower())[0], int(sign[1:]))
    roman = ordinal(sign.lower(), "roman") if set(sign.lower()) <= set("ivxlc") else None
    return (roman,) if roman and not (letters and len(sign) == 1) else _letters(sign.lower()) or (1,)


def _letters(sign: str) -> tuple[int, ...]:
    """What a sign counts as a letter, or else as a roman numeral; nothing where it is neither."""
    for style in ("letter", "roman"):
        count = ordinal(sign, style) if style == "letter" or set(sign) <= set("ivxlc") else None
        if count:
            return (count,)
    return ()
