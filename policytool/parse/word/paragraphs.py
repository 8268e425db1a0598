"""A paragraph of Word -> a piece, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from lxml.etree import _Element as Element

from policytool.model.inline import Inlines, plain
from policytool.model.piece import Aside, AsideKind, Piece
from policytool.parse.markers import marker as typed
from policytool.parse.word.carried import is_kept, runs
from policytool.parse.word.lists import LEVELS, indent
from policytool.parse.word.looks import Reach, plain_look
from policytool.parse.word.runs import read_inside
from policytool.parse.word.story import Fate, Line, Story
from policytool.parse.word.styles import BODY_LEVEL, Style, listing
from policytool.parse.word.words import Atom, inlines
from policytool.parse.word.xml import W, number, on, value

_POINT = 20  # twentieths
_QUOTED = 60
_KINDS: dict[str, AsideKind] = {"deleted": "deleted", "struck": "deleted", "contents": "contents"}
_MARK_GONE = {False: ("del", "moveFrom"), True: ("ins", "moveTo")}
"""By whether changes are rejected: which of them take away the end of a paragraph, so that it joins the next."""


def read_paragraph(story: Story, node: Element, fate: Fate = "") -> Iterator[tuple[Piece | None, list[Element]]]:
    """The piece that a paragraph is, if it is one, and the text boxes that hang on it; nothing while it goes on."""
    story.paragraphs += 1
    properties = _properties(story, node)
    style = story.styles[value(properties, "pStyle") or story.styles.default]
    _close_lost_fields(story, style)
    line, story.pending = story.pending or Line(), None
    line.bookmarks[:0], story.bookmarks = story.bookmarks, []
    before = [*line.bookmarks]
    read_inside(story, line, node, Reach(style, plain_look(story, style), "", fate))
    mark = node.find(f"{W}pPr/{W}rPr")
    if mark is not None and any(mark.find(W + name) is not None for name in _MARK_GONE[story.rejects]):
        if story.exact and not line.atoms:
            line.bookmarks = before  # all of it is gone: what it joins is no part of it
        story.pending = line
        return
    counts = fate in ("", "arrived")
    yield finished(story, line, style, properties, counts=counts), line.boxes


def flushed(story: Story) -> Iterator[tuple[Piece | None, list[Element]]]:
    """A paragraph whose end was deleted, and that nothing follows."""
    line, story.pending = story.pending, None
    if line is not None:
        yield finished(story, line, story.styles[story.styles.default], None, counts=True), line.boxes


def finished(story: Story, line: Line, style: Style, properties: Element | None, *, counts: bool) -> Piece | None:
    """A paragraph that was read, told as a piece; one that is gone does not count."""
    _tell(story, line)
    if style.is_contents or (story.in_contents and not line.atoms):
        story.aside("contents", line.text())
        _keep_bookmarks(story, line)
        return None
    hidden = properties is not None and not line.atoms and on(properties.find(f"{W}rPr"), "vanish")
    listed = _listed(story, style, properties) if counts and not hidden else None
    sign = story.counting.marker(*listed) if listed else ""
    atoms, hand = (line.atoms, "") if sign or style.is_title else _typed(line.atoms)
    words = inlines([one._replace(text=one.text.replace("\t", " ")) for one in atoms])
    kept = story.exact and is_kept(style.name, line.bookmarks)
    if not words and not sign and not hand and not kept:
        _keep_bookmarks(story, line)
        return None
    if style.is_title and not story.title:
        story.title = plain(words).strip()
    return _piece(story, line, style, properties, (words, sign, hand, listed))


def _piece(
    story: Story,
    line: Line,
    style: Style,
    properties: Element | None,
    told: tuple[Inlines, str, str, tuple[str, int] | None],
) -> Piece:
    words, sign, hand, listed = told
    return Piece(
        words,
        story.place,
        sign or hand,
        bool(sign),
        _heading(style, properties),
        bool(line.atoms) and all(one.all_bold for one in line.atoms if one.text.strip()),
        (_indent(story, style, properties, listed) or 0) / _POINT,
        line.size / 2,
        (),
        style.name,
        tuple(line.bookmarks),
        level=listed[1] if listed and sign else -1,
        runs=runs(line.atoms) if story.exact else (),
    )


def _properties(story: Story, node: Element) -> Element | None:
    """What a paragraph says of itself; what it said before, where changes are rejected."""
    found = node.find(f"{W}pPr")
    if found is None or not story.rejects:
        return found
    before = found.find(f"{W}pPrChange/{W}pPr")
    return found if before is None else before


def _close_lost_fields(story: Story, style: Style) -> None:
    """Fields that were begun and never ended would swallow all that follows."""
    if any(not one.shown for one in story.fields) or (style.heading and story.fields and not style.is_contents):
        story.fields.clear()
        story.look("a field of Word before this place has no end, as in a damaged file")


def _listed(story: Story, style: Style, properties: Element | None) -> tuple[str, int] | None:
    """The list and the level that a paragraph counts in: its own, else its style's."""
    own = None if properties is None else properties.find(f"{W}numPr")
    if story.rejects and own is not None and own.find(f"{W}ins") is not None:
        own = None
    by_style = listing(style, story.counting.lists)
    name, level = value(own, "numId"), number(own, "ilvl")
    if name is None:
        found = by_style if level is None or by_style is None else (by_style[0], level)
    else:
        found = (name, level or 0) if name in story.counting.lists else None
    return found if found is not None and 0 <= found[1] < LEVELS else None


def _heading(style: Style, properties: Element | None) -> int:
    own = number(properties, "outlineLvl")
    if own is None:
        return style.heading
    return own + 1 if 0 <= own < BODY_LEVEL else 0


def _indent(story: Story, style: Style, properties: Element | None, listed: tuple[str, int] | None) -> int | None:
    """How far in the words stand: what a paragraph says, else its own list, else its style, else that one's list."""
    own = indent(properties)
    if own is not None:
        return own
    level = story.counting.lists[listed[0]].levels.get(listed[1]) if listed else None
    by_list = None if level is None else level.indent
    first, second = (by_list, style.indent) if value(properties, "numPr", "numId") else (style.indent, by_list)
    return second if first is None else first


def _typed(atoms: list[Atom]) -> tuple[list[Atom], str]:
    """The words without what is typed before them, and that."""
    text = "".join([one.text for one in atoms[: _before_note(atoms)]])
    sign, taken = typed(text)
    if not taken:
        return atoms, ""
    rest = []
    for one in atoms:
        kept = one.text[taken:]
        taken -= len(one.text) - len(kept)
        if kept or one.note:
            rest.append(one._replace(text=kept))
    return rest, sign


def _before_note(atoms: list[Atom]) -> int:
    return next((at for at, one in enumerate(atoms) if one.note), len(atoms))


def _keep_bookmarks(story: Story, line: Line) -> None:
    """The names of an empty paragraph lead to the next one."""
    story.bookmarks = line.bookmarks


def _tell(story: Story, line: Line) -> None:
    """What of a paragraph is not in the text, and what a person should know of it."""
    for why, group in groupby(line.lost, lambda lost: lost.why):
        text = "".join(lost.text for lost in group).replace("\t", " ")
        if why == "moved":
            story.moved.append((text, story.place))
            continue
        story.aside(_KINDS.get(why, "other"), text)
        if why in ("struck", "hidden") and text.strip():
            how = "struck through" if why == "struck" else "hidden"
            story.look(f"words that are {how} are left out: “{_short(text)}”")
    for message in dict.fromkeys(line.remarks):
        story.look(message)
    for key in line.comments:
        if key in story.comments and key not in story.commented:
            story.commented.add(key)
            story.asides.append(Aside("comment", story.comments[key], story.place, story.authors.get(key, "")))


def _short(text: str) -> str:
    told = " ".join(text.split())
    return told if len(told) <= _QUOTED else f"{told[: _QUOTED - 1].rstrip()}…"
