"""A plan -> the site on the disk: pages whose inputs have changed are made, those of what has gone are taken away."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from hashlib import sha256

from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.pipeline.build import stock
from policytool.pipeline.inputs import printed
from policytool.pipeline.shelf import FEW
from policytool.pipeline.site.bindery import Leaves
from policytool.pipeline.site.gists import Gist, Gists, Reading
from policytool.pipeline.site.given import Given
from policytool.pipeline.site.made import MadeSite
from policytool.pipeline.site.plan import Plan, Request, plan
from policytool.pipeline.site.shares import Kind, Share, Shares
from policytool.pipeline.site.untouched import forget, note, sound
from policytool.pipeline.site.whole import Added, Room, rooms
from policytool.pipeline.workers import Crew
from policytool.store import files
from policytool.store import site as store
from policytool.store.reviews import begin_to_read_wordings


@dataclass(frozen=True, slots=True)
class Written:
    """What became of one policy: how many files were (or would be) written, none where all stood there already.

    `problem` tells why it has no pages, `remarks` what could not be made beside them.
    """

    policy: str
    files: int = 0
    problem: str = ""
    advice: str = ""
    remarks: tuple[str, ...] = ()


def planned(made: MadeSite, request: Request, crew: Crew) -> Plan:
    """The plan of a site; what was read for it is kept, unless nothing is to be written.

    Raises `UnableError` where the settings have errors, and where the site would be written among sources or records.
    """
    root = made.root
    wordings = begin_to_read_wordings(root)
    found = stock(root, crew.read)
    found.reviews.take_wordings(wordings())
    settings = printed(found.repository.library.settings)
    gists = Gists(root, settings)
    made_of = plan(found, request, partial(_sum_up, gists, crew, settings), sound(made, found))
    _refuse_foreign(made_of)
    if not request.dry_run:
        gists.save()
        if found.shelf:
            found.shelf.save(few=len(found.outlines) // FEW)
    return made_of


def _refuse_foreign(plan: Plan) -> None:
    out, root = plan.ground.out.resolve(), plan.ground.root.resolve()
    ours = [root / name for name in (files.SOURCE, "reviews", ".git", "build/kept", files.PUBLISHED)]
    if out in (root, root / "build", *root.parents) or any(out == one or one in out.parents for one in ours):
        raise UnableError(f"a site cannot be written into {plan.ground.out}", "name a folder of its own: --out DIR")


def _sum_up(gists: Gists, crew: Crew, settings: Settings, readings: Sequence[Reading]) -> list[Gist | None]:
    """The gists of texts: those that are kept, and those of the rest, by the crew."""
    found = {place: gists.of(reading) for place, reading in enumerate(readings)}
    new = [place for place, kept in found.items() if kept is None]
    paths = [readings[place].source.path for place in new]
    made = crew.do("sum_up", [readings[place] for place in new], paths, settings) if new else ()
    for place, gist in zip(new, made, strict=True):
        if gist is not None:
            found[place] = gist
            gists.add(readings[place], gist)
    return [found[place] for place in range(len(readings))]


class Writing:
    """One run that brings a site up to date. After the policies come the pages that tell of all."""

    def __init__(self, made: MadeSite, request: Request, crew: Crew) -> None:
        self.made, self.request, self.crew = made, request, crew
        self.plan = planned(made, request, crew)
        self.is_silent = not self.plan.problems

    def policies(self) -> Iterator[Written]:
        """Bring the pages of each policy up to date, and tell what became of it."""
        ground = self.plan.ground
        stale = [one for one in self.plan.givens.values() if not self.made.keeps(one, ground)]
        if not ground.dry_run:
            self.made.expect(path for one in stale for path in one.files(ground))
        lacking = [self.made.with_documents(one, ground) for one in stale]
        bound = self.crew.do("bind", lacking, [one.path for one in lacking], ground) if lacking else iter(())
        waiting = {one.policy: one for one in lacking}
        for name in self.plan.givens:
            yield self._written(waiting[name], next(bound)) if name in waiting else Written(name)

    def _written(self, given: Given, leaves: Leaves) -> Written:
        self.is_silent = self.is_silent and not (leaves.problem or leaves.remarks)
        if leaves.problem:
            return Written(given.policy, 0, leaves.problem, leaves.advice)
        self.made.add(given, self.plan.ground, leaves)
        return Written(given.policy, len(leaves.digests) - len(given.there), remarks=leaves.remarks)

    def whole(self) -> int:
        """Bring the pages that tell of all up to date; how many files were (or would be) written."""
        there = {name: self.plan.givens[name] for name in self.made.policies}
        plan = Plan(self.plan.stock, self.plan.ground, there, self.plan.problems)
        added = Added(
            repr(self.made.added(-2)),
            repr(self.made.added(-1)),
            lambda: self._all(self.made.words, self.made.added(-2), lambda share: share.weights),
            lambda: self._all(self.made.duties, self.made.added(-1), lambda share: share.duties),
        )
        return sum(self._room(room) for room in rooms(plan, added))

    def _room(self, room: Room) -> int:
        if self.made.keeps_room(room.name, room.key):
            return 0
        made = {page.path: page for page in room.make()}
        digests = {path: sha256(page.content).hexdigest() for path, page in made.items()}
        new = [page for path, page in made.items() if self.made.there.get(path) != digests[path]]
        if not self.plan.ground.dry_run:
            self.made.expect(digests)
            files.write(self.plan.ground.out, new)
        self.made.add_room(room.name, room.key, digests)
        return len(new)

    def _all(self, shares: Shares[Kind], names: Mapping[str, str], part: Callable[[Share], Kind]) -> dict[str, Kind]:
        """What each policy adds; where it is not kept, what it would add is made again."""
        found = shares.all(names)
        lost = [self.plan.givens[policy] for policy in names if policy not in found]
        again = self.crew.do("share", lost, [one.path for one in lost], self.plan.ground) if lost else ()
        for given, share in zip(lost, again, strict=True):
            shares.add(given.policy, part(share))
        return shares.all(names)

    def end(self) -> list[str]:
        """Take away what is no longer of the site, and keep what was made; the files that are none of ours."""
        ground = self.plan.ground
        if ground.dry_run:
            return []
        made = self.made.made
        store.clear(ground.out, self.made.stale(made))
        self.made.save(made)
        if self.is_silent:
            note(self.made, self.request, self.plan.stock)
        else:
            forget(self.made)
        return store.strangers(ground.out, made)
