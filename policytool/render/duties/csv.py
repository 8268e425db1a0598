"""Duties -> CSV by RFC 4180, one row a duty, in cells that no spreadsheet takes for formulas."""

from __future__ import annotations

import csv as standard
from codecs import BOM_UTF8
from io import StringIO

from policytool.model.duty import Duty
from policytool.render.duties.listed import Listed
from policytool.render.register.csv import cell

COLUMNS = ("who", "title", "duty", "strength", "negated", "policy", "policy title", "clause", "anchor", "words")


def csv(listed: Listed) -> bytes:
    """The rows in UTF-8 with a byte order mark, which Excel asks for, under a line of names."""
    text = StringIO(newline="")
    writer = standard.writer(text)
    writer.writerow(COLUMNS)
    for duty in listed.duties:
        writer.writerow([cell(value) for value in row(duty, listed)])
    return BOM_UTF8 + text.getvalue().encode()


def row(duty: Duty, listed: Listed) -> tuple[str, ...]:
    """The cells of a duty, in the order of `COLUMNS`."""
    return (
        duty.who,
        listed.holder(duty.who),
        duty.word,
        duty.strength,
        "yes" if duty.negated else "no",
        duty.policy,
        listed.titles[duty.policy],
        duty.number,
        duty.anchor,
        duty.words,
    )
