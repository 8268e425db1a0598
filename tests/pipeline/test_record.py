"""What somebody says of a review, made a record: the values, before anything is written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.model.fingerprint import fingerprint
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.parse.records import record as read
from policytool.pipeline.record import Recording, Said
from policytool.pipeline.repository import load
from policytool.pipeline.versions import Versions
from tests.reviewed import GOVERNORS, School, reviewed, text

__all__ = ["reviewed"]

TODAY = date(2023, 12, 1)
HELD = Moment(2023, 9, 14)
APPROVED = Said(cycle="governors", held=HELD, by="governing-board", outcome="approved")


@pytest.fixture
def recording(reviewed: School) -> Iterator[Recording]:
    """Records being written for the policy `one` on 1 December 2023."""
    with Versions(load(reviewed.root)) as versions:
        yield Recording(versions, "one", TODAY)


def test_a_draft_is_a_record_and_its_wording(recording: Recording, reviewed: School) -> None:
    """Values, the wording first; nothing is written."""
    draft = recording.draft(APPROVED)
    wording, record = draft.artifacts
    assert record.path == draft.record.path == GOVERNORS
    assert wording.content == text().encode()
    assert draft.record.fingerprint == fingerprint(recording.policy)
    assert wording.path == f"reviews/one/wording/{draft.record.fingerprint[3:19]}.md"
    assert draft.paths == (wording.path, record.path)
    assert reviewed.files() == []


def test_an_outcome_that_is_none_is_refused(recording: Recording) -> None:
    """Whoever asks."""
    with pytest.raises(UnableError, match="`aproved` is no outcome"):
        recording.draft(Said(cycle="governors", held=HELD, by="governing-board", outcome="aproved"))


def test_a_file_that_cannot_be_read_has_no_records(reviewed: School) -> None:
    """Nobody could say what was approved."""
    reviewed.write_raw("source/bad.md", b"\xff")
    with Versions(load(reviewed.root)) as versions, pytest.raises(UnableError, match="the file of `bad` cannot be"):
        Recording(versions, "bad", TODAY)


def test_a_draft_that_is_written_twice_is_written_once(recording: Recording, reviewed: School) -> None:
    """Two clerks at once: the second is told, and nothing of hers is left."""
    draft = recording.draft(APPROVED)
    recording.write(draft)
    with pytest.raises(UnableError, match="is there already"):
        recording.write(draft)
    assert len(reviewed.files()) == 2


WORDS = st.text(max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(WORDS, WORDS, WORDS)
def test_whatever_is_said_is_read_back_as_it_is_shown(
    recording: Recording, minute: str, reason: str, evidence: str
) -> None:
    """No words make another field, another outcome, or a record that cannot be read."""
    said = Said(
        cycle="governors",
        held=HELD,
        by="governing-board",
        outcome="approved",
        minute=minute,
        reason=reason,
        evidence=evidence,
    )
    draft = recording.draft(said)
    found, wrong = read(draft.artifacts[-1].content.decode(), draft.record.path)
    assert not wrong
    assert found is not None
    assert (found.outcome, found.held, found.by) == ("approved", HELD, "governing-board")
    assert "\n" not in found.minute + found.reason + found.evidence
