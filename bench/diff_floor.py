"""The floor of a cold `policytool diff OLDFILE NEWFILE`: the same libraries imported, both texts read and parsed."""

from __future__ import annotations

import sys
from pathlib import Path

import click  # noqa: F401  # imported, as policytool imports it
import markdown_it  # noqa: F401
import mdit_py_plugins.footnote  # noqa: F401
import rapidfuzz.distance  # noqa: F401
import yaml  # noqa: F401

from policytool.parse.markdown import policy as parse
from policytool.parse.text import text as parse_text

if __name__ == "__main__":
    for name in sys.argv[1:]:
        path = Path(name)
        text, _ = parse_text(path.read_bytes(), path.name)
        parse(text or "", path.stem, path.name)
