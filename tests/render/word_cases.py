"""Policies that are hard to count, and libraries round policies made for one test."""

from __future__ import annotations

from dataclasses import replace

from policytool.model.block import (
    Block,
    Blocks,
    Bullet,
    Clause,
    Footnote,
    Item,
    ItemStyle,
    Number,
    Paragraph,
    Quote,
    Section,
    Table,
    walk,
)
from policytool.model.inline import Inlines, Reference, Text
from policytool.model.library import Library, Target
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.render.edition import Edition
from tests.sample import LIBRARY, POLICY, words


def edition(*blocks: Block, footnotes: tuple[Footnote, ...] = (), title: str = POLICY.title) -> Edition:
    """A policy of these blocks, in the sample's library, with its labels as targets."""
    policy = replace(POLICY, title=title, blocks=numbered(blocks), footnotes=footnotes)
    return Edition(policy, library(policy))


def library(policy: Policy) -> Library:
    """The sample's library round another policy."""
    targets = {(target.policy, target.label): target for target in _targets(policy)}
    return replace(LIBRARY, policies={**LIBRARY.policies, policy.id: policy}, targets={**LIBRARY.targets, **targets})


def _targets(policy: Policy) -> list[Target]:
    found = [Target(policy.id, "", "policy", policy.title)]
    number: Number | None = None
    for block in walk(policy.blocks):
        own = block.number if isinstance(block, Section | Clause | Item) else None
        number = own or number
        if label := getattr(block, "label", ""):
            found.append(_target(policy.id, label, block, own or number, passage=own is None))
    return found


def _target(policy: str, label: str, block: Block, number: Number | None, *, passage: bool) -> Target:
    noun = "appendix" if number and number.appendix and number.depth == 1 else "clause"
    if passage:
        return Target(policy, label, "passage", "", noun, number)
    if isinstance(block, Item):
        return Target(policy, label, "item", "", noun, number)
    return Target(policy, label, "section" if isinstance(block, Section) else "clause", "", noun, number)


def cites(label: str) -> Inlines:
    """Words that hold a reference to a label of the same policy."""
    return (Text("as "), Reference("", label), Text(" says"))


def item(text: str, *blocks: Block, style: ItemStyle = "letter", begins: bool = False, label: str = "") -> Item:
    """A lettered item, or another."""
    return Item(style, words(text), blocks, label=label, begins=begins)


def _section(level: int, title: str, *blocks: Block, label: str = "") -> Section:
    return Section(level, words(title), blocks, label=label)


HARD: Blocks = (
    item("an item before any section", begins=True, label="before"),
    item("and the next"),
    Clause(words("a clause before any section"), (Clause(words("with one below")),)),
    _section(1, "begins as the second", Clause(words("a clause"))),
    replace(_section(1, "begins at seven", Clause(words("seven one")), _section(2, "seven two")), start=7),
    _section(1, "the eighth", Clause(words("begins at five"), start=5), Clause(words("the sixth"))),
    Section(1, words("A chapter"), (_section(1, "the ninth"), _section(2, "the tenth")), unnumbered=True),
    _section(
        1,
        "items of every kind",
        item("letter", begins=True),
        item("roman first", style="roman", begins=True, label="roman-first"),
        item("roman second", item("letter in roman", begins=True, label="letter-in-roman"), style="roman"),
        item("the letters go on"),
        item("a list anew", item("letter in letter", item("third", begins=True), begins=True), begins=True),
        item("its second", item("i in b", style="roman", begins=True), item("ii in b", style="roman")),
        Clause(words("a clause among items"), (item("its own", begins=True), item("its second", label="deep-item"))),
        item("after the clause", begins=True),
        Clause(words("the next clause"), (item("once more", begins=True),)),
        Item("letter", words("at seven"), start=7, begins=True),
        Item("letter", words("at twenty-seven"), start=27),
    ),
    _section(
        1,
        "bullets and quotes",
        item("before the bullets", begins=True),
        Bullet(words("a bullet"), (item("in a bullet", begins=True), item("second in a bullet"))),
        item("after the bullets"),
        Quote((Bullet(words("quoted bullet")), Paragraph(words("quoted words")))),
        Table((words("head"), words("second head")), ((words("cell"), ()),), label="grid"),
        Table((words("next"),), ()),
        label="mixed",
    ),
    _section(
        1,
        "deep",
        _section(
            2,
            "2",
            _section(
                3, "3", _section(4, "4", _section(5, "5", _section(6, "6", _section(6, "7"), item("a", begins=True))))
            ),
        ),
    ),
    _section(1, "a leap", _section(3, "from one to three", Clause(words("below the leap")))),
    _section(
        1,
        "deeper than Word counts",
        Clause(
            words("2"),
            (
                Clause(
                    words("3"),
                    (
                        Clause(
                            words("4"),
                            (Clause(words("5"), (Clause(words("6"), (Clause(words("7"), label="too-deep"),)),)),),
                        ),
                    ),
                ),
            ),
        ),
        item(
            "1", item("2", item("3", item("4", begins=True, label="too-fine"), begins=True), begins=True), begins=True
        ),
    ),
    Section(1, words("Form"), (item("in an appendix", begins=True, label="in-form"),), label="form", appendix=True),
    Section(
        1,
        words("Second form"),
        (
            Clause(words("a clause in it"), (item("its item", begins=True, label="in-form-clause"),)),
            _section(2, "a heading in it", Clause(words("and its clause"), label="form-clause")),
        ),
        appendix=True,
    ),
    Section(1, words("Fifth form"), appendix=True, start=5),
    _section(
        1,
        "references",
        *(
            Clause(cites(label))
            for label in (
                *("before", "roman-first", "letter-in-roman", "deep-item", "mixed", "grid", "too-deep", "too-fine"),
                *("form", "in-form", "in-form-clause", "form-clause"),
            )
        ),
    ),
)
