"""Record -> its YAML, and the name of its file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from json import dumps

from policytool.model.record import Publication, PublishedFile, Record

# What needs no quotes: words, days and periods without a sign that YAML gives a meaning to; and fingerprints.
_BARE = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9 .()/’“”–-]*[A-Za-z0-9)”])?|v[0-9]+:[0-9a-f]+)\Z")
_BLANKS = re.compile("[ \t\n\r\x85\u2028\u2029]+")
# What no file of ours may hold: YAML refuses most of these, and a reader sees none.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


def record(record: Record) -> bytes:
    """A record's file: a field a line, those that are empty left out. It reads back as the same record.

    Words are one line: what breaks a line becomes a blank, and control characters vanish.
    """
    lines = _lines(_fields(record))
    lines += _publication(record.publication) if record.publication else []
    return ("\n".join(lines) + "\n").encode()


def record_name(record: Record) -> str:
    """The name of a record's file, without ending or number: "2023-09-14-governors"."""
    return f"{record.written}-{record.what}"


def _lines(fields: Iterable[tuple[str, str]], indent: str = "") -> list[str]:
    return [f"{indent}{name}: {scalar}" for name, value in fields if (scalar := _scalar(value))]


def _fields(record: Record) -> Iterator[tuple[str, str]]:
    """Every field but a publication's, "" where there is none, in the order in which people read them."""
    yield "record", record.kind
    yield "policy", record.policy
    yield "cycle", record.cycle
    yield "held", str(record.held)
    yield "by", record.by
    yield "outcome", record.outcome
    yield "minute", record.minute
    yield "every", str(record.every or "")
    yield "fingerprint", record.fingerprint
    yield "seen", record.seen
    yield "next", str(record.next or "")
    yield "reason", record.reason
    yield "evidence", record.evidence
    yield "replaces", record.replaces
    yield "made", str(record.made or "")
    yield "void", "true" if record.void else ""
    yield "ratified-by", record.ratified_by
    yield "ratified", str(record.ratified or "")


def _publication(publication: Publication) -> list[str]:
    lines = _lines([("version", publication.version)])
    lines += ["relied-on:", *_lines(publication.relied_on, "  ")] if publication.relied_on else []
    lines += _lines([("commit", publication.commit), ("tool", publication.tool)])
    if publication.records:
        lines.append(f"records: [{', '.join(_scalar(name) for name in publication.records)}]")
    return [*lines, "files:", *(f"  - {_file(file)}" for file in publication.files)]


def _file(file: PublishedFile) -> str:
    return f"{{path: {_scalar(file.path)}, sha256: {_scalar(file.sha256)}, size: {file.size}}}"


def _scalar(text: str) -> str:
    """Words as a YAML scalar, "" for none; quoted where they must be, as JSON quotes them, which YAML reads alike."""
    line = _UNPRINTABLE.sub("", _BLANKS.sub(" ", text)).strip(" ")
    return line if not line or _BARE.match(line) else dumps(line, ensure_ascii=False)
