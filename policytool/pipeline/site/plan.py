"""A repository -> the plan of its site: what each policy's pages are made of, and what all have in common."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeAlias

from policytool.model.block import Number
from policytool.model.register import Approval
from policytool.model.site import WORKING, Card, Citing, Frame, policy_path, version_path
from policytool.model.standing import Standing
from policytool.model.unable import UnableError
from policytool.pipeline.build import ERRORS, MISRECORDED, Stock
from policytool.pipeline.inputs import inputs, printed
from policytool.pipeline.reviews import folder_of
from policytool.pipeline.site.gists import MOST, Gist, Reading, Stretch
from policytool.pipeline.site.given import Given
from policytool.pipeline.site.ground import Ground, Neighbour
from policytool.pipeline.site.onfile import INTERNAL, Case, Text, falling, held, published, texts, withdrawn
from policytool.review.dossier import Dossier
from policytool.store import files

SumUp: TypeAlias = Callable[[Sequence[Reading]], Iterable[Gist | None]]
"""Texts -> their gists, each in its turn."""
_BY_CHECK = "run `policytool check`"


@dataclass(frozen=True, slots=True)
class Request:
    """What site is asked for: where it is written, for whom, with documents to download or without."""

    out: Path
    is_public: bool = False
    is_live: bool = False
    has_documents: bool = True
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a policy, or a text of it, has no page."""

    policy: str
    why: str
    advice: str = _BY_CHECK


@dataclass(frozen=True, slots=True)
class Plan:
    """A site to be: what the pages of each policy are made of, in order of id, and what all have in common."""

    stock: Stock
    ground: Ground
    givens: Mapping[str, Given]
    problems: tuple[Problem, ...] = ()

    @property
    def cards(self) -> tuple[Card, ...]:
        """The policies in the register."""
        return tuple(one.card for one in self.givens.values())


def plan(stock: Stock, request: Request, sum_up: SumUp, sound: frozenset[str] = frozenset()) -> Plan:
    """The plan of a site. Where the site is live, texts with errors have pages, too.

    Of policies that are `sound` it is known that nothing is wrong with their records.

    Raises `UnableError` where the settings have errors and the site is not live.
    """
    if files.SETTINGS in stock.wrong and not request.is_live:
        raise UnableError(f"{files.SETTINGS} has errors", _BY_CHECK)
    return Planning(stock, request, sound=sound).plan(sum_up)


@dataclass(slots=True)
class _Shown:
    """A policy that has a page: its texts, and the gist of the one that it shows."""

    texts: tuple[Text, ...]
    text: Text
    gist: Gist


@dataclass
class Planning:
    """A plan in the making: gists of texts by policy, what is shown, and the problems so far."""

    stock: Stock
    request: Request
    problems: list[Problem] = field(default_factory=list)
    working: dict[str, Gist] = field(default_factory=dict)
    shown: dict[str, _Shown] = field(default_factory=dict)
    sound: frozenset[str] = frozenset()

    def edited(self, stock: Stock, name: str, before: Plan, sum_up: SumUp) -> tuple[Planning, Plan] | None:
        """The planning and the plan after one policy was edited; None where all is to be planned afresh.

        That is where its title, its labels or what it cites are others, and where its pages come or go.
        """
        others = [one for one in self.problems if one.policy != name]
        new = Planning(stock, self.request, others, dict(self.working), dict(self.shown))
        old, old_shown = new.working.pop(name, None), new.shown.pop(name, None)
        new.read([name], sum_up)
        now, shown = new.working.get(name), new.shown.get(name)
        if old is None or now is None or _told(old) != _told(now):
            return None
        if old_shown is None or shown is None or old_shown.gist.citing != shown.gist.citing:
            return None
        ground = replace(before.ground, neighbours={**before.ground.neighbours, name: new._neighbour(name)})
        givens = {**before.givens, name: new._given(name, before.givens[name].cited_by)}
        return new, Plan(stock, ground, givens, tuple(new.problems))

    def plan(self, sum_up: SumUp) -> Plan:
        """The plan."""
        self.read(list(self.dossiers), sum_up)
        ground = self._ground()
        cited_by = self._cited_by()
        givens = {name: self._given(name, tuple(cited_by[name])) for name in sorted(self.shown)}
        return Plan(self.stock, ground, givens, tuple(self.problems))

    @property
    def case(self) -> Case:
        """For whom policies are shown."""
        return Case(self.stock.reviews, self.request.is_public)

    @property
    def dossiers(self) -> Mapping[str, Dossier]:
        """What is on file for each policy."""
        return self.stock.reviews.dossiers

    # What is shown of each policy

    def read(self, names: Sequence[str], sum_up: SumUp) -> None:
        """Find the gists of some policies, and what is shown of them."""
        for name, made in zip(names, sum_up([self._working(name) for name in names]), strict=True):
            if made is not None:
                self.working[name] = made
        found = {name: kept for name in names if (kept := self._texts(name))}
        approved = [name for name, (shown, _) in found.items() if shown.content != self._content(name)]
        texts = [Reading(files.SourceFile(self._path(name), name, found[name][0].content)) for name in approved]
        read = dict(zip(approved, sum_up(texts), strict=True))
        gists = {name: self.working[name] for name in names if name in self.working}
        gists |= {name: one for name, one in read.items() if one is not None}
        for name, (shown, all_texts) in found.items():
            if name in gists and not self._is_hidden(gists[name]):
                self.shown[name] = _Shown(all_texts, shown, gists[name])

    def _texts(self, name: str) -> tuple[Text, tuple[Text, ...]] | None:
        """The text that a policy shows, and all that have pages; None where there is nothing to be shown."""
        dossier = self.dossiers[name]
        if self.request.is_public and dossier.policy.publish == INTERNAL:
            return None
        if not self.request.is_live and name in self._misrecorded:
            self.problems.append(Problem(name, MISRECORDED))
            return None
        is_wrong = self._is_wrong(name)
        if is_wrong and not self.request.is_live:
            self.problems.append(Problem(name, ERRORS))
        found = tuple(texts(self.case, dossier, None if is_wrong and not self.request.is_live else self._content(name)))
        current = next((one for one in found if one.leaf.kind == "current"), None)
        if current is None and dossier.approval is not None:
            self.problems.append(self._unshown(dossier, dossier.approval))
        if current is None and (not found or found[0].leaf.kind != "working"):
            return None
        return current or found[0], found

    def _unshown(self, dossier: Dossier, approval: Approval) -> Problem:
        """Why the approved wording of a policy is not shown."""
        name = dossier.policy.id
        if dossier.kept(approval.record.fingerprint) is None:
            return Problem(name, "its approved wording is not kept")
        advice = f"record its approval: `policytool record {name} …`"
        return Problem(name, "it was internal when it was approved", advice)

    def _is_hidden(self, gist: Gist) -> bool:
        """Whether the text that is shown was internal when it was approved, and the site is for everybody."""
        return self.request.is_public and gist.publish == INTERNAL

    @cached_property
    def _misrecorded(self) -> set[str]:
        reviews = self.stock.reviews
        if not self.sound:
            return {folder_of(one.path) for one in reviews.unread if one.is_error}
        rest = self.dossiers.keys() - self.sound
        return {name for name in rest if any(one.is_error for one in reviews.unread_of(name))}

    def _is_wrong(self, name: str) -> bool:
        gist = self.working.get(name)
        return name in self.stock.wrong or gist is None or gist.has_errors

    def _working(self, name: str) -> Reading:
        """The working text, with what may print in it of the working texts of others."""
        content, outlines = self._content(name), self.stock.outlines
        given = inputs(outlines[name], content, outlines, Standing())
        return Reading(files.SourceFile(self._path(name), name, content), given.others)

    def _path(self, name: str) -> str:
        return self.dossiers[name].policy.path

    def _content(self, name: str) -> bytes:
        return self.stock.contents[self._path(name)]

    # What all have in common

    def _ground(self) -> Ground:
        repository, request = self.stock.repository, self.request
        settings = repository.library.settings
        address = f"{settings.publish_address.rstrip('/')}/" if settings.publish_address else ""
        name = settings.organisation.name
        frame = Frame(name, settings.house.colour, repository.house, address, request.is_public, request.is_live)
        neighbours = {name: self._neighbour(name) for name in sorted(self.working)}
        kept = printed(settings)
        return Ground(frame, kept, repository.root, request.out, neighbours, request.has_documents, request.dry_run)

    def _neighbour(self, name: str) -> Neighbour:
        working, shown = self.working[name], self.shown.get(name)
        own = shown.gist if shown else working
        drafted = any(one.leaf.kind == "working" for one in shown.texts) if shown else False
        places = dict.fromkeys(working.targets, version_path(name, WORKING)) if drafted else {}
        places |= dict.fromkeys(own.targets, policy_path(name)) if shown else {}
        openings = {**(working.openings if drafted else {}), **own.openings} if shown else {}
        told = {label: (called, self._words(words)) for label, (called, words) in openings.items()}
        publish = self.dossiers[name].policy.publish
        return Neighbour(own.title, publish, shown is None, {**working.targets, **own.targets}, told, places)

    def _words(self, words: Iterable[Stretch]) -> str:
        """The first words of a block, with what it cites as that is called."""
        said = "".join(one if isinstance(one, str) else self._called(*one) for one in words)
        told = " ".join(said.split())
        return told if len(told) <= MOST else told[:MOST].rsplit(" ", 1)[0] + " …"

    def _called(self, policy: str, label: str) -> str:
        elsewhere = self.stock.repository.library.settings.elsewhere.get(policy)
        found = self.working.get(policy)
        title = elsewhere.title if elsewhere else found.title if found else policy
        told = found.targets.get(label) if found else None
        if told is None or not told[3]:
            return title
        path, items, *_ = told[3]
        return f"{title}, {told[2]} {Number(tuple(path), tuple(items))}"

    def _cited_by(self) -> Mapping[str, list[Citing]]:
        found: dict[str, list[Citing]] = defaultdict(list)
        for name, shown in sorted(self.shown.items()):
            for called, anchor, policy, label in dict.fromkeys(shown.gist.citing):
                if policy in self.shown:
                    found[policy].append(Citing(name, shown.gist.title, called, anchor, label))
        return found

    # A policy

    def _given(self, name: str, cited_by: tuple[Citing, ...]) -> Given:
        dossier, shown = self.dossiers[name], self.shown[name]
        return Given(
            self._card(dossier, shown),
            self._path(name),
            shown.texts,
            held(self.case, dossier),
            cited_by,
            published(self.case, dossier),
        )

    def _card(self, dossier: Dossier, shown: _Shown) -> Card:
        gist, title = shown.gist, self.stock.repository.library.settings.title
        return Card(
            dossier.policy.id,
            gist.title,
            gist.kind,
            title(gist.owner),
            title(gist.approver),
            tuple(map(self._group, gist.audience)),
            dossier.policy.publish,
            shown.text.leaf,
            any(one.leaf.kind == "working" for one in shown.texts) and shown.text.leaf.kind != "working",
            falling(dossier),
            withdrawn(dossier),
        )

    def _group(self, name: str) -> str:
        """For whom a policy is: the title of a role, or a group by its name."""
        roles = self.stock.repository.library.settings.roles
        return roles[name].title if name in roles else name.replace("-", " ").capitalize()


def _told(gist: Gist) -> str:
    """What others call a policy and the places in it."""
    return json.dumps([gist.title, gist.targets])
