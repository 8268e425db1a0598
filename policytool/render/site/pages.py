"""What the pages of a policy are made of."""

from __future__ import annotations

from dataclasses import dataclass

from policytool.model.comparison import Comparison
from policytool.model.site import Card, Citing, Download, Held, Leaf, Mistake, Preview
from policytool.render.edition import Edition
from policytool.render.html.view import Links


def _nowhere(_policy: str, _anchor: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Step:
    """A version in the history of a policy, and what changed from the one before, in words: "" for the first."""

    leaf: Leaf
    changed: str = ""
    before: str = ""


@dataclass(frozen=True, slots=True)
class PolicyPage:
    """One text of a policy. `path` is where the page stands: that of the policy, or of the version.

    `history` has all texts of the policy, the newest first, the working text before all if it has a page. `links`
    leads to other policies and places in them, "" for those that the site has no page of; `mistakes` are told only
    where the site is live.
    """

    path: str
    card: Card
    leaf: Leaf
    edition: Edition
    history: tuple[Step, ...] = ()
    held: tuple[Held, ...] = ()
    cited_by: tuple[Citing, ...] = ()
    previews: tuple[Preview, ...] = ()
    downloads: tuple[Download, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    links: Links = _nowhere


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """Two texts of a policy compared. `pairs` are the comparisons of the policy that have pages, in order: old, new."""

    path: str
    card: Card
    old_leaf: Leaf
    new_leaf: Leaf
    comparison: Comparison
    old: Edition
    new: Edition
    pairs: tuple[tuple[Leaf, Leaf], ...] = ()


@dataclass(frozen=True, slots=True)
class ComparisonsPage:
    """The comparisons of a policy: its texts, the newest first, and the pairs that have pages."""

    path: str
    card: Card
    history: tuple[Step, ...]
    pairs: tuple[tuple[Leaf, Leaf], ...] = ()
