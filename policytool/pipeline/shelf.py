"""What was read from a file -> kept under `build/`, so that it is not read again while the file stays as it is.

An entry is named by the SHA-256 of the file's path and bytes, the shelf by the policytool that filled it: what is found
is what would be read. It can be deleted at any time, and what cannot be understood is not there.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple, TypeAlias

from policytool.model.artifact import Artifact
from policytool.model.inline import Position
from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record
from policytool.model.time import Duration, Moment
from policytool.model.unable import UnableError
from policytool.store import files, tool

BUILD, PATH = "build", "kept/read.json"
FEW = 200
"""Of so many texts one that is new is no reason to write down what is kept: to read it again costs less."""
Entry: TypeAlias = list[Any]
Told: TypeAlias = Sequence[Any]
"""A target as it is kept: kind, title, noun, the parts of its number or None, how many blocks have that number."""


class Outline(NamedTuple):
    """A policy by its fields alone, and the fingerprint of its wording.

    `targets` are the labelled blocks that others may cite, by label; `cites` what it cites of others and names as
    related, in order, as policy and label.
    """

    policy: Policy
    fingerprint: str
    targets: Mapping[str, Told] = MappingProxyType({})
    cites: Sequence[tuple[str, str]] = ()


@dataclass(slots=True)
class Shelf:
    """What was kept by an earlier run, and what this one has used or added."""

    root: Path
    kept: Mapping[str, Entry]
    used: dict[str, Entry] = field(default_factory=dict)
    added: bool = False

    @classmethod
    def at(cls, root: Path) -> Shelf:
        """The shelf of a repository; an empty one where there is none that this policytool filled."""
        return cls(root, entries(root, PATH))

    def again(self) -> Shelf:
        """The shelf for the next time, without a look at the disk."""
        return Shelf(self.root, {**self.kept, **self.used})

    def outline(self, path: str, content: bytes) -> Outline | None:
        """What was kept of a policy."""
        entry = self._take(path, content)
        try:
            return _outline(path, entry) if entry else None
        except (ValueError, TypeError, LookupError, AttributeError):
            return None

    def record(self, path: str, content: bytes) -> Record | None:
        """What was kept of a record, without the places of its fields."""
        entry = self._take(path, content)
        try:
            return _record(path, entry) if entry else None
        except (ValueError, TypeError, LookupError, AttributeError):
            return None

    def keep(self, path: str, content: bytes, what: Outline | Record) -> None:
        """Keep what was read from a file. A publication is not: `status` asks for none."""
        if isinstance(what, Outline):
            self._put(path, content, _of_outline(what))
        elif what.publication is None:
            self._put(path, content, _of_record(what))

    def _put(self, path: str, content: bytes, entry: Entry) -> None:
        self.used[_name(path, content)] = entry
        self.added = True

    def save(self, few: int = 0) -> None:
        """Write what this run used, if that is not what stands there; where nothing can be written, nothing is kept.

        With so `few` new ones, or fewer, it is not worth the while: they are read again.
        """
        if few and self.kept and len(self.used.keys() - self.kept.keys()) <= few:
            return
        if self.added or self.used.keys() != self.kept.keys():
            keep(self.root, PATH, self.used)

    def _take(self, path: str, content: bytes) -> Entry | None:
        name = _name(path, content)
        entry = self.kept.get(name)
        if entry is not None:
            self.used[name] = entry
        return entry


def entries(root: Path, path: str) -> Mapping[str, Entry]:
    """What a file below `build/` keeps by name; nothing where another tool wrote it, or a byte of it was altered."""
    try:
        head, _, body = (root / BUILD / path).read_bytes().partition(b"\n")
        kept = json.loads(body) if head == _head(body) else {}
    except (OSError, ValueError, RecursionError):
        return {}
    return kept if isinstance(kept, dict) else {}


def keep(root: Path, path: str, kept: Mapping[str, Entry]) -> None:
    """Keep entries in a file below `build/`; where nothing can be written, nothing is kept."""
    body = json.dumps(kept, separators=(",", ":")).encode()
    with contextlib.suppress(UnableError):
        files.write(root / BUILD, [Artifact(path, b"%b\n%b" % (_head(body), body))])


def _head(body: bytes) -> bytes:
    """The line before what is kept: the tool that wrote it, and the hash of the rest."""
    return f"{tool.identity()} {sha256(body).hexdigest()}".encode()


def _name(path: str, content: bytes) -> str:
    return sha256(b"%b\0%b" % (path.encode("utf-8", "surrogateescape"), content)).hexdigest()


def _of_record(one: Record) -> Entry:
    moments = [str(moment or "") for moment in (one.held, one.next, one.made, one.ratified)]
    words = [one.policy, one.by, one.cycle, one.outcome, one.minute, one.fingerprint, one.seen, one.reason]
    words += [one.evidence, one.replaces, one.ratified_by]
    return [one.kind, *moments, str(one.every or ""), one.void, *words]


def _record(path: str, entry: Entry) -> Record:
    kind, held, next_, made, ratified, every, void, policy, by, cycle, outcome, minute, now, seen, *rest = entry
    reason, evidence, replaces, ratified_by = rest
    return Record(
        kind,
        policy,
        _moment(held),
        by,
        cycle,
        outcome,
        minute,
        _duration(every) if every else None,
        now,
        seen,
        _moment(next_) if next_ else None,
        reason,
        evidence,
        replaces,
        _moment(made) if made else None,
        void,
        ratified_by,
        _moment(ratified) if ratified else None,
        path=path,
    )


def _moment(written: str) -> Moment:
    return Moment(*map(int, written.split("-")))


def _duration(written: str) -> Duration:
    count, unit = written.split(" ")
    return Duration(int(count), unit.removesuffix("s"))  # type: ignore[arg-type]  # as it was when it was written


def _of_outline(outline: Outline) -> Entry:
    policy = outline.policy
    cycles = [[one.name, str(one.every), one.by, one.counts_for, one.keep_anniversary] for one in policy.reviews]
    places = {name: place for name, place in policy.places.items() if name == "approver" or name.startswith("reviews")}
    words = [policy.id, policy.title, policy.owner, policy.approver, policy.amendments, policy.publish]
    withdrawn = policy.withdrawn.isoformat() if policy.withdrawn else ""
    return [outline.fingerprint, *words, withdrawn, cycles, places, outline.targets, outline.cites]


def _outline(path: str, entry: Entry) -> Outline:
    fingerprint, policy_id, title, owner, approver, amendments, publish, withdrawn, cycles, places, *rest = entry
    targets, cites = rest
    return Outline(
        Policy(
            policy_id,
            title,
            owner=owner,
            approver=approver,
            reviews=tuple(map(_cycle, cycles)),
            amendments=tuple(amendments),
            publish=publish,
            withdrawn=date.fromisoformat(withdrawn) if withdrawn else None,
            path=path,
            places={name: Position(*place) for name, place in places.items()},
        ),
        fingerprint,
        targets,
        [(name, label) for name, label in cites],
    )


def _cycle(entry: Entry) -> Cycle:
    name, every, by, counts_for, keep_anniversary = entry
    return Cycle(name, _duration(every), by, tuple(counts_for), keep_anniversary)
