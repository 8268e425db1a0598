"""Bytes -> text: UTF-8, at most 5 MB, one kind of line end."""

from __future__ import annotations

import re

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import Position
from policytool.parse.findings import CONTROL, NOT_UTF8, NUL, TOO_LARGE

LARGEST = 5_000_000
_CONTROL = re.compile(r"[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff]")


def text(content: bytes, path: str) -> tuple[str | None, list[Diagnostic]]:
    """A file's text with LF line ends and without a byte order mark; None where it is no text."""
    if len(content) > LARGEST:
        return None, [TOO_LARGE.at(path, None, "this file is larger than 5 MB")]
    try:
        decoded = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        wrong = f"the byte {content[error.start]:#04x} is not UTF-8"
        return None, [NOT_UTF8.at(path, _position(content[: error.start].decode("utf-8-sig")), wrong)]
    if "\0" in decoded:
        before = decoded[: decoded.index("\0")]
        return None, [NUL.at(path, _position(before), "this file holds a NUL byte")]
    return _clean(decoded.replace("\r\n", "\n").replace("\r", "\n"), path)


def _clean(decoded: str, path: str) -> tuple[str, list[Diagnostic]]:
    found = [
        CONTROL.at(path, _position(decoded[: match.start()]), f"a control character, U+{ord(match[0]):04X}")
        for match in _CONTROL.finditer(decoded)
    ]
    return (_CONTROL.sub("", decoded) if found else decoded), found


def _position(before: str) -> Position:
    unix = before.replace("\r\n", "\n").replace("\r", "\n")
    return Position(unix.count("\n") + 1, len(unix) - unix.rfind("\n"))
