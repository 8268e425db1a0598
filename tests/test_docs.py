"""The manual says what is true: pages are held against `--help`, the catalogue of findings, and the README's commands.

`pytest tests/test_docs.py --update-goldens` writes what is generated anew.
"""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from policytool.catalogue import findings
from policytool.cli import COMMANDS, cli
from policytool.render.page import contents, page

DOCS = Path(__file__).parent.parent / "docs"
HELP = re.compile(r"```text\n\$ policytool [^\n]*--help\n.*?```", re.DOTALL)


def help_block(name: str) -> str:
    """What a command prints for `--help`, as it stands in the manual."""
    root = click.Context(cli, info_name="policytool", terminal_width=80, help_option_names=["-h", "--help"])
    if not name:
        return f"```text\n$ policytool --help\n{cli.get_help(root)}\n```"
    command = cli.get_command(root, name)
    assert command is not None
    context = click.Context(command, info_name=name, parent=root, terminal_width=80)
    return f"```text\n$ policytool {name} --help\n{command.get_help(context)}\n```"


def generated(update: pytest.FixtureRequest, path: Path, text: str) -> None:
    """Hold a generated file against its text, or write it."""
    if update.config.getoption("--update-goldens"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_each_command_has_a_page_with_its_help(name: str, request: pytest.FixtureRequest) -> None:
    """Word for word."""
    path = DOCS / "commands" / f"{name or 'policytool'}.md"
    block = help_block(name)
    generated(request, path, HELP.sub(lambda _: block, path.read_text("utf-8")))
    assert block in path.read_text("utf-8")


def test_each_page_belongs_to_a_command() -> None:
    """No page outlives its command."""
    assert {path.stem for path in (DOCS / "commands").glob("*.md")} == {"policytool", *COMMANDS}


@pytest.mark.parametrize("name", COMMANDS)
def test_the_list_of_commands_says_what_each_command_says(name: str) -> None:
    """The line in `policytool --help` is the first line of the command's own help."""
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    assert command.get_short_help_str(200) == COMMANDS[name]


@pytest.mark.parametrize("finding", findings(), ids=lambda finding: finding.code)
def test_each_finding_has_its_page(finding: object, request: pytest.FixtureRequest) -> None:
    """The same words that `policytool explain` prints."""
    [known] = [one for one in findings() if one is finding]
    generated(request, DOCS / "findings" / f"{known.code}.md", page(known))


def test_the_findings_are_listed_and_none_is_left_over(request: pytest.FixtureRequest) -> None:
    """A page a code, and a list of them."""
    generated(request, DOCS / "findings" / "README.md", contents(findings()))
    pages = {path.stem for path in (DOCS / "findings").glob("PT*.md")}
    assert pages == {finding.code for finding in findings()}


def test_links_between_pages_lead_somewhere() -> None:
    """Files that the manual, the README and the notes for contributors link to are there."""
    pages = [*DOCS.rglob("*.md"), *DOCS.parent.glob("*.md")]
    for path in pages:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#\s]+)", _prose(path.read_text("utf-8"))):
            assert (path.parent / target).exists(), f"{path.name} links to {target}"


def _prose(text: str) -> str:
    """A page without its examples."""
    return re.sub(r"(`+).*?\1", "", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
