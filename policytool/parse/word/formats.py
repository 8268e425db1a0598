"""A count -> how it prints in one of Word's formats (ECMA-376 part 1, 17.18.59); in figures if that is not known."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl")),
    *((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)
_MOST_LETTERS = 780
_MOST_ROMAN = 32_767
_SMALL = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_ORDINALS["twelve"] = "twelfth"
_HUNDRED = 100
_SIGNS = "*†‡§"  # the Chicago manual's


def formatted(count: int, name: str) -> str:
    """A count as it prints: (3, "lowerRoman") is "iii"; nothing for bullets and for "none"."""
    return _FORMATS.get(name, str)(count)


def _letter(count: int) -> str:
    if not 1 <= count <= _MOST_LETTERS:
        return str(count)
    turns, place = divmod(count - 1, 26)
    return chr(ord("a") + place) * (turns + 1)


def _roman(count: int) -> str:
    if not 1 <= count <= _MOST_ROMAN:
        return str(count)
    parts = []
    for size, sign in _ROMAN:
        times, count = divmod(count, size)
        parts.append(sign * times)
    return "".join(parts)


def _ordinal(count: int) -> str:
    teens = count // 10 % 10 == 1
    return f"{count}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(count % 10, 'th')}"


def _cardinal(count: int) -> str:
    if not 0 <= count < _HUNDRED:
        return str(count)
    if count < len(_SMALL):
        return _SMALL[count].capitalize()
    tens, ones = divmod(count, 10)
    return (_TENS[tens - 2] + (f"-{_SMALL[ones]}" if ones else "")).capitalize()


def _ordinal_words(count: int) -> str:
    first, dash, last = _cardinal(count).lower().rpartition("-")
    if last.isdigit():
        return _ordinal(count)
    plain = last.removesuffix("y") + "ieth" if last.endswith("y") else f"{last}th"
    return (first + dash + _ORDINALS.get(last, plain)).capitalize()


def _sign(count: int) -> str:
    return _SIGNS[(count - 1) % 4] * ((count - 1) // 4 + 1) if 1 <= count <= _MOST_LETTERS else str(count)


_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letter,
    "upperLetter": lambda count: _letter(count).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda count: _roman(count).upper(),
    "decimalZero": lambda count: f"{count:02d}",
    "ordinal": _ordinal,
    "cardinalText": _cardinal,
    "ordinalText": _ordinal_words,
    "numberInDash": lambda count: f"- {count} -",
    "chicago": _sign,
    "hex": lambda count: f"{count:X}",
    "none": lambda _: "",
    "bullet": lambda _: "",
}
