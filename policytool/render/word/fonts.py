"""The house font -> what a Word file holds of it (ECMA-376 part 4, 9.1: "Font Embedding")."""

from __future__ import annotations

from copy import deepcopy
from functools import lru_cache
from hashlib import sha256
from typing import NamedTuple

from lxml import etree

from policytool.model.house import Face
from policytool.render.word.house import house_xml
from policytool.render.word.markup import Element, R, W, child, clean

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.obfuscatedFont"
KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/font"
_KEY_BYTES, _MASKED = 16, 32
_PLACES = {
    (False, False): "embedRegular",
    (True, False): "embedBold",
    (False, True): "embedItalic",
    (True, True): "embedBoldItalic",
}


class Embedded(NamedTuple):
    """A face as it lies in the package: the id of its relationship, and its bytes, masked."""

    key: str
    content: bytes


def font_table(faces: tuple[Face, ...]) -> tuple[Element, list[Embedded]]:
    """The table of fonts, and the faces in it. Word embeds TrueType outlines alone: of other fonts it has the name."""
    made = deepcopy(house_xml("fontTable.xml"))
    entry = child(made, "font", name=clean(faces[0].family))
    embedded: list[Embedded] = []
    held = {(face.bold, face.italic): face for face in faces if face.outlines == "ttf"}
    for kind, place in _PLACES.items():
        if (face := held.get(kind)) is not None:
            name = sha256(face.content).hexdigest()[: 2 * _KEY_BYTES].upper()
            embedded.append(Embedded(f"rId{len(embedded) + 1}", _masked(face.content, name)))
            child(entry, place, fontKey=_written(name)).set(R + "id", embedded[-1].key)
    return made, embedded


@lru_cache(maxsize=4)
def plain_fonts(content: bytes) -> bytes:
    """A template's table of fonts without names of character sets, which LibreOffice writes and Word does not know."""
    table = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False))
    for node in table.iter(W + "charset"):
        node.attrib.pop(W + "characterSet", "")
    return etree.tostring(table, encoding="UTF-8", standalone=True)


def _masked(content: bytes, name: str) -> bytes:
    """The first bytes mixed with the key, as the standard asks, so that the file is no font by itself."""
    key = bytes.fromhex(name)[::-1] * (_MASKED // _KEY_BYTES)
    head = bytes(one ^ other for one, other in zip(content[:_MASKED], key, strict=True))
    return head + content[_MASKED:]


def _written(name: str) -> str:
    parts = (name[:8], name[8:12], name[12:16], name[16:20], name[20:])
    return "{" + "-".join(parts) + "}"
