"""A repository -> its library, every finding in it, and the texts that the findings point into."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from policytool.check import check as check_library
from policytool.check import check_name
from policytool.check.findings import OUTSIDE, UNREADABLE
from policytool.model.diagnostic import Diagnostic
from policytool.model.house import PLAIN, HouseStyle
from policytool.model.library import Library
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.model.version import Commit
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.pipeline.house import Fetch, house_style
from policytool.resolve import resolve
from policytool.store import files
from policytool.store.assets import assets


@dataclass(frozen=True)
class Repository:
    """A repository as read: its library, every finding in it, and the texts the findings point into.

    `version` says which one was read, as "commit 0625ef7 of 22 November 2026"; it is "" for what stands on the disk.
    """

    root: Path
    library: Library
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    ids: Mapping[str, str]
    version: str = ""
    commit: Commit | None = None
    house: HouseStyle = PLAIN

    @cached_property
    def lines(self) -> Mapping[str, Sequence[str]]:
        """The lines of each file that was read, by path."""
        return {path: text.split("\n") for path, text in self.texts.items()}

    def choose(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids that the user means by names or paths of files; all where none is named, the unreadable included."""
        return tuple(dict.fromkeys(self._known(name) for name in names)) or tuple(sorted(set(self.ids.values())))

    def in_force(self) -> tuple[str, ...]:
        """The ids of all policies that are not withdrawn, those included whose file cannot be read."""
        withdrawn = {policy.id for policy in self.library.policies.values() if policy.withdrawn}
        return tuple(name for name in self.choose(()) if name not in withdrawn)

    def _known(self, name: str) -> str:
        known = Path(name).stem if name.endswith(".md") else name
        if known in self.ids.values():
            return known
        if self.version:
            advice = nearest(known, self.library.policies)
            raise UnableError(f"`{known}` is not in the library at {self.version}", advice)
        advice = nearest(known, self.library.policies) or "`policytool check` lists what is wrong with the sources"
        raise UnableError(f"there is no policy `{known}` in {files.SOURCE}/", advice)

    def findings(self, chosen: Iterable[str]) -> tuple[Diagnostic, ...]:
        """The findings in the chosen policies, and those in no policy."""
        ids = set(chosen)
        return tuple(one for one in self.diagnostics if self.ids.get(one.path) in ids | {None})


def unreadable(source: files.SourceFile) -> Diagnostic | None:
    """Why a source could not be read; None where it could."""
    if source.outside:
        return OUTSIDE.at(source.path, None, "this link leads out of the repository")
    return UNREADABLE.at(source.path, None, f"cannot read this file: {source.problem}") if source.problem else None


@dataclass(slots=True)
class _Reading:
    """What has been read so far: policies, the texts by path, the ids by path, and the findings."""

    diagnostics: list[Diagnostic] = field(default_factory=list)
    policies: list[Policy] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)

    def settings(self, content: bytes) -> Settings:
        """Read the settings."""
        text = self._text(content, files.SETTINGS)
        settings, found = parse_settings(text or "", files.SETTINGS)
        self.diagnostics += found
        return settings

    def source(self, source: files.SourceFile) -> None:
        """Read one policy."""
        self.ids[source.path] = source.stem
        self.diagnostics += check_name(source.stem, source.path)
        unread = unreadable(source)
        if unread is not None:
            self.diagnostics.append(unread)
        else:
            self._policy(source)

    def _policy(self, source: files.SourceFile) -> None:
        text = self._text(source.content, source.path)
        if text is not None:
            policy, found = parse_policy(text, source.stem, source.path)
            self.diagnostics += found
            self.policies.append(policy)

    def _text(self, content: bytes, path: str) -> str | None:
        text, found = parse_text(content, path)
        self.diagnostics += found
        self.texts[path] = text or ""
        return text


@dataclass(frozen=True, slots=True)
class Contents:
    """The files of a repository as they stand on the disk or stood at a version, which is then named.

    `found` is what was seen while they were fetched, `fetch` gives the files that the settings name.
    """

    settings: bytes
    sources: Iterable[files.SourceFile]
    found: Sequence[Diagnostic] = ()
    version: str = ""
    fetch: Fetch | None = None


def load(root: Path, contents: Contents | None = None) -> Repository:
    """Read and check everything in a repository; mistakes are findings, and never stop the reading.

    Without `contents`, what stands on the disk is read.
    """
    contents = contents or Contents(files.read(root / files.SETTINGS), files.sources(root))
    reading = _Reading(list(contents.found))
    settings = reading.settings(contents.settings)
    house, found = house_style(settings.house, contents.fetch or partial(assets, root), settings.places)
    reading.diagnostics += found
    for source in contents.sources:
        reading.source(source)
    return replace(_checked(root, reading, settings, contents.version), house=house)


def _checked(root: Path, reading: _Reading, settings: Settings, version: str) -> Repository:
    library, found = resolve(reading.policies, settings, files.SETTINGS)
    everything = tuple(sorted([*reading.diagnostics, *found, *check_library(library)], key=lambda one: one.order))
    return Repository(root, library, everything, reading.texts, reading.ids, version)


def with_texts(repository: Repository, contents: Mapping[str, bytes], without: Iterable[str] = ()) -> Repository:
    """The same repository with other texts for some policies, by id, and without some others; no other is read again.

    A policy that it does not have is added. Of what was found wrong before, only the findings in the settings are kept.
    """
    replaced = {*contents, *without}
    paths = {policy: path for path, policy in repository.ids.items()}
    reading = _Reading([one for one in repository.diagnostics if one.path == files.SETTINGS])
    reading.policies += [one for one in repository.library.policies.values() if one.id not in replaced]
    reading.texts |= {path: text for path, text in repository.texts.items() if repository.ids.get(path) not in replaced}
    reading.ids |= {path: policy for path, policy in repository.ids.items() if policy not in replaced}
    for policy, content in contents.items():
        path = paths.get(policy, f"{files.SOURCE}/{policy}.md")
        reading.source(files.SourceFile(path, policy, content))
    made = _checked(repository.root, reading, repository.library.settings, repository.version)
    return replace(made, house=repository.house)
