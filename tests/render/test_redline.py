"""The redline: all its changes accepted give the new document, all rejected the old one."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import perf_counter
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from openxml_audit import OpenXmlValidator

from policytool.compare import compare
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
    Rule,
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
from policytool.model.policy import Policy
from policytool.model.standing import Standing
from policytool.parse.markdown import policy as parse
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.render.word import redline, word
from policytool.resolve import resolve
from tests.render.redline_reading import accepted, counted, rejected, told, tracked
from tests.render.word_cases import HARD, edition, library
from tests.sample import POLICY, words
from tests.strategies import policies, texts
from tests.tools import missing
from tests.word_numbers import NAMES, Element, W, attribute, part

ROOT = Path(__file__).parents[2]
WHEN = datetime(2026, 3, 4, 11, 30, tzinfo=timezone(timedelta(hours=1)))
HOSTILE = '"><w:x/>&\x00\x1b\ufffe\ud800'


def marked(old: Edition, new: Edition, *, author: str = "Ann Clerk", moves_as_delete_insert: bool = False) -> bytes:
    """The redline between two editions."""
    compared = compare(old.policy, new.policy)
    return redline(compared, old, new, author=author, when=WHEN, moves_as_delete_insert=moves_as_delete_insert)


def prove(old: Edition, new: Edition, *, moves_as_delete_insert: bool = False) -> bytes:
    """The redline, after it has been shown to be the new document when accepted, and the old one when rejected."""
    made = marked(old, new, moves_as_delete_insert=moves_as_delete_insert)
    for settled, wanted in ((accepted(made), word(new)), (rejected(made), word(old))):
        assert told(settled) == told(wanted)
        assert counted(settled) == counted(wanted)
    ids = [attribute(node, "id") for node in marks(made)]
    assert len(ids) == len(set(ids))
    cited = [attribute(node, "id") for node in part(made, "document").iter(f"{W}footnoteReference")]
    notes = [attribute(note, "id") for note in part(made, "footnotes")]
    assert notes == ["-1", "0", *cited] == ["-1", "0", *(str(at) for at, _ in enumerate(cited, 1))]
    return made


def marks(docx: bytes) -> list[Element]:
    """All that has an id among those that must differ: tracked changes and the beginnings of bookmarks and ranges."""
    apart = ("bookmarkEnd", "moveFromRangeEnd", "moveToRangeEnd", "footnote", "footnoteReference")
    return [
        node
        for name in ("document", "footnotes")
        for node in part(docx, name).iter()
        if node.get(W + "id") is not None and node.tag not in [W + each for each in apart]
    ]


def clause(text: str, *blocks: Block, label: str = "") -> Clause:
    """A clause in plain words."""
    return Clause(words(text), blocks, label)


def section(title: str, *blocks: Block, label: str = "") -> Section:
    """A section of the first level."""
    return Section(1, words(title), blocks, label)


def item(text: str, *blocks: Block, begins: bool = False) -> Item:
    """A lettered item in plain words."""
    return Item("letter", words(text), blocks, begins=begins)


def changed(block: Block, **fields: Any) -> Block:
    """A block with other fields."""
    return replace(block, **fields)


def sentences(count: int, about: str) -> tuple[Clause, ...]:
    """So many clauses that differ."""
    subjects = ("Staff", "Governors", "Parents", "Visitors", "Pupils", "The headteacher", "The clerk")
    return tuple(
        clause(f"{subjects[at % 7]} must keep rule {at} about {about} in mind at all times.") for at in range(count)
    )


BASE: Blocks = (
    section("Purpose", *sentences(3, "purpose")),
    section("Accounts", *sentences(4, "accounts"), label="accounts"),
    section(
        "Conduct",
        clause("Staff may post pictures of school events when the parents have agreed to it in writing."),
        Clause((Text("See "), Reference("", "accounts"), Text(" and "), Reference("", "kept"), Text("."))),
        clause("Records are kept for six years after the pupil has left the school.", label="kept"),
        item("a first thing that must be done;", begins=True),
        item("a second thing to be done; and"),
        item("a third thing which nobody does;"),
        item("a fourth thing for the governors."),
    ),
    section("Review", *sentences(2, "review")),
)


def put(at: int, *blocks: Block) -> Blocks:
    """The base with one section replaced."""
    return (*BASE[:at], *blocks, *BASE[at + 1 :])


def within(at: int, change: Callable[[Blocks], Sequence[Block]]) -> Blocks:
    """The base with the blocks of one section changed."""
    one = BASE[at]
    assert isinstance(one, Section)
    return put(at, replace(one, blocks=tuple(change(one.blocks))))


LONG = (
    "Staff must read this policy once a year and sign the list that the clerk keeps. "
    "They must also tell the headteacher of every account that they open in the name of the school."
)
HALVES = (LONG[: LONG.index("They") - 1], LONG[LONG.index("They") :])
GRID = Table(
    (words("Who"), words("What")),
    ((words("Staff"), words("Everything there is")), (words("Parents"), words("Their own child"))),
    ("left", "right"),
    "grid",
)


def with_table(table: Table) -> Blocks:
    """The base with a table in it."""
    return within(2, lambda blocks: [*blocks, table, Paragraph(words("After the table."))])


def noted(*names: str) -> Blocks:
    """The base with a clause that cites footnotes."""
    cited = tuple(FootnoteMark(name, at) for at, name in enumerate(names, 1))
    return within(
        0, lambda blocks: [Clause((Text("This clause cites the law"), *cited, Text(" and goes on."))), *blocks]
    )


LAW, GUIDE = (Footnote(name, (Paragraph(words(f"The {name} of 1998, section 4.")),)) for name in ("law", "guide"))
CASES: dict[str, tuple[Blocks, Blocks]] = {
    "a section inserted early": (BASE, (section("New", clause("All of this is new.")), *BASE)),
    "a section deleted": (BASE, BASE[1:]),
    "the last section deleted": (BASE, BASE[:-1]),
    "a clause reworded": (BASE, within(0, lambda b: [clause("Staff must never keep rule 0 in mind."), *b[1:]])),
    "a clause deleted": (BASE, within(1, lambda b: [*b[:1], *b[2:]])),
    "a clause moved across sections": (
        BASE,
        (*within(0, lambda b: b[1:])[:-1], section("Review", BASE[0].blocks[0], *BASE[3].blocks)),  # type: ignore[union-attr]
    ),
    "a section moved with its clauses": (BASE, (BASE[0], BASE[2], BASE[3], BASE[1])),
    "a section moved to the front": (BASE, (BASE[3], *BASE[:3])),
    "two clauses swapped": (BASE, within(1, lambda b: [b[0], b[2], b[1], b[3]])),
    "a clause split": (put(3, section("R", clause(LONG))), put(3, section("R", *map(clause, HALVES)))),
    "two clauses merged": (put(3, section("R", *map(clause, HALVES))), put(3, section("R", clause(LONG)))),
    "a clause split early": (
        within(0, lambda b: [clause(LONG), *b]),
        within(0, lambda b: [*map(clause, HALVES), *b]),
    ),
    "two clauses merged early": (
        within(0, lambda b: [*map(clause, HALVES), *b]),
        within(0, lambda b: [clause(LONG), *b]),
    ),
    "a list relettered": (BASE, within(2, lambda b: [*b[:3], *b[5:]])),
    "the first item deleted": (
        BASE,
        within(2, lambda b: [*b[:3], changed(b[4], begins=True), *b[5:]]),
    ),
    "a row added": (
        with_table(GRID),
        with_table(replace(GRID, rows=(*GRID.rows, (words("Governors"), words("The figures alone"))))),
    ),
    "a row deleted": (with_table(GRID), with_table(replace(GRID, rows=GRID.rows[1:]))),
    "a cell changed": (
        with_table(GRID),
        with_table(replace(GRID, rows=(GRID.rows[0], (words("Parents"), words("Their own child and its friends"))))),
    ),
    "a column added": (
        with_table(GRID),
        with_table(
            Table(
                (*GRID.header, words("How long")),
                tuple((*row, words("A year")) for row in GRID.rows),
                GRID.alignments,
                "grid",
            )
        ),
    ),
    "a table inserted": (BASE, with_table(GRID)),
    "a table at the end": (BASE, (*BASE, GRID)),
    "alignment changed": (with_table(GRID), with_table(replace(GRID, alignments=("center", "left")))),
    "emphasis alone": (
        within(0, lambda b: [Clause((Text("Staff "), Strong(words("must")), Text(" read this."))), *b]),
        within(0, lambda b: [Clause((Text("Staff must "), Emphasis(words("read")), Text(" this."))), *b]),
    ),
    "curly quotes alone": (
        within(0, lambda b: [clause('A "quoted" word isn\'t new.'), *b]),
        within(0, lambda b: [clause("A “quoted” word isn’t new."), *b]),
    ),
    "a label alone": (BASE, within(0, lambda b: [changed(b[0], label="named"), *b[1:]])),
    "a label renamed": (BASE, put(1, changed(BASE[1], label="logins"))),
    "a reference to elsewhere": (
        BASE,
        within(2, lambda b: [b[0], Clause((Text("See "), Reference("", "kept"), Text("."))), *b[2:]]),
    ),
    "what is cited moved": (BASE, within(2, lambda b: [b[2], b[0], b[1], *b[3:]])),
    "a paragraph made a clause": (
        within(0, lambda b: [Paragraph(words("The governors adopted this policy in the spring.")), *b]),
        within(0, lambda b: [clause("The governors adopted this policy in the spring."), *b]),
    ),
    "a clause one level down": (BASE, within(1, lambda b: [changed(b[0], blocks=(b[1],)), *b[2:]])),
    "a number set": (BASE, within(1, lambda b: [changed(b[0], start=7), *b[1:]])),
    "a link's address": (
        within(0, lambda b: [Clause((Text("See "), Link(words("the site"), "https://a.example/"), Text("."))), *b]),
        within(0, lambda b: [Clause((Text("See "), Link(words("the site"), "https://b.example/"), Text("."))), *b]),
    ),
    "lines and code": (
        within(0, lambda b: [Clause((Text("One"), LineBreak(), Text("two "), Code("a b c"))), Rule(), *b]),
        within(0, lambda b: [Clause((Text("One two"), LineBreak(), Code("a b d"))), Rule(), Preformatted("x\ny"), *b]),
    ),
    "quotes and bullets": (
        within(0, lambda b: [Quote((Paragraph(words("Quoted words of somebody.")),), "said"), *b]),
        within(
            0, lambda b: [Bullet(words("A bullet"), (Bullet(words("below it")),)), Quote((Bullet(words("x")),)), *b]
        ),
    ),
    "everything new": ((clause("Of cabbages and kings."),), BASE),
    "from nothing": ((), BASE),
    "to nothing": (BASE, ()),
    "hard to count": ((*HARD[:3], *HARD[4:]), (*HARD[1:6], HARD[0], *HARD[6:])),
    "the sample": (POLICY.blocks, (*POLICY.blocks[:1], *POLICY.blocks[2:], POLICY.blocks[1])),
}


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("as_edits", [False, True], ids=["moves", "edits"])
def test_accepted_it_is_new_and_rejected_it_is_old(case: str, as_edits: bool, tmp_path: Path) -> None:  # noqa: FBT001
    """Words, looks, numbers, tables, footnotes, and where references lead; and so the other way round."""
    old, new = (edition(*blocks, footnotes=POLICY.footnotes) for blocks in CASES[case])
    for one, other in ((old, new), (new, old)):
        made = prove(one, other, moves_as_delete_insert=as_edits)
        path = tmp_path / "redline.docx"
        path.write_bytes(made)
        assert [error.description for error in OpenXmlValidator().validate(path).errors] == []
        assert not as_edits or not {"moveFrom", "moveTo"} & {*tracked(made)}


FOOTNOTES: dict[str, tuple[Edition, Edition]] = {
    "added": (edition(*noted("law"), footnotes=(LAW,)), edition(*noted("guide", "law"), footnotes=(GUIDE, LAW))),
    "reworded": (
        edition(*noted("law"), footnotes=(LAW,)),
        edition(*noted("law"), footnotes=(Footnote("law", (Paragraph(words("The law of 2018, section 5.")),)),)),
    ),
    "longer": (
        edition(*noted("law"), footnotes=(LAW,)),
        edition(*noted("law"), footnotes=(Footnote("law", (*LAW.blocks, Bullet(words("one")), GRID)),)),
    ),
    "cited twice": (
        edition(*noted("law"), footnotes=(LAW,)),
        edition(*noted("law", "law"), Paragraph((Text("again"), FootnoteMark("law", 1))), footnotes=(LAW,)),
    ),
    "moved with its clause": (
        edition(*noted("law", "guide"), footnotes=(LAW, GUIDE)),
        edition(*BASE, noted("law")[0].blocks[0], footnotes=(LAW, GUIDE)),  # type: ignore[union-attr]
    ),
}


@pytest.mark.parametrize("case", FOOTNOTES)
def test_footnotes_are_tracked(case: str) -> None:
    """Their marks in the text, and their words."""
    old, new = FOOTNOTES[case]
    assert tracked(prove(old, new))
    assert tracked(prove(new, old))


def test_a_title_is_tracked() -> None:
    """And the rest of the front."""
    new = edition(*BASE, title="A longer title than it was")
    made = prove(
        edition(*BASE), replace(new, policy=replace(new.policy, owner="governing-board", related=("handbook",)))
    )
    title = part(made, "document").find("w:body/w:p", NAMES)
    assert title is not None
    assert title.find("w:ins", NAMES) is not None


def test_a_notice_is_tracked() -> None:
    """In front of the blocks, and before the contents list, whichever edition has one."""
    plain = edition(*BASE)
    draft, other = (replace(plain, standing=Standing(notice=said)) for said in ("Draft", "Not approved"))
    for old, new, count in ((plain, draft, 2), (draft, plain, 2), (draft, other, 2), (draft, draft, 0)):
        made = prove(old, new)
        assert len(tracked(made)) == count
        body = part(made, "document").find("w:body", NAMES)
        assert body is not None
        places = {node.tag: at for at, node in reversed([*enumerate(body)])}
        assert places[f"{W}sdt"] == places[f"{W}tbl"] + 2


def test_the_contents_list_stands_before_what_was_deleted() -> None:
    """Where the first section is gone."""
    body = part(marked(edition(*BASE), edition(*BASE[1:])), "document").find("w:body", NAMES)
    assert body is not None
    assert next(at for at, node in enumerate(body) if node.tag == f"{W}sdt") == 3


def test_nothing_changed_nothing_tracked() -> None:
    """The body is the new document's."""
    for blocks in (POLICY.blocks, HARD):
        same = edition(*blocks, footnotes=POLICY.footnotes)
        made = marked(same, same)
        assert tracked(made) == []
        assert told(made) == told(word(same))


def test_a_number_that_only_moved_is_not_tracked() -> None:
    """Numbers are Word's own, and so are those in references: one clause inserted is one insertion."""
    old, new = edition(*BASE), edition(section("New", clause("All of this is new.")), *BASE)
    assert Counter(tracked(marked(old, new))) == {"ins": 4}


def test_properties_that_stay_are_not_tracked() -> None:
    """The last clause deleted: its words, and the end of the one before it, as the last end of all must stay."""
    made = prove(edition(*BASE), edition(*within(3, lambda blocks: blocks[:-1])))
    assert tracked(made) == ["del", "del"]


def test_an_end_stays_before_a_table() -> None:
    """Where a clause is deleted or inserted there, so that no reader has to join a paragraph with a table."""
    held = sentences(3, "tables")
    many, few, none = (edition(*put(2, section("Tables", *each, GRID))) for each in (held, held[:2], ()))
    gone = edition(*put(2))
    for old, new, kind in ((many, few, "del"), (few, many, "ins"), (many, gone, "del"), (gone, many, "ins")):
        made = prove(old, new)
        assert {*tracked(made)} == {kind}
        end = part(made, "document").findall("w:body/w:tbl", NAMES)[-1].getprevious()
        assert end is not None
        assert end.find(f"w:pPr/w:rPr/w:{kind}", NAMES) is None
    assert part(prove(many, none), "document").find(f".//{W}pPrChange") is None


def test_a_move_is_a_pair_of_ranges() -> None:
    """Of one name, each with ids of its own."""
    old, new = edition(*BASE), edition(BASE[0], BASE[2], BASE[3], BASE[1])
    document = part(marked(old, new), "document")
    names = [[attribute(node, "name") for node in document.iter(f"{W}move{way}RangeStart")] for way in ("From", "To")]
    assert names == [["move1"], ["move1"]]
    for way in ("From", "To"):
        [start], [end] = (list(document.iter(f"{W}move{way}Range{which}")) for which in ("Start", "End"))
        assert attribute(start, "id") == attribute(end, "id")


def test_it_says_who_and_when(tmp_path: Path) -> None:
    """The time in UTC; a name that is no XML is made one, and the properties tell the versions."""
    old, new = edition(*BASE), edition(*BASE[1:])
    for author, shown in (("Ann Clerk", "Ann Clerk"), (HOSTILE, '"><w:x/>&'), ("", "Unknown"), ("x" * 300, "x" * 255)):
        made = marked(old, new, author=author)
        changes = [node for node in part(made, "document").iter() if node.get(W + "author") is not None]
        assert {node.get(W + "author") for node in changes} == {shown}
        assert {node.get(W + "date") for node in changes} == {"2026-03-04T10:30:00Z"}
    compared = compare(old.policy, new.policy)
    compared = replace(
        compared, old=replace(compared.old, version="@2025-01-01"), new=replace(compared.new, version="working")
    )
    path = tmp_path / "redline.docx"
    path.write_bytes(redline(compared, old, new, author="A", when=None))
    assert Document(str(path)).core_properties.comments == "Changes from @2025-01-01 to working"
    assert b"w:date" not in ZipFile(path).read("word/document.xml")
    assert marked(old, new) == marked(old, new)


def test_the_reference_guidance() -> None:
    """From its first edition to the one we have: few tracked changes, and both editions whole in it."""
    added = git("log", "--diff-filter=A", "--format=%H", "--", GUIDANCE).split()
    if not added:
        pytest.skip("needs the history of this repository")
    old, new = (guidance(text) for text in (git("show", f"{added[-1]}:{GUIDANCE}"), git("show", f"HEAD:{GUIDANCE}")))
    made = prove(old, new)
    prove(new, old)
    assert len(tracked(made)) < 60


GUIDANCE = "source/social-media-staff.md"


def git(*arguments: str) -> str:
    """What git prints of this repository, "" where it cannot."""
    run = subprocess.run(["git", *arguments], cwd=ROOT, check=False, capture_output=True)
    return run.stdout.decode() if run.returncode == 0 else ""


def guidance(text: str) -> Edition:
    """The guidance in these words, among the policies that stand beside it."""
    held = load(ROOT).library
    policy, _ = parse(text, "social-media-staff", GUIDANCE)
    others = [other for name, other in held.policies.items() if name != policy.id]
    resolved, _ = resolve([policy, *others], held.settings)
    return Edition(resolved.policies[policy.id], resolved)


# Any edits


def shuffled(policy: Policy, chance: random.Random, spare: str) -> Policy:
    """A policy with some of its blocks deleted, repeated, moved or reworded, at any depth."""
    blocks = _edited(policy.blocks, chance, spare)
    cited = "noted" in str(blocks)
    return replace(policy, blocks=numbered(blocks), footnotes=policy.footnotes if cited else ())


def _edited(blocks: Blocks, chance: random.Random, spare: str) -> Blocks:
    made: list[Block] = []
    for block in blocks:
        one = block
        if isinstance(one, Section | Clause | Item | Bullet | Quote):
            one = replace(one, blocks=_edited(one.blocks, chance, spare))
        fate = chance.random()
        if fate < 0.1:  # deleted
            continue
        made.append(_reworded(one, chance, spare) if fate < 0.3 else one)
        if fate > 0.95:  # repeated
            made.append(one)
    if len(made) > 1 and chance.random() < 0.3:  # moved
        made.insert(chance.randrange(len(made)), made.pop(chance.randrange(len(made))))
    return tuple(made)


def _reworded(block: Block, chance: random.Random, spare: str) -> Block:
    if isinstance(block, Section):
        return replace(block, title=_changed(block.title, chance, spare))
    if isinstance(block, Table):
        rows = tuple(tuple(_changed(cell, chance, spare) for cell in row) for row in block.rows)
        return replace(block, rows=rows[: chance.randint(0, 3)])
    if isinstance(block, Paragraph):
        return chance.choice([Clause, Paragraph, Bullet])(_changed(block.text, chance, spare))  # type: ignore[no-any-return]
    if isinstance(block, Clause | Item | Bullet):
        return replace(block, text=_changed(block.text, chance, spare))
    return Rule() if isinstance(block, Preformatted) else block


def _changed(text: Inlines, chance: random.Random, spare: str) -> Inlines:
    parts = list(text)
    added: list[Inline] = [Text(f" {spare} "), Strong(words(spare)), LineBreak()]
    parts.insert(chance.randint(0, len(parts)), chance.choice(added))
    if chance.random() < 0.5:
        parts.pop(chance.randrange(len(parts)))
    return tuple(parts)


@settings(deadline=None, max_examples=60)
@given(policies(), st.randoms(use_true_random=False), texts())
def test_any_edits(policy: Policy, chance: random.Random, spare: str) -> None:
    """Whatever is deleted, repeated, moved or reworded."""
    other = shuffled(policy, chance, spare)
    old, new = (Edition(each, library(each)) for each in (policy, other))
    prove(old, new, moves_as_delete_insert=chance.random() < 0.2)


@settings(deadline=None, max_examples=30)
@given(policies(), policies())
def test_any_two(one: Policy, other: Policy) -> None:
    """Two policies that have nothing to do with each other."""
    prove(Edition(one, library(one)), Edition(other, library(other)))


# In LibreOffice


@pytest.fixture(scope="module")
def converted(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes, str], bytes]:
    """A Word file as LibreOffice writes it in another format."""
    soffice = shutil.which("soffice")
    if not soffice:
        missing("LibreOffice, to open a redline")
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"

    def convert(docx: bytes, kind: str) -> bytes:
        source = folder / "redline.docx"
        source.write_bytes(docx)
        command = [soffice, profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=180)
        return (folder / "out" / f"redline.{kind}").read_bytes()

    return convert


def test_libreoffice_opens_it(converted: Callable[[bytes, str], bytes]) -> None:
    """It keeps the insertions, the deletions and the moves, by whom and when; and prints it."""
    moved = (BASE[0], BASE[2], section("New", clause("All of this is new.")), BASE[1])
    made = marked(edition(*with_table(GRID)), edition(*moved))
    kept = converted(made, "docx")
    assert {"ins", "del", "moveFrom", "moveTo"} <= {*tracked(kept)}
    change = next(part(kept, "document").iter(W + "ins"))
    assert attribute(change, "author") == "Ann Clerk"
    assert attribute(change, "date") == "2026-03-04T10:30:00Z"
    assert converted(made, "pdf").startswith(b"%PDF")


def test_a_long_one_is_quick() -> None:
    """10,000 clauses, every tenth reworded, one in a hundred moved: the target is two seconds."""
    clauses = sentences(10_000, "everything")
    later = [
        clause(f"Nobody may forget rule {at} about everything at any time.") if at % 10 == 0 else each
        for at, each in enumerate(clauses)
    ]
    for at in range(5, 10_000, 100):
        later[at], later[at + 2] = later[at + 2], later[at]
    old, new = edition(section("Old", *clauses)), edition(section("Old", *later))
    compared = compare(old.policy, new.policy)
    start = perf_counter()
    redline(compared, old, new, author="Ann Clerk", when=WHEN)
    assert perf_counter() - start < 10  # seconds: on any machine


def test_a_working_text_has_no_date_and_the_file_is_sound_all_the_same(tmp_path: Path) -> None:
    """But for the range of a move, which must have one."""
    clauses = [clause(f"Clause {number} says something of its own, which is {number}.") for number in range(1, 6)]
    old = edition(section("One", *clauses))
    new = edition(section("One", *clauses[1:4], clauses[0], clauses[4]))
    made = redline(compare(old.policy, new.policy), old, new, author="Ann", when=None)
    assert len(list(part(made, "document").iter(W + "moveFromRangeStart"))) == 1
    file = tmp_path / "redline.docx"
    file.write_bytes(made)
    assert OpenXmlValidator().validate(file).is_valid
