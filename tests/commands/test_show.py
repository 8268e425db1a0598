"""`policytool show`, in a pipe and at a real terminal."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.history import Git, school, text
from tests.repository import Repository, repository
from tests.terminals import Terminal

__all__ = ["repository", "school"]

BODY = """\
# Conduct

1. Staff **must not** run. {#running}
   1. They may walk.
2. Pupils should listen to:

   a) one another;
   b) staff.

# Form {.appendix}

1. Name:
"""
LONG = "# Rules\n\n" + "".join(f"{number}. This is rule {number}, which all must keep.\n" for number in range(1, 60))
SCREEN = {"TERM": "xterm", "PYTHONPATH": str(Path(__file__).parents[2])}


def at_terminal(repository: Repository, *arguments: str, **environment: str) -> Terminal:
    """Policytool at a terminal of its own."""
    command = [sys.executable, "-m", "policytool", "--root", str(repository.root), *arguments]
    return Terminal(command, repository.root, SCREEN | environment)


def test_a_policy_is_shown_as_plain_text_in_a_pipe(
    repository: Repository, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without colour, numbered, in lines of eighty columns."""
    monkeypatch.delenv("COLUMNS", raising=False)
    repository.write("one", BODY, "One")
    assert repository.run("show", "one") == 0
    out, err = capsys.readouterr()
    assert "\n  1.1  Staff must not run.\n\n       1.1.1  They may walk.\n" in out
    assert "\x1b" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert err == ""


@pytest.mark.parametrize(("name", "expected"), [("running", "1.1"), ("1.1", "1.1"), ("Clause 1.1.1", "1.1.1")])
def test_a_part_is_shown_by_its_label_or_its_number(
    repository: Repository, capsys: pytest.CaptureFixture[str], name: str, expected: str
) -> None:
    """With the place where it stands, and nothing beside it."""
    repository.write("one", BODY, "One")
    assert repository.run("show", f"source/one.md#{name}") == 0
    out = capsys.readouterr().out
    assert "\nSection 1, Conduct" in out
    assert f"\n  {expected}  " in out
    assert "Pupils" not in out
    assert "Owner" not in out


def test_what_is_not_there_names_what_is_near(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """A policy, a label, or nothing at all."""
    repository.write("one", BODY)
    for name, told in (("one#runing", "did you mean `running`?"), ("ona", "did you mean `one`?")):
        assert repository.run("show", name) == 2
        assert told in capsys.readouterr().err
    assert repository.run("show", "one#") == 2
    assert "`policytool show one` shows all of it" in capsys.readouterr().err


def test_a_policy_with_errors_is_shown_with_a_word_of_them(
    repository: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """As well as it can be read."""
    repository.write("one", "# One\n\n1. See [](#nowhere).\n")
    assert repository.run("show", "one") == 0
    out, err = capsys.readouterr()
    assert "  1.1  See [#nowhere]." in out
    assert "note: one has 1 error" in err
    assert "`policytool check one`" in err


def test_a_version_is_shown_as_it_was(school: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """As `build --at` would build it, with what its numbers were."""
    begun = school.git("rev-parse", "HEAD")
    school.commit({"source/two.md": text("1. Nobody runs.\n"), "source/one.md": None}, "Replace")
    assert school.run("show", "two") == 0
    assert "1  Nobody runs." in capsys.readouterr().out
    assert school.run("show", "one#1.3", "--at", begun) == 0
    assert "rule 3" in capsys.readouterr().out
    assert school.run("show", "two", "--at", "approved") == 2


def test_what_fits_the_screen_is_printed_with_colour_and_not_paged(repository: Repository) -> None:
    """A pager would ask for a key."""
    repository.write("one", BODY, "One")
    with at_terminal(repository, "show", "one#1.1", PAGER="false") as terminal:
        assert "Staff \x1b[1;4mmust not\x1b[0m run." in terminal.rest()


def test_what_does_not_fit_goes_through_the_pager(repository: Repository) -> None:
    """The one that PAGER names; not with --no-pager, nor where PAGER is empty."""
    repository.write("one", LONG, "One")
    with at_terminal(repository, "show", "one", PAGER="head -n 3") as terminal:
        told = terminal.rest()
        assert told.startswith("One\n")
        assert "rule 59" not in told
    for arguments, pager in ((["show", "one", "--no-pager"], "false"), (["show", "one"], "")):
        with at_terminal(repository, *arguments, PAGER=pager) as terminal:
            assert "rule 59" in terminal.rest()


def test_no_color_is_heeded_at_a_terminal(repository: Repository) -> None:
    """In the environment and as an option."""
    repository.write("one", BODY, "One")
    for arguments, environment in ((["--no-color"], {}), ([], {"NO_COLOR": "1"})):
        with at_terminal(repository, *arguments, "show", "one", "--no-pager", **environment) as terminal:
            told = terminal.rest()
            assert "Staff must not run." in told
            assert "\x1b" not in told


@pytest.mark.parametrize("columns", [40, 120])
def test_lines_fit_the_terminal_and_are_never_long(repository: Repository, columns: int) -> None:
    """A hundred columns at most."""
    repository.write("one", "# One\n\n1. " + "They must be kind to one another. " * 20 + "\n")
    command = [sys.executable, "-m", "policytool", "--no-color", "show", "one", "--no-pager"]
    with Terminal(command, repository.root, SCREEN, columns) as terminal:
        widest = max(map(len, terminal.rest().splitlines()))
    assert min(columns, 100) - 10 < widest <= min(columns, 100)
