"""Library -> diagnostics: a plain list of rules, each a function from a policy to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from policytool.check.names import check_name
from policytool.check.text import RULES as TEXT_RULES
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy

__all__ = ["check", "check_name"]

PolicyRule: TypeAlias = Callable[[Policy], Iterator[Diagnostic]]
RULES: tuple[PolicyRule, ...] = TEXT_RULES


def check(library: Library) -> list[Diagnostic]:
    """What the house rules say of every policy in the library."""
    return [finding for policy in library.policies.values() for rule in RULES for finding in rule(policy)]
