"""What a clerk sends back, a CSV or the whole zip -> its rows, and what the pack says of itself.

The form is read leniently, because a spreadsheet rewrites it: byte order marks, semicolons or tabs, blank lines, other
columns, another order. What stands in the cells is taken as it is; dates as people and spreadsheets write them.
"""

from __future__ import annotations

import csv as standard
import json
import re
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile
from zlib import error as ZlibError  # noqa: N812  # an exception, whatever zlib calls it

from policytool.model.names import nearest
from policytool.model.outcome import COLUMNS, Packed, Row
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.parse.text import LARGEST

OUTCOMES, PACK = "outcomes.csv", "pack.json"
_ZIP = b"PK\x03\x04"
_MOST_ROWS = 10_000
_NEEDED = ("policy", "cycle", "fingerprint", "outcome")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WRITTEN = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})[ -](\d{4})\Z", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})\Z", re.ASCII)
_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?(?:[T ]00:00(?::00)?)?\Z", re.ASCII)


def is_zip(content: bytes) -> bool:
    """Whether bytes are a zip."""
    return content.startswith(_ZIP)


def opened(content: bytes) -> tuple[bytes, Packed | None]:
    """The CSV in a pack and what the pack says of itself. Raises `UnableError` for a zip that is none of ours."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            return _member(archive, OUTCOMES), packed(_member(archive, PACK))
    except (BadZipFile, ZlibError, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise UnableError("this zip cannot be read", "ask for it again") from error


def _member(archive: ZipFile, name: str) -> bytes:
    """A file in the zip, wherever a program that packed it anew has put it."""
    found = [one for one in archive.infolist() if one.filename == name or one.filename.endswith(f"/{name}")]
    if len(found) != 1:
        raise UnableError(f"there is no {name} in this zip", "it must be a pack of `policytool pack`")
    if found[0].file_size > LARGEST:  # no more than that is ever unpacked
        raise UnableError(f"{name} in this zip is larger than 5 MB", "it must be a pack of `policytool pack`")
    return archive.read(found[0])


def packed(content: bytes) -> Packed:
    """What a pack says of itself. Raises `UnableError` where it says nothing that is known here."""
    try:
        said: Mapping[str, Any] = json.loads(content.decode())
        rows = tuple(_sent(one) for one in said["rows"])
        known = said["policytool-pack"] == 1
        made = Packed(str(said["body"]), str(said["meeting"]), rows)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise UnableError(f"{PACK} says nothing that is known here", "take the pack as it was made") from error
    if not known:
        raise UnableError("this pack was made by a newer policytool", "use that")
    return made


def _sent(said: Mapping[str, Any]) -> Row:
    policy, cycle, version, fingerprint = (str(said[name]) for name in COLUMNS[:4])
    return Row(policy, cycle, version, fingerprint)


def rows(content: bytes) -> tuple[Row, ...]:
    """The rows of a CSV, blank ones left out. Raises `UnableError` for what is no such table."""
    text = _text(content)
    table = _table(text)
    while table and not any(map(str.strip, table[0][1])):
        del table[0]
    if not table:
        raise UnableError("there is nothing in this file", f"its first line names the columns: {', '.join(COLUMNS)}")
    header, *lines = table
    columns = _columns(header[1])
    return tuple(_row(line, cells, columns) for line, cells in lines if any(cell.strip() for cell in cells))


def _text(content: bytes) -> str:
    if len(content) > LARGEST:
        raise UnableError("this file is larger than 5 MB", "it is no list of outcomes")
    wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        text = content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")  # as Excel saves what is not “CSV UTF-8”
    if "\0" in text:
        raise UnableError("this file is no text", "save the table as CSV")
    return text


def _table(text: str) -> list[tuple[int, list[str]]]:
    """The cells of each line, with the number of the line; a line `sep=;` of Excel's is passed over."""
    lines = text.splitlines(keepends=True)
    skipped = 1 if lines and re.fullmatch(r"sep=.\s*", lines[0]) else 0
    first = next((line for line in lines[skipped:] if line.strip(' ,;\t\r\n"')), "")
    mark = max(",;\t", key=first.count)
    reader = standard.reader(lines[skipped:], delimiter=mark)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in reader:
            found.append((reader.line_num + skipped, cells))
            if len(found) > _MOST_ROWS:
                raise UnableError(f"there are more than {_MOST_ROWS:,} lines in this file", "it is no list of outcomes")
    except standard.Error as error:
        raise UnableError(f"line {reader.line_num + skipped}: {error}", "save the table as CSV once more") from error
    return found


def _columns(header: Sequence[str]) -> Mapping[str, int]:
    names = [cell.strip().strip("\ufeff").casefold() for cell in header]
    for name in _NEEDED:
        if names.count(name) != 1:
            how = "no" if name not in names else "more than one"
            advice = nearest(name, names) or f"the first line names the columns: {', '.join(COLUMNS)}"
            raise UnableError(f"there is {how} column `{name}` in this file", advice)
    return {name: names.index(name) for name in COLUMNS if name in names}


def _row(line: int, cells: Sequence[str], columns: Mapping[str, int]) -> Row:
    said = {name: _cell(cells[place]) if place < len(cells) else "" for name, place in columns.items()}
    policy, cycle, version, fingerprint, outcome, minute, following, reason = (said.get(one, "") for one in COLUMNS)
    return Row(policy, cycle, version, fingerprint, outcome, minute, following, reason, line)


def _cell(text: str) -> str:
    """What stands in a cell, without the apostrophe that keeps a spreadsheet from running it."""
    text = " ".join(text.split())
    return text[1:] if text.startswith(("'=", "'+", "'-", "'@", "'＝", "'＋", "'－", "'＠")) else text


def moment(text: str) -> Moment | None:
    """A day or a month as people and spreadsheets write it, the day first; None for anything else."""
    if match := _ISO.match(text):
        found = Moment(int(match[1]), int(match[2]), int(match[3] or 0))
        found = found if match[3] is None or found.day else Moment(0, 0)
    elif match := _DAY_FIRST.match(text):
        found = Moment(int(match[3]), int(match[2]), int(match[1]) or 99)
    elif (match := _WRITTEN.match(text)) and match[2][:3].lower() in _MONTHS:
        found = Moment(int(match[3]), _MONTHS.index(match[2][:3].lower()) + 1, int(match[1]) or 99)
    else:
        return None
    return found if found.is_real else None
