"""The record of a publication, as `publish` writes it -> Record: the short way, for those who read five hundred.

A record that is written in any other way is read by `parse/records`, which also tells what is wrong with it.
"""

from __future__ import annotations

import re
from datetime import date

from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Moment

# A name of five letters is no reserved one, and needs no more than this.
_NAME = r"[a-z][a-z0-9-]{4,60}"
_SAID = r"v[1-9]\d{0,3}:[0-9a-f]{64}"
_WHOLE = re.compile(
    rf"record: publication\npolicy: ({_NAME})\nheld: (\d{{4}}-\d\d-\d\d)\nfingerprint: ({_SAID})\n"
    r"version: (\d{4}-\d\d(?:-\d\d)?(?:\.\d+)?)\n"
    rf"(?:relied-on:\n((?:  {_NAME}: {_SAID}\n)+))?"
    r"commit: ([0-9a-f]{40}|[0-9a-f]{64})\ntool: (\d+\.\d+\.\d+)\n"
    r"(?:records: \[(\d{4}[a-z0-9.-]+(?:, \d{4}[a-z0-9.-]+)*)\]\n)?"
    r"files:\n((?:  - \{path: [a-z0-9][^\s,:{}\[\]\\'\"#&*!|>%@`]*, sha256: [0-9a-f]{64}, size: \d{1,15}\}\n)+)\Z",
    re.ASCII,
)
_RELIED_ON = re.compile(rf"  ({_NAME}): ({_SAID})\n", re.ASCII)
_FILE = re.compile(r"path: (\S+), sha256: (\w+), size: (\d+)", re.ASCII)
_RECORD = re.compile(r"\d{4}-\d\d(?:-\d\d)?-[a-z][a-z0-9-]*(?:\.\d+)?\Z", re.ASCII)


def manifest(content: bytes, path: str) -> Record | None:
    """The record; None for whatever is not written as ours are, right or wrong."""
    match = _WHOLE.match(content.decode("ascii", "replace"))
    if match is None:
        return None
    policy, held, written, version, relied_on, commit, tool, records, listed = match.groups()
    others = tuple(_RELIED_ON.findall(relied_on or ""))
    names = tuple(records.split(", ")) if records else ()
    files = tuple(PublishedFile(name, digest, int(size)) for name, digest, size in _FILE.findall(listed))
    moment = _moment(held)
    if moment is None or len(dict(others)) != len(others) or not all(map(_RECORD.match, names)) or not _inside(files):
        return None
    said = Publication(version, others, commit, tool, files, names)
    return Record("publication", policy, moment, fingerprint=written, publication=said, path=path)


def _moment(held: str) -> Moment | None:
    try:
        day = date.fromisoformat(held)
    except ValueError:
        return None
    return Moment(day.year, day.month, day.day)


def _inside(files: tuple[PublishedFile, ...]) -> bool:
    """Whether no path leads out of the folder of what is published."""
    return not any(part in ("", ".", "..") for one in files for part in one.path.split("/"))
