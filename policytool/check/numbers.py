"""Numbers of clauses that are typed in the text and are no link: "see section 4.2", "clauses 3.2 and 3.3".

Laws, guidance and forms have sections too. What cannot be told from one of theirs is passed over: a finding that is
wrong costs more than one that is missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from policytool.check.findings import TYPED_NOWHERE, TYPED_REFERENCE
from policytool.check.labels import new_label
from policytool.check.prose import CITED, Prose
from policytool.check.unlinked import Passage, last_line, linked
from policytool.model.block import Block, Clause, Item, Section, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import plain
from policytool.model.mend import Edit, Labelling
from policytool.model.policy import Policy

_ONE = r"(?>[0-9]{1,3}(?:\.[0-9]{1,3}){0,8}(?:\([a-z]{1,5}\))*)(?![\w%°]|\.\w|\(\d)"
_DOTTED = r"(?>[0-9]{1,3}(?:\.[0-9]{1,3}){1,8}(?:\([a-z]{1,5}\))*)(?![\w%°]|\.\w|\(\d)"
_LETTERED = r"(?>(?:[A-Z]|[0-9]{1,2})(?:\.[0-9]{1,3}){0,8}(?:\([a-z]{1,5}\))*)(?!\w|\.\w|\(\d)"
_AND = r"\s*(?:,\s*(?:and|or)\b|,|–|-|&|\band/or\b|\band\b|\bor\b|\bto\b)\s*"
_TYPED = re.compile(
    rf"(?<![\w.-])(?:(?P<noun>(?i:sections?|clauses?|(?:sub-?)?paragraphs?|paras?\.?|parts?|items?))\s+"
    rf"(?P<of_noun>{_ONE}(?:{_AND}{_ONE})*)"
    rf"|(?P<appendix>(?i:appendix|appendices|annex|annexes))\s+(?P<of_appendix>{_LETTERED}(?:{_AND}{_LETTERED})*)"
    rf"|[Ss]ee\s+(?:also\s+)?(?P<seen>{_DOTTED}(?:{_AND}{_DOTTED})*)(?!\s+[a-z]+s\b)"
    rf"|(?P<above>{_DOTTED})(?=\s+(?:above|below)\b))"
)
_NUMBER = re.compile(r"(?:[0-9]+|[A-Z](?!\w))(?:\.[0-9]+)*(?:\([a-z]+\))*")
_GROUPS = ("of_noun", "of_appendix", "seen", "above")
_OURS = re.compile(
    r"\s*,?\s*(?:\([^)]{0,80}\),?\s*)?(?:(?:as\s+set\s+out\s+)?(?:above|below)\b"
    r"|of\s+th(?:is|ese)\s+(?:[\w’-]+\s+){0,3}?(?i:code|document|guidance|guidelines|plan|policy|procedures?|statement|terms)\b)"
)
_THEIRS = re.compile(
    r"\s*,?\s*(?:\([^)]{0,80}\),?\s*)?(?:of\s+(?!the\s+(?:document|guidance|policy|procedure|statement)\b(?!\s+(?:for|of|on)\b))"
    r"|(?:in|to|under)\s+(?:(?:the|its|their|our|your)\s+)?[A-Z￼])"
)
# A year, a link or another document's name right before: "Education Act 1996, section 43F", "RFC 7231 section 6.4".
_NAMED = re.compile(
    rf"(?:[0-9]{{4}}|(?i:chapter)\s+\w+|{CITED}|[)”\"’']|(?P<word>(?<![\w-])[A-Z][\w&-]*))\s*[,:;–—(-]?\s*\Z"
)
_NO_NAME = frozenset(("And", "Also", "In", "See", "The", "This", "These", "Under", "Where", "When", "With", "Subject"))
_LAW = re.compile(
    r"\b(?:Acts?|Bills?|Charter|Convention|DfE|Directive|EYFS|GDPR|ISO|KCSIE|Measure|NIST|Ofsted|Orders?|PACE|RFC"
    r"|Regulations?|Schedules?|Standards?|Statutes?|Treaty|WCAG|[Ll]egislation|[Ss]tatutory\s+guidance|[Ss]tatute"
    r"|Keeping\s+[Cc]hildren\s+[Ss]afe|Working\s+[Tt]ogether|Children\s+Act)\b"
)
_DOCUMENT = re.compile(
    r"\b(?:Code|Framework|Guidance|Handbook|Licence|Manual|[Aa]greement|[Cc]ontracts?|[Ff]orms?|[Hh]andbook|[Ll]eaflet"
    r"|[Ll]icence|[Qq]uestionnaire|[Tt]emplate)\b"
)
# Sections of laws that go by their numbers alone: "a section 47 enquiry".
_BY_NUMBER = re.compile(
    r"\b(?:accommodat\w*|assessments?|audits?|checks?|child(?:ren)?\s+(?:in\s+need|protection)|directions?|enquir\w+"
    r"|inspect\w+|notices?|orders?|prohibit\w*|safeguarding)\b",
    re.IGNORECASE,
)
_THING = re.compile(
    r"(?:\s*(?:,|and|or)\s+sections?\s+[0-9]+)*\s+(?!(?:above|after|also|and|as|at|applies|apply|are|before|below|but|by|concerns?|contains?|covers?|deals?"
    r"|describes?|does|explains?|for|from|gives?|has|have|if|in|is|lays?|lists?|may|must|not|of|on|only|or|relates?"
    r"|requires?|says?|sets?|shall|should|shows?|so|states?|tells?|that|then|to|unless|was|when|where|which|will|with"
    r"|without)\b)[a-z]"
)
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
LONGEST = 20_000
"""A longer passage is an error of its own, and nothing in it is parsed."""
NEAR = 400
"""So many characters to either side may belong to the sentence that a number stands in."""
_APPENDIX_TITLE = re.compile(r"(?i:appendix|annexe?)\s+([0-9]{1,2}|[A-Z])\b")
_HEADS = re.compile(r"\s*(?:[:.–—-]|\Z)")
_TITLED = re.compile(r":\s*[A-Z]|\s+\([A-Z]")


@dataclass(slots=True)
class _Numbered:
    """A policy's blocks by their numbers as printed, and the labels that are taken.

    `titled` are unnumbered sections whose titles number them as appendices, by that number: "Appendix 1: Form".
    """

    policy: Policy
    blocks: dict[str, list[Block]] = field(default_factory=dict)
    titled: dict[str, list[Block]] = field(default_factory=dict)
    labels: set[str] = field(default_factory=set)
    given: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, policy: Policy) -> _Numbered:
        read = cls(policy)
        for block in policy.walk():
            if label := getattr(block, "label", ""):
                read.labels.add(label)
            if isinstance(block, Section | Clause | Item) and block.number:
                read.blocks.setdefault(str(block.number), []).append(block)
            elif isinstance(block, Section) and (titled := _APPENDIX_TITLE.match(plain(block.title))):
                read.titled.setdefault(titled[1], []).append(block)
        return read

    def cited(self, typed: _Typed, number: str) -> list[Block]:
        """The blocks that a number means: one of an appendix none but appendices."""
        found = self.blocks.get(number, [])
        if not typed.match["appendix"]:
            return found
        numbered = (one for one in found if isinstance(one, Section | Clause | Item))
        appendices: list[Block] = [one for one in numbered if one.number and one.number.appendix]
        return appendices or self.titled.get(number, [])

    def label(self, block: Block) -> tuple[str, Labelling | None]:
        """The label of a block, and what gives it one where it has none."""
        if own := getattr(block, "label", ""):
            return own, None
        words = words_of(block)[0]
        if id(block) not in self.given:
            self.given[id(block)] = new_label(words, self.labels)
            self.labels.add(self.given[id(block)])
        line = last_line(words) if words else 0
        return self.given[id(block)], Labelling(line, self.given[id(block)])


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed reference in a passage: its words, and each number with its offsets."""

    match: re.Match[str]
    text: str
    of_footnote: bool

    @property
    def group(self) -> str:
        return next(name for name in _GROUPS if self.match[name])

    @property
    def numbers(self) -> list[re.Match[str]]:
        return list(_NUMBER.finditer(self.text, *self.match.span(self.group)))

    @property
    def span(self) -> tuple[int, int]:
        """Without the "see" before it."""
        return self.match.start(self.group) if self.group == "seen" else self.match.start(), self.match.end()

    @property
    def noun(self) -> str:
        return self.match["noun"] or self.match["appendix"] or ""

    def sentence(self) -> str:
        """The sentence it stands in, as much of it as is near."""
        before = self.text[max(self.match.start() - NEAR, 0) : self.match.start()]
        after = self.text[self.match.start() : self.match.end() + NEAR]
        return _SENTENCE_END.split(before)[-1] + _SENTENCE_END.split(after)[0]

    @property
    def neighbourhood(self) -> str:
        """The words round it, of other sentences too."""
        return self.text[max(self.match.start() - 3 * NEAR, 0) : self.match.end() + 3 * NEAR]

    @property
    def is_ours(self) -> bool:
        """Whether the words say that it is of this policy."""
        return self.group == "above" or bool(_OURS.match(self.text, self.match.end()))

    @property
    def is_precise(self) -> bool:
        """Whether every number has two parts or more, as sections of laws have not."""
        return all("." in one[0] or "(" in one[0] for one in self.numbers)

    def is_another_documents(self) -> bool:
        """Whether the words around it point at another document, or at nothing that has sections."""
        if _THEIRS.match(self.text, self.match.end()) and not self.is_ours:
            return True
        if self.is_ours:
            return False
        sentence = self.sentence()
        law = _LAW.search(sentence if self.is_precise else self.neighbourhood)
        other = self.of_footnote or self._is_named() or law or self._names_a_thing(sentence)
        return bool(other or (not self.match["appendix"] and _DOCUMENT.search(sentence)))

    def _is_named(self) -> bool:
        """Whether a document's name stands right before it."""
        before = _SENTENCE_END.split(self.text[max(self.match.start() - NEAR, 0) : self.match.start()])[-1]
        named = _NAMED.search(before)
        if named is None or not named["word"]:
            return named is not None
        is_name = named.start() > 0 or named["word"].isupper()
        return is_name and named["word"] not in _NO_NAME

    def _names_a_thing(self, sentence: str) -> bool:
        """Whether a whole number means no clause: "take part 2", "a section 47 enquiry", "Section 1: Your details"."""
        noun = self.noun.lower()
        if noun.startswith("annex") or (noun.startswith("item") and not self.is_precise):
            return True
        if noun.startswith("part") and self.noun[0] == "p":
            return True
        if self.is_precise or self.match["appendix"]:
            return False
        heads = not self.text[: self.match.start()].strip() and _HEADS.match(self.text, self.match.end())
        by_number = noun.startswith("section") and _BY_NUMBER.search(sentence)
        titled = _TITLED.match(self.text, self.match.end())
        return bool(heads or titled or by_number or _THING.match(self.text, self.match.end()))

    def may_be_another_documents(self) -> bool:
        """Whether its sentence cites another document, so that somebody has to decide."""
        return CITED in self.sentence() and not self.is_ours

    def may_lead_nowhere(self) -> bool:
        """Whether it must be of this policy, although nothing here has its number."""
        surely = self.is_precise or self.is_ours or bool(self.match["appendix"])
        return bool(self.noun) and surely and not self.may_be_another_documents()


def typed_numbers(policy: Policy, found: Iterable[Passage]) -> Iterator[Diagnostic]:
    """Each number of a clause that is typed in these passages of a policy."""
    known: _Numbered | None = None
    for passage in found:
        if len(passage.words) > LONGEST or not _TYPED.search(passage.words):
            continue
        known = known or _Numbered.of(policy)
        prose = passage.prose(policy.id)
        for match in _TYPED.finditer(prose.text):
            yield from _judged(known, prose, _Typed(match, prose.text, passage.of_footnote))


def _judged(known: _Numbered, prose: Prose, typed: _Typed) -> Iterator[Diagnostic]:
    if typed.is_another_documents():
        return
    missing = [one[0] for one in typed.numbers if not known.cited(typed, one[0])]
    if not missing:
        yield _unlinked(known, prose, typed)
    elif typed.may_lead_nowhere():
        yield _nowhere(known, prose, typed, missing)


def _nowhere(known: _Numbered, prose: Prose, typed: _Typed, missing: list[str]) -> Diagnostic:
    what = "no appendix" if typed.match["appendix"] else "nothing"
    message = f"{what} in this policy is numbered {' or '.join(missing)}"
    advice = "find out which is meant, and write `[](#label)`; if it is another document’s, name that"
    return prose.found(TYPED_NOWHERE, known.policy.path, typed.span, message, advice)


def _unlinked(known: _Numbered, prose: Prose, typed: _Typed) -> Diagnostic:
    words = prose.text[slice(*typed.span)]
    several = [one[0] for one in typed.numbers if len(known.cited(typed, one[0])) > 1]
    unsure = several or typed.may_be_another_documents()
    edits, labels = ((), []) if unsure else _edits(known, prose, typed)
    message = f"“{words}” is typed, and no link"
    if several:
        message += f"; {len(known.cited(typed, several[0]))} blocks are numbered {several[0]}"
    advice = " and ".join(f"`[](#{label})`" for label in labels) or "`[](#label)`"
    found = prose.found(TYPED_REFERENCE, known.policy.path, typed.span, message, f"write {advice}")
    return found.mended_by(*edits) if edits else found


def _edits(known: _Numbered, prose: Prose, typed: _Typed) -> tuple[tuple[Edit, ...], list[str]]:
    """What makes links of it: of the whole where it has one number, of each number where it has several."""
    edits: list[Edit] = []
    labels, numbers = [], typed.numbers
    for one in numbers:
        label, given = known.label(known.cited(typed, one[0])[0])
        labels.append(label)
        changes = linked(prose, *(typed.span if len(numbers) == 1 else one.span()), f"#{label}")
        if not changes:
            return (), labels
        edits += [*changes, *([given] if given else [])]
    return tuple(edits), labels
