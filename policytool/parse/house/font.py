"""The bytes of font files -> the faces of one font (OpenType 1.9: "name", "OS/2", "head")."""

from __future__ import annotations

import struct
from collections.abc import Iterable
from dataclasses import replace
from operator import attrgetter

from policytool.model.house import Face
from policytool.parse.house.problem import Problem

MOST_BYTES = 3_000_000
ENDINGS = (".ttf", ".otf")
_KINDS = {b"\0\1\0\0": "ttf", b"true": "ttf", b"OTTO": "otf"}
_OTHERS = {b"wOFF": "for web pages (WOFF)", b"wOF2": "for web pages (WOFF2)", b"ttcf": "a collection of fonts"}
_NEEDED = (b"name", b"OS/2", b"head", b"cmap", b"hmtx")
_FAMILY, _WINDOWS, _ENGLISH = 1, 3, (0x409, 0x809)
_RESTRICTED, _EDITABLE = 0x2, 0x8  # OS/2 fsType: no embedding; embedding even in documents that are edited
_ITALIC, _BOLD = 0x1, 0x20  # OS/2 fsSelection
_BOLD_FROM = 600
_LONGEST_NAME = 60


def faces(files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Face, ...], list[Problem]]:
    """The faces in these files, by name and content: those of one family, the regular one first, one of each kind."""
    found: dict[tuple[bool, bool], Face] = {}
    problems: list[Problem] = []
    for name, content in files:
        made = _read(name, content)
        if isinstance(made, Problem):
            problems.append(made)
        elif other := next((face for face in found.values() if face.family != made.family), None):
            problems.append(Problem(f"`{name}` is of the family {made.family}, the others are of {other.family}"))
        elif (made.bold, made.italic) in found:
            problems.append(Problem(f"`{name}` is a second face of the same kind", "keep regular, bold and italic"))
        else:
            found[made.bold, made.italic] = made
    if found and (False, False) not in found:
        problems.append(Problem("the font has no regular face", "add it beside the others"))
    usable = tuple(sorted(found.values(), key=attrgetter("italic", "bold")))
    return ((), problems) if problems else (usable, [])


def _read(name: str, content: bytes) -> Face | Problem:
    outlines = _KINDS.get(content[:4])
    if outlines is None:
        other = _OTHERS.get(content[:4], "")
        return Problem(f"`{name}` is {other or 'no font'}", "take the .ttf or .otf file of the font")
    try:
        face = _face(name, _tables(content))
    except (struct.error, IndexError, LookupError) as error:
        return Problem(f"`{name}` is damaged: {error}", "fetch the font again")
    if isinstance(face, Problem):
        return face
    return replace(face, content=content, outlines="otf" if outlines == "otf" else "ttf")


def _tables(content: bytes) -> dict[bytes, bytes]:
    [count] = struct.unpack_from(">H", content, 4)
    records = (struct.unpack_from(">4sIII", content, 12 + 16 * index) for index in range(count))
    tables = {tag: content[start : start + length] for tag, _, start, length in records}
    missing = next((tag for tag in _NEEDED if not tables.get(tag)), b"")
    if missing:
        raise LookupError(f"it has no table {missing.decode()}")
    return tables


def _face(name: str, tables: dict[bytes, bytes]) -> Face | Problem:
    if b"fvar" in tables:
        return Problem(f"`{name}` is a variable font", "take the static faces: regular, bold, italic, bold italic")
    weight, _, allowed = struct.unpack_from(">HHH", tables[b"OS/2"], 4)
    [selection] = struct.unpack_from(">H", tables[b"OS/2"], 62)
    if allowed & _RESTRICTED and not allowed & _EDITABLE:
        return Problem(f"`{name}` may not be put into documents, by its licence", "choose a font that may")
    family = _family(tables[b"name"])
    if not family or not family.isprintable() or len(family) > _LONGEST_NAME:
        return Problem(f"`{name}` does not say what it is called", "take another font")
    return Face(b"", family, bool(selection & _BOLD or weight >= _BOLD_FROM), bool(selection & _ITALIC))


def _family(table: bytes) -> str:
    """The name of the family in English, as Windows has it."""
    _, count, base = struct.unpack_from(">HHH", table, 0)
    for index in range(count):
        platform, _, language, what, length, start = struct.unpack_from(">6H", table, 6 + 12 * index)
        if platform == _WINDOWS and language in _ENGLISH and what == _FAMILY:
            return table[base + start : base + start + length].decode("utf-16-be", "replace").strip()
    return ""
