"""Who may decide for whom."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.policy import Cycle, Policy
from policytool.model.record import Record
from policytool.model.settings import Settings


def acts_for(settings: Settings, role: str, other: str) -> bool:
    """Whether a role may do what falls to another: it is the same, it acts for it, or the other acts on its behalf."""
    return other in _principals(settings, role) or role in _principals(settings, other)


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
