"""A line or a table -> the fields it holds, in the many shapes that schools give them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest
from typing import Literal, TypeAlias

from policytool.model.piece import Aside, Place
from policytool.model.time import Moment
from policytool.parse.drafting.dates import VAGUE, moment, without_dates

What: TypeAlias = Literal["title", "next", "last", "approved", "reviewer", "owner", "related", "cycle", "version"]

# What a field tells, and how schools call it.
_CALLED: tuple[tuple[What, tuple[str, ...]], ...] = (
    ("related", (r"cross[- ]?references?", r"(?:related|linked|associated)\s+(?:polic\w+|documents?)", r"see\s+also",
                 r"links?\s+(?:to|with)\s+other(?:\s+polic\w+)?",
                 r"(?:to\s+be\s+)?read\s+(?:in\s+conjunction\s+)?with")),
    ("reviewer", (r"(?:to\s+be\s+)?reviewed\s+by", r"reviewer", r"review(?:ing)?\s+(?:body|committee)")),
    ("cycle", (r"(?:review\s+)?(?:frequency|cycle|period|interval)(?:\s+of\s+reviews?)?", r"reviewed\s+every",
               r"how\s+often")),
    ("next", (r"(?:date\s+(?:of|for)\s+)?(?:the\s+)?next\s+review(?:\s+(?:date|due))?",
              r"dates?\s+(?:for|of)\s+(?:next\s+)?review", r"review\s+(?:date|due)(?:\s+by)?",
              r"(?:date\s+)?to\s+be\s+reviewed(?:\s+(?:on|in|by))?", r"(?:next|review|renewal)\s+due",
              r"due\s+for\s+review", r"review")),
    ("last", (r"(?:date\s+)?(?:completed\s*/\s*)?last\s+(?:review(?:ed)?|updated?)(?:\s+(?:on|date|in))?",
              r"date\s+(?:completed|updated|written|last\s+reviewed)", r"(?:date\s+)?reviewed(?:\s+(?:on|in))?",
              r"date\s+of\s+last\s+review", r"updated(?:\s+(?:on|in))?")),
    ("approved", (r"(?:date\s+)?(?:policy\s+)?approved(?:\s+(?:and\s+adopted\s+)?(?:by|on))?", r"approver",
                  r"approval(?:\s+(?:date|body|level|by))?",
                  r"(?:date\s+)?(?:ratified|adopted)(?:\s+(?:by|on))?(?:\s+governors)?",
                  r"date\s+of\s+(?:adoption|approval|ratification|policy)",
                  r"(?:date\s+)?agreed(?:\s+(?:by|on))?(?:\s+governors)?", r"date\s+of\s+meeting")),
    ("owner", (r"(?:policy\s+|document\s+)?(?:owner|author|lead)",
               r"responsib(?:le|ility)(?:\s+(?:person|officer|for))?",
               r"(?:written|prepared|produced)\s+by", r"(?:member\s+of\s+)?staff\s+responsible")),
    ("version", (r"version(?:\s+(?:no|number|control|history))?\.?", r"document\s+(?:history|control)",
                 r"(?:revision|issue)(?:\s+(?:no|number))?\.?")),
    ("title", (r"(?:policy\s+|document\s+)?(?:title|name)(?:\s+of\s+(?:policy|document))?",)),
)  # fmt: skip
_LABELS = tuple((what, re.compile(rf"\s*(?:{'|'.join(names)})\b", re.IGNORECASE)) for what, names in _CALLED)
_EVERY = "|".join(name for _, names in _CALLED for name in names)
_INNER = re.compile(rf"(?:(?<=\s)|(?<=[|;]))(?=(?:{_EVERY})\b\s*(?:on\s*|by\s*)?:)", re.IGNORECASE)
_ANYWHERE = re.compile(rf"\b(?:{_EVERY})\b", re.IGNORECASE)
_SIGN = re.compile(r"(?:\s*/\s*[\w ]{1,30})?\s*[:–—\t|-](?:\s+|\Z)|(?:\s*/\s*[\w ]{1,30})?\s*:")
_ASIDES = {"header": "head", "footer": "foot"}
_BODY = re.compile(r"(?:\(?(?P<body>[A-Z][\w ’']{1,40})\)?)?\W*\Z")
MOST_WORDS, MOST_RELATED, MOST_DATED, MOST_BODY = 30, 200, 10, 6


@dataclass(frozen=True, slots=True)
class Said:
    """A field as it was found: what it tells, its words, the whole line, and where: "the title block"."""

    what: What
    value: str
    line: str
    place: Place
    where: str = "the title block"

    @property
    def held(self) -> Moment | None:
        """The day or month it names."""
        return moment(self.value) or moment(self.line)

    @property
    def is_vague(self) -> bool:
        """Whether it names a term or a year, and no date."""
        return self.held is None and bool(VAGUE.search(self.line))

    @property
    def body(self) -> str:
        """Its words without dates: who approved or reviews."""
        return without_dates(self.value).strip(" ,;:()–—-")


def of_line(words: str, place: Place, where: str = "the title block") -> list[Said]:
    """The fields of a line, which begins with one; none where it holds none."""
    cuts = [0, *(match.start() for match in _INNER.finditer(words)), len(words)]
    parts = [words[start:end].strip(" |;,\t") for start, end in pairwise(cuts)]
    made: list[str] = []
    for part in parts:
        if made and _is_joined(made[-1], part):
            made[-1] = f"{made[-1]} {part}"
        elif part:
            made.append(part)
    read = [_one(part, place, where) for part in made]
    if all(read):
        return [one for one in read if one]
    whole = _one(words, place, where)
    return [whole] if whole else []


def _is_joined(before: str, part: str) -> bool:
    """Whether a label goes on with what looks like another: "Date of next" and "review: May 2024"."""
    return bool(part) and ":" not in before and len(before.split()) <= 4 and _one(before, Place(0), "") is None  # noqa: PLR2004


def _one(words: str, place: Place, where: str) -> Said | None:
    if len(words.split()) > MOST_RELATED:
        return None
    is_long = len(words.split()) > MOST_WORDS
    for what, label in _LABELS:
        match = label.match(words) if what == "related" or not is_long else None
        if match and (value := _value(words, match.end(), is_weak=match[0].strip().lower() == "review")) is not None:
            return Said(what, value, words, place, where)
    return None


def _value(words: str, end: int, *, is_weak: bool) -> str | None:
    """What stands after a label: after a sign, or, where there is none, what holds a date or ends the line."""
    if sign := _SIGN.match(words, end):
        return words[sign.end() :].strip()
    rest = words[end:].strip()
    if not rest:
        return None if is_weak else rest
    return rest if (moment(rest) or VAGUE.search(rest)) and len(rest.split()) <= MOST_DATED else None


def dated_body(words: str, place: Place) -> Said | None:
    """A date with who met then, and nothing else: "10.12.14 (Resources)"."""
    rest = without_dates(words).strip(" ,:–—-")
    match = _BODY.match(rest)
    if moment(words) and match and len(rest.split()) <= MOST_BODY and words[:1].isdigit():
        return Said("approved", words, words, place)
    return None


def of_table(rows: Sequence[Sequence[str]], place: Place) -> tuple[list[Said], list[str]]:
    """The fields of a table, and its rows that hold none: label and value beside one another, or one below another."""
    filled = [row for row in rows if any(row)]
    if _is_headed(filled):
        filled = [[label, value] for label, value in zip_longest(*filled, fillvalue="")]
    read: list[Said] = []
    left: list[str] = []
    for row in filled:
        found = _of_row(row, place)
        read += found
        left += [] if found else [" | ".join(row)]
    return read, left


def _is_headed(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row of labels stands above one of values."""
    if len(rows) != 2 or len(rows[0]) < 2:  # noqa: PLR2004  # two rows, and columns
        return False
    return all(_is_label(cell) for cell in rows[0] if cell) and not any(_is_label(cell) for cell in rows[1])


def _of_row(row: Sequence[str], place: Place) -> list[Said]:
    """Each label of a row with the cells up to the next."""
    groups: list[list[str]] = []
    for cell in (cell for cell in row if cell):
        if groups and not (_is_label(cell) or of_line(cell, place)):
            groups[-1].append(cell)
        else:
            groups.append([cell])
    found = [_of_cells(group, place) for group in groups]
    return [said for group in found for said in group] if all(found) else []


def _of_cells(cells: Sequence[str], place: Place) -> list[Said]:
    label, *values = cells
    if not _is_label(label):
        return of_line(" ".join(cells), place)
    value = " ".join(values)
    what = next(what for what, pattern in _LABELS if pattern.match(label))
    return [Said(what, value, f"{label.rstrip(' :')}: {value}".strip(), place)]


def _is_label(cell: str) -> bool:
    """Whether a cell holds nothing but what a field is called."""
    return any((match := label.match(cell)) and not cell[match.end() :].strip(" :/–—-") for _, label in _LABELS)


def of_asides(asides: Sequence[Aside]) -> Iterator[Said]:
    """The fields of running heads and feet, each once: "Approved by the FGB July 2020"."""
    known: set[str] = set()
    for aside in asides:
        if aside.kind not in ("header", "footer"):
            continue
        for said in _in_a_row(aside):
            if said.line not in known and (said.held or said.is_vague):
                known.add(said.line)
                yield said


def _in_a_row(aside: Aside) -> Iterator[Said]:
    """The fields of a running head, wherever they begin in it."""
    starts = [match.start() for match in _ANYWHERE.finditer(aside.text)]
    for start, end in pairwise([*starts, len(aside.text)]):
        said = _one(aside.text[start:end].strip(" |;,\t\n"), aside.place, f"the running {_ASIDES[aside.kind]}")
        if said:
            yield said
