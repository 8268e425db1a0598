"""The files in a folder of what was published: found, and hashed where their size makes it worth the while."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterator
from pathlib import Path

from policytool.model.proof import FoundFile
from policytool.model.unable import UnableError
from policytool.store.files import LINKED_FOLDER, is_within, reason

_AT_ONCE = 4_000_000
"""A file of so many bytes is read in one step: most are smaller, and there are many."""


def found(folder: Path, sizes: Collection[int]) -> Iterator[FoundFile]:
    """Every file below a folder, in order; hidden ones are passed over, links are followed to files inside it alone.

    A file is hashed if it has one of the sizes: no other can be one that was published, however large it is.
    Raises `UnableError` where the folder is not there or cannot be listed.
    """
    if not folder.is_dir():
        what = "is a file" if folder.exists() else "is not there"
        advice = "name a folder, or publish: what is published is built and not kept in git"
        raise UnableError(f"the folder {folder} {what}", advice)
    try:
        os.listdir(folder)  # noqa: PTH208  # it must be said of this one that it cannot be listed
    except OSError as error:
        raise UnableError(f"cannot list {folder}: {reason(error)}", "check who may read it") from error
    yield from _Walk(os.path.realpath(folder), frozenset(sizes)).below(str(folder), "")


class _Walk:
    """A walk through one folder, of which the real path is known."""

    def __init__(self, real: str, sizes: frozenset[int]) -> None:
        self.real, self.sizes = real, sizes

    def below(self, folder: str, path: str) -> Iterator[FoundFile]:
        """The files below a folder; `path` is its own path with a slash behind it, "" for the first."""
        try:
            with os.scandir(folder) as listed:
                entries = sorted((one for one in listed if not one.name.startswith(".")), key=lambda one: one.name)
        except OSError as error:
            yield FoundFile(path, problem=f"cannot list this folder: {reason(error)}")
            return
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from self.below(entry.path, f"{path}{entry.name}/")
            else:
                yield self._file(entry, f"{path}{entry.name}")

    def _file(self, entry: os.DirEntry[str], path: str) -> FoundFile:
        if entry.is_symlink() and (problem := self._misled(entry)):
            return FoundFile(path, problem=problem)
        try:
            if not entry.is_file():
                entry.stat()  # why a link leads nowhere
                return FoundFile(path, problem="this is neither a file nor a folder")
            return FoundFile(path, *_hashed(entry.path, self.sizes))
        except OSError as error:
            return FoundFile(path, problem=f"cannot read this file: {reason(error)}")

    def _misled(self, entry: os.DirEntry[str]) -> str:
        """Why a link is not followed; "" where it is."""
        if not is_within(os.path.realpath(entry.path), self.real):
            return "this link leads out of the folder"
        return LINKED_FOLDER if os.path.isdir(entry.path) else ""  # noqa: PTH112


def _hashed(path: str, sizes: frozenset[int]) -> tuple[int, str]:
    """The size of a file and its SHA-256; "" for one of another size, of which it is only asked whether it opens."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        size = os.fstat(handle).st_size
        if size not in sizes:
            return size, ""
        if size <= _AT_ONCE and len(content := os.read(handle, size + 1)) == size:
            return size, hashlib.sha256(content).hexdigest()
        os.lseek(handle, 0, os.SEEK_SET)
        with open(handle, "rb", buffering=0, closefd=False) as file:
            return size, hashlib.file_digest(file, "sha256").hexdigest()
    finally:
        os.close(handle)
