"""YAML text -> typed fields, each with its position.

Every scalar stays text until a reader asks for more, so that `1.10` is not 1.1 and `NO` is not false.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeVar

import yaml

from policytool.model.diagnostic import Diagnostic, Finding
from policytool.model.inline import Position
from policytool.model.names import nearest
from policytool.model.time import Duration, Moment
from policytool.parse.findings import (
    BAD_DATE,
    BAD_DURATION,
    BAD_NAME,
    BAD_YAML,
    CONTROL,
    DUPLICATE_FIELD,
    MISSING_FIELD,
    UNKNOWN_FIELD,
    UNKNOWN_VALUE,
    WRONG_SHAPE,
)
from policytool.parse.text import UNPRINTABLE

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BLANKS = re.compile("[ \t\n\r\x85\u2028\u2029]+")
# YAML counts these as line ends, and nobody else does.
_ODD_LINE_ENDS = re.compile("[\x85\u2028\u2029]")
_NAME = re.compile(r"[a-z][a-z0-9-]*\Z")
_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\Z", re.ASCII)
_MOMENT = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?\Z", re.ASCII)
_DURATION = re.compile(r"([1-9]\d{0,3}) (week|month|year)s?\Z", re.ASCII)
_DEEPEST = 50
# The loader recurses in C, without a guard: only text that could nest deeper than this is measured first. An alias
# may stand in itself, or for more values than there is memory; a tag would be passed over in silence.
_OPENERS = re.compile(r"[\[{]")
_SHARED = re.compile(r"[*!]")
_DEEP_LINE = re.compile(r"^[ \-?:]{100}", re.MULTILINE)

T = TypeVar("T")


@dataclass(slots=True)
class Sheet:
    """One YAML text being read: where it stands, how long it is, and what was wrong with it so far."""

    path: str
    first_line: int = 1
    lines: int = 1
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def report(self, finding: Finding, node: yaml.Node, message: str, advice: str = "") -> None:
        """Note a mistake at a node."""
        length = len(node.value) if isinstance(node, yaml.ScalarNode) else 1
        self.diagnostics.append(finding.at(self.path, self.position(node), message, advice, max(length, 1)))

    def position(self, node: yaml.Node) -> Position:
        """Where a node begins in the file."""
        return self._place(node.start_mark)

    def unreadable(self, error: yaml.YAMLError) -> None:
        """Note that the text is no YAML at all."""
        mark, begin = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
        problem = getattr(error, "problem", None) or "it is no YAML"
        # What is never closed is shown where it begins, not where the fields end.
        mark = begin if mark is None or (begin and "end of stream" in problem) else mark
        where = self._place(mark) if mark else Position(self.first_line, 1)
        self.diagnostics.append(BAD_YAML.at(self.path, where, f"the fields cannot be read: {problem}"))

    def _place(self, mark: yaml.Mark) -> Position:
        # The end of the stream may stand on a line after the last.
        if mark.line >= self.lines:
            return Position(self.first_line + self.lines - 1, 1)
        return Position(mark.line + self.first_line, mark.column + 1)


def fields(text: str, sheet: Sheet) -> Fields | None:
    """The fields of a YAML mapping; None, with a diagnostic, where it is none."""
    text = _ODD_LINE_ENDS.sub(" ", text)
    sheet.lines = text.count("\n") + 1
    try:
        _refuse(text)
        node = yaml.compose(text, Loader=_Loader)
    except yaml.YAMLError as error:
        sheet.unreadable(error)
        return None
    if node is None:
        return Fields(yaml.MappingNode("", [], yaml.Mark("", 0, 0, 0, "", 0)), sheet)
    return _mapping(node, sheet)


def _refuse(text: str) -> None:
    """Raise on what is well-formed YAML and still no field: nesting too deep, aliases, tags."""
    if len(_OPENERS.findall(text)) < _DEEPEST and not _DEEP_LINE.search(text) and not _SHARED.search(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        problem = _problem(event, depth)
        if problem:
            raise yaml.MarkedYAMLError(problem=problem, problem_mark=event.start_mark)  # type: ignore[arg-type]


def _problem(event: yaml.Event, depth: int) -> str:
    if depth > _DEEPEST:
        return "nested too deep"
    if isinstance(event, yaml.AliasEvent):
        return f"`*{event.anchor}` stands for a value given elsewhere; write the value here"
    if getattr(event, "tag", None):
        return "a tag (`!…`) means nothing here; put quotes around words that begin with `!`"
    return ""


def _mapping(node: yaml.Node, sheet: Sheet) -> Fields | None:
    if not isinstance(node, yaml.MappingNode):
        sheet.report(WRONG_SHAPE, node, "fields are wanted here (`name: value`)")
        return None
    return Fields(node, sheet)


class Fields:
    """A mapping: each field is asked for by name and kind; what nobody asked for is unknown."""

    def __init__(self, node: yaml.MappingNode, sheet: Sheet) -> None:
        self._node, self.sheet = node, sheet
        self._keys: dict[str, yaml.Node] = {}
        self._values: dict[str, yaml.Node] = {}
        self._asked: set[str] = set()
        for key, value in node.value:
            self._add(key, value)

    def _add(self, key: yaml.Node, value: yaml.Node) -> None:
        if not isinstance(key, yaml.ScalarNode):
            self.sheet.report(WRONG_SHAPE, key, "a field’s name is one word")
        elif key.value in self._values:
            self.sheet.report(DUPLICATE_FIELD, key, f"`{key.value}` stands twice")
        else:
            self._keys[key.value], self._values[key.value] = key, value

    def __iter__(self) -> Iterator[str]:
        """The names of the fields, as they stand."""
        return iter(self._values)

    def places(self, prefix: str = "") -> Iterator[tuple[str, Position]]:
        """Where each value stands, under its dotted name."""
        for name, node in self._values.items():
            yield prefix + name, self.sheet.position(node)
            if isinstance(node, yaml.SequenceNode):
                for index, child in enumerate(node.value):
                    yield f"{prefix}{name}.{index}", self.sheet.position(child)
            elif isinstance(node, yaml.MappingNode):
                yield from Fields(node, replace(self.sheet, diagnostics=[])).places(f"{prefix}{name}.")

    def finish(self) -> None:
        """Note every field that nobody asked for, with the nearest known name."""
        self.keep(self._asked)

    def keep(self, known: Collection[str], where: str = "here") -> None:
        """Note every field that is none of these, with the nearest known name, and forget it."""
        for name in [name for name in self._keys if name not in known]:
            message, advice = f"`{name}` is no field {where}", nearest(name, known)
            self.sheet.report(UNKNOWN_FIELD, self._keys.pop(name), message, advice)
            del self._values[name]

    def require(self, *names: str) -> None:
        """Note every field of these that is missing or empty."""
        for name in names:
            node = self._values.get(name)
            if node is None or node.value == [] or (isinstance(node, yaml.ScalarNode) and not self._line(node)):
                missing = f"the field `{name}` is missing"
                self.sheet.report(MISSING_FIELD, node or self._node, missing, f"add `{name}: …`")

    def text(self, name: str, default: str = "") -> str:
        """One line of words."""
        node = self._ask(name)
        return default if node is None else self._scalar(node) or default

    def pattern(self, name: str, pattern: re.Pattern[str], wanted: str, advice: str = "") -> str:
        """Words of a certain form; "" where they are not."""
        node = self._ask(name)
        return "" if node is None else self._formed(node, pattern, f"`{name}` is not {wanted}", advice)

    def patterns(self, name: str, pattern: re.Pattern[str], wanted: str) -> tuple[str, ...]:
        """A list of words of a certain form, without those that are not."""
        message = f"an entry of `{name}` is not {wanted}"
        return tuple(filter(None, (self._formed(node, pattern, message, "") for node in self._items(name))))

    def _formed(self, node: yaml.Node, pattern: re.Pattern[str], message: str, advice: str) -> str:
        value = self._scalar(node)
        if value and not pattern.match(value):
            self.sheet.report(WRONG_SHAPE, node, message, advice)
            return ""
        return value

    def name(self, name: str) -> str:
        """An id: small letters, digits and hyphens; "" where it is none."""
        node = self._ask(name)
        return "" if node is None else self._name(node)

    def names(self, name: str) -> tuple[str, ...]:
        """A list of ids."""
        return tuple(filter(None, (self._name(node) for node in self._items(name))))

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """One of a few words."""
        node = self._ask(name)
        value = default if node is None else self._scalar(node)
        if node is not None and value and value not in allowed:
            listed = ", ".join(allowed)
            advice = nearest(value, set(allowed))
            self.sheet.report(UNKNOWN_VALUE, node, f"`{name}` is one of {listed}; not `{value}`", advice)
            return default
        return value or default

    def flag(self, name: str) -> bool:
        """`true` or `false`."""
        return self.choice(name, ("true", "false"), "false") == "true"

    def count(self, name: str, default: int) -> int:
        """A whole number, nought or more."""
        node = self._ask(name)
        return default if node is None else self._count(node, default)

    def counts(self, name: str, default: tuple[int, ...]) -> tuple[int, ...]:
        """A list of whole numbers."""
        if name not in self._values:
            self._asked.add(name)
            return default
        return tuple(self._count(node, 0) for node in self._items(name))

    def duration(self, name: str) -> Duration | None:
        """A period such as `12 months`."""
        node = self._ask(name)
        if node is None:
            return None
        match = _DURATION.match(self._scalar(node))
        if match is None:
            self.sheet.report(
                BAD_DURATION, node, f"`{name}` is not a period", "write a number of weeks, months or years: `12 months`"
            )
            return None
        return Duration(int(match[1]), match[2])  # type: ignore[arg-type]  # the pattern admits the three units only

    def day(self, name: str) -> date | None:
        """A day such as 2026-09-14."""
        node = self._ask(name)
        return None if node is None else self._day(node)

    def moment(self, name: str) -> Moment | None:
        """A day, or a month where nobody knows the day: 2026-09-14, 2026-09."""
        node = self._ask(name)
        advice = "write `2026-09-14`, or `2026-09` where nobody knows the day"
        return None if node is None else self._moment(node, _MOMENT, "neither a day nor a month", advice)

    def days(self, name: str) -> tuple[date, ...]:
        """A list of days."""
        return tuple(filter(None, (self._day(node) for node in self._items(name))))

    def part(self, name: str) -> Fields | None:
        """The fields under a field; None where there are none."""
        node = self._ask(name)
        return None if node is None else _mapping(node, self.sheet)

    def parts(self, name: str) -> Iterator[Fields]:
        """A list of groups of fields."""
        for node in self._items(name):
            part = _mapping(node, self.sheet)
            if part is not None:
                yield part

    def each(self, name: str, read: Callable[[Fields], T]) -> Mapping[str, T]:
        """The groups of fields under a field, by id: `roles: {headteacher: {title: …}}`."""
        part = self.part(name)
        if part is None:
            return {}
        return {key: read(fields) for key in part if (fields := part.named(key)) is not None}

    def named(self, name: str) -> Fields | None:
        """The fields under a field whose name the writer chose: an id."""
        part = self.part(name)
        if part is not None:
            self.check_name(name)
        return part

    def check_name(self, name: str) -> None:
        """Note a field whose name should be an id and is none."""
        self._name(self._keys[name])

    def _ask(self, name: str) -> yaml.Node | None:
        self._asked.add(name)
        return self._values.get(name)

    def _items(self, name: str) -> list[yaml.Node]:
        node = self._ask(name)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        self.sheet.report(WRONG_SHAPE, node, f"`{name}` is a list", f"write `{name}: [one, another]`")
        return []

    def _scalar(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.sheet.report(WRONG_SHAPE, node, "one word or line is wanted here")
            return ""
        value = self._line(node)
        if control := UNPRINTABLE.search(value):
            self.sheet.report(CONTROL, node, f"a control character, U+{ord(control[0]):04X}")
        return UNPRINTABLE.sub("", value)

    @staticmethod
    def _line(node: yaml.ScalarNode) -> str:
        return _BLANKS.sub(" ", node.value).strip(" ")

    def _name(self, node: yaml.Node) -> str:
        value = self._scalar(node)
        if value and not _NAME.match(value):
            advice = "use small letters, digits and hyphens, beginning with a letter"
            self.sheet.report(BAD_NAME, node, f"`{value}` is no id", advice)
            return ""
        return value

    def _count(self, node: yaml.Node, default: int) -> int:
        value = self._scalar(node)
        if value.isascii() and value.isdigit() and len(value) < 7:  # noqa: PLR2004  # a million days is enough
            return int(value)
        self.sheet.report(WRONG_SHAPE, node, "a whole number is wanted here")
        return default

    def _day(self, node: yaml.Node) -> date | None:
        moment = self._moment(node, _DAY, "no day", "write year, month and day: `2026-09-14`")
        return moment.first if moment else None

    def _moment(self, node: yaml.Node, form: re.Pattern[str], lacks: str, advice: str) -> Moment | None:
        match = form.match(self._scalar(node))
        try:
            if match:
                first = date(int(match[1]), int(match[2]), int(match[3] or 1))
                return Moment(first.year, first.month, first.day if match[3] else 0)
        except ValueError:
            pass
        self.sheet.report(BAD_DATE, node, f"this is {lacks} of the calendar", advice)
        return None
