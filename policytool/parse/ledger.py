"""`reviews/reminders.jsonl` -> what was told to whom: a reminder a line, written before and after each mail."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import lru_cache
from typing import TypeGuard, get_args

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.inline import Position
from policytool.model.reminder import Entry, Step
from policytool.model.time import Moment
from policytool.parse.findings import BAD_LEDGER_LINE, TORN_LEDGER_LINE

_STEPS: tuple[Step, ...] = get_args(Step)
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z", re.ASCII)
# It goes into headers of later mails.
_MESSAGE_ID = re.compile(r"<[!-;=?-~]+@[!-;=?-~]+>\Z")
_FIELDS = {"day", "step", "role", "holder", "policy", "cycle", "due", "lead", "message-id", "digest"}


def ledger(content: bytes, path: str) -> tuple[tuple[Entry, ...], list[Diagnostic]]:
    """The entries in order. A line that breaks off is passed over with a warning, any other mistake is an error."""
    entries: list[Entry] = []
    found: list[Diagnostic] = []
    for number, line in enumerate(content.decode(errors="replace").split("\n"), 1):
        if not line.strip():
            continue
        try:
            entries.append(_entry(line))
        except (ValueError, RecursionError):
            finding, message = _mistake(line)
            found.append(finding.at(path, Position(number, 1), message, length=len(line)))
    return tuple(entries), found


def _mistake(line: str) -> tuple[Finding, str]:
    # No line of ours holds a brace but its first and last character.
    if line.startswith("{") and "}" not in line:
        return TORN_LEDGER_LINE, "this line breaks off, and is passed over"
    return BAD_LEDGER_LINE, "this is no reminder as `policytool remind` writes it"


def _entry(line: str) -> Entry:
    """A line's entry; raises ValueError where it is none."""
    read = json.loads(line)
    if not isinstance(read, dict) or read.keys() != _FIELDS:
        raise ValueError
    words = tuple(_words(read[name]) for name in ("role", "policy", "cycle"))
    day, due, message = _moment(read["day"]), read["due"], _words(read["message-id"])
    if read["step"] not in _STEPS or not _MESSAGE_ID.match(message) or not isinstance(read["digest"], bool):
        raise ValueError
    if not _is_count(read["holder"]) or not _is_count(read["lead"]) or day.is_month:
        raise ValueError
    return Entry(
        day.first,
        read["step"],
        words[0],
        read["holder"],
        words[1],
        words[2],
        None if due is None else _moment(due),
        read["lead"],
        message,
        read["digest"],
    )


def _words(value: object) -> str:
    if not isinstance(value, str) or not value or not value.isprintable():
        raise ValueError
    return value


def _is_count(value: object) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)


def _moment(value: object) -> Moment:
    return _read_moment(_words(value))


@lru_cache(maxsize=4096)
def _read_moment(written: str) -> Moment:
    match = _DATE.match(written)
    if match is None:
        raise ValueError
    moment = Moment(int(match[1]), int(match[2]), int(match[3] or 0))
    if match[3] == "00" or date(moment.year, moment.month, moment.day or 1) != moment.first:
        raise ValueError
    return moment
