"""The passages of a policy: nothing of it is lost, and each leads to where it stands on the page."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from policytool.model.block import Paragraph, Quote, walk, words_of
from policytool.model.site import Passage
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.site.passages import is_heading, passages
from tests.sample import LIBRARY, POLICY, words
from tests.site_sample import school

SAMPLE = Edition(POLICY, LIBRARY)
EDITIONS = [SAMPLE, *(Edition(policy, school().library) for policy in school().library.policies.values())]


def test_each_kind_of_block_is_found() -> None:
    """Headings, clauses, items, paragraphs, quotes, bullets, rows, lines set as typed, and footnotes."""
    found = passages(SAMPLE)
    assert Passage("_section-1", "", "Foreword", "Foreword") in found
    assert Passage("_section-1", "", "Foreword", "Why this policy & none other.") in found
    assert Passage("2.1.1", "2.1.1", "Who does what › Headteacher", found[14].words) == found[14]
    assert Passage("at-school", "1(b)(i)", "Purpose", "at school; and") in found
    assert Passage("3.2", "", "Conduct", "“sites on which people publish”") in found
    assert Passage("who-sees-what", "", "Conduct", "Parents · Their own child · 1 year") in found
    assert Passage("3.11", "3.11", "Conduct", "Who may see what:") in found
    assert Passage("form", "Appendix A", "Form", "Form") in found
    assert found[-1] == Passage("_note-1", "", "Footnote 1", "Data Protection Act 2018, section 10.")


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.policy.id)
def test_every_passage_leads_to_a_place_on_the_page(edition: Edition) -> None:
    """Its anchor is the id of something there."""
    page = html(edition).decode()
    ids = set(re.findall(r'\bid="([^"]+)"', page))
    assert {one.anchor for one in passages(edition)} <= ids


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda one: one.policy.id)
def test_no_word_is_lost(edition: Edition) -> None:
    """Whatever a block says, a passage says."""
    whole = " ".join(one.words for one in passages(edition))
    for block in edition.policy.walk():
        for run in words_of(block):
            assert " ".join(edition.plain(run).split()) in whole


def test_a_cross_reference_is_found_as_it_is_printed() -> None:
    """With the number that it prints, or the title."""
    [one] = [one for one in passages(SAMPLE) if one.words.startswith("Staff must not")]
    assert (
        one.words
        == "Staff must not publish pupils’ names, as section 1 and section 1(b)(i) say; see also clause 3.1.1."
    )


def test_a_heading_ends_its_own_trail() -> None:
    """And nothing else does."""
    headings = [one.words for one in passages(SAMPLE) if is_heading(one)]
    sections = [block for block in walk(POLICY.blocks) if hasattr(block, "title")]
    assert len(headings) == len(sections)


def test_what_stands_before_everything_has_no_anchor() -> None:
    """The page itself is where it is."""
    blocks = (Paragraph(words("First.")), Quote((Paragraph(words("Second.")),), label="q"), Paragraph(words(" ")))
    found = passages(Edition(replace(POLICY, blocks=blocks, footnotes=()), LIBRARY))
    assert found == (Passage("", "", "", "First."), Passage("q", "", "", "Second."))
