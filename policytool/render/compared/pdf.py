"""Comparison -> a paper for a meeting: PDF/UA-1 and PDF/A-2a in one file, the same bytes each time.

`compared.typ` reads the value that is made here. Words are strings; everything else is a list: its kind, then what it
holds.
"""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias

from policytool.model.comparison import Change, Comparison, Passage
from policytool.model.inline import Code, Emphasis, FootnoteMark, Inline, Inlines, LineBreak, Link, Reference, Strong
from policytool.render.compared import words
from policytool.render.compared.fields import field_line
from policytool.render.compared.flags import flags, matters
from policytool.render.compared.mentions import landing_line, number_lines, ripple_line
from policytool.render.compared.rows import Rows, rows
from policytool.render.compared.sides import Runs, Sides, footnote_number, said
from policytool.render.edition import Edition
from policytool.render.pdf.content import lines, printable
from policytool.render.pdf.engine import typeset

TEMPLATE = Path(__file__).with_name("compared.typ")
NARROWEST, WIDEST = 12, 60
Nodes: TypeAlias = "list[str | list[object]]"


def pdf(comparison: Comparison, old: Edition, new: Edition) -> bytes:
    """The PDF of a comparison. Raises `UnableError` where it holds a character that cannot be printed."""
    return typeset(_content(Sides(comparison, old, new)), words.title(comparison), TEMPLATE)


def _content(sides: Sides) -> dict[str, object]:
    comparison = sides.comparison
    edits = () if comparison.unrelated else comparison.told
    return {
        "title": printable(words.title(comparison)),
        "author": printable(sides.new.organisation),
        "colour": sides.new.ink,
        "versions": printable(words.versions(comparison)),
        "summary": printable(words.summary(comparison)),
        "landings": [words.LANDINGS, [printable(landing_line(one, sides)) for one in comparison.landings]],
        "matters": [words.MATTERS, [[printable(where), printable(flag)] for _, where, flag in matters(sides)]],
        "fields": [words.FIELDS, [printable(field_line(one, sides)) for one in comparison.fields]],
        "changes": [words.CHANGES, [_edit(change, sides) for change in edits]],
        "numbers": [words.RENUMBERED, [printable(line) for line in number_lines(comparison)]],
        "ripples": [words.RIPPLES, [printable(ripple_line(one, sides)) for one in comparison.ripples]],
    }


def _edit(change: Change, sides: Sides) -> dict[str, object]:
    table = rows(change, sides)
    parts = () if table and table.header else sides.shown(change)
    return {
        "name": words.kind(change, sides),
        "place": printable(words.place(change, sides)),
        "section": printable(sides.section(change)),
        "flags": [printable(words.capital(flag)) for _, flag in flags(change, sides)],
        "remark": words.remark(change),
        "lines": [[_marker(passage), _runs(runs)] for passage, runs in parts],
        "table": _table(table) if table and table.header else [],
    }


def _marker(passage: Passage) -> str:
    return "•" if passage.kind == "bullet" else printable(passage.marker)


def _table(table: Rows) -> list[object]:
    """The shares of its columns, its header and its rows, all as long as the longest."""
    found = [[(name, ()), *(("", cell) for cell in cells)] for name, cells in (("", table.header), *table.rows)]
    count = max(map(len, found))
    padded = [[*row, *[("", ())] * (count - len(row))] for row in found]
    widths = [max(_length(row[column]) for row in padded) for column in range(count)]
    shares = [max(NARROWEST, min(width, WIDEST)) for width in widths]
    return [shares, [[[name, _runs(cell)] for name, cell in row] for row in padded]]


def _length(cell: tuple[str, Runs]) -> int:
    name, runs = cell
    return len(name) + sum(len(said(run.words, run.edition)) for run in runs)


def _runs(runs: Runs) -> list[object]:
    """The words of runs, each run with its mark."""
    return [[str(run.mark), _words(run.words, run.edition)] for run in runs]


def _words(inlines: Inlines, edition: Edition) -> Nodes:
    return [node for inline in inlines for node in _word(inline, edition)]


def _word(inline: Inline, edition: Edition) -> Nodes:
    """One inline. References and links are their words: the paper speaks of a text and is not that text."""
    match inline:
        case Strong(children):
            return [["strong", _words(children, edition)]]
        case Emphasis(children):
            return [["emphasis", _words(children, edition)]]
        case Link(children):
            return _words(children, edition)
        case Reference():
            return _words(edition.cite(inline).children, edition)
        case Code(text):
            return [["code", printable(text)]]
        case LineBreak():
            return [["break"]]
        case FootnoteMark():
            return [["raised", printable(footnote_number(inline, edition))]]
        case _:
            return [lines(inline.text) if "\n" in inline.text else printable(inline.text)]
