"""A policy among its outlines -> all that its documents are made of; that -> its key, and the library it is made in.

A document is made of its inputs and of nothing else: they are what a worker is given, and their hash is the key under
which it is kept that the document was made. What is not in them cannot print, and what is in them cannot be missed.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeAlias

from policytool.model.block import Number
from policytool.model.diagnostic import Diagnostic
from policytool.model.house import PLAIN, HouseStyle
from policytool.model.library import Library, Target
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.standing import Standing
from policytool.pipeline.shelf import Outline, Told
from policytool.resolve.references import check_references, references, shared_numbers
from policytool.resolve.targets import targets_of
from policytool.store import tool

Other: TypeAlias = tuple[str, str, Mapping[str, Told]]
"""What may print of another policy: its title, where it is published, and those of its labels that are cited."""


@dataclass(frozen=True)
class Common:
    """What all documents of one build are made of: settings, the files of the house style, and whether they are drafts.

    The settings are without those that print nowhere, so that another date of a meeting rebuilds nothing.
    `house` is what was loaded of the house style. `out`, `dry_run` and `returned` say what is done with what was made:
    it is written, and given back if that is asked for.
    """

    settings: Settings
    out: Path
    draft: bool = False
    dry_run: bool = False
    house: HouseStyle = PLAIN
    returned: bool = False

    @cached_property
    def digest(self) -> str:
        """A name for all of it and for the tool. Whatever else documents are made of must be added here."""
        everything = tool.identity(), self.settings, self.draft, self.house.digest
        return sha256(repr(everything).encode()).hexdigest()


def printed(settings: Settings) -> Settings:
    """The settings that may show in a document, or in whether it can be made."""
    return Settings(settings.organisation, settings.roles, settings.elsewhere, settings.house, settings.publish_address)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What one policy's documents are made of: its text, what prints of others, if they are there, and its dates."""

    policy: str
    path: str
    content: bytes
    others: Mapping[str, Other]
    standing: Standing

    def key(self, common: Common) -> str:
        """The name of all of it together."""
        own = sha256(self.content).hexdigest()
        said = json.dumps((common.digest, self.policy, own, self.others, repr(self.standing)), separators=(",", ":"))
        return sha256(said.encode()).hexdigest()


def inputs(outline: Outline, content: bytes, outlines: Mapping[str, Outline], standing: Standing) -> Inputs:
    """What the documents of a policy are made of."""
    others: dict[str, Other] = {}
    for policy, label in outline.cites:
        other = outlines.get(policy)
        if other is not None:
            _, _, labels = others.setdefault(policy, (other.policy.title, other.policy.publish, {}))
            if label in other.targets:
                told = may_tell(other.targets[label], other.policy.publish, outline.policy.publish)
                labels[label] = told  # type: ignore[index]  # made here, and a dictionary
    return Inputs(outline.policy.id, outline.policy.path, content, others, standing)


def may_tell(told: Told, publish: str, own: str) -> Told:
    """What a policy may print of a block of another: of an internal one only its title and numbers, never its words."""
    _, title, noun, number, same = told
    if publish != "internal" or own == "internal" or number:
        return told
    return ("policy", title, noun, number, same)


# A policy -> what others may cite of it, and what it cites


def outline_of(policy: Policy, fingerprint: str = "") -> Outline:
    """A policy by its fields, with what can be cited of it and what it cites."""
    shared = shared_numbers(policy)
    found = targets_of(policy, [])
    targets = {label: _told(target, shared) for (_, label), target in found.items() if label}
    cites = dict.fromkeys((one.policy, one.label) for one in references(policy) if one.policy)
    cites |= dict.fromkeys((name, "") for name in policy.related)
    others = tuple(one for one in cites if one[0] != policy.id)
    return Outline(replace(policy, blocks=(), footnotes=()), fingerprint, targets, others)


def _told(target: Target, shared: Counter[Number]) -> Told:
    number = target.number
    parts = (number.path, number.items, number.ordinal, number.appendix) if number else None
    return (target.kind, target.title, target.noun, parts, shared[number] if number else 0)


# Inputs -> the library that the policy is made in


def among(policy: Policy, others: Mapping[str, Other], settings: Settings) -> tuple[Library, list[Diagnostic]]:
    """The library of a policy and of what may print of others, and every name in the policy that stands for nothing."""
    found: list[Diagnostic] = []
    targets = {(name, ""): Target(name, "", "policy", one.title) for name, one in settings.elsewhere.items()}
    shared = {policy.id: shared_numbers(policy)}
    policies = {policy.id: policy}
    for name, (title, publish, labels) in others.items():
        policies[name] = Policy(name, title, publish=publish)
        targets[name, ""] = Target(name, "", "policy", title)
        cited = [(target, same) for target, same in _targets(name, labels)]
        targets |= {(name, target.label): target for target, _ in cited}
        shared[name] = Counter({target.number: same for target, same in cited if target.number})
    targets |= targets_of(policy, found)
    cites = check_references(policy, shared, settings, targets, found)
    return Library(settings, policies, targets, {policy.id: cites}), found


def _targets(policy: str, labels: Mapping[str, Sequence[Any]]) -> Iterator[tuple[Target, int]]:
    for label, (kind, title, noun, parts, same) in labels.items():
        number = Number(tuple(parts[0]), tuple(parts[1]), parts[2], parts[3]) if parts else None
        yield Target(policy, label, kind, title, noun, number), same
