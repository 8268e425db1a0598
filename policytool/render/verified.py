"""Verified -> lines for a person, a line a policy; or JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from json import dumps

from policytool.model.diagnostic import Diagnostic
from policytool.model.proof import Held, Proof, Recorded, Verified
from policytool.render.terminal import count, printable

_PROOFS: Mapping[Proof, str] = {
    "hash": "as recorded",
    "words": "as recorded, and the words are those of the approved wording",
    "made again": "as recorded, and made again byte for byte",
}
_STRENGTH: Sequence[Proof] = ("hash", "words", "made again")


def text(found: Verified, folder: str) -> Iterator[str]:
    """A line for each policy, and one for all."""
    policies = dict.fromkeys(sorted(one.policy for one in found.issues))
    for policy in policies:
        yield printable(_line(found, policy))
    wrong = [one for one in found.files if not one.is_in_order]
    there = sum(one.state != "missing" for one in found.files)
    looked = f"{count(len(policies), 'policy', 'policies')}, {count(there, 'file')} in {folder}"
    if found.is_right:
        yield f"{looked}: all as published"
        return
    errors = sum(one.is_error for one in found.diagnostics)
    yield f"{looked}: {count(errors, 'error')}" + (f", {_told(wrong)}" if wrong else "")


def _line(found: Verified, policy: str) -> str:
    """How one policy stands: its current version, the proof that was given of it, and what else is there."""
    issues = [one for one in found.issues if one.policy == policy]
    files = [one for one in found.files if one.issue and one.issue.policy == policy]
    wrong = [one for one in files if not one.is_in_order]
    parts = [_told(wrong)] if wrong else []
    parts += [_current(found, one, files) for one in issues if one.place == "current"]
    parts += _older(found, issues, files)
    place = "" if any(one.place == "current" for one in issues) else issues[-1].place
    return f"{policy}: {'; '.join(filter(None, parts)) or place}"


def _current(found: Verified, issue: Recorded, files: Sequence[Held]) -> str:
    right = [one for one in files if one.issue == issue and one.is_recorded]
    if not right:
        return ""
    return f"{issue.version} is current: {count(len(right), 'file')} {_PROOFS[proof_of(found, issue)]}"


def _older(found: Verified, issues: Sequence[Recorded], files: Sequence[Held]) -> Iterator[str]:
    """Versions that are superseded, as they should be, by the proof that was given of them."""
    here = {one.issue.record.path for one in files if one.issue and one.state == "kept"}
    older = [one for one in issues if one.record.path in here]
    for proof in reversed(_STRENGTH):
        number = sum(proof_of(found, one) == proof for one in older)
        if number:
            place = "superseded" if older[0].place == "superseded" else older[0].place
            yield f"{count(number, 'version')} {place}, as it should be: {_PROOFS[proof]}"


def proof_of(found: Verified, issue: Recorded) -> Proof:
    """The proof that was given of an issue."""
    return next((one.proof for one in found.proofs if one.issue == issue), "hash")


def _told(wrong: Sequence[Held]) -> str:
    """How many files are wrong in which way: "1 altered, 2 missing"."""
    states = dict.fromkeys(one.state for one in wrong)
    return ", ".join(f"{sum(one.state == state for one in wrong)} {state}" for state in states)


# For programs


def json(found: Verified, folder: str) -> str:
    """Everything, as described in docs/commands/verify.md."""
    policies = {policy: _policy(found, policy) for policy in sorted({one.policy for one in found.issues})}
    others = [_file(one) for one in found.files if one.issue is None]
    said = {
        "version": 1,
        "folder": folder,
        "right": found.is_right,
        "policies": policies,
        "others": others,
        "findings": [_finding(one) for one in found.diagnostics],
    }
    return dumps(said, indent=2, ensure_ascii=False)


def _policy(found: Verified, policy: str) -> Sequence[Mapping[str, object]]:
    return [_issue(found, one) for one in found.issues if one.policy == policy]


def _issue(found: Verified, issue: Recorded) -> Mapping[str, object]:
    files = [one for one in found.files if one.issue == issue]
    proof = next((one.proof for one in found.proofs if one.issue == issue), None)
    return {
        "version": issue.version,
        "record": issue.record.path,
        "place": issue.place,
        "tool": issue.publication.tool,
        "proof": proof,
        "files": [_file(one) for one in files],
    }


def _file(one: Held) -> Mapping[str, object]:
    return {"path": printable(one.path), "state": one.state, "sha256": one.file.sha256 if one.file else None}


def _finding(one: Diagnostic) -> Mapping[str, object]:
    severity, path = str(one.finding.severity), printable(one.path)
    return {"code": one.finding.code, "severity": severity, "path": path, "message": one.message, "advice": one.advice}
