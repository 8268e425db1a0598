"""A dossier -> what the site shows of a policy: its texts, its reviews as they fall due, and those held so far."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from policytool.model.record import Record
from policytool.model.register import Approval
from policytool.model.site import WORKING, Falling, Held, Leaf
from policytool.model.standing import Standing
from policytool.model.time import Moment
from policytool.pipeline.issue import folder_in, publications
from policytool.pipeline.reviews import Reviews
from policytool.review.cycles import due_date, last_held
from policytool.review.dossier import Dossier
from policytool.review.register import changed, dated, standing, superseded
from policytool.store import files

INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a policy: what it is, its bytes, and what its page prints of reviews."""

    leaf: Leaf
    content: bytes
    standing: Standing


@dataclass(frozen=True, slots=True)
class Published:
    """One file of a version that went out and still stands there as its record says: its path below the repository."""

    version: str
    form: str
    path: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Case:
    """How a site shows policies: to everybody, or to those who may know who decided what, and why."""

    reviews: Reviews
    is_public: bool


def texts(case: Case, dossier: Dossier, working: bytes | None) -> Iterator[Text]:
    """The texts of a policy that have pages, the newest first. `working` is None where it has errors.

    A version whose wording is not kept has none, nor has on a public site one that was internal when it was approved.
    """
    approvals = dossier.approvals
    is_approved = bool(approvals) and dossier.says(approvals[-1].record.fingerprint)
    if working is not None and not is_approved:
        yield Text(Leaf(WORKING, "working"), working, standing(dossier))
    for place in range(len(approvals) - 1, -1, -1):
        now = place == len(approvals) - 1
        text = _approved(case, dossier, approvals[place], working if now and is_approved else None)
        if text is not None:
            yield text


def _approved(case: Case, dossier: Dossier, approval: Approval, working: bytes | None) -> Text | None:
    record, now = approval.record, dossier.approvals[-1]
    if case.is_public and (kept := dossier.kept(record.fingerprint)) is not None and kept.publish == INTERNAL:
        return None
    content = working or case.reviews.wording(dossier.policy.id, record.fingerprint)
    if content is None:
        return None
    leaf = Leaf(
        approval.version,
        "current" if approval is now else "superseded",
        record.held,
        dossier.settings.title(record.by),
        "" if case.is_public else record.minute,
        record.kind == "amendment",
    )
    return Text(leaf, content, dated(dossier) if approval is now else superseded(approval, now))


def revised(dossier: Dossier) -> Standing | None:
    """What the page of the working text prints beside an approved wording that is another; None where it is not."""
    approval = dossier.approval
    return changed(approval) if approval and not dossier.says(approval.record.fingerprint) else None


def falling(dossier: Dossier) -> tuple[Falling, ...]:
    """The reviews of a policy as they fall due, those first that were never held, then the soonest."""
    lead = max(dossier.settings.reminders.lead, default=0)
    found = []
    for cycle in dossier.policy.reviews:
        last = last_held(dossier, cycle)
        due = due_date(dossier, cycle)
        title = dossier.settings.title(cycle.by)
        found.append(Falling(cycle.name, title, str(cycle.every), last.held if last else None, due, lead))
    return tuple(sorted(found, key=lambda one: (one.due.last if one.due else date.min, one.cycle)))


def withdrawn(dossier: Dossier) -> Moment | None:
    """From when on a policy is no longer in force, by its front matter or by a record."""
    own, record = dossier.policy.withdrawn, dossier.withdrawal
    moments = [*([Moment.of(own)] if own else []), *([record.held] if record else [])]
    return min(moments, key=lambda one: one.first, default=None)


_KINDS = ("review", "amendment", "reschedule", "withdrawal")


def held(case: Case, dossier: Dossier) -> tuple[Held, ...]:
    """The reviews so far and what else was decided, the newest first."""
    found = (one for one in reversed(dossier.accepted) if one.kind in _KINDS)
    return tuple(_held(case, dossier, one) for one in found)


def _held(case: Case, dossier: Dossier, record: Record) -> Held:
    by = dossier.settings.title(record.by)
    minute, reason = ("", "") if case.is_public else (record.minute, record.reason)
    return Held(record.held, record.what, by, _outcome(record), minute, reason)


def _outcome(record: Record) -> str:
    if record.kind == "amendment":
        return "amended"
    if record.kind == "reschedule":
        return f"next review set for {record.next.told}" if record.next else "rescheduled"
    if record.kind == "withdrawal":
        return "withdrawn"
    return record.outcome.replace("-", " ")


def published(case: Case, dossier: Dossier) -> tuple[Published, ...]:
    """The Word and PDF files of the versions that went out, the latest issue of each, as far as they are what went."""
    latest = {one.publication.version: one for one in publications(dossier) if one.publication}
    return tuple(file for record in latest.values() for file in _published(case, record))


def _published(case: Case, record: Record) -> Iterator[Published]:
    said = record.publication
    forms = ("pdf",) if case.is_public else ("pdf", "docx")  # a Word file tells by what labels it cites internal ones
    for file in said.files if said and folder_in(said) else ():
        form = file.path.rpartition(".")[2]
        path = f"{files.PUBLISHED}/{file.path}"
        if said and form in forms and files.digest(case.reviews.repository.root / path) == file.sha256:
            yield Published(said.version, form, path, file.sha256)
