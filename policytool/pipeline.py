"""The corridor: what the commands do, each verb's values handed to the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.check import check as check_library
from policytool.check import check_name
from policytool.check.findings import OUTSIDE, UNREADABLE
from policytool.model.artifact import Artifact
from policytool.model.diagnostic import Diagnostic, UnableError
from policytool.model.library import Library
from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.settings import Settings
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
        """The ids that the user means by names or paths of files; all policies where none is named."""
        return tuple(dict.fromkeys(self._known(name) for name in names)) or tuple(self.library.policies)

    def in_force(self) -> tuple[str, ...]:
        """The ids of all policies that are not withdrawn, those included whose file cannot be read."""
        withdrawn = {policy.id for policy in self.library.policies.values() if policy.withdrawn}
        return tuple(name for name in sorted(set(self.ids.values())) if name not in withdrawn)

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


def load(root: Path) -> Repository:
    """Read and check everything in a repository; mistakes are findings, and never stop the reading."""
    settings_text, found = parse_text(files.read(root / files.SETTINGS), files.SETTINGS)
    settings, more = parse_settings(settings_text or "", files.SETTINGS)
    diagnostics = [*found, *more]
    texts, ids, policies = {files.SETTINGS: settings_text or ""}, {}, []
    for source in files.sources(root):
        ids[source.path] = source.stem
        diagnostics += check_name(source.stem, source.path)
        text, policy = _read(source, diagnostics)
        texts[source.path] = text
        if policy:
            policies.append(policy)
    return _checked(root, policies, settings, diagnostics, texts, ids)


def _read(source: files.SourceFile, diagnostics: list[Diagnostic]) -> tuple[str, Policy | None]:
    if source.outside:
        diagnostics.append(OUTSIDE.at(source.path, None, "this link leads out of the repository"))
        return "", None
    if source.problem:
        diagnostics.append(UNREADABLE.at(source.path, None, f"cannot read this file: {source.problem}"))
        return "", None
    text, found = parse_text(source.content, source.path)
    diagnostics += found
    if text is None:
        return "", None
    policy, found = parse_policy(text, source.stem, source.path)
    diagnostics += found
    return text, policy


def _checked(
    root: Path,
    policies: list[Policy],
    settings: Settings,
    diagnostics: list[Diagnostic],
    texts: Mapping[str, str],
    ids: Mapping[str, str],
) -> Repository:
    library, found = resolve(policies, settings, files.SETTINGS)
    everything = sorted([*diagnostics, *found, *check_library(library)], key=lambda one: one.order)
    return Repository(root, library, tuple(everything), texts, ids)


@dataclass(frozen=True, slots=True)
class Built:
    """What became of one policy: the files that were (or would be) written, or why it was left out."""

    policy: str
    paths: tuple[str, ...] = ()
    problem: str = ""
    advice: str = ""


def build(
    repository: Repository,
    chosen: Sequence[str],
    formats: Sequence[str],
    out: Path,
    *,
    draft: bool = False,
    dry_run: bool = False,
) -> Iterator[Built]:
    """Build each chosen policy in each format below `out`, and tell what became of it.

    A policy with errors is left out, unless it is to be a draft; withdrawn ones are built when they are named.
    """
    wrong = {repository.ids.get(one.path, "") for one in repository.diagnostics if one.is_error}
    for policy_id in chosen:
        if not draft and ("" in wrong or policy_id in wrong):
            where = files.SETTINGS if "" in wrong else policy_id
            advice = (
                f"run `policytool check {'' if '' in wrong else policy_id}`".rstrip(" `") + "`, or build with --draft"
            )
            yield Built(policy_id, problem=f"{where} has errors", advice=advice)
        elif policy_id not in repository.library.policies:
            yield Built(policy_id, problem="its file cannot be read", advice=f"run `policytool check {policy_id}`")
        else:
            yield _build_one(repository.library, policy_id, formats, out, draft=draft, dry_run=dry_run)


def _build_one(
    library: Library, policy_id: str, formats: Sequence[str], out: Path, *, draft: bool, dry_run: bool
) -> Built:
    from policytool.render.edition import Edition  # noqa: PLC0415  # `check` renders nothing

    edition = Edition(library.policies[policy_id], library, draft)
    try:
        artifacts = [Artifact(f"{policy_id}.{name}", _renderer(name)(edition)) for name in formats]
        if not dry_run:
            files.write(out, artifacts)
    except UnableError as error:
        return Built(policy_id, problem=str(error), advice=error.advice)
    return Built(policy_id, tuple(artifact.path for artifact in artifacts))


def _renderer(name: str) -> Callable[[Edition], bytes]:
    """The function that writes a format; each is imported when it is first asked for."""
    if name == "docx":
        from policytool.render.word import word  # noqa: PLC0415

        return word
    if name == "pdf":
        from policytool.render.pdf import pdf  # noqa: PLC0415

        return pdf
    from policytool.render.html import html  # noqa: PLC0415

    return html
