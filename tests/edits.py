"""Edits to a policy as a person makes them in Word: words, whole clauses, their order."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Any

from policytool.model.block import Blocks, Bullet, Clause, Item, Paragraph, Section
from policytool.model.inline import Inlines, Text
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from policytool.render.markdown import markdown

WORDED = (Clause, Item, Bullet, Paragraph)
_OPEN = (Clause, Item, Bullet, Section)
_NEW = "orchard lantern meadow copper willow harbour saddle"


def edited(policy: Policy, chance: Random, times: int = 3) -> Policy | None:
    """A policy after some edits, as it reads; None where it would not be one that can be read."""
    blocks = policy.blocks
    for turn in range(times):
        blocks = _somewhere(blocks, chance, f"new{turn}")
    return read(markdown(replace(policy, blocks=numbered(blocks))), policy.id)


def read(text: str, name: str = "x") -> Policy | None:
    """A source as a policy; None where it has errors."""
    policy, wrong = parse(text, name, f"source/{name}.md")
    return None if any(one.is_error for one in wrong) else policy


def _somewhere(blocks: Blocks, chance: Random, name: str) -> Blocks:
    """One edit among these blocks or in one of them."""
    inner = [place for place, block in enumerate(blocks) if isinstance(block, _OPEN) and block.blocks]
    if inner and chance.randrange(3):
        place = chance.choice(inner)
        block: Any = blocks[place]
        return (*blocks[:place], replace(block, blocks=_somewhere(block.blocks, chance, name)), *blocks[place + 1 :])
    return _here(blocks, chance, name) if blocks else blocks


def _here(blocks: Blocks, chance: Random, name: str) -> Blocks:
    place = chance.randrange(len(blocks))
    block, before, after = blocks[place], blocks[:place], blocks[place + 1 :]
    kind = chance.choice(["reword", "insert", "delete", "move"])
    if kind == "delete":
        return (*before, *after)
    if kind == "move":
        rest = (*before, *after)
        to = chance.randrange(len(rest) + 1)
        return (*rest[:to], block, *rest[to:])
    if not isinstance(block, WORDED):
        return blocks
    if kind == "insert":
        return (*before, block, new(block, chance, name), *after)
    return (*before, reworded(block, chance), *after)


def new(beside: Clause | Item | Bullet | Paragraph, chance: Random, name: str) -> Any:
    """A block of the same kind with words that are found nowhere else."""
    words = _NEW.split()
    chance.shuffle(words)
    text: Inlines = (Text(" ".join([name, *words])),)
    return Item(beside.style, text) if isinstance(beside, Item) else type(beside)(text)


def reworded(block: Any, chance: Random) -> Any:
    """A block with a word put in, changed or taken out."""
    text: Inlines = block.text
    places = [place for place, one in enumerate(text) if isinstance(one, Text) and one.text.strip()]
    if not places:
        return replace(block, text=(*text, Text(" meadow")))
    place = chance.choice(places)
    stretch: Any = text[place]
    words = stretch.text.split(" ")
    at = chance.randrange(len(words))
    words[at : at + 1] = chance.choice([["lantern"], [words[at], "copper"], ["willow", words[at]]])
    return replace(block, text=(*text[:place], Text(" ".join(words)), *text[place + 1 :]))
