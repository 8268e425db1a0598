"""Rows -> a table that reads well at a terminal and in a Markdown page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

MARK = "<!-- bench {name}: {end} -->"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table in columns of even width; all columns but the first stand to the right."""
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    rule = ["-" * width if not place else "-" * (width - 1) + ":" for place, width in enumerate(widths)]
    return "\n".join(_line(cells, widths) for cells in (header, rule, *rows))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first, *others = cells
    shown = [first.ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(others, widths[1:], strict=True))]
    return f"| {' | '.join(shown)} |"


def figure(milliseconds: float) -> str:
    """Milliseconds with as many digits as can be relied on."""
    return f"{milliseconds:,.2f}" if milliseconds < 10 else f"{milliseconds:,.0f}"  # noqa: PLR2004  # two digits


def verdict(value: float, most: float, shown: str) -> tuple[str, str]:
    """What was aimed at, and whether it was met."""
    return f"≤ {shown.format(most)}", "met" if value <= most else "missed"


def put_into(page: Path, name: str, report: str) -> None:
    """Put a report between its two marks in a page."""
    begin, end = (MARK.format(name=name, end=word) for word in ("begin", "end"))
    before, _, rest = page.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    page.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}", "utf-8")
