"""Whatever stands in a document, it is drafted: the draft reads back as it is, and no word is lost."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from policytool.model.block import Blocks, words_of
from policytool.model.inline import Code, Emphasis, Inline, Inlines, LineBreak, Link, Strong, Text, plain
from policytool.model.piece import Found, Piece, Place
from policytool.model.policy import Policy
from policytool.parse.drafting import Draft, Surroundings, drafted
from policytool.parse.markdown import policy as parse
from policytool.pipeline.wordcount import words
from policytool.render.markdown import markdown

MARKERS = (
    "", "", "", "1.", "1.1", "1.2", "2.1", "2", "1.0", "3.10", "(a)", "(b)", "(i)", "(ii)", "b)", "h)", "i)", "A.",
    "B.", "II.", "•", "-", "Appendix 1", "Annex A:", "Schedule 2", "Part 1:", "Section 3", "1.1.1", "10.4.3.2",
    "Chapter II", "(A)", "aa)", "9.", "0.", "0.1", "xx.", "z)",
)  # fmt: skip
SAID = (
    "Aims", "Staff must read this.", "Behaviour Policy", "The following:", "ALL CAPS", "____", "Approved by", "# x",
    "- ", "Date of next review: May 2024", "FGB July 2020", "1. x", "* y", "| a |", "> q", "[x](y)", "a_b_c", "<b>",
    "a\\",
    "+ b", "Grievance and Bullying Policies", "a) z", "{.x}", "{#x}", "Contents", "Aims 3", "“Staff” means all.", "`",
    "See 2.1 above.", "Section 2 Rules", "\\", "&amp;", "![", "---", "===", "\u00a0", "é", "2023. It", "[^1]", "  ",
    "Title: Foo", "1)", "Part 1",
)  # fmt: skip
TEXTS = st.sampled_from(SAID).map(Text)
RUNS: st.SearchStrategy[Inlines] = st.one_of(
    TEXTS.map(lambda one: (one,)),
    st.lists(
        st.one_of(
            TEXTS,
            TEXTS.map(lambda one: Strong((one,))),
            TEXTS.map(lambda one: Emphasis((one,))),
            st.just(LineBreak()),
            st.sampled_from(["x", "`"]).map(Code),
            TEXTS.filter(lambda one: bool(one.text.strip())).map(lambda one: Link((one,), "https://a.example/")),
        ),
        max_size=3,
    ).map(tuple[Inline, ...]),
)
AROUND = Surroundings("x", {}, {"Bullying Policy": "bullying", "Grievance Policy": "grievance"})


@st.composite
def pieces(draw: st.DrawFn) -> tuple[Piece, ...]:
    """Pieces of every look, in any order."""
    return tuple(draw(piece(number)) for number in range(1, draw(st.integers(1, 12))))


def piece(number: int) -> st.SearchStrategy[Piece]:
    """One that has words, or else rows."""
    text = st.builds(
        Piece,
        RUNS,
        st.just(Place(number, "paragraph")),
        st.sampled_from(MARKERS),
        heading=st.sampled_from([0, 0, 0, 1, 2, 5, 9]),
        bold=st.booleans(),
        indent=st.sampled_from([0.0, 0.0, 18.0, 36.0]),
        quoted=st.sampled_from([False, False, False, True]),
    )
    row = st.lists(RUNS, max_size=3).map(tuple[Inlines, ...])
    rows = st.lists(row, min_size=1, max_size=3).map(tuple[tuple[Inlines, ...], ...])
    return st.one_of(text, text, text, st.builds(Piece, st.just(()), st.just(Place(number)), rows=rows))


def said(blocks: Blocks) -> list[str]:
    """Every word of some blocks."""
    own = [word for block in blocks for run in words_of(block) for word in words(plain(run))]
    return own + [word for block in blocks for word in said(getattr(block, "blocks", ()))]


def lost(found: tuple[Piece, ...], policy: Policy, made: Draft) -> Counter[str]:
    """What is neither in a policy nor told."""
    runs = [run for one in found for run in (one.words, *(cell for row in one.rows for cell in row))]
    told = [word for remark in made.remarks for word in words(remark.message)]
    return Counter(word for run in runs for word in words(plain(run))) - Counter(
        [*words(policy.title), *said(policy.blocks), *told]
    )


@given(pieces())
def test_a_draft_reads_back_as_it_is_and_no_word_is_lost(found: tuple[Piece, ...]) -> None:
    """And nothing in it is an error of its text."""
    made = drafted(Found("", found), "", AROUND)
    again, wrong = parse(markdown(made.policy), made.policy.id, "x.md")
    assert again.blocks == made.policy.blocks
    assert [one.message for one in wrong if one.is_error] == []
    assert lost(found, again, made) == Counter()
