"""A file's ending -> what reads such files into documents as found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Found

# What reads a document, by its ending: the module of `parse` that has the function `found`.
READERS: Mapping[str, str] = {
    ".txt": "plain",
    ".text": "plain",
    ".md": "plain",
    ".markdown": "plain",
    ".html": "page",
    ".htm": "page",
    ".docx": "word",
    ".pdf": "pdf",
}


def reader_of(path: Path, *, rejects: bool = False) -> Callable[[bytes], tuple[Found | None, list[Diagnostic]]] | str:
    """What reads a document, or why nothing does. Readers are imported late: each brings a library of its own."""
    name = READERS.get(path.suffix.lower(), "")
    if not name:
        advice = "save it as .docx, .pdf, .html, .md or .txt"
        return f"a {path.suffix or 'file without an ending'} is not read: {advice}"
    reader: Any = import_module(f"policytool.parse.{name}").found
    if rejects and name == "word":  # no other format tracks changes
        return partial(reader, changes="reject")
    return reader  # type: ignore[no-any-return]  # each has this shape
