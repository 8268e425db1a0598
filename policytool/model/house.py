"""What gives documents the look of the house: the bytes of its Word template, crest and fonts, found fit for use."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from policytool.model.word_template import WordTemplate

CrestKind: TypeAlias = Literal["svg", "png", "jpeg"]

CREST_HEIGHT = 20.0
"""A crest is at most so high, in millimetres, and at most three times as wide."""
_WIDEST = 3.0


@dataclass(frozen=True, slots=True)
class Crest:
    """A picture, and how wide it is for its height."""

    content: bytes
    kind: CrestKind
    ratio: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """Its width and height on paper, in millimetres."""
        height = min(CREST_HEIGHT, CREST_HEIGHT * _WIDEST / self.ratio)
        return round(height * self.ratio, 2), round(height, 2)


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a font. `outlines` tells how its letters are drawn."""

    content: bytes
    family: str
    bold: bool = False
    italic: bool = False
    outlines: Literal["ttf", "otf"] = "ttf"


@dataclass(frozen=True)
class HouseStyle:
    """All that was loaded of the house style; what the settings do not name, or cannot be used, is missing."""

    word: WordTemplate | None = None
    crest: Crest | None = None
    faces: tuple[Face, ...] = ()

    @property
    def family(self) -> str:
        """The name of the font; "" where there is none of its own."""
        return self.faces[0].family if self.faces else ""

    @cached_property
    def digest(self) -> str:
        """A name for all of it: what is made with another digest may look different."""
        from hashlib import sha256  # only where builds are compared

        return sha256(repr((self.word, self.crest, self.faces)).encode()).hexdigest()


PLAIN = HouseStyle()
"""No template, crest or font: our own look."""
