"""Cases kept as text, in the form of markdown-it-py's: a title, an input and the findings expected, divided by dots.

A finding is a line `line:column CODE part of the message`. An input that does not begin with `---` is given a front
matter, and its lines are counted from after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

import pytest

from policytool.check import check
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.settings import Elsewhere, Role, Settings
from policytool.parse.markdown import policy as parse
from policytool.parse.settings import settings as parse_settings
from policytool.resolve import resolve

FRONT = """---
title: Tried
kind: policy
owner: headteacher
approver: board
reviews:
  annual: {every: 12 months, by: headteacher}
---
"""
SETTINGS = Settings(
    roles={"headteacher": Role("Headteacher"), "board": Role("Full Governing Board")},
    elsewhere={"grievance": Elsewhere("Grievance Policy")},
)
NEIGHBOUR = """# Reporting {#reporting}

1. Tell someone. {#tell}

   a) at once; {#at-once}

Not numbered. {#remark}

# Foreword {.unnumbered #foreword}

Words.

# Form {.appendix #form}

1. Name. {#name}
"""
_EXPECTED = re.compile(r"(?:(\d+):(\d+)|-) (PT\d{3}) ?(.*)\Z")


@dataclass(frozen=True)
class Case:
    """One case, and where it stands."""

    title: str
    file: str
    line: int
    text: str
    expected: tuple[str, ...]

    @property
    def codes(self) -> set[str]:
        """The findings that are expected."""
        return {match[3] for one in self.expected if (match := _EXPECTED.match(one))}

    def hold(self, found: list[Diagnostic], skipped: int = 0) -> None:
        """Fail unless these are the findings expected; `skipped` lines of the file are not the case's."""
        where = f"{self.file}:{self.line} ({self.title})"
        shown = [_shown(one, skipped) for one in sorted(found, key=lambda one: one.order)]
        same = len(shown) == len(self.expected) and all(map(_is_met, self.expected, shown))
        assert same, f"{where}\n--- expected\n" + "\n".join(self.expected) + "\n--- found\n" + "\n".join(shown)


def _shown(one: Diagnostic, skipped: int) -> str:
    place = f"{one.position.line - skipped}:{one.position.column}" if one.position else "-"
    return f"{place} {one.finding.code} {one.message}"


def _is_met(expected: str, shown: str) -> bool:
    head, tail = expected.split(" ")[:2], expected.split(" ")[2:]
    return shown.split(" ")[:2] == head and " ".join(tail) in shown


def cases(name: str) -> list[Case]:
    """The cases of a file in this folder."""
    path = Path(__file__).with_name(name)
    lines = path.read_text(encoding="utf-8").split("\n")
    dots = [index for index, line in enumerate(lines) if line == "."]
    assert len(dots) % 3 == 0, f"{name}: each case takes three dots"
    return [_case(name, lines, *dots[index : index + 3]) for index in range(0, len(dots), 3)]


def _case(name: str, lines: list[str], first: int, second: int, third: int) -> Case:
    text = "\n".join([*lines[first + 1 : second], ""])
    expected = tuple(line for line in lines[second + 1 : third] if line)
    assert all(map(_EXPECTED.match, expected)), f"{name}:{second + 2}: `line:column CODE message` is wanted"
    return Case(lines[first - 1], name, first, text, expected)


def each_case(name: str) -> pytest.MarkDecorator:
    """Run a test for each case of a file; a failure names the case's line."""
    read = cases(name)
    return pytest.mark.parametrize("case", read, ids=[f"{case.line}: {case.title}" for case in read])


def read_policy(text: str) -> tuple[Library, list[Diagnostic], int]:
    """A text in a library with one neighbour; the findings of reading it; how many lines were put before it."""
    front = "" if text.startswith("---") else FRONT
    policy, found = parse(front + text, "tried", "source/tried.md")
    neighbour, none = parse(FRONT + NEIGHBOUR, "online-safety", "source/online-safety.md")
    assert none == []
    library, more = resolve([policy, neighbour], SETTINGS)
    return library, [*found, *more], front.count("\n")


def everything(text: str) -> tuple[list[Diagnostic], int]:
    """The findings of every room in a text; how many lines were put before it."""
    library, found, skipped = read_policy(text)
    return [*found, *check(library)], skipped


def everything_in_settings(text: str) -> list[Diagnostic]:
    """The findings in a text of settings."""
    settings, found = parse_settings(text, "policytool.yaml")
    return [*found, *resolve([], settings)[1]]
