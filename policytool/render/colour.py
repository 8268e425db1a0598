"""A house colour -> shades of it that can be read.

Contrast is reckoned as in WCAG 2.2, "contrast ratio" and "relative luminance"; 4.5 to 1 is what criterion 1.4.3 asks.
"""

from __future__ import annotations

import re
from colorsys import hls_to_rgb, rgb_to_hls
from typing import TypeAlias

Colour: TypeAlias = tuple[int, int, int]

ENOUGH = 4.5
_NEARLY_BLACK = 0.04045
BLACK: Colour = (0, 0, 0)
WHITE: Colour = (255, 255, 255)
HOUSE: Colour = (0x1B, 0x36, 0x5D)
"""What is used where the settings hold no colour that can be read as #rrggbb."""

PAPER: tuple[Colour, ...] = (WHITE,)
"""The ground of Word and PDF."""


def ink(colour: str) -> str:
    """The shade of a house colour that can be read on paper."""
    return written(readable(parsed(colour), PAPER, 0))


def shades(colour: str, light: tuple[Colour, ...], dark: tuple[Colour, ...]) -> dict[str, str]:
    """The custom properties that our style sheets build on, for any house colour as #rrggbb and these grounds."""
    house = parsed(colour)
    return {
        "house": written(house),
        "on-house": written(max(WHITE, BLACK, key=lambda ink: contrast(ink, house))),
        "accent-on-light": written(readable(house, light, 0)),
        "accent-on-dark": written(readable(house, dark, 1)),
    }


def readable(colour: Colour, grounds: tuple[Colour, ...], toward: float) -> Colour:
    """The shade nearest to a colour, of its hue, that can be read on every one of the grounds.

    `toward` is the lightness to go to: 0, black, on light grounds, or 1, white, on dark ones.
    """
    nearest_first = (_relit(colour, toward, step / 100) for step in range(101))
    return next(shade for shade in nearest_first if all(contrast(shade, ground) >= ENOUGH for ground in grounds))


def contrast(one: Colour, other: Colour) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (_linear(channel / 255) for channel in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _NEARLY_BLACK else ((channel + 0.055) / 1.055) ** 2.4


def _relit(colour: Colour, toward: float, share: float) -> Colour:
    hue, lightness, saturation = rgb_to_hls(*(channel / 255 for channel in colour))
    channels = hls_to_rgb(hue, lightness + (toward - lightness) * share, saturation)
    red, green, blue = (round(channel * 255) for channel in channels)
    return (red, green, blue)


def parsed(colour: str) -> Colour:
    """A colour written #rrggbb; the house's own where it is none."""
    if not re.fullmatch("#[0-9A-Fa-f]{6}", colour):
        return HOUSE
    return (int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16))


def written(colour: Colour) -> str:
    """A colour as #rrggbb."""
    return "#{:02x}{:02x}{:02x}".format(*colour)
