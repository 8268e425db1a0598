"""Register -> JSON, for programs (described in docs/register-json.md)."""

from __future__ import annotations

import json as standard
from collections.abc import Iterable, Sequence

from policytool.model.record import Record
from policytool.model.register import Approval, Entry, Proposal, Register, Review
from policytool.model.settings import Waiver
from policytool.model.time import Moment
from policytool.render.register import words

VERSION = 1


def json(register: Register, proposals: Sequence[Proposal] = ()) -> str:
    """The register as one object. Equal registers give equal text."""
    found = {
        "version": VERSION,
        "day": str(register.day),
        "summary": words.summary(register),
        "policies": [_policy(entry) for entry in register.entries],
        "load": [{"month": str(one.month), "reviews": _named(one.reviews)} for one in register.load],
        "meetings": [
            {"body": one.body, "day": str(one.day), "reviews": _named(one.reviews)} for one in register.meetings
        ],
        "proposals": [
            {"policy": one.policy, "cycle": one.cycle, "due": str(one.due), "proposed": str(one.proposed)}
            for one in proposals
        ],
    }
    return standard.dumps(found, indent=2, ensure_ascii=False)


def _policy(entry: Entry) -> dict[str, object]:
    return {
        "policy": entry.policy,
        "title": entry.title,
        "path": entry.path,
        "owner": entry.owner,
        "approver": entry.approver,
        "state": str(entry.state),
        "wording": str(entry.wording),
        "approval": _approval(entry.approval) if entry.approval else None,
        "waiver": _waiver(entry.waiver) if entry.waiver else None,
        "reviews": [_review(review) for review in entry.reviews],
    }


def _approval(approval: Approval) -> dict[str, object]:
    return {
        "version": approval.version,
        "record": _record(approval.record),
        "confirmed": _record(approval.confirmed),
    }


def _review(review: Review) -> dict[str, object]:
    return {
        "cycle": review.cycle.name,
        "every": str(review.cycle.every),
        "by": review.by,
        "role": review.cycle.by,
        "state": str(review.state),
        "last": _record(review.last),
        "due": _moment(review.due),
        "days": review.days,
        "deferred": _record(review.deferred),
        "waiver": _waiver(review.waiver) if review.waiver else None,
        "line": review.place.line,
        "column": review.place.column,
        "says": words.state(review),
    }


def _record(record: Record | None) -> dict[str, object] | None:
    if record is None:
        return None
    return {
        "record": record.name,
        "kind": record.kind,
        "held": str(record.held),
        "by": record.by,
        "outcome": record.outcome,
        "minute": record.minute,
        "reason": record.reason,
        "fingerprint": record.fingerprint,
    }


def _waiver(waiver: Waiver) -> dict[str, object]:
    return {"code": waiver.code, "until": str(waiver.until), "by": waiver.by, "reason": waiver.reason}


def _moment(moment: Moment | None) -> str | None:
    return str(moment) if moment else None


def _named(reviews: Iterable[tuple[str, str]]) -> list[dict[str, str]]:
    return [{"policy": policy, "cycle": cycle} for policy, cycle in reviews]
