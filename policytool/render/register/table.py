"""Register -> lines for a terminal, or for a pipe: a block a policy, the most urgent first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from policytool.model.register import Entry, Proposal, Register, Review, TimeState, WordingState
from policytool.render.register import words
from policytool.render.terminal import BOLD, PLAIN, RED, YELLOW, count, printable

NARROWEST = 30
INDENT = "  "
ROOM = 36
"""What is said of a state stands beside it where there is so much room, else below."""
NO_BREAK = "\N{NO-BREAK SPACE}"
_IN_DATES = re.compile(r"(?<=\d) (?=[A-Z][a-z]+ \d{4}\b)|(?<=[a-z]) (?=\d{4}\b)")
GREEN = "\x1b[32m"
_COLOURS: Mapping[TimeState | WordingState, str] = {
    TimeState.OVERDUE: RED,
    TimeState.NEVER: RED,
    TimeState.DUE: YELLOW,
    TimeState.DUE_SOON: YELLOW,
    TimeState.CURRENT: GREEN,
    WordingState.CHANGED: YELLOW,
    WordingState.NEVER: YELLOW,
    WordingState.APPROVED: GREEN,
}


@dataclass(frozen=True, slots=True)
class _Line:
    """A state with its sign, and what is said of it: a paragraph a string."""

    state: TimeState | WordingState
    label: str
    said: tuple[str, ...]


def table(register: Register, *, colour: bool, width: int = 80) -> Iterator[str]:
    """A block a policy and a summary, each line at most `width` characters long where its words allow."""
    page = _Page(colour, max(width, NARROWEST))
    blocks = [(entry, _lines(entry)) for entry in register.entries]
    column = max((len(line.label) for _, lines in blocks for line in lines), default=0)
    yield from page.bold(f"Register of reviews on {register.day.told}")
    for entry, lines in blocks:
        yield ""
        yield from page.bold(entry.title)
        yield from page.plain(f"{entry.policy}; owner {entry.owner}; approver {entry.approver}", INDENT)
        for line in lines:
            yield from page.stated(line, column)
    yield ""
    yield from page.bold(words.summary(register))


def load(register: Register, *, colour: bool, width: int = 80) -> Iterator[str]:
    """How many reviews fall due month by month, and which are for which meeting; nothing where none are known."""
    page = _Page(colour, max(width, NARROWEST))
    months = [(one.month.told, one.reviews) for one in register.load]
    meetings = [(f"{one.day.told}, {one.body}", one.reviews) for one in register.meetings]
    yield from page.counted(words.MONTHS, months)
    if months and meetings:
        yield ""
    yield from page.counted(words.MEETINGS, meetings)


def spread(proposals: Sequence[Proposal], register: Register, *, colour: bool, width: int = 80) -> Iterator[str]:
    """Each proposal with the command that accepts it, in one line that can be copied."""
    page = _Page(colour, max(width, NARROWEST))
    roles = {(entry.policy, one.cycle.name): one.cycle.by for entry in register.entries for one in entry.reviews}
    if not proposals:
        yield "the reviews are spread well: nothing to propose"
        return
    yield from page.bold(words.SPREAD)
    for one in proposals:
        yield ""
        yield from page.plain(f"{one.policy}, {one.cycle}: {one.proposed.told} instead of {one.due.told}", INDENT)
        role = roles.get((one.policy, one.cycle)) or "ROLE"
        yield printable(
            f"{INDENT * 2}policytool record {one.policy} {one.cycle} --reschedule --next {one.proposed} "
            f'--by {role} --reason "{words.WHY}"'
        )


def _lines(entry: Entry) -> list[_Line]:
    return [*(_review(one) for one in entry.reviews), _wording(entry)]


def _review(review: Review) -> _Line:
    when = f"due {words.due(review)}, " if review.due else ""
    told = f"{words.name(review)}: {when}last held {words.held(review)}"
    if review.last is None:
        told = f"{words.name(review)}: {when}never held"
    label = f"{words.SIGNS[review.state]} {words.state(review)}"
    return _Line(review.state, label, (told, *words.marks(review)))


def _wording(entry: Entry) -> _Line:
    said = [words.approval(entry), words.waived(entry.waiver) if entry.waiver else ""]
    label = f"{words.WORDING_SIGNS[entry.wording]} {entry.wording}"
    return _Line(entry.wording, label, tuple(one for one in said if one))


@dataclass(frozen=True, slots=True)
class _Page:
    """How lines are set: with or without colour, so many characters wide."""

    colour: bool
    width: int

    def painted(self, text: str, code: str) -> str:
        """The text in a colour, where there is colour."""
        return f"{code}{text}{PLAIN}" if self.colour else text

    def bold(self, text: str) -> Iterator[str]:
        """A heading, wrapped."""
        return (self.painted(line, BOLD) for line in self.plain(text, ""))

    def plain(self, text: str, indent: str) -> list[str]:
        """Words, wrapped; none is broken, and no date."""
        lines = wrap(
            _IN_DATES.sub(NO_BREAK, printable(text)),
            self.width,
            initial_indent=indent,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        )
        return [line.replace(NO_BREAK, " ") for line in lines]

    def stated(self, line: _Line, column: int) -> Iterator[str]:
        """A state in its column and what is said of it beside; below it where the page is narrow."""
        beside = self.width - len(INDENT) - column - len(INDENT) >= ROOM
        indent = " " * (len(INDENT) + column + len(INDENT)) if beside else INDENT * 2
        said = [part for paragraph in line.said for part in self.plain(paragraph, indent)]
        label = self.painted(line.label, _COLOURS[line.state])
        if beside and said:
            label += " " * (column - len(line.label)) + INDENT + said.pop(0).lstrip()
        yield INDENT + label
        yield from said

    def counted(self, heading: str, found: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> Iterator[str]:
        """A heading; then a line with a bar for each time, and what falls due below."""
        rows = [(" ".join(printable(when).split()), reviews) for when, reviews in found]
        column = max((len(when) for when, _ in rows), default=0)
        if rows:
            yield from self.bold(heading)
        for when, reviews in rows:
            number = count(len(reviews), "review") if reviews else "nothing"
            room = max(self.width - column - len(number) - 3 * len(INDENT), 0)
            bar = words.BAR * min(len(reviews), room)
            yield f"{INDENT}{when:{column}}{INDENT}{bar}{' ' if bar else ''}{number}"
            listed = ", ".join(f"{policy} ({cycle})" for policy, cycle in reviews)
            yield from self.plain(listed, INDENT * 2)
