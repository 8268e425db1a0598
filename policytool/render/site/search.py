"""The search over all clauses: its page, and the data that its script asks for as it is used.

Two levels. An index leads from a word to the policies that have it, in shards by the first letters, so that one word
asks for one small file. The texts of the few policies that rank best are then searched for the passages. Data are
classic scripts, each a call with JSON, because a page opened from the disk may fetch nothing else.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain

from policytool.model.artifact import Artifact
from policytool.model.site import SEARCH, Frame, Passage, policy_path
from policytool.render.site.frame import framed
from policytool.render.site.passages import is_heading
from policytool.render.site.words import words

FOLDER = "search"
CALL = "policySearch"
POLICIES = "policies"
MOST_PASSAGES, MOST_HEADINGS, FOR_HEADING, FOR_TITLE = 8, 2, 4, 10
"""A word weighs as many passages as have it, more for each heading and for the title: 26 at most, a letter."""
_ORDINAL = 5
"""Bits that a weight takes below the place of a policy."""
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LETTERS = "?ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_PLAIN = frozenset(_DIGITS)


def weights(title: str, passages: Sequence[Passage]) -> Mapping[str, int]:
    """What one policy adds to the index: each of its words, and how much the policy is about it, from 1 to 26.

    The numbers of clauses are among the words, with a full stop at the end, as no word has: "4.2.1.".
    """
    counts: Counter[str] = Counter(chain.from_iterable([set(words(passage.words)) for passage in passages]))
    headings = Counter(chain.from_iterable([set(words(one.words)) for one in passages if is_heading(one)]))
    found = {word: min(count, MOST_PASSAGES) for word, count in counts.items()}
    for word, count in headings.items():
        found[word] += FOR_HEADING * min(count, MOST_HEADINGS)
    for word in set(words(title)):
        found[word] = found.get(word, 0) + FOR_TITLE
    return found | dict.fromkeys(filter(None, {_number(passage) for passage in passages}), 1)


def _number(passage: Passage) -> str:
    path = passage.number.partition("(")[0].removeprefix("Appendix ")
    return f"{path.lower()}." if path else ""


def texts(policy: str, title: str, passages: Sequence[Passage]) -> Artifact:
    """The passages of a policy as the script wants them; each heading stands once."""
    headings = {heading: place for place, heading in enumerate(dict.fromkeys(one.heading for one in passages))}
    value = {
        "title": title,
        "path": policy_path(policy),
        "headings": list(headings),
        "passages": [[one.anchor, one.number, headings[one.heading], one.words] for one in passages],
    }
    return _data(f"texts/{policy}", value)


def shards(policies: Mapping[str, tuple[str, Mapping[str, int]]]) -> Iterator[Artifact]:
    """The list of all policies, from the id of each to its title and its weights, and the index in shards.

    A shard has a line a word: the word, a blank, and for each policy that has it how many places it stands after the
    one before, in base 36, "" for 1, then its weight as a letter.
    """
    ids = sorted(policies)
    index = _index(tuple(policies[one][1] for one in ids))
    steps = ["", "", *(_base36(step) for step in range(2, len(ids) + 1))]
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for word in sorted(index):
        lines[shard(word)].append(f"{word} {_coded(index[word], steps)}")
    yield _data(POLICIES, {"policies": [[one, policies[one][0]] for one in ids], "shards": " ".join(sorted(lines))})
    for name in sorted(lines):
        yield _data(name, "\n".join(lines[name]))


def _index(policies: tuple[Mapping[str, int], ...]) -> Mapping[str, list[int]]:
    """From each word to the places of the policies that have it, each with its weight in the last bits."""
    index: defaultdict[str, list[int]] = defaultdict(list)
    for place, weights in enumerate(policies):
        first = place << _ORDINAL
        for word, weight in weights.items():
            index[word].append(first | weight)
    return index


def _coded(postings: list[int], steps: list[str]) -> str:
    parts, before = [], -1
    for posting in postings:
        place = posting >> _ORDINAL
        parts.append(steps[place - before])
        parts.append(_LETTERS[posting & 31])
        before = place
    return "".join(parts)


def _base36(count: int) -> str:
    found = ""
    while count:
        count, digit = divmod(count, len(_DIGITS))
        found = _DIGITS[digit] + found
    return found


def shard(word: str) -> str:
    """The name of the shard that has a word: its first two letters; for other scripts the block of the first letter.

    Numbers of clauses stand by themselves: "no4" for all that begin with a 4.
    """
    if word.endswith("."):
        return f"no{word[0]}"
    start = word[:2]
    return start if _PLAIN.issuperset(start) else f"u{ord(word[0]) >> 8:x}"


def _data(name: str, value: object) -> Artifact:
    told = json.dumps(value, separators=(",", ":"))
    return Artifact(f"{FOLDER}/{name}.js", f"{CALL}({json.dumps(name)},{told});\n".encode())


def search_page(frame: Frame) -> bytes:
    """The page of the search, the same whatever there is to be found."""
    return framed("search.html.jinja", frame, SEARCH, "Search", scripts=("words", "search"))
