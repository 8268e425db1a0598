"""Policies and settings -> Library: every cross-reference, role and cycle looked up, and what is not there reported."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position
from policytool.model.library import Library, Target
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.resolve.findings import DUPLICATE_ID, ROLES_IN_A_CIRCLE, UNKNOWN_ROLE
from policytool.resolve.references import check_references, shared_numbers
from policytool.resolve.targets import targets_of


def resolve(
    policies: Iterable[Policy], settings: Settings, settings_path: str = "policytool.yaml"
) -> tuple[Library, list[Diagnostic]]:
    """The library of these policies, and every name in them that stands for nothing."""
    diagnostics: list[Diagnostic] = []
    held = _by_id(policies, settings, diagnostics)
    targets = {(name, ""): Target(name, "", "policy", other.title) for name, other in settings.elsewhere.items()}
    for policy in held.values():
        targets.update(targets_of(policy, diagnostics))
    shared = {policy.id: shared_numbers(policy) for policy in held.values()}
    cited = {policy.id: check_references(policy, shared, settings, targets, diagnostics) for policy in held.values()}
    diagnostics += _roles_of_settings(settings, settings_path)
    return Library(settings, held, targets, cited), diagnostics


def _by_id(policies: Iterable[Policy], settings: Settings, diagnostics: list[Diagnostic]) -> Mapping[str, Policy]:
    held: dict[str, Policy] = {}
    for policy in sorted(policies, key=lambda one: (one.id, one.path)):
        other = held.setdefault(policy.id, policy)
        if other is not policy:
            message = f"the id `{policy.id}` is taken by {other.path}"
            diagnostics.append(DUPLICATE_ID.at(policy.path, None, message, "rename one of the two files"))
        elif policy.id in settings.elsewhere:
            message = f"`{policy.id}` stands under `elsewhere:` too"
            diagnostics.append(DUPLICATE_ID.at(policy.path, None, message, "delete it there"))
    return held


def _roles_of_settings(settings: Settings, path: str) -> Iterable[Diagnostic]:
    named = {f"roles.{name}.acts-for": role.acts_for for name, role in settings.roles.items() if role.acts_for}
    named |= {f"meetings.{name}": name for name in settings.meetings}
    if settings.reminders.escalate:
        named["reminders.escalate.to"] = settings.reminders.escalate.to
    for place, role in named.items():
        if role and role not in settings.roles:
            where = settings.places.get(place, Position(1, 1))
            message = f"the role `{role}` is not defined under `roles:`"
            yield UNKNOWN_ROLE.at(path, where, message, nearest(role, settings.roles), len(role))
    yield from _circles(settings, path)


def _circles(settings: Settings, path: str) -> Iterable[Diagnostic]:
    """Roles that act for each other, each told at its own place."""
    for name, role in settings.roles.items():
        seen, other = {name}, role.acts_for
        while other in settings.roles and other not in seen:
            seen.add(other)
            other = settings.roles[other].acts_for
        if other == name:
            where = settings.places.get(f"roles.{name}.acts-for", Position(1, 1))
            message = f"`{name}` acts for `{role.acts_for}`, and so in the end for itself"
            yield ROLES_IN_A_CIRCLE.at(path, where, message, length=len(role.acts_for))
