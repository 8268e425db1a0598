"""Characters of the fonts that hold signs instead of letters -> the characters that Unicode has for them."""

from __future__ import annotations

UNKNOWN = "\N{WHITE SQUARE}"
_PRIVATE = range(0xF000, 0xF100)
_LETTERS = range(0x20, 0xD800)
_SIGNS = {
    "symbol": {
        0xB7: "•",
        0xB0: "°",
        0xB1: "±",
        0xA3: "≤",
        0xB3: "≥",
        0xAC: "←",
        0xAD: "↑",
        0xAE: "→",
        0xAF: "↓",
        0xB4: "×",
        0xB8: "÷",
        0xB9: "≠",
        0x2D: "−",
        0xA5: "∞",
        0xA7: "♣",
        0xA8: "♦",
        0xD7: "⋅",
        0xD6: "√",
        0xD2: "®",
        0xD3: "©",
        0xD4: "™",
        0xBE: "—",
        0xBC: "…",
        0xA2: "′",
        0xB2: "″",
        0x61: "α",
        0x62: "β",
    },
    "wingdings": {
        0xFC: "✓",
        0xFB: "✗",
        0xFE: "☑",
        0xFD: "☒",
        0xA8: "☐",
        0x6F: "☐",
        0xA7: "▪",
        0x6E: "■",
        0x6C: "●",
        0xD8: "➢",
        0xE0: "→",
        0xDF: "←",
        0xF0: "⇨",
        0x76: "❖",
        0x77: "◆",
        0x71: "❑",
        0x9F: "•",
        0x28: "☎",
        0x29: "✆",
        0x2A: "✉",
        0x4A: "☺",
        0x4C: "☹",
        0xAB: "★",
        0x9E: "·",
        0xA1: "○",
        0x75: "◆",
        0x46: "☞",
    },
    "wingdings 2": {0x50: "✓", 0x4F: "✗", 0x52: "☑", 0x51: "☒", 0xA3: "☐", 0x97: "●", 0x96: "•"},
    "wingdings 3": {0x7D: "►", 0x84: "◄", 0x22: "↑"},
    "webdings": {0x61: "✓", 0x72: "✗", 0x63: "☐", 0xC9: "☎"},
}


def symbol(code: int, font: str) -> str:
    """The sign with this code in a font; a square for one that is not known."""
    low = code - 0xF000 if code in _PRIVATE else code
    known = _SIGNS.get(font.lower())
    if known is not None and low in known:
        return known[low]
    if code in _PRIVATE or known is not None or code not in _LETTERS:
        return UNKNOWN
    return chr(code)


def told(text: str, font: str) -> str:
    """Words without characters of private use: in a font of signs, or in any where only such a font can be meant."""
    if text.isascii() or not any(ord(one) in _PRIVATE for one in text):
        return text
    name = font if font.lower() in _SIGNS else "symbol"
    return "".join(symbol(ord(one), name) if ord(one) in _PRIVATE else one for one in text)


def bullet(text: str, font: str) -> str:
    """The sign before an item as it looks: the letter o, and squares of unknown fonts, stand for rings and dots."""
    sign = text.strip()
    if not sign:
        return ""
    if font.lower() in _SIGNS or any(ord(one) in _PRIVATE for one in sign):
        sign = "".join(symbol(ord(one), font if font.lower() in _SIGNS else "symbol") for one in sign)
        return "•" if UNKNOWN in sign else sign
    return "◦" if sign in ("o", "°") else sign
