"""What is built again is what would come out otherwise, and nothing else."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from policytool.model.fingerprint import fingerprint, wording_name
from policytool.model.record import Record
from policytool.model.time import Duration, Moment
from policytool.model.unable import UnableError
from policytool.pipeline.outline import parsed
from policytool.pipeline.repository import load
from policytool.pipeline.reviews import Reviews, folder_of
from policytool.render.edition import Edition
from policytool.render.html import html
from policytool.render.records import record, record_name
from policytool.store import files, tool
from tests.history import Git, school, text
from tests.repository import HEAD, SETTINGS, Repository

__all__ = ["school"]

CITED = "# One\n\n1. Staff must be kind. {#kind}\n2. Staff must be fair.\n"
CITING = "# One\n\n1. See [](cited.md#kind).\n"
ALONE = "# One\n\n1. Staff must be brave.\n"


@pytest.fixture
def library(repository: Repository) -> Repository:
    """Three policies, one of which cites another, built once as pages."""
    repository.write("cited", CITED, title="Cited")
    repository.write("citing", CITING, title="Citing")
    repository.write("alone", ALONE, title="Alone")
    assert repository.run("--quiet", "build", "--to", "html") == 0
    return repository


def rebuilt(library: Repository, *arguments: str, code: int = 0) -> list[str]:
    """The policies whose page a build writes anew."""
    before = {path: path.stat().st_ino for path in (library.root / "build").glob("*.html")}
    assert library.run("--quiet", "build", "--to", "html", *arguments) == code
    after = {path: path.stat().st_ino for path in (library.root / "build").glob("*.html")}
    return sorted(path.stem for path, node in after.items() if before.get(path) != node)


def test_nothing_is_rebuilt_where_nothing_changed(library: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """And that is told."""
    assert rebuilt(library) == []
    assert library.run("build", "--to", "html") == 0
    assert "3 policies up to date in" in capsys.readouterr().err


def test_what_is_rebuilt_and_what_is_not_is_told(library: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line."""
    library.write("alone", ALONE, title="Another")
    assert library.run("build", "--to", "html") == 0
    assert "1 policy built, 1 file written to" in (err := capsys.readouterr().err)
    assert "; 2 up to date" in err


@pytest.mark.parametrize(
    ("body", "title", "expected"),
    [
        (CITED, "Renamed", ["cited", "citing"]),
        ("# One\n\n1. First.\n2. Kind. {#kind}\n", "Cited", ["cited", "citing"]),
        (CITED.replace("fair", "just"), "Cited", ["cited"]),
        (CITED.replace("fair.", "fair. {#fair}"), "Cited", ["cited"]),
    ],
    ids=["its title", "the number of what is cited", "words", "another label"],
)
def test_who_cites_is_rebuilt_when_what_is_cited_changed(
    library: Repository, body: str, title: str, expected: list[str]
) -> None:
    """Only where that prints."""
    library.write("cited", body, title=title)
    assert rebuilt(library) == expected


def test_a_reference_that_was_broken_elsewhere_is_found(
    library: Repository, capsys: pytest.CaptureFixture[str]
) -> None:
    """The text of the policy that now has an error has not changed; told again the next time, and mended elsewhere."""
    library.write("cited", CITED.replace(" {#kind}", ""), title="Cited")
    for expected in (["cited"], []):
        assert rebuilt(library, code=1) == expected
        assert "citing was left out: it has errors" in capsys.readouterr().err
    library.write("cited", CITED, title="Cited")
    assert rebuilt(library) == ["cited", "citing"]


def test_a_policy_that_goes_is_missed(library: Repository) -> None:
    """By those that cite it."""
    (library.root / "source" / "cited.md").unlink()
    assert rebuilt(library, code=1) == []
    assert rebuilt(library, "--draft") == ["alone", "citing"]
    assert "[cited#kind]" in (library.root / "build" / "citing.html").read_text("utf-8")


@pytest.mark.parametrize(
    "how", [Path.unlink, lambda path: path.write_text("altered"), lambda path: path.write_bytes(b"")]
)
def test_a_document_that_was_altered_is_rebuilt(library: Repository, how: Callable[[Path], object]) -> None:
    """What is kept is not trusted when it disagrees with what stands there."""
    page = library.root / "build" / "cited.html"
    right = page.read_bytes()
    how(page)
    assert library.run("--quiet", "build", "--to", "html") == 0
    assert page.read_bytes() == right


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("meetings: {governing-board: [2026-12-08]}\n", []),
        ("branch: main\n", []),
        ("house: {colour: '#1b365d'}\n", ["alone", "cited", "citing"]),
    ],
)
def test_settings_count_where_they_print(library: Repository, more: str, expected: list[str]) -> None:
    """The date of a meeting stands in no policy."""
    library.write_raw("policytool.yaml", (SETTINGS + more).encode())
    assert rebuilt(library) == expected


def test_the_files_of_the_house_style_count(library: Repository) -> None:
    """By their bytes."""
    library.write_raw("policytool.yaml", (SETTINGS + "house: {crest: crest.svg}\n").encode())
    library.write_raw("crest.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>')
    assert rebuilt(library) == ["alone", "cited", "citing"]
    assert rebuilt(library) == []
    library.write_raw("crest.svg", b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 2"/>')
    assert rebuilt(library) == ["alone", "cited", "citing"]


def test_another_policytool_rebuilds_everything(library: Repository, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it made may differ."""
    monkeypatch.setattr(tool, "identity", lambda: "another")
    assert rebuilt(library) == ["alone", "cited", "citing"]
    assert rebuilt(library) == []


def test_a_review_changes_the_dates_that_are_printed(library: Repository) -> None:
    """Its record is no part of the text, and yet an input; a record with an error leaves its policy out."""
    source = library.root / "source" / "alone.md"
    source.write_bytes(source.read_bytes().replace(b"by: headteacher", b"by: governing-board"))
    assert rebuilt(library) == ["alone"]
    policy, _ = parsed(source.read_bytes(), "alone", "source/alone.md")
    assert policy is not None
    approved = fingerprint(policy)
    year = Duration(12, "month")
    for month, day in ((1, "January 2025"), (3, "March 2025")):
        held = Moment(2025, month)
        one = Record("review", "alone", held, "governing-board", "annual", "approved", "FGB 1", year, approved)
        library.write_raw(f"reviews/alone/wording/{wording_name(approved)}", source.read_bytes())
        library.write_raw(f"reviews/alone/{record_name(one)}.yaml", record(one))
        assert rebuilt(library) == ["alone"]
        assert rebuilt(library) == []
        assert day in (library.root / "build" / "alone.html").read_text("utf-8")
        assert pages(library) == expected_pages(library)
    library.write_raw("reviews/alone/2025-05-annual.yaml", b"record: review\n")
    assert rebuilt(library, code=1) == []


def test_a_version_that_was_built_does_not_pass_for_the_working_text(school: Git) -> None:
    """Both are built into the same folder."""
    assert school.run("--quiet", "build", "--to", "html") == 0
    first = pages(school)
    school.commit({"source/one.md": text(title="Two")})
    assert school.run("--quiet", "build", "--to", "html") == 0
    second = pages(school)
    for arguments, expected in (((), second), (("--at", "HEAD~1"), first), (("--at", "HEAD"), second), ((), second)):
        assert school.run("--quiet", "build", "--to", "html", *arguments) == 0
        assert pages(school) == expected


def test_formats_drafts_and_folders_do_not_get_in_each_others_way(library: Repository) -> None:
    """What is up to date is judged by what stands where it is wanted."""
    page = library.root / "build" / "alone.html"
    right = page.read_bytes()
    assert rebuilt(library, "--draft") == ["alone", "cited", "citing"]
    assert page.read_bytes() != right
    assert rebuilt(library) == ["alone", "cited", "citing"]
    assert page.read_bytes() == right
    other = library.root / "other"
    assert library.run("--quiet", "build", "--to", "html", "--out", str(other)) == 0
    assert (other / "alone.html").read_bytes() == right
    assert library.run("--quiet", "build", "alone") == 0
    assert rebuilt(library) == []


@pytest.mark.parametrize("name", ["read.json", "made.json"])
@pytest.mark.parametrize("damage", ["cut", "altered", "empty", "no JSON", "deleted"])
def test_what_is_kept_may_be_damaged(library: Repository, name: str, damage: str) -> None:
    """It is then not there."""
    kept = library.root / "build" / "kept" / name
    content = kept.read_bytes()
    damaged = {"cut": content[:-9], "altered": content.replace(b"Cited", b"Tided").replace(b"html", b"hxml")}
    damaged |= {"empty": b"", "no JSON": b"\xff{["}
    kept.write_bytes(damaged.get(damage, b""))
    if damage == "deleted":
        kept.unlink()
    library.write("citing", CITING + "2. Also.\n", title="Citing")
    assert library.run("--quiet", "build", "--to", "html") == 0
    assert pages(library) == expected_pages(library)


def test_a_dry_run_and_a_check_keep_nothing(repository: Repository) -> None:
    """Neither leaves a trace."""
    repository.write("one", CITED)
    assert repository.run("--quiet", "build", "--to", "html", "--dry-run") == 0
    assert repository.run("check") == 0
    assert not (repository.root / "build").exists()


def test_what_an_older_build_left_behind_cannot_pass_for_right(library: Repository) -> None:
    """Of two builds at once, either may write its documents last, and either what it keeps."""
    build = library.root / "build"
    old_page, old_kept = (build / "alone.html").read_bytes(), (build / "kept" / "made.json").read_bytes()
    library.write("alone", ALONE.replace("brave", "bold"), title="Alone")
    assert rebuilt(library) == ["alone"]
    new_page, new_kept = (build / "alone.html").read_bytes(), (build / "kept" / "made.json").read_bytes()
    for page in (old_page, new_page):
        for kept in (old_kept, new_kept):
            (build / "alone.html").write_bytes(page)
            (build / "kept" / "made.json").write_bytes(kept)
            assert library.run("--quiet", "build", "--to", "html") == 0
            assert (build / "alone.html").read_bytes() == new_page


# Whatever is edited, in whatever order


def pages(repository: Repository) -> dict[str, bytes]:
    """The pages that stand in build/."""
    return {path.stem: path.read_bytes() for path in (repository.root / "build").glob("*.html")}


def expected_pages(repository: Repository) -> dict[str, bytes]:
    """The pages as they are made of the whole library, with nothing kept and everything read."""
    read = load(repository.root)
    wrong = {read.ids.get(one.path, files.SETTINGS) for one in read.diagnostics if one.is_error}
    reviews = Reviews(read)
    wrong |= {folder_of(one.path) for one in reviews.unread if one.is_error}
    if files.SETTINGS in wrong:
        return {}
    policies = (policy for name, policy in read.library.policies.items() if name not in wrong and not policy.withdrawn)
    standing = {name: reviews.standing(one, read.texts[one.path]) for name, one in read.library.policies.items()}
    return {one.id: html(Edition(one, read.library, standing=standing[one.id])) for one in policies}


NAMES = ("a", "b", "c")
BODIES = (
    "1. Staff must be kind. {#kind}\n",
    "1. Staff must be kind. {#kind}\n2. See [](NEXT.md#kind) and [](NEXT.md).\n",
    "1. First.\n2. Staff must be kind. {#kind}\n3. See [clause 1.1](NEXT.md#kind).\n",
    "1. See [](grievance.md) and [the rest](LAST.md#kind).\n\n   a) One. {#kind}\n\n   b) Two.\n",
    "1. One:\n\n   a) First. {#kind}\n\n   And then:\n\n   a) Second.\n",
    "1. See [](#nowhere).\n",
    "1. See [](LAST.md#other). {#other}\n",
    "3. Counted wrongly.\n",
)
FIELDS = ("", "publish: internal\n", "withdrawn: 2025-01-01\n", "related: [NEXT, LAST]\n", "owner: nobody\n", "x: y\n")
MORE_SETTINGS = (
    "",
    "house: {colour: '#1b365d'}\n",
    "roels: {}\n",
    "meetings: {governing-board: [2026-12-08]}\n",
    "meetings: {nobody: [2026-12-08]}\n",
)
RECORD = "record: review\npolicy: {}\ncycle: annual\nheld: 2025-01\nby: headteacher\noutcome: approved\n"
PLACES = st.sampled_from([f"source/{name}.md" for name in NAMES] + ["source/sub/a.md"])
EDITS = st.one_of(
    st.builds(
        lambda path, title, body, more: (path, (title, body, more)),
        PLACES,
        st.sampled_from(["One", "Two"]),
        st.sampled_from(BODIES),
        st.sampled_from(FIELDS),
    ),
    st.tuples(PLACES, st.none()),
    st.tuples(PLACES, st.just(b"\xff")),
    st.tuples(st.sampled_from([f"build/{name}.html" for name in NAMES]), st.sampled_from([None, b"", b"altered"])),
    st.tuples(st.sampled_from(["build/kept/read.json", "build/kept/made.json"]), st.sampled_from([None, b"", b"{}"])),
    st.tuples(st.just("policytool.yaml"), st.sampled_from(MORE_SETTINGS).map(lambda more: (SETTINGS + more).encode())),
    st.tuples(st.just("reviews/a/2025-01-annual.yaml"), st.sampled_from([None, RECORD.format("a").encode(), b"x"])),
)


def text_of(path: str, title: str, body: str, more: str) -> bytes:
    """A source in which NEXT and LAST stand for the other two."""
    place = NAMES.index(Path(path).stem)
    head = HEAD.format(title=f"{title} {path[7]}")
    head = head.replace("owner: headteacher\n", more) if "owner" in more else head.replace("kind:", f"{more}kind:")
    whole = f"{head}# One\n\n{body}"
    return whole.replace("NEXT", NAMES[(place + 1) % 3]).replace("LAST", NAMES[(place + 2) % 3]).encode()


def apply(repository: Repository, path: str, edit: object) -> None:
    """One edit: a source in parts, bytes, or None for a file that goes."""
    target = repository.root / path
    if isinstance(edit, tuple):
        repository.write_raw(path, text_of(path, *edit))
    elif isinstance(edit, bytes):
        repository.write_raw(path, edit)
    else:
        target.unlink(missing_ok=True)


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=5))
def test_whatever_is_edited_the_pages_are_those_of_a_clean_build(rounds: list[list[tuple[str, object]]]) -> None:
    """Held against pages that are made of the whole library, the way no build goes."""
    with TemporaryDirectory() as folder:
        repository = Repository(Path(folder))
        repository.write_raw("policytool.yaml", SETTINGS.encode())
        for name, body in zip(NAMES, BODIES, strict=False):
            apply(repository, f"source/{name}.md", ("One", body, ""))
        for edits in ([], *rounds):
            for path, edit in edits:
                apply(repository, path, edit)
            expected = expected_pages(repository)
            withheld = set(load(repository.root).in_force()) - expected.keys()
            code = 2 if not expected else (1 if withheld else 0)
            assert repository.run("--quiet", "build", "--to", "html") == code
            assert {name: page for name, page in pages(repository).items() if name in expected} == expected


def test_a_full_disk_is_told_and_the_next_build_is_right(
    library: Repository, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was built before it filled up stays, and is not built again."""
    before = pages(library)
    for name in ("alone", "cited"):
        library.write(name, ALONE.replace("brave", "bold") + "2. Kind. {#kind}\n", title=name)
    written = []

    def full(handle: int) -> None:
        written.append(handle)
        if len(written) > 2:  # what was read is kept, and one page is written
            raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert library.run("build", "--to", "html") == 1
    assert "cited was left out: cannot write" in capsys.readouterr().err
    assert pages(library)["cited"] == before["cited"]
    assert library.run("--quiet", "build", "--to", "html") == 0
    assert pages(library) == expected_pages(library)


def test_a_source_that_cannot_be_read_stops_nobody_else(library: Repository) -> None:
    """It is left out by itself."""
    library.write_raw("source/odd.md", b"\xff\xfe")
    assert rebuilt(library, code=1) == []
    with pytest.raises(UnableError):
        files.read(library.root / "nowhere")


def test_the_pages_are_named(library: Repository) -> None:
    """After their policies."""
    found: Mapping[str, bytes] = pages(library)
    assert sorted(found) == ["alone", "cited", "citing"]
