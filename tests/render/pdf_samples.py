"""Editions for the tests of the PDF, and the words that they must print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
    words_of,
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
    plain,
)
from policytool.model.library import Library, Target
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.settings import Elsewhere, House, Organisation, Settings
from policytool.render.edition import Edition
from tests.sample import LIBRARY, POLICY, words

SAMPLE = Edition(POLICY, LIBRARY)
MARKUP = (
    r'#set text(red) $x$ *a* _b_ <label> @x \ \u{1F600} "quoted" // no /* comment */ = Heading - + 1. `raw` ~ --- #'
)
LONG_WORD = "Donau" * 40
UNSAFE = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "", "//host/x", "https:///x", "x" * 5000)


def edition(*blocks: Block, footnotes: tuple[Footnote, ...] = (), title: str = "A Policy", colour: str = "") -> Edition:
    """An edition of the blocks, numbered, in a library where each label can be cited as clause."""
    policy = Policy("a-policy", title, blocks=numbered(blocks), footnotes=footnotes)
    settings = Settings(Organisation("A School"), elsewhere={"safe": Elsewhere("Safe", "https://a.example/safe.pdf")})
    targets = {
        ("safe", ""): Target("safe", "", "policy", "Safe"),
        ("a-policy", ""): Target("a-policy", "", "policy", title),
    }
    for block in policy.walk():
        label = getattr(block, "label", "")
        if label:
            targets["a-policy", label] = Target(
                "a-policy", label, "clause", "", "clause", getattr(block, "number", None)
            )
    settings = replace(settings, house=House(colour=colour))
    return Edition(policy, Library(settings, {"a-policy": policy}, targets))


def hostile() -> Edition:
    """Everything that could break a page, a tag or the template."""
    footnote = (FootnoteMark("one"), FootnoteMark("two"), FootnoteMark("one"), FootnoteMark("missing"))
    return edition(
        Section(1, words(MARKUP), (Clause(words(MARKUP), label="a"), Clause(words("Twice."), label="a"))),
        Section(
            3,
            (Text("Skips "), Reference("", "a"), Link(words("a link"), "https://a.example"), FootnoteMark("one")),
            (
                Section(6, words("Deep"), (_nested(6),)),
                Paragraph((Code(MARKUP), LineBreak(), Strong((Emphasis(words(MARKUP)), *footnote)))),
                Paragraph(()),
                Paragraph((Text("\0bell\x07 \x1b[31m tab\there\r\nline\x7f\x85\u2028end\ufffe \ud800lone"),)),
                Paragraph(words(f"{LONG_WORD} https://a.example/{LONG_WORD}")),
                Clause((), (Bullet(()), Quote(()), Quote((Quote((Paragraph(words("inner")),)), Bullet(words("b")))))),
                Item("roman", words("begins at three"), begins=True, start=3),
                Preformatted(f"{MARKUP}\n\tindented\n\n{LONG_WORD}\x00"),
            ),
        ),
        Section(1, (), (Paragraph(words("Żółć, Ελλάδα, Привет, Tiếng Việt, ½ ≥ → ✓ ☐ and ❤\ufe0f")),), unnumbered=True),
        Section(
            1, words("Tables"), (_table(1, 0), _table(60, 6), _cells(), Clause(words("In a clause:"), (_table(3, 9),)))
        ),
        Section(1, words("Names: محمد and שלום"), (Paragraph(words("The pupil محمد علي came.")),)),
        Section(1, words("Links"), tuple(Paragraph((Link(words("printed"), address),)) for address in UNSAFE)),
        Section(
            1,
            words("Nested links"),
            (
                Paragraph(
                    (Link((Link(words("in"), "https://b.example"), FootnoteMark("one")), "https://a.example/ü?<>"),)
                ),
                Paragraph(
                    (Reference("safe", ""), Reference("nowhere", "at-all"), Reference("", ""), Reference("", "lost"))
                ),
                Paragraph((Reference("", "a", (Reference("", "a"), Text(" {number}"))),)),
            ),
        ),
        footnotes=(
            Footnote("one", (Paragraph(words(MARKUP)), Bullet(words("in a note")), _table(1, 2))),
            Footnote("two", (Bullet((FootnoteMark("two"), FootnoteMark("three"))),)),
            Footnote("three", ()),
        ),
        title=MARKUP,
        colour="#ffff00",
    )


def _nested(depth: int) -> Block:
    below = (
        ()
        if depth == 1
        else (_nested(depth - 1), Item("letter", words("item"), (Bullet(words("bullet")),), begins=True))
    )
    return Clause(words(f"Nested {depth}."), below)


def _table(rows: int, columns: int) -> Table:
    header = tuple(words(f"Column {column}") for column in range(columns))
    cells = tuple(
        tuple(words(f"r{row}c{column} {MARKUP[: 3 * column]}") for column in range(columns)) for row in range(rows)
    )
    return Table(header or ((),), cells if columns else (((),),))


def _cells() -> Table:
    """Empty cells, a short row, a very long word, and a footnote in the header, which the next page repeats."""
    tall = words("All work and no play. " * 300)
    return Table(
        (words("A"), (), (Text("C"), FootnoteMark("one"))),
        (((), (), ()), (words("short"),), (words(LONG_WORD), (), words("c")), (words("tall"), tall, ())),
        ("right", "center"),
    )


def expected_words(edition: Edition) -> list[str]:
    """The words that an edition must print, numbers before them, footnotes last."""
    notes = [footnote.blocks for footnote in edition.policy.footnotes]
    return " ".join((_printed(edition, edition.policy.blocks), *(_printed(edition, note) for note in notes))).split()


def _printed(edition: Edition, blocks: Blocks) -> str:
    return " ".join(part for block in blocks for part in _parts(edition, block))


def _parts(edition: Edition, block: Block) -> Iterator[str]:
    number = getattr(block, "number", None)
    yield number.marker if number else ""
    yield from (_line(edition, inlines) for inlines in words_of(block))
    if isinstance(block, Preformatted):
        yield block.text
    yield _printed(edition, getattr(block, "blocks", ()))


def _line(edition: Edition, inlines: Inlines) -> str:
    return "".join(_word(edition, inline) for inline in inlines)


def _word(edition: Edition, inline: Inline) -> str:
    if isinstance(inline, Reference):
        return _line(edition, edition.cite(inline).children)
    if isinstance(inline, Emphasis | Strong | Link):
        return _line(edition, inline.children)
    return plain((inline,))
