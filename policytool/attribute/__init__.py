"""A policy -> its duties, each with whose it is.

Whose: the subject of the clause; else the role or group in the heading it stands under; else nobody's. Items under
words that lead on to them ("The headteacher must:") have the duty word and the subject of those words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import TypeAlias

from policytool.attribute.names import Names
from policytool.attribute.sentence import Found, found, sentences
from policytool.model.block import Block, Blocks, Bullet, Clause, Item, Paragraph, Section
from policytool.model.duty import Duty
from policytool.model.inline import Inlines
from policytool.model.policy import Policy

__all__ = ["Names", "duties"]

_WithWords: TypeAlias = Clause | Item | Bullet | Paragraph
_LEADING = (":", "\N{EM DASH}", "\N{EN DASH}")


def duties(policy: Policy, names: Names, said: Callable[[Inlines], str]) -> tuple[Duty, ...]:
    """The duties of a policy in reading order; `said` gives the words of inlines as they are printed.

    Definitions and quotations, tables and footnotes are not read.
    """
    return tuple(_Reading(policy.id, names, said).blocks(policy.blocks, _Place()))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where blocks stand: under whose heading, at which number, after which words that lead on to them."""

    heading: tuple[str, ...] = ()
    number: str = ""
    anchor: str = ""
    lead: tuple[Found, ...] = ()
    words: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    policy: str
    names: Names
    said: Callable[[Inlines], str]

    def blocks(self, blocks: Blocks, place: _Place) -> Iterator[Duty]:
        """What stands at one place; a paragraph may lead on to the items after it."""
        lead = place
        for index, block in enumerate(blocks):
            if isinstance(block, Section):
                yield from self._section(block, place)
            elif isinstance(block, _WithWords):
                item = isinstance(block, Item | Bullet)
                after = blocks[index + 1 :]
                here = _at(lead if item else replace(place, lead=(), words=""), block)
                leading = self._lead(block, here, after)
                yield from self._words(block, here, self._listed(block, after), leads=leading is not None)
                if not item:
                    lead = leading or place
                yield from self.blocks(block.blocks if not isinstance(block, Paragraph) else (), leading or here)

    def _listed(self, block: _WithWords, after: tuple[Block, ...]) -> str:
        """The items, in a line, that the last words of a block lead on to."""
        if not self.said(block.text).rstrip().endswith(_LEADING):
            return ""
        items = takewhile(lambda one: isinstance(one, Item | Bullet), getattr(block, "blocks", ()) or after)
        return " ".join(self.said(item.text) for item in items if isinstance(item, Item | Bullet))

    def _section(self, section: Section, place: _Place) -> Iterator[Duty]:
        heading = self.names.heading(self.said(section.title)) or place.heading
        yield from self.blocks(section.blocks, _at(replace(place, heading=heading, lead=(), words=""), section))

    def _lead(self, block: _WithWords, here: _Place, after: tuple[Block, ...]) -> _Place | None:
        """The place of the items that the last words of a block lead on to; None where they lead to none."""
        words = self.said(block.text).rstrip()
        inner = getattr(block, "blocks", ())
        if not words.endswith(_LEADING) or not isinstance((*inner, *after, None)[0], Item | Bullet):
            return None
        last = [*sentences(words)][-1]
        lead = tuple(one for one in found(last, self.names, here.heading) if one.leads)
        if lead:
            return replace(here, lead=lead, words=last.rstrip(":\N{EM DASH}\N{EN DASH} "))
        if here.lead:
            return replace(here, words=f"{here.words} {words.rstrip(': ')}")
        return None

    def _words(self, block: _WithWords, here: _Place, after: str, *, leads: bool) -> Iterator[Duty]:
        """The duties in the words of a block itself, or the one that they complete; `after` completes the last."""
        listed = [*sentences(self.said(block.text))]
        own = self._own(listed, here.heading)
        if here.lead and listed and not leads and not any(one.told for one, _ in own):
            own = [(one, f"{here.words} {listed[0]}") for one in here.lead]
        elif leads:
            own = [(one, _shorn(own, sentence)) for one, sentence in own if not one.leads or sentence != listed[-1]]
        elif after:
            own = [(one, f"{text} {after}" if text == listed[-1] else text) for one, text in own]
        made = (duty for one, sentence in own for duty in self._made(one, sentence, here))
        yield from dict.fromkeys(made)

    def _own(self, listed: list[str], heading: tuple[str, ...]) -> list[tuple[Found, str]]:
        """What each sentence lays down; a pronoun may stand for whom the one before spoke of."""
        own: list[tuple[Found, str]] = []
        earlier: tuple[str, ...] = ()
        for sentence in listed:
            made = found(sentence, self.names, heading, earlier)
            own += [(one, sentence) for one in made]
            earlier = next((one.who for one in made if one.told), earlier if made else ())
        return own

    def _made(self, one: Found, sentence: str, here: _Place) -> Iterator[Duty]:
        words = sentence.removesuffix(" and").removesuffix(" or").rstrip(";,: ")
        for who in one.who or ("",):
            yield Duty(who, one.word, one.strength, one.negated, self.policy, here.number, here.anchor, words)


def _shorn(own: list[tuple[Found, str]], sentence: str) -> str:
    """A sentence without the duty word at its end, which the items take up."""
    last = next((one.start for one, text in own if one.leads and text == sentence), len(sentence))
    return sentence[:last].removesuffix(" and ").rstrip(" ,;:") if last < len(sentence) else sentence


def _at(place: _Place, block: Section | Clause | Item | Bullet | Paragraph) -> _Place:
    """The place of a block: that of what it stands in, unless it has a number or label of its own."""
    number = None if isinstance(block, Bullet | Paragraph) else block.number
    if number is not None:
        anchor = block.label or ".".join((*number.path, *number.items))
        return replace(place, number=str(number), anchor=anchor)
    return replace(place, anchor=block.label) if block.label else place
