"""Who may decide for whom."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record
from policytool.model.settings import Settings


def acts_for(settings: Settings, role: str, other: str) -> bool:
    """Whether a role may do what falls to another: it is the same, it acts for it, or the other acts on its behalf."""
    return other in _principals(settings, role) or role in _principals(settings, other)


def on_behalf(settings: Settings, role: str, body: str) -> bool:
    """Whether what a role decides it decides on behalf of a body, and not as that body itself."""
    return role != body and body in _principals(settings, role)


def falls_to(settings: Settings, body: str, role: str) -> bool:
    """Whether what a role decides is brought to the meetings of a body: its own, or where it has none, of who may."""
    return body == role or (role not in settings.meetings and acts_for(settings, body, role))


def _principals(settings: Settings, role: str) -> Iterator[str]:
    """The role itself, the one it acts for, and so on; roles that act for each other in a circle end it."""
    seen: set[str] = set()
    while role and role not in seen:
        yield role
        seen.add(role)
        role = settings.roles[role].acts_for if role in settings.roles else ""


def may_review(settings: Settings, cycle: Cycle, record: Record) -> bool:
    """Whether the record's role may hold the reviews of a cycle."""
    return acts_for(settings, record.by, cycle.by)


def may_approve(settings: Settings, policy: Policy, record: Record) -> bool:
    """Whether what the record's role approves is the approved wording of the policy."""
    return acts_for(settings, record.by, policy.approver)


def may_amend(settings: Settings, policy: Policy, record: Record) -> bool:
    """Whether the record's role may correct spelling, a name, an address: those named, else the approver."""
    return any(acts_for(settings, record.by, role) for role in policy.amendments or (policy.approver,))
