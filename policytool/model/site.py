"""A site: what its pages show, and where each of them stands.

A path is relative to the folder of the site, with forward slashes. Whatever is not a policy's stands in files of the
top folder, or in folders as files that no policy has there, so that a policy may be called "api" or "duties".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from posixpath import dirname, relpath
from typing import Literal, TypeAlias
from urllib.parse import quote

from policytool.model.house import PLAIN, HouseStyle
from policytool.model.time import Moment

REGISTER, SEARCH, DUTIES, CALENDAR = "index.html", "search.html", "duties.html", "calendar.html"
FEED, SITEMAP, MISSING = "calendar.ics", "sitemap.xml", "404.html"
ASSETS, API = "assets", "api"
WORKING = "working"
"""The name of the working text among the versions of a policy; those of approved wordings begin with a year."""


def policy_path(policy: str) -> str:
    """The page of a policy: its approved wording, or its working text where none was ever approved."""
    return f"{policy}/index.html"


def version_path(policy: str, version: str) -> str:
    """The page of one version of a policy, which always stays that version's."""
    return f"{policy}/{version}/index.html"


def comparisons_path(policy: str) -> str:
    """The page that lists the comparisons of a policy."""
    return f"{policy}/compare/index.html"


def comparison_path(policy: str, old: str, new: str) -> str:
    """The page that compares two versions of a policy."""
    return f"{policy}/compare/{old}--{new}.html"


NOBODY = "duties/nobody.html"
"""The page of the duties that name nobody."""


def role_path(role: str) -> str:
    """The page of the duties of a role."""
    return f"duties/role-{role}.html"


def group_path(slug: str) -> str:
    """The page of the duties of a group that is no role."""
    return f"duties/group-{slug}.html"


def relative(start: str, path: str, anchor: str = "") -> str:
    """The link from the page at `start` to a path of the site, or to an anchor there; "" is the page itself."""
    way = quote(relpath(path, dirname(start) or "."), errors="ignore") if path != start or not anchor else ""
    return way + ("#" + quote(anchor, errors="ignore") if anchor else "")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every page of a site has round it.

    `address` is where the site is published, with a slash at the end, "" where nobody said. A site that is live is
    served by this machine, and tells its pages when they have changed.
    """

    organisation: str
    colour: str = ""
    house: HouseStyle = PLAIN
    address: str = ""
    is_public: bool = False
    is_live: bool = False


LeafKind: TypeAlias = Literal["current", "superseded", "working"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One text of a policy that has a page: an approved version, by its name, or the working text (`WORKING`).

    `approved` and `by`, the title of a role, tell of the approval, or of the amendment where `is_amended`.
    `minute` is "" where none is told, as on a public site.
    """

    version: str
    kind: LeafKind
    approved: Moment | None = None
    by: str = ""
    minute: str = ""
    is_amended: bool = False

    @property
    def told(self) -> str:
        """As people say it: "as approved September 2023", "working text"."""
        return f"as {self._how}" if self.approved else "working text"

    @property
    def called(self) -> str:
        """As a comparison calls it: "the wording approved September 2023", "the working text"."""
        return f"the wording {self._how}" if self.approved else "the working text"

    @property
    def _how(self) -> str:
        return f"{'amended' if self.is_amended else 'approved'} {self.approved.told}" if self.approved else ""


@dataclass(frozen=True, slots=True)
class Falling:
    """One review of a policy as it falls due, whatever the day: `by` is a role's title, `every` "12 months".

    `last` is when it was held, None before the first time; `due` is None for one that was never held and counts from
    nothing. `lead` is how many days before it is due soon.
    """

    cycle: str
    by: str
    every: str
    last: Moment | None
    due: Moment | None
    lead: int

    @property
    def begins(self) -> tuple[date, date, date] | None:
        """The first days on which it is due soon, due, and overdue; None for one that is never due."""
        if self.due is None:
            return None
        room = min(self.lead, (self.due.first - date.min).days)
        after = min(timedelta(days=1), date.max - self.due.last)
        return self.due.first - timedelta(days=room), self.due.first, self.due.last + after


@dataclass(frozen=True, slots=True)
class Card:
    """One policy in the register of a site. `owner`, `approver` and `audience` are titles of roles.

    `leaf` is the text that its page shows; `is_revised` tells that the working text is another than the approved
    wording, and has a page of its own. `falling` are its reviews, the soonest first. From `withdrawn` on it is no
    longer in force.
    """

    policy: str
    title: str
    kind: str
    owner: str
    approver: str
    audience: tuple[str, ...]
    publish: str
    leaf: Leaf
    is_revised: bool = False
    falling: tuple[Falling, ...] = ()
    withdrawn: Moment | None = None

    @property
    def reviews(self) -> tuple[Falling, ...]:
        """Its reviews, but for those that fall due when it is no longer in force."""
        end = self.withdrawn
        return tuple(one for one in self.falling if not (end and one.due and one.due.first >= end.first))


@dataclass(frozen=True, slots=True)
class Held:
    """One line of the reviews so far: when, what ("annual", "amendment"), by whom, and what came of it, in words.

    `minute` and `reason` are "" on a public site.
    """

    held: Moment
    what: str
    by: str
    outcome: str
    minute: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Citing:
    """A place in another policy that cites a policy: the other's id and title, the clause and its anchor.

    `called` is "clause 4.2", "" for the whole; `target` is the label that is cited, "" for the whole policy.
    """

    policy: str
    title: str
    called: str
    anchor: str
    target: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What is shown of a place in another policy where it is cited: what it is called, and its first words."""

    policy: str
    label: str
    called: str
    words: str


@dataclass(frozen=True, slots=True)
class Download:
    """A document of a text beside its page: its path in the site, its format ("pdf", "docx"), its size in bytes.

    `size` is 0 where the document is made only when it is asked for.
    """

    path: str
    form: str
    size: int


@dataclass(frozen=True, slots=True)
class Passage:
    """One stretch of a policy that can be found: its anchor, number and words, and the heading that it stands under.

    `anchor` is "" for what stands before all that has one.
    """

    anchor: str
    number: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class Mistake:
    """A diagnostic of the working text as its page tells it, beside the block at `anchor` ("" for none).

    `where` is "source/x.md:16:61", `code` "PT202".
    """

    anchor: str
    where: str
    code: str
    message: str
    advice: str
    is_error: bool
