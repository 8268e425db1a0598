"""Policy -> fingerprint: a name for what it says, which stays while only its looks change.

It covers the title and, in reading order, each block's kind, depth and words. Labels, printed numbers, addresses of
links and all other front matter are not in it. An algorithm is named by its prefix and never changes: a record of 2026
must be comparable in 2046. A change to what this module says of a policy wants a new prefix beside the old.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256
from json import dumps
from unicodedata import normalize

from policytool.model.block import Block, Blocks, Bullet, Clause, Item, Preformatted, Quote, Rule, Section, Table
from policytool.model.inline import FootnoteMark, Inline, Inlines, LineBreak, Reference
from policytool.model.policy import Policy

NEWEST = "v1"
SHORT = 16
"""So many figures of a fingerprint name the file of a kept wording."""
_FORM = re.compile(r"(v\d+):([0-9a-f]{64})\Z")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})
_BLANKS = re.compile(r"\s+")
# No source holds it: what a reference stands for cannot be mistaken for words.
_APART = "\x1a"
_KINDS: Mapping[type[Block], str] = {Section: "section", Clause: "clause", Item: "item", Bullet: "bullet"}


def fingerprint(policy: Policy, algorithm: str = NEWEST) -> str:
    """The fingerprint of a policy's wording, as `v1:` and 64 figures in hex; "" for an algorithm that is not known."""
    known = ALGORITHMS.get(algorithm)
    return f"{algorithm}:{known(policy)}" if known else ""


def algorithm_of(written: str) -> str:
    """The algorithm that a fingerprint was made with; "" where it has not the form of one."""
    match = _FORM.match(written)
    return match[1] if match else ""


def is_wording(policy: Policy, written: str) -> bool:
    """Whether a policy's wording has a fingerprint, by the algorithm that it names."""
    return bool(written) and fingerprint(policy, algorithm_of(written)) == written


def wording_name(written: str) -> str:
    """The name of the file that keeps the wording of a fingerprint: its first sixteen figures."""
    return f"{written.partition(':')[2][:SHORT]}.md"


def _v1(policy: Policy) -> str:
    lines = [["title", 0, _plain(policy.title)], *_Reading(policy).lines()]
    return sha256("\n".join(dumps(line, ensure_ascii=False) for line in lines).encode()).hexdigest()


class _Reading:
    """A policy being read; `places` gives the place in reading order of each label, lines not counted."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        said = (block for block in policy.walk() if not isinstance(block, Rule))
        self._places = {block.label: place for place, block in enumerate(said) if block.label}

    def lines(self) -> Iterator[list[object]]:
        yield from self._blocks(self._policy.blocks, 0)
        for number, footnote in enumerate(self._policy.footnotes, 1):
            yield ["footnote", 0, str(number)]
            yield from self._blocks(footnote.blocks, 1)

    def _blocks(self, blocks: Blocks, depth: int) -> Iterator[list[object]]:
        for block in blocks:
            if isinstance(block, Section | Clause | Item | Bullet):
                words = block.title if isinstance(block, Section) else block.text
                yield [_KINDS[type(block)], depth, self._said(words)]
                yield from self._blocks(block.blocks, depth + 1)
            elif isinstance(block, Quote):
                yield ["quote", depth]
                yield from self._blocks(block.blocks, depth + 1)
            elif isinstance(block, Table):
                yield ["header", depth, *(self._said(cell) for cell in block.header)]
                yield from (["row", depth, *(self._said(cell) for cell in row)] for row in block.rows)
            elif isinstance(block, Preformatted):
                yield ["preformatted", depth, _plain(block.text)]
            elif not isinstance(block, Rule):
                yield ["paragraph", depth, self._said(block.text)]

    def _said(self, words: Inlines) -> str:
        return _plain("".join(self._word(inline) for inline in words))

    def _word(self, inline: Inline) -> str:
        if isinstance(inline, Reference):
            own = "".join(self._word(child) for child in inline.children)
            return own.replace("{number}", self._target(inline)) if own else self._target(inline)
        if isinstance(inline, FootnoteMark):
            return f"{_APART}^{inline.number}{_APART}"
        if isinstance(inline, LineBreak):
            return " "
        return inline.text if hasattr(inline, "text") else "".join(self._word(child) for child in inline.children)

    def _target(self, reference: Reference) -> str:
        """Inside the policy the target's place in reading order; outside, the other policy's id and label."""
        if reference.policy and reference.policy != self._policy.id:
            return f"{_APART}{reference.policy}#{reference.label}{_APART}"
        return f"{_APART}{self._places.get(reference.label, reference.label)}{_APART}"


def _plain(text: str) -> str:
    return _BLANKS.sub(" ", normalize("NFC", text).translate(_STRAIGHT)).strip(" ")


ALGORITHMS: Mapping[str, Callable[[Policy], str]] = {"v1": _v1}
