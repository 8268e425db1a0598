"""The house rules for the text of one policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from policytool.check.findings import (
    DANGLING_END,
    EMPTY_SECTION,
    SKIPPED_LEVEL,
    STRAY_LINK,
    TERM_TWICE,
    UNSAFE_LINK,
)
from policytool.model.block import Blocks, Bullet, Clause, Item, Rule, Section, walk, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Emphasis, Inline, Link, Reference, Strong, Text, descend
from policytool.model.policy import Policy
from policytool.model.terms import defined_terms

SAFE_SCHEMES = ("http", "https", "mailto", "tel")
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_DANGLING = re.compile(r"(?:;\s+(?:and|or|and/or)|,(?:\s+(?:and|or|and/or))?)\s*\Z")
# What a browser drops from an address before it reads the scheme.
_DROPPED = re.compile(r"[\x00-\x20\x7f]")


def empty_sections(policy: Policy) -> Iterator[Diagnostic]:
    """Sections that hold nothing but headings and lines."""
    for section in _sections(policy.blocks):
        if all(isinstance(block, Section | Rule) for block in walk(section.blocks)) and not _below(section):
            yield EMPTY_SECTION.at(policy.path, section.position, "this section holds no text")


def _below(section: Section) -> bool:
    """Whether a section holds sections, of which each will be reported by itself."""
    return any(isinstance(block, Section) for block in section.blocks)


def _sections(blocks: Blocks) -> Iterator[Section]:
    return (block for block in walk(blocks) if isinstance(block, Section))


def skipped_levels(policy: Policy) -> Iterator[Diagnostic]:
    """Headings more than one level below the one above them."""
    sections = list(_sections(policy.blocks))
    levels = [0, *(section.level for section in sections)]
    for (above, level), section in zip(pairwise(levels), sections, strict=True):
        if level > above + 1:
            message = (
                f"a heading of level {level} stands under one of level {above}"
                if above
                else (f"the first heading is of level {level}")
            )
            advice = f"write `{'#' * (above + 1)}`"
            yield SKIPPED_LEVEL.at(policy.path, section.position, message, advice, level)


def dangling_ends(policy: Policy) -> Iterator[Diagnostic]:
    """Last items of a list that end as if another followed."""
    for last in _last_items(policy.blocks):
        text = _last_text(last)
        match = text and _DANGLING.search(text.text)
        if text and match:
            message = f"the last item of this list ends in “{match[0].strip()}”"
            place = text.position(match.start())
            yield DANGLING_END.at(policy.path, place, message, "end it with a full stop", len(match[0].strip()))


def _last_items(blocks: Blocks) -> Iterator[Clause | Item | Bullet]:
    """The last clause under each parent, the last item of each list, the last bullet of each run."""
    yield from [block for block in blocks if isinstance(block, Clause)][-1:]
    for style in ("letter", "roman"):
        yield from _last_of_lists([block for block in blocks if isinstance(block, Item) and block.style == style])
    for last, after in pairwise((*blocks, None)):
        if isinstance(last, Bullet) and not isinstance(after, Bullet):
            yield last
    for block in blocks:
        if inner := getattr(block, "blocks", ()):
            yield from _last_items(inner)


def _last_of_lists(items: list[Item]) -> Iterator[Item]:
    """Of items of one style under one parent those that the beginning of another list follows, or none."""
    for last, after in pairwise((*items, None)):
        if last and (after is None or after.begins):
            yield last


def _last_text(item: Clause | Item | Bullet) -> Text | None:
    """The last words of an item, where nothing stands below it and no emphasis or link ends it."""
    if item.blocks or not item.text:
        return None
    last: Inline = item.text[-1]
    while isinstance(last, Emphasis | Strong | Link | Reference) and last.children:
        last = last.children[-1]
    return last if isinstance(last, Text) else None


def terms_twice(policy: Policy) -> Iterator[Diagnostic]:
    """Terms that two clauses define."""
    first: dict[str, int] = {}
    for term in defined_terms(policy):
        line = first.setdefault(term.words.casefold(), term.position.line)
        if line != term.position.line:
            message = f"“{term.words}” is defined on line {line} already"
            yield TERM_TWICE.at(policy.path, term.position, message, length=len(term.words))


def unsafe_links(policy: Policy) -> Iterator[Diagnostic]:
    """Links to scripts, to local files, and to addresses that are not full."""
    for block in policy.walk():
        for words in words_of(block):
            if len(words) > 1 or (words and not isinstance(words[0], Text)):
                for link in (inline for inline in descend(words) if isinstance(inline, Link)):
                    yield from _link(policy, link)


def _link(policy: Policy, link: Link) -> Iterator[Diagnostic]:
    scheme = _SCHEME.match(_DROPPED.sub("", link.address))
    length = max(len(link.address), 1)
    if scheme is None:
        message = f"`{link.address}` is no full address" if link.address else "this link has no address"
        advice = "begin it with https://, or cite a policy as `id.md`"
        yield STRAY_LINK.at(policy.path, link.position, message, advice, length)
    elif scheme[1].lower() not in SAFE_SCHEMES:
        message = f"a link must not lead to a `{scheme[1]}:` address"
        yield UNSAFE_LINK.at(policy.path, link.position, message, "link to an https:// address", length)


RULES = (empty_sections, skipped_levels, dangling_ends, terms_twice, unsafe_links)
