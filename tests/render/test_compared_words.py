"""The words for what changed, which every format uses."""

from __future__ import annotations

from dataclasses import replace

import pytest

from policytool.model.block import Number
from policytool.model.comparison import (
    Change,
    ChangeKind,
    Comparison,
    FieldChange,
    Flag,
    Passage,
    PassageKind,
    Renumbering,
    Ripple,
    Side,
)
from policytool.render.compared import words
from policytool.render.compared.fields import field_line
from policytool.render.compared.flags import flags
from policytool.render.compared.mentions import landing_line, renumbering_line, ripple_line
from policytool.render.compared.sides import Sides
from tests.render.test_compared_cases import Case, made, reference
from tests.sample import words as said

SIDE = Side("visits", "Educational Visits Policy")


def sides(case: Case) -> Sides:
    """A case as the renderers see it."""
    return Sides(case.comparison, case.old, case.new)


def change(kind: ChangeKind, order: int, passage: PassageKind = "clause", *flags: Flag, parts: int = 1) -> Change:
    """A change of clause 1.<order>."""

    def passages(count: int) -> tuple[Passage, ...]:
        number = None if passage == "paragraph" else Number(("1", str(order)), ordinal=order)
        return tuple(Passage(passage, order + part, 1, said("Words."), number=number) for part in range(count))

    old = () if kind is ChangeKind.INSERTED else passages(parts if kind is ChangeKind.MERGED else 1)
    new = () if kind is ChangeKind.DELETED else passages(parts if kind is ChangeKind.SPLIT else 1)
    return Change(kind, old, new, flags=flags)


def summary(*changes: Change) -> str:
    """What is read aloud of these changes."""
    return words.summary(Comparison(SIDE, SIDE, changes))


UNRELATED = (
    "These two texts have nothing in common: the old one has 14 passages, the new one 3, and none stands in both."
)
FIELDS = "No words changed. Details of the policy that changed: owner; related policies; review “annual”, how often."
STRONGER = Flag("duty", "should", "must", "stronger")


def test_the_summary_is_what_a_governor_reads_aloud() -> None:
    """Counts by kind, what only has a new number, and what became of duties."""
    changes = (
        *(change(ChangeKind.REWORDED, order, "clause", STRONGER) for order in (1, 2)),
        change(ChangeKind.REWORDED, 3),
        change(ChangeKind.INSERTED, 4),
        change(ChangeKind.DELETED, 5),
        change(ChangeKind.MOVED, 6),
        *(change(ChangeKind.RENUMBERED, order) for order in range(7, 48)),
    )
    assert summary(*changes) == (
        "3 clauses reworded, 1 inserted, 1 deleted, 1 moved; 41 only renumbered. Two duties became stronger."
    )


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((change(ChangeKind.UNCHANGED, 1),), "Nothing changed."),
        ((change(ChangeKind.RENUMBERED, 1),), "No words changed; 1 clause only renumbered."),
        ((change(ChangeKind.RENUMBERED, 1, "section"),), "No words changed; 1 section only renumbered."),
        ((change(ChangeKind.REWORDED, 1),), "1 clause reworded."),
        ((change(ChangeKind.REWORDED, 1, "section"),), "1 section reworded."),
        ((change(ChangeKind.MOVED, 1, "item"), change(ChangeKind.MOVED, 2, "item")), "2 items moved."),
        ((change(ChangeKind.MOVED, 1, "item"), change(ChangeKind.MOVED, 2)), "2 clauses moved."),
        ((change(ChangeKind.REWORDED, 1, "paragraph"),), "1 paragraph reworded."),
        (
            (change(ChangeKind.REWORDED, 1, "row"), change(ChangeKind.REWORDED, 2, "header")),
            "2 rows of a table reworded.",
        ),
        ((change(ChangeKind.SPLIT, 1, parts=3),), "1 clause split into 3."),
        ((change(ChangeKind.MERGED, 1, parts=2),), "2 clauses merged into 1."),
        ((change(ChangeKind.MOVED, 1), change(ChangeKind.MERGED, 2, parts=2)), "1 clause moved, 2 merged into 1."),
        ((change(ChangeKind.MOVED_AND_REWORDED, 1),), "1 clause moved and reworded."),
        ((change(ChangeKind.INSERTED, 1),), "The old version has no text. 1 clause inserted."),
        ((change(ChangeKind.DELETED, 1),), "The new version has no text. 1 clause deleted."),
        (
            (change(ChangeKind.REWORDED, 1, "clause", Flag("duty", "must", "may", "weaker")),),
            "1 clause reworded. One duty became weaker.",
        ),
    ],
)
def test_singular_and_plural_are_right(changes: tuple[Change, ...], expected: str) -> None:
    """Whatever changed."""
    assert summary(*changes) == expected


def inside(kind: ChangeKind, order: int, passage: PassageKind, parent: int, *, carried: bool = True) -> Change:
    """A change of something that stands under the passage with the order of its parent."""
    one = change(kind, order, passage)
    old, new = (tuple(replace(each, parent=parent) for each in side) for side in (one.old, one.new))
    return replace(one, old=old, new=new, carried=carried)


IN, OUT = ChangeKind.INSERTED, ChangeKind.DELETED
KEPT = change(ChangeKind.UNCHANGED, 99)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ((change(IN, 1, "section"),), "1 heading inserted."),
        ((change(OUT, 1, "section"), change(OUT, 2, "section")), "2 headings deleted."),
        ((change(IN, 1, "section"), inside(IN, 2, "clause", 1)), "1 section inserted (with its 1 clause)."),
        (
            (
                *(change(OUT, order, "section") for order in (1, 3)),
                inside(OUT, 2, "clause", 1),
                *(inside(OUT, order, "clause", 3) for order in (4, 5)),
            ),
            "2 sections deleted (with their 3 clauses).",
        ),
        (
            (
                change(IN, 1, "section"),
                *(inside(IN, order, "clause", 1) for order in (2, 3)),
                inside(IN, 4, "item", 3),
                change(IN, 5),
                change(OUT, 6),
            ),
            "1 section inserted (with its 2 clauses), 1 clause inserted, 1 deleted.",
        ),
        (
            (change(IN, 1, "section"), inside(IN, 2, "paragraph", 1), change(OUT, 3, "section")),
            "1 section inserted (with its 1 paragraph), 1 heading deleted.",
        ),
        (
            (
                *(change(IN, order, "section") for order in (1, 5)),
                *(inside(IN, order, "section", 1) for order in (2, 4)),
                inside(IN, 3, "bullet", 2),
            ),
            "1 section inserted (with its 2 subsections and its 1 bullet point), 1 heading inserted.",
        ),
        (
            (
                change(IN, 1, "section"),
                inside(IN, 2, "clause", 1),
                inside(ChangeKind.MOVED, 3, "clause", 1, carried=False),
            ),
            "1 section inserted (with 1 of its 2 clauses), 1 clause moved.",
        ),
        ((change(IN, 1, "section"), inside(IN, 2, "row", 1)), "1 section inserted."),
        ((change(IN, 1), inside(IN, 2, "item", 1), inside(IN, 3, "item", 1)), "1 clause inserted."),
        (
            (change(ChangeKind.MOVED, 1, "section"), change(ChangeKind.MOVED, 2), change(ChangeKind.RENUMBERED, 3)),
            "1 section moved, 1 clause moved; 1 only renumbered.",
        ),
        (
            (change(ChangeKind.MOVED, 1, "section"), change(ChangeKind.RENUMBERED, 3)),
            "1 section moved; 1 clause only renumbered.",
        ),
    ],
)
def test_a_section_that_came_in_or_went_is_told_as_one(changes: tuple[Change, ...], expected: str) -> None:
    """With what it brought or took along, and apart from clauses that stand alone."""
    assert summary(*changes, KEPT) == expected


def test_a_sentence_begins_with_a_number_in_letters_below_ten() -> None:
    """And with figures from ten."""
    flagged = [change(ChangeKind.REWORDED, order, "clause", STRONGER) for order in range(11)]
    assert summary(*flagged[:9]).endswith("Nine duties became stronger.")
    assert summary(*flagged).endswith("11 duties became stronger.")


def test_a_list_in_another_order_is_said_once() -> None:
    """It is no move among others."""
    first = replace(change(ChangeKind.MOVED, 1, "item"), reason="the list was put in another order")
    changes = (first, replace(change(ChangeKind.MOVED, 2, "item"), reason=first.reason, carried=True))
    assert summary(*changes) == "1 list put in another order."


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nothing", "Nothing changed."),
        ("duty", "1 clause reworded. One duty became stronger."),
        ("weaker", "1 clause reworded. One duty became weaker."),
        ("wording", "1 clause reworded. All of it is wording only."),
        ("column", "4 rows of a table reworded."),
        (
            "astray",
            "1 clause reworded. One duty became stronger. One reference now leads to another clause than before.",
        ),
        ("reordered", "2 items reworded, 1 list put in another order."),
        ("split", "1 clause split into 2; 1 only renumbered."),
        ("merged", "2 clauses merged into 1; 1 only renumbered."),
        ("new section", "1 section inserted (with its 1 clause); 7 clauses only renumbered."),
        ("empty", "The old version has no text. 3 sections inserted (with their 8 clauses)."),
        (
            "unrelated",
            UNRELATED,
        ),
        (
            "fields",
            FIELDS,
        ),
    ],
)
def test_the_summary_of_real_comparisons(name: str, expected: str) -> None:
    """Made by the comparison itself."""
    assert words.summary(made(name).comparison) == expected


def test_the_seven_edits_of_the_reference_guidance() -> None:
    """In one line, with the duty that became stronger."""
    said_of_it = words.summary(reference().comparison)
    assert said_of_it.startswith("3 clauses reworded, 1 inserted, 1 deleted, 1 moved, 1 split into 2; ")
    assert said_of_it.endswith(" only renumbered. One duty became stronger.")


@pytest.mark.parametrize(
    ("flag", "expected"),
    [
        (STRONGER, "“should” became “must”: the duty is stronger"),
        (Flag("duty", "must", "may", "weaker"), "“must” became “may”: the duty is weaker"),
        (Flag("duty", "must", "shall"), "“must” became “shall”: the duty is as strong as before"),
        (Flag("duty", "may", "must not"), "“may” became “must not”: what was allowed is now forbidden"),
        (Flag("duty", "must not", "should"), "“must not” became “should”: what was forbidden is now advised"),
        (Flag("duty", "should", "should not"), "“should” became “should not”: what was advised is now advised against"),
        (Flag("duty", "", "must"), "a duty was added: “must”"),
        (Flag("duty", "may", ""), "a permission was taken out: “may”"),
        (Flag("duty", "", "cannot"), "a prohibition was added: “cannot”"),
        (Flag("duty", "", "should"), "a recommendation was added: “should”"),
        (Flag("negation", "", "not"), "“not” was added: check the sense"),
        (Flag("negation", "unless", "without"), "“unless” became “without”: check the sense"),
        (Flag("period", "", "five working days"), "a period was added: “five working days”"),
        (Flag("age", "16", ""), "an age was taken out: “16”"),
        (Flag("sum", "£50", "£100"), "the sum of money changed from “£50” to “£100”"),
        (Flag("number", "10,", "11,"), "the number changed from “10” to “11”"),
        (Flag("reference", "", "#report"), "a reference to clause 2.2 was added"),
        (Flag("reference", "#report", ""), "a reference to clause 2.2 was taken out"),
        (
            Flag("reference", "whistleblowing", "#report"),
            "a reference to Whistleblowing Policy now points to clause 2.2",
        ),
        (Flag("reference", "#gone", ""), "a reference to [#gone] was taken out"),
    ],
)
def test_flags_are_said_in_plain_words(flag: Flag, expected: str) -> None:
    """A volunteer understands each."""
    told = flags(change(ChangeKind.REWORDED, 1, "clause", flag), sides(made("nothing")))
    assert [text for _, text in told] == [expected]


def test_flags_have_the_capitals_of_the_text() -> None:
    """Though they are compared in small letters."""
    passage = Passage("clause", 0, 1, said("It begins on 1 September 2027."))
    one = Change(ChangeKind.REWORDED, (passage,), (passage,), flags=(Flag("date", "", "1 september 2027"),))
    assert flags(one, sides(made("nothing"))) == (("date", "a date was added: “1 September 2027”"),)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("wording", "Wording only: no duty word, number, date, period, role or defined term differs."),
        ("duty", ""),
        ("inserted", ""),
        ("moved", "The words are the same; only the place changed."),
        ("split", "The words are the same."),
        ("column", "One column was added."),
    ],
)
def test_a_change_without_flags_says_what_it_is(name: str, expected: str) -> None:
    """With the reason."""
    assert words.remark(made(name).comparison.edits[0]) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("duty", "Reworded: clause 1.1 (Planning)"),
        ("deleted", "Deleted: clause 1.3 (Planning)"),
        ("moved", "Moved: from clause 2.2 to clause 1.1 (Planning)"),
        ("split", "Split: clause 1.1 is now clauses 1.1 and 1.2 (Breach)"),
        ("merged", "Merged: clauses 1.1 and 1.2 are now clause 1.1 (Breach)"),
        ("cell", "Reworded: the row “Parents” of the table in clause 1.1 (Who sees what)"),
        ("footnote", "Reworded: a footnote"),
        ("new section", "Inserted: section 2"),
        ("renumbered", "Inserted: section 1"),
    ],
)
def test_a_heading_says_what_and_where(name: str, expected: str) -> None:
    """By the numbers that readers have before them."""
    assert words.heading(made(name).comparison.edits[0], sides(made(name))) == expected


def test_a_passage_without_a_number_is_called_by_what_it_stands_in() -> None:
    """By the nearest number above it, else by the heading."""
    case = made("kinds")
    headings = [words.heading(edit, sides(case)) for edit in case.comparison.edits]
    assert headings == [
        "Reworded: a paragraph under “Foreword”",
        "Reworded: clause 1.1 (Rules)",
        "Reworded: a bullet point in clause 1.1 (Rules)",
        "Reworded: a paragraph in clause 1.1 (Rules)",
        "Reworded: lines set as typed in clause 1.1 (Rules)",
        "Reworded: clause A.1 (Form)",
        "Reworded: a footnote",
    ]


@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (("section", "2", "12", "3", "13"), "Sections 2 to 12 are now 3 to 13"),
        (("clause", "4.2", "4.2", "4.3", "4.3"), "Clause 4.2 is now 4.3"),
        (("section", "A", "C", "B", "D"), "Sections A to C are now B to D"),
        (("clause", "4.2", "?", "4.3", "!"), "Clauses 4.2 to ? are now 4.3 to !"),
        (("clause", "5.3", "5.4", "5.2", "5.3"), "Clauses 5.3 and 5.4 are now 5.2 and 5.3"),
        (("item", "2(b)", "2(c)", "2(a)", "2(b)"), "Items 2(b) and 2(c) are now 2(a) and 2(b)"),
        (("item", "2(ii)", "2(iv)", "2(i)", "2(iii)"), "Items 2(ii) to 2(iv) are now 2(i) to 2(iii)"),
    ],
)
def test_renumberings_are_one_line_each(run: tuple[str, str, str, str, str], expected: str) -> None:
    """Two numbers are joined by "and"."""
    assert renumbering_line(Renumbering(*run)) == expected


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (FieldChange("owner", "headteacher", "chair"), "Owner: Headteacher → Chair of Governors"),
        (FieldChange("owner", "nobody", "chair"), "Owner: nobody → Chair of Governors"),
        (FieldChange("related", "", "whistleblowing"), "Related policies: added Whistleblowing Policy"),
        (FieldChange("related", "lost", ""), "Related policies: taken out lost"),
        (
            FieldChange("reviews.annual.by", "headteacher", "chair"),
            "Review “annual”, by whom: Headteacher → Chair of Governors",
        ),
        (
            FieldChange("reviews.governors", "", "every 24 months, by governing-board"),
            "Review “governors”: added every 24 months, by Full Governing Board",
        ),
        (FieldChange("title", "A", "B"), "Title: A → B"),
    ],
)
def test_fields_are_called_as_people_call_them(field: FieldChange, expected: str) -> None:
    """Roles and policies by their titles."""
    assert field_line(field, sides(made("nothing"))) == expected


@pytest.mark.parametrize(
    ("ripple", "expected"),
    [
        (
            Ripple("whistleblowing", "Whistleblowing Policy", "1.1", "2.2", ChangeKind.REWORDED),
            "Whistleblowing Policy, clause 1.1, cites clause 2.2, which was reworded",
        ),
        (
            Ripple("whistleblowing", "Whistleblowing Policy", "", "2", ChangeKind.MOVED),
            "Whistleblowing Policy cites section 2, which was moved",
        ),
        (
            Ripple("visits", "Educational Visits Policy", "3.1(a)", "a-table", ChangeKind.MERGED),
            "Clause 3.1(a) of this policy cites “a-table”, which was put together with another",
        ),
        (Ripple("visits", "Visits", "", "2.2", ChangeKind.DELETED), "This policy cites clause 2.2, which was deleted"),
    ],
)
def test_ripples_say_who_cites_what(ripple: Ripple, expected: str) -> None:
    """With the right noun for each number."""
    assert ripple_line(ripple, sides(made("nothing"))) == expected


def test_a_reference_that_went_astray_is_told_with_both_clauses() -> None:
    """What it says now, and what it said."""
    case = made("astray")
    told = landing_line(case.comparison.landings[0], sides(case))
    assert told == (
        "Clause 3.1 cites clause 2.1 (“Staff must count the pupils whenever the party leaves a place or …”). "
        "Before, the reference led to clause 1.1 (“The leader should plan every visit with care, and write down what "
        "…”)."
    )


def test_what_is_unchanged_is_called_by_its_numbers() -> None:
    """And by how many of them are new."""
    three = [change(ChangeKind.UNCHANGED, 1), change(ChangeKind.RENUMBERED, 2), change(ChangeKind.RENUMBERED, 3)]
    assert words.unchanged(three[:1]) == "1 unchanged clause: 1.1"
    assert words.unchanged(three) == "3 unchanged clauses, 2 of them with new numbers: 1.1 to 1.3"
    assert words.unchanged(three[1:]) == "2 unchanged clauses with new numbers: 1.2 to 1.3"
    assert words.unchanged([change(ChangeKind.UNCHANGED, 1, "paragraph")]) == "1 unchanged paragraph"
