"""Records -> what was published, and what has become of it; that and the files found -> what is right and what is not.

A file is known by its SHA-256 wherever it stands and whatever it is called, because a website may lay its files out in
its own way. What is not known so is told by its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policytool.model.proof import FoundFile, Held, Place, Recorded
from policytool.model.record import PublishedFile, Record
from policytool.review.dossier import effective, order, root


def issued(records: Iterable[Record]) -> tuple[Recorded, ...]:
    """The publications of one policy, given all its records, in order of time; corrections are considered.

    The last one is current, unless the policy was withdrawn later than it was last approved. One that a correction
    took back never counts.
    """
    records = list(records)
    by_name = {one.name: one for one in records}
    in_force = effective(records)
    alive = {one.name for record in in_force if (one := root(by_name[record.name], by_name)) is not None}
    publications = sorted((one for one in records if one.publication is not None), key=order)
    counting = [one.name for one in publications if one.name in alive]
    withdrawn = is_withdrawn(in_force)
    return tuple(_issued(one, counting, withdrawn=withdrawn) for one in publications)


def _issued(record: Record, counting: Sequence[str], *, withdrawn: bool) -> Recorded:
    place: Place = "superseded"
    if record.name not in counting:
        place = "taken back"
    elif withdrawn:
        place = "withdrawn"
    elif record.name == counting[-1]:
        place = "current"
    assert record.publication is not None  # noqa: S101  # nothing else is asked for
    return Recorded(record, record.publication, place)


def is_withdrawn(in_force: Iterable[Record]) -> bool:
    """Whether the last word on a policy is that it was withdrawn: an approval after that brings it back."""
    deciding = sorted((one for one in in_force if one.kind == "withdrawal" or one.approves), key=order)
    return bool(deciding) and deciding[-1].kind == "withdrawal"


class _Entry(NamedTuple):
    """A file of an issue, as recorded."""

    issue: Recorded
    file: PublishedFile


def held(
    issues: Sequence[Recorded], found: Iterable[FoundFile], indexes: Mapping[str, str], base: str = ""
) -> tuple[Held, ...]:
    """Every file found, and every file that should have been, held against the publications, in order of path.

    `indexes` gives the SHA-256 of each index as the records give it, by its path below the folder of what is published.
    `base` is the absolute path of the folder, by which a file is in its own place also where the folder lies deeper.
    """
    return tuple(sorted(_Holding(issues, indexes, base).all(list(found)), key=lambda one: (one.path, one.state)))


class _Holding:
    """The files of a folder, held against what was issued."""

    def __init__(self, issues: Sequence[Recorded], indexes: Mapping[str, str], base: str) -> None:
        self.issues, self.indexes, self.base = issues, indexes, base
        self.by_hash: dict[str, list[_Entry]] = defaultdict(list)
        self.by_path: dict[str, _Entry] = {}
        self.by_name: dict[str, _Entry] = {}
        for one in sorted(issues, key=lambda issue: issue.place == "current"):  # of two of one name the current counts
            for file in one.publication.files:
                self._add(_Entry(one, file))
        self.laid_out: set[str] = set()

    def _add(self, entry: _Entry) -> None:
        self.by_hash[entry.file.sha256].append(entry)
        self.by_path[entry.file.path] = self.by_name[_name(entry.file.path)] = entry

    def all(self, found: Sequence[FoundFile]) -> Iterator[Held]:
        """What was found, as it is to be judged beside the rest; then what was not."""
        first = [self._held(one) for one in found]
        present = {one.issue.record.path for one in first if one.issue and one.is_recorded}
        current = {one.policy for one in self.issues if one.place == "current" and one.record.path in present}
        shown = {one.path_in_records for one in first if one.path_in_records in self.indexes}
        for one in first:
            yield self._judged(one.held, current, shown)
        yield from self._missing(first, present, shown)

    # One file

    def _held(self, found: FoundFile) -> _Found:
        if found.problem:
            return _Found(Held(found.path, "unread", problem=found.problem))
        tails = _tails(f"{self.base}/{found.path}")
        entry = self._of_hash(found, tails)
        if entry is not None:
            return self._noted(Held(found.path, "right", *entry), tails)
        index = next((tail for tail in tails if tail in self.indexes), "")
        if index:
            return _Found(Held(found.path, "right" if self.indexes[index] == found.sha256 else "stale"), index)
        entry = next((self.by_path[tail] for tail in tails if tail in self.by_path), None)
        entry = entry or self.by_name.get(_name(found.path))
        return self._noted(Held(found.path, "altered", *entry), tails) if entry else _Found(Held(found.path, "unknown"))

    def _of_hash(self, found: FoundFile, tails: Sequence[str]) -> _Entry | None:
        """What was recorded with these very bytes: in its own place, else the current."""
        entries = self.by_hash.get(found.sha256, ())
        own = [one for one in entries if one.file.path in tails] or entries
        return own[-1] if own else None

    def _noted(self, held: Held, tails: Sequence[str]) -> _Found:
        if held.file is not None and held.issue is not None and held.file.path in tails:
            self.laid_out.add(held.issue.policy)
            return _Found(held, held.file.path)
        return _Found(held)

    # One file beside the others

    def _judged(self, one: Held, current: set[str], shown: set[str]) -> Held:
        """A file whose bytes are known, by what has become of its issue."""
        if not one.is_recorded or one.issue is None or one.file is None or one.issue.place == "current":
            return one
        if one.issue.place == "superseded":
            name = _name(one.file.path)
            in_place = f"{self.base}/{one.path}".endswith(f"/{one.file.path}") or _name(one.path) != name
            return _as(one, "kept" if in_place and one.issue.policy in current else "superseded")
        told = one.issue.place == "withdrawn" and _index(one.file.path) in shown
        return _as(one, "kept" if told else "withdrawn")

    # What is not there

    def _missing(self, found: Sequence[_Found], present: set[str], shown: set[str]) -> Iterator[Held]:
        """The files of the current issues, and of those superseded that an index lists or that are there in part."""
        here = {one.held.file.sha256 for one in found if one.held.file}
        for issue in self.issues:
            listed = any(_index(one.path) in shown for one in issue.publication.files)
            wanted = issue.record.path in present or listed
            if issue.place == "current" or (issue.place == "superseded" and wanted):
                for file in issue.publication.files:
                    if file.sha256 not in here:
                        yield Held(file.path, "missing", issue, file)
        yield from self._missing_indexes(shown)

    def _missing_indexes(self, shown: set[str]) -> Iterator[Held]:
        laid_out = {_index(one.path) for one in self._files_of(self.laid_out)}
        yield from (Held(path, "missing") for path in sorted(laid_out & self.indexes.keys() - shown))

    def _files_of(self, policies: set[str]) -> Iterator[PublishedFile]:
        return (file for one in self.issues if one.policy in policies for file in one.publication.files)


class _Found(NamedTuple):
    """A file held by itself; and its path below the folder of what is published, "" where it is in no known place."""

    held: Held
    path_in_records: str = ""

    @property
    def issue(self) -> Recorded | None:
        """The issue that it is of."""
        return self.held.issue

    @property
    def is_recorded(self) -> bool:
        """Whether its bytes are known."""
        return self.held.is_recorded


def _as(one: Held, state: str) -> Held:
    return Held(one.path, state, one.issue, one.file)  # type: ignore[arg-type]  # one of the states, written above


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _index(path: str) -> str:
    """Where the index of the policy of a published file stands."""
    return f"{path.partition('/')[0]}/index.html"


def _tails(path: str) -> tuple[str, ...]:
    """The last parts of a path: "a/b/c.pdf", "b/c.pdf", the longest first. A name alone is no place."""
    parts = path.strip("/").split("/")[-4:]
    return tuple("/".join(parts[at:]) for at in range(len(parts) - 1))
