"""Word files as found, held against what LibreOffice prints of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from docx import Document

from policytool.model.inline import FootnoteMark, Inlines, plain
from policytool.model.piece import Found
from policytool.parse.word import found
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.libreoffice import told
from tests.parse.word_files import abstract, begins, cell, changed, level, num, p, r, row, table, word_file
from tests.parse.word_lists import Chance
from tests.sample import LIBRARY, POLICY

_DOCUMENTS = 60
_CELL = re.compile(r"cell [A-Z]\d+$")  # how the judge names each cell before its words
_LEVELS = (
    level(0, "decimal", "%1."),
    level(1, "decimal", "%1.%2"),
    level(2, "lowerLetter", "(%3)"),
    level(3, "lowerRoman", "(%4)"),
)


def _lists() -> bytes:
    """One list that others go on with or begin anew, with levels left out, in a table too."""
    lists = abstract(1, *_LEVELS) + abstract(2, level(0, "upperRoman", "Part %1", 0), level(1, "decimalZero", "%1-%2"))
    lists += num(1, 1) + num(2, 1, begins(0, 5)) + num(3, 2) + num(4, 1)
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 3), (1, 1), (1, 2), (4, 0), (4, 1), (3, 0), (3, 1), (3, 1), (2, 0)]
    body = "".join(p(f"words {at}", number=place) for at, place in enumerate(places))
    inside = table(row(cell(p("in a cell", number=(1, 1))), cell(p("plain"))))
    return word_file(body + inside + p("after", number=(1, 1)), numbering=lists)


def _changes() -> bytes:
    """Numbered paragraphs that came in, went and were joined."""
    gone = f"<w:rPr>{changed('del', '')}</w:rPr>"
    body = p("first", number=(1, 0)) + p(changed("del", r("second", tag="delText")), "", gone, number=(1, 0))
    body += p(changed("ins", r("third")), "", f"<w:rPr>{changed('ins', '')}</w:rPr>", number=(1, 0))
    body += p(r("fourth ") + changed("del", r("old ", tag="delText")) + changed("ins", r("new")), number=(1, 0))
    return word_file(body, numbering=abstract(1, *_LEVELS) + num(1, 1))


def _of_python() -> bytes:
    """The styles that python-docx begins with."""
    made = Document()
    made.add_heading("A policy", 0)
    made.add_heading("Scope", 1)
    for style in ("List Number", "List Number", "List Number 2", "List Bullet", "List Number", "Body Text"):
        made.add_paragraph(f"In {style}", style)
    content = BytesIO()
    made.save(content)
    return content.getvalue()


def _lines(document: Found) -> Iterator[tuple[str, str]]:
    for piece in document.pieces:
        yield from (
            [("", _told(one)) for line in piece.rows for one in line]
            if piece.rows
            else [(piece.marker, _told(piece.words))]
        )


def _told(words: Inlines) -> str:
    return " ".join(plain(words).split())


def _noted(words: Inlines) -> bool:
    return any(isinstance(one, FootnoteMark) for one in words)


def _numbers(lines: Iterator[tuple[str, str]]) -> list[str]:
    """Each line as one run of words, its number before it; bullets are left out, for their signs differ by font."""
    joined = (" ".join(f"{number} {words}".split()) for number, words in lines)
    return [line.lstrip("•\uf0b7 ") for line in joined if line and not _CELL.match(line)]


def test_numbers_are_those_that_libreoffice_prints(tmp_path: Path) -> None:
    """Lists by hand, of python-docx, of ours; changes accepted and rejected."""
    jobs = {
        "lists": ("keep", _lists()),
        "accepted": ("accept", _changes()),
        "rejected": ("reject", _changes()),
        "python": ("keep", _of_python()),
    }
    judged = told(tmp_path, jobs)
    for name, (action, docx) in jobs.items():
        document, _ = found(docx, changes="reject" if action == "reject" else "accept")
        assert document is not None
        assert _numbers(_lines(document)) == _numbers(iter(judged[name].text)), name


def test_a_policy_of_ours_is_read_as_libreoffice_prints_it(tmp_path: Path) -> None:
    """Every paragraph that counts, in order."""
    docx = word(Edition(POLICY, LIBRARY))
    [judged] = told(tmp_path, {"ours": ("keep", docx)}).values()
    document, _ = found(docx)
    assert document is not None
    numbered = [
        f"{piece.marker} {_told(piece.words)}".lower()  # the judge brings “appendix A” up to date: “Appendix A”
        for piece in document.pieces
        if piece.automatic and not _noted(piece.words)
    ]
    printed = {" ".join(f"{number} {words}".lower().split()) for number, words in judged.text}
    assert len(numbered) > 20
    assert [line for line in numbered if line not in printed and not line.startswith(("•", "–"))] == []


def test_lists_made_by_chance_count_as_libreoffice_prints_them(tmp_path: Path) -> None:
    """At least 99 of 100 numbers; bullets are left out, which the judge does not tell as labels."""
    jobs = {f"{seed}": ("reject" if seed % 2 else "accept", Chance(seed).file()) for seed in range(_DOCUMENTS)}
    judged = told(tmp_path, jobs)
    numbers = wrong = 0
    for name, (action, docx) in jobs.items():
        document, _ = found(docx, changes="reject" if action == "reject" else "accept")
        assert document is not None
        ours = dict(_by_word(document))
        for number, words in judged[name].text:
            if _WORD.fullmatch(words) and (number or ours[words] not in ("", "•")):
                numbers += 1
                wrong += ours[words] != number
    assert numbers > 1_000
    assert wrong <= numbers // 100


_WORD = re.compile(r"w\d+")
_IN_CELL = re.compile(r"(.*?) ?(w\d+) gap$")


def _by_word(document: Found) -> Iterator[tuple[str, str]]:
    """The number before each word; in a cell it is part of the words."""
    for piece in document.pieces:
        if not piece.rows:
            yield _told(piece.words), piece.marker
        for cells in piece.rows:
            for one in cells:
                if matched := _IN_CELL.match(_told(one)):
                    yield matched[2], matched[1]
