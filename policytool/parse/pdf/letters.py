# ruff: noqa: ANN401 - what PDFium hands out has no types
"""A page of PDFium -> its letters: where they stand, how they look, where they lead."""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from policytool.parse.pdf.sheet import Look, Rule

_SMALLER = 0.6
_LAST_HYPHEN = "\x02"
"""What PDFium says for a hyphen at the end of a line."""
_NOTHING = "\0\ufeff\u200b\u200c\ufffe\uffff"
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi(?!um)|-bd|boldmt", re.IGNORECASE)
_ITALIC_NAME = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
_BOLD_WEIGHT = 600


class Letter(NamedTuple):
    """A letter at its place: where its base line begins, and the box that it stands in, in points."""

    sign: str
    x: float
    y: float
    left: float
    right: float
    bottom: float
    top: float
    look: Look
    turn: int  # quarters, against the clock; -1 for what stands askew
    address: str


def letters(textpage: Any, count: int, areas: list[tuple[Rule, str]]) -> Iterator[Letter]:
    """The letters of a page in the order of the file. `areas` are its links, and where they lead."""
    from pypdfium2 import raw

    x, y, box = ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
    looks: dict[int | None, tuple[Look, int]] = {}
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004 - Unicode
        if sign in _NOTHING:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, at_x, at_y)
        raw.FPDFText_GetLooseCharBox(textpage, index, at_box)
        thing = ctypes.cast(raw.FPDFText_GetTextObject(textpage, index), ctypes.c_void_p).value
        if thing not in looks:
            looks[thing] = _look(textpage, index)
        look, turn = looks[thing]
        address = next((a for r, a in areas if r.left <= x.value <= r.right and r.bottom <= y.value <= r.top), "")
        raised = _raised(textpage, index, y.value, look) if sign.isdigit() else 0.0
        if raised:
            look = look._replace(size=round(_SMALLER * look.size, 1))
        sides = (box.left, box.right, box.bottom, box.top)
        yield Letter("-" if sign == _LAST_HYPHEN else sign, x.value, y.value + raised, *sides, look, turn, address)


def _raised(textpage: Any, index: int, base: float, look: Look) -> float:
    """How far a figure stands above its own base line: a font may have raised ones of its own, for footnote marks."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, *map(ctypes.byref, (left, right, bottom, top)))
    up = bottom.value - base
    return up if 0.2 * look.size < up < look.size and top.value - bottom.value < _SMALLER * look.size else 0.0


def _look(textpage: Any, index: int) -> tuple[Look, int]:
    from pypdfium2 import raw

    name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
    raw.FPDFText_GetFontInfo(textpage, index, name, 200, ctypes.byref(flags))
    font = name.value.decode("utf-8", "replace")
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, index, ctypes.byref(matrix))
    size = raw.FPDFText_GetFontSize(textpage, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
    bold = bool(_BOLD_NAME.search(font)) or raw.FPDFText_GetFontWeight(textpage, index) >= _BOLD_WEIGHT
    angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
    turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else -1  # noqa: PLR2004 - 5 degrees
    return Look(round(min(max(size, 1.0), 999.0), 1), bold, bool(_ITALIC_NAME.search(font))), turn
