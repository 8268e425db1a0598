"""`policytool check`, as a user and as CI run it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.repository import Repository
from tests.reviewed import CHANGED, GOVERNORS, School, reviewed

__all__ = ["reviewed"]

BROKEN = "# One\n\n1. Staff must see [](#nowhere).\n"


def test_a_clean_library_exits_with_0(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And says what it looked at."""
    repository.write("one", "# One\n\n1. Staff must be kind.\n")
    assert repository.run("check") == 0
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err == "1 policy checked: nothing found\n"


def test_a_finding_has_place_line_caret_and_help(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The very word, underlined."""
    repository.write("one", "# One\n\n1. Staff must be kind. {#kindness}\n2. See [](#kindnes).\n")
    assert repository.run("check") == 1
    assert capsys.readouterr().out == (
        "source/one.md:13:11: error[PT203] there is no label `kindnes`\n"
        "  13 | 2. See [](#kindnes).\n"
        "     |           ^^^^^^^^\n"
        "  help: did you mean `kindness`?\n"
    )


def test_one_run_shows_the_mistakes_of_every_policy(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """In order of file and line."""
    repository.write("b", BROKEN)
    repository.write("a", BROKEN + "\n3. Out of order.\n\n<b>raw</b>\n")
    assert repository.run("check") == 1
    heads = [line.split(" ")[0] for line in capsys.readouterr().out.splitlines() if "[PT" in line]
    assert [head.removeprefix("source/") for head in heads] == [
        "a.md:12:22:",
        "a.md:14:1:",
        "a.md:16:1:",
        "a.md:16:7:",
        "b.md:12:22:",
    ]


def test_a_warning_fails_only_when_strict(repository: Repository) -> None:
    """A typed number in a heading is a warning."""
    repository.write("one", "# 1. One\n\n1. Staff must be kind.\n")
    assert repository.run("check") == 0
    assert repository.run("check", "--strict") == 1


def test_only_the_policies_named_are_told_of(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """By id, or by file as a commit hook gives it."""
    repository.write("good", "# One\n\n1. Staff must be kind.\n")
    repository.write("bad", BROKEN)
    assert repository.run("check", "good") == 0
    assert repository.run("check", "source/bad.md") == 1
    capsys.readouterr()
    assert repository.run("check", "godo") == 2
    assert "did you mean `good`?" in capsys.readouterr().err


def test_json_is_for_programs(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Each finding with its place."""
    repository.write("one", BROKEN)
    assert repository.run("check", "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    [finding] = report["findings"]
    assert (finding["code"], finding["path"], finding["line"], finding["column"]) == ("PT203", "source/one.md", 12, 22)


def test_github_is_given_annotations(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """What would end a property or a line is escaped."""
    repository.write("one", "# One\n\n1. See [](#100%25).\n")
    assert repository.run("check", "--format", "github") == 1
    line = capsys.readouterr().out
    assert line.startswith("::error file=source/one.md,line=12,col=11,endColumn=18,title=PT203 reference to nothing::")
    assert "`100%2525`" in line


def test_a_terminal_is_never_steered_by_a_policy(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in a text are not printed."""
    repository.write_raw("source/one.md", b"---\ntitle: \x1b[31mred\n---\n")
    assert repository.run("check") == 1
    assert "\x1b" not in capsys.readouterr().out


def test_settings_are_checked_too(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """With the place in policytool.yaml."""
    settings = b"organisation: {name: X}\nroles:\n  chair: {title: Chair, acts-for: bord}\n  board: {title: Board}\n"
    repository.write_raw("policytool.yaml", settings)
    assert repository.run("check") == 1
    assert "policytool.yaml:3:35: error[PT210]" in capsys.readouterr().out


def test_no_repository_is_told_with_exit_code_2(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Never a traceback."""
    (repository.root / "policytool.yaml").unlink()
    assert repository.run("check") == 2
    assert capsys.readouterr().err.startswith("error: cannot read")


def test_a_file_that_is_no_text_is_told_of(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Although no policy can be made of it; the byte, the size, the link out, each with its file."""
    repository.write_raw("source/latin.md", "---\ntitle: caf\xe9\n---\n".encode("latin-1"))
    repository.write_raw("source/huge.md", b"x" * 5_000_001)
    repository.write_raw("source/zero.md", b"---\ntitle: \0\n---\n")
    (repository.root / "source" / "link.md").symlink_to("/etc/hostname")
    assert repository.run("check") == 1
    heads = [line.partition("] ")[0] for line in capsys.readouterr().out.splitlines() if "[PT" in line]
    assert heads == [
        "source/huge.md: error[PT103",
        "source/latin.md:2:11: error[PT101",
        "source/link.md: error[PT311",
        "source/zero.md:2:8: error[PT102",
    ]


def test_names_that_windows_keeps_are_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A clone of the library must work on every machine."""
    repository.write("con", "# One\n\n1. Staff must be kind.\n")
    repository.write("Upper Case", "# One\n\n1. Staff must be kind.\n")
    assert repository.run("check") == 1
    assert capsys.readouterr().out.count("error[PT310]") == 2


# Records


def test_a_mistake_in_a_record_has_place_line_and_help(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """As one in a policy has."""
    reviewed.review("governors", "2023-09-14")
    content = (reviewed.root / GOVERNORS).read_text()
    reviewed.write_text(GOVERNORS, content.replace("cycle: governors", "cycle: governers"))
    capsys.readouterr()
    assert reviewed.run("check") == 1
    out = capsys.readouterr().out
    assert f"{GOVERNORS}:3:8: error[PT411] `one` has no review cycle `governers`" in out
    assert "  3 | cycle: governers\n    |        ^^^^^^^^^\n" in out
    assert "  help: did you mean `governors`?" in out
    assert f"{GOVERNORS}: error[PT417] this is not what " in out


def test_records_are_checked_with_their_policy(reviewed: School) -> None:
    """And not with another."""
    reviewed.commit({"source/two.md": CHANGED.replace("A Policy", "Two")})
    reviewed.write_text(GOVERNORS, "record: rewiew\n")
    assert reviewed.run("check", "one") == 1
    assert reviewed.run("check", "two") == 0


def test_the_clock_is_not_looked_at(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """What is overdue or changed is no mistake: a push can never turn red overnight."""
    reviewed.review("governors", "2023-09-14")
    reviewed.write_text("source/one.md", CHANGED)
    for day in ("1999-01-01", "2023-12-01", "2099-01-01"):
        capsys.readouterr()
        assert reviewed.run("--today", day, "check", "--strict") == 0
        assert capsys.readouterr().err == "1 policy checked: nothing found\n"


def test_a_shallow_clone_is_a_warning(reviewed: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Which only --strict minds."""
    reviewed.review("governors", "2023-09-14")
    clone = reviewed.clone(tmp_path / "shallow", "--depth", "1")
    capsys.readouterr()
    assert clone.run("check") == 0
    assert "reviews: warning[PT419] this clone is shallow" in capsys.readouterr().out
    assert clone.run("check", "--strict") == 1


TYPED = "# One\n\n1. Staff must be kind. {#kindness}\n2. See clause 1.1.\n"


def test_sarif_is_for_code_hosts(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Every finding is a result, at its place."""
    repository.write("one", BROKEN)
    assert repository.run("check", "--format", "sarif") == 1
    [run] = json.loads(capsys.readouterr().out)["runs"]
    [result] = run["results"]
    assert (result["ruleId"], result["level"]) == ("PT203", "error")
    assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == "PT203"


def test_what_can_be_mended_is_said(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """On stderr, after the summary."""
    repository.write("one", TYPED)
    assert repository.run("check") == 0
    assert capsys.readouterr().err.endswith("0 errors, 1 warning\n`policytool check --fix` mends 1 of them\n")


def test_fix_tells_each_mend_and_checks_again(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """The exit code is that of the check afterwards."""
    path = repository.write("one", TYPED.replace("2. See", "5. See [clause 7](#kindness) and"))
    assert repository.run("check", "--strict") == 1
    assert repository.run("check", "--fix", "--strict") == 1
    printed = capsys.readouterr().out
    assert "source/one.md:13: clause 7 → " not in printed
    assert "source/one.md:13: 7 → {number}\n" in printed
    assert "source/one.md:13: 5. → 2.\n" in printed
    assert "source/one.md:13: left as it is, because other numbers were typed" in printed
    assert repository.run("check", "--fix", "--strict") == 0
    assert path.read_text("utf-8").endswith("2. See [clause {number}](#kindness) and [clause 1.1](#kindness).\n")


def test_a_dry_run_shows_the_difference_and_writes_nothing(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """As `git apply` takes it."""
    path = repository.write("one", TYPED.rstrip("\n"))
    before = path.read_bytes()
    assert repository.run("check", "--fix", "--dry-run") == 0
    printed = capsys.readouterr()
    assert printed.out.endswith(
        " 1. Staff must be kind. {#kindness}\n"
        "-2. See clause 1.1.\n\\ No newline at end of file\n"
        "+2. See [clause 1.1](#kindness).\n\\ No newline at end of file\n"
    )
    assert "1 finding would be mended in 1 file\n" in printed.err
    assert path.read_bytes() == before
    (repository.root / "mend.patch").write_text(printed.out, "utf-8")
    subprocess.run(["git", "apply", "mend.patch"], cwd=repository.root, check=True)
    assert path.read_bytes() == before.replace(b"clause 1.1", b"[clause 1.1](#kindness)")


def test_in_forms_for_programs_the_mends_are_told_apart(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that stdout stays JSON."""
    repository.write("one", TYPED)
    assert repository.run("check", "--fix", "--format", "json") == 0
    printed = capsys.readouterr()
    assert json.loads(printed.out)["findings"] == []
    assert "clause 1.1 → [clause 1.1](#kindness)" in printed.err


def test_a_dry_run_of_nothing_is_refused(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Nobody should believe that `check` alone writes."""
    assert repository.run("check", "--dry-run") == 2
    assert "--dry-run belongs to --fix" in capsys.readouterr().err
