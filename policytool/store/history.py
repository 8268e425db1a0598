"""The git repository round the policies, read without a checkout: the only room that speaks git.

What a user types never reaches git as an argument: names go to the standard input of one long-lived
`git cat-file --batch`, which knows no options there, and every argument is a constant or a hash that git gave.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Self

from policytool.model.diagnostic import Diagnostic
from policytool.model.unable import UnableError
from policytool.model.version import Commit, Revision
from policytool.store.files import LINKED_FOLDER, MOST_BYTES, SETTINGS, SOURCE, SourceFile
from policytool.store.findings import SHALLOW, SUBMODULE
from policytool.store.objects import Entry, FileChange, GitObject, file_name, read_change, read_commit, read_tree

# A person's own settings must not change what is read: no signature is checked, nothing is asked, nothing is fetched.
_SETTINGS = ("core.warnAmbiguousRefs=false", "log.showSignature=false", "log.showRoot=true", "log.follow=false")
_ENVIRONMENT = {"GIT_ALLOW_PROTOCOL": "none", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}
# What no name of a commit needs: blanks, paths, ranges, searches in messages, and what would be an option elsewhere.
_UNSAFE = re.compile(r"[\x00-\x20\x7f:?*\[\\]|\.\.|\^\{/|\A-|\A\Z")
_FOLDER, _LINK, _SUBMODULE = "40000", "120000", "160000"
_MOST_LINKS, _DEEPEST = 40, 100
_DAMAGED = "`git fsck` tells what is damaged; a fresh clone may be the way out"


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
        self._git.update_environment(**_ENVIRONMENT, **self._pinned(root))
        self._reader: Any = None

    def _pinned(self, root: Path) -> dict[str, str]:
        """In a hook of some repository, git would read that one and not ours."""
        if "GIT_DIR" not in os.environ:
            return {}
        try:
            repository = self._library.Repo(root, search_parent_directories=True, expand_vars=False)
        except self._library.InvalidGitRepositoryError as error:
            raise _refused(root, "not a git repository") from error
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
        return _unreadable(self._reader.stderr.read().decode("utf-8", "replace"))

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
            raise _refused(root, complaint)
        inside, bare, shallow, prefix = out.decode("utf-8", "surrogateescape").split("\n", 3)
        if inside != "true":
            what = "is a bare repository" if bare == "true" else "lies inside a .git folder"
            raise UnableError(f"{root} {what}: it holds no working files", "clone it, and work in the clone")
        self.is_shallow = shallow == "true"
        self._prefix = prefix.removesuffix("\n")
        self._trees: dict[str, dict[str, Entry]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads."""
        self._commands.close()

    # Commits

    def head(self) -> Commit:
        """The commit that is checked out. Raises `UnableError` where there is none yet."""
        commit = self._commit("HEAD")
        if commit is None:
            raise UnableError("there is no commit yet", "commit the policies: `git add -A`, then `git commit`")
        return commit

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
            raise _unreadable(complaint)
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
        if self._entry(tip, place) is None:
            return ()
        for commit, changes in self._log(tip):
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

    def _log(self, tip: Commit) -> Iterator[tuple[str, list[FileChange]]]:
        """Every commit of the branch's own line that touched a Markdown file, with what it did to each."""
        form = ("--raw", "-z", "--no-abbrev", "--format=%H", "--find-renames=50%", "-l1000", "--no-ext-diff")
        walk = ("--first-parent", "--diff-merges=first-parent", tip.hash)
        parts = iter(self._output("log", *form, *walk, "--", ":(top,glob)**/*.md").split(b"\0"))
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
            raise UnableError(f"git cannot read the commit {commit}", _DAMAGED)
        return known

    def _shown(self, place: str) -> str:
        return posixpath.relpath(place, self._prefix or ".")

    def read(self, blob: str) -> bytes:
        """The content of a revision, 5 MB and one byte at most. Raises `UnableError` where the clone lacks it."""
        found = self._commands.read(blob)
        if found is None or found.kind != "blob":
            raise UnableError(f"this clone lacks the content {blob[:7]}", "fetch it: `git fetch --refetch`")
        return found.content

    # All files at one commit

    def settings(self, commit: Commit) -> bytes:
        """The settings as they were; nothing where there were none yet."""
        place = self._place(commit, self._prefix + SETTINGS)
        entry = self._entry(commit, place) if place else None
        return self.read(entry.hash) if entry and entry.mode not in (_FOLDER, _SUBMODULE) else b""

    def sources(self, commit: Commit) -> tuple[list[SourceFile], list[Diagnostic]]:
        """Every policy source as it was, as `files.sources` gives it from a checkout, and what only submodules hold."""
        found: list[SourceFile] = []
        diagnostics: list[Diagnostic] = []
        base = self._place(commit, self._prefix + SOURCE)
        todo = [(base, SOURCE)] if base else []
        while todo:
            place, shown = todo.pop()
            entry = self._entry(commit, place)
            if entry and entry.mode == _SUBMODULE:
                diagnostics.append(SUBMODULE.at(shown, None, "this folder is a submodule: its policies are not in it"))
            elif entry and entry.mode == _FOLDER and shown.count("/") < _DEEPEST:
                names = [name for name in self._tree(entry.hash) if not name.startswith(".")]
                todo += [(f"{place}/{name}", f"{shown}/{name}") for name in names]
            elif entry and entry.mode != _FOLDER and self._is_source(commit, place, entry):
                found += self._source(commit, place, shown)
        return sorted(found, key=lambda one: one.path.split("/")), diagnostics

    def _source(self, commit: Commit, place: str, shown: str) -> Iterator[SourceFile]:
        real = self._place(commit, place)
        stem = PurePosixPath(shown).stem
        if real is None or not real.startswith(self._prefix):
            yield SourceFile(shown, stem, b"", outside=True)
            return
        entry = self._entry(commit, real)
        if entry is None or entry.mode == _LINK:
            problem = "too many levels of symbolic links" if entry else "no such file or directory"
            yield SourceFile(shown, stem, b"", problem=problem)
        elif entry.mode == _FOLDER:
            yield SourceFile(shown, stem, b"", problem=LINKED_FOLDER)
        elif entry.mode != _SUBMODULE:
            yield SourceFile(shown, stem, self.read(entry.hash))

    def _is_source(self, commit: Commit, place: str, entry: Entry) -> bool:
        """Whether it is named as a source, or is a link to a folder; what lies outside is not known to git."""
        if place.endswith(".md") or entry.mode != _LINK:
            return place.endswith(".md")
        real = self._place(commit, place)
        led_to = self._entry(commit, real) if real else None
        return led_to is not None and led_to.mode == _FOLDER

    def _place(self, commit: Commit, place: str) -> str | None:
        """Where a path leads when symbolic links are followed; None where it leaves the repository."""
        todo, done, links = place.split("/")[::-1], list[str](), 0
        while todo:
            part = todo.pop()
            entry = self._entry(commit, "/".join((*done, part)))
            if part == "..":
                if not done:
                    return None
                done.pop()
            elif entry and entry.mode == _LINK and links < _MOST_LINKS:
                links += 1
                target = file_name(self.read(entry.hash))
                if target.startswith("/"):
                    return None
                todo += target.split("/")[::-1]
            elif part not in ("", "."):
                done.append(part)
        return "/".join(done)

    def _entry(self, commit: Commit, place: str) -> Entry | None:
        """What stands at a path of a commit, links not followed."""
        folder, _, name = place.rpartition("/")
        if not folder:
            return self._tree(f"{commit.hash}^{{tree}}").get(name)
        entry = self._entry(commit, folder)
        return self._tree(entry.hash).get(name) if entry and entry.mode == _FOLDER else None

    def _tree(self, tree: str) -> dict[str, Entry]:
        if tree not in self._trees:
            found = self._commands.read(tree)
            if found is None or found.kind != "tree":
                raise UnableError(f"this clone lacks the folder {tree[:7]}", "fetch it: `git fetch --refetch`")
            self._trees[tree] = dict(read_tree(found))
        return self._trees[tree]


def _refused(root: Path, complaint: str) -> UnableError:
    if "dubious ownership" in complaint:
        return UnableError(f"git does not trust {root}, because another user owns it", "see `git help safe.directory`")
    if "not a git repository" in complaint:
        return UnableError(f"{root} is in no git repository", "begin one: `git init`, then commit the policies")
    return UnableError(f"git cannot read {root}: {_first_line(complaint)}", _DAMAGED)


def _unreadable(complaint: str) -> UnableError:
    if "lazy fetch" in complaint or "promisor" in complaint:
        advice = "fetch the rest: `git fetch --refetch --no-filter`"
        return UnableError("this clone is partial: it lacks what is asked for", advice)
    return UnableError(f"git cannot read the history: {_first_line(complaint)}", _DAMAGED)


def _first_line(complaint: str) -> str:
    return next((line.removeprefix("fatal: ") for line in complaint.splitlines() if line.strip()), "no reason given")
