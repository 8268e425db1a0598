"""A document as found becomes a policy whose numbers are those that were printed."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from policytool.model.block import Clause, Item, Section, walk
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
