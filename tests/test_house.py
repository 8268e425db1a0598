"""The house rules that import contracts cannot express, read from the source itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import policytool

PACKAGE = Path(policytool.__file__).parent
MODULES = sorted(PACKAGE.rglob("*.py"))

DOORS = ("__main__.py", "cli.py", "commands/")
# The font package holds each face twice, and typst takes folders only: the PDF engine lays its faces out in one.
DISK = ("store/", "render/pdf/engine.py")

RULES = {
    "prints": (DOORS, {"print", "echo", "secho"}),
    "asks the clock": (("cli.py",), {"now", "today", "utcnow", "time", "monotonic"}),
    "touches files": (
        DISK,
        {
            "open",
            "mkdir",
            "unlink",
            "rename",
            "rmtree",
            "TemporaryFile",
            "mkdtemp",
            "mkstemp",
            "copyfile",
            "write_bytes",
        }
        | {"write_text", "chmod", "iterdir", "rglob", "glob", "fsync"},
    ),
}


def calls(path: Path) -> Iterator[tuple[str, int]]:
    """The name of every function that a module calls, with its line."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                yield function.id, node.lineno
            elif isinstance(function, ast.Attribute):
                yield function.attr, node.lineno


@pytest.mark.parametrize("rule", RULES)
def test_only_its_own_rooms_do_it(rule: str) -> None:
    """Printing, the clock and the disk each belong to one room."""
    rooms, names = RULES[rule]
    strangers = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line} {name}()"
        for path in MODULES
        if not path.relative_to(PACKAGE).as_posix().startswith(rooms)
        for name, line in calls(path)
        if name in names
    ]
    assert strangers == [], f"only {', '.join(rooms)} {rule}"


def test_only_history_speaks_git() -> None:
    """GitPython is imported in one module."""
    speakers = [path.name for path in MODULES if "import git" in path.read_text("utf-8")]
    assert speakers == ["history.py"]


def test_functions_are_short() -> None:
    """Half of all functions have at most seven lines of code, and hardly any has more than forty."""
    lengths = sorted(
        (node.end_lineno or 0) - node.body[0].lineno + 1
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef)
    )
    assert lengths[len(lengths) // 2] <= 7
    assert sum(length > 40 for length in lengths) <= 2


def test_files_are_read_in_one_sitting() -> None:
    """No module has more than four hundred lines, but for lists of findings."""
    long = [path.name for path in MODULES if len(path.read_text("utf-8").splitlines()) > 400]
    assert [name for name in long if name != "findings.py"] == []
