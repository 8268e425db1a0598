"""A Word file that was built here is read back as the policy it was built from."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from io import BytesIO
from typing import Any, cast
from zipfile import ZipFile

from docx import Document
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.model.block import Block, Bullet, Clause, Item, Paragraph, Preformatted, Quote, Section, words_of
from policytool.model.fingerprint import fingerprint
from policytool.model.inline import FootnoteMark, Reference, Strong, Text, plain
from policytool.model.policy import Policy
from policytool.parse.drafting.returned import Returned, returned
from policytool.parse.word import found
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.render.word_cases import edition, library
from tests.sample import LIBRARY, POLICY, words
from tests.strategies import policies


def home(docx: bytes) -> Returned:
    """What comes home in a Word file."""
    read, wrong = found(docx)
    assert read is not None, wrong
    back = returned(read)
    assert back is not None
    return back


def assert_same(back: Policy, policy: Policy) -> None:
    """The two say the same, block by block."""
    for one, other in zip(back.blocks, policy.blocks, strict=False):
        assert one == other
    assert back.blocks == policy.blocks
    assert back.footnotes == policy.footnotes
    assert (back.title, back.kind, back.numbering) == (policy.title, policy.kind, policy.numbering)


def test_the_sample_comes_home_as_it_went() -> None:
    """Every kind of block and inline."""
    back = home(word(Edition(POLICY, LIBRARY)))
    assert (back.policy_id, back.path) == (POLICY.id, POLICY.path)
    assert back.fingerprint == fingerprint(POLICY)
    fields = (back.policy.owner, back.policy.approver, back.policy.related)
    assert fields == (POLICY.owner, POLICY.approver, POLICY.related)
    assert_same(back.policy, POLICY)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_any_policy_comes_home_as_it_went(policy: Policy) -> None:
    """import(build(policy)) == policy."""
    assert_same(home(word(Edition(policy, library(policy)))).policy, policy)


# What a headteacher does to it


EDITED = edition(
    Section(
        1,
        words("Rules"),
        (
            Clause(words("Staff must ask."), label="ask"),
            Clause((Text("As "), Reference("", "ask"), Text(" says, **they** wait."), FootnoteMark("law", 1))),
            Clause(
                words("The head:"),
                (
                    Item("letter", words("reads;"), begins=True),
                    Item("letter", words("decides."), label="decides"),
                    Paragraph(words("Nobody else does.")),
                ),
            ),
            Clause(words("The last."), (Bullet(words("one")), Bullet(words("two"))), label="last"),
        ),
        label="rules",
    ),
    Section(1, words("After"), (Paragraph(words("A remark.")), Quote((Paragraph(words("said")),), label="said"))),
    footnotes=POLICY.footnotes,
)


def edited(change: Callable[[Any], None]) -> Policy:
    """What comes home of the policy above, after a change by python-docx."""
    return brought_home(EDITED, change).policy


def brought_home(built: Edition, change: Callable[[Any], None]) -> Returned:
    """The same of any edition, with all that came."""
    opened = Document(BytesIO(word(built)))
    change(opened)
    saved = BytesIO()
    opened.save(saved)
    return home(saved.getvalue())


def paragraph(opened: Any, said: str) -> Any:
    """The paragraph that ends so."""
    return next(one for one in opened.paragraphs if one.text.endswith(said))


def after(one: Any) -> Any:
    """A new paragraph after another, as Enter makes one: of the same look, without its bookmarks."""
    made = deepcopy(one._p)  # noqa: SLF001
    for node in [*made]:
        if not node.tag.endswith("}pPr"):
            made.remove(node)
    one._p.addnext(made)  # noqa: SLF001
    return type(one)(made, one._parent)  # noqa: SLF001


def section(policy: Policy, at: int = 0) -> tuple[Block, ...]:
    """The blocks of a section."""
    found_ = policy.blocks[at]
    assert isinstance(found_, Section)
    return found_.blocks


BEFORE = section(EDITED.policy)


def test_nothing_changed_by_python_docx() -> None:
    """To open and save is no edit."""
    assert_same(edited(lambda _: None), EDITED.policy)


def test_enter_at_the_end_of_a_clause_makes_a_clause() -> None:
    """It has no label, and all round it is as it was."""

    def change(opened: Any) -> None:
        after(paragraph(opened, "Staff must ask.")).add_run("And  wait.")

    assert section(edited(change)) == (BEFORE[0], Clause(words("And wait.")), *BEFORE[1:])


def test_enter_at_the_end_of_an_item_and_of_a_bullet() -> None:
    """Each makes one of its kind, in the same list."""

    def change(opened: Any) -> None:
        after(paragraph(opened, "reads;")).add_run("thinks;")
        after(paragraph(opened, "one")).add_run("and a half")

    back = section(edited(change))
    third, last = cast("Clause", BEFORE[2]), cast("Clause", BEFORE[3])
    item = Item("letter", words("thinks;"))
    assert back[2] == replace(third, blocks=(third.blocks[0], item, *third.blocks[1:]))
    assert back[3] == replace(last, blocks=(last.blocks[0], Bullet(words("and a half")), last.blocks[1]))


def test_a_paragraph_typed_in_normal_style_is_one() -> None:
    """It stands in the section, and clauses after it are where they were."""

    def change(opened: Any) -> None:
        made = after(paragraph(opened, "Staff must ask."))
        made._p.remove(made._p.pPr)  # noqa: SLF001
        made.add_run("A word of mine.")

    assert section(edited(change)) == (BEFORE[0], Paragraph(words("A word of mine.")), *BEFORE[1:])


def test_bullets_typed_by_hand_are_bullets() -> None:
    """With the sign that somebody typed."""

    def change(opened: Any) -> None:
        made = after(paragraph(opened, "Staff must ask."))
        made._p.remove(made._p.pPr)  # noqa: SLF001
        made.add_run("•\tnow")

    assert section(edited(change))[1] == Bullet(words("now"))


def test_a_clause_taken_out_leaves_the_others() -> None:
    """Its label goes with it."""

    def change(opened: Any) -> None:
        gone = paragraph(opened, "Staff must ask.")._p  # noqa: SLF001
        gone.getparent().remove(gone)

    assert section(edited(change)) == BEFORE[1:]


def test_a_first_item_taken_out_leaves_a_list() -> None:
    """The next item begins it."""

    def change(opened: Any) -> None:
        gone = paragraph(opened, "reads;")._p  # noqa: SLF001
        gone.getparent().remove(gone)

    third = cast("Clause", BEFORE[2])
    assert section(edited(change))[2] == replace(
        third, blocks=(replace(cast("Item", third.blocks[1]), begins=True), third.blocks[2])
    )


def test_a_clause_reworded_keeps_its_label_its_reference_and_its_footnote() -> None:
    """Only the words that were typed are others."""

    def change(opened: Any) -> None:
        run = next(one for one in paragraph(opened, "wait.").runs if "wait" in one.text)
        run.text = run.text.replace("wait", "hurry")

    said = (Text("As "), Reference("", "ask"), Text(" says, **they** hurry."), FootnoteMark("law", 1))
    assert section(edited(change))[1] == Clause(said)


def test_words_set_in_bold_are_an_edit() -> None:
    """Though they say the same."""

    def change(opened: Any) -> None:
        paragraph(opened, "Staff must ask.").runs[0].bold = True

    assert section(edited(change))[0] == Clause((Strong(words("Staff must ask.")),), label="ask")


def test_a_heading_put_between_takes_what_follows() -> None:
    """As it would in the source."""

    def change(opened: Any) -> None:
        made = after(paragraph(opened, "Staff must ask."))
        made.style = "heading 1"
        made._p.pPr.remove(made._p.pPr.numPr)  # noqa: SLF001
        made.add_run("New")

    back = edited(change)
    assert section(back) == BEFORE[:1]
    assert back.blocks[1] == Section(1, words("New"), BEFORE[1:])


def test_a_quotation_grows_and_loses_its_beginning() -> None:
    """It stays one, with its label."""

    def change(opened: Any) -> None:
        old = paragraph(opened, "said")
        after(old).add_run("more")

    assert section(edited(change), 1)[1] == Quote((Paragraph(words("said")), Paragraph(words("more"))), label="said")


def test_comments_come_with_the_number_of_their_clause() -> None:
    """As the edited file counts."""

    def change(opened: Any) -> None:
        after(paragraph(opened, "Staff must ask.")).add_run("New.")
        opened.add_comment(paragraph(opened, "decides.").runs, "Who says?", author="A. Head", initials="AH")

    assert brought_home(EDITED, change).comments == (("A. Head", "Who says?", "1.4(b)"),)


def test_a_file_that_others_made_is_none_of_ours() -> None:
    """Whatever its styles are called."""
    saved = BytesIO()
    Document().save(saved)
    read, _ = found(saved.getvalue())
    assert read is not None
    assert returned(read) is None


def test_what_was_tampered_with_is_read_as_it_looks() -> None:
    """No crash, and no word lost."""
    docx = word(EDITED)
    with ZipFile(BytesIO(docx)) as archive:
        told = archive.read("customXml/item1.xml")
    for one in (b"nothing", b'{"blocks":[1,{"said":[[3],[]],"in":7,"key":3}],"notes":4}', told[-4000:-20]):
        read, _ = found(docx)
        assert read is not None
        back = returned(replace(read, carried=one.decode()))
        assert back is not None
        assert [type(block) for block in back.policy.blocks] == [Section, Section]
        assert [type(block) for block in section(back.policy)] == [Clause, Clause, Clause, Clause]


STYLES = ["Normal", "Clause", "Item", "List Bullet", "Quote", "Heading 1", "Heading 2", "Preformatted"]
EDITS = st.lists(st.tuples(st.sampled_from(["drop", "copy", "style", "type", "swap"]), st.integers(0, 40)), max_size=6)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(EDITS)
def test_no_word_is_lost_whatever_is_edited(edits: list[tuple[str, int]]) -> None:
    """Paragraphs dropped, copied, typed, moved, and set in other styles, in any order."""
    said: list[str] = []

    def change(opened: Any) -> None:
        for kind, at in edits:
            found_ = [one for one in opened.paragraphs if one.style.name in STYLES and one.text]
            if found_:
                _edit(kind, found_[at % len(found_)], found_[(at * 7 + 3) % len(found_)])
        said.extend(one.text for one in opened.paragraphs if one.style.name in STYLES)

    back = brought_home(EDITED, change).policy
    told = " ".join(plain(run) for block in back.walk() for run in words_of(block))
    told += " ".join(block.text for block in back.walk() if isinstance(block, Preformatted))
    for word_ in ("Staff", "head", "reads", "decides", "Nobody", "last", "one", "two", "remark", "typed", "Rules"):
        assert told.count(word_) == " ".join(said).count(word_), word_


def _edit(kind: str, one: Any, other: Any) -> None:
    if kind == "drop":
        one._p.getparent().remove(one._p)  # noqa: SLF001
    elif kind == "copy":
        other._p.addnext(deepcopy(one._p))  # noqa: SLF001
    elif kind == "swap":
        other._p.addnext(one._p)  # noqa: SLF001
    elif kind == "style":
        one.style = STYLES[len(other.text) % len(STYLES)]
    else:
        after(one).add_run("typed words")
