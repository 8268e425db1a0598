"""The front matter of two versions -> the fields that changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Any

from policytool.model.comparison import FieldChange
from policytool.model.policy import Policy

_COMPARED = (
    "title",
    "kind",
    "owner",
    "approver",
    "audience",
    "related",
    "amendments",
    "publish",
    "withdrawn",
    "numbering",
)


def field_changes(old: Policy, new: Policy) -> tuple[FieldChange, ...]:
    """Every field that differs, by its dotted name; lists and cycles entry by entry."""
    before, after = _fields(old), _fields(new)
    if before == after:
        return ()
    from deepdiff import DeepDiff  # 180 ms that most comparisons can do without

    difference = DeepDiff(before, after, view="tree", ignore_order=True)
    found = {change for kind in difference.values() for change in _read(kind)}
    return tuple(sorted(found, key=lambda change: (change.name, str(change.before), str(change.after))))


def _fields(policy: Policy) -> dict[str, Any]:
    fields: dict[str, Any] = {name: getattr(policy, name) for name in _COMPARED}
    fields["reviews"] = {cycle.name: _cycle(asdict(cycle)) for cycle in policy.reviews}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields.items()}


def _cycle(cycle: Mapping[str, Any]) -> dict[str, Any]:
    every = cycle["every"]
    count, unit = every["count"], every["unit"]
    return {
        "every": f"{count} {unit}{'' if count == 1 else 's'}",
        "by": cycle["by"],
        "counts-for": list(cycle["counts_for"]),
        "keep-anniversary": cycle["keep_anniversary"],
    }


def _read(differences: Any) -> Iterator[FieldChange]:  # noqa: ANN401  # deepdiff has no types
    for level in differences:
        path = [str(part) for part in level.path(output_format="list") if isinstance(part, str)]
        yield FieldChange(".".join(path), _shown(level.t1), _shown(level.t2))


def _shown(value: Any) -> str:  # noqa: ANN401  # whatever a field may hold
    if isinstance(value, dict):
        return ", ".join(f"{name} {_shown(inner)}" for name, inner in value.items() if inner not in ([], False))
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None or type(value).__name__ == "NotPresent" else str(value)
