"""What this tool is: its version, the state of its own files, and the versions of the parts it makes documents with."""

from __future__ import annotations

import os
import sys
import zlib
from collections.abc import Iterator
from functools import cache
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from policytool import __version__

PARTS = ("docx", "font_source_sans_pro", "jinja2", "lxml", "markdown_it", "mdit_py_plugins", "typst", "yaml")
"""The modules of the libraries whose version shows in what is read or made."""
_PACKAGE = Path(__file__).parents[1]
_NAMES = (
    "font_source_sans_pro",
    "jinja2",
    "lxml",
    "markdown_it_py",
    "markupsafe",
    "mdit_py_plugins",
    "python_docx",
    "pyyaml",
    "typst",
)


@cache
def identity() -> str:
    """A name that changes with everything of the tool that could change what it reads or makes.

    The versions of the parts are read from the names of the folders that tell of them: to ask `importlib.metadata`
    would take longer than to read a policy. The tool's own files count too: while it is worked on its version stays.
    """
    said = [__version__, sys.version, zlib.ZLIB_RUNTIME_VERSION, *sorted(_parts()), *sorted(_own_files(_PACKAGE))]
    return sha256("\n".join(said).encode("utf-8", "surrogateescape")).hexdigest()


def _parts() -> Iterator[str]:
    found = (find_spec(name) for name in PARTS)
    places = (next(iter(one.submodule_search_locations or ()), one.origin or "") for one in found if one)
    for folder in {os.path.dirname(place) for place in places}:  # noqa: PTH120
        yield from (name for name in os.listdir(folder) if _is_of_a_part(name))  # noqa: PTH208


def _is_of_a_part(name: str) -> bool:
    told = name.lower().replace("-", "_")
    return told.endswith((".dist_info", ".egg_info")) and told.startswith(tuple(f"{one}_" for one in _NAMES))


def _own_files(folder: Path) -> Iterator[str]:
    for entry in os.scandir(folder):
        if entry.is_dir():
            if entry.name != "__pycache__":
                yield from _own_files(Path(entry))
        else:
            state = entry.stat()
            yield f"{entry.path} {state.st_size} {state.st_mtime_ns}"
