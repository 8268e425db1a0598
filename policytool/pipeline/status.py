"""A repository, a day -> the register, what the calendar says of it, and the records that could not be read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.register import Entry, Proposal, Register
from policytool.model.settings import Settings
from policytool.pipeline.reviews import Reviews, folder_of
from policytool.review.load import spread
from policytool.review.register import FAILS, findings, run_out
from policytool.store import files

__all__ = ["FAILS", "Asked", "Status", "status", "write"]

Key: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """Which part of the register is asked for: all policies where none is named; `within` so many days, if any.

    `as_of` leaves out what was held or written after the day.
    """

    policies: Sequence[str] = ()
    within: int | None = None
    as_of: bool = False


@dataclass(frozen=True)
class Status:
    """The register, what the calendar says of it, what could not be read, and how to spread what is to come.

    What is said stands under (policy, cycle), what is said of the wording under the cycle ""; `run_out` is said of
    waivers in the settings.
    """

    register: Register
    said: tuple[tuple[Key, Diagnostic], ...]
    run_out: tuple[Diagnostic, ...]
    unread: tuple[Diagnostic, ...]
    proposals: tuple[Proposal, ...]
    reviews: Reviews

    @property
    def settings(self) -> Settings:
        """The settings of the repository."""
        return self.reviews.repository.library.settings

    def failing(self, states: Iterable[str]) -> tuple[Diagnostic, ...]:
        """The findings of some states: overdue, due, never, changed."""
        return tuple(one for _, one in self._of(states))

    def by_review(self, states: Iterable[str]) -> Mapping[Key, Sequence[Diagnostic]]:
        """What fails of each review and each wording; records that could not be read under "records"."""
        found: dict[Key, list[Diagnostic]] = defaultdict(list)
        for key, one in self._of(states):
            found[key].append(one)
        for one in self.unread:
            found[folder_of(one.path) or one.path, "records"].append(one)
        return found

    def _of(self, states: Iterable[str]) -> list[tuple[Key, Diagnostic]]:
        wanted = {finding for state in states for finding in FAILS[state]}
        return [(key, one) for key, one in self.said if one.finding in wanted]

    def lines(self) -> Mapping[str, Sequence[str]]:
        """The lines of the records that could not be read and of the settings, for what is said of them."""
        return {one.path: self.reviews.lines(one.path) for one in (*self.run_out, *self.unread)}


def status(reviews: Reviews, today: date, asked: Asked) -> Status:
    """The register on a day. Raises `UnableError` for a policy that is not there."""
    repository = reviews.repository
    chosen = repository.choose(asked.policies)
    whole = reviews.register(today, chosen, as_of=asked.as_of)
    proposals = tuple(spread(whole.entries, today))
    entries = tuple(entry for one in whole.entries if (entry := _within(one, asked.within)))
    late = tuple(run_out(repository.library.settings, files.SETTINGS, today))
    shown = replace(whole, entries=entries)
    return Status(shown, tuple(findings(entries)), late, _unread(reviews, chosen), proposals, reviews)


def _within(entry: Entry, days: int | None) -> Entry | None:
    """An entry with the reviews that are late or fall due in so many days; None where there is none."""
    if days is None:
        return entry
    left = tuple(one for one in entry.reviews if one.days is None or one.days <= days)
    return replace(entry, reviews=left) if left else None


def _unread(reviews: Reviews, chosen: Collection[str]) -> tuple[Diagnostic, ...]:
    """Records that could not be read or used, of the policies chosen and of none; and policies that are not in it."""
    repository = reviews.repository
    known = set(repository.ids.values())
    errors = [(folder_of(one.path), one) for one in reviews.unread if one.is_error]
    records = [one for folder, one in errors if folder in chosen or folder not in known]
    left_out = {path for path, policy in repository.ids.items() if policy not in repository.library.policies}
    sources = [one for one in repository.findings(chosen) if one.path in left_out and one.is_error]
    return (*sources, *records)


def write(out: Path, content: bytes) -> None:
    """Write the register to a file."""
    files.write(out.parent, [Artifact(out.name, content)])
