"""Mends -> lines for a person: what was changed, what was left, and the difference that it makes to a file."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.diagnostic import Diagnostic
from policytool.model.mend import Change, Edit
from policytool.render.terminal import printable


def mended(one: Diagnostic) -> str:
    """A finding that was mended: "source/x.md:16: section 4.2 → [section 4.2](#declare)"."""
    edits = one.mend.edits if one.mend else ()
    return f"{_place(one)}: {'; '.join(printable(_told(edit)) for edit in edits)}"


def left(one: Diagnostic, why: str) -> str:
    """A finding that could have been mended and was not, with the reason."""
    return f"{_place(one)}: left as it is, {why}: {printable(one.message)}"


def _place(one: Diagnostic) -> str:
    return printable(one.path) + (f":{one.position.line}" if one.position else "")


def _told(edit: Edit) -> str:
    if isinstance(edit, Change):
        return f"{edit.old} → {edit.new}"
    return f"line {edit.line} is labelled {{#{edit.label}}}"


def difference(path: str, before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff of one file, their ends included, as `git apply` takes them."""
    from difflib import unified_diff  # only where a difference is shown

    old, new = _lines(before), _lines(after)
    for line in unified_diff(old, new, f"a/{path}", f"b/{path}"):
        words = line.rstrip("\r\n")
        yield printable(words) + (line[len(words) :] or "\n\\ No newline at end of file\n")


def _lines(text: str) -> list[str]:
    """The lines of a text with their ends, by line feeds alone, as git counts them."""
    return text.removesuffix("\n").replace("\n", "\n\0").split("\0") if text else []
