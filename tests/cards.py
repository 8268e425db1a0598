"""Cards of policies for the register of a site, made up: a few of every sort, or as many as one likes."""

from __future__ import annotations

from policytool.model.site import Card, Falling, Leaf
from policytool.model.time import Moment

TOPICS = (
    "Admissions", "Anti-Bullying", "Attendance", "Behaviour and Discipline", "Charging and Remissions", "Complaints",
    "Data Protection", "Early Years", "Equality", "First Aid", "Health and Safety", "Home Learning", "Lettings",
    "Medical Needs", "Online Safety", "Pay", "Premises Security", "Safeguarding", "Social Media", "Whistleblowing",
)  # fmt: skip
OWNERS = ("Headteacher", "School Business Manager", "Designated Safeguarding Lead", "Clerk to the Governors")
AUDIENCES = ("Staff", "Governors", "Parents and Carers", "Volunteers")
KINDS = ("policy", "guidance", "procedure", "statement")
CURRENT = Leaf("2023-09-14", "current", Moment(2023, 9, 14), "Full Governing Board")
WORKING = Leaf("working", "working")


def falling(due: Moment | None, cycle: str = "annual", last: Moment | None = None, lead: int = 90) -> Falling:
    """A review as it falls due."""
    return Falling(cycle, "Headteacher", "12 months", last or Moment(2025, 2), due, lead)


NEVER_HELD = Falling("annual", "Headteacher", "12 months", None, None, 90)


def card(  # noqa: PLR0913  # what a card can say
    title: str,
    *due: Falling,
    policy: str = "",
    owner: str = "Headteacher",
    audience: tuple[str, ...] = ("Staff",),
    leaf: Leaf = CURRENT,
    is_revised: bool = False,
    publish: str = "website",
    withdrawn: Moment | None = None,
) -> Card:
    """One policy; its id follows from its title."""
    name = policy or "-".join("".join(one if one.isalnum() else " " for one in title.lower()).split()) or "x"
    return Card(
        name, title, "policy", owner, "Full Governing Board", audience, publish, leaf, is_revised, due, withdrawn
    )


ATTENDANCE = card("Attendance Policy", falling(Moment(2026, 9), last=Moment(2025, 9, 11)), is_revised=True)
BEHAVIOUR = card(
    "Behaviour Policy",
    falling(Moment(2026, 11), last=Moment(2025, 11)),
    falling(Moment(2027, 11, 20), "governors", Moment(2025, 11, 20)),
    owner="Deputy Headteacher",
    audience=("Staff", "Pupils", "Parents and Carers"),
)
COMPLAINTS = card(
    "Complaints Procedure", falling(Moment(2027, 1, 15), last=Moment(2026, 1, 15)), audience=("Parents and Carers",)
)
HYGIENE = card("Élan and Café Hygiene", falling(Moment(2028, 3), last=Moment(2026, 3)), owner="School Business Manager")
FIRST_AID = card("First Aid Guidance", NEVER_HELD, leaf=WORKING, audience=())
UNIFORM = card("Uniform Statement")
ABSENCE = card("Staff Absence", falling(Moment(2028, 1)), publish="internal")
BLACKBOARD = card("Blackboard Policy", falling(Moment(2025, 6)), withdrawn=Moment(2024, 8, 31))
BOARDING = card("Boarding Policy", falling(Moment(2026, 10)), withdrawn=Moment(2027, 9, 1))
EVERY = (ATTENDANCE, BEHAVIOUR, COMPLAINTS, HYGIENE, FIRST_AID, UNIFORM, ABSENCE, BLACKBOARD, BOARDING)
"""One of each, as they stand on 22 November 2026: see `STATES`."""
TODAY = "2026-11-22"
STATES = {
    "Attendance Policy": "overdue",
    "Behaviour Policy": "due",
    "Boarding Policy": "overdue",
    "Complaints Procedure": "due soon",
    "Élan and Café Hygiene": "current",
    "First Aid Guidance": "never reviewed",
    "Staff Absence": "current",
    "Uniform Statement": "–",
    "Blackboard Policy": "withdrawn",
}


def many(number: int, *, owner: str = "") -> tuple[Card, ...]:
    """So many policies, as different as those of a large trust are; all by one owner where one is named."""
    return tuple(_one(index, owner) for index in range(number))


def _one(index: int, owner: str) -> Card:
    topic = TOPICS[index % len(TOPICS)]
    return Card(
        f"{topic.lower().replace(' ', '-')}-{index}",
        f"{topic} {KINDS[index % 4].title()} {index // len(TOPICS) + 1}",
        KINDS[index % 4],
        owner or OWNERS[index % 3 + index % 2],
        "Full Governing Board",
        AUDIENCES[: 1 + index % 4],
        "website",
        WORKING if index % 29 == 0 else CURRENT,
        index % 11 == 0,
        tuple(
            _falling(index, cycle, 1 + after) for after, cycle in enumerate(("annual", "governors")[: 1 + index % 2])
        ),
        Moment(2024, 1 + index % 12, 1 + index % 28) if index % 83 == 0 else None,
    )


def _falling(index: int, cycle: str, years: int) -> Falling:
    held = Moment(2025 + index % 5 // 3, 1 + index * 7 % 12, 0 if index % 3 == 0 else 1 + index * 5 % 28)
    if index % 37 == 0:
        return NEVER_HELD
    return falling(Moment(held.year + years, held.month, held.day), cycle, held)
