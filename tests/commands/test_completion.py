"""Words are completed in real shells, without reading a policy or importing a command.

`pytest tests/commands/test_completion.py --update-goldens` writes `commands.json` anew when a command has changed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policytool.catalogue import findings
from policytool.cli import COMMANDS, cli, run
from policytool.pipeline.complete import KNOWN, complete
from policytool.pipeline.complete.line import words_of
from tests.repository import Repository
from tests.terminals import Terminal
from tests.tools import missing

CLONE = Path(__file__).parents[2]
BODY = """\
# Conduct {#conduct}

1. Staff **must not** run. {#running}
   Nor is \\{#this} one, or [](#running) another.
2. Walk. {start=4 #walking}
"""
# What stands for an id, a version and so on in the help of a command -> how it is completed.
_METAVARS: Mapping[str, list[dict[str, object]]] = {
    "[POLICY]...": [{"takes": "POLICY", "many": True}],
    "POLICY": [{"takes": "POLICY"}],
    "POLICY[#label]": [{"takes": "PLACE"}],
    "CYCLE": [{"takes": "CYCLE"}],
    "POLICY [OLD [NEW]] | OLDFILE NEWFILE": [{"takes": "POLICY FILES"}, {"takes": "VERSION", "many": True}],
    "VERSION": [{"takes": "VERSION"}],
    "RECORD": [{"takes": "RECORD"}],
    "ROLE": [{"takes": "ROLE"}],
    "CODE": [{"takes": [finding.code for finding in findings()]}],
}
_LISTED = re.compile(r"[a-z]+(?:, [a-z]+)+")


def known() -> dict[str, object]:
    """What each command takes, as its options and arguments tell."""
    context = click.Context(cli, info_name="policytool")
    described: dict[str, object] = {"": _described(cli, "")}
    for name in sorted(COMMANDS):
        command = cli.get_command(context, name)
        assert command is not None
        described[name] = _described(command, COMMANDS[name])
    return described


def _described(command: click.Command, said: str) -> dict[str, object]:
    context = click.Context(command, info_name=command.name, help_option_names=["-h", "--help"])
    options = {
        name: {"help": (one.help or "").partition("  [")[0], **_option(one)}
        for one in command.get_params(context)
        if isinstance(one, click.Option)
        for name in one.opts
        if name.startswith("--")
    }
    arguments = [
        taken for one in command.get_params(context) if isinstance(one, click.Argument) for taken in _takes(one)
    ]
    return {"help": said, "arguments": arguments, "options": options}


def _option(one: click.Option) -> dict[str, object]:
    listed = _LISTED.match(one.help or "")
    if one.is_flag or one.name in ("help", "version"):
        return {"takes": ""}
    if listed and one.metavar in ("FORMATS", "STATES"):
        return {"takes": listed[0].split(", "), "many": True}
    return _takes(one)[0]


def _takes(one: click.Parameter) -> list[dict[str, object]]:
    """How a value is completed, by its type, and by what stands for it in the help."""
    if isinstance(one.type, click.Choice):
        return [{"takes": list(one.type.choices)}]
    if isinstance(one.type, click.Path):
        return [{"takes": "FILES" if one.type.file_okay else "FOLDERS"}]
    return _METAVARS.get(one.metavar or (one.name or "").upper(), [{"takes": "TEXT"}])


def test_what_commands_take_is_known(request: pytest.FixtureRequest) -> None:
    """`commands.json` says of each what its own options and arguments say; --update-goldens writes it anew."""
    text = json.dumps(known(), ensure_ascii=False, indent=1) + "\n"
    if request.config.getoption("--update-goldens"):
        KNOWN.write_text(text, "utf-8")
    assert KNOWN.read_text("utf-8") == text


@pytest.fixture
def filled(repository: Repository, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """A repository with two policies and a few records, and somebody in it."""
    repository.write("one", BODY)
    repository.write("staff/two", BODY)
    for name in ("2025-09-annual", "2026-09-14-annual", "2026-09-20-correction"):
        repository.write_raw(f"reviews/one/{name}.yaml", b"")
    repository.write_raw("reviews/one/wording/0123456789abcdef.md", b"")
    monkeypatch.chdir(repository.root)
    return repository


def offered(line: str) -> list[str]:
    """The words that are offered for `policytool LINE`."""
    return [offer.word for offer in complete(f"policytool {line}")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sh", ["show"]),
        ("--ro", ["--root"]),
        ("show ", ["one", "two"]),
        ("show t", ["two"]),
        ("show source/o", ["FILES"]),
        ("show one#", ["one#conduct", "one#running", "one#walking"]),
        ("show 'one#r", ["one#running"]),
        ("show one\\#r", ["one#running"]),
        ("refs source/one.md#w", ["source/one.md#walking"]),
        ("show source/staff/two.md#c", ["source/staff/two.md#conduct"]),
        ("show three#", []),
        ("show one two", []),
        ("show one --no-p", ["--no-pager"]),
        ("show one --at ", ["working", "approved", "annual:2026-09-14", "annual:2025-09"]),
        ("show one --at annual:2025", ["annual:2025-09"]),
        ("show one#running --at=app", ["--at=approved"]),
        ("show one --at @", ["@2026-09-20", "@2026-09-14"]),
        ("build --at w", ["working"]),
        ("build one --to p", ["pdf"]),
        ("build --to docx,", ["docx,pdf", "docx,html"]),
        ("build --to=html,d", ["--to=html,docx"]),
        ("build --out ", ["FOLDERS"]),
        ("build --draft one t", ["two"]),
        ("diff on", ["one", "FILES"]),
        ("diff one app", ["approved"]),
        ("diff one approved w", ["working"]),
        ("record one ", ["annual"]),
        ("record one annual --by g", ["governing-board"]),
        ("record one --outcome no", ["no-change"]),
        ("record one --correct 2026", ["2026-09-20-correction", "2026-09-14-annual"]),
        ("record three ", []),
        ("explain PT20", [f"PT20{number}" for number in range(1, 9)]),
        ("completion f", ["fish"]),
        ("nothing ", []),
        ("--root nowhere show ", []),
        ("show -- --", []),
    ],
)
def test_what_may_stand_there_is_offered(filled: Repository, line: str, expected: list[str]) -> None:
    """Commands, options, choices, policies, labels, versions, records, cycles, roles, codes."""
    assert filled.root.is_dir()
    assert offered(line) == expected


def test_the_repository_is_the_one_that_is_named(filled: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """From anywhere; and where there is none, nothing is said."""
    monkeypatch.chdir(filled.root.parent)
    assert offered("show o") == []
    assert offered(f"--root {filled.root} show o") == offered(f"--root={filled.root} show o") == ["one"]


def test_a_label_is_told_with_its_line(filled: Repository) -> None:
    """So that it can be known by its words."""
    assert filled.root.is_dir()
    [offer] = complete("policytool show one#ru")
    assert offer.help == "Staff must not run."


def test_the_reference_library_is_completed() -> None:
    """Cycles and roles as its files are written."""
    library = f"--root {CLONE}"
    assert offered(f"{library} record social-media-staff ") == ["annual", "governors"]
    assert offered(f"{library} record whistleblowing annual --by ch") == ["chair"]
    assert "whistleblowing#protected" in offered(f"{library} show whistleblowing#")


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=8), min_size=1, max_size=5))
def test_words_come_out_of_their_quotes_as_they_went_in(words: list[str]) -> None:
    """However they were quoted."""
    line = " ".join("'" + word.replace("'", "'\"'\"'") + "'" for word in words)
    assert words_of(f"policytool {line}") == words


@settings(deadline=None)
@given(st.text())
def test_no_line_is_an_error(line: str) -> None:
    """Whatever is typed."""
    assert isinstance(complete(line), list)


def asked(shell: str, line: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """What the script of a shell gets to read."""
    environment = {**os.environ, "POLICYTOOL_LINE": line, "PYTHONPATH": str(CLONE)}
    command = [sys.executable, "-X", "importtime", "-m", "policytool", "completion", shell]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_scripts_ask_by_the_environment(filled: Repository, shell: str) -> None:
    """A line an offer, which is all of the protocol; a word of PowerShell is out of its quotes too."""
    assert asked(shell, "policytool show 'one#r", filled.root).stdout == "one#running\t-\tStaff must not run.\n"
    assert asked(shell, "policytool build --to docx,p", filled.root).stdout == "docx,pdf\t+\t\n"
    assert asked(shell, "policytool show source\\one", filled.root).stdout == ""


@pytest.mark.parametrize("line", ["", "show one#", "record one ", "build --to ", "diff one "])
def test_nothing_is_imported_that_takes_time(filled: Repository, line: str) -> None:
    """Neither click nor a command nor a reader of Markdown or YAML."""
    told = asked("bash", f"policytool {line}", filled.root)
    imported = {line.rpartition("|")[2].strip() for line in told.stderr.splitlines()}
    assert told.stdout
    assert not imported & {"click", "yaml", "markdown_it", "policytool.cli", "policytool.parse.markdown"}
    assert not [name for name in imported if name.startswith("policytool.commands")]


def test_a_key_is_answered_at_once(filled: Repository) -> None:
    """Sooner than the list of commands, which takes 50 ms where a machine has nothing else to do."""
    lists, answers = [], []
    for _ in range(7):
        lists.append(seconds(filled.root, "--help"))
        answers.append(seconds(filled.root, "completion", "bash"))
    assert min(answers) < 1.2 * min(lists)


def seconds(folder: Path, *arguments: str) -> float:
    """How long a command takes, for a line that asks for labels where it is completion."""
    environment = {**os.environ, "POLICYTOOL_LINE": "policytool show one#", "PYTHONPATH": str(CLONE)}
    begin = time.perf_counter()
    command = [sys.executable, "-m", "policytool", *arguments]
    subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=True)
    return time.perf_counter() - begin


def test_the_script_is_printed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """For each shell; and the command answers too when it is called by the long way."""
    for shell in ("bash", "zsh", "fish", "powershell"):
        assert run(["completion", shell]) == 0
        assert "POLICYTOOL_LINE" in capsys.readouterr().out
    assert run(["completion", "tcsh"]) == 2
    capsys.readouterr()
    monkeypatch.setenv("POLICYTOOL_LINE", "policytool expl")
    assert run(["completion", "bash"]) == 0
    assert capsys.readouterr().out.startswith("explain\t-\t")


# Real shells


@pytest.fixture
def command(tmp_path: Path) -> str:
    """A folder that holds a `policytool` which runs this one."""
    program = tmp_path / "bin" / "policytool"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{CLONE}" exec "{sys.executable}" -m policytool "$@"\n')
    program.chmod(0o755)
    return str(program.parent)


def begun(shell: list[str], folder: Path, programs: str, environment: Mapping[str, Any]) -> Terminal:
    """A shell at a terminal, that finds this policytool."""
    if shutil.which(shell[0]) is None:
        missing(shell[0])
    path = f"{programs}{os.pathsep}{os.environ['PATH']}"
    home = {"HOME": str(folder), "PATH": path, "TERM": "dumb", "PS1": "$ "}
    return Terminal(shell, folder, {**home, **environment}, columns=200)


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("policytool sho\t", "policytool show "),
        ("policytool show o\t", "policytool show one "),
        ("policytool show one#ru\t", "policytool show one#running "),
        ("policytool show one --at annual:2026\t", "policytool show one --at annual:2026-09-14 "),
        ("policytool show one --at=app\t", "policytool show one --at=approved "),
        ("policytool build --to docx,p\t", "policytool build --to docx,pdf"),
        ("policytool build --out sou\t", "policytool build --out source/"),
        ("policytool show --at @2026-09-1\t", "policytool show --at @2026-09-1"),
        ("policytool diff one @2026-09-1\t", "policytool diff one @2026-09-14 "),
    ],
)
def test_bash_completes(filled: Repository, command: str, typed: str, completed: str) -> None:
    """Colons and equals signs included, at which it divides words."""
    with begun(["bash", "--norc", "--noprofile", "-i"], filled.root, command, {}) as terminal:
        terminal.until("$ ")
        terminal.type('eval "$(policytool completion bash)"; echo "re"ady\n')
        terminal.until("ready\r\n")
        terminal.until("$ ")
        terminal.type(typed)
        # What the line is by then, the shell tells itself.
        terminal.type("\x01printf '<%s>' '\x05'\n")
        assert f"<{completed}>" in terminal.until(">$ ")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("policytool sho\t", "policytool show "),
        ("policytool show one#ru\t", "policytool show one\\#running "),
        ("policytool show one\\#ru\t", "policytool show one\\#running "),
        ("policytool show one --at annual:2026\t", "policytool show one --at annual:2026-09-14 "),
        ("policytool build --to docx,p\t", "policytool build --to docx,pdf"),
        ("policytool build --out sou\t", "policytool build --out source/"),
    ],
)
def test_zsh_completes(filled: Repository, command: str, typed: str, completed: str) -> None:
    """By its own completion system, which quotes what may be a pattern."""
    with begun(["zsh", "-f", "-i"], filled.root, command, {}) as terminal:
        terminal.type('PS1="%# "; autoload -Uz compinit; compinit -u -D; eval "$(policytool completion zsh)"\n')
        terminal.type('show() { print -r -- "<$BUFFER>" }; zle -N show; bindkey "^X" show; echo "re"ady\n')
        terminal.until("ready\r\n")
        terminal.type(typed)
        terminal.type("\x18")
        assert f"<{completed}>" in terminal.until(">")


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("policytool sho", "show\tShow the text of a policy, or a part of it, at the terminal.\n"),
        ("policytool show one#ru", "one#running\tStaff must not run.\n"),
        ("policytool show one --at annual:2026", "annual:2026-09-14\tthe wording of that review\n"),
        ("policytool build --to docx,p", "docx,pdf\n"),
        ("policytool build --out sou", "source/\tDirectory\n"),
        ("policytool record one ", "annual\n"),
    ],
)
def test_fish_completes(filled: Repository, command: str, typed: str, completed: str) -> None:
    """With what is said of each."""
    if shutil.which("fish") is None:
        missing("fish")
    program = f"policytool completion fish | source; complete -C '{typed}'"
    environment = {**os.environ, "PATH": f"{command}{os.pathsep}{os.environ['PATH']}", "HOME": str(filled.root)}
    told = subprocess.run(
        ["fish", "--no-config", "-c", program],
        cwd=filled.root,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout == completed
    assert told.stderr == ""
