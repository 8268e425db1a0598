"""Register -> a workbook: one sheet with a row a cycle, one with what falls due when.

Text is written as text, whatever it begins with, so nothing in it can become a formula. A day is a real date; a month
stays text, because no cell can hold one. The same register gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, TypeAlias

from policytool.model.register import Register, TimeState, WordingState
from policytool.model.time import Moment
from policytool.render.register import words
from policytool.render.register.rows import COLUMNS, Cell, rows
from policytool.render.terminal import printable

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LONGEST = 32_767
"""So many characters a cell holds; Excel calls a file damaged that has more."""
LOAD_COLUMNS = ("When", "Body", "Reviews", "Which")
WIDTHS: Mapping[str, int] = {
    "Policy": 24,
    "Title": 40,
    "Owner": 20,
    "Approver": 24,
    "By": 24,
    "State": 18,
    "Deferred": 30,
    "Waived": 30,
    "Wording": 24,
    "Wording waived": 30,
    "Body": 24,
    "Which": 80,
}
WIDTH = 16
STATES = ("State", "Wording")
_SIGNS = {str(state): sign for state, sign in (*words.SIGNS.items(), *words.WORDING_SIGNS.items())}
_GROUNDS: Mapping[str, str] = {
    TimeState.OVERDUE: "#F7C9C4",
    TimeState.NEVER: "#F7C9C4",
    TimeState.DUE: "#FFE08A",
    TimeState.DUE_SOON: "#FFF3C9",
    TimeState.CURRENT: "#DDF1E3",
    WordingState.CHANGED: "#FFE08A",
    WordingState.NEVER: "#F7C9C4",
    WordingState.APPROVED: "#DDF1E3",
}
Formats: TypeAlias = "Mapping[str, Format]"


def xlsx(register: Register) -> bytes:
    """The bytes of the workbook."""
    from xlsxwriter import Workbook  # 60 ms, for this format alone

    file = BytesIO()
    book = Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    # Of a plain date it would make the clock's.
    made = datetime.fromordinal(register.day.first.toordinal())
    book.set_properties({"title": "Register of reviews", "created": made})
    formats = _formats(book)
    _register(book.add_worksheet("Register"), register, formats)
    _load(book.add_worksheet("Load"), register, formats)
    book.close()
    return file.getvalue()


def _formats(book: Workbook) -> Formats:
    plain = {"valign": "top", "text_wrap": True}
    found = {
        "": book.add_format(plain),
        "head": book.add_format({**plain, "bold": True, "bottom": 2}),
        "date": book.add_format({**plain, "num_format": "d mmmm yyyy", "align": "left"}),
    }
    return found | {state: book.add_format({**plain, "bg_color": ground}) for state, ground in _GROUNDS.items()}


def _register(sheet: Worksheet, register: Register, formats: Formats) -> None:
    _head(sheet, COLUMNS, formats)
    line = 0
    for line, row in enumerate(rows(register), 1):
        for column, name in enumerate(COLUMNS):
            value = row.get(name)
            if name in STATES and isinstance(value, str):
                sheet.write_string(line, column, f"{_SIGNS[value]} {value}", formats[value])
            else:
                _write(sheet, (line, column), value, formats)
    _finish(sheet, COLUMNS, line, frozen=2)


def _load(sheet: Worksheet, register: Register, formats: Formats) -> None:
    _head(sheet, LOAD_COLUMNS, formats)
    found = [(one.month, "", one.reviews) for one in register.load]
    found += [(one.day, one.body, one.reviews) for one in register.meetings]
    for line, (when, body, reviews) in enumerate(found, 1):
        which = ", ".join(f"{policy} ({cycle})" for policy, cycle in reviews)
        cells: tuple[Cell, ...] = (when, body, len(reviews), which)
        for column, value in enumerate(cells):
            _write(sheet, (line, column), value, formats)
    _finish(sheet, LOAD_COLUMNS, len(found), frozen=1)


def _head(sheet: Worksheet, names: tuple[str, ...], formats: Formats) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, name, formats["head"])
        sheet.set_column(column, column, WIDTHS.get(name, WIDTH))


def _write(sheet: Worksheet, place: tuple[int, int], value: Cell, formats: Formats) -> None:
    if isinstance(value, int):
        sheet.write_number(*place, value, formats[""])
    elif isinstance(value, Moment) and not value.is_month:
        sheet.write_datetime(*place, value.first, formats["date"])
    elif value:
        text = value.told if isinstance(value, Moment) else value
        sheet.write_string(*place, printable(text)[:LONGEST], formats[""])


def _finish(sheet: Worksheet, names: tuple[str, ...], last: int, *, frozen: int) -> None:
    """Names that stay in sight, a filter on each, and A4 across, the names again on every page."""
    sheet.freeze_panes(1, frozen)
    sheet.autofilter(0, 0, last, len(names) - 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
