"""Approved wordings -> published files, a record of each publication, and the page that names the current issue.

What is published stands first in a hidden folder, takes its place in one step, and is then recorded; the page follows
from the records. Whoever is stopped on the way leaves the last publication as it was, and a second run goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from policytool import __version__
from policytool.check import check_name
from policytool.model.artifact import Artifact
from policytool.model.fingerprint import wording_name
from policytool.model.record import Publication, PublishedFile, Record
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.pipeline.build import Stock
from policytool.pipeline.evidence import append_only
from policytool.pipeline.inputs import printed
from policytool.pipeline.issue import FORMATS, Archive, Issue, folder_in, publications
from policytool.pipeline.listed import listed
from policytool.pipeline.made import MadeBefore
from policytool.pipeline.outline import Reader
from policytool.pipeline.reviews import Reviews, folder_of, path_of
from policytool.pipeline.versions import Versions
from policytool.pipeline.workers import Crew
from policytool.pipeline.workshop import Made, Order
from policytool.render.published import index
from policytool.render.records import record as written
from policytool.review.dossier import Dossier
from policytool.review.register import is_in_force
from policytool.store import files, published
from policytool.store import reviews as records
from policytool.store.history import History

Outcome: TypeAlias = Literal["published", "restored", "unchanged", "left out"]
MEND = "mend the source, and have that wording approved: `policytool record`"
VERIFY = "`policytool verify` tells more"
COMMIT = "commit it first: `git add`, then `git commit`"


@dataclass(frozen=True, slots=True)
class Published:
    """What became of one policy: where its current issue stands, and the record of it; or why it was left out."""

    policy: str
    outcome: Outcome
    folder: str = ""
    version: str = ""
    commit: str = ""
    record: str = ""
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to publish: on which day, whether to write at all, and whether internal policies too."""

    today: date
    dry_run: bool = False
    internal: bool = False


class _Asked(NamedTuple):
    """A policy that is to be made: its issue, what went out of it last, and the key of what it is made of."""

    issue: Issue
    order: Order
    last: Record | None
    key: str


class Publishing:
    """One run of `publish`. Hold the published files meanwhile."""

    def __init__(self, stock: Stock, history: History, reader: Reader, terms: Terms) -> None:
        self.stock, self.history, self.terms = stock, history, terms
        self.reviews, self.root = stock.reviews, stock.repository.root
        known = {name: (stock.contents[one.policy.path], one) for name, one in stock.outlines.items()}
        self.archive = Archive(stock.reviews, history, reader, known)
        self.before = MadeBefore.at(self.root, frozenset(stock.repository.ids.values()), published=True)
        self.head = history.head().hash

    def choose(self) -> tuple[str, ...]:
        """All that may go out: every policy in force, the internal ones only where they are asked for."""
        gone = {name for name, one in self.reviews.dossiers.items() if not is_in_force(one, self.terms.today)}
        known = [name for name in self.stock.repository.in_force() if name not in gone]
        return tuple(name for name in known if self.terms.internal or not self._is_internal(name))

    def relist_withdrawn(self) -> None:
        """Write the pages of policies that were published once and are no longer in force."""
        for name, dossier in self.reviews.dossiers.items():
            if publications(dossier) and not is_in_force(dossier, self.terms.today):
                self._list(name)

    def publish(self, chosen: Sequence[str], crew: Crew) -> Iterator[Published]:
        """Publish each chosen policy, and tell what became of it.

        Raises `UnableError` where none could be published: for errors in the settings, and for settings and files of
        the house style that differ from those committed.
        """
        self._refuse_settings()
        self._read_ahead(chosen)
        asked = [self._tried(name) for name in chosen]
        orders = [one.order for one in asked if isinstance(one, _Asked)]
        out = self.root / files.PUBLISHED
        made = crew.make(orders, self.archive.common(self.head, out, dry_run=self.terms.dry_run))
        try:
            for one in asked:
                yield one if isinstance(one, Published) else self._finish(one, next(made))
        finally:
            if not self.terms.dry_run:
                self.before.save()

    def _refuse_settings(self) -> None:
        if files.SETTINGS in self.stock.wrong:
            raise UnableError(f"{files.SETTINGS} has errors", "run `policytool check`")
        repository, common = self.stock.repository, self.archive.common(self.head)
        if printed(repository.library.settings) != common.settings:
            raise UnableError(f"{files.SETTINGS} is not committed as it stands", COMMIT)
        if repository.house.digest != common.house.digest:
            raise UnableError("the files of the house style are not committed as they stand", COMMIT)

    def _read_ahead(self, chosen: Sequence[str]) -> None:
        """Read all wordings that will be asked for at once, so that a crew can share the work."""
        first = [self._approved(name) for name in chosen]
        self.archive.read(one for one in first if one)
        cited = (other for one in first if one for other in self.archive.cited(*one))
        self.archive.read(one for name in dict.fromkeys(cited) if (one := self._approved(name)))

    def _approved(self, policy: str) -> tuple[str, str] | None:
        dossier = self.reviews.dossiers.get(policy)
        approval = dossier.approval if dossier else None
        return (policy, approval.record.fingerprint) if approval else None

    def _tried(self, policy: str) -> Published | _Asked:
        try:
            return self._ask(policy)
        except UnableError as error:
            return Published(policy, "left out", problem=str(error), advice=error.advice)

    def _ask(self, policy: str) -> Published | _Asked:
        """What is to be made of a policy. Raises `UnableError` for all that keeps it from going out."""
        dossier = self.reviews.dossiers.get(policy)
        path = next((path for path, name in self.stock.repository.ids.items() if name == policy), "")
        for one in check_name(policy, path):
            raise UnableError(one.message, one.advice)
        if dossier is None:
            raise UnableError("its file cannot be read", "run `policytool check`")
        self._refuse_policy(dossier)
        self._refuse_records(policy)
        issue = self.archive.current(policy, self.head)
        for other, _ in issue.relied_on:
            self._refuse_records(other, f"the records of `{other}`, which it names, have errors")
        self._refuse_day(dossier)
        self._refuse_uncommitted(issue)
        last = next(iter(publications(dossier)[::-1]), None)
        folder = published.hidden(issue.path)
        if not self.terms.dry_run:
            published.clear(self.root, folder)
        order = self.archive.order(issue, folder=folder)
        asked = _Asked(issue, order, last, order.inputs.key(self.archive.common(self.head)))
        made = self.before.digests(policy, asked.key)
        done = self._again(asked, Made(made)) if made else None
        return done if done and done.outcome == "unchanged" else asked

    def _refuse_policy(self, dossier: Dossier) -> None:
        policy = dossier.policy.id
        if not is_in_force(dossier, self.terms.today):
            raise UnableError(
                "it was withdrawn", f"to bring it back, record its approval: `policytool record {policy}`"
            )
        if self._is_internal(policy) and not self.terms.internal:
            advice = "it stays off the website; to publish it all the same, name it with --internal"
            raise UnableError("it says `publish: internal`", advice)

    def _is_internal(self, policy: str) -> bool:
        """Whether it says so as it stands, or as it was approved."""
        dossier = self.reviews.dossiers.get(policy)
        if dossier is None:
            return False
        kept = dossier.kept(dossier.approval.record.fingerprint) if dossier.approval else None
        return any(one is not None and one.publish == "internal" for one in (dossier.policy, kept))

    def _refuse_records(self, policy: str, what: str = "its records have errors") -> None:
        wrong = [*self._unread.get(policy, ()), *self._altered.get(policy, ())]
        if wrong:
            raise UnableError(f"{what}: {wrong[0]}", "run `policytool check`")

    @cached_property
    def _unread(self) -> Mapping[str, list[str]]:
        return _by_policy((one.path, one.message) for one in self.reviews.unread if one.is_error)

    @cached_property
    def _altered(self) -> Mapping[str, list[str]]:
        """Records and wordings that are not as they were committed; where the history is cut off nobody can tell."""
        past = self.reviews.past
        if past.doubt is not None:
            return {}
        now = {**self.reviews.contents, **self.reviews.wordings}
        return _by_policy((one.path, f"{one.path}: {one.message}") for one in append_only(past.first, now))

    def _refuse_day(self, dossier: Dossier) -> None:
        """A clock that was set back would name a record before the one it follows."""
        today = self.terms.today
        approval, before = dossier.approval, publications(dossier)
        if before and before[-1].held.first > today:
            what = f"it was last published on {before[-1].held.told}, and today is {Moment.of(today).told}"
            raise UnableError(what, "set the clock right, or name the day with --today")
        if approval and approval.record.held.first > today:
            what = f"it was approved in {approval.record.held.told}, and today is {Moment.of(today).told}"
            raise UnableError(what, "set the clock right, or name the day with --today")

    def _refuse_uncommitted(self, issue: Issue) -> None:
        """A publication can only be proved by what others have too."""
        for path in self._needed(issue):
            if path not in self._committed:
                raise UnableError(f"{path} is not committed as it stands", f"commit it first: `git add {path}`")

    def _needed(self, issue: Issue) -> Iterator[str]:
        for one in self.reviews.records[issue.policy]:
            if one.name in issue.records:
                yield one.path
                yield from (path_of(issue.policy, wording_name(said)) for said in (one.fingerprint,) if said)
        for other, said in issue.relied_on:
            yield path_of(other, wording_name(said))
            yield from (one.path for one in self.reviews.records[other] if one.fingerprint == said and one.approves)

    @cached_property
    def _committed(self) -> frozenset[str]:
        return self.history.as_committed(records.REVIEWS)

    # Told to git

    def commit(self, done: Sequence[Published]) -> str:
        """Commit exactly the records of what is out, where they are not committed yet; the short name, "" for none."""
        paths = [one.record for one in done if one.record and self.history.committed(one.record) is None]
        if not paths:
            return ""
        what = done[0].policy if len(paths) == 1 else f"{len(paths)} policies"
        return self.history.commit(paths, f"Record the publication of {what}").short

    def tag(self, one: Published) -> str:
        """Tag the commit that an issue was made of, and what to tell of it, "" where it is tagged so already."""
        name = f"{one.policy}/{one.version}"
        before = self.history.tag(name, one.commit, f"Published: {one.policy}, version {one.version}")
        if before and before != one.commit:
            return f"the tag {name} is on {before[:7]} already, and stays there"
        return "" if before else f"tagged {one.commit[:7]} as {name}"

    # Made

    def _finish(self, asked: _Asked, made: Made) -> Published:
        try:
            return self._published(asked, made)
        except UnableError as error:
            return Published(asked.issue.policy, "left out", problem=str(error), advice=error.advice)
        finally:
            if not self.terms.dry_run:
                with suppress(UnableError):  # the next run clears it away
                    published.clear(self.root, asked.order.folder)

    def _published(self, asked: _Asked, made: Made) -> Published:
        issue = asked.issue
        if made.has_errors:
            raise UnableError(f"its approved wording has errors: {self.archive.wrong(issue)}", MEND)
        if made.problem:
            raise UnableError(made.problem, made.advice)
        self.before.add(issue.policy, asked.key, made.digests, has_errors=False)
        return self._again(asked, made) or self._afresh(issue, made)

    def _again(self, asked: _Asked, made: Made) -> Published | None:
        """A policy of which these very documents went out last; None for any other."""
        record, issue = asked.last, asked.issue
        said = record.publication if record else None
        if record is None or said is None or said.version != issue.version or dict(_digests(said)) != made.digests:
            return None
        folder = f"{issue.policy}/{folder_in(said)}"
        names = {name: f"{issue.policy}.{name}" for name in made.digests}
        there = published.digests(self.root, folder, names)
        altered = [names[name] for name, digest in there.items() if digest not in ("", made.digests[name])]
        if altered:
            what = f"{files.PUBLISHED}/{folder}/{altered[0]} is not what was published"
            raise UnableError(what, f"take it away, then run this again: it is put back; {VERIFY}")
        missing = "" in there.values()
        if missing and not self.terms.dry_run and published.is_there(self.root, asked.order.folder):
            published.restore(self.root, asked.order.folder, folder)
        self._list(issue.policy)
        outcome: Outcome = "restored" if missing else "unchanged"
        return Published(issue.policy, outcome, folder, said.version, said.commit, record.path)

    def _afresh(self, issue: Issue, made: Made) -> Published:
        """Put an issue in place, and record it."""
        name = records.free_name(self.root, issue.policy, f"{self.terms.today}-publication")
        path = f"{records.REVIEWS}/{issue.policy}/{name}.yaml"
        done = Published(issue.policy, "published", issue.path, issue.version, issue.commit, path)
        if self.terms.dry_run:
            return done
        published.place(self.root, issue.path)
        record = replace(self._record(issue, made), path=path)
        records.write_new(self.root, [Artifact(path, written(record))])
        self._list(issue.policy, record)
        return done

    def _record(self, issue: Issue, made: Made) -> Record:
        paths = {name: f"{issue.path}/{issue.policy}.{name}" for name in FORMATS}
        manifest = [PublishedFile(paths[name], made.digests[name], self._size(paths[name])) for name in FORMATS]
        said = Publication(issue.version, issue.relied_on, issue.commit, __version__, tuple(manifest), issue.records)
        today = Moment.of(self.terms.today)
        return Record("publication", issue.policy, today, fingerprint=issue.fingerprint, publication=said)

    def _size(self, path: str) -> int:
        return published.size(self.root, path)

    def _list(self, policy: str, record: Record | None = None) -> None:
        """Write the page that names the current issue, with a record that was just written."""
        if self.terms.dry_run:
            return
        dossier = self.reviews.dossiers[policy]
        dossier = replace(dossier, records=(*dossier.records, *([record] if record else [])))
        published.write_index(self.root, policy, index(listed(self.archive, dossier, self.terms.today)))


def _digests(said: Publication) -> Iterator[tuple[str, str]]:
    """The SHA-256 of each file of a publication by its format."""
    yield from ((one.path.rpartition(".")[2], one.sha256) for one in said.files)


def _by_policy(found: Iterator[tuple[str, str]]) -> Mapping[str, list[str]]:
    told: dict[str, list[str]] = {}
    for path, message in found:
        told.setdefault(folder_of(path), []).append(message)
    return told


def relist(versions: Versions, policy: str, today: date) -> bool:
    """Write the page of a policy anew by the records as they stand now, if it was ever published; whether it was."""
    reviews = Reviews(versions.working)
    dossier = reviews.dossiers[policy]
    if not publications(dossier):
        return False
    page = index(listed(Archive(reviews, versions.history), dossier, today))
    published.write_index(versions.working.root, policy, page)
    return True
