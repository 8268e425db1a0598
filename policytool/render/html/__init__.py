"""Edition -> one self-contained, accessible HTML page.

The templates hold every tag, `policytool.render.html.view` every decision. Autoescape is on and only the package's own
style sheet is marked as safe, so that nothing a policy says is ever treated as HTML.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from policytool.render.edition import CONTENTS, DRAFT, FOOTNOTES, Edition
from policytool.render.html.shades import shades
from policytool.render.html.view import page

_PLANES = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


def html(edition: Edition) -> bytes:
    """The page in UTF-8. Equal editions give equal bytes, whatever the machine, the day and the hash seed.

    It runs no script and fetches nothing: its content security policy allows its own style sheet, by hash, alone.
    Characters that no HTML document may hold (control characters, lone surrogates; WHATWG HTML 13.2.3.5) are left out.
    """
    style = _style(edition.colour)
    text = _template().render(
        page=page(edition),
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=_hash(style),
        contents_title=CONTENTS,
        draft_word=DRAFT,
        footnotes_title=FOOTNOTES,
    )
    return _legal(text).encode()


def _legal(text: str) -> str:
    """The text without what no HTML may hold. To see that there is nothing to strip is quick, to strip is not."""
    return text if text.replace("\n", "").replace("\xa0", "").isprintable() else _ILLEGAL.sub("", text)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("policytool.render.html", ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    return environment.get_template("policy.html.jinja")


@lru_cache(maxsize=64)
def _style(colour: str) -> str:
    """The style sheet, after the shades of the house colour that it works with."""
    house = "".join(f"  --{name}: {shade};\n" for name, shade in shades(colour).items())
    sheet = files(__name__).joinpath("policy.css").read_text("utf-8")
    return f"\n:root {{\n{house}}}\n{sheet}"


@lru_cache(maxsize=64)
def _hash(style: str) -> str:
    """The source expression that allows exactly this style sheet (Content Security Policy Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(style.encode()).digest()).decode()}"
