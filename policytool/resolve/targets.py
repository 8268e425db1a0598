"""A policy -> what in it can be cited."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from policytool.model.block import Block, Blocks, Clause, Item, Number, Rule, Section
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position, plain
from policytool.model.library import Target, TargetKind
from policytool.model.policy import Policy
from policytool.resolve.findings import DUPLICATE_LABEL


@dataclass(frozen=True, slots=True)
class _Container:
    """The numbered block that another stands in, and what it is called."""

    noun: str = ""
    number: Number | None = None
    title: str = ""


def targets_of(policy: Policy, diagnostics: list[Diagnostic]) -> dict[tuple[str, str], Target]:
    """The policy itself and each labelled block, by (id, label); a label used twice is reported."""
    targets = {(policy.id, ""): Target(policy.id, "", "policy", policy.title)}
    first: dict[str, Position] = {}
    for order, (block, container) in enumerate(_labelled(policy.blocks, _Container(title=policy.title))):
        label = block.label  # type: ignore[union-attr]  # a horizontal line has none, and is not among them
        if not label:
            continue
        if label in first:
            message = f"the label `{label}` is taken on line {first[label].line}"
            diagnostics.append(DUPLICATE_LABEL.at(policy.path, block.position, message))
        else:
            first[label] = block.position
            targets[policy.id, label] = _target(policy, block, label, container, order)
    return targets


def _labelled(blocks: Blocks, container: _Container) -> Iterator[tuple[Block, _Container]]:
    """Every block that may have a label, with what it is called by, which its children stand in; lines have none."""
    for block in blocks:
        if isinstance(block, Rule):
            continue
        inner = getattr(block, "blocks", ())
        called = _called(block, container) if inner or block.label else container
        yield block, called
        if inner:
            yield from _labelled(inner, called)


def _called(block: Block, container: _Container) -> _Container:
    """What a block is called by: its own number, or what it stands in."""
    if isinstance(block, Section) and block.number is None:
        return _Container(container.noun, container.number, plain(block.title))
    if isinstance(block, Section) and block.number:
        noun = "appendix" if block.number.appendix and block.number.depth == 1 else "section"
        return _Container(noun, block.number, plain(block.title))
    if isinstance(block, Clause):
        return _Container("clause", block.number, container.title)
    if isinstance(block, Item):
        return _Container(container.noun or "item", block.number, container.title)
    return container


def _target(policy: Policy, block: Block, label: str, container: _Container, order: int) -> Target:
    if isinstance(block, Section) and block.number is None:
        return Target(policy.id, label, "passage", plain(block.title), "", None, order)
    return Target(policy.id, label, _kind(block), container.title, container.noun, container.number, order)


def _kind(block: Block) -> TargetKind:
    if isinstance(block, Section):
        return "appendix" if block.number and block.number.appendix and block.number.depth == 1 else "section"
    if isinstance(block, Clause):
        return "clause"
    return "item" if isinstance(block, Item) else "passage"
