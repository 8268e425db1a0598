"""Comparison -> one self-contained, accessible HTML page for governors.

The template holds every tag, `view` every decision. Views and filters are the style sheet's alone; the script, without
which all can be read, moves from change to change. Both are admitted by hash in the page's own content security
policy, which admits nothing else; nothing that a policy says is ever treated as HTML.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from policytool.model.comparison import Comparison
from policytool.render.colour import BLACK, WHITE, Colour, contrast, parsed, readable, written
from policytool.render.compared import words
from policytool.render.compared.html.view import page
from policytool.render.compared.sides import Sides
from policytool.render.edition import Edition

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7), (0xE3, 0xF4, 0xE8), (0xFB, 0xE6, 0xE4), (0xFF, 0xF3, 0xC9))
DARK: tuple[Colour, ...] = (
    (0x15, 0x18, 0x1C),
    (0x20, 0x25, 0x2B),
    (0x15, 0x36, 0x22),
    (0x46, 0x20, 0x1E),
    (0x40, 0x36, 0x14),
)
"""The grounds that words stand on in `compared.css`: --paper, --tint, --added, --gone, --found."""

_PLANES = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def html(comparison: Comparison, old: Edition, new: Edition) -> bytes:
    """The page in UTF-8. Equal comparisons give equal bytes, whatever the machine, the day and the hash seed.

    It fetches nothing. Characters that no HTML document may hold (control characters, lone surrogates; WHATWG HTML
    13.2.3.5) are left out.
    """
    style, script = _style(new.colour), _script()
    text = _template().render(
        page=page(Sides(comparison, old, new)),
        words=words,
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=_hash(style),
        script=Markup(script),  # noqa: S704 -- the package's own file
        script_hash=_hash(script),
    )
    return _ILLEGAL.sub("", text).encode()


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("policytool.render.compared.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return environment.get_template("compared.html.jinja")


@lru_cache(maxsize=64)
def _style(colour: str) -> str:
    """The style sheet, after the shades of the house colour that it works with."""
    house = "".join(f"  --{name}: {shade};\n" for name, shade in shades(colour).items())
    sheet = files(__name__).joinpath("compared.css").read_text("utf-8")
    return f"\n:root {{\n{house}}}\n{sheet}"


@cache
def _script() -> str:
    return files(__name__).joinpath("compared.js").read_text("utf-8")


@lru_cache(maxsize=64)
def _hash(content: str) -> str:
    """The source expression that allows exactly this content (Content Security Policy Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def shades(colour: str) -> dict[str, str]:
    """The custom properties that `compared.css` builds on, for any house colour as #rrggbb."""
    house = parsed(colour)
    return {
        "house": written(house),
        "on-house": written(max(WHITE, BLACK, key=lambda ink: contrast(ink, house))),
        "accent-on-light": written(readable(house, LIGHT, 0)),
        "accent-on-dark": written(readable(house, DARK, 1)),
    }
