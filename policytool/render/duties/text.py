"""Duties -> lines for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from policytool.render.duties.listed import NONE, Listed
from policytool.render.terminal import BOLD, PLAIN, printable

_NUMBERS = 9
_NARROWEST = 40


def text(listed: Listed, *, colour: bool = False, width: int = 80) -> Iterator[str]:
    """The duties by holder and policy, each with its clause number, `width` characters wide."""
    yield printable(listed.version)
    if not listed.duties:
        yield NONE
    for who, policies in listed.groups:
        heading = printable(listed.holder(who))
        yield ""
        yield f"{BOLD}{heading}{PLAIN}" if colour else heading
        for policy, lines in policies:
            yield f"  {printable(listed.titles[policy])}"
            for line in lines:
                rows = wrap(printable(line.words), max(width, _NARROWEST) - _NUMBERS - 4, break_on_hyphens=False)
                for index, row in enumerate(rows):
                    yield f"    {'' if index else printable(line.number):{_NUMBERS}}{row}"
