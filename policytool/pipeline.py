"""The corridor: what the commands do, each verb's values handed to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.check import check as check_library
from policytool.check import check_name
from policytool.check.findings import OUTSIDE, UNREADABLE
from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.settings import Settings
from policytool.model.unable import UnableError
from policytool.parse.markdown import policy as parse_policy
from policytool.parse.settings import settings as parse_settings
from policytool.parse.text import text as parse_text
from policytool.resolve import resolve
from policytool.store import files

if TYPE_CHECKING:
    from policytool.render.edition import Edition

FORMATS = ("docx", "pdf", "html")


@dataclass(frozen=True)
class Repository:
    """A repository as read: its library, every finding in it, and the texts the findings point into."""

    root: Path
    library: Library
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    ids: Mapping[str, str]

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
        advice = nearest(known, self.library.policies) or "`policytool check` lists what is wrong with the sources"
        raise UnableError(f"there is no policy `{known}` in {files.SOURCE}/", advice)

    def findings(self, chosen: Iterable[str]) -> tuple[Diagnostic, ...]:
        """The findings in the chosen policies, and those in no policy."""
        ids = set(chosen)
        return tuple(one for one in self.diagnostics if self.ids.get(one.path) in ids | {None})


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
        if source.outside:
            self.diagnostics.append(OUTSIDE.at(source.path, None, "this link leads out of the repository"))
        elif source.problem:
            self.diagnostics.append(UNREADABLE.at(source.path, None, f"cannot read this file: {source.problem}"))
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


def load(root: Path) -> Repository:
    """Read and check everything in a repository; mistakes are findings, and never stop the reading."""
    reading = _Reading()
    settings = reading.settings(files.read(root / files.SETTINGS))
    for source in files.sources(root):
        reading.source(source)
    library, found = resolve(reading.policies, settings, files.SETTINGS)
    everything = [*reading.diagnostics, *found, *check_library(library)]
    return Repository(root, library, tuple(sorted(everything, key=lambda one: one.order)), reading.texts, reading.ids)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one policy: the files that were (or would be) written, or why it was left out."""

    policy: str
    paths: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to build: in which formats, below which folder, as a draft or not, and whether to write at all."""

    formats: Sequence[str]
    out: Path
    draft: bool = False
    dry_run: bool = False


def build(repository: Repository, chosen: Sequence[str], plan: Plan) -> Iterator[Built]:
    """Build each chosen policy as planned, and tell what became of it.

    A policy with errors is left out, unless it is to be a draft; errors in the settings concern every policy.
    """
    wrong = {repository.ids.get(one.path, files.SETTINGS) for one in repository.diagnostics if one.is_error}
    for policy_id in chosen:
        blamed = () if plan.draft else [name for name in (files.SETTINGS, policy_id) if name in wrong]
        if blamed:
            problem = "it has errors" if blamed == [policy_id] else f"{files.SETTINGS} has errors"
            yield Built(policy_id, problem=problem, advice="run `policytool check`, or build with --draft")
        elif policy_id not in repository.library.policies:
            yield Built(policy_id, problem="its file cannot be read", advice="run `policytool check`")
        else:
            yield _build_one(repository.library, policy_id, plan)


def _build_one(library: Library, policy_id: str, plan: Plan) -> Built:
    from policytool.render.edition import Edition  # `check` renders nothing

    edition = Edition(library.policies[policy_id], library, plan.draft)
    try:
        artifacts = [Artifact(f"{policy_id}.{name}", _renderer(name)(edition)) for name in plan.formats]
        if not plan.dry_run:
            files.write(plan.out, artifacts)
    except UnableError as error:
        return Built(policy_id, problem=str(error), advice=error.advice)
    return Built(policy_id, tuple(artifact.path for artifact in artifacts))


def _renderer(name: str) -> Callable[[Edition], bytes]:
    """The function that writes a format; each is imported when it is first asked for."""
    if name == "docx":
        from policytool.render.word import word

        return word
    if name == "pdf":
        from policytool.render.pdf import pdf

        return pdf
    from policytool.render.html import html

    return html


def begin(folder: Path, organisation: str, *, dry_run: bool = False) -> tuple[list[str], list[str]]:
    """Lay out a new repository: the files that are new, and those that stood there already and were left alone.

    Raises `UnableError` where the folder holds a repository of policies.
    """
    from policytool.render.starter import starter  # only `init` needs it
    from policytool.store import history

    if (folder / files.SETTINGS).exists():
        raise UnableError(f"{folder} holds a {files.SETTINGS} already", "name another folder")
    laid_out = starter(organisation)
    new = [artifact for artifact in laid_out if not (folder / artifact.path).exists()]
    if not dry_run:
        files.write(folder, new)
        history.begin(folder)
    paths = [artifact.path for artifact in new]
    return paths, [artifact.path for artifact in laid_out if artifact.path not in paths]
