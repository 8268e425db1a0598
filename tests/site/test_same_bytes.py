"""A site is made of texts and records and of nothing else: no clock, no place, no chance."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.repository import Repository
from tests.sites import Site, nasty_library, reference_library

HERE = Path(__file__).parents[2]


def _made(library: Repository, seed: str, *arguments: str) -> dict[str, bytes]:
    """Every file of the site, made in a process with this seed of its hashes."""
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(HERE)}
    command = [sys.executable, "-m", "policytool", "--quiet", "--root", str(library.root), *arguments]
    subprocess.run(command, env=environment, check=True)
    return Site(library.root / "build" / ("site-public" if "--public" in arguments else "site")).files


@pytest.mark.parametrize("edition", [(), ("--public",)], ids=["all", "public"])
def test_the_bytes_depend_on_nothing_else(tmp_path: Path, edition: tuple[str, ...]) -> None:
    """Neither on the day, nor on the order of hashes, nor on how many work, nor on where it stands."""
    one = _made(reference_library(tmp_path / "one"), "1", "--today", "2024-02-29", "site", "--jobs", "1", *edition)
    other = reference_library(tmp_path / "another folder" / "deep")
    two = _made(other, "2", "--today", "2031-12-31", "site", "--jobs", "2", *edition)
    assert list(one) == list(two)
    assert [path for path in one if one[path] != two[path]] == []


def test_made_again_in_steps_it_is_the_same(tmp_path: Path) -> None:
    """What is brought up to date has the bytes of what is made afresh."""
    steps = nasty_library(tmp_path / "steps")
    path = "source/unreviewed.md"
    text = (steps.root / path).read_bytes()
    steps.write_raw(path, text.replace(b"know this", b"know that"))
    _made(steps, "1", "site", "--no-documents")
    steps.write_raw(path, text)
    (steps.root / "source/long.md").rename(steps.root / "source/longer.md")
    brought = _made(steps, "1", "site", "--no-documents")
    afresh = nasty_library(tmp_path / "afresh")
    (afresh.root / "source/long.md").rename(afresh.root / "source/longer.md")
    whole = _made(afresh, "1", "site", "--no-documents")
    assert list(brought) == list(whole)
    assert [path for path in whole if brought[path] != whole[path]] == []
