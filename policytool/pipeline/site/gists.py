"""A text -> its gist: what other pages tell of it without reading it, kept under `build/` by the hash of the text."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass, field
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from policytool.check import check as check_library
from policytool.model.block import Block, Section, walk, words_of
from policytool.model.inline import Emphasis, Inlines, Link, Reference, Strong
from policytool.model.library import Library
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.pipeline.citations import places
from policytool.pipeline.inputs import Other, among, outline_of
from policytool.pipeline.outline import parsed
from policytool.pipeline.shelf import FEW, Entry, Told, entries, keep
from policytool.render.edition import Edition
from policytool.store import files

PATH = "kept/gists.json"
MOST = 280
"""So many characters of a clause are shown where it is cited, and the rest of a word."""
Stretch: TypeAlias = str | tuple[str, str]
"""Words, or a citation of another policy that prints as that is called: its id and the label."""


@dataclass(frozen=True, slots=True)
class Gist:
    """What others tell of a text: its fields, what can be cited of it, how that begins, and what it cites from where.

    `openings` are what each labelled block is called and its first words; `citing` holds, for every reference to
    another policy, what the place is called, its anchor, the policy and the label. `has_errors` counts for a working
    text alone.
    """

    title: str
    kind: str
    owner: str
    approver: str
    audience: tuple[str, ...]
    publish: str
    targets: Mapping[str, Told] = field(default_factory=dict)
    openings: Mapping[str, tuple[str, tuple[Stretch, ...]]] = field(default_factory=dict)
    citing: tuple[tuple[str, str, str, str], ...] = ()
    related: tuple[str, ...] = ()
    has_errors: bool = False


class Reading(NamedTuple):
    """A text to be read, and what may print in it of other policies. Of an approved wording nothing is asked."""

    source: files.SourceFile
    others: Mapping[str, Other] = MappingProxyType({})


def gist(reading: Reading, settings: Settings) -> Gist | None:
    """The gist of a text; None where the file holds none."""
    source = reading.source
    policy, found = parsed(source.content, source.stem, source.path)
    if policy is None:
        return None
    library, more = among(policy, reading.others, settings)
    rules = check_library(Library(settings, {policy.id: policy}))
    return _gist_of(policy, library, has_errors=any(one.is_error for one in (*found, *more, *rules)))


def _gist_of(policy: Policy, library: Library, *, has_errors: bool) -> Gist:
    edition = Edition(policy, library)
    openings = {
        label: (target.phrase, _opening(block, edition))
        for block in policy.walk()
        if (label := getattr(block, "label", "")) and (target := library.targets.get((policy.id, label)))
    }
    citing = [
        (place.called, place.anchor, reference.policy, reference.label)
        for place, reference in places(policy)
        if reference.policy and reference.policy != policy.id
    ]
    return Gist(
        policy.title,
        policy.kind,
        policy.owner,
        policy.approver,
        policy.audience,
        policy.publish,
        outline_of(policy).targets,
        openings,
        tuple(citing),
        policy.related,
        has_errors,
    )


def _opening(block: Block, edition: Edition) -> tuple[Stretch, ...]:
    """The first words of a block and of what stands in it, so far as they are shown."""
    found: list[Stretch] = []
    length = 0
    for one in (block, *walk(getattr(block, "blocks", ()))):
        for words in words_of(one):
            for stretch in (*_stretches(words, edition), ": " if isinstance(one, Section) else " "):
                found.append(stretch)
                length += len(stretch) if isinstance(stretch, str) else 0
        if length > MOST:
            break
    return tuple(found)


def _stretches(words: Inlines, edition: Edition) -> Iterator[Stretch]:
    for inline in words:
        if isinstance(inline, Reference) and inline.policy and not inline.children:
            yield inline.policy, inline.label
        elif isinstance(inline, Emphasis | Strong | Link):
            yield from _stretches(inline.children, edition)
        else:
            yield edition.plain((inline,))


# What is kept


class Gists:
    """The gists kept by an earlier run, and those that this one has used or added."""

    def __init__(self, root: Path, settings: Settings, kept: Mapping[str, Entry] | None = None) -> None:
        self._root = root
        self._settings = sha256(repr(settings).encode()).digest()
        self._kept = entries(root, PATH) if kept is None else kept
        self._used: dict[str, Entry] = {}
        self._added = 0

    @property
    def used(self) -> Mapping[str, Entry]:
        """What this run has used or added, for the next in the same process."""
        return self._used

    def of(self, reading: Reading) -> Gist | None:
        """What is kept of a text."""
        name = self._name(reading)
        entry = self._used.get(name) or self._kept.get(name)
        try:
            found = _gist(*entry) if entry else None
        except (ValueError, TypeError, LookupError, AttributeError):
            return None
        if entry and found:
            self._used[name] = entry
        return found

    def add(self, reading: Reading, made: Gist) -> None:
        """Keep the gist of a text."""
        self._used[self._name(reading)] = list(astuple(made))
        self._added += 1

    def save(self) -> None:
        """Write what was used, if enough of it is new; where nothing can be written, nothing is kept.

        To read a few texts again costs less than to write down what is kept of a thousand.
        """
        if self._added * FEW > len(self._used):
            keep(self._root, PATH, self._used)

    def _name(self, reading: Reading) -> str:
        path = reading.source.path.encode("utf-8", "surrogateescape")
        others = json.dumps(dict(reading.others)).encode()
        return sha256(b"%b%b\0%b\0%b" % (self._settings, path, others, reading.source.content)).hexdigest()


def _gist(  # noqa: PLR0913, PLR0917  # as they are kept
    title: str,
    kind: str,
    owner: str,
    approver: str,
    audience: Iterable[str],
    publish: str,
    targets: Mapping[str, Told],
    openings: Mapping[str, tuple[str, Iterable[str | list[str]]]],
    citing: Iterable[tuple[str, str, str, str]],
    related: Iterable[str],
    has_errors: bool,  # noqa: FBT001  # as it is kept
) -> Gist:
    return Gist(
        title,
        kind,
        owner,
        approver,
        tuple(audience),
        publish,
        targets,
        {label: (called, tuple(map(_stretch, words))) for label, (called, words) in openings.items()},
        tuple((called, anchor, policy, label) for called, anchor, policy, label in citing),
        tuple(related),
        has_errors,
    )


def _stretch(kept: str | list[str]) -> Stretch:
    return kept if isinstance(kept, str) else (kept[0], kept[1])
