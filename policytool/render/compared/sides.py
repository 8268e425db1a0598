"""A comparison and its two editions -> its passages and words, each read on the side where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import NamedTuple, TypeAlias

from policytool.model.block import Clause, Section
from policytool.model.comparison import Change, Comparison, Mark, Passage, Span
from policytool.model.inline import Emphasis, FootnoteMark, Inline, Inlines, Link, Reference, Strong, Text
from policytool.model.policy import Policy
from policytool.render.edition import Edition

Passages: TypeAlias = Mapping[int, Passage]


class Run(NamedTuple):
    """Words with one mark, and the edition in which they stand."""

    mark: Mark
    words: Inlines
    edition: Edition


Runs: TypeAlias = tuple[Run, ...]
LONGEST_NAME = 50
Parts: TypeAlias = tuple[tuple[Passage, Runs], ...]


@dataclass(frozen=True)
class Sides:
    """A comparison with the editions in which its old and its new words stand."""

    comparison: Comparison
    old: Edition
    new: Edition

    @cached_property
    def old_passages(self) -> Passages:
        """The passages of the old wording by their order."""
        return {passage.order: passage for change in self.comparison.changes for passage in change.old}

    @cached_property
    def new_passages(self) -> Passages:
        """The passages of the new wording by their order."""
        return {passage.order: passage for change in self.comparison.changes for passage in change.new}

    # Words

    def runs(self, change: Change) -> Runs:
        """The words of a change, old and new in one; of one without spans, those of its new passages.

        Blanks at the ends of what is marked stand outside the mark, so that no line is drawn at them; there is one
        between what was taken out and what stands there now.
        """
        if not change.spans:
            return tuple(Run(Mark.SAME, passage.words, self.new) for passage in change.new)
        return tuple(_apart(run for span in change.spans for run in _trimmed(self._run(span))))

    def old_runs(self, change: Change) -> Runs:
        """The words as they stood."""
        if not change.spans:
            return tuple(Run(Mark.SAME, passage.words, self.old) for passage in change.old)
        return tuple(
            run
            for span in change.spans
            if span.mark is not Mark.INSERTED
            for run in _trimmed(Run(span.mark, span.old, self.old))
        )

    def _run(self, span: Span) -> Run:
        if span.mark is Mark.DELETED:
            return Run(span.mark, span.old, self.old)
        return Run(span.mark, span.new, self.new)

    def new_runs(self, change: Change) -> Runs:
        """The words as they stand now."""
        if not change.spans:
            return self.runs(change)
        return tuple(run for span in change.spans if span.mark is not Mark.DELETED for run in _trimmed(self._run(span)))

    # Passages with their words

    def old_parts(self, change: Change) -> Parts:
        """The passages of a change as they stood, each with its words."""
        return _parted(change.old, self.old_runs(change), self.old, Mark.INSERTED)

    def new_parts(self, change: Change) -> Parts:
        """The passages of a change as they stand, each with its words."""
        return _parted(change.new, self.new_runs(change), self.new, Mark.DELETED)

    def parts(self, change: Change) -> Parts:
        """The passages of a change as they stand, each with its words, old and new in one."""
        if not change.new:
            return self.old_parts(change)
        return _parted(change.new, self.runs(change), self.new, Mark.DELETED)

    def shown(self, change: Change) -> Parts:
        """As `parts`; where little is left of the old words, the old whole and then the new whole."""
        return self.old_parts(change) + self.new_parts(change) if change.replaced else self.parts(change)

    def said(self, run: Run) -> str:
        """The words of a run as plain text."""
        return said(run.words, run.edition)

    def text(self, passage: Passage, *, old: bool = False) -> str:
        """The words of a passage as plain text."""
        return said(passage.words, self.old if old else self.new)

    # Places

    def place(self, passage: Passage, *, old: bool = False) -> str:
        """How a passage is called: "clause 4.2", "section 2(a)", "a paragraph in clause 4.2", "a footnote"."""
        passages = self.old_passages if old else self.new_passages
        if passage.kind == "footnote":
            return "a footnote"
        if passage.kind == "preformatted":
            return _within("lines set as typed", passage, passages)
        if passage.citation:
            return f"{_noun(passage, passages)} {_cited(passage)}"
        what = _UNNUMBERED[passage.kind]
        if passage.kind == "row" and (name := self._row_name(passage, old=old)):
            what = f"the row “{name}” of the table"
        return _within(what, passage, passages)

    def _row_name(self, passage: Passage, *, old: bool) -> str:
        """What stands in the first cell of a row, where it is short enough to be called so."""
        text = said(passage.cells[0], self.old if old else self.new) if passage.cells else ""
        name = " ".join(text.split())
        return name if len(name) <= LONGEST_NAME else ""

    def section(self, change: Change) -> str:
        """The title of the outermost section in which it stands; "" where it is one or stands in none."""
        passages, old = (self.new_passages, False) if change.new else (self.old_passages, True)
        passage = found = (change.new or change.old)[0]
        while passage.parent in passages:
            passage = passages[passage.parent]
            found = passage if passage.kind == "section" else found
        return "" if found is (change.new or change.old)[0] else self.text(found, old=old)


_UNNUMBERED = {
    "section": "a heading",
    "clause": "a clause",
    "item": "an item",
    "bullet": "a bullet point",
    "paragraph": "a paragraph",
    "header": "the headings of the table",
    "row": "a row of the table",
}


def said(words: Inlines, edition: Edition) -> str:
    """Words as plain text: references as they print, footnote marks as their number in brackets."""
    return "".join(_said(inline, edition) for inline in words)


def _said(inline: Inline, edition: Edition) -> str:
    if isinstance(inline, FootnoteMark):
        return f"[{footnote_number(inline, edition)}]"
    if isinstance(inline, Emphasis | Strong | Link):
        return said(inline.children, edition)
    if isinstance(inline, Reference):
        return said(edition.cite(inline).children, edition)
    return edition.plain((inline,))


def footnote_number(mark: FootnoteMark, edition: Edition) -> str:
    """The number of a footnote; its name where there is no such footnote."""
    names = [footnote.name for footnote in edition.policy.footnotes]
    return str(names.index(mark.name) + 1) if mark.name in names else f"^{mark.name}"


def _cited(passage: Passage) -> str:
    citation = passage.citation
    return citation if citation.startswith("(") else citation.rstrip(".:)") if passage.number is None else citation


def _noun(passage: Passage, passages: Passages) -> str:
    """An item is called by what it stands in: "section 2(a)"."""
    while passage.number and passage.number.items and passage.parent in passages:
        passage = passages[passage.parent]
    if passage.number and passage.number.appendix and passage.number.depth == 1:
        return "appendix"
    return passage.kind


def _within(what: str, passage: Passage, passages: Passages) -> str:
    """What it is, and the nearest numbered passage that it stands in."""
    parent = passage.parent
    while parent in passages:
        above = passages[parent]
        if above.citation:
            return f"{what} in {_noun(above, passages)} {_cited(above)}"
        if above.kind == "section":
            return f"{what} under “{''.join(part.text for part in above.words if isinstance(part, Text))}”"
        parent = above.parent
    return what


def noun_of(policy: Policy | None, number: str) -> str:
    """Whether a number is a section's, a clause's or an appendix's in a policy; "clause" where nobody knows."""
    blocks = policy.walk() if policy else ()
    for block in blocks:
        if isinstance(block, Section | Clause) and block.number and str(block.number) == number.partition("(")[0]:
            appendix = block.number.appendix and block.number.depth == 1
            return "appendix" if appendix else "section" if isinstance(block, Section) else "clause"
    return "clause"


def _trimmed(run: Run) -> Runs:
    """A run that is marked, with the blanks at its ends as runs of their own."""
    if run.mark is Mark.SAME or not run.words:
        return (run,)
    before, rest = _blank(run.words, 0)
    after, rest = _blank(rest, -1)
    blank = Run(Mark.SAME, (Text(" "),), run.edition)
    found = (run._replace(words=rest),) if rest else ()
    return (*((blank,) if before else ()), *found, *((blank,) if after else ()))


def _apart(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs with a blank between what was taken out and what stands there now."""
    before = Mark.SAME
    for run in runs:
        if before is Mark.DELETED and run.mark is Mark.INSERTED:
            yield Run(Mark.SAME, (Text(" "),), run.edition)
        before = run.mark
        yield run


def _blank(words: Inlines, end: int) -> tuple[bool, Inlines]:
    """Whether words begin (0) or end (-1) with a blank, and the words without it."""
    edge = words[end] if words else None
    if not isinstance(edge, Text):
        return False, words
    text = edge.text.lstrip() if end == 0 else edge.text.rstrip()
    if text == edge.text:
        return False, words
    kept = (Text(text),) if text else ()
    return True, (*kept, *words[1:]) if end == 0 else (*words[:-1], *kept)


def _parted(passages: Sequence[Passage], runs: Runs, edition: Edition, other: Mark) -> Parts:
    """The words of several passages that stand in one row, each passage with its own.

    They are told apart by how many signs each holds, blanks left out. Words with the `other` mark, which stand on the
    other side alone, count for none.
    """
    if len(passages) < 2:  # noqa: PLR2004 -- one has them all
        return tuple((passage, runs) for passage in passages)
    ends = list(accumulate(_signs(passage.words, edition) for passage in passages))
    found: list[list[Run]] = [[] for _ in passages]
    seen = index = 0
    for run in runs:
        for inline in run.words:
            if seen >= ends[index] and index < len(passages) - 1 and _signs((inline,), run.edition):
                index += 1
            found[index].append(run._replace(words=(inline,)))
            seen += _signs((inline,), edition) if run.mark is not other else 0
    return tuple((passage, _joined(part)) for passage, part in zip(passages, found, strict=True))


def _signs(words: Inlines, edition: Edition) -> int:
    return len("".join(said(words, edition).split()))


def _joined(runs: Iterable[Run]) -> Runs:
    """Neighbours with the same mark as one run."""
    made: list[Run] = []
    for run in runs:
        if made and made[-1].mark is run.mark:
            made[-1] = run._replace(words=made[-1].words + run.words)
        else:
            made.append(run)
    return tuple(made)
