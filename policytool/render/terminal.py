"""Diagnostics -> lines for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath

from policytool.model.diagnostic import Diagnostic, Finding

RED, YELLOW, CYAN, BOLD, PLAIN = "\x1b[31m", "\x1b[33m", "\x1b[36m", "\x1b[1m", "\x1b[0m"


def diagnostics(
    found: Iterable[Diagnostic], sources: Mapping[str, Sequence[str]], *, colour: bool = False
) -> Iterator[str]:
    """Each finding with its line, a caret under the words that are meant, and what to do.

    `sources` gives the lines of each file by path; a finding in a file that is not among them stands without a line.
    """
    for one in found:
        yield _headline(one, colour=colour)
        lines = sources.get(one.path, ())
        if one.position and one.position.line <= len(lines) and lines[one.position.line - 1].strip():
            yield from _excerpt(one, lines[one.position.line - 1], colour=colour)
        if one.advice:
            yield _paint("  help: ", CYAN, colour=colour) + printable(one.advice)


def _headline(one: Diagnostic, *, colour: bool) -> str:
    place = printable(one.path)
    if one.position:
        place += f":{one.position.line}:{one.position.column}"
    severity = f"{one.finding.severity}[{one.finding.code}]"
    painted = _paint(severity, RED if one.is_error else YELLOW, colour=colour)
    return f"{_paint(place, BOLD, colour=colour)}: {painted} {printable(one.message)}"


def _excerpt(one: Diagnostic, line: str, *, colour: bool) -> Iterator[str]:
    if one.position is None:
        return
    number = str(one.position.line)
    before = line[: one.position.column - 1]
    # A tab keeps its width above the caret when it is a tab below as well.
    indent = "".join("\t" if character == "\t" else " " for character in before)
    length = max(1, min(one.length, len(line) - len(before)))
    yield f"  {number} | {printable(line)}"
    yield f"  {' ' * len(number)} | {indent}{_paint('^' * length, RED if one.is_error else YELLOW, colour=colour)}"


def _paint(text: str, code: str, *, colour: bool) -> str:
    return f"{code}{text}{PLAIN}" if colour else text


def printable(text: str) -> str:
    """Text that cannot steer a terminal: control characters as a replacement sign, tabs kept."""
    return "".join(one if one.isprintable() or one in "\t " else "\N{REPLACEMENT CHARACTER}" for one in text)


def summary(found: Sequence[Diagnostic], policies: int) -> str:
    """The last line of a check: what was looked at, and what was found."""
    looked = f"{count(policies, 'policy', 'policies')} checked: "
    errors = sum(one.is_error for one in found)
    if not found:
        return looked + "nothing found"
    return looked + f"{count(errors, 'error')}, {count(len(found) - errors, 'warning')}"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 policy", "2 policies"."""
    return f"{number} {one if number == 1 else many or one + 's'}"


def explanation(finding: Finding) -> Iterator[str]:
    """A finding's manual page as plain text."""
    yield f"{finding.code}  {finding.name} ({finding.severity})"
    yield ""
    for heading, body in (
        ("What it means", finding.meaning),
        ("Why it matters", finding.why),
        ("How to mend it", finding.mend),
    ):
        yield heading
        yield from (f"  {line}" for line in _wrapped(body))
        yield ""
    for heading, example in (("Wrong", finding.wrong), ("Right", finding.right)):
        if example:
            yield heading
            yield from (f"  {line}".rstrip() for line in example.split("\n"))
            yield ""


def _wrapped(text: str, width: int = 76) -> list[str]:
    from textwrap import wrap  # only for manual pages

    return wrap(text, width, break_long_words=False, break_on_hyphens=False)


def shown(path: PurePath, here: PurePath | None = None) -> str:
    """A path as a person at this terminal writes it: relative to the folder they are in, where it lies below it."""
    return printable(str(path.relative_to(here) if here and path.is_relative_to(here) else path))
