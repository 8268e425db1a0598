"""The house colour -> the parts of the template that show it, in that colour."""

from __future__ import annotations

from functools import lru_cache

from policytool.render.word.house import house_bytes

_TEMPLATE, _TEMPLATE_TINT = "1B365D", b"E8EBEF"
_STRENGTH = 0.1  # of the house colour in its tint; the rest is white


@lru_cache(maxsize=16)
def coloured(name: str, colour: str) -> bytes:
    """A part of the house template in a colour of six hexadecimal figures."""
    template = house_bytes(name)
    return template.replace(_TEMPLATE.encode(), colour.encode()).replace(_TEMPLATE_TINT, _tint(colour).encode())


def _tint(colour: str) -> str:
    parts = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    return "".join(f"{round(255 - (255 - part) * _STRENGTH):02X}" for part in parts)
