"""Paper -> one self-contained, accessible HTML page that prints well.

The template holds every tag. The style sheet is admitted by hash in the page's own content security policy, which
admits nothing else; nothing that a paper says is ever treated as HTML.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from markupsafe import Markup

from policytool.model.paper import Clause, Facts, Grid, Heading, Line, Listing, Look, Paper, PaperBlock, Paragraph
from policytool.render.colour import WHITE, Colour
from policytool.render.edition import CONTENTS
from policytool.render.paper.places import Place, Places, places, rows
from policytool.render.templates import admission, legal, style_sheet, template

LIGHT: tuple[Colour, ...] = (WHITE, (0xF4, 0xF5, 0xF7), (0xE3, 0xF4, 0xE8), (0xFB, 0xE6, 0xE4), (0xFF, 0xF3, 0xC9))
DARK: tuple[Colour, ...] = (
    (0x15, 0x18, 0x1C),
    (0x20, 0x25, 0x2B),
    (0x15, 0x36, 0x22),
    (0x46, 0x20, 0x1E),
    (0x40, 0x36, 0x14),
)
"""The grounds that words stand on in `paper.css`: --paper, --tint, --added, --gone, --found."""

_PACKAGE = "policytool.render.paper"
_DEEPEST = 9


class Run(NamedTuple):
    """Words with their look, and where they lead."""

    text: str
    look: Look
    href: str


Runs: TypeAlias = tuple[Run, ...]


class Shown(NamedTuple):
    """A block: its kind is what the template tells apart; the fields that it has no use for are empty."""

    kind: str
    words: Runs = ()
    level: int = 0
    id: str = ""
    marker: str = ""
    depth: int = 0
    lines: tuple[Runs, ...] = ()
    facts: tuple[tuple[str, Runs], ...] = ()
    rows: tuple[tuple[Runs, ...], ...] = ()
    name: str = ""


def html(paper: Paper) -> bytes:
    """The page in UTF-8; equal papers give equal bytes. It fetches nothing and runs nothing.

    Characters that no HTML document may hold are left out.
    """
    found = places(paper)
    style = style_sheet(_PACKAGE, "paper.css", paper.colour, LIGHT, DARK)
    text = template(_PACKAGE, "paper.html.jinja").render(
        page=paper,
        blocks=_blocks(paper, found),
        contents=[(place.level, place.anchor, _runs(place.line, None)) for place in _listed(paper, found)],
        contents_title=CONTENTS,
        style=Markup(style),  # noqa: S704 -- the package's own file and colours built from three numbers
        style_hash=admission(style),
    )
    return legal(text).encode()


def _listed(paper: Paper, found: Places) -> tuple[Place, ...]:
    return found.listed if paper.contents else ()


def _blocks(paper: Paper, found: Places) -> list[Shown]:
    """The blocks, each table named by the heading that it stands under."""
    shown, headings, under = [], iter(found.every), paper.title
    for block in paper.blocks:
        if isinstance(block, Heading):
            place = next(headings)
            under = "".join(words.text for words in place.line)
            shown.append(Shown("heading", _runs(place.line, found), level=place.level + 1, id=place.anchor))
        else:
            shown.append(_block(block, found, under))
    return shown


def _block(block: PaperBlock, found: Places, under: str) -> Shown:
    match block:
        case Paragraph(line, look):
            return Shown(look or "paragraph", _runs(line, found))
        case Listing(lines):
            return Shown("listing", lines=tuple(_runs(line, found) for line in lines))
        case Facts(facts):
            return Shown("facts", facts=tuple((label, _runs(line, found)) for label, line in facts))
        case Grid():
            cells = tuple(tuple(_runs(cell, found) for cell in row) for row in rows(block))
            return Shown("grid", rows=cells, name=f"Table: {under}")
        case Clause(marker, line, depth):
            return Shown("clause", _runs(line, found), marker=marker, depth=min(max(depth, 0), _DEEPEST))
        case _:
            return Shown("break")


def _runs(line: Line, found: Places | None) -> Runs:
    """The words of a line; without places they lead nowhere."""
    runs = []
    for words in line:
        lead = found.leads(words) if found else ""
        runs.append(Run(words.text, words.look, f"#{lead.anchor}" if isinstance(lead, Place) else lead))
    return tuple(run for run in runs if run.text)
