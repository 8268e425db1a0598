"""What a Word file that was built here carries beside its words: its properties, and how its text is built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from lxml.etree import _Element as Element

from policytool.model.piece import CARRIED, CARRIED_SPACE, Piece, Run
from policytool.parse.house.archive import DamagedError, xml
from policytool.parse.word.package import Package
from policytool.parse.word.words import Atom


def properties(opened: Package) -> dict[str, str]:
    """Those document properties that only we write; empty for a file that was not built here."""
    for one in opened.opened.relations(""):
        if one.kind.endswith("/custom-properties") and one.target in opened.opened.files:
            root = _parsed(opened.opened.files[one.target])
            named = {} if root is None else {node.get("name", ""): "".join(map(str, node.itertext())) for node in root}
            return {name: named[name] for name in CARRIED if name in named} if CARRIED[0] in named else {}
    return {}


def carried(opened: Package) -> str:
    """What is in our part of custom XML; "" where some program left it out."""
    for one in opened.relations:
        content = opened.opened.files.get(one.target, b"") if one.kind.endswith("/customXml") else b""
        if CARRIED_SPACE.encode() in content and (root := _parsed(content)) is not None:
            return str(root.text or "")
    return ""


def _parsed(content: bytes) -> Element | None:
    try:
        return xml(content)
    except DamagedError:
        return None


def runs(atoms: Iterable[Atom]) -> tuple[Run, ...]:
    """The words of a paragraph as they stand."""
    return tuple(
        Run(one.text, one.bold, one.italic, one.code, one.link, one.note, one.number, one.styled) for one in atoms
    )


def is_kept(style: str, bookmarks: Iterable[str]) -> bool:
    """Whether an empty paragraph says something: a line across the page, or what we marked."""
    return style.lower() == "rule" or (
        style.lower() != "after table" and any(not one.startswith("_") for one in bookmarks)
    )


def with_cells(piece: Piece, cells: Iterable[Iterable[tuple[Piece, ...]]], style: str) -> Piece:
    """A table with what its rows are made of."""
    return replace(piece, cells=tuple(tuple(row) for row in cells), style=style)
