"""The front door: global options, exit codes, and never a traceback."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest

from policytool import __version__
from policytool.cli import Session, cli, run
from tests.repository import Repository


def test_the_version_is_told_both_ways(capsys: pytest.CaptureFixture[str]) -> None:
    """By the short way that loads nothing, and by the command line proper."""
    short = subprocess.run(
        [sys.executable, "-m", "policytool", "--version"], capture_output=True, text=True, check=True
    )
    assert run(["--version"]) == 0
    assert short.stdout == capsys.readouterr().out == f"policytool {__version__}\n"


def test_help_imports_no_command() -> None:
    """Start-up time is a feature."""
    program = "import sys, policytool.cli as c; c.run(['--help']); print([m for m in sys.modules if 'policytool' in m])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "policytool.commands" not in told.splitlines()[-1]
    assert "policytool.parse" not in told.splitlines()[-1]


def test_an_unknown_command_exits_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    """With a word of what is wrong."""
    assert run(["bulid"]) == 2
    assert "No such command" in capsys.readouterr().err


def test_quiet_prints_results_only(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """No progress, no summary."""
    repository.write("one", "# One\n\n1. Staff must be kind.\n")
    assert repository.run("--quiet", "check") == 0
    assert capsys.readouterr() == ("", "")


def test_today_is_what_the_option_says() -> None:
    """The only way to change the clock; without it, the day it is where the school is."""
    assert Session(None, date(2026, 3, 1), quiet=False, colour=False).day_in("Europe/London") == date(2026, 3, 1)
    session = Session(None, None, quiet=False, colour=False)
    # Where it is tomorrow first, and where it is today longest: 26 hours apart.
    assert session.day_in("Pacific/Kiritimati") > session.day_in("Etc/GMT+12")
    assert session.day_in("Nowhere/Else") in {session.now.date(), session.now.date() + timedelta(1)}
    assert run(["--today", "2026-02-30", "explain"]) == 2


def test_a_failure_of_our_own_is_one_line(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Unless somebody asks where it happened."""

    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("out of cheese")

    monkeypatch.setattr(cli, "main", fail)
    monkeypatch.delenv("POLICYTOOL_DEBUG", raising=False)
    assert run(["check"]) == 2
    assert capsys.readouterr().err.startswith("error: policytool failed (RuntimeError: out of cheese)\n")
    monkeypatch.setenv("POLICYTOOL_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(["check"])


def test_an_interrupt_is_no_traceback(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """130, as shells expect."""

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli, "main", interrupt)
    assert run(["check"]) == 130
    assert capsys.readouterr().err == "stopped\n"


def test_colour_is_for_terminals(repository: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is coloured in a pipe."""
    repository.write("one", "# One\n\n1. See [](#nowhere).\n")
    repository.run("check")
    assert "\x1b" not in capsys.readouterr().out


def test_global_options_may_stand_after_the_command(
    repository: Repository, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """Where people write them; `--help` of a command stays as short as it is."""
    repository.write("one", "# One\n\n1. Staff may.\n")
    for place in range(2):
        shared = ["--root", str(repository.root), "--today", "2027-03-01", "--quiet", "--no-color"]
        assert run(["status", "one", *shared] if place else [*shared, "status", "one"]) == 0
    first, second = capsys.readouterr().out.split("Register of reviews on 1 March 2027")[1:]
    assert first == second
    assert run(["status", "--root", str(tmp_path / "nowhere")]) == 2
    assert run(["status", "--today", "tomorrow"]) == 2
    assert run(["status", "--help"]) == 0
    assert "--today" not in capsys.readouterr().out.partition("Options:")[2]
