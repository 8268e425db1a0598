"""Letters -> words: which letters stand together, and which way the page is turned."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

from policytool.parse.pdf.letters import Letter
from policytool.parse.pdf.sheet import Word

_TOUCH = 0.04
_ROOM = 0.13


def words_of(letters: list[Letter]) -> tuple[list[Word], int]:
    """The words, turned as most letters of the page are; and by how many quarters that is."""
    turns = Counter(letter.turn for letter in letters if not letter.sign.isspace())
    most = max((turns.most_common(1) or [(0, 0)])[0][0], 0)
    words: list[Word] = []
    held: list[Letter] = []
    glued = blank = False
    for letter in letters:
        if letter.sign.isspace():
            blank = True
            continue
        placed = _turned(letter, most if letter.turn < 0 else letter.turn)
        apart = bool(held) and ((blank and not _is_raised(held[-1], placed)) or _is_apart(held, placed))
        if held and (apart or not _follows(held[-1], placed)):
            words.append(_word(held, most, glued=glued))
            glued, held = not apart and _touches(held[-1], placed), []
        held.append(placed)
        blank = False
    if held:
        words.append(_word(held, most, glued=glued))
    return words, most


def _turned(letter: Letter, quarters: int) -> Letter:
    """A letter as if the page were turned back."""
    if not quarters:
        return letter
    x, y, left, right, bottom, top = letter.x, letter.y, letter.left, letter.right, letter.bottom, letter.top
    for _ in range(quarters):
        x, y, left, right, bottom, top = y, -x, bottom, top, -right, -left
    return letter._replace(x=x, y=y, left=left, right=right, bottom=bottom, top=top)


def _follows(last: Letter, new: Letter) -> bool:
    """Whether a letter goes on with the word: the same look, the same base line, right after it."""
    same = last.look == new.look and last.turn == new.turn and last.address == new.address
    level = new.turn < 0 or abs(new.y - last.y) < 0.2 * new.look.size
    return same and level and _near(last, new)


def _touches(last: Letter, new: Letter) -> bool:
    return last.turn == new.turn and abs(new.y - last.y) < 0.6 * max(last.look.size, new.look.size) and _near(last, new)


def _is_apart(held: list[Letter], new: Letter) -> bool:
    """Whether a blank was meant that PDFium did not see: more room than between the letters of the word so far."""
    room = new.left - held[-1].right
    if new.turn < 0 or room <= _ROOM * new.look.size:
        return False
    inside = max((two.left - one.right for one, two in pairwise(held)), default=0.1 * new.look.size)
    return room > 3 * max(inside, 0.0)


def _is_raised(last: Letter, new: Letter) -> bool:
    """Whether a letter stands above or below the very end of the last one: PDFium sees a blank there where none is."""
    beside = last.turn == new.turn >= 0 and abs(new.left - last.right) < _TOUCH * last.look.size
    return beside and 0.1 * last.look.size < abs(new.y - last.y) < 0.6 * last.look.size


def _near(last: Letter, new: Letter) -> bool:
    """Whether a letter stands beside the last one, or in its very place, as the letters of a ligature do."""
    size = max(new.look.size, last.look.size)
    return new.turn < 0 or abs(new.left - last.left) < 0.05 * size or -0.5 * size < new.left - last.right < 0.4 * size


def _word(letters: list[Letter], turn: int, *, glued: bool) -> Word:
    first = letters[0]
    look = first.look._replace(turned=first.turn != turn)
    text = "".join(letter.sign for letter in letters)
    right = max(letter.right for letter in letters)
    return Word(text, first.left, right, first.y, look, glued, first.address)
