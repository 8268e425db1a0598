"""Rows that come back from a clerk, however a spreadsheet wrote them."""

from __future__ import annotations

import contextlib
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as some

from policytool.model.outcome import COLUMNS, Packed, Row
from policytool.model.unable import UnableError
from policytool.parse.outcomes import moment, opened, packed, rows
from policytool.render.outcomes import csv, json

CELL = some.text(some.characters(codec="utf-8", categories=("L", "N", "P", "S")), max_size=20).filter(
    lambda text: not text.startswith("'")
)
ROW = some.builds(Row, *[CELL.filter(bool)] * 4, *[CELL] * 4)


@given(some.lists(ROW, max_size=5))
def test_what_was_written_is_read(written: list[Row]) -> None:
    """Whatever signs are in it, formulas and quotes included."""
    assert list(rows(csv(written))) == written


@given(some.lists(ROW, max_size=5))
def test_what_a_pack_says_of_itself_is_read(written: list[Row]) -> None:
    """The wordings that lay before the meeting, without what was decided of them."""
    found = packed(json(Packed("governing-board", "2026-12-08", tuple(written))))
    assert [row.key for row in found.rows] == [row.key for row in written]
    assert [row.fingerprint for row in found.rows] == [row.fingerprint for row in written]


def test_no_cell_is_a_formula() -> None:
    """An apostrophe stands before what a spreadsheet would run, and is gone when it comes back."""
    row = Row("one", "annual", "git:1", "v1:0", "", "", "", "=HYPERLINK(1)")
    assert b",'=HYPERLINK(1)" in csv([row])
    assert rows(csv([row])) == (row,)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("2026-09-14", "2026-09-14"),
        ("2026-09", "2026-09"),
        ("2026-09-14 00:00:00", "2026-09-14"),
        ("14/09/2026", "2026-09-14"),
        ("14.9.2026", "2026-09-14"),
        ("14 September 2026", "2026-09-14"),
        ("14th Sep 2026", "2026-09-14"),
        ("14-Sep-2026", "2026-09-14"),
        ("09/14/2026", "None"),
        ("30/02/2026", "None"),
        ("0/02/2026", "None"),
        ("2026-09-00", "None"),
        ("14/09/26", "None"),
        ("46279", "None"),
        ("soon", "None"),
    ],
)
def test_days_are_read_as_people_write_them(written: str, read: str) -> None:
    """The day first; what may be another day is none."""
    assert str(moment(written)) == read


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
@pytest.mark.parametrize("before", ["", "\r\n\r\n"])
def test_the_form_of_the_table_is_no_matter(coding: str, mark: str, before: str) -> None:
    """Codings, separators, blank lines, the order of the columns; each row knows its line."""
    header = mark.join(["Reason", *reversed(COLUMNS[:-1])])
    text = f"{before}{header}\r\n\r\n{mark.join(['“café”', '', 'M 1', 'approved', 'v1:0', 'v', 'annual', 'one'])}\r\n"
    [row] = rows(text.encode(coding))
    assert row == Row("one", "annual", "v", "v1:0", "approved", "M 1", "", "“café”")
    assert row.line == 3 + before.count("\n")


def test_a_zip_that_is_none_of_ours_is_told() -> None:
    """Without the files, with two of them, or with one that says nothing."""
    for names in (
        (),
        ("outcomes.csv",),
        ("outcomes.csv", "a/outcomes.csv", "pack.json"),
        ("outcomes.csv", "pack.json"),
    ):
        out = BytesIO()
        with ZipFile(out, "w") as archive:
            for name in names:
                archive.writestr(name, "[]")
        with pytest.raises(UnableError):
            opened(out.getvalue())


@given(some.binary(max_size=200))
def test_any_bytes_are_rows_or_told(content: bytes) -> None:
    """Nothing else ever comes of them."""
    for read in (rows, opened, packed):
        with contextlib.suppress(UnableError):
            read(content)
