"""The bytes of a Word file -> the document as found: its pieces with the numbers that Word prints, and what is beside.

Office Open XML (ISO/IEC 29500), transitional or strict, as .docx or .dotx. No macro is run, and no link is followed.
"""

from __future__ import annotations

from typing import Literal

from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Found
from policytool.parse.findings import WORD_UNREADABLE
from policytool.parse.house.archive import SAVE, DamagedError
from policytool.parse.word.beside import authors, comments, read_furniture, read_notes, settle
from policytool.parse.word.blocks import read_blocks
from policytool.parse.word.carried import carried, properties
from policytool.parse.word.counting import Counting
from policytool.parse.word.lists import lists
from policytool.parse.word.package import Package, Refusal, package
from policytool.parse.word.story import Story
from policytool.parse.word.styles import Styles
from policytool.parse.word.xml import W

__all__ = ["found"]


def found(
    content: bytes, path: str = "", *, changes: Literal["accept", "reject"] = "accept"
) -> tuple[Found | None, list[Diagnostic]]:
    """A Word file as found, its tracked changes accepted or rejected; None, and why, where it cannot be read.

    `path` is only for messages.
    """
    try:
        opened = package(content)
        if isinstance(opened, Package):
            return _found(opened, rejects=changes == "reject"), []
        return None, [_refused(opened, path)]
    except DamagedError as error:
        return None, [WORD_UNREADABLE.at(path, None, f"it is damaged: {error}", SAVE)]
    except RecursionError:
        return None, [WORD_UNREADABLE.at(path, None, "its tables or links are nested deeper than anybody reads", SAVE)]


def _refused(refusal: Refusal, path: str) -> Diagnostic:
    return refusal.finding.at(path, None, refusal.problem.message, refusal.problem.advice)


def _found(opened: Package, *, rejects: bool) -> Found:
    document = opened.document()
    styles = Styles(opened.part("styles"))
    counting = Counting(lists(opened.part("numbering"), styles.lists()))
    own = properties(opened)
    story = Story(styles, counting, opened.addresses(), rejects, comments(opened), authors(opened), exact=bool(own))
    body = document.find(f"{W}body")
    pieces = () if body is None else tuple(read_blocks(story, body))
    notes = read_notes(story, opened)
    read_furniture(story, opened)
    settle(story)
    beside = (tuple(story.asides), tuple(story.remarks))
    told = carried(opened) if own else ""
    return Found(story.title or opened.title(), pieces, notes, *beside, own, told, dict(story.marks) if own else {})
