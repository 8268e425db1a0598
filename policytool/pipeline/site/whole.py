"""The plan of a site, and what each policy adds -> the pages that tell of all, the search and the data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from hashlib import sha256
from typing import NamedTuple

from policytool.model.artifact import Artifact
from policytool.model.duty import Duty
from policytool.model.record import Record
from policytool.model.register import Approval, Entry, Register, Review
from policytool.model.site import CALENDAR, DUTIES, FEED, MISSING, REGISTER, SEARCH, policy_path
from policytool.model.time import Moment
from policytool.pipeline.duties import in_order
from policytool.pipeline.remind import calendar_of
from policytool.pipeline.site.plan import Plan
from policytool.pipeline.site.shares import Duties, Weights
from policytool.render.duties.listed import Listed
from policytool.review.dossier import Dossier
from policytool.review.register import entry

_ANY_DAY = date(1970, 1, 1)
"""What a calendar tells depends on no day; the register that it is made of wants one."""


class Room(NamedTuple):
    """Pages that are made together: a name, a name for all that they are made of, and the making."""

    name: str
    key: str
    make: Callable[[], Iterable[Artifact]]


@dataclass(frozen=True, slots=True)
class Added:
    """What policies add to the pages that tell of all: a name for all their words, and for all their duties.

    The words and the duties themselves are read only when they are asked for.
    """

    words_key: str
    duties_key: str
    words: Callable[[], Mapping[str, Weights]]
    duties: Callable[[], Mapping[str, Duties]]


def rooms(plan: Plan, added: Added) -> Iterator[Room]:
    """The pages and files that tell of all policies, by rooms."""
    settings, common = plan.stock.repository.library.settings, plan.ground.digest
    titles = [(one.policy, one.title, one.owner, one.leaf.kind, one.withdrawn, one.publish) for one in plan.cards]
    dates = [card.falling for card in plan.cards]
    yield Room("fetched", _key(common, list(plan.givens)), partial(fetched, plan))
    yield Room("register", _key(common, plan.cards), partial(register_pages, plan))
    told = titles, dates, settings.meetings, settings.reminders.lead, _records(plan)
    yield Room("calendar", _key(common, *told), partial(calendar_files, plan))
    yield Room("duties", _key(common, titles, added.duties_key), lambda: duty_pages(plan, added.duties()))
    yield Room("search", _key(common, titles, added.words_key), lambda: search_files(plan, added.words()))


def _key(*said: object) -> str:
    return sha256(repr(said).encode()).hexdigest()


def _records(plan: Plan) -> str:
    """A name for the records of the policies that have pages."""
    contents = plan.stock.reviews.contents
    paths = (one.path for name in plan.givens for one in plan.stock.reviews.dossiers[name].records)
    hashed = sha256()
    for path in paths:
        hashed.update(b"%b\0%b" % (path.encode("utf-8", "surrogateescape"), contents.get(path, b"")))
    return hashed.hexdigest()


def fetched(plan: Plan) -> Iterator[Artifact]:
    """What all pages fetch, and what a web host or a search engine asks for."""
    from policytool.render.site.assets import assets
    from policytool.render.site.missing import missing_page
    from policytool.render.site.sitemap import sitemaps

    yield from assets(plan.ground.frame)
    yield Artifact(MISSING, missing_page(plan.ground.frame))
    lasting = [REGISTER, DUTIES, CALENDAR, *(policy_path(name) for name in plan.givens)]
    yield from sitemaps(lasting, plan.ground.frame)


def register_pages(plan: Plan) -> Iterator[Artifact]:
    """The register, as a page and as data."""
    from policytool.render.site.api import api_index
    from policytool.render.site.register import register_page

    yield Artifact(REGISTER, register_page(plan.cards, plan.ground.frame))
    yield api_index(plan.cards, plan.ground.frame)


def calendar_files(plan: Plan) -> Iterator[Artifact]:
    """The calendar, as a page and as data, and the feed to subscribe to."""
    from policytool.render.site.api import api_calendar
    from policytool.render.site.calendar import calendar_page

    settings = plan.stock.repository.library.settings
    meetings = {settings.title(body): days for body, days in settings.meetings.items()}
    yield Artifact(CALENDAR, calendar_page(plan.cards, meetings, plan.ground.frame))
    yield api_calendar(plan.cards)
    yield Artifact(FEED, feed(plan))


def duty_pages(plan: Plan, found: Mapping[str, Duties]) -> Iterator[Artifact]:
    """Who must do what, a page each holder, and who has duties as data."""
    from policytool.render.site.api import api_duties
    from policytool.render.site.duties import pages

    told = told_of(plan, [duty for duties in found.values() for duty in duties])
    drafts = frozenset(name for name, given in plan.givens.items() if given.card.leaf.kind == "working")
    for page in pages(told, plan.ground.frame, drafts):
        yield Artifact(page.path, page.make())
    yield api_duties(told)


def search_files(plan: Plan, found: Mapping[str, Weights]) -> Iterator[Artifact]:
    """The page to search from, and the index."""
    from policytool.render.site.search import search_page, shards

    yield Artifact(SEARCH, search_page(plan.ground.frame))
    yield from shards({name: (plan.givens[name].card.title, weights) for name, weights in found.items()})


def told_of(plan: Plan, found: Sequence[Duty]) -> Listed:
    """Duties as pages list them, with what their holders and policies are called."""
    from policytool.attribute import Names  # where duties have changed

    settings = plan.ground.settings
    names = Names(settings)
    holders = {who: names.title(who) for who in dict.fromkeys(one.who for one in found) if who}
    titles = {name: given.card.title for name, given in plan.givens.items()}
    return Listed(in_order(found, settings), holders, titles, {}, settings)


# The calendar


def feed(plan: Plan) -> bytes:
    """The calendar of reviews (RFC 5545), of no policy that is withdrawn by the time it falls due.

    It tells dates alone: how a wording stands is told by the page that each event leads to.
    """
    reviews = plan.stock.reviews
    entries = [_entry(plan, reviews.dossiers[name]) for name in plan.givens]
    register = Register(Moment.of(_ANY_DAY), tuple(one for one in entries if one.reviews))
    return calendar_of(plan.stock.repository, reviews, register, tells_wording=False)


def _entry(plan: Plan, dossier: Dossier) -> Entry:
    made, card = entry(dossier, _ANY_DAY), plan.givens[dossier.policy.id].card
    falling = {one.cycle for one in card.reviews if one.due}
    kept = replace(made, title=card.title, reviews=tuple(one for one in made.reviews if one.cycle.name in falling))
    return _unminuted(kept) if plan.ground.frame.is_public else kept


def _unminuted(one: Entry) -> Entry:
    """The same without the minutes, which are for those who decide."""
    approval = one.approval
    if approval:
        approval = Approval(approval.version, _without_minute(approval.record), _without_minute(approval.confirmed))
    return replace(one, approval=approval, reviews=tuple(_bare(review) for review in one.reviews))


def _bare(review: Review) -> Review:
    return replace(review, last=_without_minute(review.last)) if review.last else review


def _without_minute(record: Record) -> Record:
    return replace(record, minute="")
