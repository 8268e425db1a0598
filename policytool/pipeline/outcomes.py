"""What a clerk filled in after a meeting -> the records of all of it, written together or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from policytool.model.artifact import Artifact
from policytool.model.fingerprint import is_wording, wording_name
from policytool.model.names import nearest
from policytool.model.outcome import Packed, Row
from policytool.model.policy import Cycle, Policy
from policytool.model.record import OUTCOMES, Record
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.outcomes import PACK, is_zip, moment, opened, packed, rows
from policytool.parse.text import text as parse_text
from policytool.pipeline.pack import FOLDER
from policytool.pipeline.record import Draft, Recording, Said
from policytool.pipeline.reviews import path_of
from policytool.pipeline.versions import WORKING, Versions
from policytool.store import drawer
from policytool.store import reviews as store


@dataclass(frozen=True, slots=True)
class Asked:
    """The file that was filled in, and what holds for all of its rows; `by` and `minute` are "" where nobody says."""

    file: Path
    held: Moment
    by: str = ""
    minute: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: its line, the name of its column, "" for the whole row; what, and what to do."""

    line: int
    column: str
    message: str
    advice: str = ""


@dataclass(slots=True)
class Found:
    """What became of the rows: records to be written, those on file already, rows left empty, and what is wrong.

    `proof` says what the fingerprints were held against.
    """

    proof: str
    drafts: list[Draft] = field(default_factory=list)
    already: list[Record] = field(default_factory=list)
    empty: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def artifacts(self) -> tuple[Artifact, ...]:
        """Every file that is to be written, each once."""
        return tuple({one.path: one for draft in self.drafts for one in draft.artifacts}.values())


class Outcomes:
    """The rows of one file, being made into records."""

    def __init__(self, versions: Versions, today: date, asked: Asked) -> None:
        self.versions, self.today, self.asked = versions, today, asked
        self.library = versions.working.library
        self.recordings: dict[str, Recording] = {}

    def read(self) -> Found:
        """Hold every row against the pack and against every rule of records.

        Raises `UnableError` for a file that cannot be read, and for a role or a day that holds for none of its rows.
        """
        self._refuse()
        table, pack = self._opened()
        listed = rows(table)
        if pack is None:
            pack = self._sent(listed)
        found = Found(_proof(pack))
        seen: dict[tuple[str, str], int] = {}
        for row in listed:
            wrong = list(self._wrong(row, pack, seen))
            seen.setdefault(row.key, row.line)
            found.problems += wrong
            if not wrong:
                self._decided(row, pack, found)
        return found

    def write(self, found: Found) -> None:
        """Write all the records and their wordings, or nothing."""
        store.write_new(self.versions.working.root, found.artifacts)

    def commit(self, found: Found) -> str:
        """Commit exactly these records and their wordings, what an earlier run left included; "" for nothing new."""
        history = self.versions.history
        records = [*(draft.record for draft in found.drafts), *found.already]
        paths = dict.fromkeys(path for record in records for path in _paths(record))
        new = [path for path in paths if history.committed(path) is None]
        told = f"Record what was decided on {self.asked.held.told}"
        return history.commit(new, told).short if new else ""

    # The file, and the pack that it came in

    def _refuse(self) -> None:
        roles, by = self.library.settings.roles, self.asked.by
        if by and by not in roles:
            raise UnableError(f"there is no role `{by}`", nearest(by, roles) or f"the roles are {', '.join(roles)}")
        if self.asked.held.first > self.today:
            told = self.asked.held.told
            raise UnableError(f"{told} is in the future", "a record tells what was decided: record it afterwards")

    def _opened(self) -> tuple[bytes, Packed | None]:
        """The table, and what its pack says where that is at hand: in the zip, or beside the table."""
        content = drawer.content(self.asked.file)
        if is_zip(content):
            return opened(content)
        beside = self.asked.file.with_name(PACK)
        return content, packed(drawer.content(beside)) if beside.is_file() else None

    def _sent(self, listed: Sequence[Row]) -> Packed | None:
        """The pack of that day which the rows came in, from those that were made here; None where there is none."""
        folder = self.versions.working.root / FOLDER
        if not folder.is_dir():
            return None
        packs = map(_pack_in, drawer.documents([folder], (".zip",)))
        of_that_day = [one for one in packs if one and one.meeting == str(self.asked.held)]
        keys = {row.key for row in listed}
        return max(of_that_day, key=lambda one: len(keys & {row.key for row in one.rows}), default=None)

    # A row

    def _wrong(self, row: Row, pack: Packed | None, seen: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
        """What is wrong with the cells of a row."""
        policy = self.library.policies.get(row.policy)
        if policy is None:
            advice = nearest(row.policy, self.library.policies)
            yield Problem(row.line, "policy", f"there is no policy `{row.policy}`", advice)
            return
        if _cycle(policy, row.cycle) is None:
            advice = f"its cycles are {', '.join(one.name for one in policy.reviews)}"
            yield Problem(row.line, "cycle", f"`{row.policy}` has no review cycle `{row.cycle}`", advice)
        elif row.key in seen:
            yield Problem(row.line, "cycle", f"line {seen[row.key]} is of the same review", "delete one of the two")
        else:
            yield from self._foreign(row, policy, pack)
        yield from _unclear(row)

    def _foreign(self, row: Row, policy: Policy, pack: Packed | None) -> Iterator[Problem]:
        """A row that was not in the pack, or not with this wording; without one, what git never held."""
        if pack is None:
            if row.outcome and not self._version(policy, row):
                message = f"`{row.fingerprint}` is no wording of `{policy.id}` that was ever committed"
                yield Problem(row.line, "fingerprint", message, "take the fingerprints as they were sent out")
            return
        sent = {one.key: one for one in pack.rows}.get(row.key)
        if sent is None:
            yield Problem(row.line, "cycle", f"`{row.policy}` `{row.cycle}` was not in the pack", _RECORD_ALONE)
        elif sent.fingerprint != row.fingerprint:
            message = f"this fingerprint was not in the pack, which has `{sent.fingerprint}`"
            advice = "copy it from the pack that lay before the meeting, or name that zip in the place of this file"
            yield Problem(row.line, "fingerprint", message, advice)

    def _version(self, policy: Policy, row: Row) -> str:
        """A name of the version that has the wording of a row: the working text, else a commit; "" for none."""
        history = self.versions.history
        if is_wording(policy, row.fingerprint) and history.is_clean(policy.path):
            return WORKING
        for revision in history.revisions(policy.path, history.head()):
            text = parse_text(history.read(revision.blob), revision.path)[0] if revision.blob else None
            then = parse_policy(text, Path(revision.path).stem, revision.path)[0] if text is not None else None
            if then is not None and is_wording(then, row.fingerprint):
                return f"git:{revision.commit.hash}"
        return ""

    def _decided(self, row: Row, pack: Packed | None, found: Found) -> None:
        """The record of a row that was filled in."""
        if not row.outcome:
            found.empty.append(row)
            return
        try:
            recording = self._recording(row.policy)
            draft = recording.draft(self._said(row, recording.policy, pack))
        except UnableError as error:
            found.problems.append(Problem(row.line, "", f"{row.policy} {row.cycle}: {error}", error.advice))
            return
        dossier = recording.dossier
        on_file = next((one for one in dossier.records if _is_same(one, draft.record)), None)
        other = next((one for one in dossier.in_force if _is_of_same_review(one, draft.record)), None)
        if on_file:
            found.already.append(on_file)
        elif other:
            advice = f"correct it: `policytool record {row.policy} --correct {other.name}`"
            message = f"{row.policy} {row.cycle}: `{other.name}` is on record for that day and says something else"
            found.problems.append(Problem(row.line, "", message, advice))
        else:
            found.drafts.append(draft)
            recording.dossier = replace(dossier, records=(*dossier.records, draft.record))

    def _recording(self, policy: str) -> Recording:
        if policy not in self.recordings:
            self.recordings[policy] = Recording(self.versions, policy, self.today)
        return self.recordings[policy]

    def _said(self, row: Row, policy: Policy, pack: Packed | None) -> Said:
        cycle = _cycle(policy, row.cycle)
        by = self.asked.by or (pack.body if pack else cycle.by if cycle else "")
        outcome = _outcome(row)
        said = Said(
            cycle=row.cycle,
            held=self.asked.held,
            by=by,
            outcome=outcome,
            minute=row.minute or self.asked.minute,
            next=moment(row.next),
            reason=row.reason,
        )
        if outcome == "deferred":
            return said
        version = self._version(policy, row)
        if not version:
            advice = "fetch the history that holds it: `git fetch --unshallow`"
            raise UnableError("the wording that lay before the meeting is not in git", advice)
        if outcome != "approved-with-changes":
            return replace(said, wording=version)
        return replace(said, seen=version, wording=self._changed(row, policy))

    def _changed(self, row: Row, policy: Policy) -> str:
        """What was approved in its place: the version that the row names, else the working text."""
        if not row.version:
            return WORKING
        repository = self.versions.at(row.version, policy.id)
        return WORKING if is_wording(self.versions.policy(repository, policy.id), row.fingerprint) else row.version


_RECORD_ALONE = "record it by itself: `policytool record POLICY CYCLE`"


def _pack_in(path: Path) -> Packed | None:
    """What a pack says of itself; None for a zip that is none, or is broken: it is then told that none is at hand."""
    try:
        return opened(drawer.content(path))[1]
    except UnableError:
        return None


def _cycle(policy: Policy, name: str) -> Cycle | None:
    return next((one for one in policy.reviews if one.name == name), None)


def _outcome(row: Row) -> str:
    """An outcome as records name it, however a person writes it: "Approved with changes"."""
    return "-".join(row.outcome.casefold().replace("-", " ").split())


def _unclear(row: Row) -> Iterator[Problem]:
    """Cells whose words mean nothing."""
    if not row.outcome:
        for name in ("minute", "next", "reason"):
            if getattr(row, name):
                yield Problem(row.line, "outcome", f"there is a {name} and no outcome", _KNOWN)
                return
    elif _outcome(row) not in OUTCOMES:
        yield Problem(row.line, "outcome", f"`{row.outcome}` is no outcome", nearest(_outcome(row), OUTCOMES) or _KNOWN)
    if row.next and moment(row.next) is None:
        advice = "write 2028-12-08, 8 December 2028 or 08/12/2028 (the day first)"
        yield Problem(row.line, "next", f"`{row.next}` is no day", advice)


_KNOWN = f"it is one of {', '.join(OUTCOMES)}; leave the row empty if nothing was decided"


def _is_same(one: Record, other: Record) -> bool:
    """Whether a record on file says what is to be recorded: an earlier run was stopped on the way."""
    return replace(one, path="", places={}) == replace(other, path="", places={})


def _is_of_same_review(one: Record, other: Record) -> bool:
    """Whether two records are of one review, held on one day."""
    return (one.kind, one.cycle, one.held) == (other.kind, other.cycle, other.held)


def _paths(record: Record) -> Iterable[str]:
    """A record's file and the wordings that it speaks of."""
    names = (wording_name(one) for one in (record.fingerprint, record.seen) if one)
    return (*(path_of(record.folder, name) for name in names), record.path)


def _proof(pack: Packed | None) -> str:
    if pack is None:
        return "no pack of that day is at hand: the fingerprints were held against what was committed"
    return f"held against the pack of {pack.body} for {pack.meeting}"
