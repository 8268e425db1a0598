"""The own words of a cross-reference -> the numbers stated in them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from policytool.model.inline import Inlines, LineBreak, Position, Text, descend
from policytool.model.library import Target

_NUMBER = r"(?>(?:[0-9]+(?:\.[0-9]+)*|[A-Z](?:\.[0-9]+)+)(?:\([a-z]+\))*)(?!\w|\.\w)"
_APPENDIX = r"(?>[A-Z0-9][0-9]*(?:\.[0-9]+)*(?:\([a-z]+\))*)(?!\w|\.\w)"
_ITEMS = r"(?:\([a-z]+\))+"
_AND = r"\s*(?:,|–|-|&|and|or|to)\s*"
_STATED = re.compile(
    rf"(?:\b(?i:sections?|clauses?|paragraphs?|paras?|parts?|items?)\s+|§+\s*)({_NUMBER}(?:{_AND}{_NUMBER})*)"
    rf"|\b(?i:appendix|appendices|annex)\s+({_APPENDIX}(?:{_AND}{_APPENDIX})*)"
    rf"|\b(?i:items?|paragraphs?|paras?|points?)\s+({_ITEMS})"
    rf"|(?<![\w.£$€])((?>(?:[0-9]+|[A-Z])(?:\.[0-9]+)+(?:\([a-z]+\))*|[0-9]+{_ITEMS})(?!\w|\.\w))"
    rf"|\A\s*((?:[0-9]+|[A-Z])(?:\([a-z]+\))*|{_ITEMS})\s*\Z"
)
# A law has sections of its own: "Section 28 of the Act" speaks of none of ours.
_OF_A_LAW = re.compile(
    r"\s+(?:of|to|in)\s+(?:[\w’'-]+\s+){0,8}?(?:Acts?|Bill|Convention|Directive|GDPR|Measure|Orders?|Regulations?|Schedule)\b"
)
# A decimal is a quantity where a word in small letters follows: "1.5 metres"; but "4.2 above" is a number.
_MEASURED = re.compile(r"\s*(?:%|(?!(?:above|and|applies|below|in|of|or|says|to)\b)[a-z])")
_ONE_POINT = re.compile(r"[0-9]+\.[0-9]+\Z")


_IN_TITLE = re.compile(r"(?i:appendix|annexe?|part|chapter|section)\s+([0-9]{1,3}|[A-Z])\b")


class OwnWords:
    """The words of a reference in a row, whatever emphasis they stand in."""

    def __init__(self, children: Inlines) -> None:
        self.text, self._starts, self._pieces = "", [0], [Text("")]
        for inline in descend(children):
            if isinstance(inline, Text):
                self._starts.append(len(self.text))
                self._pieces.append(inline)
                self.text += inline.text
            elif isinstance(inline, LineBreak):
                self.text += " "

    def position(self, offset: int) -> Position:
        """Where a character of the text stands in the source."""
        index = bisect_right(self._starts, offset) - 1
        return self._pieces[index].position(offset - self._starts[index])

    def stated(self) -> Iterator[tuple[str, int]]:
        """Each number stated, or numbers in a row ("4 and 5"), with its offset."""
        for match in _STATED.finditer(self.text):
            number, start = match[match.lastindex or 0], match.start(match.lastindex or 0)
            if not _OF_A_LAW.match(self.text, match.end()) and not _is_quantity(number, self.text, match.end()):
                yield number, start


def _is_quantity(number: str, text: str, end: int) -> bool:
    return bool(_ONE_POINT.match(number) and _MEASURED.match(text, end))


def is_number_of(stated: str, target: Target) -> bool:
    """Whether a number stated, or one of several in a row, is the target's; "(b)" is that of 4.2(b).

    A heading without a number may have one among its words: "Appendix 1: Form".
    """
    own = _IN_TITLE.match(target.title)
    number = str(target.number or (own[1] if own else "")).casefold()
    ones = [one for one in re.split(_AND, stated.casefold()) if one]
    return any(one == number or (one[0] == "(" and number.endswith(one)) for one in ones)


def instead_of(stated: str, target: Target) -> str:
    """What is to stand for the only number stated in a reference's own words; "" where that takes judgement.

    An item stated by its own letter, "(b)", keeps that form; any other number follows its target from now on.
    """
    if target.number is None or re.search(_AND, stated):
        return ""
    if not stated.startswith("("):
        return "{number}"
    return f"({target.number.items[-1]})" if target.number.items and stated.count("(") == 1 else ""
