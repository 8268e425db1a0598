"""A pack -> the one paper that a body is given to read before it decides."""

from __future__ import annotations

from collections.abc import Iterator

from policytool.model.agenda import Sitting, Told
from policytool.model.paper import (
    Break,
    Facts,
    Grid,
    Heading,
    Line,
    Listing,
    Paper,
    PaperBlock,
    Paragraph,
    Words,
)
from policytool.model.register import Review
from policytool.render.packed import words
from policytool.render.packed.changes import changes, plain, ripple, summary
from policytool.render.packed.matter import Decision, Pack
from policytool.render.register import words as register

TITLE = "Policies for decision"
CLEAN, REDLINES = "policies", "redlines"


def paper(pack: Pack) -> Paper:
    """The paper: what is asked on the first page, then a section a policy, then what is only for noting."""
    sitting = pack.agenda.sitting
    told = [*_ratifications(pack), *_noting(pack), *_unready(pack)]
    blocks = [*_front(pack), *_sections(pack), *([Break()] if told else []), *told]
    return Paper(TITLE, sitting.told, pack.organisation, pack.colour, tuple(blocks), contents=False)


def _front(pack: Pack) -> Iterator[PaperBlock]:
    agenda = pack.agenda
    told = words.asked(len(pack.decisions), len(agenda.ratifications), len(agenda.amendments))
    yield Paragraph((Words(told, "strong"),))
    if pack.decisions:
        yield Heading(1, plain("Decisions asked of this meeting"))
        rows = (_asked(number, one, agenda.sitting) for number, one in enumerate(pack.decisions, 1))
        yield Grid(("", "Policy", "Why it is here", "Proposed"), tuple(rows), (1, 8, 10, 6))
    links = _links(pack)
    if links:
        yield Listing(links)
    if pack.decisions:
        yield Paragraph(plain("Any of them may be put off instead: the minute then says why."))
    if any(one.sides for one in pack.decisions):
        marked = (Words("Words that were added", "inserted"), Words(" and "), Words("words taken out", "deleted"))
        yield Paragraph((*marked, Words(" are marked like this. Clause numbers are those of the new wording.")))


def _links(pack: Pack) -> tuple[Line, ...]:
    """The way to what follows the policies."""
    parts = (
        (pack.agenda.ratifications, "For ratification", "#ratification"),
        (pack.agenda.amendments, "For noting", "#noting"),
        (pack.unready, "Not ready for this meeting", "#unready"),
    )
    return tuple((Words(f"{title}: {len(found)}", address=address),) for found, title, address in parts if found)


def _asked(number: int, one: Decision, sitting: Sitting) -> tuple[Line, ...]:
    item = one.item
    title = (Words(item.entry.title, address=f"#{_anchor(one)}"),)
    return plain(str(number)), title, plain(words.briefly(item, sitting)), (Words(words.proposed(item), "strong"),)


def _anchor(one: Decision) -> str:
    return f"policy-{one.policy}"


def _sections(pack: Pack) -> Iterator[PaperBlock]:
    for number, one in enumerate(pack.decisions, 1):
        # What has not changed is soon read: several of it share a page.
        if number == 1 or not (one.item.unchanged and pack.decisions[number - 2].item.unchanged):
            yield Break()
        yield Heading(1, plain(f"{number}. {one.item.entry.title}"), _anchor(one))
        yield from _section(one, pack.agenda.sitting)


def _section(one: Decision, sitting: Sitting) -> Iterator[PaperBlock]:
    yield Facts(tuple(_facts(one, sitting)))
    if one.sides:
        yield Heading(2, plain("What changed"))
        yield from summary(one.sides)
        yield from changes(one.sides)
    elif not one.item.unchanged:
        yield Paragraph(_new(one))
    touched = tuple(map(plain, ripple(one.sides))) if one.sides else ()
    if touched:
        yield Heading(2, plain("Other policies that cite what changed"))
        yield Listing(touched)
    yield Heading(2, plain("Draft resolution"))
    yield Paragraph(plain(words.resolution(one, sitting)), "resolution")


def _new(one: Decision) -> Line:
    """What there is to read where there is nothing to compare with."""
    told = "No wording of it has been approved before, so there is nothing to compare it with. Its whole text is in "
    return (Words(told), Words(f"{CLEAN}/{one.policy}.pdf", address=f"{CLEAN}/{one.policy}.pdf"), Words("."))


def _facts(one: Decision, sitting: Sitting) -> Iterator[tuple[str, Line]]:
    entry = one.item.entry
    yield "Why it is here", plain(words.why(one.item, sitting))
    yield "Proposed", (Words(words.proposed(one.item), "strong"),)
    yield "Owner", plain(entry.owner)
    yield "Approved by", plain(entry.approver)
    yield "Approved wording", plain(register.approval(entry) or "none yet")
    for review in entry.reviews:
        yield f"Review “{review.cycle.name}”", plain(_review(review))
    yield "To read", _files(one)


def _review(review: Review) -> str:
    held = f"last {register.last(review)}" if review.last else "not held yet"
    due = f", due {review.due.told}" if review.due else ""
    return f"{_every(review.cycle.every)} by {review.by}; {held}{due}"


def _every(every: object) -> str:
    return f"every {str(every).removeprefix('1 ')}"


def _files(one: Decision) -> Line:
    """The files beside the paper."""
    clean = f"{CLEAN}/{one.policy}"
    found = [
        Words("the whole text", address=f"{clean}.pdf"),
        Words(" (also in "),
        Words("Word", address=f"{clean}.docx"),
    ]
    if not one.sides:
        return (*found, Words(")"))
    marked = f"{REDLINES}/{one.policy}"
    more = Words("tracked changes in Word", address=f"{marked}.docx")
    return (*found, Words("), "), more, Words(", "), Words("the comparison", address=f"{marked}.html"))


def _ratifications(pack: Pack) -> Iterator[PaperBlock]:
    told = pack.agenda.ratifications
    if told:
        yield Heading(1, plain("For ratification"), "ratification")
        yield Paragraph(plain("These were decided on behalf of this body since it met, and await its minute."))
    for one in told:
        yield Heading(2, plain(one.entry.title))
        yield Facts(tuple(_decided(one)))
        yield Paragraph(plain(words.ratifying(one, pack.agenda.sitting)), "resolution")


def _decided(one: Told) -> Iterator[tuple[str, Line]]:
    record = one.record
    yield "Decided by", plain(f"{one.by}, {record.held.told}")
    yield "Review", plain(f"{record.cycle}: {str(record.outcome).replace('-', ' ')}")
    if record.minute:
        yield "Minute", plain(record.minute)
    if record.reason:
        yield "Reason", plain(record.reason)
    yield "Record", plain(record.name)


def _noting(pack: Pack) -> Iterator[PaperBlock]:
    """Amendments: a slip of the pen put right needs no decision."""
    told, since = pack.agenda.amendments, pack.agenda.sitting.since
    if not told:
        return
    yield Heading(1, plain("For noting"), "noting")
    when = "since the last meeting" if since else "so far"
    yield Paragraph(plain(f"Small amendments made {when}: spelling, a name, an address. No duty was changed."))
    rows = (_noted(one) for one in told)
    yield Grid(("Policy", "When", "By", "What"), tuple(rows), (4, 3, 3, 5))


def _noted(one: Told) -> tuple[Line, ...]:
    record = one.record
    said = record.reason or record.evidence or "–"
    return plain(one.entry.title), plain(record.held.told), plain(one.by), plain(said)


def _unready(pack: Pack) -> Iterator[PaperBlock]:
    if not pack.unready:
        return
    yield Heading(1, plain("Not ready for this meeting"), "unready")
    yield Paragraph(plain("These belong to this meeting, and no decision on them can be asked yet."), "notice")
    yield Listing(tuple((Words(entry.title, "strong"), Words(f": {why}")) for entry, why in pack.unready))
