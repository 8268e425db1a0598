"""A repository of policies in a folder of its own, and the command line run on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from policytool.cli import run

SETTINGS = """\
organisation: {name: Example School}
roles:
  headteacher:     {title: Headteacher}
  governing-board: {title: Full Governing Board}
elsewhere:
  grievance: {title: Grievance Policy}
publish: {address: "https://school.example/policies/"}
"""

HEAD = """\
---
title: {title}
kind: policy
owner: headteacher
approver: governing-board
reviews:
  annual: {{every: 12 months, by: headteacher}}
---

"""


@dataclass(frozen=True)
class Repository:
    """A repository below a temporary folder."""

    root: Path

    def write(self, name: str, body: str, title: str = "A Policy") -> Path:
        """A policy with front matter in source/."""
        return self.write_raw(f"source/{name}.md", (HEAD.format(title=title) + body).encode())

    def write_raw(self, path: str, content: bytes) -> Path:
        """Any file, bytes as given."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
        return target

    def run(self, *arguments: str) -> int:
        """The exit code of policytool in this repository."""
        return run(["--root", str(self.root), *arguments])

    def built(self) -> list[str]:
        """The names of the documents in build/."""
        folder = self.root / "build"
        return sorted(path.name for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """A repository with settings and no policy yet."""
    made = Repository(tmp_path / "repository")
    made.write_raw("policytool.yaml", SETTINGS.encode())
    return made
