"""A school that holds reviews: one policy with two cycles, in a git repository in which a clerk works."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from policytool.cli import run
from policytool.pipeline.repository import load
from policytool.pipeline.reviews import Reviews
from tests.history import BODY, Git, begin

SETTINGS = """\
organisation: {name: Example School}
roles:
  headteacher:     {title: Headteacher}
  clerk:           {title: Clerk}
  governing-board: {title: Full Governing Board}
  resources:       {title: Resources Committee, acts-for: governing-board}
branch: main
"""
HEAD = """\
---
title: A Policy
kind: policy
owner: headteacher
approver: governing-board
amendments: [clerk]
reviews:
  annual:    {every: 12 months, by: headteacher}
  governors: {every: 24 months, by: governing-board}
---

# One

"""
GOVERNORS = "reviews/one/2023-09-14-governors.yaml"


def text(body: str = BODY) -> str:
    """The whole source of the policy."""
    return HEAD + body


CHANGED = text(BODY.replace("must keep rule 3", "should keep rule 3"))
MENDED = text(BODY.replace("in mind", "in minds"))


@dataclass(frozen=True)
class School(Git):
    """A repository of policies with records."""

    def record(self, *arguments: str, today: str = "2023-12-01") -> int:
        """The exit code of `policytool record one …` on a day."""
        return self.run("--today", today, "record", "one", *arguments)

    def review(self, cycle: str, held: str, *more: str, by: str = "", outcome: str = "approved") -> None:
        """Record a review on the last day of its year, and commit it."""
        by = by or {"annual": "headteacher", "governors": "governing-board"}[cycle]
        said = ("--held", held, "--by", by, "--outcome", outcome)
        assert self.record(cycle, *said, "--commit", *more, today=f"{held[:4]}-12-31") == 0

    def write_text(self, path: str, content: str) -> Path:
        """A file of words."""
        return self.write_raw(path, content.encode())

    def files(self) -> list[str]:
        """What stands in reviews/, in order, by path."""
        folder = self.root / "reviews"
        return sorted(path.relative_to(self.root).as_posix() for path in folder.rglob("*") if path.is_file())

    def reviews(self) -> Reviews:
        """Its records, read anew."""
        return Reviews(load(self.root))

    def found(self, capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
        """The headlines of what `check` finds."""
        capsys.readouterr()
        run(["--root", str(self.root), "check", *arguments])
        return [line for line in capsys.readouterr().out.splitlines() if "[PT" in line]


@pytest.fixture
def reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> School:
    """A school whose policy `one` was committed on 1 September 2023, and is not reviewed yet."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    school = School(begin(tmp_path / "school").root)
    school.git("config", "user.name", "Ann Clerk")
    school.git("config", "user.email", "ann@school.example")
    first = {"policytool.yaml": SETTINGS, "source/one.md": text(), ".gitignore": "build/\n"}
    school.commit(first, "Begin", "2023-09-01T12:00:00Z")
    return school
