"""`policytool verify`: every file held against the records, in real repositories, copies and clones."""

from __future__ import annotations

import json
import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.history import BODY
from tests.published import CURRENT, OLD, publish, published, reviewed, verified
from tests.reviewed import School, text

__all__ = ["published", "reviewed"]
FOLDER = "build/published"
AGAIN = "as recorded, and made again byte for byte"
ALL = ("docx", "html", "pdf")


def out(school: School, path: str = "") -> Path:
    """A file or folder that was published."""
    return school.root / FOLDER / path


def test_what_was_published_is_right(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Both versions are made again, byte for byte; the older one stands beside the current as it should."""
    code, lines, found = verified(published, capsys)
    assert (code, found) == (0, [])
    assert lines == [
        f"one: 2025-09-14 is current: 3 files {AGAIN}; 1 version superseded, as it should be: {AGAIN}",
        f"1 policy, 7 files in {out(published)}: all as published",
    ]


# Files that are not right


def test_one_flipped_byte_is_found(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """In any format, at any place; the size stays."""
    for form in ALL:
        path = out(published, f"{CURRENT}.{form}")
        content = bytearray(path.read_bytes())
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
        code, lines, found = verified(published, capsys, "--no-rebuild")
        assert (code, found) == (1, [("PT520", f"one.{form}")])
        assert lines[0].startswith("one: 1 altered; 2025-09-14 is current: 2 files as recorded;")
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    assert verified(published, capsys, "--no-rebuild")[0] == 0


def test_a_file_that_grew_or_is_huge_is_altered_and_is_not_read(
    published: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file of ten gigabytes with a hole in it takes no time."""
    os.truncate(out(published, f"{CURRENT}.pdf"), 10_000_000_000)
    code, _, found = verified(published, capsys, "--no-rebuild")
    assert (code, found) == (1, [("PT520", "one.pdf")])


@pytest.mark.parametrize("path", [CURRENT, OLD])
def test_one_missing_file_is_found(published: School, path: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Of the current version, and of one of which other files are there."""
    out(published, f"{path}.pdf").unlink()
    assert verified(published, capsys, "--no-rebuild")[::2] == (1, [("PT521", "one.pdf")])


def test_one_foreign_file_is_found(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Whatever it is called; hidden files are passed over, and a file of no size is one as well."""
    out(published, ".DS_Store").write_bytes(b"x")
    out(published, "one/2025-09-14/notes.pdf").write_bytes(b"")
    out(published, "two/lettings.html").parent.mkdir()
    out(published, "two/lettings.html").write_bytes(b"<p>Halls are free.")
    found = [("PT523", "notes.pdf"), ("PT523", "lettings.html")]
    assert verified(published, capsys)[::2] == (1, found)


def test_one_superseded_file_is_found(published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Where the current one is expected: under its name, or where no current one is."""
    flat = tmp_path / "website"
    flat.mkdir()
    for form in ALL:
        shutil.copy(out(published, f"{CURRENT}.{form}"), flat)
    assert verified(published, capsys, flat)[0] == 0
    shutil.copy(out(published, f"{OLD}.pdf"), flat)
    code, lines, found = verified(published, capsys, flat)
    assert (code, found) == (1, [("PT522", "one.pdf"), ("PT521", "one.pdf")])
    assert lines[0].startswith("one: 1 superseded, 1 missing; 2025-09-14 is current: 2 files")


def test_a_copy_that_holds_only_an_old_version_is_told(
    published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In the folder of its version, too: people who look there find nothing else."""
    shutil.copytree(out(published, "one/2023-09-14"), tmp_path / "site/one/2023-09-14")
    code, _, found = verified(published, capsys, tmp_path / "site", "--no-rebuild")
    assert code == 1
    assert [one for one, _ in found].count("PT522") == 3
    assert [one for one, _ in found].count("PT521") >= 3


def test_a_renamed_file_is_known_by_its_bytes(
    published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A website may call its files what it likes, and lay them out as it likes."""
    for form in ALL:
        shutil.copy(out(published, f"{CURRENT}.{form}"), tmp_path / f"Social media (2025).{form.upper()}")
    (tmp_path / "archive").mkdir()
    shutil.copy(out(published, f"{OLD}.pdf"), tmp_path / "archive/of 2023.pdf")
    for form in ("docx", "html"):
        shutil.copy(out(published, f"{OLD}.{form}"), tmp_path / f"archive/of 2023.{form}")
    shutil.rmtree(tmp_path / "school/build")
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in [one for one in tmp_path.iterdir() if one.name not in ("school", "copy")]:
        shutil.move(name, copy)
    assert verified(published, capsys, copy)[::2] == (0, [])


def test_links_lead_nowhere_else(published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A link out of the folder is not followed, nor one to a folder; a link inside it is a file."""
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    out(published, "one/out.pdf").symlink_to(tmp_path / "secret.pdf")
    out(published, "one/latest").symlink_to("2025-09-14")
    out(published, "one/inside.pdf").symlink_to("2025-09-14/one.pdf")
    out(published, "one/round").symlink_to("round")
    os.mkfifo(out(published, "one/pipe"))
    found = [("PT530", name) for name in ("latest", "out.pdf", "pipe", "round")]
    assert verified(published, capsys, "--no-rebuild")[::2] == (1, found)


def test_a_folder_that_is_not_there_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """As on a fresh clone, which has the records and nothing that was built."""
    shutil.rmtree(published.root / "build")
    assert published.run("verify") == 2
    said = capsys.readouterr().err
    assert "is not there" in said
    assert "help:" in said
    assert published.run("verify", str(published.root / "policytool.yaml")) == 2


def test_nothing_is_written(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Not even what was read."""

    def everything() -> dict[Path, int]:
        ours = (one for one in published.root.rglob("*") if one.is_file() and ".git" not in one.parts)
        return {one: one.stat().st_mtime_ns for one in ours}

    before = everything()
    assert verified(published, capsys)[0] == 0
    assert everything() == before


# The index, and policies that are out of force


def test_an_index_that_is_not_up_to_date_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """One that names the old version as the current, one that leads nowhere, and none at all."""
    path = out(published, "one/index.html")
    right = path.read_text("utf-8")
    swapped = right.replace("2025-09-14/", "x/").replace("2023-09-14/", "2025-09-14/").replace("x/", "2023-09-14/")
    for content in (swapped, "<p>Nothing", right.replace("2023-09-14/one.pdf", "2023-09-14/two.pdf")):
        path.write_text(content, "utf-8")
        assert verified(published, capsys, "--no-rebuild")[::2] == (1, [("PT524", "index.html")])
    for content in (right.replace("Next review", "Last review"), right.replace("<h1", "<h1 "), f"{right}\n"):
        path.write_text(content, "utf-8")
        assert verified(published, capsys, "--no-rebuild")[::2] == (1, [("PT524", "index.html")])
    path.unlink()
    assert verified(published, capsys, "--no-rebuild")[::2] == (1, [("PT521", "index.html")])


def test_old_versions_may_be_gone_unless_an_index_leads_to_them(
    published: School, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a machine on which only the newest was made."""
    shutil.rmtree(out(published, "one/2023-09-14"))
    assert [one for one, _ in verified(published, capsys, "--no-rebuild")[2]] == ["PT521"] * 3
    assert published.run("--today", "2025-10-01", "publish", "one") == 0
    assert verified(published, capsys, "--no-rebuild")[::2] == (0, [])


def test_a_withdrawn_policy_is_out_only_where_its_index_says_so(
    published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """In a copy without the index, its files are told."""
    said = ("--by", "governing-board", "--held", "2025-11-01", "--reason", "It is part of another now.", "--commit")
    assert published.run("--today", "2025-11-02", "withdraw", "one", *said) == 0
    assert verified(published, capsys)[::2] == (0, [])
    shutil.copytree(out(published, "one/2025-09-14"), tmp_path / "site")
    code, lines, found = verified(published, capsys, tmp_path / "site", "--no-rebuild")
    assert (code, found) == (1, [("PT525", f"one.{form}") for form in ALL])
    assert lines[0].startswith("one: 3 withdrawn")


# Copies and clones


def test_files_behind_a_plain_file_server_are_right(
    published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Fetched as anybody would."""
    serve = partial(_Quiet, directory=str(out(published)))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for path in ("one/index.html", *(f"{stem}.{form}" for stem in (CURRENT, OLD) for form in ALL)):
            with urlopen(f"http://127.0.0.1:{server.server_port}/{path}") as answer:  # our own
                target = tmp_path / "fetched" / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(answer.read())
        server.shutdown()
    assert verified(published, capsys, tmp_path / "fetched")[::2] == (0, [])


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_words: object) -> None:
        """Nothing: a test says nothing."""


def test_a_second_clone_proves_the_same(published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """With a folder that came from elsewhere; on a detached head as well."""
    clone = School(published.clone(tmp_path / "clone").root)
    code, lines, found = verified(clone, capsys, out(published))
    assert (code, found) == (0, [])
    assert "made again byte for byte" in lines[0]
    clone.git("checkout", "-q", "--detach")
    assert verified(clone, capsys, out(published))[0] == 0


def test_a_shallow_clone_says_what_it_cannot_tell(
    published: School, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The files are held against the records; the words, too, because the commits that held the settings are gone."""
    clone = School(published.clone(tmp_path / "clone", "--depth", "1").root)
    code, lines, found = verified(clone, capsys, out(published))
    assert (code, [one for one, _ in found]) == (0, ["PT419"])
    assert "the words are those of the approved wording" in lines[0]


def test_a_history_that_was_rewritten_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The commit that a record names leads nowhere any more; a tag would have kept it."""
    published.git("tag", "kept")
    tree = published.git("rev-parse", "HEAD^{tree}")
    published.git("reset", "-q", "--hard", published.git("commit-tree", tree, "-m", "All anew"))
    assert verified(published, capsys, "--no-rebuild")[0] == 0
    published.git("tag", "-d", "kept")
    code, _, found = verified(published, capsys)
    assert (code, sorted(one for one, _ in found)) == (1, ["PT526", "PT526"])


# Records that are not right


def test_a_record_that_was_altered_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Together with the file that it was to make right."""
    path = out(published, f"{CURRENT}.html")
    path.write_bytes(path.read_bytes().replace(b"must", b"may "))
    record = published.root / "reviews/one/2025-09-20-publication.yaml"
    record.write_bytes(record.read_bytes().replace(b"size: ", b"size:  "))
    codes = [one for one, _ in verified(published, capsys, "--no-rebuild")[2]]
    assert sorted(codes) == ["PT417", "PT520"]


def test_a_record_or_wording_that_was_removed_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """A wording by two findings: it is gone, and the record lacks it."""
    (published.root / "reviews/one/2023-09-20-publication.yaml").unlink()
    for path in (published.root / "reviews/one/wording").iterdir():
        path.unlink()
    codes = {one for one, _ in verified(published, capsys)[2]}
    assert {"PT415", "PT418", "PT523"} <= codes


def test_a_record_that_is_not_committed_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """It proves nothing yet, and nothing is wrong."""
    published.commit({"source/one.md": text("1. All anew.\n")}, "Word it anew", "2025-10-01T12:00:00Z")
    published.review("governors", "2025-10-01")
    publish(published, "2025-10-02", commit=False)
    code, _, found = verified(published, capsys)
    assert (code, found) == (0, [("PT527", "2025-10-02-publication.yaml")])


# Other versions of the tool


def test_what_another_version_made_is_read_back(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Its words and numbers are those of the approved wording."""
    reviewed.review("governors", "2023-09-14")
    publish(reviewed, "2023-09-20", tool="0.0.1")
    code, lines, found = verified(reviewed, capsys)
    assert (code, found) == (0, [])
    assert lines[0] == (
        "one: 2023-09-14 is current: 3 files as recorded, and the words are those of the approved wording"
    )


@pytest.mark.parametrize("form", ALL)
def test_a_file_that_was_recorded_and_says_something_else_is_told(
    reviewed: School, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A forged file, with a forged record: by its words where another version made it, else by its bytes as well."""
    reviewed.review("governors", "2023-09-14")
    publish(reviewed, "2023-09-20", tool="0.0.1")
    right = reviewed.root / FOLDER / f"one/2023-09-14/one.{form}"
    reviewed.commit({"source/one.md": text(BODY.replace("must keep rule 3", "may keep rule 3"))}, "Change")
    assert reviewed.run("build", "one", "--draft", "--to", form) == 0
    forged = (reviewed.root / f"build/one.{form}").read_bytes()
    record = reviewed.root / "reviews/one/2023-09-20-publication.yaml"
    _forge(record, right, forged)
    capsys.readouterr()
    code, _, found = verified(reviewed, capsys)
    assert code == 1
    assert ("PT528", f"one.{form}") in found
    assert ("PT417", record.name) in found


def _forge(record: Path, file: Path, content: bytes) -> None:
    from hashlib import sha256

    old = file.read_bytes()
    said = record.read_text("utf-8").replace(sha256(old).hexdigest(), sha256(content).hexdigest())
    record.write_text(said.replace(f"size: {len(old)}", f"size: {len(content)}"), "utf-8")
    file.write_bytes(content)


# Many versions, and programs


def test_forty_versions_stand_beside_one_another(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """One is current, and thirty-nine are superseded."""
    for number in range(40):
        day = f"2024-{number // 20 + 1:02}-{number % 20 + 1:02}"
        reviewed.commit({"source/one.md": text(f"1. Rule {number}.\n")}, "Change", f"{day}T12:00:00Z")
        said = ("--held", day, "--by", "governing-board", "--outcome", "approved", "--commit")
        assert reviewed.record("governors", *said, today=day) == 0
        publish(reviewed, day)
    code, lines, found = verified(reviewed, capsys, "--no-rebuild")
    assert (code, found) == (0, [])
    assert "39 versions superseded, as it should be" in lines[0]


def test_programs_are_told_everything(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """As JSON: each version with its files and proof, what is of none, and what is wrong."""
    out(published, "notes.txt").write_bytes(b"x")
    capsys.readouterr()
    assert published.run("verify", "--format", "json", "--no-rebuild") == 1
    said = json.loads(capsys.readouterr().out)
    old, current = said["policies"]["one"]
    assert (old["place"], current["place"], current["proof"]) == ("superseded", "current", "hash")
    assert {one["state"] for one in old["files"]} == {"kept"}
    assert {one["path"]: one["state"] for one in said["others"]} == {"notes.txt": "unknown", "one/index.html": "right"}
    assert [one["code"] for one in said["findings"]] == ["PT523"]
    assert said["right"] is False


def test_a_policy_alone_can_be_verified(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """One that was never published is told."""
    out(published, "notes.txt").write_bytes(b"x")
    assert verified(published, capsys, "--policy", "one", "--no-rebuild")[::2] == (0, [])
    assert published.run("verify", "--policy", "onne") == 2
    assert "did you mean" in capsys.readouterr().err


def test_names_of_any_bytes_are_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """And steer no terminal."""
    for name in (b"caf\xe9.pdf", "emoji \N{SCHOOL}.pdf".encode(), b"\x1b[2J.pdf", b"line\nbreak.pdf"):
        (Path(os.fsdecode(os.fsencode(out(published)) + b"/" + name))).write_bytes(b"x")
    for form in ("text", "json"):
        capsys.readouterr()
        assert published.run("verify", "--no-rebuild", "--format", form) == 1
        said = capsys.readouterr()
        assert "\x1b" not in said.out + said.err
        assert "\N{SCHOOL}" in said.out + said.err


def test_a_file_that_may_not_be_read_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """With the words of the operating system."""
    path = out(published, f"{CURRENT}.pdf")
    path.unlink()
    path.symlink_to(path)  # which nobody can follow
    assert ("PT530", "one.pdf") in verified(published, capsys, "--no-rebuild")[2]


def test_a_publication_that_was_taken_back_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """By a correction: its files are to go, and the one before is current again."""
    correction = (
        "record: correction\npolicy: one\nreplaces: 2025-09-20-publication\nmade: 2025-10-01\n"
        "void: true\nreason: It was the wrong day.\n"
    )
    published.commit({"reviews/one/2025-10-01-correction.yaml": correction}, "Take it back")
    code, lines, found = verified(published, capsys, "--no-rebuild")
    assert code == 1
    assert found == [("PT525", f"one.{form}") for form in ALL] + [("PT524", "index.html")]
    assert "2023-09-14 is current: 3 files" in lines[0]


def test_a_record_that_cannot_be_read_is_told(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Its files are unknown then."""
    record = published.root / "reviews/one/2025-09-20-publication.yaml"
    record.write_text(record.read_text("utf-8").replace("held: ", "hold: "), "utf-8")
    code, _, found = verified(published, capsys, "--no-rebuild")
    assert code == 1
    assert {"PT417", "PT523"} <= {one for one, _ in found}


def test_a_renamed_policy_keeps_what_was_published_of_it(published: School, capsys: pytest.CaptureFixture[str]) -> None:
    """Under its old name, in its old place."""
    published.git("mv", "source/one.md", "source/two.md")
    published.git("mv", "reviews/one", "reviews/two")
    published.commit({}, "Rename", "2025-10-01T12:00:00Z")
    code, lines, found = verified(published, capsys)
    assert (code, found) == (0, [])
    assert "the words are those" in lines[0]
    assert lines[0].startswith("two: 2025-09-14 is current: 3 files as recorded")


def test_a_file_that_comes_out_another_is_read_back(reviewed: School, capsys: pytest.CaptureFixture[str]) -> None:
    """The same version of policytool may stand among other libraries: the words prove what the bytes cannot."""
    reviewed.review("governors", "2023-09-14")
    publish(reviewed, "2023-09-20", commit=False)
    page = out(reviewed, "one/2023-09-14/one.html")
    _forge(reviewed.root / "reviews/one/2023-09-20-publication.yaml", page, page.read_bytes() + b"<!-- other -->\n")
    reviewed.commit({}, "Publish")
    code, lines, found = verified(reviewed, capsys)
    assert (code, found) == (0, [("PT529", "one.html")])
    assert "the words are those of the approved wording" in lines[0]
