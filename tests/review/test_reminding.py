"""What is to be sent on a day, from registers made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policytool.model.library import Library
from policytool.model.policy import Cycle, Policy
from policytool.model.register import Entry as RegisterEntry
from policytool.model.register import Register, Review, TimeState, WordingState
from policytool.model.reminder import Entry, Letter, Person
from policytool.model.settings import Escalation, Reminders, Role, Settings, Waiver
from policytool.model.time import Duration, Moment
from policytool.review.reminding import entries, letters

MONDAY = date(2026, 11, 23)
YEAR = Duration(12, "month")
HEAD = Person("headteacher", 1, "Ann", "ann@people.example")
CLERK = Person("clerk", 1, "Sam", "sam@people.example")
CHAIR = Person("chair", 1, "Bo", "bo@people.example")
ROLES = {name: Role(name.title()) for name in ("headteacher", "clerk", "chair")}
Told = tuple[str, str, list[tuple[str, int]]]


@dataclass
class School:
    """A school with reviews that fall due, its people, and the ledger of what went out."""

    due: dict[str, Moment | None]
    people: Sequence[Person] = (HEAD, CLERK)
    owner: str = "headteacher"
    reminders: Reminders = field(default_factory=Reminders)
    waived: set[str] = field(default_factory=set)
    ledger: list[Entry] = field(default_factory=list)

    def planned(self, day: date) -> tuple[Letter, ...]:
        """What is to be sent on a day."""
        listed = tuple(self._entry(name, due) for name, due in self.due.items())
        policies = {name: Policy(name, name.title(), owner=self.owner) for name in self.due}
        library = Library(Settings(roles=ROLES, reminders=self.reminders), policies)
        return letters(Register(Moment.of(day), listed), library, self.people, self.ledger, "school.example")

    def _entry(self, name: str, due: Moment | None) -> RegisterEntry:
        waiver = Waiver("PT402", name, date.max, "clerk", "why") if name in self.waived else None
        review = Review(Cycle("annual", YEAR, "headteacher"), "Headteacher", TimeState.DUE, due=due, waiver=waiver)
        return RegisterEntry(name, name.title(), f"source/{name}.md", "", "", WordingState.APPROVED, (review,))

    def run(self, day: date) -> list[Told]:
        """Send all of it, and tell what went out: role, kind, and each policy with its point."""
        found = self.planned(day)
        for letter in found:
            self.ledger += [*entries(letter, "sending"), *entries(letter, "sent")]
        return [_told(letter) for letter in found]


def _told(letter: Letter) -> Told:
    kind = "digest" if letter.digest else "at once"
    return letter.person.role, kind, [(one.policy, one.lead) for one in letter.notices]


def after(days: int) -> date:
    """So many days after the Monday."""
    return MONDAY + timedelta(days)


def moment(days: int) -> Moment:
    """The same as a moment."""
    return Moment.of(after(days))


def test_a_lead_time_reached_in_mid_week_waits_for_the_next_digest() -> None:
    """30 days before is a Wednesday: the mail goes out on the Monday after."""
    school = School({"homework": moment(32)})
    school.ledger += _already(school, 60)
    assert [school.run(after(day)) for day in range(7)] == [[]] * 7
    assert school.run(after(7)) == [("headteacher", "digest", [("homework", 30)])]
    assert school.run(after(7)) == []


def _already(school: School, lead: int) -> list[Entry]:
    """The ledger as it is after the reviews were told by an earlier lead time."""
    letter = School(dict(school.due), (HEAD,)).planned(after(0))[0]
    told = replace(letter, day=after(-20), notices=tuple(replace(one, lead=lead) for one in letter.notices))
    return list(entries(told, "sent"))


def test_lead_times_that_were_missed_are_told_once_by_the_latest() -> None:
    """Nobody ran it for weeks: 30 and 14 days went by."""
    school = School({"homework": moment(10)})
    assert school.run(after(0)) == [("headteacher", "digest", [("homework", 14)])]
    assert school.run(after(1)) == []


def test_what_becomes_due_or_overdue_is_told_at_once() -> None:
    """Once on the day it becomes due, once on the first day it is overdue, and each week in the digest."""
    school = School({"homework": moment(2)})
    sent = {day: told for day in range(16) if (told := school.run(after(day)))}
    assert sent == {
        0: [("headteacher", "digest", [("homework", 7)])],
        2: [("headteacher", "at once", [("homework", 0)])],
        3: [("headteacher", "at once", [("homework", -1)])],
        7: [("headteacher", "digest", [("homework", -1)])],
        14: [("headteacher", "digest", [("homework", -7)])],
    }


def test_a_month_is_due_all_through_and_overdue_after_its_last_day() -> None:
    """December 2026 begins on a Tuesday and ends on a Thursday."""
    school = School({"homework": Moment(2026, 12)})
    sent = [(day, told) for day in range(50) if (told := school.run(after(day)))]
    assert [(str(after(day)), kind, point) for day, [(_, kind, [(_, point)])] in sent] == [
        ("2026-11-23", "digest", 14),
        ("2026-11-30", "digest", 7),
        ("2026-12-01", "at once", 0),
        ("2026-12-07", "digest", 0),
        ("2026-12-14", "digest", -7),
        ("2026-12-21", "digest", -14),
        ("2026-12-28", "digest", -21),
        ("2027-01-01", "at once", -31),
        ("2027-01-04", "digest", -31),
        ("2027-01-11", "digest", -35),
    ]


def test_on_the_day_of_the_digest_all_goes_into_it() -> None:
    """Two reviews, one of which becomes due on the Monday: one mail."""
    school = School({"homework": moment(0), "lettings": moment(-3), "visits": moment(200)})
    assert school.run(after(0)) == [("headteacher", "digest", [("lettings", -1), ("homework", 0)])]


def test_a_missed_digest_and_a_missed_day_are_caught_up() -> None:
    """The machine was off from Sunday to Wednesday."""
    school = School({"homework": moment(-7), "lettings": moment(2)})
    school.run(after(-1))
    assert school.run(after(3)) == [("headteacher", "digest", [("homework", -7), ("lettings", -1)])]
    assert school.run(after(4)) == []


def test_a_digest_that_was_not_due_on_its_day_is_not_owed_later() -> None:
    """On Monday nothing was open; what becomes due on Tuesday is told then, and not once more on Wednesday."""
    school = School({"homework": moment(1)}, reminders=Reminders((0,)))
    assert [len(school.run(after(day))) for day in range(1, 7)] == [1, 1, 0, 0, 0, 0]


def test_what_was_never_reviewed_stands_in_every_digest_and_alone_makes_one() -> None:
    """It has no date, so that nothing of it is ever told at once."""
    school = School({"homework": None})
    assert [day for day in range(15) if school.run(after(day))] == [0, 7, 14]


def test_a_review_that_was_held_is_told_no_more() -> None:
    """Its next due date is another story."""
    school = School({"homework": moment(-3)})
    assert school.run(after(0))
    school.due["homework"] = moment(365)
    assert not any(school.run(after(day)) for day in range(1, 200))


def test_a_waived_finding_is_silent_until_the_waiver_expires() -> None:
    """Then it is told like any other."""
    school = School({"homework": moment(-3)}, waived={"homework"})
    assert school.run(after(0)) == []
    school.waived.clear()
    assert school.run(after(1)) == [("headteacher", "digest", [("homework", -1)])]


def test_the_reviewing_role_and_the_owner_both_hear_of_it() -> None:
    """Each in a mail of their own."""
    school = School({"homework": moment(0)}, owner="clerk")
    assert [role for role, _, _ in school.run(after(0))] == ["headteacher", "clerk"]


def test_who_holds_both_roles_gets_one_mail() -> None:
    """The same address, however it is written; the second role is not missed when the two part again."""
    both = replace(HEAD, role="clerk", address="ANN@people.example")
    school = School({"homework": moment(0)}, (HEAD, both), owner="clerk")
    assert school.run(after(0)) == [("headteacher", "digest", [("homework", 0)])]
    school.people = (HEAD, CLERK)
    assert school.run(after(0)) == [("clerk", "digest", [("homework", 0)])]


def test_each_holder_of_a_role_gets_a_mail() -> None:
    """With a Message-ID of its own."""
    school = School({"homework": moment(0)}, (HEAD, replace(CLERK, role="headteacher", place=2)))
    first, second = school.planned(after(0))
    assert (first.person.place, second.person.place) == (1, 2)
    assert first.message_id != second.message_id


def test_a_role_that_nobody_holds_has_a_letter_to_nobody() -> None:
    """The door tells of it."""
    [letter] = School({"homework": moment(0)}, ()).planned(after(0))
    assert (letter.held, letter.person.role, letter.person.place) == (False, "headteacher", 0)


def test_a_review_that_is_long_overdue_is_escalated() -> None:
    """At once on the day it begins, then in that person’s digests, and never twice to who knows already."""
    reminders = Reminders(escalate=Escalation(28, "chair"))
    school = School({"homework": moment(0)}, (HEAD, CLERK, CHAIR), reminders=reminders)
    heard = {day: told for day in range(44) for told in school.run(after(day)) if told[0] == "chair"}
    assert heard == {
        28: ("chair", "digest", [("homework", -28)]),
        35: ("chair", "digest", [("homework", -35)]),
        42: ("chair", "digest", [("homework", -42)]),
    }
    school = School({"homework": moment(1)}, (HEAD, CHAIR), reminders=reminders)
    heard = {day: told for day in range(37) for told in school.run(after(day)) if told[0] == "chair"}
    assert heard == {
        29: ("chair", "at once", [("homework", -28)]),
        35: ("chair", "digest", [("homework", -28)]),
    }
    assert school.planned(after(42))[1].notices[0].escalated
    school = School({"homework": moment(1)}, (HEAD, replace(HEAD, role="chair")), reminders=reminders)
    assert [len(school.run(after(day))) for day in range(27, 35)] == [1, 1, 0, 0, 0, 0, 0, 0]


def test_the_day_of_the_digest_is_the_school_s_own() -> None:
    """Here a Thursday."""
    school = School({"homework": None}, reminders=Reminders(digest="thursday"))
    school.run(after(0))
    assert [day for day in range(1, 15) if school.run(after(day))] == [3, 10]


def test_a_mail_that_failed_is_sent_at_the_next_run() -> None:
    """On the same day under the same name."""
    school = School({"homework": moment(0)})
    [letter] = school.planned(after(0))
    school.ledger += [*entries(letter, "sending"), *entries(letter, "failed")]
    assert school.planned(after(0)) == (letter,)
    assert school.run(after(1)) == [("headteacher", "digest", [("homework", -1)])]


def test_a_mail_of_which_nobody_knows_goes_out_once_more_under_its_name() -> None:
    """The run stopped between the two lines: also a day later, as long as it says the same."""
    school = School({"homework": moment(1)})
    [letter] = school.planned(after(0))
    school.ledger += entries(letter, "sending")
    assert school.planned(after(0)) == (letter,)
    [again] = school.planned(after(1))
    assert again.message_id != letter.message_id, "it says more by now"
    school.due["homework"] = None
    [first] = School({"homework": None}).planned(after(0))
    school.ledger = list(entries(first, "sending"))
    assert [one.message_id for one in school.planned(after(2))] == [first.message_id]


def test_one_line_that_says_sent_is_enough() -> None:
    """The lines after the mail were torn, all but the first."""
    school = School({"homework": moment(0), "lettings": moment(0)})
    [letter] = school.planned(after(0))
    school.ledger += [*entries(letter, "sending"), entries(letter, "sent")[0]]
    assert school.planned(after(0)) == ()


def test_later_mails_refer_to_the_earlier_ones_of_the_same_review() -> None:
    """So that a mail program shows them together."""
    school = School({"homework": moment(2), "lettings": moment(300)})
    names = [letter.message_id for day in range(16) for letter in _sent(school, day)]
    [last] = school.planned(after(21))
    assert last.references == tuple(names)
    assert len(names) == len(set(names)) == 5


def _sent(school: School, day: int) -> Sequence[Letter]:
    found = school.planned(after(day))
    school.run(after(day))
    return found


def test_the_ledger_names_nobody() -> None:
    """Roles, places, policies and dates, and a Message-ID made of those."""
    school = School({"homework": moment(0)})
    school.run(after(0))
    assert "people.example" not in repr(school.ledger)
    assert "Ann" not in repr(school.ledger)


DAYS = st.integers(0, 60)


@given(st.lists(DAYS, max_size=30, unique=True), st.lists(st.one_of(st.none(), st.integers(-40, 120)), max_size=4))
def test_however_often_it_runs_nobody_is_bothered_and_nothing_is_lost(runs: list[int], dues: list[int | None]) -> None:
    """At most one digest a week; at once only what became due or overdue; and after a run nothing urgent is left."""
    school = School({f"p{n}": None if due is None else moment(due) for n, due in enumerate(dues)})
    digests: list[date] = []
    points: set[tuple[str, int]] = set()
    for day in sorted(runs):
        for _, kind, items in school.run(after(day)):
            if kind == "digest":
                digests.append(after(day - day % 7))
            else:
                assert not points & set(items), "told at once, and only once"
            points |= set(items)
        assert school.run(after(day)) == []
        for name, due in school.due.items():
            if due and due.first <= after(day):
                assert any(policy == name and lead <= 0 for policy, lead in points)
    assert len(digests) == len(set(digests))


@pytest.mark.parametrize("day", range(7))
def test_the_first_run_of_all_tells_what_is_open_in_one_mail(day: int) -> None:
    """On whichever day a school begins."""
    school = School({f"p{n}": moment(-40 + 7 * n) for n in range(8)})
    [(_, _, items)] = school.run(after(day))
    assert {name for name, _ in items} >= {f"p{n}" for n in range(6)}
