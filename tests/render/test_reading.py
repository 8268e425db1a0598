"""A policy at the terminal: the same words as in the documents, within the width, and nothing that steers it."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.model.block import Block, Clause, Paragraph, Quote, Section, Table, words_of
from policytool.model.inline import Inline, Link, Strong, Text
from policytool.model.numbering import numbered
from policytool.model.policy import Policy
from policytool.model.standing import Standing
from policytool.render.edition import Edition
from policytool.render.reading import find, names, reading
from policytool.render.reading.lines import Piece, columns, longest, width, wrapped
from policytool.render.reading.page import NARROWEST
from tests.sample import LIBRARY, POLICY, words
from tests.strategies import policies

CODE = re.compile(r"\x1b\[[0-9;]*m")
EDITION = Edition(POLICY, LIBRARY)
WIDE = "学校の方針"


def shown(*blocks: Block, colour: bool = False, room: int = 60) -> list[str]:
    """The lines of a policy of these blocks, below its title block."""
    edition = Edition(replace(POLICY, title="T", blocks=numbered(blocks), footnotes=()), LIBRARY)
    lines = list(reading(edition, colour=colour, width=room))
    return lines[lines.index("", 2) + 1 :]


def clause(*inlines: Inline) -> Clause:
    """A clause of these words."""
    return Clause(inlines)


def test_title_title_block_and_notice_stand_first() -> None:
    """As in the documents."""
    lines = list(reading(replace(EDITION, standing=Standing(notice="Draft: not approved yet")), colour=False))
    assert lines[:8] == [
        "Conduct & Care: a “Policy” <for> Staff",
        "Draft: not approved yet",
        "",
        "Owner             Headteacher",
        "Approved by       Full Governing Board",
        "Last reviewed     –",
        "Date for review   –",
        "Related policies  Online Safety Policy; Grievance Policy; Staff Handbook",
    ]


def test_clauses_and_items_hang_under_their_numbers() -> None:
    """At every depth."""
    text = "\n".join(reading(EDITION, colour=False))
    assert "\n2.1  Headteacher\n\n  2.1.1  should see that every member of staff has read this;\n" in text
    assert (
        "\n  (b)  say who does what:\n       (i)   at school; and\n       (ii)  away from it;\n  (c)  be read." in text
    )
    assert "say; see also clause 3.1.1.[1]\n\n       3.1.1  A breach is reported.\n" in text
    assert "       3.1.2  It is kept on file\n              for six years.\n" in text
    assert "\nAppendix A  Form\n\n  A.1  Name:\n" in text


def test_quotes_have_a_bar_and_footnotes_stand_at_the_end() -> None:
    """With the number that the text has."""
    lines = list(reading(EDITION, colour=False))
    assert "        │ “sites on which people publish”" in lines
    assert lines[-3:] == ["Footnotes", "", "[1]  Data Protection Act 2018, section 10."]


def test_a_quote_has_its_bar_on_empty_lines_too() -> None:
    """Else it would look like two."""
    quote = Quote((Paragraph(words("One.")), Paragraph(words("Two."))))
    assert shown(quote) == ["  │ One.", "  │", "  │ Two."]


def test_a_table_stands_in_columns_where_there_is_room_and_in_records_where_there_is_not() -> None:
    """No cell is lost."""
    wide, narrow = ("\n".join(reading(EDITION, colour=False, width=room)) for room in (60, NARROWEST))
    assert (
        "        Who      What             How long\n"
        "        ───────  ───────────────  ────────\n"
        "        Staff    Everything <b>    6 years\n"
        "        Parents  Their own child    1 year\n"
    ) in wide
    assert "    Who: Parents\n    What: Their own\n      child\n    How long: 1 year\n" in narrow


def test_cells_of_several_lines_are_parted() -> None:
    """A row is seen to end."""
    rows = ((words("one two three four five six"), words("a")), (words("seven"), words("b c d e f g h i j k l")))
    assert shown(Table((words("First"), words("Second")), rows), room=36) == [
        "  First             Second",
        "  ────────────────  ────────────────",
        "  one two three     a",
        "  four five six",
        "",
        "  seven             b c d e f g h i",
        "                    j k l",
    ]


def test_links_tell_their_address_once() -> None:
    """Where the words are not the address already; one that may not be a link tells none."""
    links = [
        Link(words("the guidance"), "https://a.example/x"),
        Link(words("head@a.example"), "mailto:head@a.example"),
        Link(words("here"), "javascript:alert(1)"),
    ]
    [line] = shown(Paragraph(tuple(part for link in links for part in (link, Text(" ")))), room=90)
    assert line == "  the guidance <https://a.example/x> head@a.example here"


def test_duty_words_are_emphasised_with_colour_and_left_alone_without() -> None:
    """Also where the bold ends inside one; the bold of others is bold and no more."""
    block = clause(Text("Staff "), Strong(words("must")), Text(" not do "), Strong(words("that")), Text("."))
    assert shown(block) == ["  1  Staff must not do that."]
    assert shown(block, colour=True) == ["  1  Staff \x1b[1;4mmust not\x1b[0m do \x1b[1mthat\x1b[0m."]


@pytest.mark.parametrize(
    ("name", "first"),
    [
        ("purpose", "1  Purpose"),
        ("1", "1  Purpose"),
        ("at-school", "(i)  at school; and"),
        ("1(b)(i)", "(i)  at school; and"),
        ("section 1(b) (i)", "(i)  at school; and"),
        ("Clause 3.1.1.", "3.1.1  A breach is reported."),
        ("A", "Appendix A  Form"),
        ("appendix A", "Appendix A  Form"),
        ("a.2", "A.2  Signature"),
    ],
)
def test_a_place_is_found_by_its_label_and_by_its_number(name: str, first: str) -> None:
    """As people write numbers."""
    [part] = find(POLICY, name)
    lines = list(reading(EDITION, [part], colour=False))
    assert first in [line.strip() for line in lines[:5]]


def test_a_part_stands_under_its_place() -> None:
    """With its footnotes and no others, and what stands in it."""
    lines = list(reading(EDITION, find(POLICY, "deep"), colour=False))
    assert lines[1:] == ["", "Section 3, Conduct; clause 3.1", "", "  3.1.1  A breach is reported."]
    assert "Footnotes" in list(reading(EDITION, find(POLICY, "3.1"), colour=False))


def test_two_items_of_one_number_are_both_shown() -> None:
    """Two lists under one section may both have an (a)."""
    assert [line.strip() for line in reading(EDITION, find(POLICY, "1(a)"), colour=False)][2:] == [
        "Section 1, Purpose",
        "",
        "(a)  keep people safe;",
        "",
        "(a)  replace the law; or",
    ]


def test_what_is_not_there_is_not_found() -> None:
    """Nor is nothing."""
    assert find(POLICY, "9.9") == find(POLICY, "") == find(POLICY, "section") == ()
    assert {"purpose", "3.1.1", "1(b)(i)", "A.2.1", "who-sees-what"} <= set(names(POLICY))


@pytest.mark.parametrize("room", [30, 40, 80, 100])
def test_colour_changes_no_word_and_no_line_is_too_wide(room: int) -> None:
    """Only words that are longer stand out."""
    plain = list(reading(EDITION, colour=False, width=room))
    coloured = [CODE.sub("", line).rstrip() for line in reading(EDITION, colour=True, width=room)]
    assert coloured == plain
    assert all(columns(line) <= room or "https://" in line for line in plain)


def test_a_table_without_rows_still_tells_its_columns() -> None:
    """One that is too wide too."""
    names = ("Responsibilities", "Accountabilities")
    assert shown(Table(tuple(map(words, names)), ()), room=30) == ["  Responsibilities:", "  Accountabilities:"]


def test_wide_characters_take_two_columns_and_need_no_blanks() -> None:
    """A line of them is broken between any two."""
    assert columns(f"a{WIDE}e\N{COMBINING ACUTE ACCENT}") == 12
    lines = ["".join(piece.text for piece in line) for line in wrapped((Piece(f"an {WIDE}"),), 7)]
    assert lines == ["an 学校", "の方針"]


def test_what_belongs_together_is_not_parted_and_what_is_unseen_is_dropped() -> None:
    """A no-break space is printed as a blank, a soft hyphen as nothing."""
    text = "See clause\N{NO-BREAK SPACE}4.2 of the pol\N{SOFT HYPHEN}icy"
    assert ["".join(piece.text for piece in line) for line in wrapped((Piece(text),), 10)] == [
        "See",
        "clause 4.2",
        "of the",
        "policy",
    ]


def test_nothing_in_a_policy_steers_the_terminal() -> None:
    """Escapes and overrides of direction are printed as replacement signs."""
    hostile = "a\x1b[31mred\x07 \N{RIGHT-TO-LEFT OVERRIDE}b"
    edition = Edition(
        replace(POLICY, title=hostile, blocks=(Section(1, words(hostile)), clause(Text(hostile)))), LIBRARY
    )
    text = "\n".join(reading(edition, colour=False))
    assert "\x1b" not in text
    assert "\x07" not in text
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text


@settings(deadline=None)
@given(st.lists(st.text(), max_size=6), st.integers(1, 40))
def test_lines_hold_all_words_and_keep_to_the_width(texts: list[str], room: int) -> None:
    """Whatever the text is, and wherever its style changes."""
    pieces = tuple(map(Piece, texts))
    lines = list(wrapped(pieces, room))
    assert all(width(line) <= max(room, longest(pieces)) for line in lines)
    [whole] = list(wrapped((Piece("".join(texts).replace("\n", " ")),), 1_000_000))
    said = "".join(piece.text for line in lines for piece in line)
    assert said.replace(" ", "") == "".join(piece.text for piece in whole).replace(" ", "")


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies(), st.sampled_from([NARROWEST, 50, 100]))
def test_no_word_of_any_policy_is_lost(policy: Policy, room: int) -> None:
    """Whatever stands beside whatever; the addresses of links stand between words, and are left out here."""
    edition = Edition(policy, LIBRARY)
    text = re.sub(r"[\s│]*<https://[^>]*>", "", "\n".join(reading(edition, colour=False, width=room)))
    said = [edition.plain(run) for block in policy.walk() for run in words_of(block)]
    lost = {word for run in said for word in run.split() if word.isascii() and word not in text}
    assert lost == set()
