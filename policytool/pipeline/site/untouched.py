"""Whether a site need not even be planned: all that it was made of, and every file of it, are as they were.

What a site is made of is read by nothing but `pipeline/site`: sources, records, settings, files of the house style, and
what went out. A run that had nothing to say notes the hash of all of it; any other leaves no note.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from policytool.pipeline.build import Stock
from policytool.pipeline.shelf import entries, keep
from policytool.pipeline.site.made import ROOM, MadeSite
from policytool.pipeline.site.plan import Request
from policytool.store import files
from policytool.store import site as store

_REVIEWS = "reviews"


class Untouched(NamedTuple):
    """A site that is up to date: of how many policies, and the files in its folder that are none of its own."""

    policies: int
    strangers: list[str]


def untouched(made: MadeSite, request: Request) -> Untouched | None:
    """The site, if it is the one that would be made; None where it must be planned to know."""
    noted = entries(made.root, _path(made)).get("made of")
    if not noted:
        return None
    texts, reviews, _, _, *house = noted
    # The fewer and the more likely to have changed come first.
    if texts != _texts(made.root, request, house, {}) or reviews != _digest(made.root, [_REVIEWS], {}):
        return None
    if not made.is_whole:
        return None
    return Untouched(sum(not name.startswith(ROOM) for name in made.before), store.strangers(request.out, made.listed))


def note(made: MadeSite, request: Request, stock: Stock) -> None:
    """Note what the site was made of, as it was read."""
    house = stock.repository.library.settings.house
    named = [path for path in (house.word, house.crest, house.font) if path]
    read = {**stock.contents, **stock.reviews.read}
    digests = [_texts(made.root, request, named, read), _reviews(made, stock)]
    keep(made.root, _path(made), {"made of": [*digests, _settings(stock), _sources(stock), *named]})


def sound(made: MadeSite, stock: Stock) -> frozenset[str]:
    """The policies that are as they were, with all records and settings, when nothing was wrong with any record."""
    noted = entries(made.root, _path(made)).get("made of")
    if not noted:
        return frozenset()
    _, reviews, settings, sources, *_ = noted
    if settings != _settings(stock) or reviews != _reviews(made, stock):
        return frozenset()
    return frozenset(name for name, digest in _sources(stock).items() if sources.get(name) == digest)


def _reviews(made: MadeSite, stock: Stock) -> str:
    """A name for all records and kept wordings, as they were read."""
    made.reviews = made.reviews or _digest(made.root, [_REVIEWS], stock.reviews.read)
    return made.reviews


def _settings(stock: Stock) -> str:
    return sha256(repr(stock.repository.library.settings).encode("utf-8", "surrogateescape")).hexdigest()


def _sources(stock: Stock) -> Mapping[str, str]:
    """A name for the text of each policy."""
    contents = ((name, stock.contents.get(one.policy.path, b"")) for name, one in stock.outlines.items())
    return {name: sha256(content).hexdigest() for name, content in contents}


def forget(made: MadeSite) -> None:
    """Note nothing: the next run has to say again what this one said."""
    if entries(made.root, _path(made)):
        keep(made.root, _path(made), {})


def _path(made: MadeSite) -> str:
    return f"{made.path}-of.json"


def _texts(root: Path, request: Request, house: Sequence[str], read: Mapping[str, bytes]) -> str:
    """A name for what was asked for, the sources, the settings, the house style and what went out."""
    folders = [files.SETTINGS, files.SOURCE, files.PUBLISHED, *house]
    return _digest(root, folders, read, request.is_public, request.has_documents)


def _digest(root: Path, folders: Sequence[str], read: Mapping[str, bytes], *said: object) -> str:
    """A name for all files below some folders; of what was `read` it is that."""
    paths = store.below(root, *folders)
    hashed = store.digests(root, [path for path in paths if path not in read])()
    own = {path: sha256(read[path]).hexdigest() for path in paths if path in read}
    listed = [(path, own.get(path) or hashed[path]) for path in paths]
    return sha256(repr((said, listed)).encode("utf-8", "surrogateescape")).hexdigest()
