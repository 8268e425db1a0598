"""A policy's front matter, as YAML that reads back as it was."""

from __future__ import annotations

import re

from policytool.model.policy import Cycle, Policy

# What needs no quotes in a flow mapping: words without a sign that YAML gives a meaning to.
_BARE = re.compile(r"[A-Za-z][A-Za-z0-9 .()/’“”–-]*[A-Za-z0-9)”]\Z")


def front_matter(policy: Policy) -> str:
    """The fields between their fences, without a line end after the last; those at their default are left out."""
    lines = [f"title: {scalar(policy.title)}", f"kind: {policy.kind}"]
    lines += [f"owner: {policy.owner}", f"approver: {policy.approver}", "reviews:"]
    width = max((len(cycle.name) for cycle in policy.reviews), default=0) + 1
    lines += [f"  {cycle.name + ':':{width}} {_cycle(cycle)}" for cycle in policy.reviews]
    for name, values in (
        ("audience", policy.audience),
        ("related", policy.related),
        ("amendments", policy.amendments),
    ):
        lines += [f"{name}: [{', '.join(values)}]"] if values else []
    lines += [f"publish: {policy.publish}"] if policy.publish != "website" else []
    lines += [f"withdrawn: {policy.withdrawn.isoformat()}"] if policy.withdrawn else []
    lines += [f"numbering: {policy.numbering}"] if policy.numbering != "outline" else []
    return "\n".join(["---", *lines, "---"])


def _cycle(cycle: Cycle) -> str:
    parts = [f"every: {cycle.every}", f"by: {cycle.by}"]
    parts += [f"counts-for: [{', '.join(cycle.counts_for)}]"] if cycle.counts_for else []
    parts += ["keep-anniversary: true"] if cycle.keep_anniversary else []
    return f"{{{', '.join(parts)}}}"


def scalar(text: str) -> str:
    """Words as a YAML scalar that reads back as they are, quoted where they must be, without control characters."""
    text = "".join(sign for sign in text if sign.isprintable() or sign.isspace())
    if _BARE.match(text):
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
