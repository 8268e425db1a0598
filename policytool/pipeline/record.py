"""What somebody says of a review -> a record and the wordings it speaks of, held against every rule, then written."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePosixPath

from policytool.model.artifact import Artifact
from policytool.model.fingerprint import fingerprint, wording_name
from policytool.model.names import nearest
from policytool.model.policy import Cycle, Policy
from policytool.model.record import OUTCOMES, Outcome, Record, RecordKind
from policytool.model.register import Approval
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.pipeline.evidence import substance
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import path_of
from policytool.pipeline.versions import WORKING, Versions
from policytool.render.records import record as written
from policytool.render.records import record_name
from policytool.review.cycles import due_date
from policytool.review.records import check_records
from policytool.review.roles import acts_for
from policytool.store import reviews as store


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a review; what they did not say is empty. `wording` and `seen` are names of versions."""

    kind: RecordKind = "review"
    cycle: str = ""
    held: Moment | None = None
    by: str = ""
    outcome: Outcome | str = ""
    minute: str = ""
    next: Moment | None = None
    reason: str = ""
    evidence: str = ""
    replaces: str = ""
    void: bool = False
    ratifies: bool = False
    wording: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A record as it would be written: the record itself, and every file, the wordings first."""

    record: Record
    artifacts: tuple[Artifact, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The files, relative to the repository."""
        return tuple(one.path for one in self.artifacts)


class Recording:
    """Records being written for one policy. Close it after use, or use it with `with`."""

    def __init__(self, versions: Versions, policy: str, today: date) -> None:
        self.versions, self.reviews, self.today = versions, versions.reviews, today
        self.repository: Repository = versions.working
        if policy not in self.repository.library.policies:
            raise UnableError(f"the file of `{policy}` cannot be read", "look at it: `policytool check`")
        self.dossier = self.reviews.dossiers[policy]
        self.policy: Policy = self.dossier.policy

    def draft(self, said: Said) -> Draft:
        """The record of what is said, and the files to be written.

        Raises `UnableError` for whatever a record may not say: a future date, a cycle, role or outcome that is none,
        wording with errors or not committed, a role that may not decide it.
        """
        record, kept = _DRAFTS[said.kind](self, said)
        name = store.free_name(self.repository.root, self.policy.id, record_name(record))
        record = replace(record, path=f"{store.REVIEWS}/{self.policy.id}/{name}.yaml")
        self._judge(record)
        return Draft(record, (*kept, Artifact(record.path, written(record))))

    def write(self, draft: Draft) -> None:
        """Write a record and its wordings together, or nothing."""
        store.write_new(self.repository.root, draft.artifacts)

    def commit(self, draft: Draft) -> str:
        """Commit exactly the record and its wordings, one that an earlier record left included; the short name."""
        history, record = self.versions.history, draft.record
        kept = [path_of(self.policy.id, wording_name(one)) for one in (record.fingerprint, record.seen) if one]
        paths = [path for path in dict.fromkeys(kept) if history.committed(path) is None]
        return history.commit([*paths, record.path], _message(record, self.policy)).short

    # Kinds of records

    def review(self, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A review of one cycle."""
        cycle = self._cycle(said.cycle)
        record = Record("review", self.policy.id, self._held(said), said.by, cycle.name, _outcome(said), said.minute)
        record = replace(record, next=said.next, reason=said.reason, evidence=said.evidence)
        if said.outcome == "deferred":
            return record, ()
        now, kept = self._wording(said.wording)
        seen, more = self._seen(said, now)
        return replace(record, every=cycle.every, fingerprint=now, seen=seen), (*kept, *more)

    def amendment(self, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A slip of the pen put right in the approved wording: it moves no date."""
        approval = self.dossier.approval
        if approval is None:
            raise UnableError("there is no approved wording to amend", "record its approval first")
        now, kept = self._wording(said.wording)
        if now == approval.record.fingerprint:
            raise UnableError("this wording is the approved one already: there is nothing to amend")
        held = self._held(said)
        if held.last < approval.record.held.first:
            raise UnableError(f"what was approved in {approval.told} cannot have been amended on {held.told}")
        self._refuse_substance(approval, said.wording)
        record = Record("amendment", self.policy.id, held, said.by, minute=said.minute, fingerprint=now)
        return replace(record, reason=said.reason, evidence=said.evidence), kept

    def _refuse_substance(self, approval: Approval, wording: str) -> None:
        before, (_, amended) = self.reviews.kept(self.policy.id, approval.record.fingerprint), self._at(wording)
        if before is None:
            raise UnableError("the approved wording is not kept: nothing can be held against it", "`policytool check`")
        if touched := substance(before, amended):
            raise UnableError(f"this is no slip of the pen: {touched}", "take it to the approver, and record a review")

    def reschedule(self, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A review to be held sooner than its cycle asks."""
        cycle = self._cycle(said.cycle)
        record = Record("reschedule", self.policy.id, self._held(said), said.by, cycle.name, minute=said.minute)
        record = replace(record, next=said.next, reason=said.reason, evidence=said.evidence)
        due = due_date(replace(self.dossier, records=(*self.dossier.records, record)), cycle)
        if said.next and due != said.next:
            allowed = f"{due.told} at the latest" if due else "it has never been reviewed"
            raise UnableError(f"{said.next.told} is later than the cycle `{cycle.name}` allows", allowed)
        return record, ()

    def withdrawal(self, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A policy that is taken out: it is in force no longer, until its next approval."""
        held, approval = self._held(said), self.dossier.approval
        if self.dossier.withdrawal is not None:
            since = self.dossier.withdrawal.held
            when = f"{'in' if since.is_month else 'on'} {since.told}"
            raise UnableError(f"it was withdrawn {when} already", "its next approval would bring it back")
        if approval and held.last < approval.confirmed.held.first:
            raise UnableError(f"what was approved in {approval.confirmed.held.told} cannot have been withdrawn before")
        record = Record("withdrawal", self.policy.id, held, said.by, minute=said.minute, reason=said.reason)
        return replace(record, evidence=said.evidence), ()

    def correction(self, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A record as it should have been, with what is said now in the place of what was wrong."""
        if said.void and (name := _named(said.replaces)) in self.dossier.unreadable:
            return self._void(name, said.reason), ()
        wrong = self._record(said.replaces)
        if said.ratifies:
            return self._ratification(said, wrong), ()
        if said.void:
            _refuse_published(wrong)
            return self._void(wrong.name, said.reason), ()
        right, kept = self._corrected(wrong, said)
        if right == wrong:
            raise UnableError("nothing is corrected", "say what is right: --held, --by, --outcome …; or --void")
        if right.outcome not in ("", "deferred") and not right.fingerprint:
            raise UnableError("an approval is of a wording", "name the one that was approved: --wording VERSION")
        return self._correcting(right, wrong, said.reason), kept

    def _corrected(self, wrong: Record, said: Said) -> tuple[Record, Sequence[Artifact]]:
        """A record with what is said of it, and the wordings that are named anew."""
        _refuse_strange(wrong, said)
        outcome = _outcome(said) if said.outcome else wrong.outcome
        right = replace(
            wrong,
            held=self._held(said, wrong.held),
            by=said.by or wrong.by,
            cycle=self._cycle(said.cycle).name if said.cycle else wrong.cycle,
            outcome=outcome,
            minute=said.minute or wrong.minute,
            next=said.next or wrong.next,
            evidence=said.evidence or wrong.evidence,
        )
        if outcome == "deferred":  # nothing was decided on
            return replace(right, every=None, fingerprint="", seen=""), ()
        now, kept = self._wording(said.wording) if said.wording else (wrong.fingerprint, ())
        seen, more = self._seen(said, now) if said.seen or outcome != wrong.outcome else (wrong.seen, ())
        # The cycle as it was when approved is that of another cycle now, or was not written down.
        is_other = outcome and (right.cycle != wrong.cycle or wrong.every is None)
        every = self._cycle(right.cycle).every if is_other else wrong.every
        return replace(right, every=every, fingerprint=now, seen=seen), (*kept, *more)

    def _ratification(self, said: Said, decided: Record) -> Record:
        """What a role decided on behalf of a body, minuted by that body."""
        held = self._held(said)
        if decided.by == said.by or not acts_for(self.repository.library.settings, decided.by, said.by):
            what = f"`{decided.by}` did not decide on behalf of `{said.by}`"
            raise UnableError(what, "`acts-for:` under `roles:` in the settings says who acts for whom")
        if held.last < decided.held.first:
            raise UnableError(f"what was decided on {decided.held.told} cannot have been ratified on {held.told}")
        minuted = f", minute {said.minute}" if said.minute else ""
        why = said.reason or f"ratified by {self.repository.library.role(said.by)}"
        right = replace(decided, ratified_by=said.by, ratified=held)
        return self._correcting(right, decided, f"{why}{minuted}")

    # Parts of a record

    def _cycle(self, name: str) -> Cycle:
        cycle = next((one for one in self.policy.reviews if one.name == name), None)
        if cycle is None:
            known = ", ".join(one.name for one in self.policy.reviews)
            raise UnableError(f"`{self.policy.id}` has no review cycle `{name}`", f"its cycles are {known}")
        return cycle

    def _held(self, said: Said, otherwise: Moment | None = None) -> Moment:
        """When it was decided: if nobody says, when it was said to be before, or today."""
        held = said.held or otherwise or Moment.of(self.today)
        if held.first > self.today:
            raise UnableError(f"{held.told} is in the future", "a record tells what was decided: record it afterwards")
        if said.next and said.next.last <= held.first:
            message = f"the next review, {said.next.told}, would be before this one"
            raise UnableError(message, "correct one of the dates")
        return held

    def _record(self, name: str) -> Record:
        """The record that is to be corrected, by its name or its file."""
        known = {one.name: one for one in self.dossier.records}
        wanted = _named(name)
        if wanted not in known:
            listed = ", ".join(known) or "there is none"
            raise UnableError(f"`{self.policy.id}` has no record `{wanted}`", nearest(wanted, known) or listed)
        return known[wanted]

    def _void(self, name: str, reason: str) -> Record:
        """The correction that takes a record back, which may be one that cannot be read."""
        today = Moment.of(self.today)
        return Record("correction", self.policy.id, today, replaces=name, made=today, reason=reason, void=True)

    def _correcting(self, right: Record, wrong: Record, reason: str) -> Record:
        _refuse_published(wrong)
        today = Moment.of(self.today)
        return replace(right, kind="correction", replaces=wrong.name, made=today, reason=reason, path="")

    def _seen(self, said: Said, approved: str) -> tuple[str, Sequence[Artifact]]:
        """The wording that lay before the reviewers, where they approved it with changes."""
        if said.outcome != "approved-with-changes":
            if said.seen:
                raise UnableError("--seen belongs to `approved-with-changes`", "otherwise they approved what they saw")
            return "", ()
        if not said.seen:
            advice = "name the version that lay before them: --seen git:REVISION"
            raise UnableError("nobody can tell what was changed without the wording that they saw", advice)
        seen, kept = self._wording(said.seen)
        if seen == approved:
            raise UnableError("they saw the wording that they approved: nothing was changed", "it is `approved`")
        return seen, kept

    def _wording(self, version: str) -> tuple[str, Sequence[Artifact]]:
        """The fingerprint of a version's wording, and its copy, unless that is kept already."""
        content, policy = self._at(version)
        name = fingerprint(policy)
        path = path_of(self.policy.id, wording_name(name))
        kept = self.reviews.kept(self.policy.id, name)
        if kept is not None and fingerprint(kept) != name:
            raise UnableError(f"{path} is not the wording that it is named by", "restore it: `policytool check`")
        return name, () if kept is not None else (Artifact(path, content),)

    def _at(self, version: str) -> tuple[bytes, Policy]:
        """The bytes and the text of the policy at a version. Raises `UnableError` for errors in it."""
        repository = self.versions.at(version or WORKING, self.policy.id)
        policy = self.versions.policy(repository, self.policy.id)
        for one in repository.findings([policy.id]):
            if one.is_error and repository.ids.get(one.path) == policy.id:
                advice = "mend it first: `policytool check`"
                raise UnableError(f"this wording has errors: {one.path}: {one.message}", advice)
        return self.versions.content(repository, policy), policy

    def _judge(self, record: Record) -> None:
        """Hold the record against the rules, beside those that stand already."""
        before = check_records(self.dossier)
        after = check_records(replace(self.dossier, records=(*self.dossier.records, record)))
        for one in after:
            if one not in before:
                raise UnableError(one.message, one.advice)


_DRAFTS: Mapping[RecordKind, Callable[[Recording, Said], tuple[Record, Sequence[Artifact]]]] = {
    "review": Recording.review,
    "amendment": Recording.amendment,
    "reschedule": Recording.reschedule,
    "correction": Recording.correction,
    "withdrawal": Recording.withdrawal,
}


def _outcome(said: Said) -> Outcome:
    for outcome in OUTCOMES:
        if outcome == said.outcome:
            return outcome
    raise UnableError(f"`{said.outcome}` is no outcome", f"it is one of {', '.join(OUTCOMES)}")


def _refuse_strange(wrong: Record, said: Said) -> None:
    """Refuse to put into a record what its kind has not."""
    if wrong.void:
        raise UnableError(f"`{wrong.name}` only takes a record back", "record anew what was decided")
    for option, value in (("CYCLE", said.cycle), ("--outcome", said.outcome), ("--wording", said.wording)):
        if value and not wrong.outcome:
            advice = "take it back with --void, and record it anew"
            raise UnableError(f"{option} is of a review, and `{wrong.name}` is none", advice)


def _message(record: Record, policy: Policy) -> str:
    """What git is told."""
    what = f"the {record.cycle} review" if record.kind == "review" else f"the {record.kind}"
    verb = "held" if record.kind == "review" else "of"
    return f"Record {what} of {policy.title}, {verb} {record.written.told}"


def _named(name: str) -> str:
    """The name of a record, as people write it: its name, its file, or its path."""
    return PurePosixPath(name.replace("\\", "/")).name.removesuffix(".yaml")


def _refuse_published(record: Record) -> None:
    if record.kind == "publication":
        raise UnableError("what was published cannot be corrected", "publish again: it takes the place of the old")
