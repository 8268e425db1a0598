"""Text and Markdown that was not written for policytool -> a document as found."""

from __future__ import annotations

import re
from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import dataclass, field

from policytool.model.diagnostic import Diagnostic
from policytool.model.inline import FootnoteMark, Inlines, descend
from policytool.model.piece import Aside, Found, Piece, Place, Remark
from policytool.parse.findings import NUL, TOO_LARGE
from policytool.parse.markers import mark, marker
from policytool.parse.phrases import Phrases, tidy, unwrapped
from policytool.parse.text import LARGEST, UNPRINTABLE

POINTS = 6.0
"""How wide a character is taken to be, in points."""
_LONG = 50
_HEADING = re.compile(r"(?P<level>#{1,6})\s+(?P<words>.*?)\s*#*\s*\Z")
_UNDERLINE = re.compile(r"(?:=+|-{3,})\s*\Z")
_RULE = re.compile(r"\s*(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,})\Z")
_FENCE = re.compile(r"\s*(?:```|~~~)")
_ROW = re.compile(r"\s*\|.*\|?\s*\Z")
_DELIMITERS = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*\Z")
_QUOTED = re.compile(r"\s{0,3}(?:>\s?)+")
_NOTE = re.compile(r"\[\^(?P<name>[^\]\s]{1,60})\]:\s*(?P<words>.*)\Z")
_PAGE = re.compile(r"\s*(?:page\s+\d+(?:\s+of\s+\d+)?|-\s*\d+\s*-)\s*\Z", re.IGNORECASE)
FIELD = re.compile(r"\s*(?:\*\*)?[A-Z][\w’'/() -]{1,50}(?:\*\*)?\s*:(?:\*\*)?(?:\s|\Z)")
"""A line that names something and gives it: "Date for review: September 2024"."""
_CITES = re.compile(
    r"\b(?:(?:sections?|clauses?|paragraphs?|paras?|parts?|see)"
    r"|(?:sections|clauses|paragraphs) [\d., ]+(?:and|or|to))\Z",
    re.IGNORECASE,
)


def found(content: bytes, path: str = "") -> tuple[Found | None, list[Diagnostic]]:
    """A text as found; None with a diagnostic where it is none. `path` is named in the diagnostics."""
    text, remarks, wrong = decoded(content, path)
    if text is None:
        return None, wrong
    reader = _Reader(remarks=remarks)
    reader.read(text.split("\n"))
    return reader.found(), []


def decoded(content: bytes, path: str) -> tuple[str | None, list[Remark], list[Diagnostic]]:
    """Bytes as text with LF line ends: UTF-8, UTF-16 by its mark, or else as Windows wrote it in western Europe."""
    if len(content) > LARGEST:
        return None, [], [TOO_LARGE.at(path, None, "this file is larger than 5 MB")]
    remarks: list[Remark] = []
    try:
        wide = content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
        text = content.decode("utf-16") if wide else content.removeprefix(BOM_UTF8).decode()
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
        message = "the file is not UTF-8: it was read as Windows-1252; look at pound signs, quotes and dashes"
        remarks.append(Remark("look", None, message))
    if "\0" in text:
        return None, [], [NUL.at(path, None, "this file holds a NUL byte: it is no text")]
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    return UNPRINTABLE.sub("", text), remarks, []


@dataclass(slots=True)
class _Draft:
    """A piece that may still go on: its lines, where it begins, and what it looks like."""

    lines: list[str]
    number: int
    marker: str = ""
    heading: int = 0
    indent: float = 0.0
    rows: list[str] = field(default_factory=list)
    note: str = ""
    quoted: bool = False


@dataclass(slots=True)
class _Reader:
    """Reads lines into pieces."""

    remarks: list[Remark]
    pieces: list[Piece] = field(default_factory=list)
    notes: dict[str, tuple[Piece, ...]] = field(default_factory=dict)
    asides: list[Aside] = field(default_factory=list)
    draft: _Draft | None = None
    after_blank: bool = True
    fields: bool = False

    def read(self, lines: list[str]) -> None:
        """Every line, then what is left open."""
        self.fields = lines[0].rstrip() == "---" and any(line.rstrip() == "---" for line in lines[1:200])
        for number, line in enumerate(lines, 1):
            if self.fields:
                self._field(number, line)
            elif line.strip(" >\t"):
                self._line(number, line.expandtabs(4).rstrip() if "\t" in line[:8] else line.rstrip())
                self.after_blank = False
            else:
                self._blank()
        self._flush()

    def _field(self, number: int, line: str) -> None:
        """A line between the fences of front matter."""
        self._flush()
        if line.rstrip() == "---":
            self.fields = number == 1
        elif line.strip():
            self.draft = _Draft([line], number)

    def _blank(self) -> None:
        self.after_blank = True
        if self.draft and (self.draft.rows or self.draft.lines != [""]):
            self._flush()

    def _line(self, number: int, line: str) -> None:
        if self._is_furniture(number, line):
            return
        if heading := _HEADING.match(line):
            self._begin(_opened(heading["words"], number), heading=len(heading["level"]))
        elif _ROW.match(line) and line.count("|") > 1:
            self._row(number, line)
        elif note := _NOTE.match(line):
            self._begin(_Draft([note["words"]], number, note=note["name"]))
        else:
            self._words(number, line)

    def _is_furniture(self, number: int, line: str) -> bool:
        """Whether a line is no words: a rule, a fence, a line under a heading, the number of a page."""
        open_lines = self.draft.lines if self.draft and not self.after_blank else []
        if _UNDERLINE.match(line) and self.draft and len(open_lines) == 1 and not self.draft.marker:
            self.draft.heading = 1 if line[0] == "=" else 2
            self._flush()
            return True
        if _PAGE.match(line):
            self.asides.append(Aside("footer", line.strip(), Place(number)))
            return True
        if _FENCE.match(line) or _RULE.match(line):
            self._flush()
            words = line.strip("`~*-_ \t")
            self.asides += [Aside("other", words, Place(number))] if words else []
            return True
        return False

    def _row(self, number: int, line: str) -> None:
        if self.draft is None or not self.draft.rows:
            self._begin(_Draft([], number))
        if self.draft:
            self.draft.rows.append(line)

    def _words(self, number: int, line: str) -> None:
        opened = _opened(line, number)
        draft = self.draft
        if draft and draft.lines == [""] and not opened.marker:
            draft.lines = opened.lines  # a number that stood alone on its line
        elif draft and self._goes_on(draft, opened, line):
            draft.lines.append(opened.lines[0])
        else:
            self._begin(opened)

    def _goes_on(self, draft: _Draft, opened: _Draft, line: str) -> bool:
        """Whether a line is the rest of the paragraph before it."""
        if self.after_blank or draft.heading or draft.rows or not draft.lines:
            return False
        before, text = draft.lines[-1], _QUOTED.sub("", line).strip()
        if draft.quoted != opened.quoted:
            return False
        if opened.marker:
            return text[0].isdigit() and bool(_CITES.search(before))
        if text.startswith("**") and text.endswith("**"):
            return False
        return (
            draft.quoted
            or text[0].islower()
            or (len(before) >= _LONG and not FIELD.match(line) and not _is_bold(before))
        )

    def _begin(self, draft: _Draft, *, heading: int = 0) -> None:
        self._flush()
        draft.heading = heading
        self.draft = draft
        if heading:
            self._flush()

    def _flush(self) -> None:
        draft, self.draft = self.draft, None
        if draft is None:
            return
        if draft.rows:
            self.pieces.append(self._table(draft))
            return
        piece = self._piece(draft)
        if draft.note:
            self.notes[draft.note] = (*self.notes.get(draft.note, ()), piece)
        else:
            self.pieces.append(piece)

    def _piece(self, draft: _Draft) -> Piece:
        place, text = Place(draft.number), " ".join(line.strip() for line in draft.lines)
        loose = re.fullmatch(r"(?:\*\*)?([^*]+)(?:\*\*)?", text)
        half = bool(loose) and text.startswith("**") != text.endswith("**")
        words, bold = unwrapped(tidy(self._inlines(text, place)))
        return Piece(
            words,
            place,
            draft.marker,
            heading=draft.heading,
            bold=bold or half,
            indent=draft.indent,
            quoted=draft.quoted,
        )

    def _inlines(self, text: str, place: Place) -> Inlines:
        phrases = Phrases()
        read = phrases.read(text)
        if phrases.unbalanced:
            self.remarks.append(Remark("guessed", place, "a ** without its partner was left out"))
        self.asides += [Aside("other", one, place) for one in phrases.dropped if one]
        return read

    def _table(self, draft: _Draft) -> Piece:
        place = Place(draft.number)
        rows = [_cells(line) for line in draft.rows if not _DELIMITERS.match(line)]
        cells = tuple(tuple(tidy(self._inlines(cell, place)) for cell in row) for row in rows)
        return Piece((), place, rows=cells, indent=draft.indent)

    def found(self) -> Found:
        """What was read. A footnote that nothing cites stands where the text ends."""
        every = [
            words for piece in self.pieces for words in (piece.words, *(cell for row in piece.rows for cell in row))
        ]
        cited = {one.name for words in every for one in descend(words) if isinstance(one, FootnoteMark)}
        left = [piece for name, pieces in self.notes.items() if name not in cited for piece in pieces]
        notes = {name: pieces for name, pieces in self.notes.items() if name in cited}
        pieces = tuple(piece for piece in (*self.pieces, *left) if piece.words or piece.rows or piece.marker)
        return Found("", pieces, notes, tuple(self.asides), tuple(self.remarks))


def _is_bold(line: str) -> bool:
    return line.strip().startswith("**") and line.strip().endswith("**")


def _opened(line: str, number: int) -> _Draft:
    """A line cut into its marker and its words; a marker may stand inside the bold of a heading."""
    quote = _QUOTED.match(line)
    line = line[quote.end() :] if quote else line
    typed, taken = marker(line)
    rest = line[taken:].strip()
    if rest[:2] in ("**", "__") and mark(typed).kind in ("", "bullet"):
        inner, more = marker(rest[2:])
        if inner and mark(inner).kind != "bullet":
            typed, rest = inner, rest[:2] + rest[2 + more :]
        elif early := re.match(rf"{re.escape(rest[:2])}([^*_]+?){re.escape(rest[:2])}\s*", rest):
            inner, more = marker(early[1])
            if inner and more == len(early[1]) and mark(inner).kind != "bullet":
                typed, rest = inner, rest[early.end() :]
    indent = (len(line) - len(line.lstrip())) * POINTS
    return _Draft([rest], number, typed, indent=indent, quoted=bool(quote))


def _cells(row: str) -> list[str]:
    inner = row.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", inner)]
