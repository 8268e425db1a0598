"""Duties -> a paper: the one that a new member of staff is given."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.paper import Clause, Heading, Paper, PaperBlock, Paragraph, Words
from policytool.render.duties.listed import NONE, Line, Listed, shortened


def paper(listed: Listed) -> Paper:
    """Holders are headings, and policies below them; where one holder is asked for, policies alone."""
    organisation, house = listed.settings.organisation, listed.settings.house
    blocks = tuple(_blocks(listed)) or (Paragraph((Words(NONE),)),)
    return Paper(listed.title, listed.version, organisation.name, house.colour, blocks, contents=not listed.role)


def _blocks(listed: Listed) -> Iterator[PaperBlock]:
    level = 1 if listed.role else 2
    for who, policies in listed.groups:
        if not listed.role:
            yield Heading(1, (Words(listed.holder(who)),))
        for policy, lines in policies:
            yield Heading(level, (Words(listed.titles[policy]),))
            for line in lines:
                yield _clause(line, listed)


def _clause(line: Line, listed: Listed) -> Clause:
    """The words once, cut where they are long: the clause has them all, and a link leads there."""
    address = listed.addresses.get((line.policy, line.anchor), "")
    words = shortened(line.words)
    return Clause(line.number or "–", (Words(words), *_more(words, line, address)))


def _more(words: str, line: Line, address: str) -> tuple[Words, ...]:
    """What leads to the whole clause where the words were cut."""
    return (Words(" "), Words("whole clause", "quiet", address)) if words != line.words and address else ()
