"""Records and kept wordings: found and read, added all or none, and what git knows of them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from time import process_time

import pytest

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.store import reviews
from policytool.store.history import History
from policytool.store.objects import blob_hash, is_blob
from policytool.store.reviews import free_name, read_wording, record_files, wordings, write_new
from tests.history import Git, begin, school, text

__all__ = ["school"]

RECORD = "reviews/one/2023-09-14-annual.yaml"
WORDING = "reviews/one/wording/9f2c9f2c9f2c9f2c.md"
BOTH = [Artifact(RECORD, b"record: review\n"), Artifact(WORDING, b"words\n")]


def lay(root: Path, *paths: str) -> None:
    """Files that hold their own path."""
    for path in paths:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(path, "utf-8")


def files_in(root: Path) -> list[str]:
    """Every file below a folder, hidden ones too."""
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def told(root: Path) -> list[tuple[str, str, str]]:
    """What is wrong among the records: path, code, and the message."""
    wrong = [one.wrong for one in record_files(root) if one.wrong]
    return [(one.path, one.finding.code, one.message) for one in wrong]


# Found and read


def test_records_are_found_in_order(tmp_path: Path) -> None:
    """By policy, then by name, with their bytes; and what stands beside them is no record."""
    lay(tmp_path, "reviews/b/2023-01-annual.yaml", "reviews/a/2024-01-annual.yaml", "reviews/a/2023-01-annual.2.yaml")
    lay(tmp_path, "reviews/README.md", "reviews/reminders.jsonl", "reviews/a/README.md", "reviews/.gitkeep")
    lay(tmp_path, "reviews/a/.2025-01-annual.yaml.x.part", "reviews/.git/x.yaml", "reviews/a/wording/1.md")
    found = list(record_files(tmp_path))
    assert [one.path for one in found] == [
        "reviews/a/2023-01-annual.2.yaml",
        "reviews/a/2024-01-annual.yaml",
        "reviews/b/2023-01-annual.yaml",
    ]
    assert [one.content.decode() for one in found] == [one.path for one in found]
    assert [one.wrong for one in found] == [None] * 3


def test_a_repository_without_records_has_none(tmp_path: Path) -> None:
    """A new one, that is."""
    assert list(record_files(tmp_path)) == []
    assert wordings(tmp_path) == {}


@pytest.mark.parametrize(
    "path",
    [
        "reviews/2023-01-annual.yaml",
        "reviews/one/2023-01-annual.yml",
        "reviews/one/notes.txt",
        "reviews/one/2023/2023-01-annual.yaml",
        "reviews/one/x.yaml/y",
        "reviews/one/wording/2023-01-annual.yaml",
        "reviews/one/wording/old/9f2c9f2c9f2c9f2c.md",
        "reviews/notes.md",
    ],
)
def test_what_stands_in_the_wrong_place_is_told(tmp_path: Path, path: str) -> None:
    """A record that does not count would be missed by nobody."""
    lay(tmp_path, path)
    [(where, code, _)] = told(tmp_path)
    assert path.startswith(where)
    assert code == "PT503"


def test_a_link_out_of_the_repository_is_not_followed(tmp_path: Path) -> None:
    """Neither to a record, nor to a folder of them, nor to a wording."""
    root = tmp_path / "school"
    lay(tmp_path, "other/2023-01-annual.yaml", "other/wording/1.md")
    lay(root, "reviews/one/wording/2.md")
    (root / "reviews/one/a.yaml").symlink_to(tmp_path / "other/2023-01-annual.yaml")
    (root / "reviews/one/wording/1.md").symlink_to(tmp_path / "other/wording/1.md")
    (root / "reviews/two").symlink_to(tmp_path / "other", target_is_directory=True)
    assert told(root) == [
        ("reviews/one/a.yaml", "PT504", "this link leads out of the repository"),
        ("reviews/two", "PT504", "this link leads out of the repository"),
    ]
    assert read_wording(root, "one", "1.md") is None
    assert read_wording(root, "two", "1.md") is None
    assert read_wording(root, "..", "../../other/wording/1.md") is None
    assert read_wording(root, "one", "2.md") == b"reviews/one/wording/2.md"


def test_all_records_somewhere_else_are_not_read(tmp_path: Path) -> None:
    """Where `reviews` itself is a link out."""
    lay(tmp_path, "other/one/2023-01-annual.yaml", "other/one/wording/1.md")
    root = tmp_path / "school"
    root.mkdir()
    (root / "reviews").symlink_to(tmp_path / "other", target_is_directory=True)
    assert told(root) == [("reviews", "PT504", "this link leads out of the repository")]
    assert wordings(root) == {}
    with pytest.raises(UnableError, match="outside"):
        write_new(root, BOTH)


def test_a_linked_folder_is_told_and_a_linked_record_is_read(tmp_path: Path) -> None:
    """Inside the repository: a folder could lead round in a circle."""
    lay(tmp_path, "reviews/one/2023-01-annual.yaml", "reviews/two/README.md")
    (tmp_path / "reviews/two/loop").symlink_to(tmp_path / "reviews", target_is_directory=True)
    (tmp_path / "reviews/two/wording").symlink_to(tmp_path / "reviews/one", target_is_directory=True)
    (tmp_path / "reviews/two/same.yaml").symlink_to(tmp_path / "reviews/one/2023-01-annual.yaml")
    linked = "a link to a folder is not followed"
    assert told(tmp_path) == [("reviews/two/loop", "PT504", linked), ("reviews/two/wording", "PT504", linked)]
    assert [one.content for one in record_files(tmp_path) if not one.wrong] == [b"reviews/one/2023-01-annual.yaml"] * 2


def test_a_record_that_cannot_be_read_is_a_finding_of_its_own(tmp_path: Path) -> None:
    """The others are read: a link into nothing, one in a circle, and what would never end."""
    lay(tmp_path, "reviews/one/d.yaml")
    folder = tmp_path / "reviews/one"
    (folder / "a.yaml").symlink_to(folder / "gone")
    (folder / "b.yaml").symlink_to(folder / "b.yaml")
    os.mkfifo(folder / "c.yaml")
    assert told(tmp_path) == [
        ("reviews/one/a.yaml", "PT504", "cannot read this file: no such file or directory"),
        ("reviews/one/b.yaml", "PT504", "cannot read this file: too many levels of symbolic links"),
        ("reviews/one/c.yaml", "PT504", "cannot read this file: it is neither a file nor a folder"),
    ]
    assert [one.path for one in record_files(tmp_path) if not one.wrong] == ["reviews/one/d.yaml"]


def test_a_folder_that_cannot_be_listed_is_a_finding(tmp_path: Path) -> None:
    """Its records would silently be missing."""
    lay(tmp_path, "reviews")
    assert told(tmp_path) == [("reviews", "PT504", "cannot list this folder: not a directory")]


def test_no_more_than_five_megabytes_are_read(tmp_path: Path) -> None:
    """One byte more tells that there are more."""
    lay(tmp_path, RECORD, WORDING)
    for path in (RECORD, WORDING):
        (tmp_path / path).write_bytes(b"x" * 6_000_000)
    [found] = record_files(tmp_path)
    assert len(found.content) == 5_000_001
    assert len(read_wording(tmp_path, "one", "9f2c9f2c9f2c9f2c.md") or b"") == 5_000_001


def test_wordings_are_listed_by_policy(tmp_path: Path) -> None:
    """Those that there are; whether each is what its name says is another's question."""
    lay(tmp_path, "reviews/b/wording/2.md", "reviews/b/wording/1.md", "reviews/a/x.yaml", "reviews/c/wording/.x.md")
    assert wordings(tmp_path) == {"b": ["1.md", "2.md"]}
    assert read_wording(tmp_path, "b", "1.md") == b"reviews/b/wording/1.md"
    assert read_wording(tmp_path, "b", "3.md") is None


def test_twenty_thousand_files_are_read_in_a_moment(tmp_path: Path) -> None:
    """Ten years of a thousand policies: a look at each file more than once would be felt."""
    for policy in range(200):
        lay(tmp_path, *(f"reviews/p{policy}/2{number:03}-01-annual.yaml" for number in range(75)))
        lay(tmp_path, *(f"reviews/p{policy}/wording/{number:016x}.md" for number in range(25)))
    begin = process_time()
    assert len(list(record_files(tmp_path))) == 15_000
    kept = wordings(tmp_path)
    assert sum(read_wording(tmp_path, one, name) is not None for one, names in kept.items() for name in names) == 5_000
    assert process_time() - begin < 2


# Added


def test_a_record_and_its_wording_are_written_together(tmp_path: Path) -> None:
    """The wording first, whatever the order they were given in."""
    assert [path.relative_to(tmp_path).as_posix() for path in write_new(tmp_path, BOTH)] == [WORDING, RECORD]
    assert files_in(tmp_path) == [RECORD, WORDING]
    assert (tmp_path / RECORD).read_bytes() == b"record: review\n"


@pytest.mark.parametrize("taken", [RECORD, WORDING])
def test_where_one_name_is_taken_nothing_is_written(tmp_path: Path, taken: str) -> None:
    """And what is there stays as it is."""
    lay(tmp_path, taken)
    with pytest.raises(UnableError, match="is there already") as caught:
        write_new(tmp_path, BOTH)
    assert "never overwritten" in caught.value.advice
    assert files_in(tmp_path) == [taken]
    assert (tmp_path / taken).read_text("utf-8") == taken


def test_a_link_that_leads_nowhere_takes_a_name_too(tmp_path: Path) -> None:
    """What it leads to is not written."""
    lay(tmp_path, "reviews/one/README.md")
    (tmp_path / RECORD).symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UnableError, match="is there already"):
        write_new(tmp_path, BOTH)
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_where_a_folder_should_be_is_told(tmp_path: Path) -> None:
    """In words of the operating system."""
    lay(tmp_path, "reviews/one")
    with pytest.raises(UnableError, match=r"cannot write .*: (file exists|not a directory)"):
        write_new(tmp_path, BOTH)


@pytest.mark.parametrize("path", ["../x.yaml", "/x.yaml", "reviews/../../x.yaml"])
def test_nothing_is_written_outside(tmp_path: Path, path: str) -> None:
    """Nor what should stand beside it."""
    root = tmp_path / "school"
    root.mkdir()
    with pytest.raises(UnableError, match="outside"):
        write_new(root, [*BOTH, Artifact(path, b"")])
    assert files_in(tmp_path) == []


@pytest.mark.parametrize("failing", ["fsync", "link"])
@pytest.mark.parametrize("error", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_what_fails_on_the_way_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, error: BaseException
) -> None:
    """A full disk or Ctrl-C, after the first of two files."""
    real, calls = getattr(os, failing), list[object]()

    def second_fails(*arguments: object) -> object:
        calls.append(arguments)
        if len(calls) > 1:
            raise error
        return real(*arguments)

    def refused(*_arguments: object) -> None:
        raise error

    monkeypatch.setattr(os, failing, second_fails)
    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises((UnableError, KeyboardInterrupt)):
        write_new(tmp_path, BOTH)
    assert files_in(tmp_path) == []


def test_where_there_are_no_hard_links_a_record_is_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a memory stick; and nothing is overwritten there either."""

    def refused(*_arguments: object) -> None:
        raise OSError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refused)
    write_new(tmp_path, BOTH)
    assert files_in(tmp_path) == [RECORD, WORDING]
    with pytest.raises(UnableError, match="is there already"):
        write_new(tmp_path, [Artifact("reviews/one/wording/1.md", b""), BOTH[0]])
    assert files_in(tmp_path) == [RECORD, WORDING]


KILLED = """
import os, signal, sys
from pathlib import Path
from policytool.model.artifact import Artifact
from policytool.store.reviews import write_new

real, left = os.link, int(sys.argv[2])

def link(*arguments):
    global left
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1
    real(*arguments)

os.link = link
write_new(Path(sys.argv[1]), [Artifact("reviews/one/a.yaml", b"a"), Artifact("reviews/one/wording/b.md", b"b")])
"""


@pytest.mark.parametrize(("steps", "left"), [(0, []), (1, ["reviews/one/wording/b.md"])])
def test_who_is_killed_leaves_no_record_without_its_wording(tmp_path: Path, steps: int, left: list[str]) -> None:
    """And nothing that a later run takes for a record."""
    run = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path), str(steps)], check=False)
    assert run.returncode < 0
    assert [path for path in files_in(tmp_path) if not Path(path).name.startswith(".")] == left
    assert list(record_files(tmp_path)) == []


def test_a_second_record_of_a_day_gets_a_number(tmp_path: Path) -> None:
    """Two meetings, or a correction on the same day."""
    assert free_name(tmp_path, "one", "2023-09-14-annual") == "2023-09-14-annual"
    lay(tmp_path, RECORD)
    assert free_name(tmp_path, "one", "2023-09-14-annual") == "2023-09-14-annual.2"
    lay(tmp_path, RECORD.replace(".yaml", ".2.yaml"))
    assert free_name(tmp_path, "one", "2023-09-14-annual") == "2023-09-14-annual.3"
    assert free_name(tmp_path, "two", "2023-09-14-annual") == "2023-09-14-annual"


# What git knows


def first(root: Path) -> dict[str, tuple[str, str]]:
    """What each record was when it first came onto the default branch, and the commit that brought it."""
    with History(root) as history:
        _, tip = history.default_branch()
        found = history.first_committed(tip, reviews.REVIEWS)
        subjects = {one.commit: history.named(one.commit) for one in found.values()}
        named = {commit: next(iter(known.values())).subject for commit, known in subjects.items()}
        return {path: (history.read(one.blob).decode(), named[one.commit]) for path, one in found.items()}


def test_a_record_is_known_as_it_first_came(school: Git) -> None:
    """Whether it was altered, removed or put back since."""
    school.commit({RECORD: "first", "reviews/one/b.yaml": "b"}, "Add")
    school.commit({RECORD: "second"}, "Alter")
    school.commit({"reviews/one/b.yaml": None}, "Remove")
    school.commit({"reviews/one/b.yaml": "again"}, "Put back")
    assert first(school.root) == {RECORD: ("first", "Add"), "reviews/one/b.yaml": ("b", "Add")}


def test_what_was_tried_on_the_way_does_not_count(school: Git) -> None:
    """A merge or squash brings a record as it came in; until then it may change."""
    school.git("switch", "-q", "-c", "draft")
    school.commit({RECORD: "draft"}, "Draft")
    school.commit({RECORD: "final", "reviews/one/gone.yaml": "x"}, "Final")
    school.commit({"reviews/one/gone.yaml": None}, "Not so")
    school.git("switch", "-q", "main")
    school.commit({"source/two.md": text()}, "Meanwhile")
    assert first(school.root) == {}
    school.git("merge", "-q", "--no-ff", "-m", "Merge", "draft")
    assert first(school.root) == {RECORD: ("final", "Merge")}


def test_a_squash_brings_a_record_as_it_came_in(school: Git) -> None:
    """One commit, whatever was tried before."""
    school.git("switch", "-q", "-c", "draft")
    school.commit({RECORD: "draft"}, "Draft")
    school.commit({RECORD: "final"}, "Final")
    school.git("switch", "-q", "main")
    school.git("merge", "-q", "--squash", "draft")
    school.git("commit", "-q", "-m", "Squash")
    assert first(school.root) == {RECORD: ("final", "Squash")}


def test_another_branch_than_the_default_does_not_count(school: Git, tmp_path: Path) -> None:
    """A record becomes fixed when it comes in, not when somebody proposes it."""
    school.commit({RECORD: "main"}, "Main")
    clone = school.clone(tmp_path / "clone")
    clone.git("switch", "-q", "-c", "proposal")
    clone.commit({RECORD: "altered", "reviews/one/new.yaml": "new"}, "Propose")
    assert first(clone.root) == {RECORD: ("main", "Main")}


def test_a_renamed_folder_comes_under_its_new_name_too(school: Git) -> None:
    """The old names stay known, with the same content, so that nothing need seem lost."""
    school.commit({RECORD: "a"}, "Add")
    school.git("mv", "reviews/one", "reviews/two")
    school.commit({}, "Rename")
    moved = RECORD.replace("one", "two")
    assert first(school.root) == {RECORD: ("a", "Add"), moved: ("a", "Rename")}


def test_a_shallow_clone_knows_that_it_is_one(school: Git, tmp_path: Path) -> None:
    """All that is older seems to have come with its oldest commit, so whoever asks must look at that first."""
    school.commit({RECORD: "first"}, "Add")
    school.commit({RECORD: "second"}, "Alter")
    clone = school.clone(tmp_path / "clone", "--depth", "1")
    with History(clone.root) as history:
        assert history.is_shallow
    assert first(clone.root) == {RECORD: ("second", "Alter")}


def test_many_records_take_as_many_runs_of_git_as_one(school: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """One: the check of twenty thousand must not take as many processes."""
    for number in range(5):
        school.commit({f"reviews/one/{number}.yaml": "x", f"reviews/two/{number}.yaml": "x"})
    with History(school.root) as history:
        run, runs, tip = history._commands.run, list[str](), history.head()  # noqa: SLF001

        def counted(*arguments: str) -> tuple[int, bytes, str]:
            runs.append(arguments[0])
            return run(*arguments)

        monkeypatch.setattr(history._commands, "run", counted)  # noqa: SLF001
        assert len(history.first_committed(tip, reviews.REVIEWS)) == 10
    assert runs == ["log"]


def test_a_folder_of_a_larger_repository_knows_its_own_records(tmp_path: Path) -> None:
    """By paths from that folder, whatever else is called reviews, and whatever git is set to."""
    larger = begin(tmp_path)
    larger.commit({"policies/policytool.yaml": "", f"policies/{RECORD}": "mine", RECORD: "another's"}, "Add")
    larger.git("config", "diff.relative", "true")
    assert first(tmp_path / "policies") == {RECORD: ("mine", "Add")}


def test_a_checkout_with_other_line_ends_holds_the_same_record(school: Git, tmp_path: Path) -> None:
    """As git makes one on Windows."""
    school.commit({RECORD: "a: b\nc: d\n"})
    clone = school.clone(tmp_path / "clone", "--config", "core.autocrlf=true")
    on_disk = (clone.root / RECORD).read_bytes()
    blob = clone.git("rev-parse", f"HEAD:{RECORD}")
    assert b"\r\n" in on_disk
    assert is_blob(on_disk, blob)
    assert not is_blob(on_disk + b"x", blob)
    with History(clone.root) as history:
        assert history.is_clean(RECORD)


@pytest.mark.parametrize("form", ["sha1", "sha256"])
def test_a_file_is_named_as_git_names_it(tmp_path: Path, form: str) -> None:
    """In both of the ways that git has."""
    made = Git(tmp_path)
    made.git("init", "-q", "-b", "main", f"--object-format={form}")
    made.commit({RECORD: b"a\r\nb\n\xff\x00"})
    blob = made.git("rev-parse", f"HEAD:{RECORD}")
    assert blob_hash(b"a\r\nb\n\xff\x00", len(blob)) == blob
    with History(tmp_path) as history:
        assert history.first_committed(history.head(), "reviews")[RECORD].blob == blob


# What is written to git


@pytest.fixture
def clerk(school: Git, monkeypatch: pytest.MonkeyPatch) -> Git:
    """The school’s repository, in which somebody with a name of her own works."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    school.git("config", "user.name", "Ann Clerk")
    school.git("config", "user.email", "ann@school.example")
    return school


def commit(root: Path, *paths: str, message: str = "Record a review") -> str:
    """The hash of a commit of these files."""
    with History(root) as history:
        made = history.commit(paths, message)
        assert made == history.head()
        return made.hash


def hook(git: Git, name: str, script: str) -> None:
    """A hook of the repository."""
    path = git.write_raw(f".git/hooks/{name}", f"#!/bin/sh\n{script}\n".encode())
    path.chmod(0o755)


def test_a_commit_holds_the_files_named_and_no_other(clerk: Git) -> None:
    """What else is changed, staged or new stays so."""
    clerk.commit({"source/two.md": text(), "source/three.md": text()})
    clerk.write_raw("source/two.md", b"staged")
    clerk.git("add", "source/two.md")
    clerk.write_raw("source/three.md", b"changed")
    clerk.write_raw("new.txt", b"new")
    write_new(clerk.root, BOTH)
    commit(clerk.root, RECORD, WORDING)
    assert clerk.git("show", "--format=%an %s", "--name-status", "HEAD").split("\n") == [
        "Ann Clerk Record a review",
        "",
        f"A\t{RECORD}",
        f"A\t{WORDING}",
    ]
    # The blank before the first M, which tells that it is not staged, is lost in reading.
    assert clerk.git("status", "--porcelain").split("\n") == ["M source/three.md", "M  source/two.md", "?? new.txt"]


def test_a_message_is_no_option_and_no_comment(clerk: Git) -> None:
    """It is read as it is, on as many lines as it has."""
    write_new(clerk.root, BOTH)
    commit(clerk.root, RECORD, message="--amend\n\n# “Ünïcode”\n-x")
    assert clerk.git("log", "-1", "--format=%B") == "--amend\n\n# “Ünïcode”\n-x"
    assert clerk.git("rev-list", "--count", "HEAD") == "2"


def test_a_path_means_itself_alone(clerk: Git) -> None:
    """Signs that stand for many files stand for themselves."""
    clerk.write_raw("reviews/[ab]*.yaml", b"x")
    clerk.write_raw("reviews/a.yaml", b"y")
    commit(clerk.root, "reviews/[ab]*.yaml")
    assert clerk.git("status", "--porcelain", "-uall") == "?? reviews/a.yaml"


def test_a_folder_of_a_larger_repository_is_committed_from(clerk: Git) -> None:
    """By paths from that folder."""
    write_new(clerk.root / "policies", BOTH)
    write_new(clerk.root, BOTH)
    commit(clerk.root / "policies", RECORD, WORDING)
    assert clerk.git("show", "--format=", "--name-only", "HEAD").split() == [
        f"policies/{RECORD}",
        f"policies/{WORDING}",
    ]


def test_the_first_commit_of_all_may_be_a_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a branch that is not born yet; what was staged for it stays staged."""
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "Ann Clerk")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "ann@school.example")
    made = begin(tmp_path)
    made.git("add", "policytool.yaml")
    write_new(tmp_path, BOTH)
    with History(tmp_path) as history:
        assert history.committed(RECORD) is None
        assert not history.is_clean(RECORD)
    commit(tmp_path, RECORD, WORDING)
    assert made.git("status", "--porcelain") == "A  policytool.yaml"


def test_a_file_that_is_committed_already_is_committed_anew(clerk: Git) -> None:
    """As the ledger of reminders is, a line longer each time."""
    clerk.commit({"reviews/reminders.jsonl": "a\n"})
    clerk.write_raw("reviews/reminders.jsonl", b"a\nb\n")
    commit(clerk.root, "reviews/reminders.jsonl")
    assert clerk.git("status", "--porcelain") == ""


def refused(git: Git, words: str, *, paths: tuple[str, ...] = (RECORD, WORDING)) -> UnableError:
    """A commit that git does not make: nothing is committed, nothing staged, and what was staged is."""
    before = git.git("rev-parse", "HEAD")
    git.write_raw("staged.txt", b"staged")
    git.git("add", "staged.txt")
    write_new(git.root, BOTH)
    with History(git.root) as history, pytest.raises(UnableError, match=words) as caught:
        history.commit(paths, "Record a review")
    assert git.git("rev-parse", "HEAD") == before
    assert git.git("diff", "--cached", "--name-only") == "staged.txt"
    assert (git.root / RECORD).is_file()
    return caught.value


def test_a_hook_that_refuses_is_quoted(clerk: Git) -> None:
    """Whatever it printed, and that the files are still there."""
    hook(clerk, "pre-commit", "echo 'PT999: no'; echo 'second line' >&2; exit 1")
    told = refused(clerk, "git did not commit: ")
    assert "PT999: no" in str(told)
    assert "second line" in str(told)
    assert "the files are written" in told.advice
    assert clerk.git("status", "--porcelain", "-uall").split("\n") == ["A  staged.txt", f"?? {RECORD}", f"?? {WORDING}"]


def test_a_hook_that_refuses_without_a_word_is_told(clerk: Git) -> None:
    """Somebody must be to blame."""
    hook(clerk, "commit-msg", "exit 1")
    refused(clerk, "a hook refused, without a word")


def test_hooks_run_in_the_surroundings_they_always_have(clerk: Git) -> None:
    """With patterns for paths, and nothing forbidden that git may do."""
    hook(clerk, "pre-commit", "env > hook.env; git diff --cached --name-only -- '*.yaml' > hook.out")
    write_new(clerk.root, BOTH)
    commit(clerk.root, RECORD, WORDING)
    assert (clerk.root / "hook.out").read_text("utf-8") == f"{RECORD}\n"
    assert "GIT_ALLOW_PROTOCOL=none" not in (clerk.root / "hook.env").read_text("utf-8")


def test_git_that_knows_nobody_is_told(school: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the two lines that help."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, os.devnull)
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    school.git("config", "user.useConfigOnly", "true")
    assert "git config user.name" in refused(school, "identity unknown").advice


def test_a_commit_that_would_belong_to_no_branch_is_refused(clerk: Git) -> None:
    """It would be lost with the next switch."""
    clerk.git("switch", "-q", "--detach")
    refused(clerk, "no branch is checked out")


def test_a_merge_that_is_not_done_is_told(clerk: Git) -> None:
    """In git’s own words."""
    clerk.git("switch", "-q", "-c", "other")
    clerk.commit({"source/two.md": text()})
    clerk.git("switch", "-q", "main")
    clerk.git("merge", "-q", "--no-commit", "--no-ff", "other")
    clerk.git("rm", "-q", "--cached", "source/two.md")
    refused(clerk, "cannot do a partial commit during a merge")


def test_an_ignored_folder_is_told(clerk: Git) -> None:
    """Records that nobody else gets are none."""
    clerk.commit({".gitignore": "reviews/\n"})
    refused(clerk, "ignored by one of your .gitignore files")


def test_another_git_at_work_is_told(clerk: Git) -> None:
    """By the lock that it holds."""
    write_new(clerk.root, BOTH)
    clerk.write_raw(".git/index.lock", b"")
    with History(clerk.root) as history, pytest.raises(UnableError, match=r"index\.lock"):
        history.commit([RECORD], "Record a review")


def test_nothing_new_is_nothing_to_commit(clerk: Git) -> None:
    """As where somebody was faster."""
    clerk.commit({RECORD: "record: review\n"})
    with History(clerk.root) as history, pytest.raises(UnableError, match="nothing to commit"):
        history.commit([RECORD], "Record a review")
    assert clerk.git("status", "--porcelain") == ""


# What the working tree says against HEAD


def test_a_file_as_committed_is_clean(school: Git) -> None:
    """However often it was touched since."""
    with History(school.root) as history:
        assert history.is_clean("source/one.md")
        assert history.committed("source/one.md") == text().encode()
        os.utime(school.root / "source/one.md", (1, 1))
        assert history.is_clean("source/one.md")
        school.write_raw("source/one.md", b"changed")
        assert not history.is_clean("source/one.md")
        assert history.committed("source/one.md") == text().encode()
        school.git("add", "-A")
        assert not history.is_clean("source/one.md")


def test_a_file_that_is_not_committed_or_gone_is_not_clean(school: Git) -> None:
    """A record would speak of words that nobody else has."""
    school.write_raw("source/two.md", b"x")
    (school.root / "source/one.md").unlink()
    with History(school.root) as history:
        assert history.committed("source/two.md") is None
        assert [history.is_clean(f"source/{name}.md") for name in ("one", "two", "three")] == [False] * 3
        school.git("add", "source/two.md")
        assert not history.is_clean("source/two.md")
        assert history.committed("source") is None


def test_a_linked_source_is_clean_when_what_it_leads_to_is(school: Git) -> None:
    """Its words are those of the file at its end."""
    school.commit({"notes/real.md": text()})
    (school.root / "source/two.md").symlink_to("../notes/real.md")
    school.commit({})
    with History(school.root) as history:
        assert history.committed("source/two.md") == text().encode()
        assert history.is_clean("source/two.md")
        school.write_raw("notes/real.md", b"changed")
        assert not history.is_clean("source/two.md")


def test_any_file_name_is_looked_up(school: Git) -> None:
    """Signs that git gives a meaning to, and a line end, which would lose our place in what git answers."""
    names = ["source/a\nb.md", "source/:(glob)*.md", "source/-x.md", "source/[o]ne.md"]
    school.commit(dict.fromkeys(names, "x"))
    with History(school.root) as history:
        for name in names:
            assert history.committed(name) == b"x"
            assert history.is_clean(name)
            school.write_raw(name, b"y")
            assert not history.is_clean(name)
            assert history.is_clean("source/one.md")
