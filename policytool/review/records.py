"""Dossier -> what is wrong with its records: a plain list of rules."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import TypeAlias

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.fingerprint import ALGORITHMS, algorithm_of
from policytool.model.names import nearest
from policytool.model.record import Record
from policytool.review import findings as found
from policytool.review.cycles import latest_allowed
from policytool.review.dossier import Dossier, order, root, without_count

Rule: TypeAlias = Callable[[Dossier, Record], Iterator[Diagnostic]]


def check_records(dossier: Dossier) -> list[Diagnostic]:
    """Every mistake in the records of one policy that can be told without their history and their wordings."""
    files = [one for record in dossier.records for rule in OF_FILES for one in rule(dossier, record)]
    decisions = [one for record in dossier.in_force for rule in OF_DECISIONS for one in rule(dossier, record)]
    return [*files, *decisions, *contradictions(dossier)]


def unknown_role(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Roles that the settings do not define."""
    roles = dossier.settings.roles
    for field, role in (("by", record.by), ("ratified-by", record.ratified_by)):
        if role and role not in roles:
            message = f"the role `{role}` is not defined under `roles:`"
            yield _at(found.UNKNOWN_REVIEWER, record, field, message, nearest(role, roles), len(role))


def unknown_algorithm(_dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Fingerprints of a kind that is not known here."""
    algorithm = algorithm_of(record.fingerprint)
    if algorithm and algorithm not in ALGORITHMS:
        message = f"`{algorithm}` is no kind of fingerprint that this version knows"
        yield _at(found.UNKNOWN_ALGORITHM, record, "fingerprint", message, length=len(algorithm))


def misnamed(_dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Files that are not named after what they hold."""
    name = f"{record.written}-{record.what}"
    if without_count(record.name) != name:
        field = "made" if record.made else "held"
        yield _at(found.MISNAMED, record, field, f"by its fields this record is `{name}.yaml`")


def unknown_cycle(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Cycles that the policy has not, and had not."""
    if record.kind in ("review", "reschedule") and dossier.cycle(record) is None:
        known = [cycle.name for cycle in dossier.policy.reviews]
        advice = nearest(record.cycle, known) or f"its cycles are {', '.join(known)}"
        message = f"`{dossier.policy.id}` has no review cycle `{record.cycle}`"
        yield _at(found.UNKNOWN_CYCLE, record, "cycle", message, advice, len(record.cycle))


def not_theirs(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Decisions of roles that may not make them."""
    if record.by not in dossier.settings.roles or dossier.is_allowed(record):
        return
    if record.kind == "amendment":
        roles = dossier.policy.amendments or (dossier.policy.approver,)
        message = f"`{record.by}` may not amend this policy"
        advice = f"its amendments fall to {', '.join(roles)}"
        yield _at(found.NOT_THEIRS, record, "by", message, advice, len(record.by))
    elif record.kind == "withdrawal":
        message, advice = f"`{record.by}` may not withdraw this policy", f"that falls to `{dossier.policy.approver}`"
        yield _at(found.NOT_THEIRS, record, "by", message, advice, len(record.by))
    elif (cycle := dossier.cycle(record)) is not None:
        message = f"`{record.by}` may not hold the review `{cycle.name}`"
        yield _at(found.NOT_THEIRS, record, "by", message, f"it falls to `{cycle.by}`", len(record.by))


def no_change_of_another(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """“No change” over a wording that was not the approved one."""
    if dossier.misstates(record):
        message = "this wording was not the approved one, so something had changed"
        yield _at(found.NOT_UNCHANGED, record, "outcome", message, "see `policytool log`", len(record.outcome))


def next_too_late(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Dates for the next review after the one that the cycle gave when it was held last."""
    if record.next is None or record not in dossier.accepted:
        return
    cycle = dossier.cycle(record)
    latest = latest_allowed(dossier, cycle, record) if cycle else None
    if latest and record.next.last > latest.last:
        message = f"{record.next.told} is later than the cycle allows"
        yield _at(found.TOO_LATE, record, "next", message, f"{latest.told} at the latest", len(str(record.next)))


def contradictions(dossier: Dossier) -> Iterator[Diagnostic]:
    """Reviews of one cycle on one day with another outcome or wording, and corrections of one record."""
    reviews = sorted((one for one in dossier.in_force if one.kind == "review"), key=lambda one: (one.cycle, order(one)))
    for before, record in pairwise(reviews):
        same = (before.cycle, before.held) == (record.cycle, record.held)
        if same and record.held.day and _decided(before) != _decided(record):
            message = f"`{before.name}` says something else of the same review"
            yield _at(found.CONTRADICTION, record, "outcome", message, "correct the wrong one of the two")
    yield from _two_wordings(dossier)


def _decided(record: Record) -> tuple[bool, str]:
    return record.approves, record.fingerprint if record.approves else ""


def _two_wordings(dossier: Dossier) -> Iterator[Diagnostic]:
    """Two wordings that the approver approved on one day, in different cycles."""
    for before, approval in pairwise(dossier.approvals):
        one, other = before.confirmed, approval.record
        if "review" == one.kind == other.kind and one.held == other.held and one.held.day and one.cycle != other.cycle:
            message = f"`{one.name}` approves another wording on the same day"
            yield _at(found.CONTRADICTION, other, "fingerprint", message, "correct the wrong one of the two")


def corrects_nothing(dossier: Dossier, record: Record) -> Iterator[Diagnostic]:
    """Corrections of what is not there, of themselves, and of what another corrects already."""
    wrong = _misled(dossier, record) if record.kind == "correction" else None
    if wrong is not None:
        message, advice = wrong
        yield _at(found.CORRECTS_NOTHING, record, "replaces", message, advice, len(record.replaces))


def _misled(dossier: Dossier, record: Record) -> tuple[str, str] | None:
    """What is wrong with what a correction replaces, and what to do about it."""
    by_name = {one.name: one for one in dossier.records}
    if record.void and record.replaces in dossier.unreadable:
        return None
    if record.replaces not in by_name:
        return f"there is no record `{record.replaces}` here", nearest(record.replaces, by_name)
    rivals = [name for name, one in by_name.items() if one.replaces == record.replaces and name < record.name]
    if rivals:
        return f"`{rivals[0]}` replaces it already", f"correct `{rivals[0]}`"
    return None if root(record, by_name) else ("what it replaces leads to no record in the end", "")


def _at(finding: Finding, record: Record, field: str, message: str, advice: str = "", length: int = 1) -> Diagnostic:
    return finding.at(record.path, record.place(field), message, advice, length)


OF_FILES: tuple[Rule, ...] = (misnamed, corrects_nothing)
"""What every file must keep to."""
OF_DECISIONS: tuple[Rule, ...] = (
    unknown_role,
    unknown_algorithm,
    unknown_cycle,
    not_theirs,
    no_change_of_another,
    next_too_late,
)
"""What a record must keep to unless it has been corrected: a correction is how its mistakes are mended."""
