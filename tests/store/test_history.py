"""History as git keeps it, read without a checkout: real repositories, made for each test."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from policytool.model.unable import UnableError
from policytool.store import files
from policytool.store.history import History
from tests.history import BODY, Git, begin, school, text
from tests.repository import SETTINGS, Repository

__all__ = ["school"]

EDITED = text(BODY.replace("rule 3", "rule three"))


def told(root: Path, path: str = "source/one.md") -> list[tuple[str, str, str]]:
    """What became of a file: the commit's subject, the path from then on, and the path before a rename."""
    with History(root) as history:
        found = history.revisions(path, history.head())
    return [(one.commit.subject, one.path, one.renamed_from) for one in found]


# What is no repository, or none that can be read


def test_a_folder_in_no_repository_is_told(repository: Repository) -> None:
    """With what to do."""
    with pytest.raises(UnableError, match="is in no git repository") as caught:
        History(repository.root)
    assert "git init" in caught.value.advice


def test_a_bare_repository_is_told(school: Git, tmp_path: Path) -> None:
    """It holds no files to work on."""
    bare = school.clone(tmp_path / "bare.git", "--bare")
    with pytest.raises(UnableError, match="is a bare repository"):
        History(bare.root)


def test_the_inside_of_git_is_told(school: Git) -> None:
    """Nobody keeps policies there."""
    with pytest.raises(UnableError, match=r"inside a \.git folder"):
        History(school.root / ".git")


def test_an_unborn_branch_is_told(tmp_path: Path) -> None:
    """Before the first commit there is no version."""
    with History(begin(tmp_path).root) as history:
        with pytest.raises(UnableError, match="there is no commit yet"):
            history.head()
        with pytest.raises(UnableError, match="there is no commit yet"):
            history.default_branch()


def test_a_damaged_repository_is_told(school: Git) -> None:
    """In git's words, and never as a traceback."""
    (school.root / ".git" / "config").write_text("[core\n")
    with pytest.raises(UnableError, match="git cannot read"):
        History(school.root)


def test_a_lost_object_is_told(school: Git) -> None:
    """As a disk that went bad loses one."""
    blob = school.git("rev-parse", "HEAD:source/one.md")
    (school.root / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    with History(school.root) as history, pytest.raises(UnableError, match="this clone lacks"):
        history.sources(history.head())


def test_a_lost_folder_is_told(school: Git) -> None:
    """The same of a tree."""
    tree = school.git("rev-parse", "HEAD:source")
    (school.root / ".git" / "objects" / tree[:2] / tree[2:]).unlink()
    with History(school.root) as history:
        with pytest.raises(UnableError, match="this clone lacks"):
            history.sources(history.head())
        with pytest.raises(UnableError, match="git cannot read the history"):
            history.revisions("policytool.yaml", history.head())


def test_a_reader_that_ends_is_told(school: Git) -> None:
    """Killed by somebody, or stopped by damage."""
    with History(school.root) as history:
        history.head()
        history._commands._reader.proc.kill()  # noqa: SLF001  # as the kernel would, short of memory
        history._commands._reader.proc.wait()  # noqa: SLF001
        with pytest.raises(UnableError, match="git cannot read the history"):
            history.head()


def test_a_machine_without_git_is_told(school: Git, tmp_path: Path) -> None:
    """The program, that is: its library is always there."""
    code = "import sys; from policytool.cli import run; sys.exit(run(['--root', sys.argv[1], 'build', '--at', 'HEAD']))"
    environment = {**os.environ, "PATH": str(tmp_path)}
    command = [sys.executable, "-c", code, str(school.root)]
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert run.returncode == 2
    assert run.stderr.startswith("error: git is not installed\nhelp: ")


def test_git_that_goes_away_is_told(school: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its library was loaded."""
    with History(school.root):
        pass
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UnableError, match="git cannot be run"):
        History(school.root)


# Names of commits


def test_names_of_commits_are_found(school: Git) -> None:
    """Branches, tags, hashes, and what git says of those."""
    first = school.git("rev-parse", "HEAD")
    school.git("tag", "-a", "signed-off", "-m", "An annotated tag")
    second = school.commit({"source/one.md": EDITED})
    with History(school.root) as history:
        for name, commit in {"main": second, "HEAD~1": first, "main^": first, first[:9]: first, "@": second}.items():
            assert [one.hash for one in history.named(name).values()] == [commit]
        assert [(what, one.hash) for what, one in history.named("signed-off").items()] == [("tag `signed-off`", first)]


NO_NAMES = ("", "-x", "--output=/tmp/x", "--batch-check", "a..b", "HEAD:source", ":/Begin", "HEAD^{/Begin}", "a\nHEAD")
NO_COMMITS = (
    "HEAD\0",
    "HEAD\n",
    "no-such-branch",
    "HEAD~9999",
    "0000000",
    "*",
    "\udce9",
    "HEAD^{tree}",
    "deadbeef" * 5,
)


@pytest.mark.parametrize("name", [*NO_NAMES, *NO_COMMITS])
def test_what_names_no_commit_names_nothing(school: Git, name: str) -> None:
    """Neither an option, nor a range, nor a path; and the next question still gets its own answer."""
    with History(school.root) as history:
        assert history.named(name) == {}
        assert history.head().subject == "Begin"


def test_a_tag_and_a_branch_of_one_name_are_two(school: Git) -> None:
    """Git would take the tag, with a warning that nobody reads."""
    school.git("tag", "autumn")
    school.commit({"source/one.md": EDITED})
    school.git("branch", "autumn")
    with History(school.root) as history:
        assert list(history.named("autumn")) == ["tag `autumn`", "branch `autumn`"]


def test_a_commit_says_who_when_and_what(school: Git) -> None:
    """The author's name, the committer's date, the first paragraph of the message."""
    school.commit({}, "Two\nlines\n\nand a body", "2024-06-30T23:30:00-0230", author="Zoë Ó Sé")
    with History(school.root) as history:
        commit = history.head()
    assert (commit.author, commit.subject) == ("Zoë Ó Sé", "Two lines")
    assert commit.date.isoformat() == "2024-06-30T23:30:00-02:30"
    assert commit.hash.startswith(commit.short)
    assert len(commit.parents) == 1


@pytest.mark.parametrize(
    ("line", "author", "year"),
    [
        ("committer Nobody\n", "Ann", 1970),
        ("committer A <a@b> 99999999999999999 +0000\n", "Ann", 1970),
        ("committer A <a@b> 1704103200 +9900\n", "Ann", 1970),
        ("committer A <a@b> 1704103200 +0000\nencoding nonsense\n", "Ann", 2024),
        ("committer A <a@b> 1704103200 +0000\nencoding ISO-8859-1\n", "Ann", 2024),
    ],
)
def test_a_damaged_commit_is_read_as_far_as_it_goes(school: Git, line: str, author: str, year: int) -> None:
    """Other programs write commits too."""
    tree = school.git("rev-parse", "HEAD^{tree}")
    raw = f"tree {tree}\nauthor Ann <a@b> 1 +0000\n{line}\nCaf".encode() + b"\xe9\n"
    (school.root / "raw").write_bytes(raw)
    made = school.git("hash-object", "-t", "commit", "-w", "--literally", "raw")
    with History(school.root) as history:
        [commit] = history.named(made).values()
    assert (commit.author, commit.date.year) == (author, year)
    assert commit.subject == ("Café" if "8859" in line else "Caf\N{REPLACEMENT CHARACTER}")


# The default branch


def test_the_branch_that_the_settings_name_counts(school: Git) -> None:
    """Whatever is checked out."""
    first = school.git("rev-parse", "HEAD")
    school.git("switch", "-q", "-c", "draft")
    second = school.commit({"source/one.md": EDITED})
    with History(school.root) as history:
        assert history.default_branch("main")[1].hash == first
        assert history.default_branch()[1].hash == second
        for name in ("nowhere", "-x", "a\nb"):
            with pytest.raises(UnableError, match="which is not here"):
                history.default_branch(name)


def test_the_remotes_head_counts_before_what_is_checked_out(school: Git, tmp_path: Path) -> None:
    """The local branch of its name before the remote's own."""
    clone = school.clone(tmp_path / "clone")
    begun = clone.git("rev-parse", "HEAD")
    local = clone.commit({"source/one.md": EDITED})
    clone.git("switch", "-q", "-c", "draft")
    clone.commit({"source/two.md": text()})
    with History(clone.root) as history:
        assert history.default_branch() == ("main", history.named(local)[f"revision `{local}`"])
    clone.git("branch", "-q", "-D", "main")
    with History(clone.root) as history:
        name, commit = history.default_branch()
        assert (name, commit.hash) == ("main", begun)
        assert history.default_branch("main")[1].hash == begun


def test_a_detached_head_is_a_head(school: Git) -> None:
    """As CI checks out."""
    school.commit({"source/one.md": EDITED})
    school.git("checkout", "-q", "--detach", "HEAD~1")
    with History(school.root) as history:
        assert history.head().subject == "Begin"
        assert history.default_branch()[0] == ""
    assert told(school.root) == [("Begin", "source/one.md", "")]


def test_the_last_commit_before_a_moment_is_on_the_branchs_own_line(school: Git) -> None:
    """What was committed on a side branch counts from when it came in."""
    school.git("switch", "-q", "-c", "draft")
    school.commit({"source/one.md": EDITED}, "Draft", "2024-02-01T12:00:00Z")
    school.git("switch", "-q", "main")
    school.git("merge", "-q", "--no-ff", "-m", "Merge", "draft", day="2024-03-01T12:00:00Z")
    with History(school.root) as history:
        tip = history.head()

        def before(moment: str) -> str | None:
            commit = history.last_before(tip, datetime.fromisoformat(moment).replace(tzinfo=UTC))
            return commit.subject if commit else None

        assert before("2024-02-15") == "Begin"
        assert before("2024-03-01T12:00:00") == "Begin"
        assert before("2024-03-01T12:00:01") == "Merge"
        assert before("2023-12-31") is None
        assert before("1969-12-31") is None


# One file through time


def test_edits_are_listed_newest_first(school: Git) -> None:
    """And commits that leave the file alone are not."""
    school.commit({"source/one.md": EDITED}, "Edit")
    school.commit({"source/two.md": text()}, "Another")
    school.commit({"source/one.md": text()}, "Back")
    assert [subject for subject, _, _ in told(school.root)] == ["Back", "Edit", "Begin"]


def test_a_rename_is_followed(school: Git) -> None:
    """Into another folder too, with an edit or without."""
    school.commit({"source/one.md": None, "source/staff/one.md": text()}, "Move")
    school.commit({"source/staff/one.md": None, "source/staff/two.md": EDITED}, "Rename and edit")
    assert told(school.root, "source/staff/two.md") == [
        ("Rename and edit", "source/staff/two.md", "source/staff/one.md"),
        ("Move", "source/staff/one.md", "source/one.md"),
        ("Begin", "source/one.md", ""),
    ]


def test_a_file_that_came_from_outside_the_sources_is_followed(school: Git) -> None:
    """As when a school takes policytool up."""
    school.commit({"source/one.md": None, "old/Policy One.md": text()}, "Out")
    school.commit({"old/Policy One.md": None, "source/one.md": text()}, "In")
    assert told(school.root)[:2] == [
        ("In", "source/one.md", "old/Policy One.md"),
        ("Out", "old/Policy One.md", "source/one.md"),
    ]


def test_a_copy_is_not_taken_for_a_rename(school: Git) -> None:
    """A new policy made from another begins on its own; `git log --follow` would go on into the other's history."""
    school.commit({"source/one.md": EDITED}, "Edit")
    school.commit({"source/two.md": EDITED}, "Copy")
    assert told(school.root, "source/two.md") == [("Copy", "source/two.md", "")]


def test_a_name_used_again_is_another_file(school: Git) -> None:
    """What stood there before lives on under its new name."""
    school.commit({"source/one.md": None, "source/two.md": text()}, "Rename")
    school.commit({"source/one.md": text("1. Quite another text.\n", "Another")}, "Anew")
    assert told(school.root) == [("Anew", "source/one.md", "")]
    assert [subject for subject, _, _ in told(school.root, "source/two.md")] == ["Rename", "Begin"]


def test_a_file_removed_and_restored_has_one_history(school: Git) -> None:
    """With the removal in it."""
    school.commit({"source/one.md": None}, "Remove")
    school.commit({"source/one.md": text()}, "Restore")
    with History(school.root) as history:
        found = history.revisions("source/one.md", history.head())
    assert [(one.commit.subject, bool(one.blob)) for one in found] == [
        ("Restore", True),
        ("Remove", False),
        ("Begin", True),
    ]


def test_a_merge_is_one_step_and_a_squash_too(school: Git) -> None:
    """What was tried on the way never stood in the library."""
    for name, how in (("merged", ["--no-ff", "-m", "Merge"]), ("squashed", ["--squash"])):
        school.git("switch", "-q", "-c", name)
        school.commit({"source/one.md": text(f"1. First try of {name}.\n{BODY}")}, "First try")
        school.commit({"source/one.md": text(f"1. Second try of {name}.\n{BODY}")}, "Second try")
        school.git("switch", "-q", "main")
        school.git("merge", "-q", *how, name)
    school.git("commit", "-q", "-m", "Squash")
    assert [subject for subject, _, _ in told(school.root)] == ["Squash", "Merge", "Begin"]


def test_a_rename_in_a_merge_is_followed(school: Git) -> None:
    """Even one that the other side edited meanwhile."""
    school.git("switch", "-q", "-c", "draft")
    school.commit({"source/one.md": None, "source/two.md": text()}, "Rename")
    school.git("switch", "-q", "main")
    school.commit({"source/one.md": EDITED}, "Edit")
    school.git("merge", "-q", "--no-ff", "-m", "Merge", "draft")
    assert told(school.root, "source/two.md") == [
        ("Merge", "source/two.md", "source/one.md"),
        ("Edit", "source/one.md", ""),
        ("Begin", "source/one.md", ""),
    ]


def test_a_change_of_mode_is_no_version(school: Git) -> None:
    """The words are what counts."""
    (school.root / "source" / "one.md").chmod(0o755)
    school.commit({}, "Mode")
    assert [subject for subject, _, _ in told(school.root)] == ["Begin"]


def test_a_file_that_is_not_committed_has_no_history(school: Git) -> None:
    """Not even that of another file of its name."""
    school.commit({"source/one.md": None}, "Remove")
    assert told(school.root) == []


def test_a_shallow_clone_knows_where_it_ends(school: Git, tmp_path: Path) -> None:
    """A file older than the clone is cut off; one that began within it is not."""
    school.commit({"source/one.md": EDITED}, "Edit")
    school.commit({"source/two.md": text(title="Two")}, "Two")
    shallow = school.clone(tmp_path / "shallow", "--depth", "2")
    with History(shallow.root) as history:
        [old] = history.revisions("source/one.md", history.head())
        [new] = history.revisions("source/two.md", history.head())
        assert history.is_cut_off(old.commit)
        assert not history.is_cut_off(new.commit)
        assert history.cut_off("source/one.md", old.commit).finding.code == "PT501"
    with History(school.root) as history:
        assert not history.is_shallow
        assert not history.is_cut_off(history.head())


@pytest.mark.parametrize("commits", [3, 60])
def test_the_number_of_processes_does_not_grow(school: Git, commits: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening, the reader, the log: three, whatever the length of the history."""
    for number in range(commits):
        school.commit({"source/one.md": text(BODY + f"9. Rule {number}.\n")}, f"Edit {number}")
    trace = school.root.parent / "trace"
    monkeypatch.setenv("GIT_TRACE", str(trace))
    with History(school.root) as history:
        found = history.revisions("source/one.md", history.head())
        assert len({history.read(one.blob) for one in found}) == commits + 1
        for one in found:
            history.sources(one.commit)
    started = [line.split("git: ")[-1] for line in trace.read_text().splitlines() if "trace: built-in: git" in line]
    assert len(started) == 3, started


# All files at one commit


def on_disk(root: Path) -> list[files.SourceFile]:
    """What the checkout holds."""
    return list(files.sources(root))


def committed(root: Path) -> list[files.SourceFile]:
    """What the newest commit holds."""
    with History(root) as history:
        return history.sources(history.head())[0]


def test_the_sources_of_a_commit_are_those_of_its_checkout(school: Git) -> None:
    """Folders, hidden files, other files, names of any bytes, links within, out of and to nowhere."""
    contents = dict.fromkeys(["source/b/two.md", "source/b-c/three.md", "source/.hidden/x.md", "source/.y.md"], text())
    school.commit({**contents, "source/note.txt": "x", "source/b.md": "", "held.md": "held", "source/é.md": "é"})
    (school.root / os.fsdecode(b"source/caf\xe9.md")).write_bytes(b"latin")
    links = {"in.md": "../held.md", "b/near.md": "two.md", "out.md": "../../other", "abs.md": "/etc/hostname"}
    links |= {
        "none.md": "nowhere",
        "loop.md": "loop.md",
        "folder.md": "b",
        "through.md": "folder/two.md",
        "folder": "b",
    }
    for name, target in links.items():
        (school.root / "source" / name).symlink_to(target)
    school.commit({})
    (school.root.parent / "other").write_text("outside")
    found, expected = committed(school.root), on_disk(school.root)
    assert [one.path for one in found] == [one.path for one in expected]
    reasons = {one.path: one.problem for one in expected}
    assert "source/loop.md" in reasons
    for one, other in zip(found, expected, strict=True):
        assert (one.content, one.outside, one.stem) == (other.content, other.outside, other.stem), one.path
        assert bool(one.problem) == bool(other.problem), one.path


def test_the_policies_may_stand_in_a_folder_of_the_repository(school: Git) -> None:
    """Paths count from there; a link out of the folder leads outside."""
    inner = begin(school.root / "inner")
    (inner.root / ".git").rename(school.root / ".git-of-nobody")
    inner.write_raw("source/deep.md", text().encode())
    (inner.root / "source" / "up.md").symlink_to("../../source/one.md")
    school.commit({".gitignore": ".git-of-nobody\n"}, "Inner")
    school.commit({"inner/source/deep.md": None, "inner/source/deeper.md": text()}, "Rename")
    assert committed(inner.root) == on_disk(inner.root)
    assert told(inner.root, "source/deeper.md") == [
        ("Rename", "source/deeper.md", "source/deep.md"),
        ("Inner", "source/deep.md", ""),
    ]
    with History(inner.root) as history:
        assert history.settings(history.head()) == SETTINGS.encode()


def test_a_commit_without_settings_or_sources_has_none(tmp_path: Path) -> None:
    """As before policytool was taken up."""
    made = begin(tmp_path)
    made.commit({"policytool.yaml": None, "README.md": "x"})
    with History(made.root) as history:
        assert history.settings(history.head()) == b""
        assert history.sources(history.head()) == ([], [])


def test_a_file_too_large_is_cut_and_the_next_is_whole(school: Git) -> None:
    """Git gives the whole of it; what is beyond the limit is thrown away."""
    school.commit({"source/large.md": b"x" * 15_000_010, "source/next.md": "next"})
    large, after, _ = committed(school.root)
    assert len(large.content) == files.MOST_BYTES
    assert after.content == b"next"


def test_a_submodule_in_the_sources_is_told(school: Git, tmp_path: Path) -> None:
    """Its policies are in another repository's history."""
    other = begin(tmp_path / "other")
    other.commit({"inner.md": text()})
    allowed = ("-c", "protocol.file.allow=always")
    school.git(*allowed, "submodule", "--quiet", "add", f"file://{other.root}", "source/shared")
    school.commit({}, "Submodule")
    with History(school.root) as history:
        sources, found = history.sources(history.head())
        assert history.revisions("source/shared/inner.md", history.head()) == ()
    assert [one.path for one in sources] == ["source/one.md"]
    assert [(one.finding.code, one.path) for one in found] == [("PT502", "source/shared")]


def test_policies_in_a_submodule_have_their_own_history(school: Git, tmp_path: Path) -> None:
    """A submodule is a repository like any other."""
    outer = begin(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "--quiet", "add", f"file://{school.root}", "policies")
    outer.commit({})
    assert told(outer.root / "policies") == [("Begin", "source/one.md", "")]


def test_a_worktree_is_a_repository(school: Git, tmp_path: Path) -> None:
    """A second checkout of the same history."""
    school.git("worktree", "add", "-q", str(tmp_path / "second"), "-b", "second")
    assert told(tmp_path / "second") == [("Begin", "source/one.md", "")]


def test_the_repository_of_a_hook_is_not_taken_for_ours(
    school: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Git tells its hooks by the environment which repository is meant."""
    other = begin(tmp_path / "other")
    other.commit({}, "Other")
    monkeypatch.setenv("GIT_DIR", str(other.root / ".git"))
    with History(school.root) as history:
        assert history.head().subject == "Begin"
    (tmp_path / "none").mkdir()
    with pytest.raises(UnableError, match="is in no git repository"):
        History(tmp_path / "none")


def test_a_repository_of_another_user_is_told(school: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git does not trust it, and neither do we."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UnableError, match="because another user owns it"):
        History(school.root)


def test_nothing_is_fetched(school: Git, tmp_path: Path) -> None:
    """A clone without contents would fetch them on the quiet; nobody asked for that."""
    school.commit({"source/one.md": EDITED})
    school.git("config", "uploadpack.allowFilter", "true")
    partial = school.clone(tmp_path / "partial", "--filter=blob:none")
    assert told(partial.root)[1:] == [("Begin", "source/one.md", "")]
    with History(partial.root) as history:
        [_, first] = history.revisions("source/one.md", history.head())
        with pytest.raises(UnableError, match="this clone is partial"):
            history.read(first.blob)
