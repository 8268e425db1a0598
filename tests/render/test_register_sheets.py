"""The register as CSV and as a workbook, read back by other programs' eyes."""

from __future__ import annotations

import csv as standard
from datetime import datetime
from io import BytesIO, StringIO
from itertools import pairwise
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from policytool.model.register import Register
from policytool.render.register.csv import csv
from policytool.render.register.rows import COLUMNS, rows
from policytool.render.register.xlsx import LOAD_COLUMNS, LONGEST, xlsx
from tests.registers import EMPTY, ENTRIES, EVERY_STATE, FORMULAS, MARKUP, hostile


def cells(register: Register) -> list[list[str]]:
    """The rows of the CSV, as a reader of RFC 4180 has them."""
    return list(standard.reader(StringIO(csv(register).decode("utf-8-sig"), newline=""), strict=True))


def book(register: Register) -> Workbook:
    """The workbook, as openpyxl reads it: formulas would come as formulas."""
    return load_workbook(BytesIO(xlsx(register)))


def sheet(register: Register, name: str = "Register") -> Worksheet:
    """One sheet of it."""
    found = book(register)[name]
    assert isinstance(found, Worksheet)
    return found


def named(register: Register) -> list[dict[str, object]]:
    """The rows of the first sheet by the names of their columns."""
    names, *lines = sheet(register).iter_rows(values_only=True)
    return [dict(zip(map(str, names), line, strict=True)) for line in lines]


# --- rows


def test_a_row_is_a_cycle() -> None:
    """In the order of the register; a policy without a cycle has a row of its own."""
    assert [(row["Policy"], row["Review"]) for row in rows(EVERY_STATE)] == [
        (entry.policy, review.cycle.name) for entry in ENTRIES for review in entry.reviews
    ]
    assert all(row.keys() <= set(COLUMNS) for row in rows(EVERY_STATE))


# --- CSV


def test_csv_says_everything_with_dates_that_sort() -> None:
    """Days overdue have a column of their own."""
    names, *lines = cells(EVERY_STATE)
    assert tuple(names) == COLUMNS
    row = dict(zip(names, lines[3], strict=True))
    assert (row["Last reviewed"], row["Next review"], row["Days left"]) == ("2024-10", "2026-10", "17")
    assert row["Waived"] == "waived until 31 January 2027 by clerk: the working party reports in January"
    assert dict(zip(names, lines[0], strict=True))["Days overdue"] == "760"


def test_csv_begins_with_a_mark_for_excel_and_ends_lines_as_the_standard_says() -> None:
    """RFC 4180 2.1: each line ends with CRLF."""
    assert csv(EVERY_STATE).startswith(b"\xef\xbb\xbfPolicy,")
    assert csv(EVERY_STATE).count(b"\r\n") == csv(EVERY_STATE).count(b"\n") == len(list(rows(EVERY_STATE))) + 1


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_begins_as_a_formula_does(text: str) -> None:
    """An apostrophe stands before it."""
    assert dict(zip(*cells(hostile(text)), strict=True))["Title"].startswith("'")


@given(st.text())
def test_no_text_makes_a_formula_or_breaks_a_row(text: str) -> None:
    """Whatever people write, each row has its cells and none begins with what a spreadsheet would run."""
    head, row = cells(hostile(text))
    assert len(head) == len(row)
    assert not any(cell.lstrip().startswith(tuple("=+-@\t\r\n")) for cell in row)


# --- XLSX


def test_days_are_dates_and_months_are_text() -> None:
    """A day can be reckoned with; no cell can hold a month."""
    first, homework = named(EVERY_STATE)[0], named(EVERY_STATE)[3]
    assert first["Next review"] == datetime(2024, 9, 14)  # noqa: DTZ001 -- a sheet knows no time zones
    assert homework["Next review"] == "October 2026"
    assert (first["Days overdue"], first["Days left"], homework["Days left"]) == (760, None, 17)
    assert (first["State"], first["Wording"]) == ("▲ overdue", "≠ changed since approval")


@pytest.mark.parametrize("text", [*FORMULAS, MARKUP, "https://evil.example", "{=1}", "x" * (LONGEST + 9)])
def test_no_cell_is_a_formula_or_a_link(text: str) -> None:
    """Whatever it begins with, it is a string; what no cell can hold is cut short."""
    for page in book(hostile(text)).worksheets:
        for line in page.iter_rows():
            assert {cell.data_type for cell in line} <= {"s", "n", "d"}
            assert not any(cell.hyperlink for cell in line)
    title = sheet(hostile(text))["B2"].value
    assert str(title)[:1] == text[:1] or not text[:1].isprintable()


def test_a_title_that_reads_like_a_state_is_a_title() -> None:
    """Only states have signs."""
    assert sheet(hostile("overdue"))["B2"].value == "overdue"


def test_names_stay_in_sight_and_can_be_filtered() -> None:
    """On both sheets."""
    for name, columns in (("Register", COLUMNS), ("Load", LOAD_COLUMNS)):
        found = sheet(EVERY_STATE, name)
        assert [cell.value for cell in found[1]] == list(columns)
        assert found.freeze_panes in ("C2", "B2")
        assert found.auto_filter.ref == f"A1:{get_column_letter(len(columns))}{found.max_row}"


def test_the_load_has_a_sheet() -> None:
    """Months first, then meetings."""
    lines = list(sheet(EVERY_STATE, "Load").iter_rows(min_row=2, values_only=True))
    assert lines[0] == ("October 2026", None, 2, "homework (governors), behaviour-and-discipline (annual)")
    assert lines[3][:3] == (datetime(2026, 12, 8), "Full Governing Board", 3)  # noqa: DTZ001


def test_equal_registers_give_equal_bytes() -> None:
    """No date in the file is the clock's."""
    assert xlsx(EVERY_STATE) == xlsx(EVERY_STATE)
    with ZipFile(BytesIO(xlsx(EVERY_STATE))) as file:
        assert b"2026-10-14T00:00:00Z" in file.read("docProps/core.xml")
        assert all(one.date_time == other.date_time for one, other in pairwise(file.infolist()))


def test_an_empty_register_is_a_sheet_all_the_same() -> None:
    """With its names."""
    assert [cell.value for cell in sheet(EMPTY)[1]] == list(COLUMNS)
    assert cells(EMPTY) == [list(COLUMNS)]
