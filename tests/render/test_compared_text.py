"""The comparison as text: at a terminal, and in a pipe."""

from __future__ import annotations

import re

import pytest

from policytool.render.compared.text import text
from tests.render.test_compared_cases import CASES, Case, made, reference

ESCAPE = re.compile("\x1b\\[[0-9;]*m")


def lines(case: Case, *, colour: bool = False, width: int = 80) -> list[str]:
    """The text of a case."""
    return list(text(case.comparison, case.old, case.new, colour=colour, width=width))


def flowing(case: Case) -> str:
    """The text of a case on one line."""
    return " ".join(" ".join(lines(case)).split())


def test_what_matters_stands_first() -> None:
    """Title, versions, summary, flags, edits, numbers, fields, ripples, in this order."""
    shown = flowing(made("many"))
    parts = (
        "Changes to Educational Visits Policy 2023-09-14 → working 1 section inserted (with its 1 clause), 3 clauses",
        "What matters most - Clause 2.2: “should” became “must”: the duty is stronger.",
        "What changed 1. Inserted: section 1",
        "New numbers - Sections 1 to 3 are now 2 to 4",
        "Details of the policy - Owner: Headteacher → Chair of Governors",
        "Look at these too: they cite something that changed",
    )
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("duty", "The leader [-should-] {+must+} plan every visit"),
        ("inserted", "{+Everybody wears a badge with the telephone number of the school.+}"),
        ("wording", "the party, [-whatever the distance-] {+however short the way+}."),
        ("cell", "Parents | What concerns their own child and no other | [-1 year-] {+2 years+}"),
        (
            "split",
            "1.1 All staff keep to this policy, and know that breaking it may lead to disciplinary action. 1.2 A",
        ),
        (
            "replaced",
            "2.2 [-A leader who is worried about a pupil tells the designated person at once, and writes it down.-]",
        ),
        ("arabic", "[-وقت-] {+يوم+}"),
    ],
)
def test_marks_stand_around_what_changed(name: str, expected: str) -> None:
    """And never around blanks or what stayed."""
    assert expected in flowing(made(name))


def test_colour_comes_on_top_of_the_marks() -> None:
    """Without the escapes, the coloured text is the plain one."""
    painted = lines(made("many"), colour=True)
    assert [ESCAPE.sub("", line) for line in painted] == lines(made("many"))
    assert any("\x1b[31;9m[-should-]\x1b[0m \x1b[32;4m{+must+}\x1b[0m" in line for line in painted)
    assert all(line.count("\x1b[") % 2 == 0 for line in painted)


@pytest.mark.parametrize("width", [40, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    """Unless one word is."""
    assert max(map(len, lines(reference(), width=width))) <= width


def test_unchanged_text_is_not_printed() -> None:
    """Nor the long unchanged middle of a clause that was reworded."""
    shown = flowing(reference())
    assert "Throughout this guidance" not in shown
    assert (
        "Where staff turn down an approach made by … open, they must also report the approach in writing{+, within"
        in shown
    )


def test_each_edit_says_its_number_old_and_new() -> None:
    """So that it is found in either version."""
    shown = flowing(reference())
    assert "Moved: from clause 7.3 to clause 4.8" in shown
    assert "Split: clause 11.1 is now clauses 11.1 and 11.2" in shown
    assert "Clauses 4.8 to 4.10 are now 4.9 to 4.11" in shown


def test_what_came_in_with_its_section_is_shown_below_it_and_not_numbered() -> None:
    """The section is one change."""
    shown = lines(made("new section"))
    first = shown.index("1. Inserted: section 2")
    assert shown[first : first + 5] == [
        "1. Inserted: section 2",
        "   {+On the way+}",
        "",
        "   Inserted with its section: clause 2.1 (On the way)",
        "   {+Seat belts stay on.+}",
    ]


def test_nothing_in_common_is_no_wall_of_text() -> None:
    """Two unrelated texts are told in one sentence."""
    assert len(lines(made("unrelated"))) < 12


def test_nothing_changed_is_one_line() -> None:
    """After the title and the versions."""
    assert lines(made("nothing"))[-1] == "Nothing changed."


@pytest.mark.parametrize("name", CASES)
@pytest.mark.parametrize("colour", [False, True])
def test_no_policy_can_steer_a_terminal(name: str, *, colour: bool) -> None:
    """Every control character that comes out is ours."""
    for line in lines(made(name), colour=colour):
        assert ESCAPE.sub("", line).replace("\t", "").isprintable()
        if not colour:
            assert "\x1b" not in line


def test_references_print_as_on_their_own_side() -> None:
    """The words that stayed have the number that they have now."""
    assert "as clause 2.1 asks" in flowing(made("many"))
    assert "as clause 2.2 asks" in " ".join(" ".join(lines(made("emptied"))).split())
