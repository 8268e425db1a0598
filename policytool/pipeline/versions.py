"""A name of a version -> the library as it was; a policy -> its versions, each held against the one before."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property, partial
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Self, TypeAlias

from policytool.model.comparison import ChangeKind, Comparison
from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import is_wording
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.model.version import Commit, Revision, Version, Wording
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.text import text as parse_text
from policytool.pipeline.recorded import KINDS, Meaning, recorded
from policytool.pipeline.repository import Contents, Repository, load
from policytool.pipeline.reviews import Reviews
from policytool.render.terminal import printable

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from policytool.store.history import History

Compare: TypeAlias = Callable[[Policy, Policy], Comparison]
WORKING, GIT = "working", "git:"
_DAY = re.compile(r"@(\d{4}-\d{2}-\d{2})")


class Versions:
    """The versions of one repository, each read once. Close it after use, or use it with `with`.

    `working` is the repository as it stands on the disk, whose settings say which branch counts and what time it is,
    and whose records name `approved`, `<cycle>:<held>`, and versions by their own names.
    """

    def __init__(self, working: Repository, reviews: Reviews | None = None) -> None:
        self.working = working
        self.reviews = reviews or Reviews(working)
        self._opened: History | None = None
        self._read: dict[str, Repository] = {}
        self._revisions: dict[str, tuple[Revision, ...]] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def close(self) -> None:
        """End the process that reads git's history."""
        if self._opened is not None:
            self._opened.close()

    @property
    def history(self) -> History:
        """The git history, opened when it is first asked for. Raises `UnableError` where there is none."""
        if self._opened is None:
            from policytool.store.history import History  # most commands need none

            self._opened = History(self.working.root)
        return self._opened

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone in which days begin and end. Raises `UnableError` where the settings name none that exists."""
        from zoneinfo import ZoneInfo

        name = self.working.library.settings.timezone
        try:
            return ZoneInfo(name)
        except (ValueError, OSError, LookupError) as error:
            raise UnableError(f"there is no time zone `{name}`", "correct `timezone:` in policytool.yaml") from error

    def day(self, commit: Commit) -> date:
        """The day on which a commit was made, in the time zone of the settings."""
        return commit.date.astimezone(self.zone).date()

    # A name -> a library

    def at(self, name: str, policy: str = "") -> Repository:
        """The repository at the version that a user names; `version` in it tells which that is.

        `policy` is the id of the policy it is asked for, which `approved` and the names of versions depend on. Raises
        `UnableError` where the name means nothing, or more than one thing.
        """
        meanings = [*self._ours(name), *recorded(self.reviews, name, policy)]
        meanings += self._gits(name, others=bool(meanings))
        if not meanings:
            raise UnableError(f"there is no version `{printable(name)}`", KINDS)
        if len(meanings) > 1:
            listed = " or ".join(meaning.what for meaning in meanings)
            advice = ", ".join(f"`{one.alone}` for {one.what}" for one in meanings if one.alone)
            raise UnableError(f"`{name}` may mean {listed}", f"write {advice}")
        return meanings[0].read()

    def _ours(self, name: str) -> Iterator[Meaning]:
        """What policytool itself means by a name."""
        if name == WORKING:
            yield Meaning("the working text", lambda: self.working)
        elif match := _DAY.fullmatch(name):
            yield Meaning(f"the day {match[1]}", lambda: self._at_end_of(match[1]))

    def _gits(self, name: str, *, others: bool) -> list[Meaning]:
        """What git means by a name; it need not be there where the name has a meaning without it."""
        forced = name.startswith(GIT)
        try:
            found = self.history.named(name.removeprefix(GIT))
        except UnableError:
            if others:
                return []
            raise
        if forced and not found:
            raise UnableError(f"git knows no revision `{printable(name.removeprefix(GIT))}`", KINDS)
        return [self._meaning(what, commit) for what, commit in found.items()]

    def _meaning(self, what: str, commit: Commit) -> Meaning:
        return Meaning(f"the {what} ({commit.short})", lambda: self.at_commit(commit), f"{GIT}{commit.short}")

    def _at_end_of(self, written: str) -> Repository:
        try:
            day = date.fromisoformat(written)
            after = day + timedelta(days=1)
            end = datetime(after.year, after.month, after.day, tzinfo=self.zone)
        except (ValueError, OverflowError) as error:
            raise UnableError(f"there is no day {written}", "write year, month and day: @2026-11-22") from error
        branch, tip = self.history.default_branch(self.working.library.settings.branch)
        commit = self.history.last_before(tip, end)
        if commit is None:
            cut = "; this clone is shallow" if self.history.is_shallow else ""
            advice = "fetch the rest: `git fetch --unshallow`" if cut else "`policytool log POLICY` lists what there is"
            where = f" on {branch}" if branch else ""
            raise UnableError(f"there was no commit{where} yet at the end of {_told(day)}{cut}", advice)
        return self.at_commit(commit)

    def at_commit(self, commit: Commit) -> Repository:
        """The repository as a commit holds it; its policies may have errors, as findings."""
        if commit.hash not in self._read:
            sources, found = self.history.sources(commit)
            fetch = partial(self.history.assets, commit)
            contents = Contents(self.history.settings(commit), sources, found, self.called(commit), fetch)
            self._read[commit.hash] = replace(load(self.working.root, contents), commit=commit)
        return self._read[commit.hash]

    def called(self, commit: Commit) -> str:
        """How a version is told to people: "commit 0625ef7 of 22 November 2026"."""
        return f"commit {commit.short} of {_told(self.day(commit))}"

    # A policy at a version

    def choose(self, repository: Repository, names: Iterable[str]) -> tuple[str, ...]:
        """The ids that policies, named as they are called today, have at a version: renamed files are followed.

        Raises `UnableError` for a policy that is not there.
        """
        return tuple(dict.fromkeys(self._then(repository, name) for name in names))

    def policy(self, repository: Repository, name: str) -> Policy:
        """A policy, named as it is called today, as it is at a version. Raises `UnableError` where it is not there."""
        [then] = self.choose(repository, [name])
        if then not in repository.library.policies:
            version = repository.version or "the working text"
            raise UnableError(f"the file of `{then}` cannot be read at {version}", "look at it: `policytool check`")
        return repository.library.policies[then]

    def content(self, repository: Repository, policy: Policy) -> bytes:
        """The bytes of a policy's file at a version; those of the working text must be committed.

        Raises `UnableError` where the file differs from what is committed.
        """
        if repository is self.working:
            self._refuse_uncommitted(policy.path)
        at = repository.commit
        known = self.history.committed(policy.path, at) if at or repository is self.working else None
        # What a record names is kept already: its text will do.
        return repository.texts[policy.path].encode() if known is None else known

    def _refuse_uncommitted(self, path: str) -> None:
        if not self.history.is_clean(path):
            advice = "commit it, or name the wording that was decided on: --wording VERSION"
            raise UnableError(f"{path} is not committed as it stands", advice)

    def _then(self, repository: Repository, name: str) -> str:
        known = PurePosixPath(name).stem if name.endswith(".md") else name
        if repository is self.working or known in repository.ids.values():
            return repository.choose([name])[0]
        for revision in self._followed(known):
            if revision.path in repository.ids:
                return repository.ids[revision.path]
        return repository.choose([name])[0]

    def _followed(self, policy: str) -> tuple[Revision, ...]:
        path = next((path for path, held in self.working.ids.items() if held == policy), "")
        if path and path not in self._revisions:
            self._revisions[path] = self.history.revisions(path, self.history.head())
        return self._revisions.get(path, ())

    # The versions of a policy

    def log(self, name: str) -> tuple[tuple[Version, ...], tuple[Diagnostic, ...]]:
        """The versions of a policy, newest first, with what changed in each; and what git's history cannot give.

        They lead from what is checked out backwards, by first parents. Raises `UnableError` where there is none.
        """
        from policytool.compare import compare  # building a version compares nothing

        [policy] = self.working.choose([name])
        revisions = self._followed(policy)
        if not revisions:
            raise UnableError(f"`{policy}` has not been committed yet", "commit it: `git add`, then `git commit`")
        oldest = revisions[-1].commit
        cut = [self.history.cut_off(revisions[-1].path, oldest)] if self.history.is_cut_off(oldest) else []
        texts = [self._text(revision) for revision in revisions]
        versions = []
        for place, revision in enumerate(revisions):
            before = next((text for text in texts[place + 1 :] if text is not None), None)
            one = _version(revision, before, texts[place], compare)
            versions.append(replace(one, approved_by=self._approved_by(policy, texts[place])))
        if cut:
            versions[-1] = replace(versions[-1], wording="cut off")
        return tuple(versions), tuple(cut)

    def _approved_by(self, policy: str, text: Policy | None) -> str:
        """The review that made a wording the approved one, "" where none did."""
        dossier = self.reviews.dossiers.get(policy)
        made = [] if dossier is None or text is None else [one.record for one in dossier.approvals]
        names = (f"{one.what}:{one.held}" for one in made if text is not None and is_wording(text, one.fingerprint))
        return next(names, "")

    def _text(self, revision: Revision) -> Policy | None:
        """A policy as a revision holds it, None where it is no text."""
        if not revision.blob:
            return None
        text, _ = parse_text(self.history.read(revision.blob), revision.path)
        return None if text is None else parse_policy(text, PurePosixPath(revision.path).stem, revision.path)[0]


def _version(revision: Revision, before: Policy | None, after: Policy | None, compare: Compare) -> Version:
    """A revision, held against the nearest text before it."""
    wording: Wording = "first"
    counts: dict[ChangeKind, int] = {}
    if after is None:
        wording = "unreadable" if revision.blob else "removed"
    elif before is not None:
        edits = compare(before, after).edits
        wording = "changed" if edits else "same"
        counts = dict(Counter(change.kind for change in edits))
    return Version(revision.commit, revision.path, wording, counts, revision.renamed_from)


def _told(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"
