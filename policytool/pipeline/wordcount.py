"""A document and the policy made of it -> the words that are in neither the policy nor the report: none should be."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from policytool.model.block import Blocks, words_of
from policytool.model.inline import plain
from policytool.model.piece import Found, Piece, Remark
from policytool.model.policy import Policy

_WORD = re.compile(r"[^\W_]+")


def lost(found: Found, policy: Policy, remarks: Iterable[Remark]) -> Iterator[Remark]:
    """What is neither in the policy nor told yet, place by place."""
    left = Counter(_words_of_policy(policy))
    left.update(word for remark in remarks for word in words(remark.message))
    for piece in (*found.pieces, *(piece for pieces in found.footnotes.values() for piece in pieces)):
        missing = []
        for word in words(_all(piece)):
            if left[word] > 0:
                left[word] -= 1
            else:
                missing.append(word)
        if missing:
            yield Remark("look", piece.place, f"not in the text: {' '.join(missing)}")


def _all(piece: Piece) -> str:
    return " ".join([plain(piece.words), *(plain(cell) for row in piece.rows for cell in row)])


def words(text: str) -> list[str]:
    """The words of a text as they are counted: letters and figures, whatever stands round them, in small letters."""
    return _WORD.findall(text.lower())


def _words_of_policy(policy: Policy) -> Iterator[str]:
    yield from words(policy.title)
    yield from _words_of_blocks(policy.blocks)
    for footnote in policy.footnotes:
        yield from _words_of_blocks(footnote.blocks)


def _words_of_blocks(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        for inlines in words_of(block):
            yield from words(plain(inlines))
        yield from words(getattr(block, "text", "") if isinstance(getattr(block, "text", ""), str) else "")
        yield from _words_of_blocks(getattr(block, "blocks", ()))
