"""What stands in braces at the end of a block: `{#label .unnumbered .appendix start=N}`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from policytool.model.inline import NOWHERE, Position
from policytool.parse.findings import BAD_ATTRIBUTE, MISPLACED_ATTRIBUTE
from policytool.parse.markdown.ground import Ground, Source

_BRACES = re.compile(r"\{([^{}\n]*)\}\s*\Z")
LABEL_LINE = re.compile(r"\s*\{[^{}\n]*\}\s*\Z")
"""A line that holds nothing but braces."""
_WORD = re.compile(r"\S+")
_LABEL = re.compile(r"#[a-z][a-z0-9-]*\Z")
_START = re.compile(r"start=(\d{1,6})\Z", re.ASCII)


@dataclass(slots=True)
class Attributes:
    """The attributes of one block, as written."""

    label: str = ""
    unnumbered: bool = False
    appendix: bool = False
    start: int | None = None
    position: Position = NOWHERE

    def refuse(self, source: Source, what: str, *, heading: bool = False, start: bool = False) -> None:
        """Report attributes that mean nothing on this kind of block."""
        if self.position is NOWHERE:  # most blocks have none
            return
        wrong = [name for name in ("unnumbered", "appendix") if getattr(self, name) and not heading]
        wrong = [f".{name}" for name in wrong] + (["start="] if self.start is not None and not start else [])
        for name in wrong:
            source.report(MISPLACED_ATTRIBUTE, self.position, f"`{name}` has no effect on {what}")


def split(content: str) -> tuple[str, re.Match[str] | None]:
    """A block's content without the braces at its end, and these; an escaped brace belongs to the words."""
    if not content.endswith("}") or _is_escaped(content, len(content) - 1):
        return content, None
    brace = max(content.rfind("{"), 0)
    match = _BRACES.match(content, brace)
    if match is None or _is_escaped(content, brace):
        return content, None
    return content[:brace].rstrip(), match


def _is_escaped(content: str, brace: int) -> bool:
    before = content[:brace]
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def attributes(match: re.Match[str] | None, ground: Ground) -> Attributes:
    """The attributes in braces; what cannot be read is reported and left out."""
    if match is None:
        return Attributes()
    value = Attributes(position=ground.at(match.start(1) - 1))
    for word in _WORD.finditer(match[1]):
        if not _take(word[0], value):
            advice = "write `{#label}`, `{.unnumbered}`, `{.appendix}` or `{start=3}`; for a brace as such, `\\{`"
            place = ground.at(match.start(1) + word.start())
            ground.source.report(BAD_ATTRIBUTE, place, f"`{word[0]}` is no attribute", advice, len(word[0]))
    return value


def _take(word: str, value: Attributes) -> bool:
    """Take one word into the value; whether it is an attribute, and the first of its kind."""
    if word in (".unnumbered", ".appendix"):
        setattr(value, word[1:], True)
    elif _LABEL.match(word) and not value.label:
        value.label = word[1:]
    elif (start := _START.match(word)) and value.start is None:
        value.start = int(start[1])
    else:
        return False
    return True
