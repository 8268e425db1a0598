"""A text and the edits to it -> the text as edited, every other character as it was.

Edits speak of the text as it is read (`policytool.parse.text`); here they are made in the text as it stands in the
file, whatever its line ends are and whether or not it begins with a byte order mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

from policytool.model.mend import Change, Edit, Labelling
from policytool.parse.markdown.attributes import split

_LINE_END = re.compile(r"\r\n|\r|\n")
_MARK = "\ufeff"


def edited(written: str, edits: Iterable[Edit]) -> str | None:
    """The text after the edits, those that are the same made once; None where one of them does not fit."""
    lines = _Lines(written)
    found = [lines.span(edit) for edit in dict.fromkeys(edits)]
    spans = sorted(one for one in found if one is not None)
    if len(spans) < len(found) or any(one[1] > two[0] for one, two in pairwise(spans)):
        return None
    text, at = "", 0
    for start, end, new in spans:
        text, at = text + written[at:start] + new, end
    return text + written[at:]


class _Lines:
    """Where the lines of a text begin and end."""

    def __init__(self, written: str) -> None:
        self._written = written
        ends = [*((one.start(), one.end()) for one in _LINE_END.finditer(written)), (len(written),) * 2]
        self._starts = [len(_MARK) if written.startswith(_MARK) else 0, *(after for _, after in ends[:-1])]
        self._ends = [before for before, _ in ends]

    def span(self, edit: Edit) -> tuple[int, int, str] | None:
        """The offsets of what an edit replaces, and what it puts there; None where it does not fit."""
        line = edit.line if isinstance(edit, Labelling) else edit.position.line
        if not 1 <= line <= len(self._starts):
            return None
        start, end = self._starts[line - 1], self._ends[line - 1]
        if isinstance(edit, Labelling):
            return self._labelled(start, end, edit.label)
        return self._changed(start + edit.position.column - 1, end, edit)

    def _changed(self, start: int, end: int, edit: Change) -> tuple[int, int, str] | None:
        stop = start + len(edit.old)
        fits = stop <= end and self._written.startswith(edit.old, start)
        return (start, stop, edit.new) if fits else None

    def _labelled(self, start: int, end: int, label: str) -> tuple[int, int, str]:
        """A label goes to the end of the line's words, or into the braces that stand there."""
        words = self._written[start:end].rstrip(" \t")
        place = start + len(words)
        if split(words)[1]:
            return place - 1, place - 1, f" #{label}"
        return place, place, f" {{#{label}}}"
