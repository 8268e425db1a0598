"""What LibreOffice itself makes of Word files: their text and its numbers, as they are or with all changes settled."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from bench.office import Job, command, speaker
from tests.tools import missing

SECONDS = 120
Line = tuple[str, str]


class Told(NamedTuple):
    """A text as LibreOffice prints it: each paragraph with its number, cell by cell; the footnotes come last.

    Left out is the contents list, which a reader computes. `changes` is how many tracked changes are still there.
    """

    changes: int
    text: tuple[Line, ...]
    notes: tuple[tuple[Line, ...], ...]


def release() -> str:
    """The release of the LibreOffice that is installed: "7.4"; "" for none."""
    program = shutil.which("soffice")
    if not program:
        return ""
    run = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=60, check=False)
    found = re.search(r"LibreOffice (\d+\.\d+)", run.stdout)
    return found[1] if found else ""


def told(folder: Path, jobs: Mapping[str, tuple[str, bytes]]) -> dict[str, Told]:
    """{name: (`keep`, `accept` or `reject`, a Word file)} -> {name: what LibreOffice tells of it then}."""
    if not speaker():
        missing("LibreOffice and a Python with UNO (python3-uno)")
    for name, (_, docx) in jobs.items():
        (folder / f"{name}.docx").write_bytes(docx)
    todo: list[Job] = [
        (action, str(folder / f"{name}.docx"), str(folder / f"{name}.json")) for name, (action, _) in jobs.items()
    ]
    # It ends itself, and LibreOffice, when its time is over; the longer time here is for a Python that cannot.
    run = subprocess.run(
        command(folder / "profile", todo, SECONDS), capture_output=True, text=True, timeout=SECONDS + 30, check=False
    )
    assert run.returncode == 0, run.stderr
    return {name: _told(json.loads((folder / f"{name}.json").read_text("utf-8"))) for name in jobs}


def _told(found: Mapping[str, object]) -> Told:
    changes, text, notes = found["changes"], found["text"], found["notes"]
    assert isinstance(changes, int)
    assert isinstance(text, list)
    assert isinstance(notes, list)
    return Told(changes, _lines(text), tuple(map(_lines, notes)))


def _lines(listed: Sequence[Sequence[str]]) -> tuple[Line, ...]:
    return tuple((number, words) for number, words in listed)
