"""A repository -> its site, page by page, each made when it is asked for from what stands on the disk then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path
from typing import NamedTuple

from policytool.model.artifact import Artifact
from policytool.model.site import API, CALENDAR, DUTIES, FEED, REGISTER, SEARCH, Frame
from policytool.model.unable import UnableError
from policytool.pipeline.build import Stock, stock
from policytool.pipeline.inputs import printed
from policytool.pipeline.outline import one_by_one
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.shelf import Entry, Shelf
from policytool.pipeline.site.bindery import share_of
from policytool.pipeline.site.binding import Bound
from policytool.pipeline.site.edit import edited
from policytool.pipeline.site.gists import Gist, Gists, Reading, gist
from policytool.pipeline.site.given import Given
from policytool.pipeline.site.ground import Use
from policytool.pipeline.site.mistakes import first_mistake, mistakes
from policytool.pipeline.site.plan import Plan, Planning, Request, SumUp
from policytool.pipeline.site.shares import Duties, Share, Weights
from policytool.pipeline.site.whole import calendar_files, duty_pages, fetched, register_pages, search_files
from policytool.store import files

_BY_CHECK = "mend it and save: this page shows itself again"


class LiveSite:
    """The site of a repository as it stands. What was made is remembered until something changes."""

    def __init__(self, root: Path, *, is_public: bool = False) -> None:
        self._root = root
        self._request = Request(root / "build", is_public, is_live=True)
        self._now: _Now | None = None
        self._memory = _Memory()
        self._frame: Frame | None = None

    def page(self, path: str) -> Artifact | None:
        """The file at a path of the site, made now; None where the site has none.

        Raises `UnableError` where it cannot be made, with the mistake in the source that is to blame.
        """
        if self._now is None:
            self._now = _now(self._root, self._request, self._memory)
        self._frame = self._now.frame
        return self._now.page(path)

    def frame(self) -> Frame | None:
        """What stands round its pages, as it was last read; None where it never could be."""
        return self._frame

    def changed(self, paths: Collection[str]) -> None:
        """Files below the repository have changed: what was made of them counts no more."""
        now, self._now = self._now, None
        if not all(path.startswith(f"{files.SOURCE}/") for path in paths):
            self._memory.reviews = None
        elif now is not None and len(paths) == 1:
            self._now = now.edited(*paths)


class _Known(NamedTuple):
    """What a policy adds to pages that tell of all, and what that was made of."""

    key: str
    uses: tuple[Use, ...]
    told: str
    share: Share


@dataclass(slots=True)
class _Memory:
    """What was read, by what it was read from: `reviews` only as long as nothing has changed below `reviews/`."""

    shelf: Shelf | None = None
    gists: Mapping[str, Entry] | None = None
    reviews: Reviews | None = None
    shares: dict[str, _Known] = field(default_factory=dict)


def _now(root: Path, request: Request, memory: _Memory) -> _Now:
    """The site as it stands, of which only what has changed is read."""
    found = stock(root, one_by_one, memory.shelf and memory.shelf.again())
    if memory.reviews is not None:
        found.reviews.take_over(memory.reviews)
    memory.shelf, memory.reviews = found.shelf, found.reviews
    if wrong := first_mistake(found, files.SETTINGS):
        raise UnableError(wrong, _BY_CHECK)
    gists = Gists(root, printed(found.repository.library.settings), memory.gists)
    planning = Planning(found, request)
    now = _Now(found, gists, planning, planning.plan(_summing(found, gists)), memory.shares)
    if memory.gists is None:
        now.keep()
    memory.gists = gists.used
    return now


def _summing(stock: Stock, gists: Gists) -> SumUp:
    """The gists of texts, read where they are not at hand."""
    settings = printed(stock.repository.library.settings)

    def sum_up(readings: Sequence[Reading]) -> Iterable[Gist | None]:
        for reading in readings:
            found = gists.of(reading)
            if found is None and (found := gist(reading, settings)) is not None:
                gists.add(reading, found)
            yield found

    return sum_up


class _Now:
    """The site as it is between two changes."""

    def __init__(self, stock: Stock, gists: Gists, planning: Planning, plan: Plan, shares: dict[str, _Known]) -> None:
        self._stock, self._gists = stock, gists
        self._planning, self._plan = planning, plan
        self._bound: dict[str, Bound] = {}
        self._shares = shares

    def edited(self, path: str) -> _Now | None:
        """The site after one source was edited; None where it is to be read afresh."""
        found = edited(self._stock, path)
        if found is None:
            return None
        name, now = found
        planned = self._planning.edited(now, name, self._plan, _summing(now, self._gists))
        if planned is None:
            return None
        new = _Now(now, self._gists, *planned, self._shares)
        if name in self._bound:
            new._bind(name).take_over(self._bound[name])
        return new

    def keep(self) -> None:
        """Keep what was read below `build/`, so that it is not read again when the site is next shown."""
        if self._stock.shelf is not None:
            self._stock.shelf.save()
        self._gists.save()

    @property
    def frame(self) -> Frame:
        """What stands round every page."""
        return self._plan.ground.frame

    def page(self, path: str) -> Artifact | None:
        """The file at a path, made now."""
        folder, _, rest = path.partition("/")
        own = self._of_policy(folder, path, rest)
        if own is not None:
            return own
        for names, make in self._rooms.items():
            if path in names or any(name.endswith("/") and path.startswith(name) for name in names):
                return next((one for one in make() if one.path == path), None)
        return next((one for one in fetched(self._plan) if one.path == path), None)

    def _of_policy(self, folder: str, path: str, rest: str) -> Artifact | None:
        if folder in self._plan.givens and (page := self._bind(folder).page(path)) is not None:
            return page
        for start, ending, made in (("search/texts/", ".js", "searched"), (f"{API}/policies/", ".json", "data")):
            name = path.removeprefix(start).removesuffix(ending)
            if path == f"{start}{name}{ending}" and name in self._plan.givens:
                found: Artifact = getattr(self._bind(name), made)
                return found
        if rest == "index.html":
            self._tell_why(folder)
        return None

    def _tell_why(self, policy: str) -> None:
        """Raise `UnableError` where a policy stands in `source/` and has no page, for the mistake that is to blame."""
        path = next((path for path, name in self._stock.repository.ids.items() if name == policy), "")
        if path and (wrong := first_mistake(self._stock, path)):
            raise UnableError(wrong, _BY_CHECK)

    def _bind(self, policy: str) -> Bound:
        if policy not in self._bound:
            given = self._plan.givens[policy]
            told = mistakes(self._stock, policy)
            self._bound[policy] = Bound(replace(given, mistakes=told), self._plan.ground)
        return self._bound[policy]

    @cached_property
    def _rooms(self) -> Mapping[tuple[str, ...], Callable[[], Iterable[Artifact]]]:
        """What tells of all policies, by paths and by folders, so that each is made only with its like."""
        return {
            (REGISTER, f"{API}/index.json"): partial(register_pages, self._plan),
            (CALENDAR, FEED, f"{API}/calendar.json"): partial(calendar_files, self._plan),
            (DUTIES, "duties/", f"{API}/duties.json"): lambda: duty_pages(self._plan, self._duties()),
            (SEARCH, "search/"): lambda: search_files(self._plan, self._words()),
        }

    def _duties(self) -> Mapping[str, Duties]:
        return {name: self._share(name, given).duties for name, given in self._plan.givens.items()}

    def _words(self) -> Mapping[str, Weights]:
        return {name: self._share(name, given).weights for name, given in self._plan.givens.items()}

    def _share(self, policy: str, given: Given) -> Share:
        ground = self._plan.ground
        key, known = given.key(ground), self._shares.get(policy)
        if known is None or (known.key, known.told) != (key, ground.told(known.uses)):
            bound = self._bind(policy)
            share = share_of(bound)
            known = self._shares[policy] = _Known(key, bound.uses, ground.told(bound.uses), share)
        return known.share
