"""Letters -> what they would say, and to which role, for a terminal or a program. No name and no address is in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policytool.model.library import Library
from policytool.model.reminder import Letter, Notice
from policytool.render.mail.shown import roles_of, standing, subject
from policytool.render.terminal import printable


def preview(letter: Letter, library: Library) -> Iterator[str]:
    """A letter as lines: the roles it goes to, what it is about, and a line a review."""
    yield printable(f"{addressee(letter, library)}: {subject(letter)}")
    for one in letter.notices:
        escalated = ", escalated" if one.escalated else ""
        yield printable(f"  {one.title}, {one.cycle}: {standing(one, letter.day)}{escalated}")


def addressee(letter: Letter, library: Library) -> str:
    """Whom a letter goes to, by role: "Full Governing Board (holder 2), weekly list"."""
    kind = "weekly list" if letter.digest else "at once"
    place = f" (holder {letter.person.place})" if letter.person.place > 1 else ""
    place = place if letter.held else " (held by nobody)"
    return f"{roles_of(letter, library)}{place}, {kind}"


def fields(letter: Letter, outcome: str) -> Mapping[str, object]:
    """A letter as JSON has it (docs/commands/remind.md); `outcome` is "planned", "nobody", "sent" or "failed"."""
    return {
        "day": letter.day.isoformat(),
        "kind": "digest" if letter.digest else "notice",
        "roles": [{"role": seat.role, "holder": seat.place} for seat in letter.seats],
        "subject": subject(letter),
        "message-id": letter.message_id,
        "outcome": outcome,
        "reviews": [_notice(one) for one in letter.notices],
    }


def _notice(one: Notice) -> Mapping[str, object]:
    return {
        "policy": one.policy,
        "title": one.title,
        "cycle": one.cycle,
        "role": one.role,
        "due": None if one.due is None else str(one.due),
        "lead": one.lead,
        "overdue-by": one.overdue_by,
        "escalated": one.escalated,
    }
