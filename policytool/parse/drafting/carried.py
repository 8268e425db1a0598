"""What a Word file of ours carries, as text -> how each of its blocks was built.

The text may have been tampered with: what is not as we write it counts as not being there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError, loads
from typing import Any, TypeAlias

Shape: TypeAlias = list[Any]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words as they were printed: their hash, and how they are built, by lengths; None for plain words."""

    hash: str
    shape: Shape | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A block as it was written: its kind, the place of the block it stands in (-1 for none), and what does not print.

    `level` is that of the list it counts in, `typed` what is typed before its words, `note` the footnote it is in.
    """

    kind: str
    within: int = -1
    key: str = ""
    label: str = ""
    start: int | None = None
    level: int = -1
    typed: str = ""
    depth: int = 0
    unnumbered: bool = False
    appendix: bool = False
    style: str = ""
    begins: bool = False
    alignments: tuple[str, ...] = ()
    tail: int = 0
    note: str = ""
    said: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Carried:
    """All that a file carries. `notes` are the names of its footnotes as numbered, `order` as the source has them.

    `front` has, by the labels of the title block, ids and what is printed for each.
    """

    kind: str = "policy"
    numbering: str = "outline"
    notes: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    front: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()


def carried(text: str) -> Carried:
    """What a file carries; nothing where that cannot be understood."""
    try:
        told = loads(text) if text else {}
    except (JSONDecodeError, RecursionError):
        told = {}
    if not isinstance(told, dict):
        return Carried()
    blocks = [one for one in _list(told.get("blocks")) if isinstance(one, dict)]
    front = told.get("front")
    return Carried(
        _text(told.get("kind")) or "policy",
        _text(told.get("numbering")) or "outline",
        _texts(told.get("notes")),
        _texts(told.get("order")),
        {name: tuple(_pairs(value)) for name, value in front.items()} if isinstance(front, dict) else {},
        tuple(_entry(one, at) for at, one in enumerate(blocks)),
    )


def _entry(told: Mapping[str, Any], at: int) -> Entry:
    within, start = _count(told.get("in"), -1), told.get("start")
    return Entry(
        _text(told.get("kind")),
        within if within < at else -1,
        _text(told.get("key")),
        _text(told.get("label")),
        start if isinstance(start, int) else None,
        _count(told.get("level"), -1),
        _text(told.get("typed")),
        _count(told.get("depth"), 0),
        told.get("unnumbered") is True,
        told.get("appendix") is True,
        _text(told.get("style")),
        told.get("begins") is True,
        _texts(told.get("alignments")),
        min(max(_count(told.get("tail"), 0), 0), 99),
        _text(told.get("note")),
        tuple(_passage(one) for one in _list(told.get("said"))),
    )


def _passage(told: object) -> Passage:
    parts = _list(told)
    shape = parts[1] if len(parts) > 1 and isinstance(parts[1], list) else None
    return Passage(_text(parts[0]) if parts else "", shape)


def _pairs(told: object) -> Iterator[tuple[str, str]]:
    for one in _list(told):
        match one:
            case [str(name), str(title)] if name and title:
                yield name, title


def _list(told: object) -> list[Any]:
    return told if isinstance(told, list) else []


def _text(told: object) -> str:
    return told if isinstance(told, str) else ""


def _texts(told: object) -> tuple[str, ...]:
    return tuple(one for one in _list(told) if isinstance(one, str))


def _count(told: object, other: int) -> int:
    return told if isinstance(told, int) and not isinstance(told, bool) else other
