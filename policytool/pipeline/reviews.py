"""A repository -> its records, the register on a day, and every mistake in the records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property, partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import algorithm_of, fingerprint, wording_name
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.record import Record
from policytool.model.register import Register
from policytool.model.standing import Standing
from policytool.model.unable import UnableError
from policytool.parse.front_matter import front_matter
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.records import record as parse_record
from policytool.parse.text import text as parse_text
from policytool.pipeline.repository import Repository
from policytool.pipeline.shelf import Shelf
from policytool.review import findings as found
from policytool.review.dossier import Dossier
from policytool.review.records import check_records
from policytool.review.register import register as make_register
from policytool.review.register import standing
from policytool.store import reviews as store
from policytool.store.objects import Arrival
from policytool.store.reviews import folder_of, path_of

__all__ = ["Past", "Reviews", "folder_of", "path_of"]


@dataclass
class _Read:
    """The record files: by the folder they stand in, what was wrong with them, and their bytes by path."""

    shelf: Shelf | None
    records: dict[str, list[Record]] = field(default_factory=lambda: defaultdict(list))
    diagnostics: list[Diagnostic] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)

    def file(self, one: store.RecordFile) -> None:
        """Read one file."""
        if one.wrong is not None:
            self.diagnostics.append(one.wrong)
            return
        self.contents[one.path] = one.content
        record = self.shelf.record(one.path, one.content) if self.shelf else None
        if record is None:
            record = self._parsed(one)
        if record is not None:
            self.records[record.folder].append(record)

    def _parsed(self, one: store.RecordFile) -> Record | None:
        """A record as it was written; one with errors in it counts for nothing."""
        text, problems = parse_text(one.content, one.path)
        record, more = parse_record(text, one.path) if text is not None else (None, [])
        self.diagnostics += [*problems, *more]
        if record is None or any(problem.is_error for problem in more):
            return None
        if self.shelf and not problems and not more:
            self.shelf.keep(one.path, one.content, record)
        return record


class Reviews:
    """The records of one repository as they stand on the disk, read when they are first asked for.

    With a shelf, what it holds is not read again; the policies are then outlines, whose `fingerprints` are known.
    """

    def __init__(
        self, repository: Repository, shelf: Shelf | None = None, fingerprints: Mapping[str, str] | None = None
    ) -> None:
        self.repository = repository
        self._root: Path = repository.root
        self._shelf, self._fingerprints = shelf, fingerprints or {}
        self._texts: dict[tuple[str, str], bytes | None] = {}

    def take_over(self, before: Reviews, edited: str = "") -> None:
        """Take what others have read below `reviews/`, where nothing has changed since.

        Where only the policy `edited` has, what is on file for the others is taken as well.
        """
        self._read = before._read
        self._texts = before._texts
        if edited:
            self.dossiers = {**before.dossiers, edited: self.dossier(self.repository.library.policies[edited])}

    @cached_property
    def _read(self) -> _Read:
        read = _Read(self._shelf)
        for one in store.record_files(self._root):
            read.file(one)
        return read

    @property
    def contents(self) -> Mapping[str, bytes]:
        """The bytes of the records, by path."""
        return self._read.contents

    @property
    def records(self) -> Mapping[str, Sequence[Record]]:
        """The records, by the id of the policy in whose folder they stand."""
        return self._read.records

    @property
    def is_anything(self) -> bool:
        """Whether anything is on file, now or in the folder's history: a folder that was taken away is a finding."""
        return bool(self.contents or self._read.diagnostics or self.wordings or self.past.first)

    def lines(self, path: str) -> Sequence[str]:
        """The lines of a record or a policy, for a finding in it."""
        content = self.contents.get(path)
        text = None if content is None else parse_text(content, path)[0]
        return self.repository.lines.get(path, ()) if text is None else text.split("\n")

    @cached_property
    def dossiers(self) -> Mapping[str, Dossier]:
        """All that is on file for each policy, by id."""
        return {policy.id: self.dossier(policy) for policy in self.repository.library.policies.values()}

    def dossier(self, policy: Policy, text: str | None = None) -> Dossier:
        """All that is on file for a policy, as it is at any version; `text` is its source then."""
        own = self.repository.texts.get(policy.path, "") if text is None else text
        folder = self._folder(policy.id)
        kept = cache(partial(self._fields, folder, policy, own))
        says = cache(partial(self._says, folder, policy, own))
        records = tuple(self._read.records.get(folder, ()))
        return Dossier(policy, self.repository.library.settings, records, says, kept, self._unreadable.get(folder, ()))

    def _folder(self, policy: str) -> str:
        """Where a policy's records stand: under its id, or for one of the past under the id that it has today."""
        is_past = policy not in self.repository.library.policies
        return self._renamed.get(policy, policy) if is_past else policy

    @cached_property
    def _renamed(self) -> Mapping[str, str]:
        """The folders of records that were written under another id."""
        return {one.policy: folder for folder, found in self.records.items() for one in found if one.policy != folder}

    @cached_property
    def wordings(self) -> Mapping[str, bytes]:
        """The bytes of every kept wording, by path."""
        listed = ((folder, name) for folder, names in store.wordings(self._root).items() for name in names)
        return {path_of(folder, name): store.read_wording(self._root, folder, name) or b"" for folder, name in listed}

    def wording(self, folder: str, written: str) -> bytes | None:
        """The kept wording of a fingerprint; None where there is none."""
        key = folder, wording_name(written)
        if key not in self._texts:
            self._texts[key] = store.read_wording(self._root, *key)
        return self._texts[key]

    def take_wordings(self, read: Mapping[str, bytes]) -> None:
        """Take the kept wordings, by path, that were read in one go because most will be asked for."""
        for path, content in read.items():
            self._texts.setdefault((folder_of(path), path.rpartition("/")[2]), content or None)

    @property
    def read(self) -> Mapping[str, bytes]:
        """The bytes of the records and of the kept wordings that have been read, by path."""
        wordings = {path_of(*key): content for key, content in self._texts.items() if content}
        return {**self.contents, **wordings}

    def kept(self, policy: str, written: str) -> Policy | None:
        """A policy as the kept wording of a fingerprint has it; None where none is kept, or it is no text."""
        content = self.wording(policy, written)
        text = None if content is None else parse_text(content, policy)[0]
        return None if text is None else parse_policy(text, policy, self.repository.library.policies[policy].path)[0]

    def _fields(self, folder: str, policy: Policy, own: str, written: str) -> Policy | None:
        """The fields of a policy as a kept wording has them, without its text: reading that takes ten times as long."""
        content = self.wording(folder, written)
        if content is None or ((head := _head(own).encode()) and content.startswith(head)):
            return None if content is None else policy
        text, _ = parse_text(content, policy.path)
        return None if text is None else front_matter(text.split("\n"), policy.id, policy.path)[0]

    def _says(self, folder: str, policy: Policy, own: str, written: str) -> bool:
        """Whether a policy is the wording of a fingerprint: by the algorithm it names, or letter for letter."""
        known = self._fingerprints.get(policy.id) or fingerprint(policy, algorithm_of(written))
        if written and known == written:
            return True
        content = self.wording(folder, written)
        return content is not None and parse_text(content, policy.path)[0] == own

    # What documents print, and the register

    def standing(self, policy: Policy, text: str) -> Standing:
        """What a document of a policy prints of its reviews, as it is at any version; `text` is its source then."""
        return standing(self.dossier(policy, text))

    def register(self, today: date, chosen: Iterable[str] | None = None, *, as_of: bool = False) -> Register:
        """The register on a day, of all policies or of some; `as_of` leaves out what was held or written later."""
        wanted = self.dossiers if chosen is None else set(chosen)
        dossiers = [dossier for name, dossier in self.dossiers.items() if name in wanted]
        if as_of:
            dossiers = [dossier.until(today) for dossier in dossiers]
        return make_register(dossiers, self.repository.library.settings, today)

    # Mistakes

    @cached_property
    def unread(self) -> tuple[Diagnostic, ...]:
        """Records that could not be read, or not be used: they count for nothing."""
        return self._unread(self.dossiers.values())

    def unread_of(self, policy: str) -> tuple[Diagnostic, ...]:
        """Those among the records of one policy, without a look at what is on file for others."""
        return tuple(one for one in self._unread([self.dossiers[policy]]) if folder_of(one.path) == policy)

    def _unread(self, dossiers: Iterable[Dossier]) -> tuple[Diagnostic, ...]:
        rules = [one for dossier in dossiers for one in check_records(dossier)]
        unreadable = [one for one in self._read.diagnostics if not self._is_void(one.path)]
        return tuple(sorted([*unreadable, *self._strangers(), *rules], key=lambda one: one.order))

    def _is_void(self, path: str) -> bool:
        """Whether a correction takes the file back: one that cannot be read may not be altered either."""
        records = self.records.get(folder_of(path), ())
        return any(one.void and path.endswith(f"/{one.replaces}.yaml") for one in records)

    @cached_property
    def _unreadable(self) -> Mapping[str, tuple[str, ...]]:
        """The names of the files that are no records for what is wrong with them, by the folder they stand in."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for path in sorted(one.path for one in self._read.diagnostics if one.is_error and one.path.endswith(".yaml")):
            found[folder_of(path)][path.rpartition("/")[2].removesuffix(".yaml")] = None
        return {folder: tuple(names) for folder, names in found.items()}

    def _strangers(self) -> Iterator[Diagnostic]:
        """Records in the folder of no policy, and records that name another than their folder."""
        known = set(self.repository.ids.values())
        for folder, records in self._read.records.items():
            if folder not in known and not any(one.kind == "withdrawal" for one in records):
                yield _stranger(records[-1], folder, known, "rename its folder with the policy, or restore the source")
            for one in records:
                if one.policy != folder and not self._stood_in(one.policy, one.name):
                    yield _stranger(one, one.policy, known, f"it stands in the folder of `{folder}`")

    def _stood_in(self, folder: str, name: str) -> bool:
        """Whether a record was first committed in the folder of another id: the policy has been renamed since.

        Where the history is cut off nobody can tell that it was not.
        """
        return self.past.doubt is not None or f"{store.REVIEWS}/{folder}/{name}.yaml" in self.past.first

    @cached_property
    def past(self) -> Past:
        """What git's history tells of the records."""
        from policytool.store.history import History  # `build` and `status` seldom need it

        try:
            history = History(self._root)
        except UnableError:
            return Past()  # without git nothing has been committed
        with history:
            if not history.has_commits:
                return Past()
            try:
                _, tip = history.default_branch(self.repository.library.settings.branch)
                first = history.first_committed(tip, store.REVIEWS)
            except UnableError as error:
                return Past(doubt=found.NOT_JUDGED.at(store.REVIEWS, None, str(error), error.advice))
            if history.is_shallow:
                advice = "fetch the rest: `git fetch --unshallow`"
                return Past(first, found.NOT_JUDGED.at(store.REVIEWS, None, "this clone is shallow", advice))
        return Past(first)


class Past(NamedTuple):
    """How each file below `reviews/` first came onto the default branch, by path; and why that may not be all."""

    first: Mapping[str, Arrival] = MappingProxyType({})
    doubt: Diagnostic | None = None


def _stranger(record: Record, name: str, known: Iterable[str], advice: str) -> Diagnostic:
    place = record.place("policy")
    message = f"there is no policy `{name}`" if name not in known else f"this record is of `{name}`"
    return found.UNKNOWN_POLICY.at(record.path, place, message, nearest(name, known) or advice, len(record.policy))


def _head(text: str) -> str:
    """The front matter of a source, with the line that ends it; "" where there is none."""
    fields, end, _ = text.partition("\n---\n")
    return fields + end if end else ""
