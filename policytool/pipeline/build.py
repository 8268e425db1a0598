"""A repository -> documents on the disk: those whose inputs have changed since they were made, and no others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import NamedTuple

from policytool.check import check_name
from policytool.pipeline.house import house_style
from policytool.pipeline.inputs import Common, Inputs, inputs, outline_of, printed
from policytool.pipeline.made import OFTEN, MadeBefore
from policytool.pipeline.outline import Reader, outlines
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews, folder_of
from policytool.pipeline.shelf import Outline, Shelf
from policytool.pipeline.workers import Crew
from policytool.pipeline.workshop import Made, Order
from policytool.resolve import resolve
from policytool.store import files
from policytool.store.assets import assets

FORMATS = ("docx", "pdf", "html")
ERRORS, MISRECORDED = "it has errors", "its records have errors, and its dates would be wrong"


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one policy: the files that were (or would be) written, or why it was left out.

    With neither, each of its files stands there already as it would be written.
    """

    policy: str
    paths: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build: in which formats, below which folder, as a draft or not, and whether to write at all."""

    formats: Sequence[str]
    out: Path
    draft: bool = False
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Stock:
    """What documents are made from: policies by their outlines and their bytes, and the records.

    `wrong` names the policies that have errors in themselves, and the settings if they have any; what is wrong with a
    reference shows only when the policy is made.
    """

    repository: Repository
    outlines: Mapping[str, Outline]
    contents: Mapping[str, bytes]
    wrong: frozenset[str]
    reviews: Reviews
    shelf: Shelf | None = None


def stock(root: Path, reader: Reader, shelf: Shelf | None = None) -> Stock:
    """What stands on the disk. What was read before is taken from the shelf, the rest is read and put there.

    The shelf is that of the repository, unless another is given.
    """
    shelf = shelf or Shelf.at(root)
    found = outlines(root, shelf, reader)
    settings = found.repository.library.settings
    house, amiss = house_style(settings.house, partial(assets, root), settings.places)
    repository = replace(found.repository, house=house, diagnostics=(*found.repository.diagnostics, *amiss))
    wrong = {repository.ids.get(one.path, files.SETTINGS) for one in repository.diagnostics if one.is_error}
    wrong |= {name for name, count in Counter(repository.ids.values()).items() if count > 1}
    wrong |= {name for path, name in repository.ids.items() if check_name(name, path)}
    wrong |= settings.elsewhere.keys() & found.by_id.keys()
    if any(one.is_error for one in resolve((), settings, files.SETTINGS)[1]):
        wrong.add(files.SETTINGS)
    return Stock(repository, found.by_id, found.contents, frozenset(wrong), found.reviews, shelf)


def stock_at(repository: Repository, reviews: Reviews) -> Stock:
    """A repository that was read whole, as that of a version is."""
    wrong = {repository.ids.get(one.path, files.SETTINGS) for one in repository.diagnostics if one.is_error}
    known = {name: outline_of(policy) for name, policy in repository.library.policies.items()}
    contents = {path: text.encode() for path, text in repository.texts.items()}
    return Stock(repository, known, contents, frozenset(wrong), reviews)


def build(stock: Stock, crew: Crew, chosen: Sequence[str], plan: Plan) -> Iterator[Built]:
    """Build each chosen policy as planned, unless its files are up to date, and tell what became of it.

    A policy with errors is left out, unless it is to be a draft; so is one with errors in its records, from which its
    dates are derived. Errors in the settings concern every policy.
    """
    work = _Work(stock, plan)
    asked = [work.ask(name) for name in chosen]
    work.keep_read()
    made = crew.make([one.order for one in asked if isinstance(one, _Asked)], work.common)
    try:
        for one in asked:
            yield one if isinstance(one, Built) else work.built(one, next(made))
    finally:
        work.keep_made()


class _Asked(NamedTuple):
    """A policy that is to be made, and the key of what it is made of. In no format: to see what is wrong with it."""

    policy: str
    key: str
    order: Order


class _Work:
    """One build: what it is made from, how, and what was made before."""

    def __init__(self, stock: Stock, plan: Plan) -> None:
        self.stock, self.plan = stock, plan
        settings, root = stock.repository.library.settings, stock.repository.root
        self.common = Common(printed(settings), plan.out, plan.draft, plan.dry_run, stock.repository.house)
        self.before = MadeBefore.at(root, frozenset(stock.repository.ids.values()), draft=plan.draft)
        unread = () if plan.draft else stock.reviews.unread
        self.misrecorded = {folder_of(one.path) for one in unread if one.is_error}

    def ask(self, policy: str) -> Built | _Asked:
        """What can be told of a policy at once; else what is to be made of it."""
        stock = self.stock
        blamed = () if self.plan.draft else [name for name in (files.SETTINGS, policy) if name in stock.wrong]
        if blamed:
            return self._wrong(policy, ERRORS if blamed == [policy] else f"{files.SETTINGS} has errors")
        if policy not in stock.outlines:
            advice = "" if stock.repository.version else "run `policytool check`"
            return Built(policy, problem="its file cannot be read", advice=advice)
        given = self._inputs(stock.outlines[policy])
        key = given.key(self.common)
        if self.before.has_errors(policy, key):
            return self._wrong(policy, ERRORS)
        if policy in self.misrecorded:
            return _Asked(policy, key, Order(given, ()))
        stale = self.before.stale(policy, key, self.plan.out, self.plan.formats)
        return _Asked(policy, key, Order(given, stale)) if stale else Built(policy)

    def _inputs(self, outline: Outline) -> Inputs:
        stock, policy = self.stock, outline.policy
        standing = stock.reviews.standing(policy, stock.repository.texts[policy.path])
        return inputs(outline, stock.contents[policy.path], stock.outlines, standing)

    def _wrong(self, policy: str, problem: str) -> Built:
        """Errors, and what to do about them: those of a version that is past can no longer be mended."""
        past = self.stock.repository.version
        advice = "build that version with --draft" if past else "run `policytool check`, or build with --draft"
        return Built(policy, problem=problem, advice=advice)

    def built(self, asked: _Asked, made: Made) -> Built:
        """What became of a policy, which is noted for the next time."""
        policy, key, order = asked
        if made.problem:
            return Built(policy, problem=made.problem, advice=made.advice)
        self.before.add(policy, key, {} if self.plan.dry_run else made.digests, has_errors=made.has_errors)
        if self.before.unsaved >= OFTEN:
            self.keep_made()
        if made.has_errors:
            return self._wrong(policy, ERRORS)
        if not order.formats:
            return Built(policy, problem=MISRECORDED, advice="run `policytool check`, or build with --draft")
        return Built(policy, tuple(f"{policy}.{name}" for name in order.formats))

    def keep_read(self) -> None:
        """Keep what was read, unless nothing is to be written."""
        if self.stock.shelf and not self.plan.dry_run:
            self.stock.shelf.save()

    def keep_made(self) -> None:
        """Keep what was made so far, unless nothing is to be written."""
        if not self.plan.dry_run:
            self.before.save()
