"""Verified -> lines for a person, a line a policy; or JSON."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from json import dumps

from policytool.model.diagnostic import Diagnostic
from policytool.model.proof import Held, Proof, Recorded, Verified
from policytool.render.terminal import count, printable

_PROOFS: Mapping[Proof, str] = {
    "hash": "as recorded",
    "words": "as recorded, and the words are those of the approved wording",
    "made again": "as recorded, and made again byte for byte",
}


def text(found: Verified, folder: str) -> Iterator[str]:
    """A line for each policy, and one for all."""
    policies = _policies(found)
    for policy in policies:
        yield printable(f"{policy.name}: {policy.told}")
    wrong = [one for one in found.files if not one.is_in_order]
    there = sum(one.state != "missing" for one in found.files)
    looked = f"{count(len(policies), 'policy', 'policies')}, {count(there, 'file')} in {folder}"
    if found.is_right:
        yield f"{looked}: all as published"
        return
    errors = sum(one.is_error for one in found.diagnostics)
    yield f"{looked}: {count(errors, 'error')}" + (f", {_told(wrong)}" if wrong else "")


@dataclass(slots=True)
class _Policy:
    """A policy with its issues, the oldest first, each with its files and its proof, None where none was given."""

    name: str
    issues: list[tuple[Recorded, list[Held], Proof | None]] = field(default_factory=list)

    @property
    def told(self) -> str:
        """How it stands: what is wrong, its current version and the proof that was given of it, and what else is."""
        wrong = [one for _, files, _ in self.issues for one in files if not one.is_in_order]
        parts = [_told(wrong)] if wrong else []
        parts += [_current(issue, files, proof) for issue, files, proof in self.issues if issue.place == "current"]
        return "; ".join(filter(None, (*parts, *self._older()))) or self.issues[-1][0].place

    def _older(self) -> Iterator[str]:
        """Versions that are out of force, as they should be, by the proof that was given of them."""
        kept = ((issue.place, proof) for issue, files, proof in self.issues if any(_is_kept(one) for one in files))
        for (place, proof), number in Counter(kept).items():
            yield f"{count(number, 'version')} {place}, as it should be: {_PROOFS[proof or 'hash']}"


def _is_kept(one: Held) -> bool:
    return one.state == "kept"


def _policies(found: Verified) -> Sequence[_Policy]:
    files: dict[str, list[Held]] = defaultdict(list)
    for one in found.files:
        if one.issue is not None:
            files[one.issue.record.path].append(one)
    proofs = {one.issue.record.path: one.proof for one in found.proofs}
    policies: dict[str, _Policy] = {}
    for issue in found.issues:
        policy = policies.setdefault(issue.policy, _Policy(issue.policy))
        policy.issues.append((issue, files[issue.record.path], proofs.get(issue.record.path)))
    return [policies[name] for name in sorted(policies)]


def _current(issue: Recorded, files: Sequence[Held], proof: Proof | None) -> str:
    right = sum(one.is_recorded for one in files)
    return f"{issue.version} is current: {count(right, 'file')} {_PROOFS[proof or 'hash']}" if right else ""


def _told(wrong: Sequence[Held]) -> str:
    """How many files are wrong in which way: "1 altered, 2 missing"."""
    states = dict.fromkeys(one.state for one in wrong)
    return ", ".join(f"{sum(one.state == state for one in wrong)} {state}" for state in states)


# For programs


def json(found: Verified, folder: str) -> str:
    """Everything, as described in docs/commands/verify.md."""
    said = {
        "version": 1,
        "folder": folder,
        "right": found.is_right,
        "policies": {one.name: [_issue(*issue) for issue in one.issues] for one in _policies(found)},
        "others": [_file(one) for one in found.files if one.issue is None],
        "findings": [_finding(one) for one in found.diagnostics],
    }
    return dumps(said, indent=2, ensure_ascii=False)


def _issue(issue: Recorded, files: Sequence[Held], proof: Proof | None) -> Mapping[str, object]:
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
