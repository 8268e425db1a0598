"""`policytool publish`: the approved wording goes out whole, is recorded, and is never rewritten."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from hashlib import sha256
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import urldefrag, urljoin
from urllib.request import urlopen

import pytest

from policytool.model.record import Record
from policytool.model.unable import UnableError
from policytool.store.published import hold
from tests.history import BODY, Git
from tests.reviewed import CHANGED, HEAD, School, reviewed, text

__all__ = ["reviewed"]

Captured = pytest.CaptureFixture[str]
DAY = "2023-12-01"


def publish(school: School, *arguments: str, today: str = DAY) -> int:
    """The exit code of `publish` on a day."""
    return school.run("--today", today, "publish", "--jobs", "1", *(arguments or ("one",)))


def out(school: Git) -> dict[str, bytes]:
    """Every published file by its path, hidden ones included."""
    folder = school.root / "build/published"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def records(school: School, policy: str = "one") -> list[Record]:
    """The records of publications."""
    return [one for one in school.reviews().records.get(policy, ()) if one.publication]


def approved(school: School, held: str = "2023-09-14", *more: str) -> School:
    """The school, with the approval of its policy as it stands."""
    school.review("governors", held, *more)
    return school


def as_recorded(school: School, policy: str = "one") -> bool:
    """Whether every file of every record stands there as the record says."""
    found = out(school)
    files = [one for record in records(school, policy) if record.publication for one in record.publication.files]
    return bool(files) and all(
        sha256(found[one.path]).hexdigest() == one.sha256 and len(found[one.path]) == one.size for one in files
    )


# What goes out


def test_the_approved_wording_goes_out_whatever_the_source_has_become(reviewed: School) -> None:
    """With version, approval and dates from its record; and `check` finds nothing wrong with what is written."""
    approved(reviewed, "2023-09-14", "--minute", "FGB 2023/41")
    reviewed.commit({"source/one.md": "---\ntitle: Broken\n---\n\n[](#nowhere)\n"}, "Break the source")
    assert publish(reviewed) == 0
    page = out(reviewed)["one/2023-09-14/one.html"].decode()
    assert "must keep rule 3" in page
    assert "2023-09-14, approved 14 September 2023 (minute FGB 2023/41)" in page
    assert "14 September 2024" in page
    assert 'href="../index.html"' in page
    assert as_recorded(reviewed)


def test_what_is_written_is_free_of_findings(reviewed: School, capsys: Captured) -> None:
    """The record is named and filled as `check` asks, and the files are all there are."""
    assert publish(approved(reviewed)) == 0
    assert sorted(out(reviewed)) == [
        *(f"one/2023-09-14/one.{one}" for one in ("docx", "html", "pdf")),
        "one/index.html",
    ]
    [record] = records(reviewed)
    assert (record.name, record.publication and record.publication.version) == ("2023-12-01-publication", "2023-09-14")
    assert reviewed.found(capsys) == []


def test_nothing_changes_where_nothing_would(reviewed: School, capsys: Captured) -> None:
    """Not a byte, not a record, whatever else was committed meanwhile."""
    publish(approved(reviewed), "one", "--commit")
    before, kept = out(reviewed), reviewed.files()
    reviewed.commit({"notes.txt": "x"}, "Something else")
    capsys.readouterr()
    assert publish(reviewed, today="2023-12-05") == 0
    assert "nothing to publish: one is published as it stands" in capsys.readouterr().err
    assert (out(reviewed), reviewed.files()) == (before, kept)


def test_a_new_version_stands_beside_the_old(reviewed: School) -> None:
    """Which is never rewritten; the page says that it was superseded."""
    publish(approved(reviewed))
    before = out(reviewed)
    reviewed.commit({"source/one.md": CHANGED}, "Change")
    approved(reviewed, "2023-11-14")
    assert publish(reviewed, today="2023-12-02") == 0
    after = out(reviewed)
    assert {path: after[path] for path in before if "index" not in path} == {
        path: content for path, content in before.items() if "index" not in path
    }
    page = after["one/index.html"].decode()
    assert page.index("2023-11-14/one.pdf") < page.index("Superseded versions") < page.index("2023-09-14/one.pdf")
    assert as_recorded(reviewed)


def test_the_same_version_with_other_dates_is_another_issue(reviewed: School) -> None:
    """A review without a change moves a printed date; a second publication on one day has a name of its own."""
    publish(approved(reviewed))
    reviewed.review("annual", "2023-11-20", outcome="no-change")
    assert publish(reviewed) == 0
    assert sorted(one.name for one in records(reviewed)) == ["2023-12-01-publication", "2023-12-01-publication.2"]
    assert "one/2023-09-14_2/one.pdf" in out(reviewed)
    assert as_recorded(reviewed)


def test_forty_versions_are_listed(reviewed: School) -> None:
    """The newest as the current one."""
    for number in range(40):
        body = BODY.replace("rule 3", f"rule 3{number}")
        reviewed.commit({"source/one.md": text(body)}, "Change")
        approved(reviewed, f"20{23 + number // 12}-{number % 12 + 1:02}-14")
        if number % 13 == 0:
            assert publish(reviewed, today="2027-01-01") == 0
    assert publish(reviewed, today="2027-01-01") == 0
    page = out(reviewed)["one/index.html"].decode()
    assert page.index("2026-04-14/one.pdf") < page.index("Superseded versions") < page.index("2023-01-14/one.pdf")
    assert as_recorded(reviewed)


def test_a_title_is_never_markup(reviewed: School) -> None:
    """Nor is a reason, on the page that names the current issue."""
    title = "A <b>Policy</b> & “its” 'quotes'"
    reviewed.commit({"source/one.md": text().replace("A Policy", f'"{title}"')}, "Title")
    approved(reviewed)
    assert publish(reviewed) == 0
    page = out(reviewed)["one/index.html"].decode()
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_data = found.append  # type: ignore[method-assign,assignment]
    parser.feed(page)
    assert found.count(title) == 1
    assert "<b>" not in page


def test_an_emoji_that_no_font_has_is_told(reviewed: School, capsys: Captured) -> None:
    """And nothing goes out."""
    reviewed.commit({"source/one.md": text().replace("A Policy", "A Policy 🎓")}, "Title")
    approved(reviewed)
    assert publish(reviewed) == 2
    assert "no font has “🎓”" in capsys.readouterr().err
    assert (out(reviewed), records(reviewed)) == ({}, [])


# What is refused


def refused(school: School, capsys: Captured, *arguments: str, today: str = DAY) -> str:
    """What is told of a publication that is refused; nothing is written by it."""
    before = (out(school), school.files())
    capsys.readouterr()
    assert publish(school, *arguments, today=today) == 2
    assert (out(school), school.files()) == before
    return capsys.readouterr().err


def test_what_was_never_approved_is_refused(reviewed: School, capsys: Captured) -> None:
    """With the command that records an approval."""
    told = refused(reviewed, capsys)
    assert "no wording of it has been approved" in told
    assert "policytool record one CYCLE --by governing-board" in told


def test_what_is_not_committed_is_refused(reviewed: School, capsys: Captured) -> None:
    """A record, and settings that print; meetings print nowhere."""
    said = ("--held", "2023-09-14", "--by", "governing-board", "--outcome", "approved")
    assert reviewed.record("governors", *said) == 0
    assert "2023-09-14-governors.yaml is not committed" in refused(reviewed, capsys)
    reviewed.commit({}, "Record")
    settings = (reviewed.root / "policytool.yaml").read_text("utf-8")
    reviewed.write_text("policytool.yaml", settings.replace("Example", "Another"))
    assert "policytool.yaml is not committed" in refused(reviewed, capsys)
    reviewed.write_text("policytool.yaml", settings + "meetings: {governing-board: [2026-12-08]}\n")
    assert publish(reviewed) == 0


def test_errors_in_settings_and_records_are_refused(reviewed: School, capsys: Captured) -> None:
    """With `check`, which tells where."""
    approved(reviewed)
    path = "reviews/one/2023-10-01-annual.yaml"
    reviewed.commit({path: "record: review\n"}, "Break")
    assert "its records have errors" in refused(reviewed, capsys)
    reviewed.commit({path: None, "policytool.yaml": "roles: 3\n"}, "Break the settings")
    assert "policytool.yaml has errors" in refused(reviewed, capsys)


def test_a_record_that_was_altered_is_refused(reviewed: School, capsys: Captured) -> None:
    """Although it is committed so."""
    approved(reviewed, "2023-09-14", "--minute", "FGB 1")
    path = reviewed.root / "reviews/one/2023-09-14-governors.yaml"
    reviewed.commit({path.relative_to(reviewed.root).as_posix(): path.read_text().replace("FGB 1", "FGB 2")}, "Alter")
    assert "committed" in refused(reviewed, capsys)


def test_a_withdrawn_policy_is_refused(reviewed: School, capsys: Captured) -> None:
    """And `--all` passes it over, writing its page."""
    publish(approved(reviewed), "one", "--commit")
    said = ("--by", "governing-board", "--reason", "no longer needed", "--commit")
    assert reviewed.run("--today", DAY, "withdraw", "one", *said) == 0
    assert "it was withdrawn" in refused(reviewed, capsys)
    page = out(reviewed)["one/index.html"]
    (reviewed.root / "build/published/one/index.html").unlink()
    reviewed.commit({"source/two.md": HEAD + "1. Words.\n"}, "Another")
    approval = ("--held", "2023-11-01", "--by", "governing-board", "--outcome", "approved", "--commit")
    assert reviewed.run("--today", DAY, "record", "two", "governors", *approval) == 0
    assert publish(reviewed, "--all") == 0
    assert out(reviewed)["one/index.html"] == page


def test_an_internal_policy_is_published_only_when_that_is_said(reviewed: School, capsys: Captured) -> None:
    """By itself it stays off the website."""
    reviewed.commit({"source/one.md": text().replace("kind:", "publish: internal\nkind:")}, "Keep inside")
    approved(reviewed)
    assert "--internal" in refused(reviewed, capsys)
    assert publish(reviewed, "one", "--internal") == 0


def test_a_clock_that_was_set_back_is_refused(reviewed: School, capsys: Captured) -> None:
    """Before the last publication, or before the approval."""
    publish(approved(reviewed))
    assert "it was last published on 1 December 2023" in refused(reviewed, capsys, "one", today="2023-11-30")
    assert "set the clock right" in refused(reviewed, capsys, "one", today="2023-01-30")


@pytest.mark.parametrize("name", ["../x", "con", "", "--all --all"])
def test_a_name_that_is_no_policy_is_told(reviewed: School, capsys: Captured, name: str) -> None:
    """Wherever it might lead."""
    assert "policy" in refused(
        approved(reviewed), capsys, *(name.split() or [""]), *(["one"] if "--all" in name else [])
    )


def test_a_policy_that_is_named_like_a_device_is_refused(reviewed: School, capsys: Captured) -> None:
    """On Windows its folder could not be made."""
    reviewed.commit({"source/con.md": text()}, "A name")
    reviewed.run("--today", DAY, "record", "con", "governors", "--held", "2023-09-14", "--outcome", "approved")
    reviewed.commit({}, "Record")
    assert "con" in refused(reviewed, capsys, "con")


def test_some_left_out_is_another_exit_code_than_none(reviewed: School, capsys: Captured) -> None:
    """One where some went out."""
    approved(reviewed)
    reviewed.commit({"source/two.md": HEAD + "1. Words.\n"}, "Never approved")
    assert publish(reviewed, "--all") == 1
    assert "1 policy published, 1 left out" in capsys.readouterr().err


def test_a_dry_run_writes_nothing(reviewed: School, capsys: Captured) -> None:
    """It tells what would be."""
    approved(reviewed)
    before = reviewed.files()
    assert publish(reviewed, "one", "--dry-run") == 0
    assert "one would be published: build/published/one/2023-09-14/" in capsys.readouterr().err
    assert (out(reviewed), reviewed.files()) == ({}, before)


def cite_each_other(school: School) -> None:
    """Two policies that cite each other, both approved."""
    one, two = text("1. See [](two.md#kept). {#kept}\n"), HEAD.replace("A Policy", "Another") + "1. Kept. {#kept}\n"
    school.commit({"source/one.md": one, "source/two.md": two}, "Cite")
    approved(school)
    approval = ("--held", "2023-09-15", "--by", "governing-board", "--outcome", "approved", "--commit")
    assert school.run("--today", DAY, "record", "two", "governors", *approval) == 0


def test_what_it_relies_on_must_be_free_of_errors(reviewed: School, capsys: Captured) -> None:
    """And committed, as its own records."""
    cite_each_other(reviewed)
    reviewed.commit({"reviews/two/2023-10-01-annual.yaml": "record: review\n"}, "Break")
    assert "the records of `two`, which it names, have errors" in refused(reviewed, capsys)


def test_every_link_on_the_website_leads_somewhere(reviewed: School) -> None:
    """Behind a plain file server, from the pages of the policies and from their documents."""
    cite_each_other(reviewed)
    assert publish(reviewed, "--all") == 0
    serve = partial(SimpleHTTPRequestHandler, directory=str(reviewed.root / "build/published"))
    with ThreadingHTTPServer(("127.0.0.1", 0), serve) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        seen, todo = set[str](), [f"http://127.0.0.1:{server.server_port}/one/"]
        while todo:
            page = todo.pop()
            seen.add(page)
            with urlopen(page) as answer:  # noqa: S310  # our own server
                words = answer.read().decode("utf-8", "replace") if page.endswith(("/", ".html")) else ""
            found = {urldefrag(urljoin(page, link)).url for link in re.findall(r'href="([^"#][^"]*)"', words)}
            todo += [link for link in found if link not in seen and link not in todo]
        server.shutdown()
    assert {link.rpartition("/")[2] for link in seen} >= {"one.pdf", "two.docx", "two.html", "index.html"}


# Git for real


def test_a_fresh_clone_puts_back_what_was_published(reviewed: School, tmp_path: Path, capsys: Captured) -> None:
    """The same bytes without another record, also in a shallow clone and with no branch checked out."""
    publish(approved(reviewed), "one", "--commit")
    before = out(reviewed)
    reviewed.commit({"source/one.md": CHANGED}, "Go on")
    for number, options in enumerate([(), ("--depth", "3")]):
        clone = School(reviewed.clone(tmp_path / f"clone{number}", *options).root)
        clone.git("checkout", "-q", "--detach")
        assert publish(clone, today="2024-01-01") == 0
        assert out(clone) == before
        assert len(records(clone)) == 1
    assert "put back" in capsys.readouterr().err


def test_a_rewritten_history_is_no_hindrance(reviewed: School, tmp_path: Path) -> None:
    """After a squash the commit of the last manifest is in no clone: what goes out again is the same."""
    publish(approved(reviewed), "one", "--commit")
    before = out(reviewed)
    reviewed.git("checkout", "-q", "--orphan", "new")
    reviewed.commit({}, "All in one")
    reviewed.git("branch", "-q", "-M", "main")
    clone = School(reviewed.clone(tmp_path / "clone", "--single-branch").root)
    [record] = records(clone)
    assert record.publication
    with pytest.raises(subprocess.CalledProcessError):
        clone.git("cat-file", "-e", record.publication.commit)
    assert publish(clone, today="2024-01-01") == 0
    assert out(clone) == before


def test_a_tag_names_the_commit(reviewed: School, capsys: Captured) -> None:
    """Annotated, made without asking; one that is on another commit stays there, and that is told."""
    approved(reviewed)
    head = reviewed.git("rev-parse", "HEAD")
    reviewed.git("config", "core.editor", "false")
    reviewed.git("config", "tag.gpgSign", "true")
    assert publish(reviewed, "one", "--tag", "--commit") == 0
    assert reviewed.git("rev-parse", "one/2023-09-14^{commit}") == head
    assert reviewed.git("cat-file", "-t", "one/2023-09-14") == "tag"
    capsys.readouterr()
    assert publish(reviewed, "one", "--tag") == 0
    assert "tag" not in capsys.readouterr().err
    reviewed.git("config", "--unset", "tag.gpgSign")
    reviewed.git("tag", "-f", "one/2023-09-14", "main")
    assert publish(reviewed, "one", "--tag") == 0
    assert "the tag one/2023-09-14 is on" in capsys.readouterr().err


def test_the_commit_holds_the_records_and_nothing_else(reviewed: School) -> None:
    """Whatever else is changed; one that an earlier run left is committed too."""
    publish(approved(reviewed))
    reviewed.write_text("notes.txt", "x")
    assert publish(reviewed, "one", "--commit") == 0
    assert reviewed.git("show", "--name-only", "--format=", "HEAD") == "reviews/one/2023-12-01-publication.yaml"


# What goes wrong on the way


def run(school: Git, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """`publish` in a process of its own."""
    command = [sys.executable, *arguments, "--root", str(school.root), "--today", DAY, "publish", "one", "--jobs", "1"]
    return subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[2])


@pytest.mark.parametrize("what", ["replace", "fsync", "link"])
def test_who_is_killed_at_any_write_loses_nothing(reviewed: School, what: str) -> None:
    """The last publication is whole, no record is of what is not there, and a second run finishes the work."""
    publish(approved(reviewed), "one", "--commit")
    reviewed.commit({"source/one.md": CHANGED}, "Change")
    approved(reviewed, "2023-11-14")
    before = out(reviewed)
    begun = {path: (reviewed.root / path).read_bytes() for path in reviewed.files()}
    for turn in range(1, 40):
        for late in (reviewed.root / "reviews/one").glob("*publication.2.yaml"):
            late.unlink()
        shutil.rmtree(reviewed.root / "build")
        for path, content in before.items():
            reviewed.write_raw(f"build/published/{path}", content)
        ended = run(reviewed, "-m", "tests.pipeline.killing", str(turn), what).returncode
        found = out(reviewed)
        assert {path: found[path] for path in before if "index" not in path} == {
            path: content for path, content in before.items() if "index" not in path
        }
        assert as_recorded(reviewed)
        assert all((reviewed.root / path).read_bytes() == content for path, content in begun.items())
        assert publish(reviewed) == 0
        assert as_recorded(reviewed)
        assert not [path for path in out(reviewed) if ".part" in path]
        assert b"2023-11-14/one.pdf" in out(reviewed)["one/index.html"]
        assert len(records(reviewed)) == 2
        if ended == 0:
            assert turn > 1
            return
        assert ended == -signal.SIGKILL
    pytest.fail("it never came to its end")


def test_a_full_disk_is_told(reviewed: School, monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    """At every write: nothing is half there, and a second run finishes the work."""
    approved(reviewed)
    for turn in range(1, 9):
        monkeypatch.setattr(os, "fsync", failing_at(turn, os.fsync))
        publish(reviewed)
        monkeypatch.undo()
        assert as_recorded(reviewed) or not records(reviewed)
    assert "no space left" in capsys.readouterr().err
    assert publish(reviewed) == 0
    assert as_recorded(reviewed)


def failing_at(turn: int, call: Callable[..., None]) -> Callable[..., None]:
    """The call, which at its turn and ever after finds the disk full."""
    calls = []

    def called(*given: object) -> None:
        calls.append(given)
        if len(calls) >= turn:
            raise OSError(28, "No space left on device")
        call(*given)

    return called


def test_a_place_that_cannot_be_written_is_told(reviewed: School, capsys: Captured) -> None:
    """As a file that stands where the folder would be."""
    approved(reviewed)
    reviewed.write_text("build/published", "no folder")
    assert publish(reviewed) == 2
    assert "cannot write" in capsys.readouterr().err
    assert records(reviewed) == []


def test_an_altered_file_is_never_written_over(reviewed: School, capsys: Captured) -> None:
    """It is told, and stays until somebody takes it away."""
    publish(approved(reviewed))
    reviewed.write_text("build/published/one/2023-09-14/one.html", "altered")
    assert "is not what was published" in refused(reviewed, capsys)
    (reviewed.root / "build/published/one/2023-09-14/one.html").unlink()
    assert publish(reviewed) == 0
    assert as_recorded(reviewed)


def test_two_at_once_wait_for_each_other(reviewed: School) -> None:
    """Each is whole in its turn; the second finds nothing to do."""
    approved(reviewed)
    command = [sys.executable, "-m", "policytool", "--root", str(reviewed.root), "--today", DAY, "publish", "one"]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE) for _ in range(2)]
    told = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0]
    assert sum(b"nothing to publish" in one for one in told) == 1
    assert len(records(reviewed)) == 1


def test_who_waits_too_long_is_told(tmp_path: Path) -> None:
    """That another is at work."""
    with hold(tmp_path), pytest.raises(UnableError, match="is at work here"), hold(tmp_path, patience=0.2):
        pass
