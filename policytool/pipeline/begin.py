"""The name of an organisation -> a new repository on the disk."""

from __future__ import annotations

from pathlib import Path

from policytool.model.unable import UnableError
from policytool.store import files


def begin(folder: Path, organisation: str, *, dry_run: bool = False) -> tuple[list[str], list[str]]:
    """Lay out a new repository: the files that are new, and those that stood there already and were left alone.

    Raises `UnableError` where the folder holds a repository of policies.
    """
    from policytool.render.starter import starter  # only `init` needs it
    from policytool.store import history

    if (folder / files.SETTINGS).exists():
        raise UnableError(f"{folder} holds a {files.SETTINGS} already", "name another folder")
    laid_out = starter(organisation)
    new = [artifact for artifact in laid_out if not (folder / artifact.path).exists()]
    if not dry_run:
        files.write(folder, new)
        history.begin(folder)
    paths = [artifact.path for artifact in new]
    return paths, [artifact.path for artifact in laid_out if artifact.path not in paths]
