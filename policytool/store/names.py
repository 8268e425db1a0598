"""What there is in a repository by the names of its files, none of which is read; and the text of one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from policytool.store.files import SETTINGS, SOURCE, find_root, read

__all__ = ["SETTINGS", "find_root", "policies", "records", "text"]

REVIEWS = "reviews"


def policies(root: Path) -> Mapping[str, Path]:
    """The file of each policy by its id, in order of id."""
    found = {}
    for folder, folders, files in os.walk(root / SOURCE):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in files:
            if name.endswith(".md") and not name.startswith("."):
                found[name.removesuffix(".md")] = Path(folder, name)
    return dict(sorted(found.items()))


def records(root: Path, policy: str) -> list[str]:
    """The names of a policy's records, newest first."""
    found = (root / REVIEWS / policy).iterdir()
    return sorted((path.stem for path in found if path.suffix == ".yaml"), reverse=True)


def text(path: Path) -> str:
    """The text of a file; bytes that are none stand as replacement signs."""
    return read(path).decode("utf-8", "replace")
