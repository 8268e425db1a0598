"""A document as found becomes a policy whose numbers are those that were printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policytool.model.block import Clause, Item, Section, walk
from policytool.model.inline import Text, plain
from policytool.model.piece import Aside, Found, Piece, Place
from policytool.model.settings import Role
from policytool.parse.drafting import Draft, Surroundings, drafted
from policytool.parse.markdown import policy as parse
from policytool.parse.plain import found
from policytool.render.markdown import markdown

GUIDANCE = Path(__file__).parents[3] / "shared" / "corpus" / "social-media-guidance.txt"
ROLES = {"headteacher": Role("Headteacher"), "governing-board": Role("Full Governing Board")}


def draft(text: str, **titles: str) -> Draft:
    """The draft of a text, which reads back as it is."""
    read, _ = found(text.encode())
    assert read is not None
    made = drafted(read, "", Surroundings("x.txt", ROLES, {title: name for name, title in titles.items()}))
    again, _ = parse(markdown(made.policy), made.policy.id, "x.md")
    assert again.blocks == made.policy.blocks
    return made


def numbers(made: Draft) -> list[str]:
    """Every number that is computed."""
    blocks = [block for block in walk(made.policy.blocks) if isinstance(block, Section | Clause | Item)]
    return [str(block.number) for block in blocks if block.number]


def said(made: Draft) -> str:
    """All remarks."""
    return "\n".join(remark.message for remark in made.remarks)


@pytest.mark.skipif(not GUIDANCE.exists(), reason="the reference text is not here")
def test_the_reference_text_comes_out_whole() -> None:
    """Twelve sections, and every clause with its printed number."""
    text = GUIDANCE.read_text("utf-8")
    made = draft(text)
    printed = re.findall(r"^[\s#*-]*(\d+(?:\.\d+)*)\.?\s", text, re.MULTILINE)
    assert [number for number in numbers(made) if "(" not in number] == printed
    assert [number for number in numbers(made) if "(" in number] == [f"2({sign})" for sign in "abcde"]
    assert sum(isinstance(block, Section) for block in made.policy.blocks) == 12
    assert made.policy.kind == "guidance"
    assert str(made.held) == "2023-09"


def test_odd_numbers_are_kept_and_told() -> None:
    """A gap and a repeat are as printed; a number that cannot be is told with the one it has now."""
    made = draft("# A Policy\n\n## 1. Aims\n\n1.1 One.\n\n1.4 Four.\n\n1.4 Again.\n\n## 2. More\n\n1.1 Odd.\n")
    assert numbers(made) == ["1", "1.1", "1.4", "1.4", "2", "2.1"]
    assert "1.4 is out of order: {start=4}" in said(made)
    assert "1.1 is printed here, and it is 2.1 now" in said(made)


def test_an_unnumbered_heading_is_numbered_only_where_its_clauses_are() -> None:
    """Otherwise it is counted over."""
    assert numbers(draft("# A Policy\n\n## Aims\n\n1.1 One.\n\n1.2 Two.\n")) == ["1", "1.1", "1.2"]
    assert numbers(draft("# A Policy\n\n## Aims\n\n1. One.\n\n## More\n\n2. Two.\n")) == ["1", "2"]


def test_letters_romans_and_bullets_nest() -> None:
    """An i after an h is a letter; one that begins is roman."""
    made = draft("# P\n\n1.1 The aims are:\n(a) one\n(i) in\n(ii) out\n(b) two\n- bullet\n\n1.2 Next.\n")
    assert "1.1(a)(ii)" in numbers(made) or "1(a)(ii)" in numbers(made)


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("Last reviewed on: 14 September 2023", "2023-09-14"),
        ("Date completed / last reviewed:\tSeptember 2023", "2023-09"),
        ("Approved by the FGB July 2020", "2020-07"),
        ("Date of adoption: 01/02/2021", "2021-02-01"),
        ("Last reviewed on: Autumn 2019", "None"),
    ],
)
def test_dates_of_the_title_block_are_told_and_forge_nothing(line: str, held: str) -> None:
    """The report gives the command; no word is lost."""
    made = draft(f"# Lettings Policy\n\n{line}\n\n## 1. Aims\n\n1.1 One.\n")
    assert str(made.held) == held
    assert " ".join(line.split()) in said(made)
    assert ("policytool record lettings" in said(made)) == (held != "None")


def test_roles_cycles_and_related_policies_are_recognised() -> None:
    """In the shapes that schools use."""
    head = (
        "LETTINGS POLICY\n\nApproved By - Full Governing Board\nOwner: Headteacher\nDate reviewed: May 2022\n"
        "DATE OF NEXT REVIEW: May 2024\nCross Reference: Anti Bullying Policy Strange Policy\n\n1. Aims\n1.1 One.\n"
    )
    made = draft(head, bully="Anti-Bullying Policy")
    assert (made.policy.approver, made.policy.owner) == ("governing-board", "headteacher")
    assert str(made.policy.reviews[0].every) == "24 months"
    assert made.policy.related == ("bully",)
    assert "“Strange Policy” is no policy known here" in said(made)


def test_a_contents_list_is_left_out_and_told() -> None:
    """Each of its lines."""
    made = draft(
        "# P Policy\n\nContents\n1. Aims ..... 2\n2. More ..... 3\n\n## 1. Aims\n\n1.1 One.\n\n## 2. More\n\n2.1 Two.\n"
    )
    assert numbers(made) == ["1", "1.1", "2", "2.1"]
    assert "of a contents list, left out: 2. More ..... 3" in said(made)


BLOCK = """\
Example Primary School

ANTI-BULLYING POLICY

Approved By - Academy Council
TO BE REVIEWED BY: Full Governing Board
10.12.14 (Full Governing Board)
Last reviewed on: Autumn 2019
DATE OF NEXT REVIEW: July 2023

| Policy title | Anti-Bullying Policy | Version | 2.1 |
| --- | --- | --- | --- |
| Owner | Headteacher | Date approved | 14 September 2022 |

1. Aims

1.1 Staff must read this.

Signed: ____________ Date: ______
Reviewed by: Full Governing Board  Date of next review: May 2024
Date of last review:
3 March 2021
"""


def test_every_field_of_a_title_block_is_told_in_whatever_shape() -> None:
    """In lines, in tables of four columns, in one line, with the value on the next, at the end."""
    made = draft(BLOCK)
    told = said(made)
    assert made.policy.title == "Anti-Bullying Policy"
    assert made.policy.owner == "headteacher"
    assert "called “Academy Council”" in told
    assert "no day or month could be read: Last reviewed on: Autumn 2019" in told
    assert "an approval, of the title block: Date approved: 14 September 2022" in told
    assert "the last review, of the title block: Date of last review: 3 March 2021" in told
    assert [f"--held {day} " in told for day in ("2014-12-10", "2022-09-14", "2021-03-03")] == [True] * 3
    assert str(made.held) == "2022-09-14"
    assert "____________" in markdown(made.policy).replace("\\", "")


def test_a_history_of_versions_is_left_out_and_its_latest_date_told() -> None:
    """Git keeps it from now on."""
    table = "| Version | Date | Author | Changes |\n|-|-|-|-|\n| 1 | 3 May 2020 | AB | new |\n"
    table += "| 2 | 4 May 2022 | CD | all |\n"
    made = draft(f"# P Policy\n\nVersion history\n\n{table}\n## 1. Aims\n\n1.1 One.\n")
    assert "a history of versions, left out: Version | Date" in said(made)
    assert str(made.held) == "2022-05-04"


def test_dates_of_running_heads_and_of_sentences_are_told() -> None:
    """The sentence stays in the text."""
    head = Aside("header", "Example School Approved by the FGB July 2020", Place(1))
    text = Piece((Text("This policy was adopted on 4 May 2021 and will be reviewed in May 2023."),), Place(2))
    made = drafted(Found("Lettings Policy", (text,), {}, (head,)), "", Surroundings("x", ROLES))
    assert "an approval, of the running head: Approved by the FGB July 2020" in said(made)
    assert "a date stands in the text, and stays there" in said(made)
    assert ["--held 2020-07 " in said(made), "--held 2021-05-04 " in said(made), "2023-05 " in said(made)] == [
        True, True, False,
    ]  # fmt: skip


def test_the_cycle_that_is_given_is_the_one_that_is_told() -> None:
    """Not the guessed one."""
    read, _ = found(b"# P Policy\n\nApproved: May 2021\n\n1. One.\n")
    assert read is not None
    made = drafted(read, "", Surroundings("x", ROLES, cycle="governors", by="headteacher"))
    assert "record p governors --held 2021-05 --by headteacher" in said(made)


def test_a_name_is_known_only_whole() -> None:
    """One that is like it is a guess; several share a word."""
    text = (
        "# P Policy\n\nRelated policies: Anti-Bullying Policy; our Lettings Policy; "
        "Grievance and Whistleblowing Policies\n\n1. Aims\n\n"
        "1.1 See the Grievance and Whistleblowing Policies, and the Lost Toys Policy.\n"
    )
    known = {"Bullying Policy": "bullying", "Lettings Policy": "lettings"}
    known |= {"Grievance Policy": "grievance", "Whistleblowing Policy": "whistleblowing"}
    read, _ = found(text.encode())
    assert read is not None
    made = drafted(read, "", Surroundings("x", ROLES, known))
    assert made.policy.related == ("lettings", "grievance", "whistleblowing")
    assert "`bullying` is like it" in said(made)
    assert "“Lost Toys Policy” is no policy known here" in said(made)
    assert "the [Grievance](grievance.md) and [Whistleblowing Policies](whistleblowing.md)" in markdown(made.policy)


def test_letters_and_parts_stay_among_the_words_of_headings_that_hold_other_numbers() -> None:
    """So that each number is as printed."""
    made = draft("# P Policy\n\nA. Aims\n\n1. One thing is said.\n2. Two.\n\nB. Rules\n\n3. Three.\n")
    assert numbers(made) == ["1", "2", "3"]
    assert "# A. Aims" in markdown(made.policy)
    assert made.policy.numbering == "running"
    made = draft("# P Policy\n\nPART 1: GENERAL\n\n1.0 Aims\n1.1 One.\n\n2.0 Rules\n2.1 Two.\n")
    assert numbers(made) == ["1", "1.1", "2", "2.1"]
    assert "# PART 1: GENERAL {.unnumbered}" in markdown(made.policy)


def test_a_section_without_a_sign_is_one_where_its_clauses_follow() -> None:
    """And a sentence that begins so is none."""
    assert numbers(draft("# P Policy\n\nSection 3 Staffing\n\n3.1 One.\n3.2 Two.\n")) == ["3", "3.1", "3.2"]
    assert "Section 3 Staffing is law." in markdown(
        draft("# P Policy\n\nSection 3 Staffing is law.\n\n3.1 One.\n").policy
    )


def test_appendices_in_all_spellings_are_counted_with_their_clauses() -> None:
    """And what they were called is told."""
    made = draft(
        "# P Policy\n\n1. Aims\n1.1 One.\n\nAppendix 1\n\nForm\n\n1. Tick.\n2. Sign.\n\nSCHEDULE 2: MONEY\n\n1. Pay.\n"
    )
    assert numbers(made) == ["1", "1.1", "A", "A.1", "A.2", "B", "B.1"]
    assert "Appendix 1" in said(made)


def test_numbers_that_change_in_a_row_are_told_together() -> None:
    """Rather than in a line each."""
    made = draft("# P Policy\n\n## 1. Aims\n\nWords.\n\n1. One.\n2. Two.\n3. Three.\n")
    assert "1., 2., 3. are printed here, and they are 1.1, 1.2, 1.3 now" in said(made)


def test_short_lines_before_a_text_are_headings_where_nothing_has_a_style() -> None:
    """As in a text pasted from elsewhere."""
    text = "To be glad, and to make all others as glad as we are."
    made = draft(f"P Policy\n\n{text}\n\nRules\n\n{text}\n\nMore rules\n\n{text}\n")
    sections = [block for block in made.policy.blocks if isinstance(block, Section)]
    assert [plain(section.title) for section in sections] == ["Rules", "More rules"]


def test_an_appendix_with_a_figure_and_without_clauses_keeps_its_name() -> None:
    """It need not become Appendix A, and what cites it goes on saying what it says."""
    text = "Lettings Policy\n\n1. Aims\n\n1.1 See Appendix 1.\n\n"
    made = draft(f"{text}Appendix 1 – Form\n\nFill it in.\n\nAppendix 2: Fees\n\nAll.\n")
    sections = [block for block in made.policy.blocks if isinstance(block, Section)]
    assert [plain(one.title) for one in sections] == ["Aims", "Appendix 1: Form", "Appendix 2: Fees"]
    assert [one.unnumbered for one in sections] == [False, True, True]


def test_an_appendix_with_clauses_of_its_own_is_lettered() -> None:
    """Its clauses have its letter then, and a person is told."""
    made = draft(
        "Lettings Policy\n\n1. Aims\n\n1.1 Halls are let.\n\nAppendix 1 – Form\n\n1. Fill it in.\n2. Send it.\n"
    )
    assert [one.appendix for one in made.policy.blocks if isinstance(one, Section)] == [False, True]
    assert "Appendix 1" in said(made)


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (("**Safeguarding and**", "**Child Protection Policy**"), "Safeguarding and Child Protection Policy"),
        (("**Lettings**", "**Policy and Procedures**"), "Lettings Policy and Procedures"),
        (("**Uniform**", "**Policy 2024-25**"), "Uniform Policy 2024-25"),
        (("**Oakfield Primary School**", "**Policy**"), "Policy"),
        (("**Oakfield**", "**Behaviour Policy**"), "Behaviour Policy"),
        (("**Behaviour Policy**", "**Aims of the school**"), "Behaviour Policy"),
    ],
)
def test_a_title_in_two_lines_is_one(lines: tuple[str, str], title: str) -> None:
    """Where the first goes on, or the second says only what kind of document it is."""
    assert draft("\n\n".join((*lines, "1. Aims", "1.1 Halls are let."))).policy.title == title


def test_a_section_behind_an_appendix_is_none_of_it() -> None:
    """Where its number is the next of the text."""
    text = "Lettings Policy\n\n1. Aims\n\n1.1 Halls are let.\n\nAppendix A: Form\n\nFill it in.\n\n"
    assert numbers(draft(f"{text}2. Review\n\n2.1 Each year.\n")) == ["1", "1.1", "A", "2", "2.1"]
