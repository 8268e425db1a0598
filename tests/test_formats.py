"""Word, PDF and HTML print exactly the same numbers and words, read back from the files themselves."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.standing import Standing
from policytool.model.time import Moment
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.pdf import pdf
from policytool.render.word import word
from tests import html_words, pdf_words, word_numbers
from tests.sample import LIBRARY, POLICY, SETTINGS
from tests.strategies import policies

DATED = Standing(Moment(2023, 9, 14), Moment(2025, 9))
CHANGED = Standing(notice="Draft: changed since the wording approved in September 2023")
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


def covers_of_all(standing: Standing | None) -> dict[str, str]:
    """What each format prints before the contents."""
    edition = Edition(POLICY, LIBRARY, standing=standing)
    return {
        "Word": " ".join(word_numbers.cover_words(word(edition))),
        "PDF": " ".join(pdf_words.cover_words(pdf(edition))),
        "HTML": " ".join(html_words.cover_words(html(edition))),
    }


@pytest.mark.parametrize("standing", [None, DATED, CHANGED, Standing(), Standing(due=Moment(2026, 1))])
def test_the_cover_prints_the_same_in_all_formats(standing: Standing | None) -> None:
    """Title, notice, title block: in this order, word by word."""
    printed = covers_of_all(standing)
    assert printed["HTML"].startswith(POLICY.title)
    assert printed["Word"] == printed["HTML"]
    assert printed["PDF"] == printed["HTML"]


def test_the_approved_wording_prints_its_review_dates() -> None:
    """A day as a day, a month as a month, and no notice."""
    for printed in covers_of_all(DATED).values():
        assert "Last reviewed 14 September 2023 Date for review September 2025 Related" in printed
        assert "Draft" not in printed


def test_any_other_wording_prints_a_notice_under_its_title_and_no_dates() -> None:
    """Even where dates are given: they would be those of another wording."""
    for standing in (CHANGED, replace(DATED, notice=CHANGED.notice)):
        for printed in covers_of_all(standing).values():
            assert printed.startswith(f"{POLICY.title} {CHANGED.notice} Owner")
            assert "Last reviewed – Date for review – Related" in printed


def test_without_a_standing_no_dates_are_printed_and_no_notice() -> None:
    """Nothing is known of reviews."""
    for printed in covers_of_all(None).values():
        assert "Last reviewed – Date for review – Related" in printed
        assert printed.startswith(f"{POLICY.title} Owner")


def test_a_notice_changes_nothing_of_the_text() -> None:
    """Numbers and words are those of the same edition without it."""
    assert words_of_all(Edition(POLICY, LIBRARY, standing=CHANGED)) == words_of_all(Edition(POLICY, LIBRARY))


def test_a_notice_is_known_as_one_in_the_files() -> None:
    """A note to a screen reader in HTML, a style of its own in Word."""
    edition = Edition(POLICY, LIBRARY, standing=CHANGED)
    assert " ".join(html_words.notice_words(html(edition))) == CHANGED.notice
    assert " ".join(word_numbers.notice_words(word(edition))) == CHANGED.notice


@pytest.mark.parametrize("policy", REPOSITORY.library.policies)
def test_a_pdf_is_small(policy: str) -> None:
    """Under 80 KB each, fonts and all."""
    made = pdf(Edition(REPOSITORY.library.policies[policy], REPOSITORY.library))
    assert len(made) < 80_000
