"""Documents that are to become policies: found in folders, and read whole."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from policytool.model.unable import UnableError
from policytool.store.files import reason

MOST_BYTES = 200_000_001


def documents(paths: Iterable[Path], endings: Collection[str]) -> Iterator[Path]:
    """Each file that is named, and each file of these endings below a folder that is, in order; hidden ones are not.

    Raises `UnableError` for what is not there.
    """
    for path in paths:
        if not path.exists():
            raise UnableError(f"there is no file or folder {path}")
        if path.is_dir():
            found = (one for one in path.rglob("*") if one.suffix.lower() in endings and one.is_file())
            yield from sorted(one for one in found if not _is_hidden(one.relative_to(path)))
        else:
            yield path


def _is_hidden(path: Path) -> bool:
    return any(part.startswith((".", "~$")) for part in path.parts)


def content(path: Path) -> bytes:
    """A document's bytes, 200 MB and one byte at most. Raises `UnableError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES)
    except OSError as error:
        raise UnableError(f"cannot read {path}: {reason(error)}") from error
