"""`policytool diff` and `policytool refs`, as governors run them, or somebody for them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policytool.cli import run
from tests.history import Git, school, text

__all__ = ["school"]

OLD = text("1. Staff should be kind. {#kind}\n2. Staff must report harm within ten days.\n3. Pupils may ask why.\n")
NEW = text(
    "1. Staff must be kind. {#kind}\n2. Visitors must sign in at reception.\n"
    "3. Staff must report harm within ten days.\n4. Pupils may ask why.\n"
)


@pytest.fixture
def changed(school: Git) -> Git:
    """A policy as committed in January, and as it stands now."""
    school.commit({"source/conduct.md": OLD}, "Begin", day="2024-01-10T12:00:00Z")
    school.commit({"source/conduct.md": NEW}, "Change", day="2024-02-10T12:00:00Z")
    return school


def test_what_changed_is_said_first(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """In words to be read aloud; exit code 1 tells that something differs."""
    assert changed.run("diff", "conduct", "@2024-01-31") == 1
    printed = capsys.readouterr().out
    assert "1 clause reworded, 1 inserted; 2 only renumbered." in printed
    assert "One duty became stronger." in printed
    assert "[-should-] {+must+}" in printed
    assert "ten days" not in printed


def test_nothing_changed_is_exit_code_0(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """Decided from the comparison, whatever the format prints."""
    for form in ("text", "json", "html"):
        assert changed.run("diff", "conduct", "git:HEAD", "working", "--to", form) == 0
    assert "Nothing changed." in capsys.readouterr().out


def test_without_a_version_it_is_held_against_the_approved_wording(
    changed: Git, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of which there is none yet: it says so, and what to do."""
    assert changed.run("diff", "conduct") == 2
    assert "has been approved yet" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("form", "start"), [("html", b"<!DOC"), ("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("json", b"{")]
)
def test_each_format_can_be_written_to_a_file(changed: Git, form: str, start: bytes) -> None:
    """Under the name that was asked for."""
    out = changed.root / "papers" / f"changes.{form}"
    assert changed.run("diff", "conduct", "@2024-01-31", "--to", form, "--out", str(out)) == 1
    assert out.read_bytes().startswith(start)


def test_files_are_named_after_policy_and_versions(changed: Git) -> None:
    """In build/compare/, where they are found again."""
    assert changed.run("diff", "conduct", "@2024-01-31", "--to", "html") == 1
    [made] = (changed.root / "build" / "compare" / "conduct").iterdir()
    assert made.name.endswith("of-10-January-2024--the-working-text.html")
    assert changed.run("diff", "conduct", "@2024-01-31", "--to", "pdf", "--dry-run") == 1
    assert len(list(made.parent.iterdir())) == 1


def test_a_policy_absent_on_one_side_is_told(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """With the version in which it is not."""
    changed.write("newer", "# One\n\n1. Staff must be kind.\n")
    assert changed.run("diff", "newer", "git:HEAD") == 2
    assert "`newer` is not in the library at commit" in capsys.readouterr().err


def test_a_whole_library_is_compared(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """What came, what went, what was renamed, what changed."""
    lettings = text(
        "1. The hall may be let to clubs.\n2. A deposit must be paid before the key is given.\n", "Lettings"
    )
    changed.commit({"source/lettings.md": lettings, "source/visits.md": text(title="Visits")}, "More")
    before = changed.git("rev-parse", "HEAD")
    changed.commit({"source/lettings.md": None, "source/hiring.md": lettings, "source/visits.md": None}, "Fewer")
    changed.write("uniform", "# One\n\n1. Pupils should wear grey.\n", title="Uniform")
    assert changed.run("diff", "--all", before) == 1
    printed = capsys.readouterr().out.splitlines()
    assert printed == [
        "added: uniform (Uniform)",
        "removed: visits (Visits)",
        "renamed: lettings is now hiring. Nothing changed.",
        "2 policies unchanged",
    ]
    assert changed.run("diff", "--all", before, "--to", "html") == 1
    assert (changed.root / "build" / "compare" / "hiring").is_dir()
    assert changed.run("diff", "--all", "git:HEAD~1", "git:HEAD~1") == 0


def test_two_files_are_compared_without_a_repository(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Any Markdown; numbers typed into it are numbers, and what the grammar objects to hinders nothing."""
    (tmp_path / "old.md").write_text(
        "# Terms\n\n## 2. Pictures\n\nWe may take pictures at any event of ours.\n\n<b>x</b>\n"
    )
    (tmp_path / "new.md").write_text(
        "# Terms\n\n## 2. Sharing\n\nSponsors may ask for your name and address.\n\n"
        "## 3. Pictures\n\nWe may take pictures at any event of ours.\n\n<b>x</b>\n"
    )
    assert run(["diff", str(tmp_path / "old.md"), str(tmp_path / "new.md"), "--to", "json"]) == 1
    printed = capsys.readouterr()
    counts = json.loads(printed.out)["counts"]
    assert {kind: number for kind, number in counts.items() if number} == {"inserted": 1, "renumbered": 1}
    assert "PT126" in printed.err


def test_a_file_that_is_no_text_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Never a traceback."""
    (tmp_path / "a.md").write_bytes(b"\xff\xfe")
    (tmp_path / "b.md").write_text("# B\n")
    assert run(["diff", str(tmp_path / "a.md"), str(tmp_path / "b.md")]) == 2
    assert "cannot read" in capsys.readouterr().err


def test_a_redline_can_do_without_tracked_moves(changed: Git) -> None:
    """For readers that break on them."""
    out = changed.root / "x.docx"
    arguments = ["diff", "conduct", "@2024-01-31", "--to", "docx", "--moves", "as-delete-insert", "--out", str(out)]
    assert changed.run(*arguments) == 1
    assert out.read_bytes().startswith(b"PK")


@pytest.mark.parametrize("names", [[], ["a", "b", "c", "d"]])
def test_too_few_and_too_many_names_are_told(
    changed: Git, names: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With where to look."""
    assert changed.run("diff", *names) == 2
    assert "policytool diff --help" in capsys.readouterr().err


def test_refs_shows_both_directions(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """What a clause cites, and who must look again when it changes."""
    changed.write("other", "# One\n\n1. See [](conduct.md#kind) and [](conduct.md).\n", title="Other")
    assert changed.run("refs", "conduct#kind") == 0
    assert capsys.readouterr().out.splitlines() == [
        "A Policy, clause 1.1 cites:",
        "  nothing",
        "A Policy, clause 1.1 is cited by:",
        "  Other, clause 1.1: A Policy, clause 1.1  (source/other.md:12)",
    ]
    assert changed.run("refs", "other") == 0
    assert capsys.readouterr().out.count("  Other, clause 1.1: A Policy") == 2


def test_refs_of_what_is_not_there_is_told(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """With the nearest that there is."""
    assert changed.run("refs", "conduct#kid") == 2
    assert "did you mean `kind`?" in capsys.readouterr().err


def test_documents_are_compared_in_every_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A text with a web page; what a reader guessed is told beside."""
    (tmp_path / "old.txt").write_text("Lettings Policy\n\n1. Aims\n\n1.1 Halls may be let.\n\n1.3 Keys cost money.\n")
    (tmp_path / "new.html").write_text(
        "<h1>Lettings Policy</h1><h2>1. Aims</h2><p>1.1 Halls must be let.</p><p>1.3 Keys cost money.</p>"
    )
    names = [str(tmp_path / name) for name in ("old.txt", "new.html")]
    assert run(["diff", *names]) == 1
    printed = capsys.readouterr()
    assert "[-may-] {+must+}" in printed.out
    assert "old.txt was read by its looks" in printed.err
    for form in ("html", "pdf", "docx", "json"):
        assert run(["diff", *names, "--to", form, "--out", str(tmp_path / f"made.{form}")]) == 1
        assert (tmp_path / f"made.{form}").stat().st_size


def test_a_policy_is_compared_with_a_file(changed: Git, capsys: pytest.CaptureFixture[str]) -> None:
    """The file is the old wording, and the working text the new one."""
    old = changed.root / "old.html"
    old.write_text("<h1>A Policy</h1><h2>1 One</h2><p>1.1 Staff should be kind.</p><p>1.2 Pupils may ask why.</p>")
    assert changed.run("diff", "conduct", str(old)) == 1
    assert "[-should-] {+must+}" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["missing.docx"], "there is no file missing.docx"),
        (["here.txt", "missing.pdf"], "there is no file missing.pdf"),
        (["here.txt"], "can be compared with nothing"),
        (["here.txt", "."], "is a folder"),
        ([".", "here.txt"], "is a folder"),
    ],
)
def test_what_is_no_pair_of_files_is_told(
    tmp_path: Path, names: list[str], said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And no policy is looked for."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "here.txt").write_text("Lettings\n")
    assert run(["diff", *names]) == 2
    assert said in capsys.readouterr().err
