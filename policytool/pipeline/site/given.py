"""A policy -> all that its pages are made of, and the key of that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256

from policytool.model.site import (
    API,
    Card,
    Citing,
    Held,
    Leaf,
    Mistake,
    comparison_path,
    comparisons_path,
    policy_path,
    version_path,
)
from policytool.pipeline.site.ground import Ground
from policytool.pipeline.site.onfile import Published, Text

FORMS = ("pdf", "docx")


@dataclass(frozen=True, slots=True)
class Standing:
    """A document that stands there as it would be made: its path in the site, its SHA-256, its size in bytes."""

    path: str
    digest: str
    size: int


@dataclass(frozen=True)
class Given:
    """What the pages of one policy are made of. `texts` are the newest first; `path` is that of its source.

    `mistakes` are told only where the site is live; the documents that are `there` need not be made.
    """

    card: Card
    path: str
    texts: tuple[Text, ...]
    held: tuple[Held, ...] = ()
    cited_by: tuple[Citing, ...] = ()
    published: tuple[Published, ...] = ()
    mistakes: tuple[Mistake, ...] = ()
    there: tuple[Standing, ...] = ()

    @property
    def policy(self) -> str:
        """Its id."""
        return self.card.policy

    @cached_property
    def shown(self) -> Text:
        """The text that the page of the policy shows."""
        return next(one for one in self.texts if one.leaf == self.card.leaf)

    @cached_property
    def working(self) -> Text:
        """The text as it stands in the source: the working text, else the approved wording that it is."""
        return next((one for one in self.texts if one.leaf.kind == "working"), self.shown)

    @cached_property
    def leaves(self) -> tuple[Leaf, ...]:
        """Its texts, the newest first."""
        return tuple(one.leaf for one in self.texts)

    @cached_property
    def pairs(self) -> tuple[tuple[Leaf, Leaf], ...]:
        """The comparisons that have pages, old and new: each with the one before, each with the current."""
        leaves = self.leaves
        before = list(zip(leaves[1:], leaves, strict=False))
        current = next((one for one in leaves if one.kind == "current"), leaves[0])
        with_current = [(one, current) for one in leaves if one.kind == "superseded"]
        return tuple(dict.fromkeys((*before, *with_current)))

    def paths(self, ground: Ground) -> Iterator[str]:
        """The paths of its pages, those of its documents among them."""
        yield policy_path(self.policy)
        # A policy that was never approved has one page.
        lasting = (leaf for leaf in self.leaves if leaf.kind != "working" or leaf != self.card.leaf)
        yield from (version_path(self.policy, leaf.version) for leaf in lasting)
        if self.pairs:
            yield comparisons_path(self.policy)
            yield from (comparison_path(self.policy, old.version, new.version) for old, new in self.pairs)
        yield from (document_path(self.policy, version, form) for version, form in self.documents(ground))

    def files(self, ground: Ground) -> Iterator[str]:
        """The paths of its pages, and of what the search and programs fetch of it."""
        yield from self.paths(ground)
        yield from (f"search/texts/{self.policy}.js", f"{API}/policies/{self.policy}.json")

    def documents(self, ground: Ground) -> tuple[tuple[str, str], ...]:
        """The versions and formats that can be downloaded: what went out, and the text that is shown."""
        out = {(one.version, one.form) for one in self.published}
        made = {(self.shown.leaf.version, form) for form in FORMS} if ground.has_documents else set()
        return tuple(
            (leaf.version, form) for leaf in self.leaves for form in FORMS if (leaf.version, form) in out | made
        )

    def documents_key(self, ground: Ground) -> str:
        """A name for what the documents are made of; what is told of others in them is not in it."""
        one = self.shown
        said = (
            ground.digest,
            self.policy,
            self.path,
            one.leaf,
            sha256(one.content).hexdigest(),
            one.standing,
            self.published,
        )
        return sha256(repr(said).encode()).hexdigest()

    def key(self, ground: Ground) -> str:
        """A name for all of it, and for what all pages have in common; what is told of others is not in it."""
        texts = [(one.leaf, sha256(one.content).hexdigest(), one.standing) for one in self.texts]
        said = ground.digest, self.card, self.path, texts, self.held, self.cited_by, self.published
        return sha256(repr(said).encode()).hexdigest()


def document_path(policy: str, version: str, form: str) -> str:
    """A document of a version, beside its page."""
    return f"{policy}/{version}/{policy}.{form}"
