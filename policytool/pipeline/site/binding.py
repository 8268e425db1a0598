"""What the pages of a policy are made of -> those pages, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, partial

from policytool.attribute import Names, duties
from policytool.compare import compare
from policytool.model.artifact import Artifact
from policytool.model.comparison import Comparison
from policytool.model.duty import Duty
from policytool.model.policy import Policy
from policytool.model.site import (
    Download,
    Leaf,
    Passage,
    comparison_path,
    comparisons_path,
    policy_path,
    version_path,
)
from policytool.model.unable import UnableError
from policytool.pipeline.outline import parsed
from policytool.pipeline.site.given import Given, document_path
from policytool.pipeline.site.ground import Ground, Use
from policytool.pipeline.site.onfile import Text
from policytool.pipeline.workshop import renderer
from policytool.render.compared.words import summary
from policytool.render.duties.listed import Listed
from policytool.render.edition import Edition
from policytool.render.site.pages import ComparisonPage, ComparisonsPage, PolicyPage, Step
from policytool.store import files


class Bound:
    """The pages of one policy. Each text is read, and each pair compared, once, when a page first asks for it.

    `problems` tells what could not be made, in words.
    """

    def __init__(self, given: Given, ground: Ground) -> None:
        self.given, self.ground = given, ground
        self.problems: list[str] = []
        self._texts = {one.leaf.version: one for one in given.texts}
        self._editions: dict[str, Edition] = {}
        self._comparisons: dict[tuple[str, str], Comparison] = {}
        self._documents: dict[tuple[str, str], bytes | None] = {}

    def take_over(self, before: Bound) -> None:
        """Take what was read and compared before of texts that are as they were, and are told the same of others."""
        for version, edition in before._editions.items():
            uses = self.ground.uses(edition.policy)
            is_same = self._texts.get(version) == before._texts[version]
            if is_same and self.ground.told(uses) == before.ground.told(uses):
                self._editions[version] = edition
        both = ((pair, one) for pair, one in before._comparisons.items() if self._editions.keys() >= set(pair))
        self._comparisons.update(both)

    def pages(self) -> Iterator[Artifact]:
        """All of them, and what is fetched beside them."""
        there = {one.path for one in self.given.there}
        for path in self.given.paths(self.ground):
            page = self.page(path) if path not in there else None
            if page is not None:
                yield page
        yield self.searched
        yield self.data

    def page(self, path: str) -> Artifact | None:
        """The page at a path; None where there is none. Any two versions may be compared."""
        content = self._maker(path)
        made = content() if content else None
        return None if made is None else Artifact(path, made)

    def _maker(self, path: str) -> Callable[[], bytes | None] | None:
        given, policy = self.given, self.given.policy
        if path == policy_path(policy):
            return partial(self._text, path, given.shown)
        if path == comparisons_path(policy):
            return self._list
        for version, text in self._texts.items():
            if path == version_path(policy, version):
                return partial(self._text, path, text)
            for other in self._texts:
                if path == comparison_path(policy, version, other):
                    return partial(self._comparison, path, version, other)
        asked = next((one for one in given.documents(self.ground) if path == document_path(policy, *one)), None)
        return partial(self.document, *asked) if asked else None

    # A text

    def edition(self, version: str) -> Edition:
        """A text as it is to be printed. Raises `UnableError` where it is none."""
        if version not in self._editions:
            text = self._texts[version]
            policy = self._policy(text)
            self._editions[version] = Edition(
                policy, self.ground.library(policy), standing=text.standing, style=self.ground.frame.house
            )
        return self._editions[version]

    def _policy(self, text: Text) -> Policy:
        policy, _ = parsed(text.content, self.given.policy, self.given.path)
        if policy is None:
            raise UnableError(f"{self.given.path} is no text", "run `policytool check`")
        return policy

    def _text(self, path: str, text: Text) -> bytes:
        from policytool.render.site.policy import policy_page

        return policy_page(self._page(path, text), self.ground.frame)

    def _page(self, path: str, text: Text) -> PolicyPage:
        edition = self.edition(text.leaf.version)
        uses = self.ground.uses(edition.policy)
        return PolicyPage(
            path,
            self.given.card,
            text.leaf,
            edition,
            self.history,
            self.given.held,
            self.given.cited_by,
            self.ground.previews(uses),
            tuple(self._downloads(text.leaf)),
            self.given.mistakes if text is self.given.working else (),
            partial(self.ground.link, path),
        )

    @cached_property
    def history(self) -> tuple[Step, ...]:
        """The texts of the policy, the newest first, with what changed in each."""
        leaves = self.given.leaves
        befores = [one.version for one in leaves[1:]] + [""]
        return tuple(
            Step(leaf, summary(self.comparison(before, leaf.version)) if before else "", before)
            for leaf, before in zip(leaves, befores, strict=True)
        )

    # Comparisons

    def comparison(self, old: str, new: str) -> Comparison:
        """Two texts compared."""
        if (old, new) not in self._comparisons:
            one, other = self.edition(old), self.edition(new)
            found = compare(one.policy, other.policy, (one.library, other.library))
            sides = (
                replace(found.old, version=self._leaf(old).called),
                replace(found.new, version=self._leaf(new).called),
            )
            self._comparisons[old, new] = replace(found, old=sides[0], new=sides[1])
        return self._comparisons[old, new]

    def _leaf(self, version: str) -> Leaf:
        return self._texts[version].leaf

    def _comparison(self, path: str, old: str, new: str) -> bytes:
        from policytool.render.site.compared import comparison_page

        comparison, given = self.comparison(old, new), self.given
        sides = self._leaf(old), self._leaf(new)
        editions = self.edition(old), self.edition(new)
        return comparison_page(
            ComparisonPage(path, given.card, *sides, comparison, *editions, given.pairs), self.ground.frame
        )

    def _list(self) -> bytes:
        from policytool.render.site.compared import comparisons_page

        path = comparisons_path(self.given.policy)
        return comparisons_page(
            ComparisonsPage(path, self.given.card, self.history, self.given.pairs), self.ground.frame
        )

    # Documents

    def document(self, version: str, form: str) -> bytes | None:
        """A document: what went out, byte for byte, else made of the text that is shown; None where none can be."""
        if (version, form) not in self._documents:
            self._documents[version, form] = self._found(version, form) or self._made(version, form)
        return self._documents[version, form]

    def _found(self, version: str, form: str) -> bytes | None:
        out = (one for one in self.given.published if (one.version, one.form) == (version, form))
        return next((files.read_large(self.ground.root / one.path) for one in out), None)

    def _made(self, version: str, form: str) -> bytes | None:
        try:
            return self._rendered(form, self.edition(version))
        except UnableError as error:
            self.problems.append(f"no {form} of {self.given.policy} to download: {error}")
            return None

    def _rendered(self, form: str, edition: Edition) -> bytes:
        if form == "docx" and self.ground.frame.is_public:
            from policytool.render.word import word  # only where one is made

            return word(edition, comes_home=False)
        return renderer(form)(edition)

    def _downloads(self, leaf: Leaf) -> Iterator[Download]:
        """What can be downloaded of a text. Where the site is live it is not made before it is asked for."""
        for version, form in self.given.documents(self.ground):
            if version == leaf.version:
                path = document_path(self.given.policy, version, form)
                if (size := self._sizes.get(path)) is not None:
                    yield Download(path, form, size)
                    continue
                content = b"" if self.ground.frame.is_live else self.document(version, form)
                if content is not None:
                    yield Download(path, form, len(content))

    @cached_property
    def _sizes(self) -> Mapping[str, int]:
        return {one.path: one.size for one in self.given.there}

    # What else is told of the policy

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The text that is shown, stretch by stretch."""
        from policytool.render.site.passages import passages

        return passages(self.edition(self.given.shown.leaf.version))

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """Who must do what by the text that is shown, in its order."""
        edition = self.edition(self.given.shown.leaf.version)
        return duties(edition.policy, Names(self.ground.settings), edition.plain)

    @property
    def _listed(self) -> Listed:
        names = Names(self.ground.settings)
        holders = {one.who: names.title(one.who) for one in self.duties if one.who}
        return Listed(self.duties, holders, {}, {}, self.ground.settings)

    @property
    def searched(self) -> Artifact:
        """What the search shows of the policy."""
        from policytool.render.site.search import texts

        return texts(self.given.policy, self.given.card.title, self.passages)

    @property
    def data(self) -> Artifact:
        """The policy as data."""
        from policytool.render.site.api import api_policy

        page = self._page(policy_path(self.given.policy), self.given.shown)
        return api_policy(page, self.passages, self._listed)

    @property
    def uses(self) -> tuple[Use, ...]:
        """What was told of other policies by the texts that were read."""
        return tuple(dict.fromkeys(use for one in self._editions.values() for use in self.ground.uses(one.policy)))
