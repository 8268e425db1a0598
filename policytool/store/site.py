"""The folder of a site: the hashes of its files, what stands in it that is none of ours, and what is taken away."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from pathlib import Path, PurePosixPath

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.store.files import is_within, not_written, write

BUILD = "build"
_AT_ONCE = 2
"""So many threads hash: while one waits for the disk, or hashes, others go on."""
_PIECE = 1_000_000


def digests(folder: Path, paths: Sequence[str]) -> Callable[[], Mapping[str, str]]:
    """Begin to hash files below a folder; what is given back waits for the SHA-256 of each, "" for one not there."""
    if not paths or not folder.is_dir():
        return lambda: dict.fromkeys(paths, "")
    shares = [paths[start::_AT_ONCE] for start in range(_AT_ONCE)]
    pool = ThreadPoolExecutor(_AT_ONCE)
    begun = [pool.submit(_digests, f"{folder}{os.sep}", share) for share in shares]
    pool.shutdown(wait=False)

    def found() -> Mapping[str, str]:
        each = (zip(share, one.result(), strict=True) for share, one in zip(shares, begun, strict=True))
        return {path: digest for share in each for path, digest in share}

    return found


def _digests(folder: str, paths: Sequence[str]) -> list[str]:
    return [_digest(folder + path) for path in paths]


def _digest(path: str) -> str:
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    except OSError:
        return ""
    try:
        piece = os.read(handle, _PIECE)
        content = sha256(piece)
        while len(piece) == _PIECE:
            content.update(piece := os.read(handle, _PIECE))
        return content.hexdigest()
    except OSError:
        return ""
    finally:
        os.close(handle)


def sizes(folder: Path, paths: Sequence[str]) -> Mapping[str, int]:
    """The sizes of files below a folder, in bytes."""
    return {path: (folder / path).stat().st_size for path in paths}


def listing(root: Path, name: str) -> list[str]:
    """The files of a site as an earlier run listed them; none where there is no such list."""
    try:
        found = json.loads((root / BUILD / f"{name}-files.json").read_bytes())
        return [str(path) for path in found] if isinstance(found, list) else []
    except (OSError, ValueError, RecursionError):
        return []


def list_files(root: Path, name: str, paths: Iterable[str]) -> None:
    """List the files of a site, for whatever version of this tool brings it up to date next."""
    content = json.dumps(sorted(paths), separators=(",", ":")).encode()
    with contextlib.suppress(UnableError):
        write(root / BUILD, [Artifact(f"{name}-files.json", content)])


def below(root: Path, *folders: str) -> list[str]:
    """Every file below some folders, or that is itself named, as paths from the root, in order."""
    found: list[str] = []
    start = len(str(root)) + 1
    for folder in folders:
        for at, _, names in os.walk(root / folder):
            base = f"{at[start:].replace(os.sep, '/')}/"
            found += [base + name for name in names]
        found += [folder] if (root / folder).is_file() else []
    return sorted(found)


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
    found: list[str] = []
    start = len(str(folder)) + 1
    for at, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        base = f"{at[start:].replace(os.sep, '/')}/" if len(at) > start else ""
        found += [base + name for name in names if not name.startswith(".")]
    return sorted(set(found).difference(known))
