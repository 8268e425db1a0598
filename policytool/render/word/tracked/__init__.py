"""Two editions and what changed between them -> a Word file with tracked changes.

Both are written as ever, each by itself; then the two texts are put together, paragraph by paragraph. So what is
accepted is what the new edition would have been, and what is rejected is what the old one was. Only what the two have
in common is not written twice: the words of a paragraph that stays as it was are those of the new text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain

from docx.opc.part import Part

from policytool.model.comparison import Comparison
from policytool.render.edition import Edition
from policytool.render.word.bookmarks import Bookmarks
from policytool.render.word.document import finish, story_of, write_story
from policytool.render.word.markup import Element, W, child, root
from policytool.render.word.notes import write_notes
from policytool.render.word.package import WordPackage
from policytool.render.word.story import Story, Wording
from policytool.render.word.tracked.cuts import Cutting, Sparing, cuts_of
from policytool.render.word.tracked.ink import Ink
from policytool.render.word.tracked.names import OldBookmarks, Pair, rename_lists
from policytool.render.word.tracked.paragraphs import Paragraphs
from policytool.render.word.tracked.plan import Plan, plan
from policytool.render.word.tracked.stays import Stays
from policytool.render.word.tracked.texts import Texts
from policytool.render.word.tracked.units import Outline, Unit, outlined, units

_CITED = W + "footnoteReference"
_SEPARATORS = 2


def write_redline(
    comparison: Comparison, old: Edition, new: Edition, *, author: str, when: datetime | None, with_moves: bool
) -> bytes:
    """The new edition with tracked changes; all rejected, it is the old one."""
    document, footnotes = root("document"), root("footnotes")
    package = WordPackage(document, new, _remark(comparison))
    body = child(document, "body")
    part, _ = package.add("footnotes", footnotes)
    outlines = outlined(old), outlined(new)
    stays = Stays(comparison, *outlines)
    cut_old, cut_new = cuts_of(comparison)
    cutting = Cutting(cut_new)
    after = _Written.of(story_of(new, package, Bookmarks(new.policy.blocks)), part, cutting, outlines[1])
    sparing = Sparing(cut_old, stays.unchanged(), cutting.said)
    before = _Written.of(_story_of_old(old, package), part, sparing, outlines[0])
    planned = plan(comparison, stays, before.units, after.units, with_moves=with_moves)
    marks = _name(before, after, planned)
    names = {**before.notes(), **after.notes()}
    ink = Ink(author, when, marks + 1)
    paragraphs = Paragraphs(ink, names)
    texts = Texts(ink, paragraphs, stays.pairs, sparing.spared)
    body.extend(texts.joined(before.units, after.units, planned))
    body.extend(before.left + after.left)
    _write_notes(texts, footnotes, before, after)
    _count_notes(body, footnotes)
    return finish(package, after.story, body)


def _story_of_old(edition: Edition, package: WordPackage) -> Story:
    """The old text: its contents list is never seen, and what nothing cites needs no bookmark."""
    policy = edition.policy
    cited = (target for target in edition.library.targets.values() if target.policy == policy.id)
    return replace(story_of(edition, package, Bookmarks(policy.blocks, cited)), has_contents=False)


def _remark(comparison: Comparison) -> str:
    old, new = comparison.old.version, comparison.new.version
    return f"Changes from {old} to {new}" if old and new else ""


@dataclass(slots=True)
class _Written:
    """One of the two texts as it is written by itself."""

    story: Story
    body: Element
    footnotes: Element
    units: list[Unit]
    left: list[Element]

    @classmethod
    def of(cls, story: Story, part: Part, wording: Wording, outlines: Sequence[Outline]) -> _Written:
        body, footnotes = root("body"), root("footnotes")
        write_story(replace(story, wording=wording), body)
        write_notes(replace(story, part=part, is_note=True), footnotes)
        return cls(story, body, footnotes, *units(body, outlines))

    def notes(self) -> dict[str, str]:
        """The names of the footnotes by their ids."""
        marks = zip(self.story.notes.cited, [*self.footnotes][_SEPARATORS:], strict=True)
        return {note.get(W + "id", ""): name for name, note in marks}


def _name(before: _Written, after: _Written, planned: Plan) -> int:
    """Let the names in the old text mean what they mean in the new one; how many bookmarks there are."""
    count = len(after.story.notes.cited)
    for node in chain(before.body.iter(_CITED), [*before.footnotes][_SEPARATORS:]):
        node.set(W + "id", str(int(node.get(W + "id", "0")) + count))
    pairs = [*_pairs(before.units, after.units, planned)]
    rename_lists(before.body, pairs, before.story.numbering.element, after.story.numbering.element)
    bookmarks = OldBookmarks.of([after.body])
    bookmarks.share(before.body, dict(pairs), {**before.notes(), **after.notes()})
    shift = after.story.bookmarks.count
    bookmarks.give([before.body, before.footnotes], shift)
    return shift + before.story.bookmarks.count


def _pairs(olds: list[Unit], news: list[Unit], planned: Plan) -> Iterator[Pair]:
    for kept in planned.kept:
        yield olds[kept.olds[-1]].element, news[kept.news[-1]].element


def _write_notes(texts: Texts, root_of_notes: Element, before: _Written, after: _Written) -> None:
    """The footnotes of both texts: those cited in one place in both as one, every other by itself."""
    kept = {new: old for old, new in texts.paragraphs.kept.items()}
    olds = {note.get(W + "id", ""): note for note in [*before.footnotes][_SEPARATORS:]}
    root_of_notes.extend([*after.footnotes][:_SEPARATORS])
    for note in [*after.footnotes]:
        old = olds.pop(kept.get(note.get(W + "id", ""), ""), None)
        note[:] = texts.alone([*note], "ins", ends=False) if old is None else texts.short([*old], [*note])
        root_of_notes.append(note)
    for note in olds.values():
        note[:] = texts.alone([*note], "del", ends=False)
        root_of_notes.append(note)


def _count_notes(body: Element, footnotes: Element) -> None:
    """Name the footnotes 1, 2, 3 as the body cites them, and put them in that order.

    The standard asks for neither, but LibreOffice takes the first footnote for the first mark, and so on.
    """
    notes = {note.get(W + "id", ""): note for note in [*footnotes][_SEPARATORS:]}
    for number, mark in enumerate([*body.iter(_CITED)], 1):
        note = notes[mark.get(W + "id", "")]
        mark.set(W + "id", str(number))
        note.set(W + "id", str(number))
        footnotes.append(note)  # which takes it away from where it stood


__all__ = ["write_redline"]
