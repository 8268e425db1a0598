"""What number each section, clause and item gets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.block import Clause, Item, Section, walk
from policytool.model.numbering import MOST_ITEMS, letter, ordinal, roman
from policytool.parse.markdown import policy as parse
from tests.cases import FRONT


def markers(text: str, front: str = FRONT) -> list[str]:
    """The whole number of each numbered block in reading order; "-" for a section without one."""
    policy, found = parse(front + text, "x", "x.md")
    assert [one.message for one in found] == []
    return [str(block.number or "-") for block in walk(policy.blocks) if isinstance(block, Section | Clause | Item)]


def test_clauses_and_sub_headings_of_one_depth_share_a_counter() -> None:
    """Two clauses before the first sub-heading make it the third."""
    text = "# A\n\n1. x\n2. y\n   1. z\n\n## Sub\n\n1. x\n\n## Sub\n\n# B\n\n## Sub\n\n1. x\n"
    assert markers(text) == ["1", "1.1", "1.2", "1.2.1", "1.3", "1.3.1", "1.4", "2", "2.1", "2.1.1"]


def test_clauses_without_a_section_are_counted_from_one() -> None:
    """A short policy needs no heading."""
    assert markers("1. x\n\nRemark.\n\n2. y\n") == ["1", "2"]


def test_a_remark_never_resets_the_counter() -> None:
    """Neither beside clauses nor in one."""
    assert markers("# A\n\n1. x\n\n   Remark.\n\n   1. y\n\nRemark.\n\n2. z\n") == ["1", "1.1", "1.1.1", "1.2"]


def test_an_unnumbered_section_is_transparent() -> None:
    """What stands under it is counted as if the heading were not there."""
    text = "# A\n\n1. x\n\n## Note {.unnumbered}\n\n2. y\n\n# Interlude {.unnumbered}\n\n2. z\n\n# B\n"
    assert markers(text) == ["1", "1.1", "-", "1.2", "-", "2", "3"]


def test_appendices_have_letters_and_their_own_counter() -> None:
    """They begin at A wherever they stand, and sections go on counting."""
    text = "# A\n\n# F {.appendix}\n\n1. x\n\n## Sub\n\n1. y\n\n# G {.appendix}\n\n# B\n"
    assert markers(text) == ["1", "A", "A.1", "A.2", "A.2.1", "B", "2"]


def test_start_sets_the_counter_and_counting_goes_on_from_there() -> None:
    """For sections, appendices, clauses and items."""
    text = "# A {start=4}\n\n0. x {start=0}\n1. y\n\na) z {start=3}\nd) z\n\n# F {.appendix start=27}\n\n# B\n"
    assert markers(text) == ["4", "4.0", "4.1", "4(c)", "4(d)", "AA", "5"]


def test_items_run_through_the_alphabet_and_on() -> None:
    """(z), then (aa) and (bb), as word processors count."""
    assert markers("a) x\n" * 28)[24:] == ["(y)", "(z)", "(aa)", "(bb)"]


def test_a_list_of_items_starts_afresh_at_a_and_goes_on_with_any_other_letter() -> None:
    """What the writer types after a remark says which is meant."""
    text = "1. x\n\n   a) y\n   b) y\n\n   Remark.\n\n   c) y\n\n   Remark.\n\n   a) y\n"
    assert markers(text) == ["1", "1(a)", "1(b)", "1(c)", "1(a)"]


def test_i_is_a_letter_after_h_and_roman_where_it_starts_a_list() -> None:
    """The one mark that is both at once."""
    lettered = "".join(f"{sign}) x\n" for sign in "abcdefghij")
    assert markers(lettered) == [f"({sign})" for sign in "abcdefghij"]
    assert markers("i) x\nii) x\n") == ["(i)", "(ii)"]
    assert markers("a) x\n\n   i) y\n   ii) y\n") == ["(a)", "(a)(i)", "(a)(ii)"]


@pytest.mark.parametrize(("sign", "count"), [("v", 5), ("x", 10), ("l", 50), ("c", 100)])
def test_letters_that_are_roman_numbers_follow_what_stands_before_them(sign: str, count: int) -> None:
    """v) after iv) is five; v) after u) is the letter."""
    romans = [roman(number) for number in range(1, count + 1)]
    assert markers("".join(f"{one}) x\n" for one in romans))[-1] == f"({sign})"
    letters = [chr(code) for code in range(ord("a"), ord(sign) + 1)]
    blocks = parse(FRONT + "".join(f"{one}) x\n" for one in letters), "x", "x.md")[0].blocks
    assert {block.style for block in blocks if isinstance(block, Item)} == {"letter"}


def test_roman_items_go_on_after_a_remark() -> None:
    """v) after a remark that follows iv) is five."""
    text = "i) x\nii) x\niii) x\niv) x\n\nRemark.\n\nv) x\n"
    assert markers(text)[-1] == "(v)"
    assert isinstance(item := parse(FRONT + text, "x", "x.md")[0].blocks[-1], Item)
    assert (item.style, item.begins) == ("roman", False)


def test_items_under_a_section_a_clause_and_an_item_are_named_by_them() -> None:
    """As section 2(a), clause 1.1(a), and (a)(i) below it."""
    text = "# A\n\n1. x\n   a) y\n      i) z\n\n# B\n\na) x\n"
    assert markers(text) == ["1", "1.1", "1.1(a)", "1.1(a)(i)", "2", "2(a)"]


def test_running_numbers_count_clauses_across_sections() -> None:
    """`numbering: running` prints headings without numbers, appendices excepted."""
    front = FRONT.replace("reviews:", "numbering: running\nreviews:")
    text = "# A\n\n1. x\n\n## Sub\n\n2. y\n\n# B\n\n3. z\n   1. w\n\n# F {.appendix}\n\n1. v\n"
    assert markers(text, front) == ["-", "1", "-", "2", "-", "3", "3.1", "A", "A.1"]


@given(st.integers(1, MOST_ITEMS))
def test_a_letter_and_a_roman_number_stand_for_the_count_they_were_made_from(count: int) -> None:
    """What is printed reads back."""
    assert ordinal(letter(count), "letter") == count
    assert ordinal(roman(count), "roman") == count


@given(st.text("abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=8))
def test_a_mark_that_stands_for_a_count_is_how_that_count_is_written(mark: str) -> None:
    """No other mark is taken for a number: neither "ab" nor "iiii"."""
    for style, written in (("letter", letter), ("roman", roman)):
        count = ordinal(mark, style)  # type: ignore[arg-type]  # the two styles there are
        assert count is None or written(count) == mark


def test_no_letter_stands_for_nought_or_for_too_many() -> None:
    """Above thirty turns of the alphabet there are figures, or a long list would take all memory."""
    assert (letter(0), roman(0), letter(-1)) == ("", "", "")
    assert (len(letter(MOST_ITEMS)), letter(MOST_ITEMS + 1), roman(10**6)) == (30, "781", "1000000")
