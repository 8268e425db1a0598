"""Bytes -> text: UTF-8, at most 5 MB, one kind of line end."""

from __future__ import annotations

import re
from codecs import BOM_UTF8

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position
from policytool.parse.findings import CONTROL, NOT_UTF8, NUL, TOO_LARGE

LARGEST = 5_000_000
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")
"""What no document may hold: XML refuses most of these, and a reader sees none."""


def text(content: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """A file's text with LF line ends and without a byte order mark; None where it is no text."""
    if len(content) > LARGEST:
        return None, [TOO_LARGE.at(path, None, "this file is larger than 5 MB")]
    body = content.removeprefix(BOM_UTF8)
    try:
        decoded = body.decode()
    except UnicodeDecodeError as error:
        wrong = f"the byte {body[error.start]:#04x} is not UTF-8"
        return None, [NOT_UTF8.at(path, _position(body[: error.start].decode()), wrong)]
    if "\0" in decoded:
        before = decoded[: decoded.index("\0")]
        return None, [NUL.at(path, _position(before), "this file holds a NUL byte")]
    return _clean(decoded.replace("\r\n", "\n").replace("\r", "\n"), path)


def _clean(decoded: str, path: str) -> tuple[str, list[Diagnostic]]:
    """The text without control characters, the first on each line reported."""
    if not UNPRINTABLE.search(decoded):
        return decoded, []
    found = [
        CONTROL.at(path, Position(number, match.start() + 1), f"a control character, U+{ord(match[0]):04X}")
        for number, line in enumerate(decoded.split("\n"), 1)
        if (match := UNPRINTABLE.search(line))
    ]
    return UNPRINTABLE.sub("", decoded), found


def _position(before: str) -> Position:
    unix = before.replace("\r\n", "\n").replace("\r", "\n")
    return Position(unix.count("\n") + 1, len(unix) - unix.rfind("\n"))
