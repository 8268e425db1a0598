"""Register -> CSV by RFC 4180, one row a cycle.

It begins with a byte order mark: without one, Excel takes a file that it opens by a double click for the old code page
of the machine, and a title such as “Café” is spoilt. Readers of UTF-8 skip the mark (Python's are called "utf-8-sig").
"""

from __future__ import annotations

import csv as standard
import re
from codecs import BOM_UTF8
from io import StringIO

from policytool.model.register import Register
from policytool.render.register.rows import COLUMNS, Cell, rows
from policytool.render.terminal import printable

# What a spreadsheet may take for the beginning of a formula, in full width as well, and behind blanks.
_FORMULA = re.compile("[\\s\ufeff]*[-=+@\uff0d\uff1d\uff0b\uff20]|[\t\r\n]")


def csv(register: Register) -> bytes:
    """The rows in UTF-8, under a line of names. Days and months as in the records: 2023-09-14, 2023-09."""
    text = StringIO(newline="")
    writer = standard.writer(text)
    writer.writerow(COLUMNS)
    for row in rows(register):
        writer.writerow([cell(row.get(name)) for name in COLUMNS])
    return BOM_UTF8 + text.getvalue().encode()


def cell(value: Cell) -> str:
    """A cell as text that no spreadsheet runs: an apostrophe stands before what begins as a formula does."""
    text = "" if value is None else str(value)
    return f"'{printable(text)}" if _FORMULA.match(text) else printable(text)
