"""Library -> diagnostics: plain lists of rules, each a function from a policy, or from the library, to its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from policytool.check.names import check_name
from policytool.check.own import own_reviews
from policytool.check.text import RULES as TEXT_RULES
from policytool.check.typed import typed_references
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.settings import Settings

__all__ = ["check", "check_name"]

PolicyRule: TypeAlias = Callable[[Policy], Iterator[Diagnostic]]
SettingsRule: TypeAlias = Callable[[Policy, Settings], Iterator[Diagnostic]]
LibraryRule: TypeAlias = Callable[[Library], Iterator[Diagnostic]]
RULES: tuple[PolicyRule, ...] = TEXT_RULES
SETTINGS_RULES: tuple[SettingsRule, ...] = (own_reviews,)
"""Rules that need the settings too: they tell what a role is called."""
LIBRARY_RULES: tuple[LibraryRule, ...] = (typed_references,)
"""Rules that need to know what there is to be cited."""


def check(library: Library) -> list[Diagnostic]:
    """What the house rules say of every policy in the library."""
    found = [finding for policy in library.policies.values() for finding in _of(policy, library.settings)]
    return [*found, *(finding for rule in LIBRARY_RULES for finding in rule(library))]


def _of(policy: Policy, settings: Settings) -> Iterator[Diagnostic]:
    for rule in RULES:
        yield from rule(policy)
    for rule_of_settings in SETTINGS_RULES:
        yield from rule_of_settings(policy, settings)
