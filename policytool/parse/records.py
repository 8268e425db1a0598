"""A record (`reviews/<id>/*.yaml`) -> Record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from policytool.model.diagnostic import Diagnostic
from policytool.model.record import OUTCOMES, RECORD_KINDS, Outcome, Publication, PublishedFile, Record, RecordKind
from policytool.parse.fields import Fields, Sheet, fields

_REQUIRED: Mapping[RecordKind, tuple[str, ...]] = {
    "review": ("policy", "cycle", "held", "by", "outcome"),
    "amendment": ("policy", "held", "by", "fingerprint", "reason"),
    "correction": ("policy", "replaces", "made", "reason", "held"),
    "reschedule": ("policy", "cycle", "held", "by", "next", "reason"),
    "withdrawal": ("policy", "held", "by", "reason"),
    "publication": ("policy", "held", "version", "fingerprint", "files"),
}
_VOID = ("policy", "replaces", "made", "reason")
_APPROVAL = ("every", "fingerprint")
_EVIDENCE = ("minute", "evidence", "ratified-by", "ratified")
_REVIEW = (*_REQUIRED["review"], *_APPROVAL, *_EVIDENCE, "seen", "next", "reason")
_KNOWN: Mapping[RecordKind, frozenset[str]] = {
    "review": frozenset(("record", *_REVIEW)),
    "amendment": frozenset(("record", *_REQUIRED["amendment"], *_EVIDENCE)),
    # It holds what it replaces as it should have been: all that a review, an amendment or a reschedule may hold.
    "correction": frozenset(("record", *_REVIEW, "replaces", "made", "void")),
    "reschedule": frozenset(("record", *_REQUIRED["reschedule"], *_EVIDENCE)),
    "withdrawal": frozenset(("record", *_REQUIRED["withdrawal"], *_EVIDENCE)),
    "publication": frozenset(("record", *_REQUIRED["publication"], "by", "relied-on", "commit", "tool", "records")),
}
_FINGERPRINT = re.compile(r"v[1-9][0-9]{0,3}:[0-9a-f]{64}\Z")
_FINGERPRINT_FORM = "it is `v1:` and 64 figures in hex; `policytool record` writes it"
_COMMIT = re.compile(r"[0-9a-f]{7,64}\Z")
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")
_NAME = re.compile(r"\d{4}-\d\d(?:-\d\d)?-[a-z][a-z0-9-]*(?:\.\d+)?\Z")
_SIZE = re.compile(r"[0-9]{1,15}\Z")
# It is read again when a publication is verified: no part of it may lead out of the publication's folder.
_PATH = re.compile(r"(?!\.\.?(?:/|\Z))[^/\\:]+(?:/(?!\.\.?(?:/|\Z))[^/\\:]+)*\Z")


def record(text: str, path: str) -> tuple[Record | None, list[Diagnostic]]:
    """The record in a YAML text; what is missing or wrong is left empty, with a diagnostic.

    None where it can be of no use: where it is no YAML, of no known kind, or nobody knows when it was held.
    """
    sheet = Sheet(path)
    read = fields(text, sheet)
    kind = None if read is None else _kind(read)
    return (None if read is None or kind is None else _record(read, kind, path)), sheet.diagnostics


def _kind(read: Fields) -> RecordKind | None:
    read.require("record")
    written = read.choice("record", RECORD_KINDS, "")
    return next((kind for kind in RECORD_KINDS if kind == written), None)


def _record(read: Fields, kind: RecordKind, path: str) -> Record | None:
    read.keep(_KNOWN[kind], f"of {'an' if kind == 'amendment' else 'a'} {kind}")
    outcome, void = _outcome(read), read.flag("void")
    read.require(*_required(kind, outcome, void=void))
    held, made = read.moment("held"), read.moment("made")
    if void and "held" not in read:
        held = made  # what a void correction takes away was never held, as far as it knows
    if held is None:
        return None
    return Record(
        kind,
        read.name("policy"),
        held,
        by=read.name("by"),
        cycle=read.name("cycle"),
        outcome=outcome,
        minute=read.text("minute"),
        every=read.duration("every"),
        fingerprint=_fingerprint(read, "fingerprint"),
        seen=_fingerprint(read, "seen"),
        next=read.moment("next"),
        reason=read.text("reason"),
        evidence=read.text("evidence"),
        replaces=read.text("replaces"),
        made=made,
        void=void,
        ratified_by=read.name("ratified-by"),
        ratified=read.moment("ratified"),
        publication=_publication(read) if kind == "publication" else None,
        path=path,
        places=dict(read.places()),
    )


def _outcome(read: Fields) -> Outcome | Literal[""]:
    written = read.choice("outcome", OUTCOMES, "")
    return next((outcome for outcome in OUTCOMES if outcome == written), "")


def _required(kind: RecordKind, outcome: str, *, void: bool) -> tuple[str, ...]:
    if kind == "correction" and void:
        return _VOID
    approves = outcome not in ("deferred", "")
    if approves or (kind == "review" and not outcome):
        return _REQUIRED[kind] + _APPROVAL
    return _REQUIRED[kind]


def _fingerprint(read: Fields, name: str) -> str:
    return read.pattern(name, _FINGERPRINT, "a fingerprint", _FINGERPRINT_FORM)


def _publication(read: Fields) -> Publication:
    return Publication(
        read.text("version"),
        _relied_on(read.part("relied-on")),
        read.pattern("commit", _COMMIT, "the hash of a commit"),
        read.text("tool"),
        tuple(_file(part) for part in read.parts("files")),
        read.patterns("records", _NAME, "the name of a record: `2023-09-14-governors`"),
    )


def _relied_on(part: Fields | None) -> tuple[tuple[str, str], ...]:
    if part is None:
        return ()
    for policy in part:
        part.check_name(policy)
    return tuple((policy, _fingerprint(part, policy)) for policy in part)


def _file(part: Fields) -> PublishedFile:
    part.require("path", "sha256", "size")
    value = PublishedFile(
        part.pattern("path", _PATH, "a path inside the publication’s folder: `lettings/lettings.pdf`"),
        part.pattern("sha256", _SHA256, "64 figures in hex"),
        int(part.pattern("size", _SIZE, "a number of bytes") or 0),
    )
    part.finish()
    return value
