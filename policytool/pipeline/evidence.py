"""Reviews -> what is wrong with the evidence: wordings that are not what they are named by, records that were altered.

All this is `check`'s: it reads every kept wording, and git's history once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from policytool.compare import compare
from policytool.model.comparison import ChangeKind, Flag
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import ALGORITHMS, algorithm_of, fingerprint, wording_name
from policytool.model.policy import Policy
from policytool.model.record import Record
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.text import text as parse_text
from policytool.pipeline.reviews import Reviews, folder_of, path_of
from policytool.pipeline.unaltered import append_only
from policytool.review import findings as found

__all__ = ["append_only", "evidence", "substance"]


def evidence(reviews: Reviews, chosen: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Every mistake in the records of the chosen policies and of none, their wordings and their history, in order."""
    if not reviews.is_anything:
        return ()
    wanted, known = set(chosen), set(reviews.repository.ids.values())
    everything = [*reviews.unread, *_kept(reviews), *_amendments(reviews), *_history(reviews)]
    concerned = (one for one in everything if (folder := folder_of(one.path)) in wanted or folder not in known)
    return tuple(sorted(concerned, key=lambda one: one.order))


# Kept wordings


def _kept(reviews: Reviews) -> Iterator[Diagnostic]:
    """Fingerprints without a wording, and wordings that do not have the fingerprint they are named by."""
    for folder, records in reviews.records.items():
        for record in records:
            yield from _missing(reviews, folder, record)
    for path, content in reviews.wordings.items():
        if not _is_named_rightly(reviews, path, content):
            yield found.WRONG_WORDING.at(path, None, "this is not the wording that the file is named by")


def _missing(reviews: Reviews, folder: str, record: Record) -> Iterator[Diagnostic]:
    for field, written in (("fingerprint", record.fingerprint), ("seen", record.seen)):
        if written and path_of(folder, wording_name(written)) not in reviews.wordings:
            message = "the wording of this fingerprint is not kept beside the record"
            yield found.NOT_KEPT.at(record.path, record.place(field), message, length=len(written))


def _is_named_rightly(reviews: Reviews, path: str, content: bytes) -> bool:
    """Whether a kept wording hashes to its name: under an id that the policy has, or had when it was recorded."""
    folder, name = folder_of(path), PurePosixPath(path).name
    records = reviews.records.get(folder, ())
    named = [
        one for record in records for one in (record.fingerprint, record.seen) if one and wording_name(one) == name
    ]
    if any(algorithm_of(one) not in ALGORITHMS for one in named):
        return True  # it is named in a way that is not known here, of which a finding tells
    text = parse_text(content, path)[0]
    if text is None:
        return False
    ids = dict.fromkeys((folder, *(one.policy for one in records)))
    policies = (_policy(reviews, text, one, path) for one in ids)
    return any(wording_name(fingerprint(one, algorithm)) == name for one in policies for algorithm in ALGORITHMS)


def _policy(reviews: Reviews, text: str, policy_id: str, path: str) -> Policy:
    """A kept wording as a policy; what stands in `source/` letter for letter has been read already."""
    known = reviews.repository.library.policies.get(policy_id)
    same = known is not None and reviews.repository.texts.get(known.path) == text
    return known if known is not None and same else parse_policy(text, policy_id, path)[0]


# Amendments


def _amendments(reviews: Reviews) -> Iterator[Diagnostic]:
    """Amendments that change more than a slip of the pen."""
    for dossier in reviews.dossiers.values():
        before = ""
        for approval in dossier.approvals:
            if approval.record.kind == "amendment":
                yield from _amends_substance(reviews, before, approval.record)
            before = approval.record.fingerprint


def _amends_substance(reviews: Reviews, before: str, record: Record) -> Iterator[Diagnostic]:
    old, new = (reviews.kept(record.folder, written) for written in (before, record.fingerprint))
    if old and new and (touched := substance(old, new)):
        message = f"this is no slip of the pen: {touched}"
        advice = "take the change to the approver, and record a review"
        place = record.place("fingerprint")
        yield found.AMENDS_SUBSTANCE.at(record.path, place, message, advice, len(record.fingerprint))


def substance(old: Policy, new: Policy) -> str:
    """The first thing of substance that differs between two wordings, in words; "" where nothing does."""
    touching = (change for change in compare(old, new).edits if change.is_substance)
    first = next(touching, None)
    if first is None:
        return ""
    whole = first.kind in (ChangeKind.INSERTED, ChangeKind.DELETED)
    return f"a passage was {first.kind}" if whole else _touched(first.flags[0])


def _touched(flag: Flag) -> str:
    if flag.before and flag.after:
        return f"“{flag.before}” is now “{flag.after}”"
    return f"“{flag.before}” was taken away" if flag.before else f"“{flag.after}” was added"


# History


def _history(reviews: Reviews) -> Iterator[Diagnostic]:
    """Records and wordings that are not as they first came onto the default branch; in doubt, only the doubt."""
    if reviews.past.doubt is not None:
        yield reviews.past.doubt
    else:
        yield from append_only(reviews.past.first, {**reviews.contents, **reviews.wordings})
