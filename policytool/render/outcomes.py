"""Rows to be filled in after a meeting -> CSV, and what a pack says of itself -> JSON; the same bytes each time."""

from __future__ import annotations

import csv as standard
import json as standard_json
from codecs import BOM_UTF8
from collections.abc import Iterable
from io import StringIO

from policytool.model.outcome import COLUMNS, Packed, Row
from policytool.render.register.csv import cell


def csv(rows: Iterable[Row]) -> bytes:
    """The rows in UTF-8 with a byte order mark, for Excel; nothing in them can be taken for a formula."""
    text = StringIO(newline="")
    writer = standard.writer(text)
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([cell(getattr(row, name)) for name in COLUMNS])
    return BOM_UTF8 + text.getvalue().encode()


def json(packed: Packed) -> bytes:
    """What is held against the rows when they come back: for which meeting, and which wordings lay before it."""
    rows = [{name: getattr(row, name) for name in COLUMNS[:4]} for row in packed.rows]
    said = {"policytool-pack": 1, "body": packed.body, "meeting": packed.meeting, "rows": rows}
    return (standard_json.dumps(said, indent=1, ensure_ascii=False) + "\n").encode()
