"""The content of a block, where it holds nothing but words, bold or italic words, links and footnote marks.

That is nearly every block of a policy, and one pattern reads it much faster than the whole of Markdown can be read.
The pattern takes only what can have no second meaning; at the least doubt all of the content is left to markdown-it.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from policytool.model.inline import Emphasis, FootnoteMark, Inline, Inlines, Link, Reference, Strong, Text
from policytool.parse.markdown.cited import footnote_mark, link
from policytool.parse.markdown.ground import Ground

_WORDS = r"[^\\`*_\[\]<>&!\t\n\r\f]"
_ONLY_WORDS = re.compile(rf"{_WORDS}*")
# Emphasis begins after a blank with a letter or figure, and ends after one, before a blank or a sign that ends words;
# or it ends after such a sign, before a blank.
_PIECE = re.compile(
    rf"(?P<words>{_WORDS}++)"
    rf"|(?:\A|(?<=[ (]))(?P<marks>\*\*?)(?=[^\W_])(?P<stressed>{_WORDS}++)"
    r"(?:(?<=[^\W_])(?P=marks)(?=[ .,;:)]|\Z)|(?<=[.,;:)])(?P=marks)(?= |\Z))"
    rf"|\[(?P<label>{_WORDS}*+)\]\((?P<address>[\w./#:?=%~+-]+)\)"
    r"|\[\^(?P<note>[\w-]{1,200})\](?!\()"
)


def simple_words(ground: Ground, content: str) -> Inlines | None:
    """The words of a block's content; None where it takes the whole of Markdown to read them."""
    if "  " in content or ground.source.in_footnote:
        return None
    if _ONLY_WORDS.fullmatch(content):
        return (Text(content, ((0, ground.at(0)),)),) if content else ()
    pieces = list(_PIECE.finditer(content))
    if sum([len(piece[0]) for piece in pieces]) != len(content):
        return None
    return tuple([_READ[piece.lastgroup or ""](piece, ground) for piece in pieces])


def _plain(piece: re.Match[str], ground: Ground) -> Text:
    return Text(piece[0], ((0, ground.at(piece.start())),))


def _stressed(piece: re.Match[str], ground: Ground) -> Strong | Emphasis:
    kind = Strong if piece["marks"] == "**" else Emphasis
    return kind(_inside(piece, "stressed", ground), ground.at(piece.start()))


def _link(piece: re.Match[str], ground: Ground) -> Link | Reference:
    children, position = _inside(piece, "label", ground), ground.at(piece.start("address"))
    return link(ground.source, piece["address"], "", children, position)


def _note(piece: re.Match[str], ground: Ground) -> FootnoteMark:
    return footnote_mark(ground.source, piece["note"], ground.at(piece.start()))


def _inside(piece: re.Match[str], group: str, ground: Ground) -> Inlines:
    text = piece[group]
    return (Text(text, ((0, ground.at(piece.start(group))),)),) if text else ()


_READ: dict[str, Callable[[re.Match[str], Ground], Inline]] = {
    "words": _plain,
    "stressed": _stressed,
    "address": _link,
    "note": _note,
}
"""How each kind of piece is read, by the last group of its pattern."""
