"""A library -> who cites what, clause by clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import NamedTuple

from policytool.model.block import Block, Clause, Item, Section, walk, words_of
from policytool.model.inline import Position, Reference, descend, plain
from policytool.model.library import Library, Target
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.pipeline.repository import Repository
from policytool.render.edition import anchor


@dataclass(frozen=True, slots=True)
class Citation:
    """One reference: from what, to what, in words; and where it stands."""

    source: str
    target: str
    path: str
    position: Position


@dataclass(frozen=True, slots=True)
class Citations:
    """What a clause or policy cites, and what cites it."""

    name: str
    cites: tuple[Citation, ...]
    cited_by: tuple[Citation, ...]


def citations(repository: Repository, name: str, label: str = "") -> Citations:
    """All references from and to a policy, or one labelled block of it. Raises `UnableError` where it is not there."""
    library = repository.library
    [policy_id] = repository.choose([PurePosixPath(name).name])
    target = library.targets.get((policy_id, label))
    if target is None:
        known = [known for policy, known in library.targets if policy == policy_id and known]
        advice = nearest(label, known) or "`policytool check` lists what is wrong with the sources"
        raise UnableError(f"there is no label `{label}` in {policy_id}", advice)
    return Citations(_called(library, target), tuple(_from(library, target)), tuple(_to(library, target)))


def _from(library: Library, target: Target) -> Iterator[Citation]:
    policy = library.policies[target.policy]
    inside = _inside(policy, target.label)
    for place, reference in places(policy):
        if inside is None or any(place.block is one for one in inside):
            yield _citation(library, policy, place.called, reference)


def _inside(policy: Policy, label: str) -> list[Block] | None:
    """The labelled block and all that stands in it; None for the whole policy."""
    if not label:
        return None
    [found] = [block for block in policy.walk() if getattr(block, "label", "") == label][:1]
    return [found, *walk(getattr(found, "blocks", ()))]


def _to(library: Library, target: Target) -> Iterator[Citation]:
    for policy in library.policies.values():
        for place, reference in places(policy):
            cited = reference.policy or policy.id
            if cited == target.policy and (reference.label == target.label or not target.label):
                yield _citation(library, policy, place.called, reference)


class Place(NamedTuple):
    """Where a reference stands: the block, what the clause or section round it is called, and the nearest anchor."""

    block: Block
    called: str
    anchor: str


def places(policy: Policy) -> Iterator[tuple[Place, Reference]]:
    """Each reference of a policy with the place where it stands, in reading order."""
    called, near = "", ""
    for block in policy.walk():
        near = anchor(block) or near
        if isinstance(block, Section | Clause | Item) and block.number:
            noun = "section" if isinstance(block, Section) else "clause"
            called = f"{noun} {block.number}"
        elif isinstance(block, Section):
            called = f"“{plain(block.title)}”"
        for words in words_of(block):
            for inline in descend(words):
                if isinstance(inline, Reference):
                    yield Place(block, called, near), inline


def _citation(library: Library, policy: Policy, source: str, reference: Reference) -> Citation:
    target = library.targets.get((reference.policy or policy.id, reference.label))
    lost = f"{reference.policy}#{reference.label}, which is not there"
    return Citation(
        f"{policy.title}, {source}" if source else policy.title,
        _called(library, target) if target else lost,
        policy.path,
        reference.position,
    )


def _called(library: Library, target: Target) -> str:
    title = library.targets[target.policy, ""].title
    return f"{title}, {target.phrase}" if target.label else title
