"""The settings and what is asked -> the meetings that packs are made for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from policytool.model.agenda import Sitting
from policytool.model.names import nearest
from policytool.model.settings import Settings
from policytool.model.time import Moment
from policytool.model.unable import UnableError
from policytool.pipeline.reviews import Reviews
from policytool.review.agenda import last_held


@dataclass(frozen=True, slots=True)
class Asked:
    """For which meeting: its day, its body where one is named, and until when what falls due belongs to it."""

    day: date
    body: str = ""
    until: date | None = None


def sittings(reviews: Reviews, asked: Asked) -> tuple[Sitting, ...]:
    """The meetings that are meant: of the body that is named, else of each that meets that day, else of all approvers.

    Raises `UnableError` for a body that is not known, and where nobody can tell when it meets next.
    """
    settings = reviews.repository.library.settings
    if asked.until and asked.until <= asked.day:
        raise UnableError("--until is not after the meeting", "name a day by which what falls due belongs to it")
    if asked.body and asked.body not in settings.roles:
        raise UnableError(f"there is no role `{asked.body}`", nearest(asked.body, settings.roles) or _roles(settings))
    bodies = [asked.body] if asked.body else _bodies(reviews, settings, asked)
    return tuple(_sitting(reviews, settings, asked, body) for body in bodies)


def _roles(settings: Settings) -> str:
    return f"the roles are {', '.join(settings.roles)}" if settings.roles else "name some under `roles:`"


def _bodies(reviews: Reviews, settings: Settings, asked: Asked) -> Sequence[str]:
    meeting = [body for body, days in settings.meetings.items() if asked.day in days]
    if meeting:
        return meeting
    if asked.until is None:
        what = f"no body meets on {Moment.of(asked.day).told}"
        raise UnableError(what, _meetings(settings) or "put its date under `meetings:`, or say --until DATE")
    approvers = {one.policy.approver for one in reviews.dossiers.values() if one.policy.approver}
    return sorted(approvers)


def _meetings(settings: Settings) -> str:
    listed = [f"{body} {', '.join(map(str, sorted(days)))}" for body, days in settings.meetings.items() if days]
    return f"the meetings are {'; '.join(listed)}; for another day say --until DATE" if listed else ""


def _sitting(reviews: Reviews, settings: Settings, asked: Asked, body: str) -> Sitting:
    days = sorted(settings.meetings.get(body, ()))
    title = settings.title(body)
    if asked.until is None and asked.day not in days:
        what = f"`meetings:` has no meeting of `{body}` on {Moment.of(asked.day).told}"
        listed = f"it meets on {', '.join(map(str, days))}" if days else "put it there"
        raise UnableError(what, f"{listed}; or say --until DATE")
    later = [day for day in days if day > asked.day]
    until = asked.until or next(iter(later), None)
    if until is None:
        what = f"nobody can tell when `{body}` meets after {Moment.of(asked.day).told}"
        raise UnableError(what, "put that date under `meetings:`, or say --until DATE")
    before = [day for day in days if day < asked.day]
    since = before[-1] if before else last_held(reviews.dossiers.values(), settings, body, asked.day)
    return Sitting(body, title, asked.day, until, since)
