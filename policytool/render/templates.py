"""What every page is made with: templates that escape, style sheets in the house colour, and what a page may hold."""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache, lru_cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from policytool.render.colour import Colour, shades

_ROOM = "policytool.render"
_PLANES = "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
_ILLEGAL = re.compile(f"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_PLANES}]")


@cache
def _environment() -> Environment:
    """All templates of the room, so that one may build on another by its path in it: "html/macros.html.jinja"."""
    return Environment(
        loader=PackageLoader(_ROOM, ""),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )


@cache
def template(package: str, name: str) -> Template:
    """A template beside a package's modules. What it is given is escaped, and what is missing is an error."""
    folder = package.removeprefix(_ROOM).replace(".", "/").lstrip("/")
    return _environment().get_template(f"{folder}/{name}")


@cache
def beside(package: str, name: str) -> str:
    """A text file beside a package's modules."""
    return files(package).joinpath(name).read_text("utf-8")


@lru_cache(maxsize=64)
def style_sheet(package: str, name: str, colour: str, light: tuple[Colour, ...], dark: tuple[Colour, ...]) -> str:
    """A style sheet, after what all share: see `ground`."""
    return f"{ground(colour, light, dark)}\n{beside(package, name)}"


def ground(colour: str, light: tuple[Colour, ...], dark: tuple[Colour, ...]) -> str:
    """What every style sheet builds on: shades of the house colour that can be read on its grounds, and `page.css`."""
    house = "".join(f"  --{shade}: {value};\n" for shade, value in shades(colour, light, dark).items())
    return f"\n:root {{\n{house}}}\n{beside(_ROOM, 'page.css')}"


@lru_cache(maxsize=64)
def admission(content: str) -> str:
    """The source expression that admits exactly this style or script (Content Security Policy Level 3, 2.3.1)."""
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"


def legal(text: str) -> str:
    """A page without the characters that none may hold (WHATWG HTML 13.2.3.5): control characters, lone surrogates.

    To see that there is nothing to strip is quick, to strip is not.
    """
    return text if text.replace("\n", "").replace("\xa0", "").isprintable() else _ILLEGAL.sub("", text)
