"""What a policy says of its own reviews, held against its review cycles.

Only sentences about the policy itself count: "this policy is reviewed", "the board reviews this guidance", and under a
heading that speaks of review "it will be reviewed", "reviewed annually". What else is reviewed is none of our business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from policytool.check.findings import OTHER_CYCLE
from policytool.check.often import ADJECTIVE, OFTEN, often
from policytool.check.prose import Prose
from policytool.model.block import Block, Blocks, Clause, Paragraph, Section, words_of
from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Inlines, Text, descend, plain
from policytool.model.policy import Cycle, Policy
from policytool.model.settings import Role, Settings

_KINDS = r"(?:policy|guidance|procedure|document|statement)"
_OWN_NAMES = ("policy", "guidance", "procedure", "document", "statement", "guidelines")
ITSELF = (
    rf"(?:this\s+(?:(?!(?:an?|and|as|for|in|is|means|of|that|the|to|with)\b)[\w’-]+\s+){{0,3}}?{_KINDS}"
    rf"(?:\s+(?:statement|document))?|these\s+(?:guidelines|procedures))"
)
"""How a policy names itself."""
_HERE = rf"(?:{ITSELF}|the\s+{_KINDS}|it)"
_WILL = (
    r"(?:is|are|has|needs|will|shall|must|should)(?:\s+(?!be\b)(?:also|always|next|then|to|\w+ly))*(?:\s+be(?:en)?)?"
)
_NEEDED = r"(?:where|when|if|as)\s+(?:appropriate|necessary|needed|required)"
_HOW = rf"(?:(?:and|also|next|then|up\s+to\s+date|kept|under|{_NEEDED}|\w+ly|\w+ed)\s*,?\s+){{0,8}}?"
_BEGINS = r"(?:\A|[,:–—(]\s*|\b(?:and|but|so|that|while)\s+)[\s“‘\"'(]*"
_BESIDES = r"(?:,?\s+(?:and|with|together\s+with|along\s+with|as\s+well\s+as)\s+[^.;,]{1,60}?,?)?"
_AND_SO = r"[^.;]{1,100}?\band\s+(?:it\s+)?(?:will|shall|must|should)\s+(?:\w+ly\s+)?be"
_REVIEWED = r"(?:reviewed|kept\s+under\s+review)\b"
_PASSIVE = re.compile(rf"{_BEGINS}{ITSELF}{_BESIDES}\s+{_WILL}\s+{_HOW}{_REVIEWED}", re.IGNORECASE)
_ALSO_PASSIVE = re.compile(rf"\A\W*{ITSELF}\s+{_AND_SO}\s+{_HOW}{_REVIEWED}", re.IGNORECASE)
_HERE_PASSIVE = re.compile(rf"\A\W*{_HERE}\s+{_WILL}\s+{_HOW}{_REVIEWED}", re.IGNORECASE)
_BARE = re.compile(rf"\A\W*(?:(?:to|will|shall|must|should)\s+be\s+)?{_HOW}{_REVIEWED}", re.IGNORECASE)
_IT = re.compile(r"\A\W*it\b", re.IGNORECASE)
_ACTIVE = re.compile(rf"\breview(?:s|ing)?(?:,?\s+(?:and|or)\s+\w+)?\s+{ITSELF}", re.IGNORECASE)
_REVIEW_OF = re.compile(rf"\b{ADJECTIVE}\s+reviews?\s+of\s+{ITSELF}", re.IGNORECASE)
_HAS_A_REVIEW = re.compile(
    rf"{_BEGINS}{ITSELF}\s+{_WILL}\s+(?:subject\s+to\s+)?(?:an?\s+)?{ADJECTIVE}\s+review\b", re.IGNORECASE
)
_AFTER = re.compile(OFTEN, re.IGNORECASE)
# Between "reviewed" and how often: who, with whom, and what else is done to it; no other verb, and no other thing.
_PHRASE = re.compile(
    rf"(?:(?:and|or|also|then|once|both|{_NEEDED}|at\s+least|at\s+a\s+minimum|a\s+minimum\s+of|(?:no|not)\s+less\s+than"
    r"|no\s+less\s+(?:often|frequently)\s+than|within|on|\w+ly|\w+ed)(?:\s+|\Z))*"
    r"(?:(?:by|with|in\s+(?:consultation|line|accordance)\s+with)\s+[^,]{1,80})?",
    re.IGNORECASE,
)
_OTHER_VERB = re.compile(
    r"\b(?:who|which|whose|that|is|are|was|were|be|will|shall|must|should|may|can|has|have|report\w*|but|while|unless"
    r"|train\w*|meets?)\b",
    re.IGNORECASE,
)
_OTHER_THING = re.compile(r"\b(?:before|after|when|because|who|which|that|report\w*)\b", re.IGNORECASE)
_STARTS = re.compile(r"\W*(?:at\s+least\s+)?", re.IGNORECASE)
_RIGHT_BEFORE = re.compile(rf"\s*(?:\s{_HOW}{_REVIEWED})?", re.IGNORECASE)
_BY = re.compile(r"\bby\s+([^.;,]{1,80})", re.IGNORECASE)
_ONLY_BY = re.compile(r"\s+by\s+([^.;,]{1,60})[.;]?\s*\Z", re.IGNORECASE)
_CALLED = {
    re.compile(r"\bgovern(?:ors?|ing\s+(?:board|body))\b"): re.compile("govern", re.IGNORECASE),
    re.compile(r"\bhead\s?teacher\b"): re.compile(r"head\s?teacher", re.IGNORECASE),
}
_SUBJECT_ENDS = re.compile(
    r"[’']?\s*(?:(?:will|shall|must|should|is|are|has|have|to|responsible|for|also|\w+ly)\s*)*\Z", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Said:
    """Words that say how often, or by whom, at a span of a block's words; `who` are the roles that they name."""

    span: tuple[int, int]
    right: bool
    who: tuple[str, ...]


def other_cycles(policy: Policy, settings: Settings) -> Iterator[Diagnostic]:
    """Sentences that say otherwise than the review cycles how often, or by whom, the policy is reviewed."""
    if not policy.reviews:
        return
    for words, place in _spoken(policy.blocks, _Place()):
        if _may_be_of_itself(words, place):
            prose = Prose.of(words)
            for said in _Reading(policy, settings, prose, place).said():
                if not said.right:
                    yield _found(policy, settings, prose, said)


def _found(policy: Policy, settings: Settings, prose: Prose, said: _Said) -> Diagnostic:
    words = " ".join(prose.text[slice(*said.span)].split())
    cycles = "; ".join(f"{one.name}, every {one.every}, by {_title(settings, one.by)}" for one in policy.reviews)
    who = f" ({', '.join(_title(settings, role) for role in said.who)})" if said.who else ""
    message = f"the text says “{words}”{who}, but the review cycles are: {cycles}"
    return prose.found(OTHER_CYCLE, policy.path, said.span, message, "correct the text, or `reviews:` at its head")


def _title(settings: Settings, role: str) -> str:
    return settings.roles.get(role, Role(role)).title


_OUTERMOST = (Clause, Paragraph)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where words stand: under a heading that speaks of review, and right under it."""

    of_review: bool = False
    outermost: bool = True


def _spoken(blocks: Blocks, place: _Place) -> Iterator[tuple[Inlines, _Place]]:
    inside = _Place(place.of_review, outermost=False)
    for block in blocks:
        here = place if isinstance(block, _OUTERMOST) else inside
        for words in words_of(block):
            yield words, here
        if inner := getattr(block, "blocks", ()):
            yield from _spoken(inner, _below(block, place))


def _mentions_review(words: str) -> bool:
    return "review" in words.lower()


def _may_be_of_itself(words: Inlines, place: _Place) -> bool:
    """Whether the words mention a review, the word whole in one run of them, and could name the policy itself."""
    said = plain(words).lower()
    if "review" not in said or not (place.of_review or any(name in said for name in _OWN_NAMES)):
        return False
    return any(isinstance(inline, Text) and _mentions_review(inline.text) for inline in descend(words))


def _below(block: Block, place: _Place) -> _Place:
    if isinstance(block, Section):
        return _Place(place.of_review or _mentions_review(plain(block.title)))
    return _Place(place.of_review, outermost=False)


@dataclass(frozen=True, slots=True)
class _Reading:
    """One block's words while they are read."""

    policy: Policy
    settings: Settings
    prose: Prose
    place: _Place

    def said(self) -> Iterator[_Said]:
        """All that its sentences say of the policy's own reviews."""
        for match in self.prose.sentences():
            for said in self._sentence(match[0], self.prose.text[: match.start()]):
                start, end = said.span
                yield _Said((start + match.start(), end + match.start()), said.right, said.who)

    def _sentence(self, sentence: str, before: str) -> Iterator[_Said]:
        if not _mentions_review(sentence):
            return
        if match := _REVIEW_OF.search(sentence) or _HAS_A_REVIEW.search(sentence):
            yield self._judged(match, sentence, self._agent(sentence, match.end()))
        elif match := self._passive(sentence, before):
            found = [*self._after(sentence, match.end(), ()), *self._ahead(sentence, match, ())]
            yield from found or self._only_by(sentence, match.end())
        elif match := _ACTIVE.search(sentence):
            who = self._subject(sentence[: match.start()])
            yield from self._after(sentence, match.end(), who)
            yield from self._ahead(sentence, match, who)

    def _passive(self, sentence: str, before: str) -> re.Match[str] | None:
        match = _PASSIVE.search(sentence) or _ALSO_PASSIVE.search(sentence)
        if match or not self.place.of_review:
            return match
        match = _HERE_PASSIVE.search(sentence)
        if match and _IT.match(match[0]):
            return match if re.search(rf"{ITSELF}|\bthe\s+{_KINDS}\b", before, re.IGNORECASE) else None
        return match or (_BARE.search(sentence) if self.place.outermost else None)

    def _after(self, sentence: str, start: int, who: tuple[str, ...]) -> Iterator[_Said]:
        """Each "every two years" after the verb, as long as nothing but who and with whom stands between."""
        first = True
        for match, after in pairwise((*_AFTER.finditer(sentence, start), None)):
            if match is None or not _is_gap(gap := sentence[start : match.start()]):
                return
            tail = sentence[match.end() : after.start() if after else None]
            by = _BY.match(tail.lstrip(" ,")) or _BY.search(gap if first else gap.partition(",")[2])
            yield self._judged(match, sentence, self._roles(by[1]) if by else who)
            start, first = match.end(), False

    def _ahead(self, sentence: str, verb: re.Match[str], who: tuple[str, ...]) -> Iterator[_Said]:
        """An "every two years" that begins the sentence, or stands right before the verb."""
        end = verb.start() if verb.re is _ACTIVE else verb.end()
        for match in _AFTER.finditer(sentence, 0, end):
            rest = sentence[match.end() : end]
            begins = _STARTS.fullmatch(sentence[: match.start()]) and not _OTHER_THING.search(rest)
            if begins or _RIGHT_BEFORE.fullmatch(rest):
                yield self._judged(match, sentence, who or self._agent(sentence, verb.end()))

    def _agent(self, sentence: str, start: int) -> tuple[str, ...]:
        by = _BY.match(sentence[start:].lstrip(" ,"))
        return self._roles(by[1]) if by else ()

    def _judged(self, match: re.Match[str], sentence: str, who: tuple[str, ...]) -> _Said:
        meant = often(match, sentence)
        return _Said(match.span("often"), any(meant.allows(cycle.every) for cycle in self._cycles(who)), who)

    def _only_by(self, sentence: str, start: int) -> Iterator[_Said]:
        """Words such as "by governors" with nothing of how often: there must be a cycle of theirs."""
        by = _ONLY_BY.match(sentence, start)
        who = self._roles(by[1]) if by and not _OTHER_VERB.search(by[1]) else ()
        if by and who:
            yield _Said((by.start() + 1, by.end(1)), any(self._cycles(who)), ())

    def _subject(self, head: str) -> tuple[str, ...]:
        """The roles that do what comes next: "the governing board will review this policy"."""
        last = re.split(r"[,:]", head)[-1]
        ends = [match.end() for name in self._names() for match in name.finditer(last.lower())]
        return self._roles(last) if ends and _SUBJECT_ENDS.match(last, max(ends)) else ()

    def _names(self) -> Iterator[re.Pattern[str]]:
        yield from _CALLED
        for role in self.settings.roles.values():
            yield re.compile(rf"\b{re.escape(role.title.lower())}\b")

    def _roles(self, words: str) -> tuple[str, ...]:
        """The roles that words name by their titles, or as governors or headteacher."""
        said, roles = words.lower(), self.settings.roles
        named = {name for name, role in roles.items() if re.search(rf"\b{re.escape(role.title.lower())}\b", said)}
        called = [known for spoken, known in _CALLED.items() if spoken.search(said)]
        return tuple(
            name
            for name, role in roles.items()
            if name in named or any(one.search(f"{name} {role.title}") for one in called)
        )

    def _cycles(self, who: Iterable[str]) -> Iterator[Cycle]:
        """The cycles that these roles hold, or hold for one another; all where no role is named."""
        roles = self.settings.roles
        family = {*who} | {name for name, role in roles.items() if role.acts_for in {*who}}
        family |= {roles[name].acts_for for name in who if roles[name].acts_for}
        return (cycle for cycle in self.policy.reviews if not family or cycle.by in family)


def _is_gap(gap: str) -> bool:
    return not _OTHER_VERB.search(gap) and all(_PHRASE.fullmatch(part.strip()) for part in gap.split(","))
