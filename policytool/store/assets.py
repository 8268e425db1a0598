"""The files that the settings name for the house style: read inside the repository, and no larger than is sensible."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from policytool.store.files import is_within, reason


@dataclass(frozen=True, slots=True)
class Asset:
    """A file: its path from the root, and its bytes, or why there are none."""

    path: str
    content: bytes = b""
    outside: bool = False
    problem: str = ""
    is_large: bool = False


def assets(root: Path, path: str, most: int, endings: tuple[str, ...] = ()) -> list[Asset]:
    """The file at a path from the root; of a folder, the files in it with these endings, in order of name.

    A path or link that leads out of the repository is told and not followed; of a file larger than `most` bytes no
    more is read than shows it.
    """
    place = root / path
    if not is_within(os.path.realpath(place), os.path.realpath(root)):
        return [Asset(path, outside=True)]
    if not (endings and place.is_dir()):
        return [_asset(place, path, most)]
    try:
        names = sorted(name for name in os.listdir(place) if name.lower().endswith(endings))  # noqa: PTH208
    except OSError as error:
        return [Asset(path, problem=reason(error))]
    return [each for name in names for each in assets(root, f"{path.rstrip('/')}/{name}", most)]


def _asset(place: Path, path: str, most: int) -> Asset:
    try:
        if not place.is_file() and place.exists():
            return Asset(path, problem="not a file")
        with place.open("rb") as file:
            content = file.read(most + 1)
    except (OSError, ValueError) as error:
        return Asset(path, problem=reason(error))
    return Asset(path, b"", is_large=True) if len(content) > most else Asset(path, content)
