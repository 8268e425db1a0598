"""Hypothesis strategies: policies as values, in the canonical form that reading gives."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    Paragraph,
    Preformatted,
    Quote,
    Section,
    Table,
)
from policytool.model.inline import (
    Code,
    Emphasis,
    FootnoteMark,
    Inline,
    Inlines,
    LineBreak,
    Link,
    Reference,
    Strong,
    Text,
)
from policytool.model.numbering import numbered
from policytool.model.policy import Cycle, Policy
from policytool.model.time import Duration

LETTERS = "abcXYZ019éß ’“.,;:!?()[]{}*_#+-=<>&|~`\\/'\"@$%^ج文\u00a0\u2003"
IDS = st.from_regex(r"[a-z][a-z0-9-]{0,8}", fullmatch=True)


def texts(least: int = 1) -> st.SearchStrategy[str]:
    """Words as reading gives them: no blank at the ends, none twice."""
    raw = st.text(st.sampled_from(LETTERS), min_size=least, max_size=24)
    return raw.map(lambda text: " ".join(text.split(" ")).strip()).map(_single).filter(lambda text: len(text) >= least)


def _single(text: str) -> str:
    while "  " in text:
        text = text.replace("  ", " ")
    return text


PLAIN = texts().map(lambda text: (Text(text),))
LEAVES: st.SearchStrategy[Inline] = st.one_of(
    texts().map(lambda text: Emphasis((Text(text),))),
    texts().map(lambda text: Strong((Text(text),))),
    texts().map(lambda text: Strong((Text("so "), Emphasis((Text(text),))))),
    texts().filter(lambda text: "\u00a0" not in text).map(Code),
    st.builds(lambda label: Reference("", label), IDS),
    st.builds(Reference, IDS, IDS, PLAIN),
    st.builds(lambda name: Reference(name, ""), IDS),
    st.builds(lambda words: Reference("", "x", (Text("clause {number} "), Strong(words))), PLAIN),
    st.builds(
        lambda words, path, title: Link(words, f"https://x.example/{path}", title),
        PLAIN,
        st.sampled_from(["", "a?b=1&c=<2>", "é (1)", "a_b*c"]),
        st.sampled_from(["", 'a "title" & more']),
    ),
)


@st.composite
def line(draw: st.DrawFn, leaves: st.SearchStrategy[Inline] = LEAVES) -> Inlines:
    """Text, then by turns a mark-up and text, so that no two of a kind touch."""
    parts: list[Inline] = [Text(draw(texts()))]
    for _ in range(draw(st.integers(0, 2))):
        parts.append(draw(leaves))
        parts.append(Text(draw(texts())))
    return tuple(parts)


def inlines() -> st.SearchStrategy[Inlines]:
    """The words of a paragraph, which may have lines broken on purpose."""
    return line(st.one_of(LEAVES, st.just(LineBreak())))


LABELS = st.one_of(st.just(""), IDS)
STARTS = st.one_of(st.none(), st.integers(1, 30))


def _items(style: str, inner: st.SearchStrategy[Blocks]) -> st.SearchStrategy[tuple[Item, ...]]:
    one = st.builds(lambda text, label, blocks: Item(style, text, blocks, label), inlines(), LABELS, inner)  # type: ignore[arg-type]
    return st.lists(one, min_size=1, max_size=3).map(_begin)


def _begin(items: list[Item]) -> tuple[Item, ...]:
    from dataclasses import replace

    return (replace(items[0], begins=True), *items[1:])


NOTHING: st.SearchStrategy[Blocks] = st.just(())
ROMANS = _items("roman", NOTHING)
LETTERED = _items("letter", st.one_of(NOTHING, ROMANS))
PARAGRAPHS = st.builds(Paragraph, inlines(), LABELS).map(lambda one: (one,))
BULLETS = st.lists(
    st.builds(lambda text, label: Bullet(text, (), label), inlines(), LABELS), min_size=1, max_size=3
).map(tuple)
QUOTES = st.builds(lambda blocks, label: (Quote(blocks, label),), st.one_of(PARAGRAPHS, BULLETS), LABELS)
FENCES = st.builds(
    lambda text: (Preformatted(text),),
    st.text("ab `{}#*\n", max_size=20).map(lambda text: text.strip("\n")),
)


@st.composite
def tables(draw: st.DrawFn) -> tuple[Table]:
    """A table of one to three columns; cells may be empty."""
    columns = draw(st.integers(1, 3))
    cell = st.one_of(PLAIN, st.just(()), st.builds(lambda text: (Strong((Text(text),)),), texts()))
    row = st.tuples(*[cell] * columns)
    header = draw(st.tuples(*[PLAIN] * columns))
    alignments = draw(st.tuples(*[st.sampled_from(["", "left", "center", "right"])] * columns))
    return (Table(header, tuple(draw(st.lists(row, max_size=2))), alignments, draw(LABELS)),)


LEAF_RUNS: st.SearchStrategy[Blocks] = st.one_of(PARAGRAPHS, BULLETS, QUOTES, FENCES, tables(), LETTERED, ROMANS)


def _clauses(inner: st.SearchStrategy[Blocks]) -> st.SearchStrategy[tuple[Clause, ...]]:
    one = st.builds(
        lambda text, label, start, blocks: Clause(text, blocks, label, start), inlines(), LABELS, STARTS, inner
    )
    return st.lists(one, min_size=1, max_size=3).map(tuple)


@st.composite
def runs(draw: st.DrawFn, depth: int = 2) -> Blocks:
    """Blocks under one parent: runs of different kinds, a paragraph between any two so that none join."""
    blocks: list[Block] = []
    for _ in range(draw(st.integers(0, 3))):
        inner = runs(depth - 1) if depth else NOTHING
        blocks += draw(st.one_of(LEAF_RUNS, _clauses(inner)))
        blocks += draw(PARAGRAPHS)
    return tuple(blocks)


@st.composite
def sections(draw: st.DrawFn) -> Blocks:
    """Sections of level 1, some with sections of level 2, some with appendices after them."""
    made: list[Block] = []
    for _ in range(draw(st.integers(0, 2))):
        inner = draw(runs())
        below = tuple(
            Section(2, draw(line()), draw(runs(1)), draw(LABELS), draw(st.booleans()))
            for _ in range(draw(st.integers(0, 2)))
        )
        made.append(Section(1, draw(line()), (*inner, *below), draw(LABELS)))
    if draw(st.booleans()):
        made.append(Section(1, draw(line()), draw(runs(1)), draw(LABELS), appendix=True))
    return tuple(made)


@st.composite
def policies(draw: st.DrawFn) -> Policy:
    """A whole policy, numbered."""
    footnotes: tuple[Footnote, ...] = ()
    blocks = (*draw(runs()), *draw(sections()))
    if draw(st.booleans()):
        mark = Paragraph((Text("noted"), FootnoteMark("n", 1)))
        footnotes = (Footnote("n", (*draw(PARAGRAPHS), *draw(st.one_of(NOTHING, BULLETS)))),)
        blocks = (mark, *blocks)
    cycle = st.builds(
        lambda name, count, unit, by, keep: Cycle(name, Duration(count, unit), by, (), keep),
        IDS,
        st.integers(1, 30),
        st.sampled_from(["week", "month", "year"]),
        IDS,
        st.booleans(),
    )
    return Policy(
        "x",
        draw(texts()),
        kind=draw(st.sampled_from(["policy", "guidance"])),
        owner=draw(IDS),
        approver=draw(IDS),
        reviews=tuple(draw(st.lists(cycle, min_size=1, max_size=2, unique_by=lambda one: one.name))),
        audience=tuple(draw(st.lists(IDS, max_size=2))),
        related=tuple(draw(st.lists(IDS, max_size=2, unique=True))),
        publish=draw(st.sampled_from(["website", "internal"])),
        withdrawn=draw(st.one_of(st.none(), st.dates(date(2000, 1, 1), date(2100, 1, 1)))),
        blocks=numbered(blocks),
        footnotes=footnotes,
    )
