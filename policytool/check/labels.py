"""Words of a block -> a label that a reader can make sense of."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import count
from unicodedata import normalize

from policytool.model.inline import Inlines, plain

MOST_WORDS, MOST = 3, 40
_WORD = re.compile(r"[a-z][a-z0-9]*")
_APOSTROPHE = re.compile(r"['’]s?\b")
_PASSED_OVER = frozenset(
    re.findall(
        "[a-z]+",
        "a about above after all also an and any are as at be been before below but by can cannot could do does each "
        "every for from has have he her his if in into is it its made make may might must no nor not of on only or "
        "other our over see shall she should so some such than that the their them there these they this those to "
        "under unless up was we were what when where which while who whom whose will with within without would you",
    )
)


def new_label(words: Inlines, taken: Collection[str]) -> str:
    """A label from the first words that mean something, three at most, that no other block has."""
    said = normalize("NFKD", _APOSTROPHE.sub("", plain(words))).encode("ascii", "ignore").decode().lower()
    telling = [word for word in _WORD.findall(said) if word not in _PASSED_OVER and len(word) > 1]
    label = ""
    for word in telling[:MOST_WORDS]:
        longer = f"{label}-{word}" if label else word
        label = longer if len(longer) <= MOST else label
    return _free(label or "passage", taken)


def _free(label: str, taken: Collection[str]) -> str:
    numbered = (f"{label}-{turn}" for turn in count(2))
    return label if label not in taken else next(name for name in numbered if name not in taken)
