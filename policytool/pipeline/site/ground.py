"""What all pages of a site have in common, and what each may tell of other policies."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TypeAlias

from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.site import Frame, Preview, policy_path, relative
from policytool.pipeline.inputs import Other, among, may_tell
from policytool.pipeline.shelf import Told
from policytool.resolve.references import references
from policytool.store import tool

Use: TypeAlias = tuple[str, str]
"""What a page tells of another policy: its id and a label, "" for its title alone."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A policy as others may tell of it. `is_hidden`: the site has no page of it.

    `targets` is what may be cited of it, by label; `openings` what that is called and how it begins; `places` the page
    that it stands on, which a label has not that stands on none.
    """

    title: str
    publish: str
    is_hidden: bool
    targets: Mapping[str, Told]
    openings: Mapping[str, tuple[str, str]]
    places: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Ground:
    """What all pages are made of: the frame, the settings that may print, and every policy as others tell of it.

    `root` and `out` say where the repository stands and where pages are written, `has_documents` whether Word and PDF
    files are made to download.
    """

    frame: Frame
    settings: Settings
    root: Path
    out: Path
    neighbours: Mapping[str, Neighbour] = field(default_factory=dict)
    has_documents: bool = True
    dry_run: bool = False

    @cached_property
    def digest(self) -> str:
        """A name for all of it but the neighbours, and for the tool."""
        frame = {name: getattr(self.frame, name) for name in ("organisation", "colour", "address", "is_public")}
        said = tool.identity(), frame, self.frame.house.digest, self.settings, self.has_documents
        return sha256(repr(said).encode()).hexdigest()

    def told(self, uses: Iterable[Use]) -> str:
        """A name for what is told of other policies."""
        return sha256(json.dumps([self._told(*use) for use in uses]).encode()).hexdigest()

    def _told(self, policy: str, label: str) -> object:
        one = self.neighbours.get(policy)
        if one is None:
            return None
        about = one.targets.get(label), one.openings.get(label), one.places.get(label)
        return one.title, one.publish, one.is_hidden, *about

    # What a text tells of others

    def uses(self, policy: Policy) -> tuple[Use, ...]:
        """What a text tells of other policies, in order, each once."""
        cited = ((one.policy, one.label) for one in references(policy) if one.policy and one.policy != policy.id)
        return tuple(dict.fromkeys((*cited, *((name, "") for name in policy.related))))

    def library(self, policy: Policy) -> Library:
        """The library that a text is read in; of an internal policy others tell no words."""
        others: dict[str, Other] = {}
        for name, label in self.uses(policy):
            one = self.neighbours.get(name)
            if one is not None:
                _, _, labels = others.setdefault(name, (one.title, one.publish, {}))
                if label in one.targets:
                    labels[label] = may_tell(one.targets[label], one.publish, self._own(policy))  # type: ignore[index]  # made here, and a dictionary
        return among(policy, others, self.settings)[0]

    def _own(self, policy: Policy) -> str:
        """Whether a text may tell of internal policies what they say: on a public site none may."""
        return policy.publish if not self.frame.is_public else ""

    def previews(self, uses: Iterable[Use]) -> tuple[Preview, ...]:
        """What is shown of the places that a text cites in other policies."""
        return tuple(
            Preview(name, label, *one.openings[label])
            for name, label in uses
            if (one := self.neighbours.get(name)) and not one.is_hidden and label in one.openings
        )

    def link(self, start: str, policy: str, anchor: str) -> str:
        """The link from a page to another policy, or a place in it; "" where the site has no page of it."""
        one = self.neighbours.get(policy)
        if one is None or one.is_hidden:
            return ""
        place = one.places.get(anchor)
        return relative(start, place or policy_path(policy), anchor if place else "")
