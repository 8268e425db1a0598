"""Inlines -> Markdown that reads back as the same inlines."""

from __future__ import annotations

import re

from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Numeral,
    Reference,
    Strong,
    Text,
)

_SIGNS = re.compile(r"[\\`*_\[\]<>&{}]")
# White space that Markdown would trim or fold; a plain blank inside a line is safe.
_SPACES = re.compile(r"[^\S ]| (?= )")
# What would begin a clause or item, or be taken for a number typed by hand.
_NUMBER_START = re.compile(
    r"(?P<number>\(?(?:\d+(?:\.\d+)*|(?P<letter>[a-z])(?P=letter)*|[ivxlc]{1,6}))(?P<sign>[.)])(?=\s|$)"
)
_TIGHT_START = re.compile(r"(?P<number>[0-9]+(?=[.)])|[a-z](?=\))|[ivxlc]{1,6}(?=\)))(?P<sign>.)(?=[^\W\d_])")
_TYPED_START = re.compile(r"(\d+(?:\.\d+)*)(\.)(\d+)(?=\s|$)")
_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


def words(inlines: Inlines) -> str:
    """The inlines as one line (two and more where it is broken on purpose), blanks at its ends kept."""
    return _edge(_joined(inlines, ""))


def block_start(text: str) -> str:
    """Lines as they may stand in a paragraph: what would begin a list, heading or other block is escaped."""
    return "\n".join(_line_start(line) for line in text.split("\n"))


def _line_start(line: str) -> str:
    if line[:1] and line[0] in "#+-=~|":
        return "\\" + line
    if number := _NUMBER_START.match(line) or _TIGHT_START.match(line):
        return f"{number['number']}\\{number['sign']}{line[number.end() :]}"
    if typed := _TYPED_START.match(line):
        return f"{typed[1]}\\.{typed[3]}{line[typed.end() :]}"
    return line


def _edge(text: str) -> str:
    """Blanks at the ends as entities, so that they are not trimmed."""
    if text[:1] == " ":
        text = "&#32;" + text[1:]
    return text[:-1] + "&#32;" if text[-1:] == " " else text


def _joined(inlines: Inlines, around: str) -> str:
    """The inlines in a row. `around` is the sign of the emphasis they stand in, if any."""
    text, closed = "", ""
    for inline in inlines:
        if isinstance(inline, Emphasis | Strong):
            sign = "_" if "*" in (around, closed) else "*"
            marks = sign * (2 if isinstance(inline, Strong) else 1)
            inner = _edge(_joined(inline.children, sign))
            text = _spell_last(text, inner[:1], sign) + marks + inner + marks
            closed = sign
        else:
            piece = _plain(inline)
            if text.endswith("!") and piece.startswith("["):
                text = text[:-1] + "\\!"
            text += _spell_first(piece, _before_mark(text), closed) if closed else piece
            closed = ""
    return text


def _before_mark(text: str) -> str:
    """The character that the mark at the end of the text closes on."""
    sign = text[-1]
    return text[: -2 if text[-2:] == sign * 2 else -1][-1:]


def _spell_last(text: str, inner: str, sign: str) -> str:
    """A mark opens after a letter only before a letter, and an underscore never: else that letter is spelt out."""
    if _is_letter(text[-1:]) and (sign == "_" or _is_sign(inner)):
        return f"{text[:-1]}&#{ord(text[-1])};"
    return text


def _spell_first(piece: str, inner: str, sign: str) -> str:
    """The same for the letter that follows a closing mark."""
    if _is_letter(piece[:1]) and (sign == "_" or _is_sign(inner)):
        return f"&#{ord(piece[0])};{piece[1:]}"
    return piece


def _is_letter(character: str) -> bool:
    return bool(character) and not character.isspace() and not _is_sign(character)


def _is_sign(character: str) -> bool:
    import unicodedata  # rarely needed

    return bool(character) and (bool(_PUNCTUATION.match(character)) or unicodedata.category(character)[0] in "PS")


def _plain(inline: Inline) -> str:
    if isinstance(inline, Text | Numeral):
        return _SPACES.sub(lambda found: f"&#{ord(found[0])};", _SIGNS.sub(r"\\\g<0>", inline.text))
    if isinstance(inline, Code):
        return _code(inline.text)
    if isinstance(inline, LineBreak):
        return "\\\n"
    if isinstance(inline, FootnoteMark):
        return f"[^{inline.name}]"
    return _link(inline)


def _code(text: str) -> str:
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.strip() and (text[0] in "` " or text[-1] in "` ") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _link(inline: Inline) -> str:
    if isinstance(inline, Reference):
        address = (f"{inline.policy}.md" if inline.policy else "") + (f"#{inline.label}" if inline.label else "")
        return f"[{_joined(inline.children, '')}]({_address(address)})".replace("\\{number\\}", "{number}")
    if isinstance(inline, Link):
        title = inline.title.replace("\\", "\\\\").replace('"', '\\"').replace("&", "\\&")
        tail = f' "{title}"' if title else ""
        return f"[{_joined(inline.children, '')}]({_address(inline.address)}{tail})"
    return ""


def _address(address: str) -> str:
    if re.fullmatch(r"[A-Za-z0-9:/?#@!$'*+,;=._~%-]*", address) and address:
        return address.replace("*", "\\*")
    escaped = re.sub(r"[\\<>&]", r"\\\g<0>", address)
    return f"<{escaped}>"
