"""Runs of Word's words -> inlines: what is set alike is joined, and blanks stand outside of emphasis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import NamedTuple

from policytool.model.inline import Code, Emphasis, FootnoteMark, Inline, Inlines, LineBreak, Link, Strong, Text

BREAK = "\n"


class Atom(NamedTuple):
    """Words that are set alike; a line end alone is a line broken on purpose. `note` names a footnote: no words.

    `all_bold` tells how they look, `bold` whether they do so against the style of their paragraph; `styled` that
    this is bold or italic. `number` tells apart the fields that print a number.
    """

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    link: str = ""
    note: str = ""
    all_bold: bool = False
    number: int = 0
    styled: bool = False


def inlines(atoms: Iterable[Atom]) -> Inlines:
    """The words of a paragraph, without blanks at their ends."""
    return tuple(one for link, group in groupby(_trimmed(list(atoms)), _link) for one in _linked(link, list(group)))


def _link(atom: Atom) -> str:
    return atom.link


def _trimmed(atoms: list[Atom]) -> list[Atom]:
    """Without blanks and breaks at the ends; a link made of blanks is none."""
    while atoms and not atoms[0].note and not atoms[0].text.strip():
        del atoms[0]
    while atoms and not atoms[-1].note and not atoms[-1].text.strip():
        del atoms[-1]
    if atoms and not atoms[0].note:
        atoms[0] = atoms[0]._replace(text=atoms[0].text.lstrip(_BLANKS))
    if atoms and not atoms[-1].note:
        atoms[-1] = atoms[-1]._replace(text=atoms[-1].text.rstrip(_BLANKS))
    return atoms


_BLANKS = " \t\n"


def _linked(link: str, atoms: list[Atom]) -> Iterator[Inline]:
    made = tuple(_set(atoms))
    if link and any(atom.text.strip() for atom in atoms):
        yield Link(made, link)
    else:
        yield from made


def _set(atoms: list[Atom]) -> Iterator[Inline]:
    for bold, of_weight in groupby(_settled(atoms), lambda atom: atom.bold):
        slanted = tuple(_slanted(list(of_weight)))
        if bold:
            yield Strong(slanted)
        else:
            yield from slanted


def _slanted(atoms: list[Atom]) -> Iterator[Inline]:
    for italic, of_slant in groupby(atoms, lambda atom: atom.italic):
        plain = tuple(_plain(of_slant))
        if italic:
            yield Emphasis(plain)
        else:
            yield from plain


def _plain(atoms: Iterable[Atom]) -> Iterator[Inline]:
    for (code, note, broken), group in groupby(atoms, lambda atom: (atom.code, atom.note, atom.text == BREAK)):
        if note:
            yield FootnoteMark(note, int(note) if note.isdecimal() else 0)
        elif broken:
            yield from (LineBreak() for _ in group)
        else:
            text = "".join(atom.text for atom in group)
            yield Code(text) if code else Text(text)


def _settled(atoms: list[Atom]) -> Iterator[Atom]:
    """Blanks, breaks and marks between words of two looks are plain; between words of one look they are as those."""
    parts = [part for atom in atoms for part in _parted(atom)]
    looks = [_look(atom) for atom in parts]
    before = _PLAIN
    for atom, look, coming in zip(parts, looks, _following(looks), strict=True):
        if look is not None:
            before = look
            yield atom
            continue
        shared = not atom.note
        yield atom._replace(
            bold=shared and before[0] and coming[0], italic=shared and before[1] and coming[1], code=False
        )


_PLAIN = (False, False)


def _look(atom: Atom) -> tuple[bool, bool] | None:
    """How words look; None for what has none."""
    return None if atom.note or not atom.text.strip() else (atom.bold, atom.italic)


def _following(looks: list[tuple[bool, bool] | None]) -> list[tuple[bool, bool]]:
    """For each part, how the next one with words looks; plain at the end."""
    found, coming = [], _PLAIN
    for look in reversed(looks):
        found.append(coming)
        coming = look or coming
    return found[::-1]


def _parted(atom: Atom) -> Iterator[Atom]:
    """The blanks at the ends of emphasis apart from its words."""
    text = atom.text
    if not (atom.bold or atom.italic) or atom.note or not text.strip(_BLANKS):
        yield atom
        return
    head, tail = len(text) - len(text.lstrip(_BLANKS)), len(text.rstrip(_BLANKS))
    for part in (text[:head], text[head:tail], text[tail:]):
        if part:
            yield atom._replace(text=part)
