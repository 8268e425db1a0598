"""`policytool log`, as a clerk runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.history import BODY, Git, begin, school, text
from tests.repository import repository

__all__ = ["repository", "school"]

EDITED = BODY.replace("rule 3", "rule three") + "9. Pupils may sing.\n10. Parents may listen.\n"


def printed(school: Git, capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What `policytool log one` prints, which must go well."""
    assert school.run("log", *(arguments or ("one",))) == 0
    return capsys.readouterr().out


def test_versions_are_told_newest_first_in_columns(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Day, commit, author, what changed."""
    edit = school.commit({"source/one.md": text(EDITED)}, "Edit", "2024-06-30T23:30:00Z", author="Zoë Ó Sé")
    moved = school.commit({"source/one.md": None, "source/staff/one.md": text(EDITED)}, "Move")
    begun = school.git("rev-parse", "HEAD~2")
    assert printed(school, capsys) == (
        f"2024-01-10  {moved[:7]}  Ann Clerk  wording unchanged; renamed from source/one.md\n"
        f"2024-07-01  {edit[:7]}  Zoë Ó Sé   2 inserted, 1 reworded\n"
        f"2024-01-01  {begun[:7]}  Ann Clerk  first version\n"
    )


def test_the_day_that_is_told_names_the_version(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """`@DATE` of a line is that line's version."""
    school.commit({"source/one.md": text(EDITED)}, "Edit", "2024-06-30T23:30:00Z")
    day = printed(school, capsys).split()[0]
    assert school.run("build", "--at", f"@{day}", "--to", "html") == 0
    assert "Pupils may sing" in (school.root / "build" / "one.html").read_text("utf-8")


def test_each_kind_of_edit_is_counted(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Labels, format and front matter are no edits."""
    before = "1. Alpha beta gamma delta epsilon.\n2. Pupils shall be in school by nine.\n3. Visitors sign the book.\n"
    after = "1. Visitors sign the book.\n2. Alpha beta gamma delta epsilon. {#alpha}\n"
    school.commit({"source/one.md": text(before)}, "Other")
    school.commit({"source/one.md": text(after)}, "Edit")
    school.commit({"source/one.md": text(after, "Another title").replace("kind: policy", "kind: guidance")}, "Front")
    front, edit, *_ = json.loads(printed(school, capsys, "one", "--format", "json"))["versions"]
    assert (edit["inserted"], edit["deleted"], edit["moved"], edit["reworded"]) == (0, 1, 1, 0)
    assert front["wording"] == "same"


def test_json_holds_all_of_it(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """In names that do not change."""
    commit = school.commit({"source/one.md": text(EDITED)}, "Edit\n\nbody", author="Zoë")
    shown = json.loads(printed(school, capsys, "source/one.md", "--format", "json"))
    assert shown["version"] == 1
    assert shown["versions"][0] == {
        "date": "2024-01-10",
        "commit": commit,
        "author": "Zoë",
        "subject": "Edit",
        "path": "source/one.md",
        "renamed-from": "",
        "wording": "changed",
        "inserted": 2,
        "deleted": 0,
        "moved": 0,
        "reworded": 1,
        "split": 0,
        "merged": 0,
        "approved-by": "",
    }


def test_a_name_cannot_steer_the_terminal(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Authors are whoever they say they are, at any length."""
    school.commit({"source/one.md": text(EDITED)}, author="A\x1b[31mMallory\x07 of a very long name indeed")
    out = printed(school, capsys)
    assert "A\N{REPLACEMENT CHARACTER}[31mMallory\N{REPLACEMENT CHARACTER}" in out
    assert "\x1b" not in out
    assert all(line.index("  first" if "first" in line else "  2 ins") == 45 for line in out.splitlines())


def test_names_of_any_bytes_are_printed(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """A file renamed from one that is not UTF-8."""
    odd = b"source/caf\xe9.md".decode("utf-8", "surrogateescape")
    school.commit({"source/one.md": None, odd: text()}, "Odd")
    school.commit({odd: None, "source/one.md": text()}, "Even")
    assert "renamed from source/caf\N{REPLACEMENT CHARACTER}.md" in printed(school, capsys)
    shown = json.loads(printed(school, capsys, "one", "--format", "json"))
    assert shown["versions"][0]["renamed-from"] == odd


def test_a_shallow_clone_warns(school: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """On the side of the result."""
    school.commit({"source/one.md": text(EDITED)})
    shallow = school.clone(tmp_path / "shallow", "--depth", "1")
    assert shallow.run("log", "one") == 0
    out, err = capsys.readouterr()
    assert out.endswith("Ann Clerk  oldest version here\n")
    assert err.startswith("source/one.md: warning[PT501] its history is cut off at ")
    assert "git fetch --unshallow" in err


def test_what_cannot_be_done_is_told(
    school: Git, repository: Git, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """No such policy, not committed, no commit at all, no repository: exit code 2, and what to do."""
    school.write("new", BODY)
    unborn = begin(tmp_path / "unborn")
    unborn.write("one", BODY)
    repository.write("one", BODY)
    for place, policy, message in (
        (school, "none", "error: there is no policy `none` in source/\n"),
        (school, "new", "error: `new` has not been committed yet\n"),
        (school, "--output=/tmp/x", "Error: No such option"),
        (unborn, "one", "error: there is no commit yet\n"),
        (repository, "one", f"error: {repository.root} is in no git repository\n"),
    ):
        assert place.run("log", policy) == 2
        assert message in capsys.readouterr().err
