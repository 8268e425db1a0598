"""Comparison -> JSON, for programs (described in docs/comparison-json.md)."""

from __future__ import annotations

import json as standard

from policytool.model.comparison import Change, ChangeKind, Comparison, FieldChange, Landing, Passage, Side
from policytool.render.compared import words
from policytool.render.compared.fields import field_line
from policytool.render.compared.flags import flags
from policytool.render.compared.mentions import landing_line, renumbering_line, ripple_line
from policytool.render.compared.sides import Sides, said
from policytool.render.edition import Edition

VERSION = 1


def json(comparison: Comparison, old: Edition, new: Edition) -> str:
    """The comparison as one object. Equal comparisons give equal text."""
    return standard.dumps(_comparison(Sides(comparison, old, new)), indent=2, ensure_ascii=False)


def _comparison(sides: Sides) -> dict[str, object]:
    comparison = sides.comparison
    counts = comparison.counts
    return {
        "version": VERSION,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "differs": comparison.differs,
        "unrelated": comparison.unrelated,
        "summary": words.summary(comparison),
        "counts": {str(kind): counts[kind] for kind in ChangeKind if kind is not ChangeKind.UNCHANGED},
        "carried": {str(kind): _carried(comparison, kind) for kind in (ChangeKind.INSERTED, ChangeKind.DELETED)},
        "changes": [_change(change, sides) for change in comparison.changes if _is_told(change)],
        "renumberings": [
            {
                "noun": run.noun,
                "old_first": run.old_first,
                "old_last": run.old_last,
                "new_first": run.new_first,
                "new_last": run.new_last,
                "says": renumbering_line(run),
            }
            for run in comparison.renumberings
        ],
        "fields": [_field(field, sides) for field in comparison.fields],
        "ripples": [
            {
                "policy": ripple.policy,
                "title": ripple.title,
                "citing": ripple.citing,
                "target": ripple.target,
                "kind": str(ripple.kind),
                "says": ripple_line(ripple, sides),
            }
            for ripple in comparison.ripples
        ],
        "landings": [_landing(landing, sides) for landing in comparison.landings],
    }


def _carried(comparison: Comparison, kind: ChangeKind) -> int:
    """How many passages came in or went with what they stand under."""
    return sum(change.carried for change in comparison.changes if change.kind is kind)


def _is_told(change: Change) -> bool:
    return change.kind is not ChangeKind.UNCHANGED or bool(change.consequences)


def _side(side: Side) -> dict[str, object]:
    return {"policy": side.policy, "title": side.title, "version": side.version}


def _change(change: Change, sides: Sides) -> dict[str, object]:
    return {
        "kind": str(change.kind),
        "is_edit": change.is_edit,
        "is_substance": change.is_substance,
        "old": [_passage(passage, sides, old=True) for passage in change.old],
        "new": [_passage(passage, sides) for passage in change.new],
        "spans": [
            {"mark": str(span.mark), "old": said(span.old, sides.old), "new": said(span.new, sides.new)}
            for span in change.spans
        ],
        "flags": [
            {"kind": flag.kind, "before": flag.before, "after": flag.after, "effect": flag.effect}
            for flag in change.flags
        ],
        "says": [flag for _, flag in flags(change, sides)],
        "consequences": [{"before": before, "after": after} for before, after in change.consequences],
        "matched": change.matched,
        "likeness": round(change.likeness, 4),
        "replaced": change.replaced,
        "carried": change.carried,
        "reason": change.reason,
    }


def _passage(passage: Passage, sides: Sides, *, old: bool = False) -> dict[str, object]:
    return {
        "kind": passage.kind,
        "number": passage.citation,
        "label": passage.label,
        "called": sides.place(passage, old=old),
        "text": sides.text(passage, old=old),
    }


def _field(change: FieldChange, sides: Sides) -> dict[str, object]:
    name, before, after = change.name, change.before, change.after
    return {"name": name, "before": before, "after": after, "says": field_line(change, sides)}


def _landing(one: Landing, sides: Sides) -> dict[str, object]:
    return {
        "citing": _passage(one.citing, sides),
        "before": _passage(one.before, sides, old=True),
        "after": _passage(one.after, sides),
        "says": landing_line(one, sides),
    }
