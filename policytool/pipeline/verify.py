"""A folder of what was published -> every file in it held against the records, and what was proved of each issue.

The records are read once, the files hashed once, and no wording is read unless it is to be proved by it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from policytool import __version__
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import wording_name
from policytool.model.names import nearest
from policytool.model.proof import FoundFile, Held, Page, Proved, Recorded, State, Verified
from policytool.model.record import Record
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.parse.manifest import manifest
from policytool.parse.records import record as parse_record
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.pipeline.unaltered import append_only
from policytool.review import findings as told
from policytool.review.published import INDEX, held, index_of, issued
from policytool.store import files, hashed
from policytool.store import reviews as store
from policytool.store.objects import Arrival
from policytool.store.reviews import folder_of, path_of

if TYPE_CHECKING:
    from policytool.pipeline.workers import Crew

TOOL = __version__
_SPEAKS = re.compile(rb"publication|withdrawal|correction")
"""What no record lacks that decides what is published; of a policy without one of these, no record need be read."""
_SAID: Mapping[State, tuple[str, str]] = {
    "altered": ("FILE_ALTERED", "this is not the file that was published"),
    "missing": ("FILE_MISSING", "this file is not there"),
    "superseded": ("FILE_SUPERSEDED", "this is of version {version}, which is superseded"),
    "withdrawn": ("FILE_WITHDRAWN", "this is of version {version}, which is {place}"),
    "unknown": ("FILE_UNKNOWN", "this file is in no publication record"),
    "stale": ("INDEX_STALE", "this is not the index that follows from the records"),
    "unread": ("FILE_UNREAD", "{problem}"),
}


@dataclass(frozen=True, slots=True)
class Records:
    """The records that speak of publications: by policy, with the bytes of all, and what is wrong with them."""

    settings: Settings
    records: Mapping[str, Sequence[Record]]
    contents: Mapping[str, bytes]
    wordings: Mapping[str, bytes]
    diagnostics: Sequence[Diagnostic]
    issues: Sequence[Recorded]


class _Past(NamedTuple):
    """How records came onto the default branch, which commits there are; or why that cannot be told."""

    first: Mapping[str, Arrival] = MappingProxyType({})
    commits: frozenset[str] = frozenset()
    doubt: Diagnostic | None = None


def read_records(root: Path) -> Records:
    """What the records say of publications. Others than those that decide it are not read."""
    settings = parse_settings(parse_text(files.read(root / files.SETTINGS), files.SETTINGS)[0] or "", files.SETTINGS)[0]
    by_folder: dict[str, list[store.RecordFile]] = defaultdict(list)
    found: list[Diagnostic] = []
    for one in store.record_files(root):
        if one.wrong is None:
            by_folder[folder_of(one.path)].append(one)
        else:
            found.append(one.wrong)
    records = {name: [*_parsed(listed, found)] for name, listed in by_folder.items()}
    contents = {one.path: one.content for listed in by_folder.values() for one in listed}
    issues = [one for listed in records.values() for one in issued(listed)]
    return Records(settings, records, contents, store.read_wordings(root), found, issues)


def _parsed(listed: Iterable[store.RecordFile], found: list[Diagnostic]) -> Iterator[Record]:
    """The records of one policy; all of them where one takes the policy out, because an approval brings it back."""
    every = any(b"withdrawal" in one.content for one in listed)
    for one in listed:
        if not (every or _SPEAKS.search(one.content)):
            continue
        short = manifest(one.content, one.path)
        if short is not None:
            yield short
            continue
        text, wrong = parse_text(one.content, one.path)
        record, more = parse_record(text, one.path) if text is not None else (None, [])
        found += [*wrong, *more]
        if record is not None and not any(problem.is_error for problem in more):
            yield record


# The folder


def verify(root: Path, folder: Path, chosen: Sequence[str] = (), crew: Crew | None = None) -> Verified:
    """Hold the files of a folder against the records of the chosen policies, of all where none is named.

    With a crew, what this policytool made is made again, and what others made is read back; else every proof is by hash
    alone. Raises `UnableError` where the folder is not there, and for a policy that was never published.
    """
    records = read_records(root)
    wanted = _known(records, chosen)
    issues = [one for one in records.issues if one.policy in wanted]
    every = _held(issues, folder)
    if chosen:
        every = tuple(one for one in every if one.issue or one.path.partition("/")[0] in wanted)
    wrong = [*records.diagnostics, *_of_files(every, folder), *_of_records(root, records, issues)]
    present = {one.issue.record.path for one in every if one.issue and one.is_recorded}
    proofs = tuple(Proved(one, "hash") for one in issues if one.record.path in present)
    if crew is not None and proofs:
        from policytool.pipeline.proofs import prove  # to hash, nothing of documents is needed

        proofs, more = prove(root, records.settings, every, folder, crew, TOOL)
        wrong += more
    in_order = tuple(sorted(dict.fromkeys(wrong), key=lambda one: one.order))
    return Verified(every, proofs, tuple(issues), in_order)


def _held(issues: Sequence[Recorded], folder: Path) -> tuple[Held, ...]:
    sizes = {file.size for one in issues for file in one.publication.files}
    found = list(hashed.found(folder, sizes))
    return held(issues, found, _pages(issues, found, folder), folder.absolute().as_posix())


def _pages(issues: Sequence[Recorded], found: Iterable[FoundFile], folder: Path) -> Mapping[str, Page]:
    """What each index that was found says."""
    known = {index_of(file.path) for one in issues for file in one.publication.files}
    wanted = [one.path for one in found if one.path.endswith(INDEX) and not one.problem]
    places = {path: (folder.absolute() / path).parent.name for path in wanted}
    ours = [path for path in wanted if f"{places[path]}/{INDEX}" in known]
    if not ours:
        return {}
    from policytool.parse.listing import listing  # only where there is one

    return {path: listing(files.read(folder / path), places[path]) for path in ours}


def _known(records: Records, chosen: Sequence[str]) -> Collection[str]:
    published_ones = {one.policy for one in records.issues}
    for name in chosen:
        if name not in published_ones:
            advice = nearest(name, published_ones) or "publish it: `policytool publish`"
            raise UnableError(f"`{name}` was never published", advice)
    return set(chosen) or published_ones


def _of_files(every: Iterable[Held], folder: Path) -> Iterator[Diagnostic]:
    """What is wrong with the files, each by its path below the folder as it was named."""
    for one in every:
        if one.is_in_order:
            continue
        finding, message = _SAID[one.state]
        version, place = (one.issue.version, one.issue.place) if one.issue else ("", "")
        said = message.format(version=version, place=place, problem=one.problem)
        advice = f"its record is {one.issue.record.path}" if one.issue and one.state in ("altered", "missing") else ""
        yield getattr(told, finding).at((folder / one.path).as_posix(), None, said, advice)


# The records


def _of_records(root: Path, records: Records, issues: Sequence[Recorded]) -> Iterator[Diagnostic]:
    """What is wrong with the evidence: wordings that are not kept, records altered, commits that are gone."""
    for one in issues:
        if path_of(one.policy, wording_name(one.record.fingerprint)) not in records.wordings:
            message = "the wording of this fingerprint is not kept beside the record"
            place = one.record.place("fingerprint")
            yield told.NOT_KEPT.at(one.record.path, place, message, length=len(one.record.fingerprint))
    past = _past(root, records.settings)
    if past.doubt is not None:
        yield past.doubt
        return
    yield from append_only(past.first, {**records.contents, **records.wordings})
    for one in issues:
        yield from _of_commit(one, past)


def _of_commit(one: Recorded, past: _Past) -> Iterator[Diagnostic]:
    if one.record.path not in past.first:
        advice = f"commit it: `git add {one.record.path}`, then `git commit`"
        yield told.NOT_COMMITTED.at(one.record.path, None, "this record is not on the default branch yet", advice)
    commit = one.publication.commit
    if commit and commit not in past.commits and not any(known.startswith(commit) for known in past.commits):
        message = f"the commit {commit[:7]} is no longer in the history"
        place = one.record.place("commit")
        yield told.REWRITTEN.at(one.record.path, place, message, length=len(commit))


def _past(root: Path, settings: Settings) -> _Past:
    """What git tells of the records; without git, or where it holds but a part, only that it does."""
    from policytool.store.history import History

    try:
        with History(root) as history:
            if history.is_shallow:
                advice = "fetch the rest: `git fetch --unshallow`"
                return _Past(doubt=told.NOT_JUDGED.at(store.REVIEWS, None, "this clone is shallow", advice))
            if not history.has_commits:
                return _Past()
            _, tip = history.default_branch(settings.branch)
            return _Past(history.first_committed(tip, store.REVIEWS), history.reachable())
    except UnableError as error:
        return _Past(doubt=told.NOT_JUDGED.at(store.REVIEWS, None, str(error), error.advice))
