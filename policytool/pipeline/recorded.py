"""A name of a version, as records give it -> the library with the wording that it names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial

from policytool.model.record import Record
from policytool.model.register import Approval
from policytool.model.unable import UnableError
from policytool.pipeline.repository import Repository, with_texts
from policytool.pipeline.reviews import Reviews
from policytool.review.dossier import Dossier

APPROVED = "approved"
KINDS = "name a version: working, approved, a review (annual:2026-09-14), a version (2026-09-14), @DATE, a git revision"
_REVIEW = re.compile(r"([a-z][a-z0-9-]*):(\d{4}-\d{2}(?:-\d{2})?)")
_GITS = "git"


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a name may stand for: what it would be, how to ask for it alone, and the reading of it."""

    what: str
    read: Callable[[], Repository]
    alone: str = ""


def recorded(reviews: Reviews, name: str, policy: str) -> Iterator[Meaning]:
    """What the records of a policy mean by a name; without a policy `approved` stands for all approved wordings."""
    match = _REVIEW.fullmatch(name)
    if name == APPROVED:
        yield Meaning("the approved wording", partial(_approved, reviews, policy))
    elif match and match[1] != _GITS:
        yield Meaning(f"the wording of the review `{name}`", partial(_reviewed, reviews, policy, match[1], match[2]))
    elif dossier := reviews.dossiers.get(policy):
        for approval in dossier.approvals:
            if approval.version == name:
                alone = f"{approval.record.what}:{approval.record.held}"
                yield Meaning(f"the version {name}", partial(_at, reviews, dossier, approval.record), alone)


def _approved(reviews: Reviews, policy: str) -> Repository:
    if policy:
        dossier = reviews.dossiers.get(policy)
        if dossier is None or dossier.approval is None:
            raise UnableError(f"no wording of {policy} has been approved yet", KINDS)
        return _at(reviews, dossier, dossier.approval.record)
    approved = {name: one.approval for name, one in reviews.dossiers.items() if one.approval is not None}
    if not approved:
        raise UnableError("no wording has been approved yet", KINDS)
    return _all(reviews, approved)


def _all(reviews: Reviews, approved: Mapping[str, Approval]) -> Repository:
    """Every approved wording; what was never approved is left out."""
    contents = {name: _content(reviews, name, one.record) for name, one in approved.items()}
    left_out = [name for name in reviews.dossiers if name not in approved]
    return replace(with_texts(reviews.repository, contents, left_out), version="the approved wordings")


def _reviewed(reviews: Reviews, policy: str, what: str, held: str) -> Repository:
    """The wording of a review, by its cycle, or of an amendment: "annual:2023-09-14", "amendment:2024-01-10"."""
    if not policy:
        raise UnableError(f"`{what}:{held}` is a review of one policy", "name that policy alone")
    dossier = reviews.dossiers.get(policy)
    records = dossier.in_force if dossier else ()
    speaking = [one for one in records if one.fingerprint and one.kind in ("review", "amendment")]
    said = [one for one in speaking if (one.what, str(one.held)) == (what, held)]
    if dossier is None or not said:
        raise UnableError(f"there is no record of a review `{what}` held {held}", KINDS)
    if len({one.fingerprint for one in said}) > 1:
        listed = ", ".join(one.name for one in said)
        raise UnableError(f"there are several: {listed}", "name the version: `policytool log POLICY` lists them")
    return _at(reviews, dossier, said[-1])


def _at(reviews: Reviews, dossier: Dossier, record: Record) -> Repository:
    """The library with one policy in the wording that a record speaks of."""
    policy = dossier.policy.id
    changed = with_texts(reviews.repository, {policy: _content(reviews, policy, record)})
    when = f"{'in' if record.held.is_month else 'on'} {record.held.told}"
    return replace(changed, version=f"the wording {'amended' if record.kind == 'amendment' else 'approved'} {when}")


def _content(reviews: Reviews, policy: str, record: Record) -> bytes:
    content = reviews.wording(policy, record.fingerprint)
    if content is None:
        advice = "`policytool check` tells which records lack their wording"
        raise UnableError(f"the wording of {record.path} is not kept beside it", advice)
    return content
