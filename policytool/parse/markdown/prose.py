"""The block rules for paragraphs, each of which becomes one token.

markdown-it takes a block for a paragraph when all other rules have refused it, and asks each of them again at the end
of every line. A line that begins with a word can begin nothing else: that is seen at once, and saves most of its work.
"""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock

PARAGRAPH = "paragraph"
MARK = re.compile(r"([a-z]{1,8})\)(?=[ \t]|$)")
"""The mark of a lettered item."""
# No mark of a list, a heading, a quotation, code, a line, HTML, a footnote; and no row of a table.
_WORDS = re.compile(rf"(?!{MARK.pattern})[^-+*#>`~_=<\[|0-9\n][^|\n]*")
_UNDERLINE = re.compile(r"(?:-+|=+)[ \t]*")
_NUMBERED = re.compile(r"[0-9]{1,9}[.)](?=[ \t]|$)")
_CODE = 4  # blanks before it


def prose(state: StateBlock, line: int, _end_line: int, _silent: bool) -> bool:  # noqa: FBT001  # a rule's form
    """The rule to be tried first, and never by others: a paragraph that can be nothing but one."""
    if state.is_code_block(line) or not _is_prose(state, line):
        return False
    end = _end(state, line)
    if end is not None:
        _push(state, line, end)
    return end is not None


def paragraph(state: StateBlock, line: int, _end_line: int, _silent: bool) -> bool:  # noqa: FBT001  # a rule's form
    """The rule to be tried last, and never by others: what nothing else will have."""
    _push(state, line, _end(state, line) or line + 1)  # what is underlined has been taken for a heading already
    return True


def _is_prose(state: StateBlock, line: int) -> bool:
    begin = state.bMarks[line] + state.tShift[line]
    return _WORDS.fullmatch(state.src, begin, state.eMarks[line]) is not None


def _end(state: StateBlock, line: int) -> int | None:
    """The line after a paragraph; None where the paragraph is underlined, which makes a heading of it."""
    line += 1
    while line < state.lineMax and not state.isEmpty(line):
        indent = state.sCount[line]  # below 0 for a line that a quotation has taken in although it lacks the sign
        if 0 <= indent < state.blkIndent + _CODE and not _is_prose(state, line):
            if _is_underline(state, line):
                return None
            if _is_interrupted(state, line):
                break
        line += 1
    return line


def _is_underline(state: StateBlock, line: int) -> bool:
    begin, end = state.bMarks[line] + state.tShift[line], state.eMarks[line]
    return state.sCount[line] >= state.blkIndent and _UNDERLINE.fullmatch(state.src, begin, end) is not None


def _is_interrupted(state: StateBlock, line: int) -> bool:
    """Whether another block begins on a line without an empty one before it."""
    if _is_next_clause(state, line):
        return True
    parent, state.parentType = state.parentType, "paragraph"
    interrupted = any(rule(state, line, state.lineMax, True) for rule in state.md.block.ruler.getRules("paragraph"))  # noqa: FBT003
    state.parentType = parent
    return interrupted


def _is_next_clause(state: StateBlock, line: int) -> bool:
    """Whether a number stands left of what is in the list: markdown-it would ask many rules before it says so."""
    indent = state.sCount[line]
    if state.listIndent < 0 or not indent < min(state.blkIndent, state.listIndent + _CODE):
        return False
    return _NUMBERED.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]) is not None


def _push(state: StateBlock, line: int, end: int) -> None:
    if end == line + 1:
        content = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    else:
        content = state.getLines(line, end, state.blkIndent, keepLastLF=False)
    token = state.push(PARAGRAPH, "p", 0)
    token.content, token.map = content.strip(), [line, end]
    state.line = end
