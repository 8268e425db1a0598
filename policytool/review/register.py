"""Dossiers, day -> the register, the most urgent first, and what the calendar says as findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from policytool.model.diagnostic import Diagnostic
from policytool.model.register import Approval, Entry, Register, Review, TimeState, WordingState
from policytool.model.settings import Settings
from policytool.model.standing import Standing
from policytool.model.time import Moment
from policytool.review import findings as found
from policytool.review.clock import soonest
from policytool.review.cycles import SAID, URGENCY, due_date, reviews, urgency, waiver
from policytool.review.dossier import Dossier
from policytool.review.load import load, meetings

FAILS = {
    "overdue": frozenset({found.OVERDUE}),
    "due": frozenset({found.DUE}),
    "never": frozenset({found.NEVER}),
    "changed": frozenset({found.CHANGED}),
}
"""What `--fail-on` can name, and the findings that then give exit code 1."""
OF_WORDING = {WordingState.CHANGED: found.CHANGED, WordingState.NEVER: found.NEVER}
"""What is said of a wording in a state, as a finding."""


def register(dossiers: Iterable[Dossier], settings: Settings, today: date) -> Register:
    """Every policy in force on a day, the most urgent first."""
    entries = sorted((entry(one, today) for one in dossiers if is_in_force(one, today)), key=_urgency)
    return Register(
        Moment.of(today), tuple(entries), tuple(load(entries, today)), tuple(meetings(entries, settings, today))
    )


def is_in_force(dossier: Dossier, today: date) -> bool:
    """Whether a policy has not been withdrawn, by its front matter or by a record."""
    day = dossier.policy.withdrawn
    return not (day and day <= today) and not (dossier.withdrawal and dossier.withdrawal.held.first <= today)


def entry(dossier: Dossier, today: date) -> Entry:
    """One policy in the register."""
    policy, state = dossier.policy, wording(dossier)
    return Entry(
        policy.id,
        policy.title,
        policy.path,
        dossier.settings.title(policy.owner),
        dossier.settings.title(policy.approver),
        state,
        reviews(dossier, today),
        dossier.approval,
        waiver(dossier, OF_WORDING[state].code, today) if state in OF_WORDING else None,
        policy.place("approver"),
    )


def wording(dossier: Dossier) -> WordingState:
    """How the text as it stands is to the approved wording."""
    if dossier.approval is None:
        return WordingState.NEVER
    return WordingState.APPROVED if dossier.says(dossier.approval.record.fingerprint) else WordingState.CHANGED


def standing(dossier: Dossier) -> Standing:
    """What a document of this text prints of its reviews: dates over the approved wording, a notice over any other."""
    approval = dossier.approval
    if approval is None:
        return Standing(notice="Draft: not approved yet")
    if dossier.says(approval.record.fingerprint):
        return dated(dossier)
    earlier = next((one for one in reversed(dossier.approvals) if dossier.says(one.record.fingerprint)), None)
    return superseded(earlier, approval) if earlier else changed(approval)


def dated(dossier: Dossier) -> Standing:
    """What a document of the approved wording prints: when it was last reviewed, and when it is next due."""
    held = [record.held for record in dossier.approving]
    dues = [due for cycle in dossier.policy.reviews if (due := due_date(dossier, cycle)) is not None]
    return Standing(held[-1], soonest(dues) if dues else None)


def superseded(earlier: Approval, now: Approval) -> Standing:
    """What a document of an earlier approved wording prints."""
    was, since = earlier.record.held.month_told, now.record.held.month_told
    return Standing(notice=f"Superseded: approved in {was}, replaced by the wording approved in {since}")


def changed(approved: Approval) -> Standing:
    """What a document of a text prints that is no approved wording."""
    return Standing(notice=f"Draft: changed since the wording approved in {approved.record.held.month_told}")


def findings(entries: Iterable[Entry]) -> Iterator[tuple[tuple[str, str], Diagnostic]]:
    """What the calendar says of each policy that is not waived, by (policy, cycle), the wording under the cycle "".

    It points at the line of the cycle, or of the approver, in the policy.
    """
    for one in entries:
        for review in one.reviews:
            yield from (((one.policy, review.cycle.name), found) for found in _of_review(one, review))
        yield from (((one.policy, ""), found) for found in _of_wording(one))


def _of_review(one: Entry, review: Review) -> Iterator[Diagnostic]:
    finding = SAID.get(review.state)
    if finding is not None and review.waiver is None:
        advice = f"record it when it is done: `policytool record {one.policy} {review.cycle.name} …`"
        yield finding.at(one.path, review.place, told(review), advice)


def told(review: Review) -> str:
    """How a review stands, in a sentence."""
    what = f"the review `{review.cycle.name}` ({review.by})"
    if review.due is None or review.days is None:
        return f"{what} has never been held"
    when = f"{'in' if review.due.is_month else 'on'} {review.due.told}"
    if review.days < 0:
        late = -review.days
        return f"{what} was due {when}, and is {late} day{'' if late == 1 else 's'} overdue"
    return f"{what} is due {when}"


def _of_wording(one: Entry) -> Iterator[Diagnostic]:
    if one.waiver is not None or one.wording is WordingState.APPROVED:
        return
    if one.wording is WordingState.CHANGED and one.approval:
        message = f"the text has changed since the wording approved in {one.approval.record.held.month_told}"
        advice = f"see what changed: `policytool diff {one.policy}`"
        yield found.CHANGED.at(one.path, one.place, message, advice)
    elif not any(review.state is TimeState.NEVER for review in one.reviews):
        message = f"no wording has been approved by its approver ({one.approver})"
        yield found.NEVER.at(one.path, one.place, message, "record the approval: `policytool record`")


def run_out(settings: Settings, path: str, today: date) -> Iterator[Diagnostic]:
    """Waivers that ended before a day."""
    for index, one in enumerate(settings.waivers):
        if one.until < today:
            message = f"the waiver of {one.code} for `{one.policy}` ended on {Moment.of(one.until).told}"
            yield found.WAIVED_TOO_LONG.at(
                path, settings.places.get(f"waive.{index}"), message, "delete it, or renew it"
            )


def _urgency(one: Entry) -> tuple[int, date, bool, str, str]:
    first = urgency(one.reviews[0])[:2] if one.reviews else (len(URGENCY), date.max)
    return (*first, one.wording is WordingState.APPROVED, one.title.casefold(), one.policy)
