# ruff: noqa: SLF001, FBT003  # the driver of LibreOffice opens and saves for us; UNO has no keywords
"""Run by a Python that has UNO: opens Word files in a LibreOffice of its own, edits them as a person would, saves them.

`python tests/commands/uno_edits.py SOFFICE PROFILE SECONDS JOBS`, where JOBS is JSON, `[[file, target, [edit, …]], …]`:
an edit is the name of a function of `EDITS` with what it takes. A target that ends in .json gets the text with all
tracked changes accepted, any other the file as Word's.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Timer
from typing import Any, TypeAlias

from bench.office_uno import COMMANDS, Office, _die, _url, told

Thing: TypeAlias = Any  # UNO has no types
BREAK, BOLD, PLAIN = 0, 150.0, 100.0


def found(document: Thing, words: str) -> Thing:
    """Where words first stand in the text itself, not in its contents list."""
    search = document.createSearchDescriptor()
    search.SearchString, search.SearchCaseSensitive = words, True
    place = document.findFirst(search)
    while place is not None and place.TextSection is not None:
        place = document.findNext(place.getEnd(), search)
    if place is None:
        raise LookupError(words)
    return place


def _end(document: Thing, words: str) -> Thing:
    place = found(document, words)
    cursor = place.getText().createTextCursorByRange(place.getEnd())
    cursor.gotoEndOfParagraph(False)
    return cursor


def _whole(document: Thing, words: str) -> Thing:
    """A paragraph with its end, as it is selected from its beginning to that of the next."""
    place = found(document, words)
    cursor = place.getText().createTextCursorByRange(place.getStart())
    cursor.gotoStartOfParagraph(False)
    cursor.gotoEndOfParagraph(True)
    cursor.goRight(1, True)
    return cursor


def track(document: Thing) -> None:
    """Track all that follows."""
    document.RecordChanges = True


def replace(document: Thing, old: str, new: str) -> None:
    """Type over words, in the text or in a footnote."""
    found(document, old).setString(new)


def enter(document: Thing, words: str, new: str) -> None:
    """The Enter key at the end of a paragraph, and new words."""
    cursor = _end(document, words)
    cursor.getText().insertControlCharacter(cursor, BREAK, False)
    cursor.getText().insertString(cursor, new, False)


def split(document: Thing, words: str) -> None:
    """The Enter key before words."""
    place = found(document, words).getStart()
    place.getText().insertControlCharacter(place, BREAK, False)


def default(document: Thing, words: str, new: str) -> None:
    """A new paragraph in the style that is there by default, in no list."""
    enter(document, words, new)
    place = found(document, new)
    place.ParaStyleName, place.NumberingStyleName = "Standard", ""


def delete(document: Thing, words: str) -> None:
    """A whole paragraph."""
    _whole(document, words).setString("")


def move(document: Thing, words: str, after: str) -> None:
    """Cut a paragraph, and paste it behind another."""
    cursor = _whole(document, words)
    controller = document.getCurrentController()
    controller.select(cursor)
    cut = controller.getTransferable()
    cursor.setString("")
    target = _end(document, after)
    target.goRight(1, False)
    controller.getViewCursor().gotoRange(target, False)
    controller.insertTransferable(cut)


def comment(document: Thing, words: str, text: str) -> None:
    """A comment on words."""
    place = found(document, words)
    note = document.createInstance("com.sun.star.text.textfield.Annotation")
    note.Author, note.Content = "Head", text
    place.getText().insertTextContent(place, note, True)


def bold(document: Thing, words: str) -> None:
    """Words set bold, or no longer."""
    place = found(document, words)
    place.CharWeight = PLAIN if place.CharWeight == BOLD else BOLD


def row(document: Thing, words: str, *cells: str) -> None:
    """A row of a table below that with certain words."""
    place = found(document, words)
    number = int("".join(filter(str.isdigit, place.Cell.CellName)))
    place.TextTable.getRows().insertByIndex(number, 1)
    for at, text in enumerate(cells):
        place.TextTable.getCellByPosition(at, number).setString(text)


EDITS: dict[str, Callable[..., None]] = {
    one.__name__: one for one in (track, replace, enter, split, default, delete, move, comment, bold, row)
}


def do(office: Office, file: str, target: str, edits: list[list[str]]) -> None:
    """One job, from opening the file to closing it."""
    document = office.desktop.loadComponentFromURL(_url(file), "_blank", 0, office._properties(Hidden=True))
    for name, *rest in edits:
        EDITS[name](document, *rest)
    if target.endswith(".json"):
        office._dispatch(document, COMMANDS["accept"])
        Path(target).write_text(json.dumps(told(document)), "utf-8")
    else:
        document.storeToURL(_url(target), office._properties(FilterName="MS Word 2007 XML"))
    document.close(True)


def main(soffice: str, profile: str, seconds: str, jobs: str) -> None:
    """All jobs in one LibreOffice, which is killed after so many seconds."""
    if os.getpgrp() != os.getpid():
        os.setpgid(0, 0)
    watch = Timer(float(seconds), _die)
    watch.daemon = True
    watch.start()
    try:
        office = Office(soffice, profile)
        for job in json.loads(jobs):
            do(office, *job)
        office.close(float(seconds))
    except BaseException:  # noqa: BLE001  # whatever it was: nothing is left running
        sys.excepthook(*sys.exc_info())
        _die()


if __name__ == "__main__":
    main(*sys.argv[1:])
