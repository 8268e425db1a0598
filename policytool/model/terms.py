"""Defined terms: bold text in a clause, followed in the same sentence by means, to mean or includes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytool.model.block import Clause
from policytool.model.inline import Inlines, Position, Strong, Text, descend, plain
from policytool.model.policy import Policy

LONGEST_SENTENCE = 1000
_DEFINES = re.compile(r"\b(?:means?|includes?)\b")
_SENTENCE_END = re.compile(r"[.!?](?:\s|$)")
DUTY_WORDS = frozenset(
    f"{word}{negation}"
    for word in ("may", "can", "should", "must", "shall", "will", "are", "is", "required")
    for negation in ("", " not")
) | {"cannot", "are required to", "is required to", "must neither"}


class Term(NamedTuple):
    """A term as it is written where it is defined, and where that is."""

    words: str
    position: Position


def defined_terms(policy: Policy) -> Iterator[Term]:
    """Every term that a clause of the policy defines, in reading order."""
    for block in policy.walk():
        if isinstance(block, Clause):
            yield from _terms(block.text)


def _terms(words: Inlines) -> Iterator[Term]:
    for index, inline in enumerate(words):
        if not isinstance(inline, Strong):
            continue
        term = plain(inline.children).strip(" .,:;“”‘’\"'")
        if term.casefold() in DUTY_WORDS:
            continue
        rest = _SENTENCE_END.split(_next_words(words, index + 1), maxsplit=1)[0]
        if _DEFINES.search(rest):
            first = next((part for part in descend(inline.children) if isinstance(part, Text)), None)
            yield Term(term, first.position() if first else inline.position)


def _next_words(words: Inlines, index: int) -> str:
    """The words from an inline on, as many as a sentence may have."""
    text = ""
    for inline in words[index:]:
        if len(text) >= LONGEST_SENTENCE:
            break
        text += plain((inline,))[:LONGEST_SENTENCE]
    return text
