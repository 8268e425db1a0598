"""The published files on the disk: put in place a whole folder in one step, by one run at a time."""

from __future__ import annotations

import contextlib
import os
import shutil
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.store import files
from policytool.store.ledger import settle
from policytool.store.locks import lock

_LOCK = "build/kept/publishing.lock"
PATIENCE = 10.0
"""So many seconds one run waits for another to end."""
_OFTEN = 0.1


@contextlib.contextmanager
def hold(root: Path, patience: float = PATIENCE) -> Iterator[None]:
    """The published files of a repository, for this run alone. Raises `UnableError` while another holds them."""
    path = root / _LOCK
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as error:
        raise files.not_written(path, error) from error
    with file:
        _lock(file, round(patience / _OFTEN))
        yield


def _lock(file: BinaryIO, tries: int) -> None:
    while True:
        try:
            lock(file)
        except OSError as error:
            if not tries:
                advice = "wait until it is done, then run this again"
                raise UnableError("another `policytool publish` or `withdraw` is at work here", advice) from error
        else:
            return
        tries -= 1
        time.sleep(_OFTEN)


def hidden(issue: str) -> str:
    """Where an issue is made before it is put in place: "one/.2023-09-14.part" for "one/2023-09-14"."""
    policy, _, folder = issue.rpartition("/")
    return f"{policy}/.{folder}.part"


def clear(root: Path, path: str) -> None:
    """Remove a folder of ours, with what an earlier run left in it; nothing where it is not there."""
    folder = root / files.PUBLISHED / path
    try:
        shutil.rmtree(folder)
    except FileNotFoundError:
        return
    except OSError as error:
        raise files.not_written(folder, error) from error


def place(root: Path, issue: str) -> None:
    """Put an issue in place in one step. What stands there without a record of it was never published: it goes first.

    Raises `UnableError` where the disk refuses.
    """
    made, target = root / files.PUBLISHED / hidden(issue), root / files.PUBLISHED / issue
    if os.path.lexists(target):
        clear(root, issue)
    try:
        settle(made)
        os.replace(made, target)  # noqa: PTH105  # the step that must be one step, named
        settle(target.parent)
    except OSError as error:
        raise files.not_written(target, error) from error


def restore(root: Path, made_in: str, issue: str) -> None:
    """Put those files of an issue in place that are missing there; none that is there is touched."""
    made, target = root / files.PUBLISHED / made_in, root / files.PUBLISHED / issue
    try:
        target.mkdir(parents=True, exist_ok=True)
        for path in sorted(made.iterdir()):
            if not os.path.lexists(target / path.name):
                os.replace(path, target / path.name)  # noqa: PTH105
        settle(target)
    except OSError as error:
        raise files.not_written(target, error) from error


def digests(root: Path, issue: str, names: Mapping[str, str]) -> dict[str, str]:
    """The SHA-256 of each file of an issue by format, "" for one that is missing; `names` are their paths."""
    return {name: files.digest(root / files.PUBLISHED / issue / path) for name, path in names.items()}


def is_there(root: Path, path: str) -> bool:
    """Whether a published file or folder stands there."""
    return (root / files.PUBLISHED / path).exists()


def size(root: Path, path: str) -> int:
    """The size of a published file in bytes."""
    return (root / files.PUBLISHED / path).stat().st_size


def write_index(root: Path, policy: str, content: bytes) -> bool:
    """Write the page that names the current issue of a policy, unless it stands there; whether it was written."""
    artifact = Artifact(f"{policy}/index.html", content)
    for left in (root / files.PUBLISHED / policy).glob(".index.html.*.part"):  # by a run that was killed
        with contextlib.suppress(OSError):
            left.unlink()
    with contextlib.suppress(OSError):
        if files.target_of(root / files.PUBLISHED, artifact).read_bytes() == content:
            return False
    files.write(root / files.PUBLISHED, [artifact])
    return True
