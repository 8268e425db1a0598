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
    looks = _Looks(textpage)
    for index in range(count):
        code = raw.FPDFText_GetUnicode(textpage, index)
        sign = chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"  # noqa: PLR2004 - Unicode
        if sign in _NOTHING:
            continue
        raw.FPDFText_GetCharOrigin(textpage, index, at_x, at_y)
        raw.FPDFText_GetLooseCharBox(textpage, index, at_box)
        look, turn = looks.of(index)
        address = _address(areas, x.value, y.value) if areas else ""
        raised = _raised(textpage, index, y.value, look) if sign.isdigit() else 0.0
        if raised:
            look = look._replace(size=round(_SMALLER * look.size, 1))
        sides = (box.left, box.right, box.bottom, box.top)
        yield Letter("-" if sign == _LAST_HYPHEN else sign, x.value, y.value + raised, *sides, look, turn, address)


def _address(areas: list[tuple[Rule, str]], x: float, y: float) -> str:
    return next((to for at, to in areas if at.left <= x <= at.right and at.bottom <= y <= at.top), "")


def _raised(textpage: Any, index: int, base: float, look: Look) -> float:
    """How far a figure stands above its own base line: a font may have raised ones of its own, for footnote marks."""
    from pypdfium2 import raw

    left, right, bottom, top = (ctypes.c_double() for _ in range(4))
    raw.FPDFText_GetCharBox(textpage, index, *map(ctypes.byref, (left, right, bottom, top)))
    up = bottom.value - base
    return up if 0.2 * look.size < up < look.size and top.value - bottom.value < _SMALLER * look.size else 0.0


class _Looks:
    """The looks of the letters of a page, each asked for once: a file may have an object for every letter."""

    def __init__(self, textpage: Any) -> None:
        from pypdfium2 import raw

        self.textpage, self.holder = textpage, raw.FPDFText_GetTextObject
        self.known: dict[int | None, tuple[Look, int]] = {}
        self.fonts: dict[int | None, tuple[bool, bool]] = {}

    def of(self, index: int) -> tuple[Look, int]:
        """How a letter looks, and by how many quarters it is turned."""
        thing = self.holder(self.textpage, index)
        name = ctypes.cast(thing, ctypes.c_void_p).value
        if name not in self.known:
            self.known[name] = self._look(index, thing)
        return self.known[name]

    def _look(self, index: int, thing: Any) -> tuple[Look, int]:
        from pypdfium2 import raw

        matrix = raw.FS_MATRIX()
        raw.FPDFText_GetMatrix(self.textpage, index, ctypes.byref(matrix))
        size = raw.FPDFText_GetFontSize(self.textpage, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        angle = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        turn = round(angle) % 4 if abs(angle - round(angle)) < 0.05 else -1  # noqa: PLR2004 - 5 degrees
        bold, italic = self._font(index, thing)
        bold |= bool(thing) and raw.FPDFTextObj_GetTextRenderMode(thing) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
        return Look(round(min(max(size, 1.0), 999.0), 1), bold, italic), turn

    def _font(self, index: int, thing: Any) -> tuple[bool, bool]:
        """Whether the font of a letter is bold, and whether it slopes: by its name, or its weight."""
        from pypdfium2 import raw

        key = ctypes.cast(raw.FPDFTextObj_GetFont(thing), ctypes.c_void_p).value if thing else None
        if key not in self.fonts:
            name, flags = ctypes.create_string_buffer(200), ctypes.c_int()
            raw.FPDFText_GetFontInfo(self.textpage, index, name, 200, ctypes.byref(flags))
            said = name.value.decode("utf-8", "replace")
            heavy = raw.FPDFText_GetFontWeight(self.textpage, index) >= _BOLD_WEIGHT
            self.fonts[key] = heavy or bool(_BOLD_NAME.search(said)), bool(_ITALIC_NAME.search(said))
        return self.fonts[key]
