"""The house style -> what a page holds of it: the crest as a picture, the font in its style sheet."""

from __future__ import annotations

from base64 import b64encode
from functools import lru_cache
from typing import NamedTuple

from policytool.model.house import Crest, Face

_TYPES = {"svg": "image/svg+xml", "png": "image/png", "jpeg": "image/jpeg"}
_FORMATS = {"ttf": ("font/ttf", "truetype"), "otf": ("font/otf", "opentype")}
FAMILY = "House"
"""What the font is called in the page: a name of ours, so that no name out of a file stands in the style sheet."""
FONT = f'\n:root {{ --font: "{FAMILY}"; }}\n'
"""The rule that has it used."""
MOST_IN_PAGE = 600_000
"""So many bytes of faces go into every page, the regular one first; what is left out, a browser makes up."""


class Picture(NamedTuple):
    """A crest in a page: its address, which is the picture itself, and its size in CSS pixels."""

    address: str
    width: int
    height: int


_PIXELS_HIGH, _PIXELS_WIDE = 56, 168


@lru_cache(maxsize=4)
def pictured(crest: Crest | None) -> Picture | None:
    """A crest as a page shows it. An SVG is only ever a picture there, in which no script runs."""
    if crest is None:
        return None
    height = min(_PIXELS_HIGH, round(_PIXELS_WIDE / crest.ratio))
    return Picture(_data(crest.content, _TYPES[crest.kind]), round(height * crest.ratio), height)


def font_rules(faces: tuple[Face, ...]) -> str:
    """The rules of a style sheet that bring the font with them; "" where there is none."""
    kept: list[str] = []
    room = MOST_IN_PAGE
    for face in faces:
        if len(face.content) <= room:
            room -= len(face.content)
            kept.append(face_rule(face, _data(face.content, _FORMATS[face.outlines][0])))
    return "".join((*kept, FONT)) if kept else ""


def face_rule(face: Face, address: str) -> str:
    """The rule of a style sheet for a face that is found at an address."""
    weight, style = "600 900" if face.bold else "100 500", "italic" if face.italic else "normal"
    source = f'url("{address}") format("{_FORMATS[face.outlines][1]}")'
    return f'\n@font-face {{ font-family: "{FAMILY}"; font-weight: {weight}; font-style: {style}; src: {source}; }}'


def _data(content: bytes, kind: str) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
