"""What was made of documents -> lines that tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policytool.model.diagnostic import Diagnostic
from policytool.model.piece import Remark
from policytool.render.terminal import printable

_TOLD = {"recognised": "recognised", "guessed": "guessed", "look": "look at this"}


def remarks(file: str, told: Sequence[Remark]) -> Iterator[str]:
    """A line for each thing that a person should know of a reading: where, how sure, what."""
    for remark in told:
        yield printable(f"{_where(file, remark)}: {_TOLD[remark.kind]}: {' '.join(remark.message.split())}")


def _where(file: str, remark: Remark) -> str:
    place = remark.place
    if place is None:
        return file
    return f"{file}:{place.number}" if place.kind == "line" and not place.page else f"{file}, {place}"


def findings(found: Sequence[Diagnostic]) -> Iterator[str]:
    """A line for each finding in a text that was made."""
    for one in found:
        line = f":{one.position.line}" if one.position else ""
        yield printable(f"{one.path}{line}: {one.finding.severity}[{one.finding.code}]: {one.message}")
