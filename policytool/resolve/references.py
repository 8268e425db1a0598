"""The names in a policy, each held against what it stands for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from policytool.model.block import Item, walk, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Reference, Text, descend, plain
from policytool.model.library import Target
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.resolve.findings import (
    AMBIGUOUS_TARGET,
    NO_LABELS_ELSEWHERE,
    NO_NUMBER,
    STALE_NUMBER,
    UNKNOWN_CYCLE,
    UNKNOWN_LABEL,
    UNKNOWN_POLICY,
    UNKNOWN_ROLE,
)
from policytool.model.names import nearest

Targets = Mapping[tuple[str, str], Target]

# A number stated in words: after its noun ("section 5", "appendix B"), or with dots ("4.2.1(b)"), or all by itself.
_ITEMS = r"(?:\([a-z]+\))*"
_STATED = re.compile(
    rf"(?:\b(?i:sections?|clauses?|paragraphs?|paras?|parts?|items?)\s+|§\s*)(\d+(?:\.\d+)*{_ITEMS})(?![\w.]*\w)"
    rf"|\b(?i:appendix|appendices|annex)\s+((?:[A-Z]|\d+)(?:\.\d+)*{_ITEMS})(?![\w.]*\w)"
    rf"|(?<![\w.])((?:\d+|[A-Z])(?:\.\d+)+{_ITEMS})(?![\w.]*\w)"
    rf"|\A\s*((?:\d+|[A-Z]){_ITEMS})\s*\Z"
)


def check_references(
    policy: Policy,
    held: Mapping[str, Policy],
    settings: Settings,
    targets: Targets,
    diagnostics: list[Diagnostic],
) -> tuple[str, ...]:
    """Report every name in a policy that stands for nothing; the ids of the other policies its text cites, in order."""
    diagnostics += _roles(policy, settings)
    diagnostics += _related(policy, targets)
    cited: dict[str, None] = {}
    for reference in references(policy):
        other = reference.policy or policy.id
        diagnostics += _reference(policy, reference, targets, settings)
        target = targets.get((other, reference.label))
        if target and target.kind == "item":
            diagnostics += _ambiguous(policy, reference, target, held[other])
        if other != policy.id and (other, "") in targets:
            cited[other] = None
    return tuple(cited)


def references(policy: Policy) -> Iterator[Reference]:
    """Every cross-reference in a policy, in reading order."""
    for block in policy.walk():
        for words in words_of(block):
            if len(words) > 1 or (words and not isinstance(words[0], Text)):
                yield from (inline for inline in descend(words) if isinstance(inline, Reference))


def _reference(policy: Policy, reference: Reference, targets: Targets, settings: Settings) -> Iterator[Diagnostic]:
    other, label = reference.policy or policy.id, reference.label
    address = f"{reference.policy}.md" if reference.policy else ""
    length = len(address) + (len(label) + 1 if label or not address else 0)
    target = targets.get((other, label))
    if (other, "") not in targets:
        advice = nearest(other, (name for name, tail in targets if not tail))
        advice = advice or "enter it under `elsewhere:` in policytool.yaml, with its title"
        yield UNKNOWN_POLICY.at(policy.path, reference.position, f"there is no policy `{other}`", advice, length)
    elif label and other in settings.elsewhere:
        message = f"`{other}` is held elsewhere, and its clauses are not known here"
        yield NO_LABELS_ELSEWHERE.at(policy.path, reference.position, message, f"write `{address}`", length)
    elif target is None or (not label and not reference.policy):
        advice = nearest(label, (tail for name, tail in targets if name == other and tail))
        where = f" in `{other}`" if reference.policy else ""
        message = f"there is no label `{label}`{where}"
        yield UNKNOWN_LABEL.at(policy.path, reference.position, message, advice, length)
    else:
        yield from _stated(policy, reference, target)


def _stated(policy: Policy, reference: Reference, target: Target) -> Iterator[Diagnostic]:
    """Numbers in a reference's own words that are not its target's."""
    for text in descend(reference.children):
        if not isinstance(text, Text):
            continue
        if "{number}" in text.text and target.number is None:
            place = text.position(text.text.index("{number}"))
            yield NO_NUMBER.at(policy.path, place, "the target has no number", length=len("{number}"))
        if target.number is None or not target.label:
            continue
        for match in _STATED.finditer(text.text):
            stated = match[match.lastindex or 0]
            if stated.casefold() != str(target.number).casefold():
                place = text.position(match.start(match.lastindex or 0))
                message = f"{stated} is stated here, but the target is {target.phrase}"
                yield STALE_NUMBER.at(policy.path, place, message, f"write `{{number}}` for {stated}", len(stated))


def _ambiguous(policy: Policy, reference: Reference, target: Target, held: Policy) -> Iterator[Diagnostic]:
    """Two lists under one clause that both begin at (a) have items of the same number."""
    same = sum(1 for block in walk(held.blocks) if isinstance(block, Item) and block.number == target.number)
    if same > 1:
        message = f"{same} items print as {target.phrase}"
        yield AMBIGUOUS_TARGET.at(policy.path, reference.position, message, length=len(reference.label) + 1)


def _related(policy: Policy, targets: Targets) -> Iterator[Diagnostic]:
    for index, name in enumerate(policy.related):
        if (name, "") not in targets:
            advice = nearest(name, (known for known, label in targets if not label))
            advice = advice or "enter it under `elsewhere:` in policytool.yaml, with its title"
            place = policy.place(f"related.{index}")
            yield UNKNOWN_POLICY.at(policy.path, place, f"there is no policy `{name}`", advice, len(name))


def _roles(policy: Policy, settings: Settings) -> Iterator[Diagnostic]:
    named = {"owner": policy.owner, "approver": policy.approver}
    named |= {f"reviews.{cycle.name}.by": cycle.by for cycle in policy.reviews}
    named |= {f"amendments.{index}": role for index, role in enumerate(policy.amendments)}
    for place, role in named.items():
        if role and role not in settings.roles:
            message = f"the role `{role}` is not defined in policytool.yaml"
            yield UNKNOWN_ROLE.at(policy.path, policy.place(place), message, nearest(role, settings.roles), len(role))
    cycles = {cycle.name for cycle in policy.reviews}
    for cycle in policy.reviews:
        for index, other in enumerate(cycle.counts_for):
            if other not in cycles:
                where = policy.place(f"reviews.{cycle.name}.counts-for.{index}")
                message = f"this policy has no cycle `{other}`"
                yield UNKNOWN_CYCLE.at(policy.path, where, message, nearest(other, cycles), len(other))
