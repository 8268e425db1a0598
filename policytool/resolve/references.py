"""The names in a policy, each held against what it stands for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from policytool.model.block import Number, walk, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Reference, Text, descend
from policytool.model.library import Target
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.resolve.findings import (
    AMBIGUOUS_TARGET,
    NO_LABELS_ELSEWHERE,
    NO_NUMBER,
    RELATED_TO_ITSELF,
    STALE_NUMBER,
    UNKNOWN_CYCLE,
    UNKNOWN_LABEL,
    UNKNOWN_POLICY,
    UNKNOWN_ROLE,
)
from policytool.resolve.stated import OwnWords, instead_of, is_number_of

Targets = Mapping[tuple[str, str], Target]


def check_references(
    policy: Policy,
    shared: Mapping[str, Counter[Number]],
    settings: Settings,
    targets: Targets,
    diagnostics: list[Diagnostic],
) -> tuple[str, ...]:
    """Report every name in a policy that stands for nothing; the ids of the other policies its text cites, in order.

    `shared` tells, for each policy of the library, how many of its blocks have each number.
    """
    diagnostics += _roles(policy, settings)
    diagnostics += _related(policy, targets)
    cited: dict[str, None] = {}
    for reference in references(policy):
        other = reference.policy or policy.id
        diagnostics += _reference(policy, reference, targets, settings)
        target = targets.get((other, reference.label))
        if target and target.number:
            diagnostics += _ambiguous(policy, reference, target, shared[other][target.number])
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
        message = f"there is no label `{label}`{where}" if label else "no label stands after `#`"
        yield UNKNOWN_LABEL.at(policy.path, reference.position, message, advice, length)
    else:
        yield from _own_words(policy, reference, target)


def _own_words(policy: Policy, reference: Reference, target: Target) -> Iterator[Diagnostic]:
    """`{number}` where there is none, and numbers that are not the target's."""
    if not reference.children:
        return
    own = OwnWords(reference.children)
    if target.number is None and "{number}" in own.text:
        place = own.position(own.text.index("{number}"))
        yield NO_NUMBER.at(policy.path, place, "the target has no number", length=len("{number}"))
    stated = list(own.stated()) if target.label else []
    for number, offset in stated:
        if not is_number_of(number, target):
            message = f"{number.strip()} is stated here, but the target is {target.phrase}"
            advice = f"write `{{number}}` for {number}" if target.number else "leave the number out"
            found = STALE_NUMBER.at(policy.path, own.position(offset), message, advice, len(number))
            right = instead_of(number, target) if len(stated) == 1 and "{number}" not in own.text else ""
            counts = right != "{number}"
            yield found.put_right(own.position(offset), number, right, counts=counts) if right else found


def shared_numbers(policy: Policy) -> Counter[Number]:
    """How many sections, clauses and items of a policy have each number."""
    return Counter([number for block in walk(policy.blocks) if (number := getattr(block, "number", None))])


def _ambiguous(policy: Policy, reference: Reference, target: Target, same: int) -> Iterator[Diagnostic]:
    """Two lists under one clause that both begin at (a) have items of the same number."""
    if same > 1 and target.kind != "passage":
        message = f"{same} blocks are numbered {target.number}: {target.phrase} could mean any of them"
        yield AMBIGUOUS_TARGET.at(policy.path, reference.position, message, length=len(reference.label) + 1)


def _related(policy: Policy, targets: Targets) -> Iterator[Diagnostic]:
    for index, name in enumerate(policy.related):
        place = policy.place(f"related.{index}")
        if name == policy.id:
            yield RELATED_TO_ITSELF.at(policy.path, place, f"this policy is `{name}` itself", "delete it", len(name))
        elif (name, "") not in targets:
            advice = nearest(name, (known for known, label in targets if not label))
            advice = advice or "enter it under `elsewhere:` in policytool.yaml, with its title"
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
