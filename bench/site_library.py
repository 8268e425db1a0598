"""A seed -> a library as a site shows it: policies in five approved wordings, each some ten edits from the last."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.edits import revised_again
from bench.generate import write_repository
from bench.records import WORDINGS, write_records
from policytool.parse.markdown import policy as parse
from policytool.render.markdown import markdown


def write_library(root: Path, count: int, seed: int) -> None:
    """So many policies with ten years of records; every text that was approved is kept, the last is the source."""
    write_repository(root, count, seed)
    write_records(root, count, seed, _wordings)


def _wordings(name: str, text: str) -> Sequence[str]:
    policy, _ = parse(text, name, f"source/{name}.md")
    reviewed = revised_again(policy, WORDINGS - 1, seed=sum(name.encode()))
    return tuple(markdown(one) for one in reviewed)
