"""A school with meetings, whose board has policies that have changed, that have not, and that were never approved."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from tests.history import BODY, begin
from tests.reviewed import HEAD, SETTINGS, School

MEETINGS = "meetings: {governing-board: [2025-06-10, 2025-09-09, 2026-03-10]}\n"
MEETING = "2025-09-09"
TWO = "1. Staff must see [rule 3](one.md#three).\n2. Pupils may not.\n"
Filling = Callable[[dict[str, str]], Mapping[str, str]]


def source(title: str, body: str) -> str:
    """A policy of the board."""
    return HEAD.replace("A Policy", title) + body


def labelled(body: str = BODY) -> str:
    """The body with a label that another policy cites."""
    return body.replace("rule 3 of this policy in mind.", "rule 3 of this policy in mind. {#three}")


@dataclass(frozen=True)
class Board(School):
    """A school whose clerk makes packs."""

    def pack(self, *arguments: str) -> int:
        """The exit code of `policytool pack` for the meeting."""
        return self.run("--quiet", "pack", "--jobs", "1", "--meeting", MEETING, *arguments)

    @property
    def zip(self) -> Path:
        """Where the board's pack is written."""
        return self.root / f"build/pack/governing-board-{MEETING}.zip"

    def member(self, name: str) -> bytes:
        """A file in the pack."""
        with ZipFile(self.zip) as archive:
            return archive.read(name)

    def names(self) -> list[str]:
        """The files in the pack, in order."""
        with ZipFile(self.zip) as archive:
            return archive.namelist()

    def rows(self) -> list[dict[str, str]]:
        """The rows to be filled in."""
        return list(csv.DictReader(io.StringIO(self.member("outcomes.csv").decode("utf-8-sig"), newline="")))

    def packed(self) -> dict[str, Any]:
        """What the pack says of itself."""
        found: dict[str, Any] = json.loads(self.member("pack.json"))
        return found

    def fill(self, filling: Filling, name: str = "outcomes.csv") -> Path:
        """The rows with what a clerk writes into them, as a file outside the repository."""
        rows = [{**row, **filling(row)} for row in self.rows()]
        out = io.StringIO(newline="")
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        target = self.root.parent / name
        target.write_text(out.getvalue(), "utf-8-sig", newline="")
        return target

    def decide(self, file: Path, *arguments: str, today: str = "2025-09-10") -> int:
        """The exit code of `policytool record --from-pack` the day after the meeting."""
        return self.run("--today", today, "record", "--from-pack", str(file), "--held", MEETING, *arguments)

    def states(self, capsys: pytest.CaptureFixture[str]) -> dict[str, str]:
        """How the wording of each policy stands."""
        capsys.readouterr()
        self.run("--today", "2025-09-10", "status", "--format", "json")
        said = json.loads(capsys.readouterr().out)
        return {one["policy"]: one["wording"] for one in said["policies"]}


def approve(row: dict[str, str]) -> Mapping[str, str]:
    """What a clerk writes after a meeting that approved all."""
    return {"outcome": "no-change" if row["policy"] == "three" else "approved", "minute": "FGB 2025/41"}


@pytest.fixture
def board(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Board:
    """`one` has changed since it was approved, `two` was never approved and cites it, `three` has not changed."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    made = Board(begin(tmp_path / "school").root)
    made.git("config", "user.name", "Ann Clerk")
    made.git("config", "user.email", "ann@school.example")
    first = {"policytool.yaml": SETTINGS + MEETINGS, ".gitignore": "build/\n"}
    first |= {"source/one.md": source("One & Only", labelled()), "source/three.md": source("Threefold", BODY)}
    made.commit(first, "Begin", "2023-09-01T12:00:00Z")
    said = ("--held", "2023-09-14", "--by", "governing-board", "--outcome", "approved", "--commit")
    for policy in ("one", "three"):
        assert made.run("--quiet", "--today", "2023-12-01", "record", policy, "governors", *said) == 0
    changed = source("One & Only", labelled(BODY.replace("Staff must keep rule 3", "Staff should keep rule 3")))
    made.commit({"source/one.md": changed, "source/two.md": source("Two", TWO)}, "Change", "2025-08-01T12:00:00Z")
    return made
