"""Review dates that are typed in a policy's text, where only the title block should print them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from policytool.check.findings import TYPED_DATE
from policytool.check.prose import Prose
from policytool.check.reviews import ITSELF
from policytool.model.block import Block, Table, walk, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Inlines, Text, descend
from policytool.model.policy import Policy

_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*\.?"
_DATE = (
    rf"(?:(?:\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?)?{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+\d{{4}}"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}(?:-\d{2})?"
    r"|(?:the\s+)?(?:spring|summer|autumn|winter)(?:\s+term)?\s+\d{4}|(?:19|20)\d{2}(?:[/–-]\d{2,4})?)(?![\w/-])"
)
_DONE = r"(?:adopted|agreed|amended|approved|ratified|reviewed|revised|updated)"
_DOING = r"(?:adoption|amendment|approval|ratification|review|revision|update)"
_BY = r"(?:\s+(?:by|at)\s+[^.;:\d]{1,80}?)?"
_ON = r"\s*(?:[,:–—-]\s*|\b(?:on|in|by|during)\s+)?(?:\bthe\s+)?"
_LABEL = (
    rf"(?:(?:date\s+)?(?:(?:last|most\s+recently|previously|next)\s+)?(?:to\s+be\s+)?{_DONE}(?:\s+and\s+{_DONE})?{_BY}"
    rf"|(?:the\s+)?date\s+(?:of|for)\s+(?:the\s+)?(?:last\s+|next\s+|previous\s+)?{_DOING}"
    rf"|(?:the\s+)?(?:last\s+|next\s+|previous\s+)?{_DOING}\s+(?:date|due)"
    rf"|(?:the\s+)?(?:last|next|previous)\s+{_DOING}|(?:next\s+)?due\s+for\s+review)"
)
_IS = r"(?:\s+(?:is|was|will\s+be|falls)(?:\s+due)?)?"
_OF_ITSELF = rf"(?:\s+of\s+{ITSELF})?"
# A label and its date by themselves: not "Reviewed in 2019, the scheme was ended".
_ALONE = rf"(?=\s*(?:[.;|)]|\Z|\n|,?\s*(?:and\s+)?{_LABEL}))"
_LABELLED = re.compile(
    rf"(?:\A|(?<=[.;|(\n,])|(?<=\band))\s*({_LABEL}{_OF_ITSELF}{_IS}{_ON}{_DATE}){_ALONE}", re.IGNORECASE
)
_SENTENCE = re.compile(
    rf"({ITSELF},?\s+(?:(?:was|is|has|will|shall|must|should|been|be|to|due|last|first|next|then|again|\w+ly)\s+)*"
    rf"(?:{_DONE}(?:\s+and\s+{_DONE})?|due(?:\s+for\s+review)?|for\s+review){_BY}(?:\s+again)?{_ON}{_DATE})",
    re.IGNORECASE,
)
_LABEL_CELL = re.compile(rf"\W*{_LABEL}\W*", re.IGNORECASE)
_DATE_CELL = re.compile(rf"\W*{_DATE}\W*", re.IGNORECASE)
_MENTION = re.compile(r"adopt|agreed|amend|approv|ratif|review|revis|updat", re.IGNORECASE)


def typed_dates(policy: Policy) -> Iterator[Diagnostic]:
    """Dates of past and next reviews in the text and in tables; a footnote may tell the date of a source."""
    for block in walk(policy.blocks):
        for words in words_of(block):
            if any(isinstance(one, Text) and _MENTION.search(one.text) for one in descend(words)):
                prose = Prose.of(words)
                yield from (_found(policy, prose, match.span(1)) for match in _matches(prose.text))
        yield from _in_table(policy, block)


def _matches(text: str) -> Iterator[re.Match[str]]:
    """Each date with its label once."""
    end = 0
    found = [*_LABELLED.finditer(text), *_SENTENCE.finditer(text)]
    for match in sorted(found, key=lambda one: one.start(1)):
        if match.start(1) >= end:
            yield match
            end = match.end(1)


def _found(policy: Policy, prose: Prose, span: tuple[int, int]) -> Diagnostic:
    words = " ".join(prose.text[slice(*span)].split())
    message = f"“{words}” is typed in the text"
    advice = "delete it: the title block prints the dates, from the records in `reviews/`"
    return prose.found(TYPED_DATE, policy.path, span, message, advice)


def _in_table(policy: Policy, block: Block) -> Iterator[Diagnostic]:
    """Cells that hold a date, beside or under a cell that holds a label."""
    if not isinstance(block, Table):
        return
    for row in (block.header, *block.rows):
        above = block.header if row is not block.header else ()
        for index, (before, cell) in enumerate(pairwise(((), *row))):
            labels = (before, *above[index : index + 1])
            date = Prose.of(cell)
            if _DATE_CELL.fullmatch(date.text) and any(map(_is_label, labels)):
                yield _found(policy, date, (0, len(date.text)))


def _is_label(words: Inlines) -> bool:
    return bool(_LABEL_CELL.fullmatch(Prose.of(words).text))
