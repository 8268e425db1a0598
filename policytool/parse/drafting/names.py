"""Names of policies, in lists and in prose -> the policies that are known, and the names that are not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from unicodedata import normalize

_NOUN = (
    r"(?:Polic(?:y|ies)|Procedures?|Guidance|Guidelines|Statement|Code(?:\s+of\s+Conduct)?|Plan|Scheme|Protocol"
    r"|Agreement)"
)
_DOCUMENT = re.compile(rf"\b{_NOUN}\b", re.IGNORECASE)
_APART = re.compile(r"[;,\n•|]|\s+/\s+")
_MANY = re.compile(r"\b(?P<noun>policies|procedures)\W*\Z", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b|\bor\b)\s*", re.IGNORECASE)
_ARTICLE = re.compile(r"\A(?:the|our)\s+", re.IGNORECASE)
_SMALL = frozenset({"the", "our", "this", "a", "an", "any", "each", "its", "your", "school", "schools", "academy"})
_NOUNS = frozenset({"policy", "policies"})
_WORD = r"(?!Polic)[A-Z][\w’'/&-]*"
_PROSE = re.compile(
    rf"(?P<names>{_WORD}(?:(?:,\s+(?:and\s+|or\s+)?|\s+(?:(?:and|or)\s+(?:the\s+)?|(?:of|for|in|on|&)\s+)|\s+){_WORD}){{0,9}})"
    r"\s+(?P<noun>Polic(?:y|ies)|Code\s+of\s+Conduct)\b"
)


@dataclass(frozen=True, slots=True)
class Named:
    """A name in a text, whole or one of several, where it stands in it, and the policy that it is; "" for none.

    `like` is a policy whose title is only like it.
    """

    name: str
    start: int
    end: int
    policy: str = ""
    like: str = ""


@dataclass(frozen=True, slots=True)
class Titles:
    """Known policies by their bare titles: without "the", "policy" and the name of the school."""

    bare: Mapping[str, str]
    school: tuple[str, ...] = ()

    @classmethod
    def of(cls, titles: Mapping[str, str], school: Iterable[str] = ()) -> Titles:
        """Those of titles with their ids, of a school that calls itself so."""
        names = tuple(said for said in map(plainly, school) if said)
        made = cls({}, names)
        return cls({bare: name for title, name in titles.items() if (bare := made.key(title))}, names)

    def key(self, name: str) -> str:
        """A name without what may be left out of it."""
        said = f" {plainly(name)} "
        for school in sorted(self.school, key=len, reverse=True):
            said = said.replace(f" {school} ", " ")
        words = said.split()
        while words and words[0] in _SMALL:
            words = words[1:]
        while len(words) > 1 and words[-1] in _NOUNS:
            words = words[:-1]
        return " ".join(words)

    def named(self, name: str, start: int, end: int) -> Named:
        """A name looked up."""
        key = self.key(name)
        if policy := self.bare.get(key, ""):
            return Named(name, start, end, policy)
        alike = [
            known for bare, known in self.bare.items() if f" {key}".endswith(f" {bare}") or bare.endswith(f" {key}")
        ]
        return Named(name, start, end, like=alike[0] if len(alike) == 1 else "")

    def listed(self, text: str) -> list[Named]:
        """The names in a list of policies."""
        made: list[Named] = []
        for name in _names(text):
            made += self._split(name, 0) or [self.named(name, 0, len(name))]
        return [one for one in made if self.key(one.name) and not _DOCUMENT.fullmatch(self.key(one.name))]

    def in_prose(self, text: str) -> list[Named]:
        """The names in a sentence: "the Grievance and Whistleblowing Policies" has two."""
        made: list[Named] = []
        for match in _PROSE.finditer(text):
            whole, start = match[0], match.start()
            if split := self._split(whole, start):
                made += split
            elif self.key(whole) and self.key(whole) != plainly(match["noun"]):
                made.append(self._tail(whole, start))
        return made

    def _tail(self, whole: str, start: int) -> Named:
        """A name, or what is known of its end: "Under the Grievance Policy" begins with no name."""
        for begins in (0, *(match.end() for match in re.finditer(r"(?:\band|\bor|\bthe|,|&)\s+|\s(?=[A-Z])", whole))):
            one = self.named(whole[begins:], start + begins, start + len(whole))
            if one.policy:
                return one
        return self.named(whole, start, start + len(whole))

    def _split(self, name: str, start: int) -> list[Named]:
        """Several names that share the word at their end: where one of them is known, or both are one word.

        Parts beside one another that are not known are one name: "Health and Safety and Bullying Policies" are two.
        """
        match = _MANY.search(name)
        if not match or _DOCUMENT.search(name, 0, match.start()) or self.bare.get(self.key(name)):
            return []
        made: list[Named] = []
        for begins, ends in _parts(name, match.start()):
            one = self._of_many(name, begins, ends, match, start)
            if made and not (made[-1].policy or one.policy):
                one = self._of_many(name, made.pop().start - start, ends, match, start)
            made.append(one)
        if any(one.policy for one in made):
            return made
        parts = [*_parts(name, match.start())]
        is_pair = len(parts) == 2 and all(" " not in name[begins:ends].strip() for begins, ends in parts)  # noqa: PLR2004  # a pair
        return [self._of_many(name, *part, match, start) for part in parts] if is_pair else []

    def _of_many(self, name: str, begins: int, ends: int, match: re.Match[str], start: int) -> Named:
        """One of several names, with the word that they share in the singular; the last one has it in the text."""
        noun = "Policy" if match["noun"].lower() == "policies" else "Procedure"
        bare = _ARTICLE.sub("", name[begins:ends].strip())
        last = ends == match.start()
        return self.named(f"{bare} {noun}", start + begins, start + (match.end("noun") if last else ends))


def _parts(name: str, end: int) -> Iterator[tuple[int, int]]:
    """Where the parts of "A, B and C" stand."""
    at = 0
    for cut in _BETWEEN.finditer(name, 0, end):
        if name[at : cut.start()].strip():
            yield at, cut.start()
        at = cut.end()
    if name[at:end].strip():
        yield at, end


def _names(text: str) -> list[str]:
    """A list cut into names: at its signs, and after each word for a document."""
    names: list[str] = []
    parts = (
        [text] if _MANY.search(text) and len(_DOCUMENT.findall(text)) == 1 and ";" not in text else _APART.split(text)
    )
    for part in parts:
        at = 0
        for match in _DOCUMENT.finditer(part):
            name = part[at : match.end()].strip(" .&")
            if names and re.fullmatch(r"(?i:(?:and|&|or)\s+)?\w+", name) and at:
                names[-1] = f"{names[-1]} {name}"  # "Policy and Procedures"
            else:
                names.append(re.sub(r"\A(?i:and|or|&)\s+", "", name))
            at = match.end()
        rest = part[at:].strip(" .&")
        names += [rest] if rest else []
    return [name for name in names if name]


def plainly(words: str) -> str:
    """Words as they are compared: small letters and figures, without accents and signs."""
    said = normalize("NFKD", words.replace("'", "").replace("’", "")).lower()
    return " ".join(re.findall(r"[a-z0-9]+", said))


def is_document(name: str) -> bool:
    """Whether a name says that it is one of a document: "Lost Property Policy"."""
    return bool(_DOCUMENT.search(name))
