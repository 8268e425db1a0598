"""A Word file that was built here is imported as the text it was built from."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse
from policytool.pipeline.imports import Imported, Wanted, imports
from policytool.render.edition import Edition
from policytool.render.word import word
from tests.render.word_cases import library
from tests.repository import SETTINGS, Repository
from tests.sample import LIBRARY, POLICY
from tests.strategies import policies


def imported(folder: pytest.TempPathFactory, edition: Edition) -> Imported:
    """What is made of the Word file, in a school that has nothing yet."""
    repository = Repository(folder.mktemp("school"))
    repository.write_raw("policytool.yaml", SETTINGS.encode())
    [done] = imports(repository.root, [repository.write_raw("drawer/old.docx", word(edition))], Wanted())
    return done


def test_the_sample_is_written_as_it_was(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Under its own id, with its labels, and it is said where it comes from."""
    done = imported(tmp_path_factory, Edition(POLICY, LIBRARY))
    read, _ = parse(done.text, POLICY.id, done.path)
    assert read is not None
    assert (done.policy, read.title, read.kind) == (POLICY.id, POLICY.title, POLICY.kind)
    assert (read.blocks, read.footnotes) == (POLICY.blocks, POLICY.footnotes)
    assert any("built by policytool" in remark.message for remark in done.remarks)


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(policies())
def test_any_text_is_written_as_it_was(tmp_path_factory: pytest.TempPathFactory, policy: Policy) -> None:
    """Block by block."""
    done = imported(tmp_path_factory, Edition(policy, library(policy)))
    read, _ = parse(done.text, policy.id, done.path)
    assert read is not None
    assert (read.title, read.blocks, read.footnotes) == (policy.title, policy.blocks, policy.footnotes)
