"""Text -> the words by which it is found. `scripts/words.js` does the same: whoever changes one changes both."""

from __future__ import annotations

import re
from unicodedata import category, normalize

_APOSTROPHES = "‘’‛ʼ′"  # what is typed for one
_MARKS = "\u02ff"
"""Nothing before it is a mark (Unicode 15, general category M)."""
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
SIGNS = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003ffff"
"""Kana and Han, which are written without blanks: each sign is a word."""
_SIGN = re.compile(f"[{SIGNS}]")
_SIGNS = re.compile(f"[{SIGNS}]|[^{SIGNS}]+")


def folded(text: str) -> str:
    """The text in small letters without marks, with straight apostrophes, decomposed (Unicode NFKD)."""
    for sign in _APOSTROPHES:
        text = text.replace(sign, "'")
    if text.isascii():
        return text.lower()
    text = _INVISIBLE.sub("", normalize("NFKD", text))
    for sign in set(text):
        if sign > _MARKS and category(sign)[0] == "M":
            text = text.replace(sign, "")
    return text.lower().replace("ς", "σ").replace("ß", "ss")  # Greek is meant


def words(text: str) -> list[str]:
    """The words of a text, folded, in order: letters and digits, without the ’s of a possessive."""
    text = folded(text)
    found: list[str] = _WORD.findall(text)
    if "'" in text:
        found = [word.removesuffix("'s").replace("'", "") for word in found]
    if text.isascii() or not _SIGN.search(text):
        return found
    return [part for word in found for part in _SIGNS.findall(word)]
