"""Comparison -> one self-contained, accessible HTML page for governors.

The template holds every tag, `view` every decision. Views and filters are the style sheet's alone; the script, without
which all can be read, moves from change to change. Both are admitted by hash in the page's own content security
policy, which admits nothing else; nothing that a policy says is ever treated as HTML.
"""

from __future__ import annotations

from markupsafe import Markup

from policytool.model.comparison import Comparison
from policytool.render.colour import WHITE, Colour
from policytool.render.compared import words
from policytool.render.compared.html.view import page
from policytool.render.compared.sides import Sides
from policytool.render.edition import Edition
from policytool.render.templates import admission, beside, legal, style_sheet, template

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7), (0xE3, 0xF4, 0xE8), (0xFB, 0xE6, 0xE4), (0xFF, 0xF3, 0xC9))
DARK: tuple[Colour, ...] = (
    (0x15, 0x18, 0x1C),
    (0x20, 0x25, 0x2B),
    (0x15, 0x36, 0x22),
    (0x46, 0x20, 0x1E),
    (0x40, 0x36, 0x14),
)
"""The grounds that words stand on in the style sheets: --paper, --tint, --added, --gone, --found."""

SHARED = ("changes.css", "views.css")
"""The style sheets of the changes themselves, which a comparison in the site has too."""


def html(comparison: Comparison, old: Edition, new: Edition) -> bytes:
    """The page in UTF-8. Equal comparisons give equal bytes, whatever the machine, the day and the hash seed.

    It fetches nothing. Characters that no HTML document may hold (control characters, lone surrogates; WHATWG HTML
    13.2.3.5) are left out.
    """
    style = style_sheet(__name__, "compared.css", new.colour, LIGHT, DARK)
    style += "".join(f"\n{beside(__name__, name)}" for name in SHARED)
    script = beside(__name__, "compared.js")
    text = template(__name__, "compared.html.jinja").render(
        page=page(Sides(comparison, old, new)),
        words=words,
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
        script=Markup(script),  # noqa: S704 -- the package's own file
        script_hash=admission(script),
    )
    return legal(text).encode()
