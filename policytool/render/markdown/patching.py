"""Words as written and what is to change in them -> the words as written but for that."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from policytool.render.markdown.fields import scalar

_TITLE = re.compile(r"title:[ \t]")
# A line broken on purpose is part of the words, and other white space is not.
_TOKEN = re.compile(r"\\\n|(?:(?!\\\n)\S)+")


def retitled(text: str, title: str) -> str:
    """The text with another title in its front matter."""
    lines = text.split("\n")
    at = next((at for at, line in enumerate(lines) if _TITLE.match(line)), None)
    if at is None:
        return text
    end = at + 1
    while end < len(lines) and lines[end][:1] in (" ", "\t"):
        end += 1
    lines[at:end] = [f"title: {scalar(title)}" + ("\r" if lines[at].endswith("\r") else "")]
    return "\n".join(lines)


def patched(written: str, old: str, new: str, *, by_lines: bool = False) -> str:
    """What is written with the changes from `old`, its canonical form, to `new`; what does not change is kept.

    By words, or by lines where these count.
    """
    split = _lines_of if by_lines else _words_of
    kept, before, after = split(written), split(old), split(new)
    places = _places([token for _, token in before], [token for _, token in kept])
    made: list[tuple[str, str]] = []
    at = 0
    for name, first, end, start, stop in SequenceMatcher(
        None, [token for _, token in before], [token for _, token in after], autojunk=False
    ).get_opcodes():
        if name == "equal":
            continue
        if first not in places or end not in places:
            return new
        made += kept[at : places[first]]
        at = places[end]
        new_words = after[start:stop]
        if new_words and at > places[first] and "\n" not in new_words[0][0]:
            new_words[0] = (kept[places[first]][0], new_words[0][1])  # where the line was broken, it still is
        made += new_words
    made += kept[at:]
    tail = written[len(written.rstrip()) :] if not by_lines else ""
    text = "".join((blank if place else "") + token for place, (blank, token) in enumerate(made))
    return text + tail


def _places(before: Sequence[str], kept: Sequence[str]) -> dict[int, int]:
    """Where each token of the canonical form stands in what is written, as far as that can be said."""
    found = {0: 0, len(before): len(kept)}
    for name, first, end, start, _ in SequenceMatcher(None, before, kept, autojunk=False).get_opcodes():
        if name == "equal":
            found |= {first + step: start + step for step in range(end - first + 1)}
    return found


def _words_of(text: str) -> list[tuple[str, str]]:
    """Each word with the white space before it."""
    found, at = [], 0
    for match in _TOKEN.finditer(text):
        found.append((text[at : match.start()], match[0]))
        at = match.end()
    return found


def _lines_of(text: str) -> list[tuple[str, str]]:
    return [("\n" if place else "", line) for place, line in enumerate(text.replace("\r", "").split("\n"))]


def shifted(line: str, by: int) -> str:
    """A line moved to the right, or to the left as far as there are blanks."""
    if not line.strip("\r") or not by:
        return line
    if by > 0:
        return " " * by + line
    return line[min(-by, len(line) - len(line.lstrip(" "))) :]
