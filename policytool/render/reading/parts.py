"""The name of a place in a policy, a label or a number as printed -> what stands there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from policytool.model.block import Block, Blocks, Clause, Item, Number, Section
from policytool.model.inline import plain
from policytool.model.policy import Policy
from policytool.render.edition import Edition

_NOUN = re.compile(r"^(?:section|clause|appendix|item|paragraph)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """A block, and what it stands in, outermost first."""

    block: Block
    within: Blocks = ()

    def place(self, edition: Edition) -> str:
        """What it stands in, in words: "Section 4, Rules for every use; clause 4.2"; "" at the top."""
        return "; ".join(_called(block, edition) for block in self.within)


def find(policy: Policy, name: str) -> tuple[Part, ...]:
    """What a label or a number as printed names, in reading order: two lists of one clause may both have an (a)."""
    labelled = [part for part in _parts(policy.blocks) if name and getattr(part.block, "label", "") == name]
    if labelled:
        return tuple(labelled[:1])
    wanted = _folded(name)
    return tuple(part for part in _parts(policy.blocks) if wanted and wanted == _folded(_number(part.block)))


def names(policy: Policy) -> tuple[str, ...]:
    """Every label and number of a policy."""
    blocks = [part.block for part in _parts(policy.blocks)]
    known = (name for block in blocks for name in (getattr(block, "label", ""), _number(block)) if name)
    return tuple(dict.fromkeys(known))


def _parts(blocks: Blocks, within: Blocks = ()) -> Iterator[Part]:
    for block in blocks:
        yield Part(block, within)
        inside = (*within, block) if isinstance(block, Section | Clause | Item) else within
        yield from _parts(getattr(block, "blocks", ()), inside)


def _number(block: Block) -> str:
    number: Number | None = getattr(block, "number", None)
    return str(number) if number else ""


def _folded(number: str) -> str:
    """A number as it is compared: "Clause 4.2", "4.2" and "4.2." are one, "a" is appendix A."""
    return _NOUN.sub("", number.strip()).casefold().replace(" ", "").rstrip(".")


def _called(block: Block, edition: Edition) -> str:
    """How a block is named among those that another stands in."""
    number = _number(block)
    if isinstance(block, Section):
        title = edition.plain(block.title)
        if not block.number:
            return title or plain(block.title)
        noun = block.number.marker if block.number.appendix and block.number.depth == 1 else f"Section {number}"
        return f"{noun}, {title}"
    return f"clause {number}" if isinstance(block, Clause) else f"item {number}"
