"""Records -> what was published, and what has become of it; that and the files found -> what is right and what is not.

A file is known by its SHA-256 wherever it stands and whatever it is called, because a website may lay its files out in
its own way. What is not known so is told by its name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from policytool.model.proof import FoundFile, Held, Page, Place, Recorded
from policytool.model.record import PublishedFile, Record
from policytool.review.dossier import effective, order, root

INDEX = "index.html"
_DEPTH = 2
"""So many folders a published file stands in: one/2023-09-14/one.pdf."""


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
    issues: Sequence[Recorded], found: Iterable[FoundFile], pages: Mapping[str, Page], base: str = ""
) -> tuple[Held, ...]:
    """Every file found, and every file that should have been, held against the publications, in order of path.

    `pages` gives what each index that was found says, by its path. `base` is the absolute path of the folder, by which
    a file is in its own place also where the folder lies deeper.
    """
    return tuple(sorted(_Holding(issues, pages, base).all(list(found)), key=lambda one: (one.path, one.state)))


def index_of(path: str) -> str:
    """Where the index of the policy of a published file stands."""
    return f"{path.partition('/')[0]}/{INDEX}"


class _Holding:
    """The files of a folder, held against what was issued."""

    def __init__(self, issues: Sequence[Recorded], pages: Mapping[str, Page], base: str) -> None:
        self.issues, self.pages, self.base = issues, pages, base
        self.by_hash: dict[str, list[_Entry]] = defaultdict(list)
        self.by_path: dict[str, _Entry] = {}
        self.by_name: dict[str, _Entry] = {}
        self.of: dict[tuple[str, Place], list[PublishedFile]] = defaultdict(list)
        for one in sorted(issues, key=lambda issue: issue.place == "current"):  # of two of one name the current counts
            for file in one.publication.files:
                self._add(_Entry(one, file))
                self.of[index_of(file.path), one.place].append(file)
        self.indexes = {index for index, _ in self.of}
        self.in_place: set[str] = set()
        self.seen: dict[str, Page] = {}

    def _add(self, entry: _Entry) -> None:
        self.by_hash[entry.file.sha256].append(entry)
        self.by_path[entry.file.path] = self.by_name[_name(entry.file.path)] = entry

    def all(self, found: Sequence[FoundFile]) -> Iterator[Held]:
        """What was found, as it is to be judged beside the rest; then what was not."""
        first = [self._held(one) for one in found]
        here = {one.file.sha256 for one in first if one.file and one.is_recorded}
        for one in first:
            yield self._judged(one, here)
        yield from self._missing(here | {one.file.sha256 for one in first if one.file})

    # One file by itself

    def _held(self, found: FoundFile) -> Held:
        if found.problem:
            return Held(found.path, "unread", problem=found.problem)
        tails = _tails(f"{self.base}/{found.path}")
        entry = self._of_hash(found, tails)
        if entry is not None:
            self.in_place |= {entry.file.path} & {*tails}
            return Held(found.path, "right", *entry)
        index = next((tail for tail in tails if tail in self.indexes), "")
        if index and found.path in self.pages:
            self.seen[index] = self.pages[found.path]
            return Held(found.path, "stale", problem=index)
        entry = next((self.by_path[tail] for tail in tails if tail in self.by_path), None) or self._of_name(tails)
        return Held(found.path, "altered", *entry) if entry else Held(found.path, "unknown")

    def _of_hash(self, found: FoundFile, tails: Sequence[str]) -> _Entry | None:
        """What was recorded with these very bytes: in its own place, else the current."""
        entries = self.by_hash.get(found.sha256, ())
        own = [one for one in entries if one.file.path in tails] or entries
        return own[-1] if own else None

    def _of_name(self, tails: Sequence[str]) -> _Entry | None:
        """What is published under this name, unless the file stands in the folder of a version nobody recorded."""
        name = tails[-1]
        own = name.rpartition(".")[0]
        in_version = any(tail.startswith(f"{own}/") and tail.count("/") == _DEPTH for tail in tails)
        return None if in_version else self.by_name.get(name)

    # One file beside the others

    def _judged(self, one: Held, here: set[str]) -> Held:
        """An index by what it leads to; a file whose bytes are known by what has become of its issue."""
        if one.state == "stale":
            return Held(one.path, "right" if self._is_fresh(one.problem, here) else "stale")
        if not one.is_recorded or one.issue is None or one.file is None or one.issue.place == "current":
            return one
        index = index_of(one.file.path)
        if one.issue.place == "superseded":
            in_place = f"{self.base}/{one.path}".endswith(f"/{one.file.path}")
            beside = in_place or _name(one.path) != _name(one.file.path)
            current = any(file.sha256 in here for file in self.of[index, "current"])
            return Held(one.path, "kept" if beside and current else "superseded", one.issue, one.file)
        told = one.issue.place == "withdrawn" and self._is_fresh(index, here)
        return Held(one.path, "kept" if told else "withdrawn", one.issue, one.file)

    def _is_fresh(self, index: str, here: set[str]) -> bool:
        """Whether an index is as it was made, and leads to the current issue that is here and to nothing of others."""
        page = self.seen.get(index)
        if page is None or not page.is_whole:
            return False
        current, older = self.of[index, "current"], self.of[index, "superseded"] + self.of[index, "withdrawn"]
        wanted = {file.path for file in current if file.sha256 in here}
        return wanted <= page.current <= {file.path for file in current} and page.superseded <= {
            file.path for file in older
        }

    # What is not there

    def _missing(self, here: set[str]) -> Iterator[Held]:
        """The files of the current issues; those of others that an index leads to, or of which one is in its place."""
        linked = {path for page in self.seen.values() for path in page.links}
        for issue in self.issues:
            known = {file.path for file in issue.publication.files}
            for file in issue.publication.files:
                wanted = file.path in linked or (issue.place == "superseded" and known & self.in_place)
                if (wanted or issue.place == "current") and file.sha256 not in here:
                    yield Held(file.path, "missing", issue, file)
        laid_out = {index_of(path) for path in self.in_place}
        yield from (Held(path, "missing") for path in sorted(laid_out - self.seen.keys()))


def _name(path: str) -> str:
    return path.rpartition("/")[2]


def _tails(path: str) -> tuple[str, ...]:
    """The last parts of a path: "a/b/c.pdf", "b/c.pdf", "c.pdf", the longest first."""
    parts = path.strip("/").split("/")[-4:]
    return tuple("/".join(parts[at:]) for at in range(len(parts)))
