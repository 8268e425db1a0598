"""`policytool site`: what is written, left alone, taken away and refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from policytool.cli import run
from policytool.model.site import comparison_path, policy_path
from tests.published import published
from tests.reviewed import School, reviewed
from tests.sites import Shelf, shelf, source

__all__ = ["published", "reviewed"]

TEXT = source("# Words\n\n1. Staff must read this.\n", "Uniform Policy")
INTERNAL = source("# Words\n\n1. Staff must read this.\n", "Uniform Policy", "publish: internal\n")


@pytest.fixture
def library(tmp_path: Path) -> Shelf:
    """Two policies, of which one was approved."""
    made = shelf(tmp_path / "library")
    made.policy("uniform", TEXT)
    made.approve("uniform", "2024-05-01", TEXT)
    made.policy("hygiene", source("# Words\n\n1. Wash hands.\n", "Hygiene Policy"))
    return made


def site(library: Shelf, *options: str) -> int:
    """Run the command; its exit code."""
    return run(["--root", str(library.root), "site", "--no-documents", *options])


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_made_again_it_is_left_alone(library: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    """And says so."""
    assert site(library) == 0
    before = {path: path.stat().st_mtime_ns for path in (library.root / "build/site").rglob("*")}
    assert site(library) == 0
    assert "is up to date: 2 policies" in capsys.readouterr().err
    assert before == {path: path.stat().st_mtime_ns for path in (library.root / "build/site").rglob("*")}


def test_a_page_that_was_altered_or_lost_is_made_again(library: Shelf) -> None:
    """Neither the time nor the size of a file is believed."""
    site(library)
    folder = library.root / "build/site"
    before = files(folder)
    (folder / policy_path("uniform")).write_bytes(b"x")
    (folder / "index.html").unlink()
    assert site(library) == 0
    assert files(folder) == before


def test_documents_are_made_again_only_with_their_text(library: Shelf) -> None:
    """An edit of the working text leaves those of the approved wording alone; they are what would be made."""
    command = ["--root", str(library.root), "site"]
    run(command)
    folder = library.root / "build/site"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.pdf")}
    library.policy("uniform", TEXT.replace("read", "know"))
    assert run(command) == 0
    assert before == {path: path.stat().st_mtime_ns for path in folder.rglob("*.pdf")}
    afresh = library.root / "build/afresh"
    run([*command, "--out", str(afresh)])
    assert files(folder) == files(afresh)
    next(iter(before)).unlink()
    run(command)
    assert files(folder) == files(afresh)


def test_a_policy_that_goes_leaves_nothing_behind(library: Shelf) -> None:
    """Nor does one whose pages somebody altered, nor one whose site was deleted meanwhile."""
    site(library)
    folder = library.root / "build/site"
    (folder / policy_path("hygiene")).write_bytes(b"altered")
    (library.root / "source/hygiene.md").unlink()
    assert site(library) == 0
    assert not [path for path in files(folder) if "hygiene" in path]
    shutil.rmtree(folder)
    (library.root / "source/uniform.md").unlink()
    shutil.rmtree(library.root / "reviews/uniform")
    assert site(library) == 0
    assert not [path for path in files(folder) if "uniform" in path]


def test_what_became_internal_goes_however_the_run_before_ended(library: Shelf) -> None:
    """The files are listed before they are written: a run that is killed leaves none that the next does not know."""
    site(library, "--public")
    kept = next((library.root / "build/kept").glob("site-*[0-9a-f].json"))
    kept.unlink()
    library.policy("uniform", INTERNAL)
    assert site(library, "--public") == 0
    folder = library.root / "build/site-public"
    assert not [path for path in files(folder) if "uniform" in path]
    assert b"Uniform" not in b"".join(files(folder).values())


def test_the_calendar_follows_what_is_for_the_website(library: Shelf) -> None:
    """An event leads to the page of a policy, as long as that is published."""
    site(library)
    feed = library.root / "build/site/calendar.ics"
    before = feed.read_bytes()
    library.policy("uniform", INTERNAL)
    site(library)
    afresh = library.root / "build/afresh"
    site(library, "--out", str(afresh))
    assert feed.read_bytes() == (afresh / "calendar.ics").read_bytes() != before


def test_strange_files_are_told_and_left(library: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    """Among what is for everybody they are an error."""
    for name, options, code in (("site", (), 0), ("site-public", ("--public",), 1)):
        folder = library.root / "build" / name
        (folder / "old").mkdir(parents=True)
        (folder / "old/page.html").write_text("x", "utf-8")
        assert site(library, *options) == code
        assert "old/page.html is in " in capsys.readouterr().err
        assert (folder / "old/page.html").exists()


@pytest.mark.parametrize(
    "out", ["source", "reviews/deep", ".", "..", "build", "build/kept", "build/published/x", ".git"]
)
def test_it_is_written_nowhere_among_other_things(library: Shelf, out: str) -> None:
    """Not even by a way round."""
    before = files(library.root)
    assert site(library, "--out", str(library.root / "source" / ".." / out)) == 2
    assert files(library.root) == before


def test_a_text_with_errors_is_left_out_and_the_approved_shown(library: Shelf) -> None:
    """A policy that was never approved has no page then."""
    broken = source("# Words\n\n1. See [](#nowhere).\n", "Uniform Policy")
    library.policy("uniform", broken)
    library.policy("hygiene", broken)
    assert site(library) == 1
    found = files(library.root / "build/site")
    assert "uniform/index.html" in found
    assert "uniform/working/index.html" not in found
    assert "hygiene/index.html" not in found


def test_nothing_is_written_where_it_is_only_tried(library: Shelf, capsys: pytest.CaptureFixture[str]) -> None:
    """What would be is told."""
    assert site(library, "--dry-run") == 0
    assert "would be written to" in capsys.readouterr().err
    assert not (library.root / "build").exists()


def test_a_withdrawal_to_come_is_told_without_calling_it_past(library: Shelf) -> None:
    """No byte knows the day: the policy is in force until then, and its reviews before that day are held."""
    library.policy(
        "uniform", source("# Words\n\n1. Staff must read this.\n", "Uniform Policy", "withdrawn: 2040-01-01\n")
    )
    site(library)
    folder = library.root / "build/site"
    page = (folder / "uniform/index.html").read_text("utf-8")
    assert "Withdrawn from 1 January 2040: not in force from then on" in page
    assert "no longer" not in page
    assert "Uniform Policy" in (folder / "calendar.html").read_text("utf-8")


def test_what_went_out_is_offered_as_it_went_out(published: School) -> None:
    """Byte for byte; to everybody without what a Word file carries beside its words."""
    out = {path.name: path.read_bytes() for path in (published.root / "build/published").rglob("*.*")}
    pdfs = {content for name, content in out.items() if name.endswith(".pdf")}
    for options, folder in (((), "site"), (("--public",), "site-public")):
        assert run(["--root", str(published.root), "site", *options]) == 0
        found = files(published.root / "build" / folder)
        assert {content for path, content in found.items() if path.endswith(".pdf")} & pdfs
        words = [content for path, content in found.items() if path.endswith(".docx")]
        assert bool({*words} & {*out.values()}) == (folder == "site")


def test_versions_that_have_no_page_of_their_own_have_no_comparison(library: Shelf) -> None:
    """Of one approved wording, that is the text, there is nothing to compare."""
    site(library)
    found = files(library.root / "build/site")
    assert comparison_path("uniform", "2024-05-01", "working") not in found
    library.policy("uniform", TEXT.replace("read", "know"))
    site(library)
    assert comparison_path("uniform", "2024-05-01", "working") in files(library.root / "build/site")
