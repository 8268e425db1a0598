"""The fields of the front matter that changed -> plain words, with roles and policies by their titles."""

from __future__ import annotations

import re

from policytool.model.comparison import FieldChange
from policytool.model.library import Library
from policytool.render.compared.sides import Sides

ARROW = "→"
_FIELDS = {
    "title": "Title",
    "kind": "Kind of document",
    "owner": "Owner",
    "approver": "Approved by",
    "audience": "Who it is for",
    "related": "Related policies",
    "amendments": "Who may make small amendments",
    "publish": "Where it is published",
    "withdrawn": "Withdrawn on",
    "numbering": "How it is numbered",
}
_OF_A_CYCLE = {"every": "how often", "by": "by whom", "counts-for": "counts for", "keep-anniversary": "keeps its day"}
_ROLE_FIELDS = ("owner", "approver", "amendments", "audience")
_BY = re.compile(r"\bby ([a-z][a-z0-9-]*)")


def field_name(name: str) -> str:
    """Front matter as people call it: "reviews.annual.by" is "Review “annual”, by whom"."""
    if not name.startswith("reviews."):
        return _FIELDS.get(name.partition(".")[0], name)
    _, cycle, *rest = name.split(".")
    return f"Review “{cycle}”" + "".join(f", {_OF_A_CYCLE.get(part, part)}" for part in rest)


def field_values(change: FieldChange, sides: Sides) -> tuple[str, str, str]:
    """A field's name, and its values before and now, with roles and policies by their titles; "" for none."""
    before = _field_value(change.name, change.before, sides.old.library)
    return field_name(change.name), before, _field_value(change.name, change.after, sides.new.library)


def field_line(change: FieldChange, sides: Sides) -> str:
    """A field in one line: "Owner: Headteacher → Chair of Governors", "Related policies: added Grievance Policy"."""
    name, before, after = field_values(change, sides)
    if before and after:
        return f"{name}: {before} {ARROW} {after}"
    return f"{name}: added {after}" if after else f"{name}: taken out {before}"


def _field_value(name: str, value: str, library: Library) -> str:
    if name in _ROLE_FIELDS or name.endswith(".by"):
        return ", ".join(library.role(part) for part in value.split(", "))
    if name == "related":
        found = [(library.targets.get((part, "")), part) for part in value.split(", ")]
        return ", ".join(target.title if target else part for target, part in found)
    return _BY.sub(lambda match: f"by {library.role(match[1])}", value) if name.startswith("reviews.") else value
