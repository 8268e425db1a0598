"""The git repository round the policies: the only room that speaks git."""

from __future__ import annotations

from pathlib import Path

from policytool.model.unable import UnableError


def begin(root: Path) -> bool:
    """Make the folder a git repository, unless it is in one; whether one was made. Raises `UnableError` without git."""
    try:
        import git  # 26 ms that only history needs
    except ImportError as error:
        raise UnableError("git is not installed", "install git, then run `git init` in the folder") from error
    try:
        git.Repo(root, search_parent_directories=True).close()
    except git.InvalidGitRepositoryError:
        git.Repo.init(root, initial_branch="main").close()
        return True
    return False
