"""Git repositories with a history of their own, made with fixed names and dates, whatever the machine is set to."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.repository import HEAD, SETTINGS, Repository

_ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ann Clerk",
    "GIT_AUTHOR_EMAIL": "ann@school.example",
    "GIT_COMMITTER_NAME": "Merge Button",
    "GIT_COMMITTER_EMAIL": "button@school.example",
    "GIT_ALLOW_PROTOCOL": "file",
}
BODY = "".join(f"{number}. Staff must keep rule {number} of this policy in mind.\n" for number in range(1, 9))


def text(body: str = BODY, title: str = "A Policy") -> str:
    """A whole policy source."""
    return HEAD.format(title=title) + "# One\n\n" + body


@dataclass(frozen=True)
class Git(Repository):
    """A repository of policies that is a git repository too; noon in January, unless a commit says otherwise."""

    def git(self, *arguments: str, day: str = "2024-01-10T12:00:00Z", author: str = "Ann Clerk") -> str:
        """What git prints."""
        dates = {"GIT_AUTHOR_DATE": "2001-01-01T00:00:00Z", "GIT_COMMITTER_DATE": day, "GIT_AUTHOR_NAME": author}
        run = subprocess.run(
            ["git", *arguments],
            cwd=self.root,
            env={**os.environ, **_ENVIRONMENT, **dates},
            check=True,
            capture_output=True,
        )
        return run.stdout.decode().strip()

    def commit(
        self,
        contents: Mapping[str, str | bytes | None],
        message: str = "Change",
        day: str = "2024-01-10T12:00:00Z",
        author: str = "Ann Clerk",
    ) -> str:
        """Write files (None takes one away), commit everything, and give the hash."""
        for path, content in contents.items():
            if content is None:
                (self.root / path).unlink()
            else:
                self.write_raw(path, content.encode() if isinstance(content, str) else content)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, day=day, author=author)
        return self.git("rev-parse", "HEAD")

    def clone(self, folder: Path, *options: str) -> Git:
        """A clone of it, as from another machine."""
        self.git("clone", "-q", *options, f"file://{self.root}", str(folder))
        return Git(folder)


def begin(root: Path) -> Git:
    """An empty git repository with settings, not committed yet."""
    made = Git(root)
    made.write_raw("policytool.yaml", SETTINGS.encode())
    made.git("init", "-q", "-b", "main")
    return made


@pytest.fixture
def school(tmp_path: Path) -> Git:
    """A git repository with one commit, which holds the settings and the policy `one`."""
    made = begin(tmp_path / "school")
    made.commit({"source/one.md": text(), ".gitignore": "build/\n"}, "Begin", "2024-01-01T12:00:00Z")
    return made
