"""Documents of any kind compared: with the source they were made of, and with each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.generate import write_policy
from policytool.compare import compare
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.parse.markdown import policy as parse
from policytool.parse.word import found
from policytool.pipeline.compare import DOCUMENTS, MARKDOWN, compare_files, compare_tracked
from policytool.pipeline.papers import Paper, pair
from policytool.pipeline.readers import READERS
from policytool.pipeline.repository import load
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.pdf import pdf
from policytool.render.word import word
from policytool.resolve import resolve
from tests.parse.word_files import p, r, word_file

ROOT = Path(__file__).parents[2]
POLICIES = ("online-safety", "social-media-staff", "staff-acceptable-use", "whistleblowing")
MADE = {"docx": word, "pdf": pdf, "html": html}
OLD = (
    "Lettings Policy\n\nApproved by: Governors\n\nDate for review: September 2025\n\n1. Aims\n\n"
    "1.1 Halls may be let.\n\n1.2 A deposit must be paid.\n\n2. Keys\n\n"
    "2.1 Keys are given once the deposit in clause 1.2 is paid.\n"
)
NEW = OLD.replace("1.2 A", "1.2 Pupils come first.\n\n1.3 A").replace("clause 1.2", "clause 1.3")


@pytest.fixture(scope="module")
def library() -> dict[str, Edition]:
    """The reference library, with what is known of its others."""
    repository = load(ROOT)
    return {name: Edition(policy, repository.library) for name, policy in repository.library.policies.items()}


@pytest.mark.parametrize("form", MADE)
@pytest.mark.parametrize("name", POLICIES)
def test_a_source_and_what_was_built_of_it_say_the_same(
    library: dict[str, Edition], tmp_path: Path, name: str, form: str
) -> None:
    """Bold, links, title block, running heads, contents, notices and footnotes are no changes."""
    made = tmp_path / f"{name}.{form}"
    made.write_bytes(MADE[form](library[name]))
    source = ROOT / "source" / f"{name}.md"
    assert not compare_files(source, made).comparison.differs
    assert not compare_files(made, source).comparison.differs


@pytest.mark.parametrize(("one", "other"), [("docx", "html"), ("docx", "pdf"), ("html", "pdf")])
def test_two_documents_built_of_one_source_say_the_same(
    library: dict[str, Edition], tmp_path: Path, one: str, other: str
) -> None:
    """Whatever they are."""
    paths = [tmp_path / f"x.{form}" for form in (one, other)]
    for path, form in zip(paths, (one, other), strict=True):
        path.write_bytes(MADE[form](library["online-safety"]))
    assert not compare_files(*paths).comparison.differs


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10_000), st.integers(3, 60))
def test_any_policy_and_the_word_file_built_of_it_say_the_same(seed: int, clauses: int) -> None:
    """Sections, clauses, items, tables, footnotes and references in every order."""
    policy = parse(write_policy(clauses, seed), "generated", "generated.md")[0]
    edition = Edition(policy, resolve([policy], Settings())[0])
    both = pair(Paper("a.md", edition), Paper("a.docx", None, found(word(edition))[0]))
    assert not compare(both.old.policy, both.new.policy).differs


def test_only_what_was_edited_is_told(library: dict[str, Edition], tmp_path: Path) -> None:
    """Of a source that went on since a PDF was published, one word."""
    source = (ROOT / "source" / "online-safety.md").read_text("utf-8")
    (tmp_path / "old.pdf").write_bytes(pdf(library["online-safety"]))
    (tmp_path / "policytool.yaml").write_bytes((ROOT / "policytool.yaml").read_bytes())
    (tmp_path / "source").mkdir()
    for path in (ROOT / "source").glob("*.md"):
        (tmp_path / "source" / path.name).write_bytes(path.read_bytes())
    edited = tmp_path / "source" / "online-safety.md"
    edited.write_text(source.replace("should", "must", 1), "utf-8")
    assert edited.read_text("utf-8") != source
    comparison = compare_files(tmp_path / "old.pdf", edited).comparison
    assert [change.kind.value for change in comparison.edits] == ["reworded"]
    assert not comparison.fields


def test_a_number_that_is_cited_and_moved_on_is_no_change(tmp_path: Path) -> None:
    """A clause came in before the one that is cited: the words that cite it are the same."""
    (tmp_path / "old.txt").write_text(OLD)
    (tmp_path / "new.txt").write_text(NEW)
    comparison = compare_files(tmp_path / "old.txt", tmp_path / "new.txt").comparison
    assert [change.kind.value for change in comparison.edits] == ["inserted"]


def test_title_blocks_of_two_documents_are_compared(tmp_path: Path) -> None:
    """A date of the next review that is another is told; a source has it in its records."""
    (tmp_path / "old.txt").write_text(OLD)
    (tmp_path / "new.txt").write_text(OLD.replace("2025", "2027"))
    [field] = compare_files(tmp_path / "old.txt", tmp_path / "new.txt").comparison.fields
    assert (field.name, field.before, field.after) == ("Next review", "September 2025", "September 2027")


def test_tracked_changes_of_one_word_file_are_compared(tmp_path: Path) -> None:
    """As they are rejected with as they are accepted."""
    tracked = '<w:ins w:author="A" w:id="1">' + r(" and by noon") + "</w:ins>"
    path = tmp_path / "x.docx"
    path.write_bytes(word_file(p("Lettings Policy") + p(r("Keys must be returned on the day") + tracked)))
    comparison = compare_tracked(path).comparison
    assert [change.kind.value for change in comparison.edits] == ["reworded"]
    assert comparison.old.version == "x.docx, changes rejected"


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.odt", b"PK", "is not read"),
        ("x.docx", b"nothing", "cannot read"),
        ("x.pdf", b"%PDF-1.4", "cannot read"),
        ("x.docm", b"PK", "is not read"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    """With the name of the file."""
    (tmp_path / name).write_bytes(content)
    (tmp_path / "y.txt").write_text(OLD)
    with pytest.raises(UnableError, match=said) as told:
        compare_files(tmp_path / name, tmp_path / "y.txt")
    assert name in str(told.value)


def test_each_ending_that_is_imported_can_be_compared() -> None:
    """No reader is forgotten."""
    assert {*DOCUMENTS, *MARKDOWN} == {*READERS, ""}
