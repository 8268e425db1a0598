"""The cases of this folder, each held against what is found; and every finding made by one of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policytool.catalogue import ROOMS, findings
from policytool.check import check_name
from policytool.model.diagnostic import Diagnostic, Finding
from policytool.parse.ledger import ledger
from policytool.parse.markdown import policy as parse
from policytool.parse.pdf import found as pdf
from policytool.parse.people import people
from policytool.parse.text import text
from policytool.parse.word import found as found_in_word
from policytool.pipeline.repository import load
from policytool.resolve import resolve
from tests.cases import FRONT, SETTINGS, Case, cases, each_case, everything, everything_in_settings
from tests.parse.test_pdf import REFUSED, locked
from tests.parse.word_files import word_file
from tests.templates import PICTURED
from tests.templates import bare as word_template

OF_RECORDS = "PT400"
FILES = ("parse.txt", "resolve.txt", "check.txt", "settings.txt")


def named() -> dict[str, Finding]:
    """The findings by the names that they have in the code."""
    return {name: one for room in ROOMS for name, one in vars(room).items() if isinstance(one, Finding)}


@each_case("parse.txt")
def test_reading_finds_exactly_these_mistakes(case: Case) -> None:
    """What Markdown would swallow or invent is found at the very word, and nothing else is."""
    case.hold(*everything(case.text))


@each_case("resolve.txt")
def test_resolving_finds_exactly_these_mistakes(case: Case) -> None:
    """Names that stand for nothing, and numbers that went stale."""
    case.hold(*everything(case.text))


@each_case("check.txt")
def test_checking_finds_exactly_these_mistakes(case: Case) -> None:
    """The house rules, with what only looks like a breach of one."""
    case.hold(*everything(case.text))


@each_case("settings.txt")
def test_reading_settings_finds_exactly_these_mistakes(case: Case) -> None:
    """Fields and names in `policytool.yaml`."""
    case.hold(everything_in_settings(case.text))


def _of_whole_files(folder: Path) -> list[Diagnostic]:
    """Findings that no text can make: of bytes, names, and files that are not there."""
    found = [*parse(FRONT + "word " * 5_000, "x", "x.md")[1], *text(b"\xff", "x")[1], *text(b"\0", "x")[1]]
    found += [*text(b" " * 5_000_001, "x")[1], *check_name("X", "X.md")]
    found += _of_word_files()
    found += [*ledger(b'words\n{"day', "x")[1], *people("x: {name: X, email: x@y}", "x", set())[1]]
    twins = [parse(FRONT, "twin", path)[0] for path in ("source/a/twin.md", "source/b/twin.md")]
    (folder / "source").mkdir()
    (folder / "policytool.yaml").write_text("organisation: {name: Example}\n", encoding="utf-8")
    (folder / "source" / "outside.md").symlink_to("/etc/hostname")
    (folder / "source" / "dangling.md").symlink_to(folder / "nowhere")
    found += [one for made in (*(content for content, _ in REFUSED.values()), locked()) for one in pdf(made)[1]]
    return [*found, *resolve(twins, SETTINGS)[1], *load(folder).diagnostics, *_of_house_files(folder)]


def _of_word_files() -> list[Diagnostic]:
    """Findings in Word files that are to be imported."""
    macros = word_file("", main="application/vnd.ms-word.document.macroEnabled.main+xml")
    large = word_file("", raw={"word/document.xml": b" " * 40_000_001})
    return [one for docx in (b"words", macros, large) for one in found_in_word(docx)[1]]


def _of_house_files(folder: Path) -> list[Diagnostic]:
    """Findings in the files that the settings name for the house style."""
    files = {"words.txt": b"words", "large.png": b" " * 1_000_001, "losing.docx": word_template(PICTURED)}
    for name, content in files.items():
        (folder / name).write_bytes(content)
    styles: tuple[str, ...] = ("{word: nowhere.docx}", "{word: ../x.docx}", "{crest: large.png}", "{word: words.txt}")
    styles += ("{word: losing.docx}", "{crest: words.txt}", "{font: words.txt}")
    found: list[Diagnostic] = []
    for style in styles:
        (folder / "policytool.yaml").write_text(f"organisation: {{name: X}}\nhouse: {style}\n", encoding="utf-8")
        found += load(folder).diagnostics
    return found


def test_every_finding_in_the_manual_can_be_made(tmp_path: Path) -> None:
    """A finding that nothing makes would be a page about nothing."""
    made = {code for name in FILES for case in cases(name) for code in case.codes}
    made |= {one.finding.code for one in _of_whole_files(tmp_path)}
    assert {finding.code for finding in findings() if finding.code < OF_RECORDS} - made == set()


def test_every_finding_about_records_and_history_is_made_by_some_test() -> None:
    """They take whole repositories: tests/review, tests/pipeline and tests/store make them, by name or by code."""
    told = "".join(path.read_text("utf-8") for path in Path(__file__).parent.parent.rglob("test_*.py"))
    later = {finding.code: name for name, finding in named().items() if finding.code >= OF_RECORDS}
    assert [code for code, name in later.items() if code not in told and name not in told] == []


EXAMPLES = [finding for finding in findings() if finding.wrong and finding.code < OF_RECORDS]


def _example(finding: Finding, words: str) -> list[str]:
    """The codes found in an example, which may be a whole file, a field, or text."""
    if finding.code == "PT110":
        return [one.finding.code for one in parse(words, "x", "x.md")[1]]
    read = FRONT + _ending(words) + "1. Labels {#declare}\n" * ("(#declare)" in words)
    if finding.code < "PT120" or finding.code == "PT210":
        read = _with_field(words)
    return [one.finding.code for one in everything(read)[0]]


def _ending(words: str) -> str:
    """An example as the end of a policy: a heading that ends it is given some text."""
    last = words.rsplit("\n", maxsplit=1)[-1]
    return f"{words}\n\nwords\n\n" if last.startswith("#") or last == "---" else f"{words}\n\n"


def _with_field(words: str) -> str:
    name = words.partition(":")[0]
    if name == "every":
        return FRONT.replace("every: 12 months", words)
    name = {"aprover": "approver"}.get(name, name)
    kept = [line for line in FRONT.split("\n") if not line.startswith(f"{name}:")]
    return "\n".join([kept[0], words, *kept[1:]])


@pytest.mark.parametrize("finding", EXAMPLES, ids=[finding.code for finding in EXAMPLES])
def test_the_wrong_example_of_a_finding_makes_it_and_the_right_one_does_not(finding: Finding) -> None:
    """What `policytool explain` shows must be true."""
    assert finding.code in _example(finding, finding.wrong)
    assert finding.code not in _example(finding, finding.right)
