"""A sentence -> the duty words in it that lay down a duty, and who stands before each as its subject.

What stands before a duty word is tried as its subject from the left, at every place where a clause may begin: a name
counts there if the duty word follows it, or what follows it belongs to it ("staff who leave"), and not if it has a verb
of its own ("staff answer for what they do, and thought may be given"). Names after if, where, as and the like have no
duty: those words tell when something holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from policytool.attribute.names import Names
from policytool.model import duties
from policytool.model.duty import Strength

_SENTENCE = re.compile(r"(?<=[.!?])(?<!e\.g\.)(?<!i\.e\.)(?<!etc\.)(?<!No\.)[”\"')]*\s+(?=[“\"'(]?[A-Z0-9])")
_AFTER = (
    r"who|whom|whose|which|that|of|with|without|at|in|on|from|for|under|over|other|responsible|concerned|using|"
    r"working|wishing|acting|holding|having|making|given|appointed|employed|involved|named|above|to|themselves|himself"
)
_RELATED = re.compile(
    rf"\s+(?:{_AFTER})\b|\s*\(|,\s+(?:who|which|whose|with|where|when|if|as|in|on|at|other|subject|including|such|acting|together)\b",
    re.IGNORECASE,
)
_ADVERBS = re.compile(
    r"[\s,]*(?:(?:also|therefore|always|likewise|never|only|then|still|together|both|all|each|alone|themselves|himself|"
    r"herself|itself|normally|however|in\s+turn|in\s+particular|too|accordingly|generally|usually|further|similarly)"
    r"[\s,]*)*",
    re.IGNORECASE,
)
_JOINT = re.compile(r"(?:^|[\s,;(])(?:and|or|but|nor|then|yet)(?:,[^,]*,)?[\s,]*$", re.IGNORECASE)
_STARTS = re.compile(
    r"(?P<when>\b(?:if|whether|where|wherever|when|whenever|as|because|what|whatever|whom|whomever|than|until|unless|"
    r"while|since|before|after|so\s+that|how|why|in\s+case|though|although|once|which|provided\s+that)\s+)|"
    r"(?:[,;:]\s+(?:(?:and|or|but|nor|so|then)\s+)?|\s+(?:and|or|but)\s+|\bthat\s+|[“\"(])",
    re.IGNORECASE,
)
_THEY = re.compile(r"(?:they|he\s+or\s+she|she\s+or\s+he|he|she|it|both|each)\b", re.IGNORECASE)
_IT = re.compile(r"it\b", re.IGNORECASE)
_BODIES = ("the school", "the trust", "the local authority")
_RELATIVE = re.compile(r"(?P<comma>,)?\s*\b(?:who|which|that|what|whatever|whoever|how|as)\s*$", re.IGNORECASE)
_PARTICIPLE = (
    r"\w+ed|told|taught|given|made|held|kept|met|shown|sent|put|led|paid|found|sought|written|taken|seen|brought|done|"
    r"set|left|read|understood|chosen|drawn|known|dealt|built|bound|heard|lost|worn|drunk|sold|bought|thought|won|run"
)
_PASSIVE = re.compile(
    rf"\s+(?:also\s+|always\s+|only\s+|never\s+|not\s+|normally\s+|therefore\s+)*be\s+(?:\w+ly\s+|never\s+|also\s+|"
    rf"always\s+|fully\s+|first\s+)*(?!prepared\b|involved\b|concerned\b|required\b|committed\b|allowed\b|led\s+by\s+example)"
    rf"(?:{_PARTICIPLE})\b"
)
_BY = re.compile(r"\bby\s+", re.IGNORECASE)
_CHANCE = re.compile(
    r"\s+(?:well\s+|also\s+|often\s+|then\s+|sometimes\s+|later\s+)*(?:have\s+(?!access|contact)|find|see|feel|need|want|"
    r"wish|become|suffer|think|know|hope|come\s+to|differ|be\s+(?:a|an|the|too|more|less|able|likely|unsure|worried|due)\b)"
)
"""What somebody may do by chance, and not by leave."""
_INVERTED = re.compile(
    r"(?:should|may|can|will)\s+(?:a|an|the|any|anyone|you|there|it|they|this|that|we|staff|pupils|parents|I)\b",
    re.IGNORECASE,
)
_INNER = re.compile(r"\b(?:so\s+that|that|whom|who|which|whether|because|means)\b", re.IGNORECASE)
_SEEING = re.compile(
    r"\b(?:ensur\w+|sure|certain|see|know\w*|understand\w*|requires?|expects?|says?|states?|accepts?|recognises?|aware|"
    r"agreed?|remember|notes?|follows|clear|confirm)\s*$",
    re.IGNORECASE,
)
_THAT = re.compile(r"[,;:]?\s*(?:and\s+)?that\s+", re.IGNORECASE)
_LOOSE = re.compile(r"\s+(?:and|or|but)\s+", re.IGNORECASE)
_OPEN = frozenset({"to", "not", "neither", "either", "also", "always", "never"})
_NOBODY = re.compile(r"(?:nobody|no\s+one|neither|no)\b", re.IGNORECASE)

REACH = 800
"""So many characters before a duty word its subject is looked for, and so many behind it what it says."""


class Found(NamedTuple):
    """A duty word in a sentence: whose duty, the word, its strength, whether it forbids.

    `told`: the sentence has a subject of its own for it. `leads`: it is completed by the items that follow. `start` is
    where the word stands.
    """

    who: tuple[str, ...]
    word: str
    strength: Strength
    negated: bool
    told: bool
    leads: bool
    start: int


class _Subject(NamedTuple):
    """Who stands before a duty word.

    `nobody`: it is denied of all. `absent`: nothing stands there. `idle`: the clause tells a condition, and no duty;
    `inner`: it tells what somebody is to see to, or to know.
    """

    who: tuple[str, ...] = ()
    nobody: bool = False
    absent: bool = False
    idle: bool = False
    inner: bool = False


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text."""
    yield from (part.strip() for part in _SENTENCE.split(" ".join(text.split())) if part.strip())


def found(
    sentence: str, names: Names, heading: tuple[str, ...] = (), earlier: tuple[str, ...] = ()
) -> tuple[Found, ...]:
    """The duties that a sentence lays down, in order.

    `heading` are the holders of those without a subject, `earlier` those whom the sentence before spoke of.
    """
    made: list[Found] = []
    before, end = _Subject(earlier, absent=True), 0
    for start, stop in duties.duties(sentence):
        since = max(end, start - REACH)
        joined = end > 0 and bool(_JOINT.search(sentence[since:start]))
        whole, fresh = sentence[max(0, start - REACH) : start], sentence[since:start]
        subject = before if joined else _subject(whole, fresh, before, names)
        if subject.idle:
            continue
        one = _judged(sentence, (start, stop), subject, names, heading)
        if one is not None:
            made.append(one)
        before, end = subject, stop
    return tuple(made)


def _judged(
    sentence: str, span: tuple[int, int], subject: _Subject, names: Names, heading: tuple[str, ...]
) -> Found | None:
    """What a duty word with this subject lays down; None for no duty."""
    start, stop = span
    word, rest = sentence[start:stop], sentence[stop : stop + REACH]
    if not start and _INVERTED.match(sentence):
        return None
    strength, negated = _weight(word, rest)
    weak = strength == "may" or word.casefold().startswith(("will", "won't", "may", "can"))
    if weak and (subject.inner or (not subject.who and _INNER.search(sentence[:start]))):
        return None
    chance = strength == "may" and _CHANCE.match(rest)
    who, passive = subject.who, _PASSIVE.match(rest)
    if passive:
        who = _agents(rest[passive.end() :], names)
    future = word.casefold().startswith(("will", "won't"))
    own = who or (heading if subject.absent or passive or not subject.who else ())
    if chance or (future and (passive or subject.nobody or not own or not (subject.who or subject.absent))):
        return None
    allowed = word.casefold().startswith(("may", "can"))
    if allowed and not passive and not (own and (subject.who or subject.absent)):
        return None
    if subject.nobody and not passive:
        strength, negated = "must", True
    return Found(own, word, strength, negated, bool(subject.who), _leads(sentence[stop:]), start)


def _leads(rest: str) -> bool:
    """Whether what stands behind a duty word waits for an item: nothing, or the beginning of a verb."""
    rest = rest.strip()
    if not rest.endswith((":", "\N{EM DASH}", "\N{EN DASH}")):
        return False
    bare = rest.rstrip(":\N{EM DASH}\N{EN DASH} ")
    return not bare or bare.split()[-1] in _OPEN


def _weight(word: str, rest: str) -> tuple[Strength, bool]:
    """The strength of a duty word, and whether it is negated."""
    small = " ".join(word.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    if "not required" in small:
        return "may", True
    negated = "not" in small.split() or small.endswith(("n't", "cannot", "neither"))
    negated = negated or bool(re.match(r"\s+(?:neither|never|under\s+no\s+circumstances)\b", rest, re.IGNORECASE))
    if small.startswith(("should", "ought")):
        return "should", negated
    if small.startswith(("may", "can")):
        return ("must", True) if negated else ("may", False)
    return "must", negated


def _agents(rest: str, names: Names) -> tuple[str, ...]:
    """Who is to do what must be done: "only by the Headteacher, or by staff whom …"."""
    who: list[str] = []
    for by in _BY.finditer(rest.partition(";")[0]):
        if match := names.phrase.match(rest, by.end()):
            who += names.within(match[0])
    return tuple(dict.fromkeys(who))


def _subject(whole: str, fresh: str, before: _Subject, names: Names) -> _Subject:
    """The subject of a duty word: `whole` stands before it, `fresh` after the duty word before it."""
    if relative := _RELATIVE.search(fresh):
        return _antecedent(whole, names) if relative["comma"] else _Subject(idle=True)
    if _ADVERBS.fullmatch(whole):
        return _Subject(absent=True)
    return _named(fresh, before, names)


def _antecedent(whole: str, names: Names) -> _Subject:
    """Of ", who must": the name that stands before it."""
    matches = [*names.phrase.finditer(whole)]
    return _Subject(names.within(matches[-1][0])) if matches else _Subject()


def _named(fresh: str, before: _Subject, names: Names) -> _Subject:
    """The first name that has the duty word for its verb; a pronoun stands for the last name before it."""
    last = before.who
    if any(_is_condition(fresh, opening, place, names) for opening, place in _places(fresh)):
        return _Subject(idle=True)
    for opening, place in _places(fresh):
        inner = bool(opening and _THAT.fullmatch(opening[0]))
        near = bool(opening and (opening["when"] or _LOOSE.fullmatch(opening[0])))
        if match := names.phrase.match(fresh, place):
            who = names.within(match[0])
            if _is_subject(match[0], fresh[match.end() :], near=near):
                return _Subject(who, nobody=bool(_NOBODY.match(match[0])), inner=inner)
            last = last if opening and _LOOSE.fullmatch(opening[0]) else who
        elif (match := _THEY.match(fresh, place)) and _ADVERBS.fullmatch(fresh[match.end() :]):
            who = last if not _IT.match(match[0]) or set(last) <= set(_BODIES) else ()
            return _Subject(who, inner=inner)
    return _Subject()


def _is_condition(fresh: str, opening: re.Match[str] | None, place: int, names: Names) -> bool:
    """Whether a duty word has for its subject what comes right after if, where and the like, or in "rules that we"."""
    if opening is None:
        return False
    if not opening["when"] and not (_THAT.fullmatch(opening[0]) and not _SEEING.search(fresh[: opening.start()])):
        return False
    match = names.phrase.match(fresh, place) or _THEY.match(fresh, place)
    return bool(match and _ADVERBS.fullmatch(fresh[match.end() :].rstrip(",") or " "))


def _is_subject(name: str, rest: str, *, near: bool) -> bool:
    """Whether what stands between a name and a duty word belongs to the name; `near`: nothing may stand there."""
    if _ADVERBS.fullmatch(rest):
        return True
    return not near and not _broken(rest) and (name.casefold() == "whoever" or bool(_RELATED.match(rest)))


def _places(fresh: str) -> Iterator[tuple[re.Match[str] | None, int]]:
    """Where a subject may begin, and what stands before it there."""
    if not _STARTS.match(fresh):
        yield None, len(fresh) - len(fresh.lstrip(" ,;"))
    for match in _STARTS.finditer(fresh):
        yield match, match.end()


def _broken(rest: str) -> bool:
    """Whether another clause with a subject of its own begins in what was taken to belong to a name."""
    return bool(
        re.search(r",\s+(?:and|but|so)\s+(?:the|a|an|their|his|her|its|they|it|thought|he|she)\b", rest, re.IGNORECASE)
    )
