"""Records of a policy -> the page that names its current issue and lists the superseded."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date

from policytool.model.record import Record
from policytool.model.unable import UnableError
from policytool.pipeline.issue import Archive, issue_of, publications
from policytool.render.published import File, Index, Listed
from policytool.review.dossier import Dossier
from policytool.review.register import is_in_force
from policytool.store import published


def listed(archive: Archive, dossier: Dossier, today: date) -> Index:
    """What the page of a policy says on a day: of a withdrawn one every issue is superseded."""
    issues = [_listed(archive, dossier, one) for one in reversed(publications(dossier))]
    settings, withdrawn = dossier.settings, not is_in_force(dossier, today)
    current = None if withdrawn or not issues else issues[0]
    return Index(
        dossier.policy.title if not issues else _title(archive, dossier),
        settings.organisation.name,
        settings.house.colour,
        current,
        tuple(issues[1:] if current else issues),
        "" if withdrawn else _due(archive, dossier),
        _withdrawn(dossier) if withdrawn else "",
    )


def _listed(archive: Archive, dossier: Dossier, record: Record) -> Listed:
    said = record.publication
    if said is None:
        raise UnableError(f"{record.path} is no record of a publication")
    policy, root = record.folder, archive.reviews.repository.root
    there = [File(_beside(policy, one.path), one.size, published.is_there(root, one.path)) for one in said.files]
    approval = next((one for one in dossier.approvals if one.version == said.version), None)
    return Listed(said.version, approval.told if approval else "", record.held.told, tuple(there))


def _beside(policy: str, path: str) -> str:
    """A published file as the page of its policy links to it; the policy may have been called otherwise then."""
    own = f"{policy}/"
    return path.removeprefix(own) if path.startswith(own) else f"../{path}"


def _title(archive: Archive, dossier: Dossier) -> str:
    """The title of the current issue, which may be another than that of the working text."""
    last = publications(dossier)[-1]
    try:
        return archive.outline(last.folder, last.fingerprint).policy.title
    except UnableError:
        return dossier.policy.title


def _due(archive: Archive, dossier: Dossier) -> str:
    """The next review as the current issue prints it; "" where the clone has not what it follows from.

    After a rewritten history the settings are those of today.
    """
    issues = publications(dossier)
    if not issues:
        return ""
    issue = issue_of(issues[-1])
    for commit in (issue.commit, archive.history.head().hash):
        with suppress(UnableError):
            policy = archive.outline(issue.policy, issue.fingerprint).policy
            due = archive.standing(replace(issue, commit=commit), policy).due
            return due.told if due else ""
    return ""


def _withdrawn(dossier: Dossier) -> str:
    """Since when a policy is no longer in force, and why."""
    record = dossier.withdrawal
    if record is None:
        day = dossier.policy.withdrawn
        return f"This policy was withdrawn on {day.day} {day:%B} {day.year}." if day else "This policy was withdrawn."
    when = f"{'in' if record.held.is_month else 'on'} {record.held.told}"
    return f"This policy was withdrawn {when}: {record.reason}"
