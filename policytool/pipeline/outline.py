"""A repository -> what the register is made of: each policy by its fields and its fingerprint, and the records.

No reference is looked up and no rule held against the text: that is `check`'s. What is on the shelf is not read at all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from policytool.model.diagnostic import Diagnostic
from policytool.model.fingerprint import fingerprint
from policytool.model.library import Library
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.pipeline.repository import Repository, unreadable
from policytool.pipeline.reviews import Reviews
from policytool.pipeline.shelf import Outline, Shelf
from policytool.store import files


def outlined(root: Path) -> Reviews:
    """The records of a repository with the outlines of its policies; what was read is put on the shelf.

    Where anything is wrong with the records they are read afresh, so that it can be said where.
    """
    shelf = Shelf.at(root)
    reviews = _outlined(root, shelf)
    if reviews.unread and shelf.kept:
        return _outlined(root, Shelf(root, {}))
    shelf.save()
    return reviews


def _outlined(root: Path, shelf: Shelf) -> Reviews:
    sources = _Sources(shelf)
    content = files.read(root / files.SETTINGS)
    text, found = parse_text(content, files.SETTINGS)
    settings, more = parse_settings(text or "", files.SETTINGS)
    for source in sorted(files.sources(root), key=lambda one: (one.stem, one.path)):
        sources.read(source)
    texts = _Texts({files.SETTINGS: content, **sources.contents})
    library = Library(settings, {one.policy.id: one.policy for one in sources.outlines.values()})
    diagnostics = tuple(sorted([*found, *more, *sources.diagnostics], key=lambda one: one.order))
    repository = Repository(root, library, diagnostics, texts, sources.ids)
    return Reviews(repository, shelf, {name: one.fingerprint for name, one in sources.outlines.items()})


@dataclass(slots=True)
class _Sources:
    """The sources read so far: outlines by id, the first of two with one id; bytes and ids by path; what was wrong."""

    shelf: Shelf
    outlines: dict[str, Outline] = field(default_factory=dict)
    contents: dict[str, bytes] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def read(self, source: files.SourceFile) -> None:
        """Read one source."""
        self.ids[source.path] = source.stem
        if (unread := unreadable(source)) is not None:
            self.diagnostics.append(unread)
            return
        self.contents[source.path] = source.content
        outline = self.shelf.outline(source.path, source.content) or self._parsed(source)
        if outline is not None:
            self.outlines.setdefault(source.stem, outline)

    def _parsed(self, source: files.SourceFile) -> Outline | None:
        text, found = parse_text(source.content, source.path)
        self.diagnostics += found
        if text is None:
            return None
        policy, found = parse_policy(text, source.stem, source.path)
        self.diagnostics += found
        outline = Outline(replace(policy, blocks=(), footnotes=()), fingerprint(policy))
        if not any(one.is_error for one in found):
            self.shelf.keep(source.path, source.content, outline)
        return outline


class _Texts(Mapping[str, str]):
    """Texts by path, made from their bytes when they are asked for, which most never are."""

    def __init__(self, contents: Mapping[str, bytes]) -> None:
        self._contents = contents

    def __getitem__(self, path: str) -> str:
        return parse_text(self._contents[path], path)[0] or ""

    def __iter__(self) -> Iterator[str]:
        return iter(self._contents)

    def __len__(self) -> int:
        return len(self._contents)
