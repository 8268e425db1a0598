"""The house colour and font -> the parts of the template that show them."""

from __future__ import annotations

from functools import lru_cache

from lxml import etree

from policytool.render.word.house import house_bytes
from policytool.render.word.markup import clean

_TEMPLATE, _TEMPLATE_TINT = "1B365D", b"E8EBEF"
_STRENGTH = 0.1  # of the house colour in its tint; the rest is white
_FONT = "Calibri"


@lru_cache(maxsize=16)
def coloured(name: str, colour: str, font: str = "") -> bytes:
    """A part of the house template in a colour of six hexadecimal figures, and perhaps another font than our own."""
    template = house_bytes(name)
    made = template.replace(_TEMPLATE.encode(), colour.encode()).replace(_TEMPLATE_TINT, _tint(colour).encode())
    return _in_font(made, font) if font else made


def _in_font(content: bytes, font: str) -> bytes:
    root = etree.fromstring(content)
    for node in root.iter():
        for key, value in node.attrib.items():
            if value == _FONT:
                node.set(key, clean(font))
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _tint(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * _STRENGTH):02X}" for part in parts)
