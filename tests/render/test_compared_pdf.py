"""The comparison as a paper for a meeting: valid, the same each time, with its words in order."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO

import pikepdf
import pypdfium2
import pytest
from page import validate_pdf_bytes

from policytool.model.unable import UnableError
from policytool.render.compared import words
from policytool.render.compared.pdf import pdf
from tests.render.test_compared_cases import CASES, Case, case, made, policy, reference


def paper(shown: Case) -> bytes:
    """The PDF of a case."""
    return pdf(shown.comparison, shown.old, shown.new)


def printed(shown: Case) -> str:
    """Its words in order, page furniture included, blanks as one."""
    pages = pypdfium2.PdfDocument(paper(shown))
    text = " ".join(page.get_textpage().get_text_range() for page in pages)
    return " ".join(text.replace("\ufffe", "-").split())


@pytest.mark.parametrize("profile", ["ua1", "2a"])
@pytest.mark.parametrize("name", [*CASES, "reference"])
def test_it_is_pdf_ua_and_pdf_a(name: str, profile: str) -> None:
    """Both standards hold in one file, whatever changed."""
    report = validate_pdf_bytes(paper(reference() if name == "reference" else made(name)), profile=profile)
    assert [f"{failure.rule_id}: {failure.message}" for failure in report.failures] == []
    assert report.is_compliant


def test_it_claims_both_standards() -> None:
    """The file says of itself what it is."""
    with pikepdf.open(BytesIO(paper(made("many")))) as document:
        metadata = document.open_metadata()
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"], metadata["pdfuaid:part"]) == ("2", "A", "1")
        assert metadata["dc:title"] == "Changes to Educational Visits Policy"
        assert document.Root.Lang == "en-GB"


def test_it_is_the_same_each_time() -> None:
    """Byte by byte."""
    assert paper(made("many")) == paper(made("many"))


def test_its_words_are_in_order() -> None:
    """What matters first, then each edit, then the numbers, then who cites what."""
    shown = printed(made("many"))
    parts = [
        "Changes to Educational Visits Policy",
        "2023-09-14 → working",
        words.summary(made("many").comparison),
        "What matters most",
        "Clause 2.2: “should” became “must”: the duty is stronger",
        "Owner: Headteacher → Chair of Governors",
        "What changed",
        "Inserted: section 1",
        "[+ First principles]",
        "Moved: from clause 2.2 to clause 2.1 (Planning)",
        "The leader [− should] [+ must] plan every visit",
        "Deleted: clause 1.3 (Planning)",
        "New numbers",
        "Sections 1 to 3 are now 2 to 4",
        "Look at these too",
        "Whistleblowing Policy, clause 1.1, cites clause 2.1, which was moved",
    ]
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)


def test_a_row_stands_below_the_headings_of_its_table() -> None:
    """Before and now."""
    shown = printed(made("cell"))
    assert "Who What How long Before Parents" in shown
    assert "[− 1 year]" in shown
    assert "[+ 2 years]" in shown


def test_markup_is_words() -> None:
    """Nothing in a policy is Typst."""
    shown = printed(made("hostile"))
    assert "#set text(red) $x$ <label> @x stays as it was" in shown
    assert "Changes to <b>Visits</b> {{ 1 }}" in shown


def test_unrelated_texts_are_one_sentence() -> None:
    """No wall of words."""
    assert len(pypdfium2.PdfDocument(paper(made("unrelated")))) == 1


def test_a_character_that_no_font_has_is_named() -> None:
    """With what to do instead."""
    strange = case(
        policy("# One\n\n1. Plain words here."), policy("# One\n\n1. Plain words \N{EGYPTIAN HIEROGLYPH A001} here.")
    )
    with pytest.raises(UnableError, match=r"no font has .*U\+13000 egyptian hieroglyph a001"):
        paper(strange)


def test_a_blank_title_is_no_obstacle() -> None:
    """A text that was read leniently may have none."""
    bare = made("duty")
    comparison = replace(bare.comparison, old=replace(bare.comparison.old, title=""))
    comparison = replace(comparison, new=replace(comparison.new, title="", version=""))
    assert pdf(comparison, bare.old, bare.new).startswith(b"%PDF")
