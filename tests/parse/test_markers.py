"""Numbers and signs that were typed before words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.parse.markers import marker

TYPED = {
    "4.2.1 Staff may": ("4.2.1", "Staff may"),
    "4. Staff may": ("4.", "Staff may"),
    "4.2\tStaff": ("4.2", "Staff"),
    "  4.2) Staff": ("4.2)", "Staff"),
    "1.0 Introduction": ("1.0", "Introduction"),
    "4.2Staff may": ("4.2", "Staff may"),
    "3\tScope": ("3", "Scope"),
    "3)": ("3)", ""),
    "(a) pupils": ("(a)", "pupils"),
    "a) pupils": ("a)", "pupils"),
    "bb) pupils": ("bb)", "pupils"),
    "b. pupils": ("b.", "pupils"),
    "iv. pupils": ("iv.", "pupils"),
    "(xii) pupils": ("(xii)", "pupils"),
    "IV. Scope": ("IV.", "Scope"),
    "A. Scope": ("A.", "Scope"),
    "• pupils": ("•", "pupils"),
    "- pupils": ("-", "pupils"),
    "o\tpupils": ("o", "pupils"),
    "\uf0b7\tpupils": ("\uf0b7", "pupils"),
    "Appendix B": ("Appendix B", ""),
    "Appendix B – A form": ("Appendix B", "A form"),
    "Appendix 2 Form": ("Appendix 2", "Form"),
    "APPENDIX A: FORM": ("APPENDIX A:", "FORM"),
    "Section 3: Scope": ("Section 3:", "Scope"),
    "Article 5": ("Article 5", ""),
    "Part IV\tScope": ("Part IV", "Scope"),
}
WORDS = (
    "",
    "2023. It was a year",
    "2023 was a year",
    "5 days",
    "5 days before",
    "2.5 hours a week",
    "1.5 million",
    "10.12.14 (Resources)",
    "01.09.2023",
    "9.00 – 10.30",
    "9.30am start",
    "3.15 pm",
    "Section 3 applies to staff",
    "Part 7 of the Act",
    "Section 175 Education Act",
    "A pupil",
    "I agree",
    "e.g. a pupil",
    "i.e. a pupil",
    "J. Smith",
    "-5 degrees",
    "(and so on) the rest",
    "on. And",
    "100% of pupils",
    "mix. And",
)


@pytest.mark.parametrize("text", TYPED)
def test_what_is_typed_before_words_is_told_from_them(text: str) -> None:
    """Numbers, letters, bullets, and named parts."""
    sign, taken = marker(text)
    assert (sign, text[taken:]) == TYPED[text]


@pytest.mark.parametrize("text", WORDS)
def test_years_quantities_and_citations_are_words(text: str) -> None:
    """What a sentence may begin with is no number of it."""
    assert marker(text) == ("", 0)


@given(st.text("4.2() \tabivxA-•–: \xa0", max_size=12))
def test_nothing_but_blanks_and_a_dash_is_taken_beside_the_marker(text: str) -> None:
    """No word is lost between the marker and the rest."""
    sign, taken = marker(text)
    assert text[:taken].replace(sign, "", 1).strip() in ("", "-", "–")
