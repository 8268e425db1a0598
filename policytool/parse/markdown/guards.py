"""What a paragraph has swallowed, or begins with and should not -> diagnostics."""

from __future__ import annotations

import re

from policytool.model.inline import Position
from policytool.parse.findings import HEADLESS_TABLE, LINK_DEFINITION, SWALLOWED, TYPED_NUMBER, WRONG_MARK
from policytool.parse.markdown.ground import Ground, Source

# What each of the patterns for a paragraph's start begins with.
_SUSPECT = re.compile(r"[a-z]{1,6}[.)]|[0-9(\[+*#-]")
_ITEM_LIKE = re.compile(r"(?:[0-9]{1,9}[.)]|(?:[a-z]|[ivxlc]{1,6})[.)]|[-+*]|#{1,6})(?=\s|$)")
_WRONG_LETTER = re.compile(r"(?:[a-z]|[ivxlc]{1,6})\.(?=\s)")
_TYPED = re.compile(r"(?:[0-9]+(?:\.[0-9]+)+\.?|\((?:[a-z]|[ivx]{1,4}|[0-9]{1,3})\)|[0-9]{1,3}[.)])(?=\s)")
# A mark that would be one with a blank after it: "1.Staff", or a hard blank as word processors leave it.
_TIGHT = re.compile(r"(?:[0-9]{1,3}[.)]|[a-z]\)|[ivxlc]{1,6}\))(?=[^\W\d_]|\u00a0)|(?:[-+*]|#{1,6})(?=\u00a0)")
_LAST_SIGN = re.compile(r"[.)](?=[^.)]*\Z)")
_DEFINITION = re.compile(r"\[[^\]^\n]+\]:(?=\s)")


def guard_paragraph(source: Source, ground: Ground, first_line: int, inside: str) -> None:
    """Report what Markdown took into a paragraph, or took for one, and should not have.

    `first_line` counts from 0; `inside` is the kind of the paragraph's parent. In quotations and footnotes numbers
    typed by hand are somebody else's, and stay.
    """
    content = ground.content
    first, *others = content.split("\n")
    for number, line in enumerate(others, first_line + 1):
        if swallowed := _ITEM_LIKE.match(line.lstrip()):
            _report_swallowed(source, number, swallowed[0])
    if _SUSPECT.match(first):
        _guard_start(source, first, ground.at(0), inside)
    if "|" in content:
        _guard_bars(source, [first, *others], first_line)


def _guard_bars(source: Source, lines: list[str], first_line: int) -> None:
    bars = [number for number, line in enumerate(lines, first_line) if line.lstrip().startswith("|")]
    if bars:
        where = source.position(bars[0], source.lines[bars[0]].find("|"))
        source.report(HEADLESS_TABLE, where, "this table has no header row that fits it")


def guard_number(source: Source, line: str, where: Position) -> None:
    """Report a number typed at the start of a line of words."""
    if typed := _TYPED.match(line):
        mark = typed[0]
        escaped = _LAST_SIGN.sub(r"\\\g<0>", mark)
        advice = f"delete it; if it belongs to the words, write `{escaped}`"
        source.report(TYPED_NUMBER, where, f"the number {mark} is typed into the words", advice, len(mark))


def _report_swallowed(source: Source, line: int, mark: str) -> None:
    where = source.position(line, source.lines[line].find(mark))
    advice = f"leave an empty line before it; if it is no item, write `{mark[:-1]}\\{mark[-1]}`"
    source.report(SWALLOWED, where, f"Markdown reads `{mark}` as part of the paragraph above it", advice, len(mark))


def _guard_start(source: Source, line: str, where: Position, inside: str) -> None:
    if wrong := _WRONG_LETTER.match(line):
        mark = wrong[0]
        advice = f"write `{mark[:-1]})`; if it is no item, `{mark[:-1]}\\.`"
        source.report(WRONG_MARK, where, f"`{mark}` marks no item", advice, len(mark))
    elif definition := _DEFINITION.match(line):
        source.report(LINK_DEFINITION, where, "this line defines a link apart", length=len(definition[0]))
    elif inside not in ("quote", "footnote"):
        _guard_tight(source, line, where)
        guard_number(source, line, where)


def _guard_tight(source: Source, line: str, where: Position) -> None:
    if tight := _TIGHT.match(line):
        mark = tight[0]
        advice = f"write a plain blank after it; if it is no mark, `{mark[:-1]}\\{mark[-1]}`"
        source.report(WRONG_MARK, where, f"no blank stands after `{mark}`, so that it marks nothing", advice, len(mark))
