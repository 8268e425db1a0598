"""`policytool duties`, as a headteacher runs it before a new member of staff begins."""

from __future__ import annotations

import csv
import json
from io import StringIO

import pytest

from tests.repository import Repository, repository
from tests.reviewed import CHANGED, School, reviewed

__all__ = ["repository", "reviewed"]

TEXT = """\
# Who does what

## Headteacher

1. may agree an exception;
2. must tell parents; and
3. must not tell the press.

# Rules

1. Staff must sign in, and must not leave without signing out. {#sign}
2. Pupils should:

   a) walk;
   b) be quiet; and
   c) help where
      they can.

3. =HYPERLINK("https://example.org") must be checked.
4. Governors should visit.
5. A log must be kept.
"""


@pytest.fixture
def school(repository: Repository) -> Repository:
    """A repository with two policies."""
    repository.write("days", TEXT, "School Days")
    repository.write("other", "# One\n\n1. Staff should smile.\n", "Another Policy")
    return repository


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines printed, without blanks at their ends."""
    return [line.rstrip() for line in capsys.readouterr().out.splitlines()]


def test_roles_come_first_then_groups_then_nobody(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """In each policy by strength, what is forbidden first."""
    assert school.run("duties") == 0
    assert printed(capsys) == [
        "The working text, which is not the approved wording",
        "",
        "Headteacher",
        "  School Days",
        "    1.1.3    must not tell the press.",
        "    1.1.2    must tell parents",
        "    1.1.1    may agree an exception",
        "",
        "Full Governing Board",
        "  School Days",
        "    2.4      Governors should visit.",
        "",
        "Pupils",
        "  School Days",
        "    2.2(a)   Pupils should walk",
        "    2.2(b)   Pupils should be quiet",
        "    2.2(c)   Pupils should help where they can.",
        "",
        "Staff",
        "  School Days",
        "    2.1      Staff must sign in, and must not leave without signing out.",
        "  Another Policy",
        "    1.1      Staff should smile.",
        "",
        "Nobody named",
        "  School Days",
        '    2.3      =HYPERLINK("https://example.org") must be checked.',
        "    2.5      A log must be kept.",
    ]


def test_one_role_or_group_may_be_asked_for(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """By its id, its title or a usual name, in all policies or one."""
    for name in ("governing-board", "governors", "Full Governing Board"):
        assert school.run("duties", "--role", name) == 0
        assert printed(capsys)[2:] == ["Full Governing Board", "  School Days", "    2.4      Governors should visit."]
    assert school.run("duties", "other", "--role", "staff") == 0
    assert printed(capsys)[2:] == ["Staff", "  Another Policy", "    1.1      Staff should smile."]
    assert school.run("duties", "--role", "visitors") == 0
    assert printed(capsys)[1:] == ["There are no such duties."]


def test_a_role_that_is_not_known_is_told_the_nearest(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written."""
    assert school.run("duties", "--role", "headteecher", "--to", "pdf") == 2
    assert capsys.readouterr().err.splitlines() == [
        "error: `headteecher` is no role and no group",
        "help: did you mean `headteacher`?",
    ]
    assert school.built() == []


def test_a_spreadsheet_runs_nothing(school: Repository, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    """One row a duty; what begins as a formula does stands behind an apostrophe."""
    assert school.run("duties", "--to", "csv") == 0
    rows = list(csv.DictReader(StringIO(capsysbinary.readouterr().out.decode("utf-8-sig"))))
    assert [row["words"][0] for row in rows if row["clause"] == "2.3"] == ["'"]
    signed = [(row["duty"], row["negated"], row["anchor"]) for row in rows if row["clause"] == "2.1"]
    assert signed == [("must not", "yes", "sign"), ("must", "no", "sign")]


def test_json_tells_roles_from_groups(school: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And null where nobody is named."""
    assert school.run("duties", "--to", "json") == 0
    found = json.loads(capsys.readouterr().out)["duties"]
    assert {(one["who"], one["is_role"]) for one in found} == {
        ("headteacher", True),
        ("governing-board", True),
        ("pupils", False),
        ("staff", False),
        (None, False),
    }


@pytest.mark.parametrize("form", ["docx", "pdf", "html"])
def test_a_paper_is_written_beside_the_documents(school: Repository, form: str) -> None:
    """The same bytes each time, and nothing with --dry-run."""
    assert school.run("duties", "--to", form, "--dry-run") == 0
    assert school.built() == []
    assert school.run("duties", "--to", form) == 0
    first = (school.root / "build" / f"duties.{form}").read_bytes()
    assert school.run("duties", "--to", form, "--role", "staff") == 0
    assert school.built() == [f"duties-staff.{form}", f"duties.{form}"]
    assert school.run("duties", "--to", form) == 0
    assert (school.root / "build" / f"duties.{form}").read_bytes() == first


def test_the_approved_wording_is_read_when_it_is_asked_for(
    reviewed: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was never approved is left out, and told; the working text says that it is not approved."""
    reviewed.review("governors", "2023-09-14", "--minute", "FGB 2023/41")
    reviewed.write_text("source/one.md", CHANGED)
    capsys.readouterr()
    assert reviewed.run("duties") == 0
    assert "not the approved wording" in printed(capsys)[0]
    assert reviewed.run("duties", "--at", "approved") == 0
    assert printed(capsys)[0] == "As approved"
    assert reviewed.run("duties", "--at", "nonsense") == 2
