"""Source text -> a few names in it, found at a glance: enough to offer them, never to rely on."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LABEL = re.compile(r"(?<!\\)\{[^{}\n]*?#([a-z][a-z0-9-]*)[^{}\n]*\}")
_FURNITURE = re.compile(r"^\s*(?:#+|\d+\.|[a-z]+\)|-|>)\s+|[*`]|\{[^{}]*\}")
_NAME = re.compile(r"(\s+)([A-Za-z][A-Za-z0-9-]*)\s*:")
_LONGEST = 60


def labels(text: str) -> Iterator[tuple[str, str]]:
    """Each label, and how the line begins that it stands in."""
    for match in _LABEL.finditer(text):
        begin = text.rfind("\n", 0, match.start()) + 1
        yield match[1], _FURNITURE.sub("", text[begin : match.end()]).strip()[:_LONGEST].strip()


def names_under(text: str, field: str) -> Iterator[str]:
    """The names right under a field of front matter or settings, a line each: the cycles under `reviews`."""
    lines = iter(text.splitlines())
    indent = ""
    for line in lines:
        if line.startswith(f"{field}:"):
            break
    for line in lines:
        match = _NAME.match(line)
        if match is None and line.strip() and not line.lstrip().startswith("#"):
            return
        if match and match[1] == (indent := indent or match[1]):
            yield match[2]
