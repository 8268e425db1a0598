"""Registers built by hand: one on which every state occurs, one of hostile texts, and one of many reviews."""

from __future__ import annotations

from datetime import date

from policytool.model.inline import Position
from policytool.model.policy import Cycle
from policytool.model.record import Record
from policytool.model.register import (
    Approval,
    Entry,
    Load,
    Meeting,
    Proposal,
    Register,
    Review,
    TimeState,
    WordingState,
)
from policytool.model.settings import Organisation, Waiver
from policytool.model.time import Duration, Moment

ORGANISATION = Organisation("Example Primary School", "Example")
TODAY = Moment(2026, 10, 14)
YEAR, TWO_YEARS = Duration(12, "month"), Duration(24, "month")
ANNUAL = Cycle("annual", YEAR, "headteacher")
GOVERNORS = Cycle("governors", TWO_YEARS, "governing-board")
HEAD, BOARD = "Headteacher", "Full Governing Board"
WAIVER = Waiver("PT402", "homework", date(2027, 1, 31), "clerk", "the working party reports in January")


def held(policy: str, cycle: Cycle, moment: Moment, minute: str = "") -> Record:
    """A review that ended in approval."""
    return Record(
        "review",
        policy,
        moment,
        by=cycle.by,
        cycle=cycle.name,
        outcome="approved",
        minute=minute,
        every=cycle.every,
        fingerprint="v1:" + "0" * 64,
        path=f"reviews/{policy}/{moment}-{cycle.name}.yaml",
    )


def approved(record: Record, confirmed: Record | None = None) -> Approval:
    """The wording that a record approved."""
    return Approval(str(record.held), record, confirmed or record)


GUIDANCE = "social-media-staff"
GUIDANCE_ANNUAL = held(GUIDANCE, ANNUAL, Moment(2023, 9, 14))
GUIDANCE_GOVERNORS = held(GUIDANCE, GOVERNORS, Moment(2023, 9, 14), "FGB 2023/41")
PUT_OFF = Record(
    "review",
    "homework",
    Moment(2026, 10, 6),
    by="governing-board",
    cycle="governors",
    outcome="deferred",
    minute="FGB 2026/52",
    reason="no time left at the meeting",
    path="reviews/homework/2026-10-06-governors.yaml",
)
HOMEWORK = held("homework", GOVERNORS, Moment(2024, 10), "FGB 2024/7")
BEHAVIOUR = held("behaviour-and-discipline", GOVERNORS, Moment(2024, 12, 3), "FGB 2024/31")
BEHAVIOUR_AGAIN = held("behaviour-and-discipline", ANNUAL, Moment(2025, 10, 14))
VISITS = held("educational-visits", ANNUAL, Moment(2026, 9, 1))

ENTRIES = (
    Entry(
        GUIDANCE,
        "Social Media Guidance for School Staff",
        f"source/{GUIDANCE}.md",
        HEAD,
        BOARD,
        WordingState.CHANGED,
        (
            Review(ANNUAL, HEAD, TimeState.OVERDUE, GUIDANCE_ANNUAL, Moment(2024, 9, 14), -760, place=Position(7, 3)),
            Review(
                GOVERNORS,
                BOARD,
                TimeState.OVERDUE,
                GUIDANCE_GOVERNORS,
                Moment(2025, 9, 14),
                -395,
                place=Position(8, 3),
            ),
        ),
        approved(GUIDANCE_GOVERNORS),
    ),
    Entry(
        "acceptable-use",
        "Acceptable Use Policy",
        "source/acceptable-use.md",
        HEAD,
        BOARD,
        WordingState.NEVER,
        (Review(ANNUAL, HEAD, TimeState.NEVER, place=Position(7, 3)),),
    ),
    Entry(
        "homework",
        "Homework Policy",
        "source/homework.md",
        "Deputy Headteacher",
        BOARD,
        WordingState.CHANGED,
        (
            Review(
                GOVERNORS,
                BOARD,
                TimeState.DUE,
                HOMEWORK,
                Moment(2026, 10),
                17,
                deferred=PUT_OFF,
                waiver=WAIVER,
                place=Position(7, 3),
            ),
        ),
        approved(HOMEWORK),
        WAIVER,
    ),
    Entry(
        "behaviour-and-discipline",
        "Behaviour and Discipline Policy, with the Statement of Principles for Pupils, Parents and Staff",
        "source/behaviour-and-discipline.md",
        HEAD,
        BOARD,
        WordingState.APPROVED,
        (
            Review(ANNUAL, HEAD, TimeState.DUE, BEHAVIOUR_AGAIN, Moment(2026, 10, 14), 0, place=Position(7, 3)),
            Review(GOVERNORS, BOARD, TimeState.DUE_SOON, BEHAVIOUR, Moment(2026, 12, 3), 50, place=Position(8, 3)),
        ),
        approved(BEHAVIOUR, BEHAVIOUR_AGAIN),
    ),
    Entry(
        "educational-visits",
        "Educational Visits Policy",
        "source/visits/educational-visits.md",
        HEAD,
        HEAD,
        WordingState.APPROVED,
        (Review(ANNUAL, HEAD, TimeState.CURRENT, VISITS, Moment(2027, 9, 1), 322, place=Position(7, 3)),),
        approved(VISITS),
    ),
)
EVERY_STATE = Register(
    TODAY,
    ENTRIES,
    (
        Load(Moment(2026, 10), (("homework", "governors"), ("behaviour-and-discipline", "annual"))),
        Load(Moment(2026, 11), ()),
        Load(Moment(2026, 12), (("behaviour-and-discipline", "governors"),)),
    ),
    (
        Meeting(
            BOARD,
            Moment(2026, 12, 8),
            ((GUIDANCE, "governors"), ("homework", "governors"), ("behaviour-and-discipline", "governors")),
        ),
        Meeting(BOARD, Moment(2027, 3, 16), ()),
    ),
)
PROPOSALS = (Proposal("behaviour-and-discipline", "governors", Moment(2026, 12, 3), Moment(2026, 11)),)
EMPTY = Register(TODAY)

FORMULAS = ('=HYPERLINK("https://evil.example","x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1")
MARKUP = "<script>alert(1)</script> & \"quoted\" 'it' \x1b[31m\x00 ]]> \ufffe ; , \\n \\; é\u2028"


def hostile(text: str) -> Register:
    """A register in which all that people write is this text."""
    waiver = Waiver("PT402", "plain", date(2027, 1, 31), text, text)
    record = Record("review", "plain", Moment(2026, 1, 5), by=text, cycle="annual", outcome="approved", minute=text)
    review = Review(ANNUAL, text, TimeState.DUE_SOON, record, Moment(2027, 1, 5), 83, record, waiver)
    entry = Entry(
        "plain", text, "source/plain.md", text, text, WordingState.CHANGED, (review,), approved(record), waiver
    )
    meetings = (Meeting(text, Moment(2026, 12, 8), (("plain", "annual"),)),)
    return Register(TODAY, (entry,), (Load(Moment(2027, 1), (("plain", "annual"),)),), meetings)


def many(number: int) -> Register:
    """So many policies, all due in one month."""
    names = [f"policy-{one:02}" for one in range(1, number + 1)]
    entries = tuple(
        Entry(
            one,
            f"Policy {one[-2:]}",
            f"source/{one}.md",
            HEAD,
            BOARD,
            WordingState.APPROVED,
            (Review(ANNUAL, HEAD, TimeState.CURRENT, held(one, ANNUAL, Moment(2026, 9)), Moment(2027, 9), 351),),
            approved(held(one, ANNUAL, Moment(2026, 9))),
        )
        for one in names
    )
    return Register(TODAY, entries, (Load(Moment(2027, 9), tuple((one, "annual") for one in names)),))
