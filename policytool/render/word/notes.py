"""Footnotes -> the part that holds them."""

from __future__ import annotations

from policytool.model.inline import FootnoteMark
from policytool.render.word.body import write_blocks
from policytool.render.word.markup import Element, Look, W, child, paragraph, plain_run, run
from policytool.render.word.story import Story

_SUPERSCRIPT = Look(style="FootnoteReference")
_SEPARATORS = (("-1", "separator"), ("0", "continuationSeparator"))


def write_notes(story: Story, root: Element) -> None:
    """The separators that Word asks for, then every footnote the text has cited."""
    for key, kind in _SEPARATORS:
        separator = child(root, "footnote", type=kind, id=key)
        child(plain_run(paragraph(separator, "FootnoteText")), kind)
    for name, number in story.notes.cited.items():
        note = child(root, "footnote", id=str(number))
        child(_written(story, note, name), "footnoteRef")
        _write_nested(story, note)


def _write_nested(story: Story, note: Element) -> None:
    """Footnotes that are cited only in this one: Word has no footnotes to footnotes, so they are set below it."""
    shown: set[str] = set()
    while story.notes.nested:
        mark: FootnoteMark = story.notes.nested.pop(0)
        if mark.name not in shown:
            shown.add(mark.name)
            run_of_number = _written(story, note, mark.name)
            child(run_of_number, "t").text = str(mark.number)


def _written(story: Story, note: Element, name: str) -> Element:
    """A footnote's blocks at the end of `note`; the run before their first words, for the number."""
    before = len(note)
    if story.carried:
        story.carried.note = name
    write_blocks(story, note, story.notes.known[name].blocks)
    if len(note) == before or note[before].tag != W + "p":
        note.insert(before, paragraph(note, "FootnoteText"))
    first = note[before]
    mark = plain_run(first, _SUPERSCRIPT)
    first.insert(1, mark)
    run(first, " ")
    first.insert(2, first[-1])
    return mark
