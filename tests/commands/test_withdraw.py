"""`policytool withdraw`: a policy is taken out of force by a record, and its page says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reviewed import School, reviewed

__all__ = ["reviewed"]

Captured = pytest.CaptureFixture[str]
RECORD = "reviews/one/2023-12-10-withdrawal.yaml"


def withdraw(school: School, *arguments: str, by: str = "governing-board", reason: str = "no longer needed") -> int:
    """The exit code of `withdraw` on 10 December 2023."""
    return school.run("--today", "2023-12-10", "withdraw", "one", "--by", by, "--reason", reason, *arguments)


def published(school: School) -> Path:
    """The page of the policy, published on 1 December 2023."""
    school.review("governors", "2023-09-14")
    assert school.run("--today", "2023-12-01", "publish", "one", "--commit") == 0
    return school.root / "build/published/one/index.html"


def test_a_policy_is_withdrawn_by_a_record(reviewed: School, capsys: Captured) -> None:
    """The files stay, as superseded; the page says since when and why; and `check` finds nothing wrong with it."""
    page = published(reviewed)
    assert withdraw(reviewed, "--minute", "FGB 2023/50", "--commit", reason="replaced by <one> & only") == 0
    said = page.read_text("utf-8")
    assert "withdrawn on 10 December 2023: replaced by &lt;one&gt; &amp; only" in said
    assert "Current version" not in said
    assert said.index("Earlier versions") < said.index("2023-09-14/one.pdf")
    assert (page.parent / "2023-09-14/one.pdf").is_file()
    assert reviewed.git("show", "--name-only", "--format=", "HEAD") == RECORD
    assert reviewed.found(capsys) == []


def test_a_policy_that_was_never_published_has_no_page(reviewed: School) -> None:
    """The record alone is written."""
    assert withdraw(reviewed) == 0
    assert reviewed.files() == [RECORD]
    assert not (reviewed.root / "build/published").exists()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--by", "headteacher"), "`headteacher` may not withdraw this policy"),
        (("--by", "nobody"), "the role `nobody` is not defined"),
        (("--held", "2023-12-11"), "is in the future"),
        (("--held", "2023-09-13"), "cannot have been withdrawn before"),
    ],
)
def test_what_a_record_may_not_say_is_refused(
    reviewed: School, capsys: Captured, arguments: tuple[str, ...], told: str
) -> None:
    """And nothing is written."""
    page = published(reviewed)
    before = (reviewed.files(), page.read_bytes())
    assert withdraw(reviewed, *arguments) == 2
    assert told in capsys.readouterr().err
    assert (reviewed.files(), page.read_bytes()) == before


def test_a_role_that_acts_for_the_approver_may(reviewed: School) -> None:
    """As a committee."""
    assert withdraw(reviewed, by="resources") == 0


def test_a_dry_run_writes_nothing(reviewed: School, capsys: Captured) -> None:
    """The record is shown."""
    page = published(reviewed)
    before = (reviewed.files(), page.read_bytes())
    assert withdraw(reviewed, "--dry-run") == 0
    assert "record: withdrawal" in capsys.readouterr().out
    assert (reviewed.files(), page.read_bytes()) == before


def test_who_was_stopped_before_the_page_finishes_it(reviewed: School, capsys: Captured) -> None:
    """By the same command, which tells that the record stands already."""
    page = published(reviewed)
    before = page.read_bytes()
    withdraw(reviewed)
    after = page.read_bytes()
    page.write_bytes(before)
    assert withdraw(reviewed) == 2
    assert "it was withdrawn on 10 December 2023 already" in capsys.readouterr().err
    assert page.read_bytes() == after


def test_the_next_approval_brings_a_policy_back(reviewed: School) -> None:
    """Published again, it is in force; the same version stands as it stood."""
    page = published(reviewed)
    withdraw(reviewed, "--commit")
    reviewed.review("governors", "2023-12-20")
    assert reviewed.run("--today", "2023-12-31", "publish", "one") == 0
    said = page.read_text("utf-8")
    assert "withdrawn" not in said
    assert "Current version" in said
