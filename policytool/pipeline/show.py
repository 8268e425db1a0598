"""A name that a user gives, of a policy or of a place in one -> the edition to read, and what of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from policytool.model.names import nearest
from policytool.model.policy import Policy
from policytool.model.unable import UnableError
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews, folder_of
from policytool.pipeline.versions import Versions
from policytool.render.edition import Edition
from policytool.render.reading import Part, find, names
from policytool.render.terminal import count, printable


@dataclass(frozen=True, slots=True)
class Shown:
    """What is to be read: an edition, the parts of it that were asked for (none: all), and what may be wrong."""

    edition: Edition
    parts: tuple[Part, ...] = ()
    remarks: tuple[str, ...] = ()


def show(working: Repository, name: str, at: str | None = None) -> Shown:
    """What `POLICY`, `POLICY#label` or `POLICY#4.2` names, as it stands or as it was at a version.

    A policy with errors is shown as well as it can be read, with a remark. Raises `UnableError` where there is no such
    policy, version, label or number.
    """
    called, hashed, place = name.partition("#")
    with Versions(working) as versions:
        held = versions.at(at, PurePath(called).stem if called.endswith(".md") else called) if at else working
        policy = versions.policy(held, called)
    reviews = Reviews(working)
    edition = Edition(policy, held.library, standing=reviews.standing(policy, held.texts[policy.path]))
    parts = _parts(policy, place) if hashed else ()
    return Shown(edition, parts, tuple(_remarks(held, reviews, policy)))


def _parts(policy: Policy, place: str) -> tuple[Part, ...]:
    found = find(policy, place)
    if not found:
        known = names(policy)
        advice = nearest(place, known) or f"`policytool show {policy.id}` shows all of it, with its numbers"
        raise UnableError(f"`{printable(place)}` is no label and no number in {policy.id}", advice)
    return found


def _remarks(repository: Repository, reviews: Reviews, policy: Policy) -> Sequence[str]:
    """What a reader ought to know of mistakes that were read over."""
    errors = [one for one in repository.findings([policy.id]) if one.is_error]
    misrecorded = any(one.is_error and folder_of(one.path) == policy.id for one in reviews.unread)
    remarks = []
    if errors:
        where = f"at {repository.version} " if repository.version else ""
        remarks.append(f"{policy.id} {where}has {count(len(errors), 'error')}: what is wrong may be missing here")
    if misrecorded:
        remarks.append(f"the records of {policy.id} have errors: its dates may be wrong")
    if remarks and not repository.version:
        remarks.append(f"`policytool check {policy.id}` lists them")
    return remarks
