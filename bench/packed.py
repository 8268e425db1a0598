"""How fast `policytool pack` is: thirty policies, half of them changed, against building them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median

from bench.generate import policy_id, write_repository
from bench.measure import Command, Sample, python, took
from bench.records import write_records
from bench.table import figure, verdict

POLICIES, MOST = 30, 1.5
HEADER = (f"a pack of {POLICIES} policies, ms", "pack", "build", "ratio", "target", "")
CHANGES = (
    (" must ", " should "),
    (" within five working days", " within ten working days"),
    ("# Meaning", "# Meanings"),
)
Row = Sequence[str]


def rows(folder: Path, runs: int, seed: int) -> Iterator[Row]:
    """A row for one worker and one for two, under `HEADER`; the repository is made below the folder."""
    root = folder / "packed"
    write_board(root, POLICIES, seed)
    for jobs in (1, 2):
        pairs = [_pair(root, jobs) for _ in range(runs + 1)][1:]
        ratio = median(ours.wall / theirs.wall for ours, theirs in pairs)
        ours, theirs = (median(one[side].wall for one in pairs) * 1000 for side in (0, 1))
        what = f"pack : build of Word, PDF and HTML, {jobs} at once"
        yield what, figure(ours), figure(theirs), f"{ratio:.2f}", *verdict(ratio, MOST, "{:.1f}")


def write_board(root: Path, count: int, seed: int) -> None:
    """A generated repository with ten years of reviews, in git; every other policy has changed since."""
    write_repository(root, count, seed)
    write_records(root, count, seed)
    _git(root, "init", "-q", "-b", "main")
    _commit(root)
    for place in range(0, count, 2):
        path = root / "source" / f"{policy_id(place)}.md"
        text = path.read_text("utf-8")
        for before, after in CHANGES:
            text = text.replace(before, after, 3)
        path.write_text(text, "utf-8")
    _commit(root)


def _commit(root: Path) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-q", "-m", "Wording")


def _git(root: Path, *arguments: str) -> None:
    who = {f"GIT_{one}_{what}": value for one in ("AUTHOR", "COMMITTER") for what, value in _WHO.items()}
    subprocess.run(["git", *arguments], cwd=root, env={**os.environ, **who}, check=True)  # noqa: S607  # as found on the path


_WHO = {"NAME": "Ann Clerk", "EMAIL": "ann@school.example", "DATE": "2026-06-01T12:00:00Z"}


def _pair(root: Path, jobs: int) -> tuple[Sample, Sample]:
    """A pack and a build, each with nothing kept from before."""
    meeting = ("--meeting", "2027-12-07", "--until", "2028-12-31", "--body", "governing-board")
    return tuple(_afresh(root, command, jobs) for command in (("pack", *meeting), ("build",)))  # type: ignore[return-value]  # two


def _afresh(root: Path, command: Sequence[str], jobs: int) -> Sample:
    shutil.rmtree(root / "build", ignore_errors=True)
    line: Command = python("-m", "policytool", "--root", root, "--quiet", *command, "--jobs", str(jobs))
    return took(line)
