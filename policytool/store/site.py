"""The folder of a site: the hashes of its files, what stands in it that is none of ours, and what is taken away."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path, PurePosixPath

from policytool.store.files import digest, is_within, not_written

_AT_ONCE = 4
"""So many files are hashed at once: meanwhile Python does other things."""
_CHUNK = 256


def digests(folder: Path, paths: Collection[str]) -> Mapping[str, str]:
    """The SHA-256 of each file below a folder, "" where it is not there."""
    if not folder.is_dir():
        return {}
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        found = pool.map(lambda path: digest(folder / path), paths, chunksize=_CHUNK)
        return dict(zip(paths, found, strict=True))


def clear(folder: Path, paths: Iterable[str]) -> None:
    """Take files of ours away, and the folders that are empty then. Raises `UnableError` where the disk refuses."""
    real = os.path.realpath(folder)
    for path in paths:
        file = folder / path
        if not is_within(os.path.realpath(file.parent), real):
            continue
        try:
            file.unlink(missing_ok=True)
        except OSError as error:
            raise not_written(file, error) from error
        for parent in PurePosixPath(path).parents[:-1]:
            with contextlib.suppress(OSError):
                (folder / parent).rmdir()


def strangers(folder: Path, known: Collection[str]) -> list[str]:
    """The files in a folder that are none of ours, in order of path; hidden ones are passed over."""
    found = []
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        base = Path(at).relative_to(folder)
        found += [(base / name).as_posix() for name in names if not name.startswith(".")]
    return sorted(set(found).difference(known))
