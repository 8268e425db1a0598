"""The fields at the head of a policy -> the policy without its text."""

from __future__ import annotations

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position
from policytool.model.policy import Cycle, Policy
from policytool.model.time import Duration
from policytool.parse.fields import Fields, Sheet, fields
from policytool.parse.findings import NO_FRONT_MATTER

KINDS = ("policy", "guidance", "procedure", "statement")
_FENCE = "---"


def split(lines: list[str]) -> int | None:
    """How many lines the front matter takes, fences included; None where there is none."""
    if not lines or lines[0].rstrip() != _FENCE:
        return None
    return next((index + 1 for index in range(1, len(lines)) if lines[index].rstrip() == _FENCE), None)


def front_matter(lines: list[str], policy_id: str, path: str) -> tuple[Policy, int, list[Diagnostic]]:
    """The policy as its fields describe it, and the number of lines they take.

    Fields that are missing or wrong are left empty, each with a diagnostic.
    """
    taken = split(lines)
    if taken is None:
        return Policy(policy_id, policy_id, path=path), 0, [_missing(lines, path)]
    sheet = Sheet(path, first_line=2)
    read = fields("\n".join(lines[1 : taken - 1]), sheet)
    policy = Policy(policy_id, policy_id, path=path) if read is None else _policy(read, policy_id, path)
    return policy, taken, sheet.diagnostics


def _missing(lines: list[str], path: str) -> Diagnostic:
    if lines[:1] and lines[0].rstrip() == _FENCE:
        message, advice = "the front matter is never closed", "write a line `---` after its last field"
    else:
        message, advice = "the front matter is missing", "begin the file with `---`"
    return NO_FRONT_MATTER.at(path, Position(1, 1), message, advice)


def _policy(read: Fields, policy_id: str, path: str) -> Policy:
    read.require("title", "kind", "owner", "approver", "reviews")
    policy = Policy(
        policy_id,
        read.text("title", policy_id),
        kind=read.choice("kind", KINDS, "policy"),
        owner=read.name("owner"),
        approver=read.name("approver"),
        reviews=_cycles(read),
        audience=read.names("audience"),
        related=tuple(dict.fromkeys(read.names("related"))),
        amendments=read.names("amendments"),
        publish=read.choice("publish", ("website", "internal"), "website"),
        withdrawn=read.day("withdrawn"),
        numbering=read.choice("numbering", ("outline", "running"), "outline"),
        path=path,
        places=dict(read.places()),
    )
    read.finish()
    return policy


def _cycles(read: Fields) -> tuple[Cycle, ...]:
    part = read.part("reviews")
    if part is None:
        return ()
    return tuple(cycle for name in part if (cycle := _cycle(part, name)) is not None)


def _cycle(reviews: Fields, name: str) -> Cycle | None:
    part = reviews.named(name)
    if part is None:
        return None
    part.require("every", "by")
    every = part.duration("every") or Duration(12, "month")
    cycle = Cycle(name, every, part.name("by"), part.names("counts-for"), part.flag("keep-anniversary"))
    part.finish()
    return cycle
