"""A house colour -> the custom properties that `policy.css` builds on."""

from __future__ import annotations

from policytool.render.colour import BLACK, WHITE, Colour, contrast, parsed, readable, written

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7), (0xFF, 0xF3, 0xC9), (0xF9, 0xEE, 0xED))
DARK: tuple[Colour, ...] = ((0x15, 0x18, 0x1C), (0x20, 0x25, 0x2B), (0x40, 0x36, 0x14), (0x25, 0x21, 0x24))
"""The grounds that words stand on in `policy.css`: --paper, --tint, --found, and --draft on --paper."""


def shades(colour: str) -> dict[str, str]:
    """The custom properties that `policy.css` builds on, for any house colour as #rrggbb."""
    house = parsed(colour)
    return {
        "house": written(house),
        "on-house": written(max(WHITE, BLACK, key=lambda ink: contrast(ink, house))),
        "accent-on-light": written(readable(house, LIGHT, 0)),
        "accent-on-dark": written(readable(house, DARK, 1)),
    }
