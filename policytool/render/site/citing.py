"""Edition -> what a text cites in other policies, place by place."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.block import Block, Clause, Item, Section, words_of
from policytool.model.inline import Reference, descend, plain
from policytool.render.edition import Edition, anchor
from policytool.render.html.view import Links


def cites(edition: Edition, links: Links) -> list[dict[str, object]]:
    """Each place with the policy that it cites, in reading order, each pair once.

    Of a policy that has no page here only the title is told; one held elsewhere has its address, if there is one.
    """
    found = {}
    for block, reference in _references(edition):
        cited = _cited(edition, reference, links)
        if cited:
            place = {"clause": _called(block), "anchor": (anchor(block) if block else "") or None}
            found[tuple((place | cited).values())] = place | cited
    return list(found.values())


def _references(edition: Edition) -> Iterator[tuple[Block | None, Reference]]:
    """Each reference to another policy, with the clause, item or section that it stands in."""
    inside: Block | None = None
    for block in edition.policy.walk():
        if isinstance(block, Section | Clause | Item):
            inside = block
        for words in words_of(block):
            for inline in descend(words):
                if isinstance(inline, Reference) and inline.policy not in {"", edition.policy.id}:
                    yield inside, inline


def _called(block: Block | None) -> str | None:
    """As a citation is told: "clause 4.2", "section 2(a)"; an unnumbered section by its title."""
    if not isinstance(block, Section | Clause | Item):
        return None
    if block.number:
        return f"{'section' if isinstance(block, Section) else 'clause'} {block.number}"
    return f"“{plain(block.title)}”" if isinstance(block, Section) else None


def _cited(edition: Edition, reference: Reference, links: Links) -> dict[str, object] | None:
    """The policy and the place in it; nothing where a reference leads nowhere."""
    whole = edition.library.targets.get((reference.policy, ""))
    target = edition.target(reference)
    if whole is None or target is None:
        return None
    elsewhere = edition.library.settings.elsewhere.get(reference.policy)
    is_told = bool(links(reference.policy, "")) or elsewhere is not None
    return {
        "policy": reference.policy if is_told else None,
        "title": whole.title,
        "target": (reference.label or None) if is_told else None,
        "address": (elsewhere.address or None) if elsewhere else None,
    }
