"""What stands on a page: words with their places and looks, and ruled lines. Lengths in points, y upwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Look(NamedTuple):
    """How letters look. `turned` tells that they do not run as most of their page does."""

    size: float
    bold: bool = False
    italic: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class Word:
    """Letters without a blank between them, of one look.

    `glued` tells that none stands before them
    either; `note` names the footnote that they cite.
    """

    text: str
    left: float
    right: float
    base: float
    look: Look
    glued: bool = False
    address: str = ""
    note: str = ""


class Rule(NamedTuple):
    """A line drawn from one corner to the other; it is level, or upright."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def level(self) -> bool:
        """Whether it runs from left to right."""
        return self.right - self.left > self.top - self.bottom


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page, numbered from 1. `pictured` tells that a picture covers most of it; `comments` stick to it.

    `filled` is what was filled in and is not among its words.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    rules: tuple[Rule, ...] = ()
    pictured: bool = False
    comments: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """Words side by side on one base line, numbered on the page as they are read; columns are numbered too."""

    words: tuple[Word, ...]
    page: int
    number: int = 0
    column: int = 0

    @property
    def left(self) -> float:
        """Where it begins."""
        return self.words[0].left

    @property
    def right(self) -> float:
        """Where it ends."""
        return self.words[-1].right

    @property
    def base(self) -> float:
        """The base line of its largest words."""
        return max(self.words, key=lambda word: word.look.size).base

    @property
    def size(self) -> float:
        """The size that most of its letters have."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.look.size] = sizes.get(word.look.size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @property
    def bold(self) -> bool:
        """Whether all its words are bold, bullets apart."""
        letters = [word for word in self.words if any(map(str.isalnum, word.text))]
        return bool(letters) and all(word.look.bold for word in letters)

    @property
    def text(self) -> str:
        """The words as they are read."""
        return (
            "".join(word.text if word.glued else f" {word.text}" for word in self.words).replace("\u00ad", "").strip()
        )
