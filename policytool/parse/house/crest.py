"""The bytes of a picture -> a crest: SVG, PNG or JPEG, told by what it holds and not by its name."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

from policytool.model.house import Crest
from policytool.parse.house.problem import Problem

MOST_BYTES = 1_000_000
_MOST_PIXELS = 6_000  # along one side: a small file may unfold into gigabytes
_MOST_NODES = 20_000
_PNG, _JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
_SVG = "{http://www.w3.org/2000/svg}"
_LIVELY = {"script", "foreignObject", "iframe", "image", "feImage", "set", "handler", "listener", "a"}
_LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px|pt|mm|cm|in|pc)?\s*\Z")
_FETCHES = re.compile(r"url\(\s*['\"]?(?!\s*#)|@import", re.IGNORECASE)
_FRAMES = frozenset((*range(0xC0, 0xC4), *range(0xC5, 0xC8), *range(0xC9, 0xCC), *range(0xCD, 0xD0)))
_BARE = frozenset((0x01, *range(0xD0, 0xDA)))  # markers without a length
_COLOURS = (1, 3)  # components of grey, and of red, green and blue
_SLIMMEST, _WIDEST = 0.2, 10.0

AGAIN = "save it as PNG, or as plain SVG"


def crest(content: bytes) -> tuple[Crest | None, list[Problem]]:
    """A crest, or why the picture cannot be one."""
    try:
        made = _crest(content)
    except (struct.error, IndexError, ValueError) as error:
        made = Problem("the picture is damaged, or breaks off", str(error) if isinstance(error, ValueError) else "")
    if isinstance(made, Problem):
        return None, [made]
    if not _SLIMMEST <= made.ratio <= _WIDEST:
        return None, [Problem("the picture is a thin strip", "a crest is at most five times as high as wide")]
    return made, []


def _crest(content: bytes) -> Crest | Problem:
    if content.startswith(_PNG):
        width, height = struct.unpack_from(">II", content, 16)
        return _whole(content, b"IEND", width, height) or Crest(content, "png", width / height)
    if content.startswith(_JPEG):
        height, width, components = _jpeg(content)
        if components not in _COLOURS:
            return Problem("the picture is in the colours of a printing press (CMYK)", "save it in RGB")
        return _whole(content, b"\xff\xd9", width, height) or Crest(content, "jpeg", width / height)
    if b"<svg" in content[:4096] or b":svg" in content[:4096]:
        return _svg(content)
    return Problem("this is neither an SVG, nor a PNG, nor a JPEG picture", AGAIN)


def _whole(content: bytes, end: bytes, width: int, height: int) -> Problem | None:
    """Why a picture of pixels cannot be used."""
    if end not in content[-64:] or not width or not height:
        return Problem("the picture is damaged, or breaks off", AGAIN)
    if max(width, height) > _MOST_PIXELS:
        return Problem(f"the picture has {width} by {height} dots", f"{_MOST_PIXELS} along a side are enough")
    return None


def _jpeg(content: bytes) -> tuple[int, int, int]:
    """The height, width and number of components in the frame header (ITU-T T.81, B.2.2)."""
    at = 2
    while True:
        marker = content[at + 1]
        if content[at] != 0xFF:  # noqa: PLR2004 - every marker begins so
            return 0, 0, 1
        if marker in _FRAMES:
            height, width, components = struct.unpack_from(">HHB", content, at + 5)
            return height, width, components
        at += 2 if marker in _BARE or marker == 0xFF else 2 + struct.unpack_from(">H", content, at + 2)[0]  # noqa: PLR2004


def _svg(content: bytes) -> Crest | Problem:
    from lxml import etree  # a picture of pixels needs none

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        return Problem(f"the SVG is no well-formed XML: {error.msg}", AGAIN)
    if root.getroottree().docinfo.internalDTD is not None and b"<!ENTITY" in content:
        return Problem("the SVG defines entities", AGAIN)
    if root.tag != f"{_SVG}svg":
        return Problem("the picture is no SVG", AGAIN)
    if sum(1 for _ in root.iter()) > _MOST_NODES:
        return Problem(f"the SVG has more than {_MOST_NODES} shapes", "simplify it, or save it as PNG")
    if lively := next(_lively(root), ""):
        return Problem(f"the SVG does more than draw: it holds {lively}", AGAIN)
    width, height = _extent(root)
    return Crest(content, "svg", width / height) if width and height else Problem("the SVG says no size", AGAIN)


def _lively(root: object) -> Iterator[str]:
    """What in an SVG runs, or fetches something."""
    for node in root.iter():  # type: ignore[attr-defined]
        if not isinstance(node.tag, str):
            continue
        name = node.tag.removeprefix(_SVG)
        if name in _LIVELY:
            yield f"`{name}`"
        if name == "style" and _FETCHES.search(node.text or ""):
            yield "a style that fetches something"
        for key, value in node.attrib.items():
            attribute = key.rpartition("}")[2]
            if attribute.startswith("on") or (attribute == "href" and not value.startswith("#")):
                yield f"`{attribute}`"
            elif _FETCHES.search(value):
                yield f"an address in `{attribute}`"


def _extent(root: object) -> tuple[float, float]:
    """The width and height of an SVG, in whatever unit, by its view box or else by its own attributes."""
    box = root.get("viewBox", "").replace(",", " ").split()  # type: ignore[attr-defined]
    if len(box) == 4:  # noqa: PLR2004 - x, y, width, height
        return abs(float(box[2])), abs(float(box[3]))
    found = [_LENGTH.match(root.get(name, "")) for name in ("width", "height")]  # type: ignore[attr-defined]
    width, height = (float(match[1]) if match else 0.0 for match in found)
    return width, height
