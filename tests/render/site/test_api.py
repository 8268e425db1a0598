"""JSON of a site: held against its published schema, and against what its pages are made of."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from policytool.model.artifact import Artifact
from policytool.model.block import Clause
from policytool.model.duty import Duty
from policytool.model.inline import Reference, Text
from policytool.model.numbering import numbered
from policytool.model.site import WORKING, Card, Falling, Frame, Held, Leaf
from policytool.model.time import Moment
from policytool.render.duties.json import told
from policytool.render.duties.listed import Listed
from policytool.render.site.api import api_calendar, api_duties, api_index, api_policy
from policytool.render.site.pages import PolicyPage
from policytool.render.site.passages import passages
from tests.sample import SETTINGS
from tests.site_sample import (
    FRAME,
    GUIDANCE,
    bare,
    card,
    everything,
    hostile,
    long_history,
    page,
    reaching,
    school,
    superseded,
)

SCHEMA = Path(__file__).parents[3] / "docs/schemas/api.json"
TITLES = ("<b>&amp;</b>", "“Quotes” 'and' \"more\"", "👩‍🏫 Staff", "سياسة السلامة", "安全方針", "half \ud83d", "\u2028")
NONE = Listed((), {}, {}, {}, SETTINGS)
NEVER = Falling("annual", "Headteacher", "12 months", None, None, 90)


@cache
def schema() -> dict[str, Any]:
    """The schemas of docs/."""
    found: dict[str, Any] = json.loads(SCHEMA.read_text("utf-8"))
    return found


def read(artifact: Artifact, name: str) -> dict[str, Any]:
    """What an artifact tells, once it is valid by the schema of its name."""
    value: dict[str, Any] = json.loads(artifact.content)
    wanted = {"$ref": f"#/$defs/{name}", "$defs": schema()["$defs"]}
    Draft202012Validator(wanted, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(value)
    return value


def policy(one: PolicyPage) -> dict[str, Any]:
    """All about a policy."""
    return read(api_policy(one, passages(one.edition), NONE), "policy")


def falling(due: Moment, cycle: str = "annual") -> Falling:
    """A review that falls due."""
    return Falling(cycle, "Headteacher", "12 months", Moment(due.year - 1, due.month, due.day), due, 30)


def a_card(name: str, *reviews: Falling) -> Card:
    """A policy in the register."""
    leaf = Leaf("2023-09-14", "current", Moment(2023, 9, 14), "Full Governing Board", "FGB 2023/41")
    return Card(name, name.title(), "policy", "Clerk", "Full Governing Board", (), "website", leaf, falling=reviews)


def test_the_schema_is_one() -> None:
    """By the standard's own."""
    Draft202012Validator.check_schema(schema())


def test_the_index_has_every_policy_in_order_of_id() -> None:
    """With all that the register shows, and where to read on."""
    cards = [card(one) for one in school().library.policies]
    artifact = api_index(reversed(cards), FRAME)
    found = read(artifact, "index")
    assert artifact.path == "api/index.json"
    assert artifact.content.endswith(b"\n}\n")
    assert found["organisation"] == FRAME.organisation
    assert [one["policy"] for one in found["policies"]] == sorted(school().library.policies)
    [guidance] = [one for one in found["policies"] if one["policy"] == GUIDANCE]
    assert guidance["page"] == f"{GUIDANCE}/index.html"
    assert guidance["api"] == f"api/policies/{GUIDANCE}.json"
    assert guidance["approved"] == "2023-09"
    assert artifact == api_index(cards, FRAME)


def test_a_review_tells_the_days_on_which_its_states_begin() -> None:
    """And no state, which would be true on one day only."""
    [one] = read(api_index([a_card("uniform", falling(Moment(2026, 9)))], FRAME), "index")["policies"][0]["reviews"]
    assert one["due"] == "2026-09"
    assert one["begins"] == {"due soon": "2026-08-02", "due": "2026-09-01", "overdue": "2026-10-01"}
    assert date.fromisoformat(one["begins"]["overdue"])


@pytest.mark.parametrize("policy_id", sorted(school().library.policies))
def test_all_about_each_policy_of_this_repository(policy_id: str) -> None:
    """Versions, reviews, citations both ways, downloads and text."""
    one = page(policy_id)
    found = policy(one)
    assert [version["version"] for version in found["versions"]] == [step.leaf.version for step in one.history]
    assert len(found["held"]) == len(one.held)
    assert len(found["cited_by"]) == len(one.cited_by)
    assert [passage["words"] for passage in found["text"]] == [passage.words for passage in passages(one.edition)]
    assert {cited["policy"] for cited in found["cites"]} <= {
        *school().library.policies,
        *school().library.settings.elsewhere,
    }
    assert b"\n" not in api_policy(one, (), NONE).content[:-1]


def test_every_page_of_a_version_is_its_own() -> None:
    """The working text is on the page of the policy only where nothing was ever approved."""
    found = policy(superseded())
    assert [one["page"] for one in found["versions"]][:2] == [
        "conduct/working/index.html",
        "conduct/2024-03-12/index.html",
    ]
    assert policy(replace(bare(), history=(*long_history(1).history,)))["page"] == "bare/index.html"
    alone = bare()
    assert alone.leaf.version == WORKING
    assert policy(alone)["versions"][0]["page"] == "bare/index.html"


@pytest.mark.parametrize("title", TITLES)
def test_titles_come_through_as_they_are(title: str) -> None:
    """Whatever they hold; half a character, which no file can hold, is a question mark."""
    found = policy(hostile(title))
    assert found["title"] == title.encode(errors="replace").decode()


def test_what_is_not_told_has_no_key() -> None:
    """A public site is given neither minutes nor reasons."""
    one = everything()
    public = replace(one, card=replace(one.card, leaf=replace(one.leaf, minute="")), history=(), held=(_held(),))
    text = api_policy(public, (), NONE).content.decode()
    assert '"minute"' not in text
    assert '"reason"' not in text
    assert '"minute":"FGB 2024/9"' in api_policy(one, (), NONE).content.decode()


def _held() -> Held:
    return Held(Moment(2023, 9), "annual", "Headteacher", "no change")


def test_of_a_policy_without_a_page_only_the_title_is_told() -> None:
    """As of an internal one that a public one cites: no id, no label."""
    one = everything()
    shut = policy(replace(one, links=reaching(one.path)))
    cited = [found for found in shut["cites"] if found["title"] == "Online Safety Policy"]
    assert cited
    assert {(found["policy"], found["target"]) for found in cited} == {(None, None)}
    known = {(found["policy"], found["target"]) for found in policy(one)["cites"]}
    assert {("online-safety", None), ("online-safety", "reporting"), ("grievance", None)} <= known


def test_a_reference_to_nothing_is_no_citation() -> None:
    """It prints as its source, and leads nowhere."""
    one = bare()
    lost = numbered((Clause((Text("See "), Reference("nowhere", "x"), Text("."))),))
    edition = replace(one.edition, policy=replace(one.edition.policy, blocks=lost))
    assert policy(replace(one, edition=edition))["cites"] == []


DUTIES = Listed(
    (
        Duty("headteacher", "must", "must", negated=False, policy="conduct", number="3.1", anchor="3.1", words="…"),
        Duty("pupils", "may not", "must", negated=True, policy="conduct", number="", anchor="", words="…"),
        Duty("", "should", "should", negated=False, policy="conduct", number="", anchor="", words="…"),
    ),
    {"headteacher": "Headteacher", "pupils": "Pupils"},
    {"conduct": "Conduct"},
    {},
    SETTINGS,
)


def test_duties_of_a_policy_are_those_of_the_command() -> None:
    """But for the policy, which is this one."""
    found = read(api_policy(everything(), (), DUTIES), "policy")["duties"]
    assert [one["who"] for one in found] == ["headteacher", "pupils", None]
    assert found == [{key: said for key, said in told(one, DUTIES).items() if key != "policy"} for one in DUTIES.duties]


def test_holders_of_duties_have_numbers_and_pages() -> None:
    """Roles without a duty have no page."""
    holders = read(api_duties(DUTIES), "duties")["holders"]
    found = {one["who"]: one for one in holders}
    assert list(found) == [*SETTINGS.roles, "pupils", None]
    assert found["headteacher"]["counts"] == {"must": 1, "must not": 0, "should": 0, "may": 0}
    assert found["headteacher"]["page"] == "duties/role-headteacher.html"
    assert (found["pupils"]["kind"], found["pupils"]["page"]) == ("group", "duties/group-pupils.html")
    assert (found[None]["kind"], found[None]["page"]) == ("nobody", "duties/nobody.html")
    idle = [one for one in holders if not any(one["counts"].values())]
    assert {one["page"] for one in idle} <= {None}


def test_the_calendar_is_in_order_of_due_dates() -> None:
    """What was never held comes first; a month counts as its last day; once withdrawn nothing is reviewed."""
    gone = replace(a_card("gone", falling(Moment(2020, 1)), falling(Moment(2025, 1))), withdrawn=Moment(2024, 5, 1))
    cards = [
        a_card("a", falling(Moment(2026, 9)), falling(Moment(2027, 1, 1))),
        a_card("b", falling(Moment(2026, 9, 14)), NEVER),
        gone,
    ]
    found = read(api_calendar(cards), "calendar")["reviews"]
    assert [(one["policy"], one["due"]) for one in found] == [
        ("b", None),
        ("gone", "2020-01"),
        ("b", "2026-09-14"),
        ("a", "2026-09"),
        ("a", "2027-01-01"),
    ]


@given(st.text(), st.text())
def test_any_words_make_valid_json(title: str, minute: str) -> None:
    """In UTF-8, one object, with a newline at the end."""
    one = replace(a_card("uniform"), title=title)
    one = replace(one, leaf=replace(one.leaf, minute=minute))
    content = api_index([one], Frame(title)).content
    assert content.endswith(b"}\n")
    assert json.loads(content)["policies"][0]["title"] == title
