"""A repository -> each policy by its fields, its fingerprint and what others may cite of it; and the records.

The register is made of this, and a build begins with it. No reference is looked up and no rule held against the text.
What is on the shelf is not read at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, TypeAlias

from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.pipeline.inputs import outline_of
from policytool.pipeline.repository import Repository, unreadable
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.shelf import Outline, Shelf
from policytool.store import files


class Read(NamedTuple):
    """What one source says: its outline, None where it is no text, and what is wrong with it."""

    outline: Outline | None
    diagnostics: Sequence[Diagnostic]


Reader: TypeAlias = Callable[[Sequence[files.SourceFile]], Iterable[Read]]
"""Reads sources, each in its turn."""


def parsed(content: bytes, policy_id: str, path: str) -> tuple[Policy | None, Sequence[Diagnostic]]:
    """A policy, None where its file holds no text, and what is wrong with it in itself."""
    text, unclean = parse_text(content, path)
    if text is None:
        return None, unclean
    policy, found = parse_policy(text, policy_id, path)
    return policy, [*unclean, *found]


def one_by_one(sources: Sequence[files.SourceFile]) -> Iterator[Read]:
    """Read sources here and now."""
    for source in sources:
        policy, found = parsed(source.content, source.stem, source.path)
        yield Read(outline_of(policy, fingerprint(policy)) if policy else None, found)


@dataclass(frozen=True, slots=True)
class Outlines:
    """A repository by its outlines (by id, the first of two with one id), its files’ bytes by path, and the records."""

    repository: Repository
    by_id: Mapping[str, Outline]
    contents: Mapping[str, bytes]
    reviews: Reviews


def outlined(root: Path) -> Reviews:
    """The records of a repository with the outlines of its policies; what was read is put on the shelf.

    Where anything is wrong with the records they are read afresh, so that it can be said where.
    """
    shelf = Shelf.at(root)
    reviews = outlines(root, shelf).reviews
    if reviews.unread and shelf.kept:
        return outlines(root, Shelf(root, {})).reviews
    shelf.save()
    return reviews


def outlines(root: Path, shelf: Shelf, reader: Reader = one_by_one) -> Outlines:
    """A repository by its outlines; what is not on the shelf is read and put there, but for the records, read later."""
    sources = _Sources(shelf)
    content = files.read(root / files.SETTINGS)
    text, found = parse_text(content, files.SETTINGS)
    settings, more = parse_settings(text or "", files.SETTINGS)
    sources.read(sorted(files.sources(root), key=lambda one: (one.stem, one.path)), reader)
    texts = Texts({files.SETTINGS: content, **sources.contents})
    library = Library(settings, {one.policy.id: one.policy for one in sources.outlines.values()})
    diagnostics = tuple(sorted([*found, *more, *sources.diagnostics], key=lambda one: one.order))
    repository = Repository(root, library, diagnostics, texts, sources.ids)
    reviews = Reviews(repository, shelf, {name: one.fingerprint for name, one in sources.outlines.items()})
    return Outlines(repository, sources.outlines, sources.contents, reviews)


@dataclass(slots=True)
class _Sources:
    """The sources read so far: outlines by id, the first of two with one id; bytes and ids by path; what was wrong."""

    shelf: Shelf
    outlines: dict[str, Outline] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, sources: Sequence[files.SourceFile], reader: Reader) -> None:
        """Read all sources: from the shelf, or with the reader."""
        kept = {one.path: self._kept(one) for one in sources}
        afresh = [one for one in sources if one.path in self.contents and kept[one.path] is None]
        found = dict(zip((one.path for one in afresh), reader(afresh), strict=True)) if afresh else {}
        for source in sources:
            outline = kept[source.path] or self._read(source, found.get(source.path))
            if outline is not None:
                self.outlines.setdefault(source.stem, outline)

    def _kept(self, source: files.SourceFile) -> Outline | None:
        self.ids[source.path] = source.stem
        if (unread := unreadable(source)) is not None:
            self.diagnostics.append(unread)
            return None
        self.contents[source.path] = source.content
        return self.shelf.outline(source.path, source.content)

    def _read(self, source: files.SourceFile, found: Read | None) -> Outline | None:
        if found is None:
            return None
        self.diagnostics += found.diagnostics
        if found.outline and not any(one.is_error for one in found.diagnostics):
            self.shelf.keep(source.path, source.content, found.outline)
        return found.outline


class Texts(Mapping[str, str]):
    """Texts by path, made from their bytes when they are asked for, which most never are."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def __getitem__(self, path: str) -> str:
        return parse_text(self._contents[path], path)[0] or ""

    def edited(self, path: str, content: bytes) -> Texts:
        """The texts with another at a path."""
        return Texts({**self._contents, path: content})

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)
