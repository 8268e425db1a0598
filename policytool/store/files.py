"""The files of a repository: found, read, and written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError

SETTINGS = "policytool.yaml"
SOURCE = "source"
PUBLISHED = "build/published"
LINKED_FOLDER = "a link to a folder is not followed"
# One byte more than the largest text that is read, so that a larger one is seen to be larger.
MOST_BYTES = 5_000_001


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file below `source/`: its path from the root, its stem, and its bytes, or why there are none."""

    path: str
    stem: str
    content: bytes
    outside: bool = False
    problem: str = ""


def find_root(start: Path) -> Path:
    """The nearest folder from `start` upwards that holds the settings."""
    for folder in (start, *start.parents):
        if (folder / SETTINGS).is_file():
            return folder
    advice = f"go to the folder that holds {SETTINGS}, name it with --root, or begin one with `policytool init`"
    raise UnableError(f"no {SETTINGS} in {start} or any folder above it", advice)


def read(path: Path) -> bytes:
    """A file's bytes, 5 MB and one byte at most."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise UnableError(f"cannot read {path}: {reason(error)}") from error


def read_large(path: Path) -> bytes:
    """A file's bytes, however many: of one whose hash is known."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise UnableError(f"cannot read {path}: {reason(error)}") from error


def digest(path: Path) -> str:
    """The SHA-256 of a file, however large; "" where it is not there or cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def sources(root: Path) -> Iterator[SourceFile]:
    """Every policy source, in order of path; hidden files are passed over."""
    base = root / SOURCE
    if not base.is_dir():
        return
    real = os.path.realpath(root)
    for path in sorted(_markdown_files(base)):
        name = path.relative_to(root).as_posix()
        if not is_within(os.path.realpath(path), real):
            yield SourceFile(name, path.stem, b"", outside=True)
            continue
        if path.is_dir():
            yield SourceFile(name, path.stem, b"", problem=LINKED_FOLDER)
            continue
        try:
            yield SourceFile(name, path.stem, read(path))
        except UnableError as error:
            yield SourceFile(name, path.stem, b"", problem=str(error.__cause__ and reason(error.__cause__)))


def _markdown_files(base: Path) -> Iterator[Path]:
    """The sources below a folder, and the links to folders, which are not followed and must not be missed."""
    for folder, folders, files in os.walk(base):
        folders[:] = [name for name in folders if not name.startswith(".")]
        yield from (Path(folder, name) for name in folders if Path(folder, name).is_symlink())
        for name in files:
            if name.endswith(".md") and not name.startswith("."):
                yield Path(folder, name)


def is_within(path: str, root: str) -> bool:
    """Whether a path is a folder or lies below it, both without links in them."""
    return path == root or path.startswith(root.rstrip(os.sep) + os.sep)


def write(folder: Path, artifacts: Iterable[Artifact]) -> list[Path]:
    """Write each artifact below a folder: beside, flushed to the disk, then put in place in one step.

    A file is at every moment the old one or the new one. A path that leads out of the folder is refused.
    """
    return [_write(target_of(folder, artifact), artifact.content) for artifact in artifacts]


def target_of(folder: Path, artifact: Artifact) -> Path:
    """Where an artifact is to stand below a folder. Raises `UnableError` where that leads out of it."""
    target = folder / artifact.path
    if not is_within(os.path.realpath(target.parent), os.path.realpath(folder)):
        raise UnableError(f"{artifact.path} lies outside {folder}")
    return target


def _write(target: Path, content: bytes) -> Path:
    try:
        beside = write_beside(target, content)
        with _taken_away(beside):
            os.replace(beside, target)  # noqa: PTH105  # the step that must be one step, named
    except OSError as error:
        raise not_written(target, error) from error
    return target


def not_written(target: Path, error: OSError) -> UnableError:
    """What to tell of a file that the operating system did not let us write."""
    advice = "free some space, or check who may write there" if error.errno else ""
    return UnableError(f"cannot write {target}: {reason(error)}", advice)


def write_beside(target: Path, content: bytes) -> str:
    """Write a file under a hidden name beside its place, flushed to the disk; that name."""
    target.parent.mkdir(parents=True, exist_ok=True)
    import tempfile  # 2 ms that only writing needs

    handle, beside = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".part", dir=target.parent)
    with _taken_away(beside):
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o666 & ~_umask())
    return beside


@contextlib.contextmanager
def _taken_away(path: str) -> Iterator[None]:
    """Take a file away where what is done with it fails, be it by the user's Ctrl-C."""
    try:
        yield
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(path)  # noqa: PTH108
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def reason(error: BaseException) -> str:
    """Why the operating system refused, in its words."""
    return (getattr(error, "strerror", None) or str(error)).lower()
