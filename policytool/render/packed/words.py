"""What is said of a policy at a meeting: why it is there, what is proposed, what would be minuted."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.agenda import Item, Sitting, Told
from policytool.model.register import Approval, Review, WordingState
from policytool.model.time import Moment
from policytool.render.packed.matter import Decision
from policytool.render.terminal import count

SHORT = 12
"""So many figures of a fingerprint are printed: nobody meets another wording with the same by chance."""


def why(item: Item, sitting: Sitting) -> str:
    """Why a policy is before the meeting, in a sentence or two."""
    said = [_due(review, sitting) for review in item.reviews] if item.due else []
    return " ".join((*said, _wording(item)))


def _due(review: Review, sitting: Sitting) -> str:
    what = f"The review “{review.cycle.name}” ({_every(review)})"
    if review.due is None:
        return f"{what} has never been held."
    when = f"{'in' if review.due.is_month else 'on'} {review.due.told}"
    late = (sitting.day - review.due.last).days
    if late > 0:
        return f"{what} was due {when}: by this meeting it is {count(late, 'day')} overdue."
    return f"{what} is due {when}, before the following meeting."


def _every(review: Review) -> str:
    return f"every {str(review.cycle.every).removeprefix('1 ')}"


def _wording(item: Item) -> str:
    approval = item.entry.approval
    if item.entry.wording is WordingState.NEVER or approval is None:
        return "Its wording has never been approved."
    if item.unchanged:
        return f"Nothing in it has changed since it was {_made(approval)}."
    return f"Its wording has changed since it was {_made(approval)}."


def _made(approval: Approval) -> str:
    """How a wording came to be the approved one, and when."""
    verb = "amended" if approval.record.kind == "amendment" else "approved"
    return f"{verb} in {approval.record.held.month_told}"


def briefly(item: Item, sitting: Sitting) -> str:
    """Why a policy is before the meeting, in a few words for a table."""
    changed = {
        WordingState.NEVER: "never approved",
        WordingState.CHANGED: "changed since approval",
        WordingState.APPROVED: "not changed",
    }[item.entry.wording]
    dues = [review.due for review in item.reviews if review.due]
    if not item.due:
        return changed.capitalize()
    soonest = min(dues, key=lambda due: due.last, default=None)
    if soonest is None:
        return f"Never reviewed; {changed}"
    return f"{'Due' if soonest.last >= sitting.day else 'Overdue since'} {soonest.told}; {changed}"


def proposed(item: Item) -> str:
    """What the meeting is asked to decide, in a word or two."""
    if not item.approves:
        return f"Review; {item.entry.approver} approves"
    return "No change" if item.unchanged else "Approve" if item.entry.approval is None else "Approve new wording"


def resolution(decision: Decision, sitting: Sitting) -> str:
    """What would be minuted, word for word."""
    item, body = decision.item, the(sitting.title)
    wording = f"fingerprint {short(decision.fingerprint)}…"
    again = _again(decision)
    if item.unchanged and item.entry.approval:
        version = f"as {_made(item.entry.approval)}, {wording}"
        return f"{body} RESOLVED that {name(item)} ({version}) needs no change{again}."
    version = f"version of {decision.written.told}, {wording}"
    if not item.approves:
        approver = the(item.entry.approver, inside=True)
        return f"{body} RESOLVED that it has reviewed {name(item)} ({version}) and puts it before {approver}{again}."
    return f"{body} RESOLVED to approve {name(item)} ({version}){again}."


def _again(decision: Decision) -> str:
    both = [(r.cycle.name, due) for r, due in zip(decision.item.reviews, decision.next, strict=True) if due]
    if not both:
        return ""
    if len({due for _, due in both}) == 1:
        return f" and to review it again {_by(both[0][1])}"
    listed = [f"{_by(due)} ({name})" for name, due in both]
    return f" and to review it again {', '.join(listed[:-1])} and {listed[-1]}"


def _by(due: Moment) -> str:
    return f"by the end of {due.told}" if due.is_month else f"by {due.told}"


def name(item: Item) -> str:
    """A policy as a sentence calls it: "the Online Safety Policy"."""
    return the(item.entry.title, inside=True)


def the(title: str, *, inside: bool = False) -> str:
    """A title with its article, at the beginning of a sentence or inside it."""
    if title.casefold().startswith("the "):
        return f"{'t' if inside else 'T'}{title[1:]}"
    return f"{'the' if inside else 'The'} {title}"


def short(fingerprint: str) -> str:
    """The beginning of a fingerprint, without the name of its algorithm."""
    return fingerprint.partition(":")[2][:SHORT]


def ratifying(told: Told, sitting: Sitting) -> str:
    """What would be minuted of what a role decided on behalf of the body."""
    record, title = told.record, the(told.entry.title, inside=True)
    what = {"no-change": "to leave unchanged"}.get(record.outcome, "to approve")
    version = f" (fingerprint {short(record.fingerprint)}…)" if record.fingerprint else ""
    decided = f"the decision of {the(told.by, inside=True)} {_on(record.held)} {what} {title}{version}"
    return f"{the(sitting.title)} RESOLVED to ratify {decided}."


def _on(held: Moment) -> str:
    return f"{'in' if held.is_month else 'on'} {held.told}"


def asked(decisions: int, ratifications: int, amendments: int) -> str:
    """The first sentence of the paper."""
    parts = list(_asked(decisions, ratifications, amendments))
    if not parts:
        return "There is nothing to decide at this meeting."
    return f"You are asked {' and '.join((', '.join(parts[:-1]), parts[-1])) if parts[1:] else parts[0]}."


def _asked(decisions: int, ratifications: int, amendments: int) -> Iterator[str]:
    if decisions:
        yield f"to decide on {count(decisions, 'policy', 'policies')}"
    if ratifications:
        yield f"to ratify {count(ratifications, 'decision')} taken on your behalf"
    if amendments:
        yield f"to note {count(amendments, 'small amendment')}"
