"""Edits to a policy as a person makes them in Word: words, whole clauses, their order."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from policytool.model.block import Block, Blocks, Bullet, Clause, Item, Paragraph, Section
from policytool.model.inline import Inlines, Text
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from policytool.render.markdown import markdown

WORDED = (Clause, Item, Bullet, Paragraph)
_NEW = "orchard lantern meadow copper willow harbour saddle"


def edited(policy: Policy, chance: Random, times: int = 3) -> Policy | None:
    """A policy after some edits, as it reads; None where it would not be one that can be read."""
    blocks = policy.blocks
    for turn in range(times):
        blocks = _somewhere(blocks, chance, turn)
    return read(markdown(read_as_numbered(replace(policy, blocks=blocks))), policy.id)


def read_as_numbered(policy: Policy) -> Policy:
    """The policy with its numbers counted again."""
    from policytool.model.numbering import numbered

    return replace(policy, blocks=numbered(policy.blocks))


def read(text: str, name: str = "x") -> Policy | None:
    """A source as a policy; None where it has errors."""
    policy, wrong = parse(text, name, f"source/{name}.md")
    return None if any(one.is_error for one in wrong) else policy


def _somewhere(blocks: Blocks, chance: Random, turn: int) -> Blocks:
    """One edit among these blocks or in one of them."""
    inner = [place for place, block in enumerate(blocks) if getattr(block, "blocks", ()) and not _is_quote(block)]
    if inner and chance.random() < 0.6:
        place = chance.choice(inner)
        block = blocks[place]
        below = _somewhere(block.blocks, chance, turn)  # type: ignore[union-attr]
        return (*blocks[:place], replace(block, blocks=below), *blocks[place + 1 :])  # type: ignore[call-arg]
    return _here(blocks, chance, turn) if blocks else blocks


def _is_quote(block: Block) -> bool:
    return not isinstance(block, (*WORDED, Section))


def _here(blocks: Blocks, chance: Random, turn: int) -> Blocks:
    place = chance.randrange(len(blocks))
    block, rest = blocks[place], (*blocks[:place], *blocks[place + 1 :])
    kind = chance.choice(["reword", "insert", "delete", "move"])
    if kind == "delete":
        return rest
    if kind == "move":
        to = chance.randrange(len(rest) + 1)
        return (*rest[:to], block, *rest[to:])
    if not isinstance(block, WORDED):
        return blocks
    if kind == "insert":
        new = replace(block, text=words(chance, f"new{turn}"), label="", **({"blocks": ()} if block.__class__ is not Paragraph else {}))
        new = replace(new, begins=False) if isinstance(new, Item) else new
        return (*blocks[: place + 1], new, *blocks[place + 1 :])
    return (*blocks[:place], reworded(block, chance), *blocks[place + 1 :])


def words(chance: Random, first: str) -> Inlines:
    """New words, not found elsewhere."""
    some = _NEW.split()
    chance.shuffle(some)
    return (Text(" ".join([first, *some])),)


def reworded(block: Clause | Item | Bullet | Paragraph, chance: Random) -> Block:
    """A block with a word put in, changed or taken out."""
    text = block.text
    places = [place for place, one in enumerate(text) if isinstance(one, Text) and one.text.strip()]
    if not places:
        return replace(block, text=(*text, Text(" meadow")))
    place = chance.choice(places)
    some = text[place].text.split(" ")  # type: ignore[union-attr]
    at = chance.randrange(len(some))
    some[at : at + 1] = chance.choice([["lantern"], [some[at], "copper"], ["willow", some[at]]])
    return replace(block, text=(*text[:place], Text(" ".join(some)), *text[place + 1 :]))
