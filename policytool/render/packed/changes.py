"""A comparison -> blocks of a paper: what matters, each passage with what went and what came, what else it touches."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.comparison import Change, Mark, Passage
from policytool.model.paper import Clause, Grid, Heading, Line, Listing, Look, PaperBlock, Paragraph, Words
from policytool.render.compared import words
from policytool.render.compared.fields import field_line
from policytool.render.compared.flags import flags, matters
from policytool.render.compared.mentions import landing_line, number_lines, ripple_line
from policytool.render.compared.rows import Rows, rows
from policytool.render.compared.sides import Runs, Sides

_LOOKS: dict[Mark, Look] = {Mark.SAME: "", Mark.INSERTED: "inserted", Mark.DELETED: "deleted"}
CHANGES = "The changes, clause by clause"


def summary(sides: Sides) -> Iterator[PaperBlock]:
    """What changed, and what of it is of substance."""
    comparison = sides.comparison
    yield Paragraph(plain(words.summary(comparison)))
    lines: list[Line] = [(Words(f"{where}: ", "strong"), Words(f"{flag}.")) for _, where, flag in matters(sides)]
    lines += [plain(field_line(one, sides)) for one in comparison.fields]
    lines += [plain(landing_line(one, sides)) for one in comparison.landings]
    if lines:
        yield Listing(tuple(lines))


def changes(sides: Sides) -> Iterator[PaperBlock]:
    """Each passage that changed, as it stands, with what was taken out and what was added."""
    told = () if sides.comparison.unrelated else sides.comparison.told
    if told:
        yield Heading(2, plain(CHANGES))
    for change in told:
        if not change.carried:
            yield from _heading(change, sides)
        yield from _passages(change, sides)
    numbers = number_lines(sides.comparison)
    if numbers:
        yield Heading(3, plain(words.RENUMBERED))
        yield Listing(tuple(map(plain, numbers)))


def _heading(change: Change, sides: Sides) -> Iterator[PaperBlock]:
    section = sides.section(change)
    place = words.place(change, sides)
    after = f" ({section})" if section and f"“{section}”" not in place else ""
    yield Heading(3, (Words(f"{words.kind(change, sides)}: {place}"), *([Words(after, "quiet")] if after else [])))
    said = [words.capital(flag) for _, flag in flags(change, sides)]
    remark = words.remark(change)
    if said or remark:
        told = ". ".join(said) + "." if said else remark
        yield Paragraph((Words(told, "quiet"),))


def _passages(change: Change, sides: Sides) -> Iterator[PaperBlock]:
    table = rows(change, sides)
    if table and table.header:
        yield _grid(table, sides)
        return
    for passage, runs in sides.shown(change):
        marker, words_of = _marker(passage), line(runs, sides, _whole(change))
        yield Clause(marker, words_of, _depth(passage)) if marker else Paragraph(words_of)


def _whole(change: Change) -> Look:
    """How words without a mark look: those of a passage that came in or went have none of their own."""
    if change.spans:
        return ""
    return "deleted" if not change.new else "inserted" if not change.old else ""


def _depth(passage: Passage) -> int:
    return 1 if passage.kind in ("item", "bullet") else 0


def _marker(passage: Passage) -> str:
    return "•" if passage.kind == "bullet" else passage.marker


def _grid(table: Rows, sides: Sides) -> Grid:
    """The cells before and now, every row as long as the longest."""
    found = [(plain(name), *(line(cell, sides) for cell in cells)) for name, cells in table.rows]
    header = ["", *("".join(word.text for word in line(cell, sides)) for cell in table.header)]
    most = max(len(header), *(len(row) for row in found))
    filled = tuple((*row, *[()] * (most - len(row))) for row in found)
    return Grid((*header, *[""] * (most - len(header))), filled)


def line(runs: Runs, sides: Sides, otherwise: Look = "") -> Line:
    """The words of runs, each with its mark; line ends in them are blanks."""
    return tuple(Words(sides.said(run), _LOOKS[run.mark] or otherwise) for run in runs if sides.said(run))


def ripple(sides: Sides) -> Iterator[str]:
    """The passages of other policies that cite what changed."""
    own = sides.comparison.new.policy
    yield from dict.fromkeys(ripple_line(one, sides) for one in sides.comparison.ripples if one.policy != own)


def plain(text: str) -> Line:
    """A line of words that are set alike."""
    return (Words(text),) if text else ()
