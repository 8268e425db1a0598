"""SARIF: held against its published schema, and against what code hosts need of it."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from policytool.catalogue import findings
from policytool.model.diagnostic import Diagnostic, Finding, Severity
from policytool.model.inline import Position
from policytool.render.sarif import sarif
from tests.registers import FORMULAS, MARKUP
from tests.tools import missing

ROOT = Path(__file__).parents[2]
OVERDUE = Finding("PT998", "review overdue", Severity.WARNING, "It means this.", "It matters so.", "Mend it thus.")
FOUND = (
    OVERDUE.at("source/a policy%.md", Position(7, 3), "the annual review is overdue", "record it", length=6),
    OVERDUE.at("reviews/x/2023-09-14-annual.yaml", None, "a file as a whole"),
)


@pytest.fixture(scope="module")
def schema() -> Draft7Validator:
    """The published schema of SARIF 2.1.0, from the package that carries it."""
    package = ROOT / "node_modules/@microsoft/jest-sarif"
    folder = Path(os.environ.get("POLICYTOOL_SCHEMAS") or package)
    file = next(folder.rglob("sarif*2.1.0*.json"), None)
    if file is None:
        missing("the schema of SARIF (npm install @microsoft/jest-sarif, or POLICYTOOL_SCHEMAS=…)")
    return Draft7Validator(json.loads(file.read_text("utf-8")))


def run(*found: Diagnostic) -> Any:
    """The one run."""
    [only] = json.loads(sarif(found, findings(), "1.2.3"))["runs"]
    return only


def errors(schema: Draft7Validator, *found: Diagnostic) -> list[str]:
    """What the schema objects to."""
    document = json.loads(sarif(found, findings(), "1.2.3"))
    return [f"{error.json_path}: {error.message}" for error in schema.iter_errors(document)]


def test_it_is_valid(schema: Draft7Validator) -> None:
    """With findings and without, whatever their words."""
    assert errors(schema, *FOUND) == []
    assert errors(schema) == []
    assert errors(schema, *(OVERDUE.at("x", Position(1, 1), text, text) for text in (*FORMULAS, MARKUP))) == []


def test_the_schema_does_object(schema: Draft7Validator) -> None:
    """A judge that lets all pass is none."""
    assert list(schema.iter_errors({"version": "2.1.0"}))
    broken = json.loads(sarif(FOUND, (), "1"))
    broken["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]["startLine"] = 0
    assert list(schema.iter_errors(broken))


def test_every_finding_is_a_rule_with_its_manual_page() -> None:
    """One that the catalogue does not hold is added, and each result points at its own."""
    found = run(*FOUND)
    rules = found["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [*(finding.code for finding in findings()), "PT998"]
    rule = rules[found["results"][0]["ruleIndex"]]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]) == (
        "PT998",
        "ReviewOverdue",
        {"level": "warning"},
    )
    assert rule["help"]["text"] == (
        "What it means: It means this.\n\nWhy it matters: It matters so.\n\nHow to mend it: Mend it thus."
    )


def test_a_place_is_a_line_and_columns_in_the_repository() -> None:
    """The end is the column after the last; the path is relative, as a URI."""
    place = run(*FOUND)["results"][0]["locations"][0]["physicalLocation"]
    assert place == {
        "artifactLocation": {"uri": "source/a%20policy%25.md", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 7, "startColumn": 3, "endColumn": 9},
    }
    assert run()["columnKind"] == "unicodeCodePoints"


def test_a_file_as_a_whole_has_no_region() -> None:
    """No line is made up."""
    assert "region" not in run(*FOUND)["results"][1]["locations"][0]["physicalLocation"]


def test_no_path_leads_out_of_the_repository() -> None:
    """No machine's folders are told."""
    text = sarif([OVERDUE.at("/home/x.md", None, "m")], (), "1")
    assert '"uri": "home/x.md"' in text


def test_nothing_in_a_message_becomes_a_link() -> None:
    """A title may look like one."""
    message = run(OVERDUE.at("x", None, "[click](https://evil.example)"))["results"][0]["message"]["text"]
    assert message == "[click\\](https://evil.example)"


@given(st.text(), st.text())
def test_any_words_make_a_document(message: str, advice: str) -> None:
    """That can be written as UTF-8 and read again."""
    document = sarif([OVERDUE.at("x", Position(1, 1), message, advice, length=0)], (), "1").encode()
    region = json.loads(document)["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["endColumn"] == 2
