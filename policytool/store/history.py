"""The git repository round the policies, read without a checkout: the only room that speaks git.

What a user types never reaches git as an argument: names go to the standard input of one long-lived
`git cat-file --batch`, which knows no options there, and messages to that of `git commit`. Every argument is a
constant, a hash that git gave, or the path of a file that is there, after `--` and taken by the letter.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
import subprocess
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from policytool.model.diagnostic import Diagnostic
from policytool.model.unable import UnableError
from policytool.model.version import Commit, Revision
from policytool.store.assets import Asset
from policytool.store.files import MOST_BYTES, SETTINGS, SourceFile
from policytool.store.findings import SHALLOW
from policytool.store.objects import Arrival, FileChange, GitObject, read_change, read_commit
from policytool.store.refusals import DAMAGED, not_committed, refused, unreadable
from policytool.store.tags import make_tag
from policytool.store.trees import Trees

# A person's own settings must not change what is read: no signature is checked, nothing is asked, nothing is fetched.
_SETTINGS = ("core.warnAmbiguousRefs=false", "log.showSignature=false", "log.showRoot=true", "log.follow=false")
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
# What no name of a commit needs: blanks, paths, ranges, searches in messages, and what would be an option elsewhere.
_UNSAFE = re.compile(r"[\x00-\x20\x7f:?*\[\\]|\.\.|\^\{/|\A-|\A\Z")


def begin(root: Path) -> bool:
    """Make the folder a git repository, unless it is in one; whether one was made. Raises `UnableError` without git."""
    git = _git("install git, then run `git init` in the folder")
    try:
        git.Repo(root, search_parent_directories=True).close()
    except git.InvalidGitRepositoryError:
        git.Repo.init(root, initial_branch="main").close()
        return True
    return False


def _git(advice: str = "versions are kept in git: install it") -> Any:  # noqa: ANN401  # a module
    try:
        import git  # 26 ms that only history needs
    except ImportError as error:
        raise UnableError("git is not installed", advice) from error
    return git


class _Commands:
    """Git in a folder: commands that end, and one `cat-file` that stays."""

    def __init__(self, root: Path) -> None:
        self._library = _git()
        self._git = self._library.Git(str(root))
        self._acting = self._library.Git(str(root))
        pinned = self._pinned(root)
        self._git.update_environment(**_ENVIRONMENT, **pinned)
        self._acting.update_environment(**pinned)
        self._reader: Any = None

    def _pinned(self, root: Path) -> dict[str, str]:
        """In a hook of some repository, git would read that one and not ours."""
        if "GIT_DIR" not in os.environ:
            return {}
        try:
            repository = self._library.Repo(root, search_parent_directories=True, expand_vars=False)
        except self._library.InvalidGitRepositoryError as error:
            raise refused(root, "not a git repository") from error
        with repository:
            return {"GIT_DIR": str(repository.git_dir), "GIT_WORK_TREE": str(repository.working_dir)}

    def run(self, *arguments: str) -> tuple[int, bytes, str]:
        """A command's exit code, output and complaints. The arguments are never what a user typed."""
        command = self._command(*arguments)
        kept = {"stdout_as_string": False, "strip_newline_in_stdout": False}
        try:
            code, out, complaint = self._git.execute(command, with_extended_output=True, with_exceptions=False, **kept)
        except self._library.GitCommandNotFound as error:
            raise UnableError("git cannot be run", "versions are kept in git: install it") from error
        return code, out, complaint

    def act(self, *arguments: str, given: str = "") -> tuple[int, str]:
        """The exit code and words of a command that changes the repository, given a text to read.

        It has the surroundings that the user gave it, for its hooks and signatures.
        """
        process = self._acting.execute(self._command(*arguments), as_process=True, istream=subprocess.PIPE)
        out, complaint = process.communicate(given.encode())
        return process.returncode, (complaint or out).decode("utf-8", "replace")

    def _command(self, *arguments: str) -> list[str]:
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        return [self._library.Git.GIT_PYTHON_GIT_EXECUTABLE, "--no-pager", *settings, *arguments]

    def read(self, name: str) -> GitObject | None:
        """What stands under a name of one line, or None."""
        if self._reader is None:
            command = self._command("cat-file", "--batch")
            self._reader = self._git.execute(command, as_process=True, istream=subprocess.PIPE)
        try:
            self._reader.stdin.write(name.encode("utf-8", "surrogateescape") + b"\n")
            self._reader.stdin.flush()
        except OSError as error:
            raise self._broken() from error
        return self._answer(self._reader.stdout)

    def _answer(self, stream: Any) -> GitObject | None:  # noqa: ANN401  # a pipe
        line = stream.readline()
        if not line:
            raise self._broken()
        if line.endswith((b" missing\n", b" ambiguous\n")):
            return None
        known, kind, size = line.decode().split()
        content = stream.read(min(int(size), MOST_BYTES))
        for left in range(int(size) - len(content), 0, -MOST_BYTES):
            stream.read(min(left, MOST_BYTES))
        stream.read(1)
        return GitObject(known, kind, content)

    def _broken(self) -> UnableError:
        return unreadable(self._reader.stderr.read().decode("utf-8", "replace"))

    def close(self) -> None:
        """End the process that stays."""
        if self._reader is not None:
            with contextlib.suppress(OSError), self._reader.proc:
                pass
            self._reader = None


class History:
    """The history of the git repository that holds a folder of policies. Close it after use, or use it with `with`.

    Paths given and returned are relative to that folder, which may be any folder of the repository. Raises
    `UnableError` where there is no repository, a bare one, one of another user, or no git.
    """

    def __init__(self, root: Path) -> None:
        self._commands = _Commands(root)
        code, out, complaint = self._commands.run(
            "rev-parse", "--is-inside-work-tree", "--is-bare-repository", "--is-shallow-repository", "--show-prefix"
        )
        if code:
            raise refused(root, complaint)
        inside, bare, shallow, prefix = out.decode("utf-8", "surrogateescape").split("\n", 3)
        if inside != "true":
            what = "is a bare repository" if bare == "true" else "lies inside a .git folder"
            raise UnableError(f"{root} {what}: it holds no working files", "clone it, and work in the clone")
        self.is_shallow = shallow == "true"
        self._prefix = prefix.removesuffix("\n")
        self._trees = Trees(self._commands.read, self._prefix)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads."""
        self._commands.close()

    def head(self) -> Commit:
        """The commit that is checked out. Raises `UnableError` where there is none yet."""
        commit = self._commit("HEAD")
        if commit is None:
            raise UnableError("there is no commit yet", "commit the policies: `git add -A`, then `git commit`")
        return commit

    @property
    def has_commits(self) -> bool:
        """Whether anything has been committed yet."""
        return self._commit("HEAD") is not None

    def named(self, revision: str) -> dict[str, Commit]:
        """The different commits that a revision may mean, by what it would be: "tag x", "branch x", "revision x"."""
        if _UNSAFE.search(revision):
            return {}
        found: dict[str, Commit] = {}
        for noun, place in (("tag", "refs/tags/"), ("branch", "refs/heads/"), ("revision", "")):
            commit = self._commit(place + revision)
            if commit is not None and commit not in found.values():
                found[f"{noun} `{revision}`"] = commit
        return found

    def default_branch(self, branch: str = "") -> tuple[str, Commit]:
        """The name and newest commit of the branch named, else of the remote's default, else of what is checked out.

        The name is "" for the last. The local branch counts before the remote's, which may be all that CI has.

        Raises `UnableError` where a branch is named and is not there.
        """
        for name in (branch,) if branch else self._heads_of_remotes():
            places = [] if _UNSAFE.search(name) else [f"refs/heads/{name}", *(f"{one}/{name}" for one in self._remotes)]
            for place in places:
                commit = self._commit(place)
                if commit is not None:
                    return name, commit
        if branch:
            advice = f"correct `branch:` in {SETTINGS}, or fetch the branch"
            raise UnableError(f"the settings name the branch `{branch}`, which is not here", advice)
        return "", self.head()

    @cached_property
    def _remote_heads(self) -> dict[str, str]:
        """What the HEAD of each remote points at; "origin" first."""
        out = self._output("for-each-ref", "--format=%(refname)%00%(symref)", "refs/remotes/*/HEAD")
        lines = (line.split("\0") for line in out.decode("utf-8", "replace").splitlines())
        heads = {head.removesuffix("/HEAD"): target for head, target in lines}
        return dict(sorted(heads.items(), key=lambda one: (one[0] != "refs/remotes/origin", one)))

    @property
    def _remotes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(("refs/remotes/origin", *self._remote_heads)))

    def _heads_of_remotes(self) -> tuple[str, ...]:
        return tuple(target.removeprefix(f"{remote}/") for remote, target in self._remote_heads.items() if target)

    def last_before(self, tip: Commit, moment: datetime) -> Commit | None:
        """The newest commit on a branch's own line (by first parents) that was made before an aware moment."""
        latest = int((moment - datetime.fromtimestamp(0, UTC)).total_seconds()) - 1
        if latest < 0:
            return None
        out = self._output("rev-list", "--first-parent", "-n", "1", f"--min-age={latest}", tip.hash)
        return self._commit(out.decode().strip()) if out.strip() else None

    def is_cut_off(self, commit: Commit) -> bool:
        """Whether a shallow clone ends at this commit although it has forerunners."""
        return self.is_shallow and any(self._commands.read(parent) is None for parent in commit.parents)

    def cut_off(self, path: str, commit: Commit) -> Diagnostic:
        """What to tell of a file whose history ends at this commit for want of the rest."""
        return SHALLOW.at(path, None, f"its history is cut off at {commit.short}: this clone is shallow", SHALLOW.mend)

    def _commit(self, name: str) -> Commit | None:
        found = self._commands.read(name + "^{commit}")
        return read_commit(found) if found else None

    def _output(self, *arguments: str) -> bytes:
        code, out, complaint = self._commands.run(*arguments)
        if code:
            raise unreadable(complaint)
        return out

    # One file through time

    def revisions(self, path: str, tip: Commit) -> tuple[Revision, ...]:
        """What became of a file that stands at `path` in the commit `tip`, newest first: changed, renamed, removed.

        The commits are those of the branch's own line: a merge is one step, taken when it came in, as a squash is; what
        was tried on the way to it never stood in the library. `git log --follow` would take a new file for the heir of
        one that it was copied from, and loses renames among merges; so names are followed here, in one run of git.
        """
        found: list[Revision] = []
        place = self._prefix + path
        if self._trees.entry(tip, place) is None:
            return ()
        for commit, changes in self._log(tip, ":(top,glob)**/*.md", "--find-renames=50%", "-l1000"):
            to = next((change for change in changes if change.new == place), None)
            away = next((change for change in changes if change.old == place), None)
            if to is None and away is not None and away.new:
                break  # what stood here until then is another file, which went on under another name
            change = to or away
            if change is None or (change.blob == change.blob_before and not change.is_rename):
                continue
            before = self._shown(change.old) if change.is_rename else ""
            found.append(Revision(self._known(commit), self._shown(place), change.blob, before))
            place = change.old or place
        return tuple(found)

    def _log(self, tip: Commit, places: str, *options: str) -> Iterator[tuple[str, list[FileChange]]]:
        """Every commit of the branch's own line that touched certain places, with what it did to each file there."""
        form = ("--raw", "-z", "--no-abbrev", "--format=%H", "--no-ext-diff", "--no-relative")
        walk = ("--first-parent", "--diff-merges=first-parent", tip.hash)
        parts = iter(self._output("log", *form, *options, *walk, "--", places).split(b"\0"))
        commit, changes = "", list[FileChange]()
        for part in parts:
            text = part.decode("ascii", "replace").strip()
            if text.startswith(":"):
                changes.append(read_change(text, parts))
            elif text:
                if commit:
                    yield commit, changes
                commit, changes = text, []
        if commit:
            yield commit, changes

    def _known(self, commit: str) -> Commit:
        known = self._commit(commit)
        if known is None:
            raise UnableError(f"git cannot read the commit {commit}", DAMAGED)
        return known

    def _shown(self, place: str) -> str:
        return posixpath.relpath(place, self._prefix or ".")

    def first_committed(self, tip: Commit, folder: str) -> dict[str, Arrival]:
        """Every file that ever stood in a folder, by path, and what it was when it first came onto a branch.

        Steps are those of the branch's own line, as in `revisions`. A renamed file came under its new name, too.
        In a shallow clone all that is older than the clone seems to have come with its oldest commit.
        """
        found: dict[str, Arrival] = {}
        for commit, changes in self._log(tip, f":(literal){folder}", "--no-renames", "--reverse"):
            for change in changes:
                if change.blob:
                    found.setdefault(change.new.removeprefix(self._prefix), Arrival(change.blob, commit))
        return found

    def reachable(self) -> frozenset[str]:
        """The hashes of all commits that a branch, a tag or what is checked out still leads to."""
        told = self._output("rev-list", "--all", "HEAD") if self.has_commits else b""
        return frozenset(told.decode("ascii", "replace").split())

    def committed(self, path: str, commit: Commit | None = None) -> bytes | None:
        """A file's bytes at a commit, or at HEAD: 5 MB and one byte at most; None where it is not there."""
        at = commit or self._commit("HEAD")
        entry = self._trees.file(at, path) if at else None
        return self.read(entry.hash) if entry else None

    def is_clean(self, path: str) -> bool:
        """Whether a file stands on the disk as it does at HEAD, line ends apart where git is set to change them."""
        head = self._commit("HEAD")
        if head is None or self._trees.file(head, path) is None:
            return False
        places = {self._prefix + path, self._trees.place(head, self._prefix + path)}
        compare = ("diff", "--quiet", "--no-ext-diff", "--no-textconv", "HEAD", "--")
        code, _, complaint = self._commands.run(*compare, *(f":(top,literal){place}" for place in places))
        if code > 1:
            raise unreadable(complaint)
        return code == 0

    def as_committed(self, folder: str) -> frozenset[str]:
        """The files of a folder, by path, that stand on the disk as they do at HEAD, line ends apart."""
        known = self._listed("ls-tree", "-r", "-z", "--name-only", "HEAD", "--", f"{folder}/")
        compare = ("diff", "--name-only", "-z", "--relative", "--no-ext-diff", "--no-textconv", "--no-renames", "HEAD")
        return known - self._listed(*compare, "--", f":(literal){folder}")

    def _listed(self, *arguments: str) -> frozenset[str]:
        told = self._output(*arguments) if self.has_commits else b""
        return frozenset(told.decode("utf-8", "surrogateescape").split("\0"))

    def read(self, blob: str) -> bytes:
        """The content of a revision, 5 MB and one byte at most. Raises `UnableError` where the clone lacks it."""
        return self._trees.content(blob)

    def settings(self, commit: Commit) -> bytes:
        """The settings as they were; nothing where there were none yet."""
        return self._trees.settings(commit)

    def sources(self, commit: Commit) -> tuple[list[SourceFile], list[Diagnostic]]:
        """Every policy source as it was, as `files.sources` gives it from a checkout, and what only submodules hold."""
        return self._trees.sources(commit)

    def assets(self, commit: Commit, path: str, most: int, endings: tuple[str, ...] = ()) -> list[Asset]:
        """The file at a path as it was, or of a folder those with these endings, as `assets.assets` gives them."""
        return self._trees.assets(commit, path, most, endings)

    # What is written

    def commit(self, paths: Sequence[str], message: str) -> Commit:
        """Commit these files and nothing else, whatever else is changed or staged; hooks run as ever.

        The paths are ours, never what a user typed. Raises `UnableError` in git's own words where it refuses: the files
        stay on the disk then, and what was staged stays as it was.
        """
        if self._commands.run("symbolic-ref", "--quiet", "HEAD")[0]:
            raise UnableError(
                "no branch is checked out: the commit would belong to none", "check one out: `git switch`"
            )
        # Not the option that makes every path literal: hooks would inherit it.
        places = [f":(literal){path}" for path in paths]
        known = self._output("ls-files", "-z", "--", *places).decode("utf-8", "surrogateescape").split("\0")
        code, words = self._commands.act("add", "--intent-to-add", "--", *places)
        if not code:
            only = ("commit", "--only", "--quiet", "--file=-", "--", *places)
            code, words = self._commands.act(*only, given=message)
        if code:
            new = [f":(literal){path}" for path in paths if path not in known]
            if new:
                self._commands.act("rm", "--cached", "--quiet", "--ignore-unmatch", "--", *new)
            raise not_committed(words)
        return self.head()

    def tag(self, name: str, commit: str, message: str) -> str:
        """Tag a commit; the hash of the one that has a tag of this name already, "" where none had."""
        there = self._commit(f"refs/tags/{name}")
        if there is not None:
            return there.hash
        make_tag(self._commands, name, commit, message)
        return ""
