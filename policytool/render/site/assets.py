"""A frame -> what the pages of the site fetch: style sheet, scripts, crest and font, in files of their own."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from hashlib import sha256

from policytool.model.artifact import Artifact
from policytool.model.site import ASSETS, Frame
from policytool.render.colour import shades
from policytool.render.templates import beside

SHEET = "site.css"
SCRIPTS = ("live", "states")
LIGHT, DARK = ((0xFF, 0xFF, 0xFF), (0xF4, 0xF5, 0xF7)), ((0x15, 0x18, 0x1C), (0x20, 0x25, 0x2B))


def assets(frame: Frame) -> Iterator[Artifact]:
    """Every file that the pages fetch, but for the data of the search."""
    yield from _made(frame).values()


def asset(name: str, frame: Frame) -> str:
    """The path of what the pages fetch under a name: it holds its hash, so that no old sheet meets a new page."""
    return _made(frame)[name].path


@lru_cache(maxsize=4)
def _made(frame: Frame) -> dict[str, Artifact]:
    files = {SHEET: _sheet(frame)} | {f"{one}.js": _script(one) for one in SCRIPTS}
    return {name: _named(name, content) for name, content in files.items()}


def _named(name: str, content: bytes) -> Artifact:
    stem, _, ending = name.rpartition(".")
    return Artifact(f"{ASSETS}/{stem}.{sha256(content).hexdigest()[:8]}.{ending}", content)


def _sheet(frame: Frame) -> bytes:
    house = "".join(f"  --{shade}: {value};\n" for shade, value in shades(frame.colour, LIGHT, DARK).items())
    return f":root {{\n{house}}}\n{beside(__package__, 'sheets/site.css')}".encode()


def _script(name: str) -> bytes:
    return beside(__package__, f"scripts/{name}.js").encode()
