"""A frame -> what the pages of the site fetch: style sheet, icon, scripts and fonts, in files of their own.

The crest stands in the sheet as a picture: opened as a file of its own, an SVG might run what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256
from posixpath import basename

from policytool.model.artifact import Artifact
from policytool.model.house import Crest, Face
from policytool.model.site import ASSETS, Frame
from policytool.render.colour import WHITE, Colour, shades
from policytool.render.compared.html import SHARED
from policytool.render.html.house import FONT, face_rule, pictured
from policytool.render.templates import beside, ground

ICON = "icon.svg"
COMPARED = "policytool.render.compared.html"
SHEET = "site.css"
SHEETS = ("base.css", "text.css", "compare.css", "register.css", "duties.css", "calendar.css", "search.css")
LIVE = "live"
SCRIPTS = (
    LIVE,
    "states",
    "register",
    "policy",
    "previews",
    "compared",
    "compare",
    "copy",
    "duties",
    "calendar",
    "words",
    "search",
)
SVG = "http://www.w3.org/2000/svg"
LETTER = {"text-anchor": "middle", "font-family": "system-ui, sans-serif", "font-size": "21", "font-weight": "700"}
LIGHT: tuple[Colour, ...] = (
    WHITE, (0xF4, 0xF5, 0xF7), (0xFF, 0xF3, 0xC9), (0xE3, 0xF4, 0xE8), (0xFB, 0xE6, 0xE4),
)  # fmt: skip
DARK: tuple[Colour, ...] = (
    (0x15, 0x18, 0x1C), (0x20, 0x25, 0x2B), (0x40, 0x36, 0x14), (0x15, 0x36, 0x22), (0x46, 0x20, 0x1E),
)  # fmt: skip
"""The grounds that words stand on in `page.css`: --paper, --tint, --found, --added, --gone."""


def assets(frame: Frame) -> Iterator[Artifact]:
    """Every file that the pages fetch, but for the data of the search."""
    yield from _made(frame).values()


def asset(name: str, frame: Frame) -> str:
    """The path of what the pages fetch under a name: it holds its hash, so that no old sheet meets a new page."""
    return _made(frame)[name].path


@lru_cache(maxsize=4)
def _made(frame: Frame) -> dict[str, Artifact]:
    fonts = [_font(number, face) for number, face in enumerate(frame.house.faces, 1)]
    files = {SHEET: _sheet(frame, fonts), ICON: _icon(frame)} | {f"{one}.js": _script(one) for one in _scripts(frame)}
    return {name: _named(name, content) for name, content in files.items()} | {basename(one.path): one for one in fonts}


def _scripts(frame: Frame) -> Iterator[str]:
    """The scripts of a site; the one that asks the server for news belongs to a live one alone."""
    return (one for one in SCRIPTS if one != LIVE or frame.is_live)


def _named(name: str, content: bytes) -> Artifact:
    stem, _, ending = name.rpartition(".")
    return Artifact(f"{ASSETS}/{stem}.{sha256(content).hexdigest()[:8]}.{ending}", content)


def _font(number: int, face: Face) -> Artifact:
    return _named(f"font-{number}.{face.outlines}", face.content)


def _sheet(frame: Frame, fonts: list[Artifact]) -> bytes:
    ours = "\n".join((*(beside(__package__, f"sheets/{one}") for one in SHEETS), _compared()))
    given = _fonts(frame.house.faces, fonts) + ground(frame.colour, LIGHT, DARK)
    return f"{given}\n{ours}{_crest(frame.house.crest)}".encode()


def _compared() -> str:
    """The rules of a comparison as its own page has them, kept from touching anything else."""
    changes, views = (beside(COMPARED, one) for one in SHARED)
    return f"\n.compared {{\n{changes}}}\n{views}"


def _fonts(faces: tuple[Face, ...], fonts: list[Artifact]) -> str:
    """The rules that fetch the faces, which stand beside the sheet."""
    rules = [face_rule(face, basename(font.path)) for face, font in zip(faces, fonts, strict=True)]
    return "".join((*rules, FONT)) if rules else ""


def _crest(crest: Crest | None) -> str:
    picture = pictured(crest)
    if picture is None:
        return ""
    size = f"width: {picture.width}px; height: {picture.height}px"
    return f'\n.crest {{ {size}; background-image: url("{picture.address}"); }}\n'


def _icon(frame: Frame) -> bytes:
    """What a browser shows beside the title: the first letter of the organisation's name on the house colour."""
    from lxml import etree  # quick to start without

    house = shades(frame.colour, LIGHT, DARK)
    picture = etree.Element(f"{{{SVG}}}svg", {"viewBox": "0 0 32 32"}, nsmap={None: SVG})  # type: ignore[dict-item]  # lxml has a default one
    etree.SubElement(picture, f"{{{SVG}}}rect", {"width": "32", "height": "32", "rx": "7", "fill": house["house"]})
    letter = etree.SubElement(picture, f"{{{SVG}}}text", {"x": "16", "y": "23.5", "fill": house["on-house"]} | LETTER)
    letter.text = next((one for one in frame.organisation if one.isalnum()), "P").upper()[:1]
    return etree.tostring(picture, encoding="utf-8")


def _script(name: str) -> bytes:
    if name == "compared":  # steps through the changes, as in the page that stands by itself
        return beside(COMPARED, "compared.js").encode()
    return beside(__package__, f"scripts/{name}.js").encode()
