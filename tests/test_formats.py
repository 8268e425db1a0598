"""Word, PDF and HTML print exactly the same numbers and words, read back from the files themselves."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.pdf import pdf
from policytool.render.word import word
from tests import html_words, pdf_words, word_numbers
from tests.sample import LIBRARY, POLICY, SETTINGS
from tests.strategies import policies

REPOSITORY = load(Path(__file__).parent.parent)


def words_of_all(edition: Edition) -> dict[str, list[str]]:
    """What each format prints, footnotes last."""
    page = html(edition)
    return {
        "Word": word_numbers.printed_words(word(edition)),
        "PDF": pdf_words.printed_words(pdf(edition)),
        "HTML": html_words.printed_words(page) + html_words.footnote_words(page),
    }


@pytest.mark.parametrize("policy", REPOSITORY.library.policies)
def test_the_reference_library_prints_the_same_in_all_formats(policy: str) -> None:
    """Every number, every word, in order."""
    printed = words_of_all(Edition(REPOSITORY.library.policies[policy], REPOSITORY.library))
    assert len(printed["HTML"]) > 900
    assert printed["Word"] == printed["HTML"]
    assert printed["PDF"] == printed["HTML"]


def test_every_kind_of_block_prints_the_same_in_all_formats() -> None:
    """Restarted lists, appendices, footnotes, tables, quotations."""
    printed = words_of_all(Edition(POLICY, LIBRARY))
    assert printed["Word"] == printed["HTML"]
    assert printed["PDF"] == printed["HTML"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_any_policy_prints_the_same_in_word_and_html(policy: Policy) -> None:
    """Word by word, whatever stands beside whatever."""
    edition = Edition(policy, Library(SETTINGS, {policy.id: policy}))
    page = html(edition)
    printed = html_words.printed_words(page) + html_words.footnote_words(page)
    assert word_numbers.printed_words(word(edition)) == printed


@pytest.mark.parametrize("policy", REPOSITORY.library.policies)
def test_a_pdf_is_small(policy: str) -> None:
    """Under 80 KB each, fonts and all."""
    made = pdf(Edition(REPOSITORY.library.policies[policy], REPOSITORY.library))
    assert len(made) < 80_000
