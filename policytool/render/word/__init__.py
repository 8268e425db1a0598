"""An edition -> a Word file: numbers that Word counts, references that it keeps up to date.

Two editions and what changed between them -> a redline: the new one with tracked changes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from policytool.model.comparison import Comparison
from policytool.render.edition import Edition
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.carried import Carried, properties, store
from policytool.render.word.document import finish, story_of, write_story
from policytool.render.word.markup import child, root
from policytool.render.word.notes import write_notes
from policytool.render.word.package import WordPackage

__all__ = ["redline", "word"]


def word(edition: Edition, *, comes_home: bool = True) -> bytes:
    """The edition as a .docx file; the same edition gives the same bytes.

    Office Open XML, transitional (ISO/IEC 29500-4); Word 2013 and later open it outside their compatibility mode. One
    that is never to come home carries nothing beside its words, not even by what id and label it cites another policy.
    """
    document, footnotes = root("document"), root("footnotes")
    package = WordPackage(document, edition)
    carried = Carried() if comes_home else None
    story = replace(story_of(edition, package, Bookmarks(edition.policy.blocks)), carried=carried)
    body = child(document, "body")
    write_story(story, body)
    part, _ = package.add("footnotes", footnotes)
    write_notes(replace(story, part=part, is_note=True), footnotes)
    if carried:
        package.carry(properties(edition.policy), store(carried.json(edition, [*story.notes.cited])))
    return finish(package, story, body)


def redline(
    comparison: Comparison,
    old: Edition,
    new: Edition,
    *,
    author: str,
    when: datetime | None,
    moves_as_delete_insert: bool = False,
) -> bytes:
    """The new edition as a .docx file in which all that changed is a tracked change by `author`.

    All accepted, it is the new edition; all rejected, the old one, numbers included. The contents list and the cached
    numbers of references are those of the new one until the reader updates the fields. `when` is an aware datetime.
    With `moves_as_delete_insert`, what moved is deleted here and inserted there.
    """
    from policytool.render.word.tracked import write_redline

    return write_redline(comparison, old, new, author=author, when=when, with_moves=not moves_as_delete_insert)
