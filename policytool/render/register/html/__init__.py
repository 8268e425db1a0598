"""Register -> one self-contained, accessible HTML page that prints well.

The template holds every tag, `view` every decision. The style sheet is admitted by hash in the page's own content
security policy, which admits nothing else; nothing that a register says is ever treated as HTML.
"""

from __future__ import annotations

from markupsafe import Markup

from policytool.model.register import Register
from policytool.model.settings import Organisation
from policytool.render.colour import WHITE, Colour
from policytool.render.register import words
from policytool.render.register.html.view import page
from policytool.render.templates import admission, legal, style_sheet, template

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7), (0xFF, 0xF3, 0xC9))
DARK: tuple[Colour, ...] = ((0x15, 0x18, 0x1C), (0x20, 0x25, 0x2B), (0x40, 0x36, 0x14))
"""The grounds that words stand on in `register.css`: --paper, --tint, --found."""


def html(register: Register, organisation: Organisation, colour: str = "") -> bytes:
    """The page in UTF-8; `colour` is the house colour as #rrggbb. Equal registers give equal bytes.

    It fetches nothing and runs nothing. Characters that no HTML document may hold are left out.
    """
    style = style_sheet(__name__, "register.css", colour, LIGHT, DARK)
    text = template(__name__, "register.html.jinja").render(
        page=page(register, organisation.name),
        words=words,
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
    )
    return legal(text).encode()
