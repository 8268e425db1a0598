"""The date in a document's title block -> a record, where somebody has said of what review it is, and by whom.

A record is of committed text: until then nothing is recorded, and the same command does it afterwards. A date that is
found is evidence and no approval, so that nothing is recorded unasked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from policytool.model.unable import UnableError
from policytool.pipeline.imports import Imported, Wanted
from policytool.pipeline.record import Recording, Said
from policytool.pipeline.versions import Versions


@dataclass(frozen=True, slots=True)
class Dated:
    """What became of a document's date: the record that was written, or why none was; with neither, it was there."""

    file: str
    path: str = ""
    problem: str = ""


def record_dates(versions: Versions, made: Iterable[Imported], wanted: Wanted, today: date) -> Iterator[Dated]:
    """Record the date of each document as a review of the wanted cycle by the wanted role."""
    for one in made:
        yield _recorded(Recording(versions, one.policy, today), one, wanted)


def _recorded(recording: Recording, one: Imported, wanted: Wanted) -> Dated:
    if one.held is None:
        return Dated(one.file, problem=f"no date stands in the title block of {one.file}")
    if any((known.cycle, known.held) == (wanted.cycle, one.held) for known in recording.dossier.records):
        return Dated(one.file)
    evidence = f"title block of {Path(one.file).name}, SHA-256 {one.digest}"
    try:
        draft = recording.draft(Said("review", wanted.cycle, one.held, wanted.by, "approved", evidence=evidence))
    except UnableError as error:
        return Dated(one.file, problem=f"{error}; commit {one.path}, then import it again in the same way")
    recording.write(draft)
    return Dated(one.file, draft.paths[-1])
