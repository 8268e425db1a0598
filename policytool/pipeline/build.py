"""A repository -> documents on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.model.artifact import Artifact
from policytool.model.unable import UnableError
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews, folder_of
from policytool.store import files

if TYPE_CHECKING:
    from policytool.render.edition import Edition

FORMATS = ("docx", "pdf", "html")


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


def build(repository: Repository, reviews: Reviews, chosen: Sequence[str], plan: Plan) -> Iterator[Built]:
    """Build each chosen policy as planned, and tell what became of it.

    A policy with errors is left out, unless it is to be a draft; so is one with errors in its records, from which its
    dates are derived. Errors in the settings concern every policy.
    """
    wrong = {repository.ids.get(one.path, files.SETTINGS) for one in repository.diagnostics if one.is_error}
    misrecorded = {folder_of(one.path) for one in reviews.unread if one.is_error}
    for policy_id in chosen:
        blamed = () if plan.draft else [name for name in (files.SETTINGS, policy_id) if name in wrong]
        if blamed:
            problem = "it has errors" if blamed == [policy_id] else f"{files.SETTINGS} has errors"
            yield Built(policy_id, problem=problem, advice=_remedy(repository))
        elif policy_id not in repository.library.policies:
            advice = "" if repository.version else "run `policytool check`"
            yield Built(policy_id, problem="its file cannot be read", advice=advice)
        elif policy_id in misrecorded and not plan.draft:
            problem = "its records have errors, and its dates would be wrong"
            yield Built(policy_id, problem=problem, advice="run `policytool check`, or build with --draft")
        else:
            yield _build_one(repository, reviews, policy_id, plan)


def _remedy(repository: Repository) -> str:
    """What to do about errors: those of a version that is past can no longer be mended."""
    return "build that version with --draft" if repository.version else "run `policytool check`, or build with --draft"


def _build_one(repository: Repository, reviews: Reviews, policy_id: str, plan: Plan) -> Built:
    from policytool.render.edition import Edition  # `check` renders nothing

    policy = repository.library.policies[policy_id]
    standing = reviews.standing(policy, repository.texts[policy.path])
    edition = Edition(policy, repository.library, plan.draft, standing, repository.house)
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
