"""A year of reminders, day by day, against a mail server, with every mail accounted for; and runs that were stopped."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.message import EmailMessage
from pathlib import Path
from textwrap import dedent
from zipfile import ZipFile, is_zipfile

import pytest
from pypdfium2 import PdfDocument

from policytool.model.time import Moment
from tests.mail import PASSWORD, MailServer, certificate, mail_server
from tests.repository import Repository, repository

__all__ = ["certificate", "mail_server", "repository"]

SETTINGS = """\
organisation: {name: Example School}
roles:
  headteacher: {title: Headteacher}
  board:       {title: Full Governing Board}
  clerk:       {title: Clerk}
  resources:   {title: Resources Committee}
  chair:       {title: Chair}
reminders: {lead: [60, 30, 7, 0], digest: monday, escalate: {after: 28, to: chair}}
"""
PEOPLE = """\
headteacher: {name: Annwen Example-Person, email: ann@people.example}
board:
  - {name: Zoë Ó Sé, email: zoe@people.example}
  - {name: "Olabisi, the Vice-Chair", email: ola@people.example}
clerk:     {name: Samphire Example-Person, email: sam@people.example}
resources: {name: Samphire Example-Person, email: Sam@People.example}
chair:     {name: Bohumil Example-Person, email: bo@people.example}
"""
PRIVATE = re.compile(r"people\.example|Example-Person|Zoë|Vice-Chair|Annwen|Samphire|Olabisi|Bohumil", re.IGNORECASE)
BEGIN, DAYS = date(2026, 11, 25), 365
PERSON = {"headteacher": ["ann"], "board": ["zoe", "ola"], "clerk": ["sam"], "resources": ["sam"], "chair": ["bo"]}
LEADS = (60, 30, 7)


@dataclass(frozen=True, eq=False)
class Tale:
    """One review through the year: whose it is, and when it is due, from each day on which that changed."""

    policy: str
    cycle: str
    by: str
    owner: str
    due: dict[date, Moment | None] = field(default_factory=dict)

    def due_on(self, day: date) -> Moment | None:
        """When it is due, as known on a day."""
        return self.due[max(since for since in self.due if since <= day)]


TALES = (
    # Held again in the middle of its month.
    Tale("homework", "annual", "headteacher", "headteacher", {
        BEGIN: Moment(2027, 1), date(2027, 1, 20): Moment(2028, 1, 20)}),
    # Overdue for two months, then held.
    Tale("homework", "governors", "board", "headteacher", {
        BEGIN: Moment(2027, 3, 16), date(2027, 5, 18): Moment(2029, 5, 18)}),
    # One person is both its owner and its reviewer; never held again.
    Tale("charging", "annual", "resources", "clerk", {BEGIN: Moment(2027, 6, 10)}),
    # Never held at all until February.
    Tale("visits", "annual", "headteacher", "clerk", {BEGIN: None, date(2027, 2, 3): Moment(2028, 2, 3)}),
)  # fmt: skip
HELD = {  # what is put on file, and when
    date(2027, 1, 20): ("homework", "annual", "headteacher", "2027-01-20"),
    date(2027, 2, 3): ("visits", "annual", "headteacher", "2027-02-03"),
    date(2027, 5, 18): ("homework", "governors", "board", "2027-05-18"),
}
CYCLES = {
    "homework": "annual: {every: 12 months, by: headteacher}, governors: {every: 24 months, by: board}",
    "charging": "annual: {every: 12 months, by: resources}",
    "visits": "annual: {every: 12 months, by: headteacher}",
}
OWNER = {"homework": "headteacher", "charging": "clerk", "visits": "clerk"}


def off(day: date) -> bool:
    """Days on which nothing ran: the holidays, every Monday in March, and one day now and then."""
    holidays = date(2026, 12, 30) <= day <= date(2027, 1, 6) or date(2027, 8, 1) <= day <= date(2027, 8, 20)
    return holidays or (day.month == 3 and day.weekday() == 0) or day.toordinal() % 11 == 0


def never(_day: date) -> bool:
    """It ran on each of the 365 days."""
    return False


def lay_out(repository: Repository, server: MailServer) -> None:
    """The school as it is at the beginning."""
    repository.write_raw("policytool.yaml", (SETTINGS + server.yaml).encode())
    repository.write_raw("people.yaml", PEOPLE.encode())
    for name, cycles in CYCLES.items():
        front = f"title: About {name}\nkind: policy\nowner: {OWNER[name]}\napprover: board\nreviews: {{{cycles}}}\n"
        repository.write_raw(f"source/{name}.md", f"---\n{front}---\n\n# One\n\n1. Staff may.\n".encode())
    put_on_file(repository, "homework", "annual", "headteacher", "2026-01")
    put_on_file(repository, "homework", "governors", "board", "2025-03-16", 24)
    put_on_file(repository, "charging", "annual", "resources", "2026-06-10")


def put_on_file(repository: Repository, policy: str, cycle: str, by: str, held: str, months: int = 12) -> None:
    """A record of a review that approved the wording."""
    every = 24 if cycle == "governors" else months
    words = f"record: review\npolicy: {policy}\ncycle: {cycle}\nheld: {held}\nby: {by}\noutcome: approved\n"
    words += f"every: {every} months\nfingerprint: v1:{'0' * 64}\n"
    repository.write_raw(f"reviews/{policy}/{held}-{cycle}.yaml", words.encode())


Mail = tuple[date, str, str, frozenset[tuple[str, str]]]


Missed = Callable[[date], bool]


def expected(fails: set[tuple[date, str]], missed: Missed) -> list[Mail]:
    """Every mail of the year, by walking through it; what was reached before the first day waits in the trays."""
    trays = {person: Tray(person) for person in everybody()}
    mails: list[Mail] = []
    for day in (BEGIN + timedelta(number) for number in range(-90, DAYS)):
        for person, tray in trays.items():
            tray.arrive(day)
            if day >= BEGIN and not missed(day) and (day, person) not in fails:
                mails += tray.send(day)
    return mails


@dataclass
class Tray:
    """One person’s trays: what waits for the next list, what is urgent, and what this week’s list owes."""

    person: str
    waits: set[Tale] = field(default_factory=set)
    urgent: set[Tale] = field(default_factory=set)
    owed: set[Tale] = field(default_factory=set)

    def arrive(self, day: date) -> None:
        """Put in what a day brings, and take out what was held."""
        known = max(day, BEGIN)
        for tale in TALES:
            if day in tale.due and day > BEGIN:
                for tray in (self.waits, self.urgent, self.owed):
                    tray.discard(tale)
            if self.person in dict(hearers(tale)):
                arrive(tale, day, known, self.waits, self.urgent, late=dict(hearers(tale))[self.person])
        if day.weekday() == 0:
            self.owed = self.waits | self.standing(day, known)

    def standing(self, day: date, known: date) -> set[Tale]:
        """All that is due, overdue or was never held."""
        return {tale for tale in TALES if stands(tale, self.person, day, known)}

    def send(self, day: date) -> list[Mail]:
        """The mail of a day on which it ran, if there is one."""
        kind = "digest" if self.owed else "at once"
        items = self.owed | self.standing(day, day) if self.owed else self.urgent
        said = frozenset((tale.policy, tale.cycle) for tale in items)
        self.waits, self.urgent, self.owed = self.waits - items, self.urgent - items, set()
        return [(day, self.person, kind, said)] if said else []


def everybody() -> list[str]:
    """All five."""
    return ["ann", "zoe", "ola", "sam", "bo"]


def hearers(tale: Tale) -> list[tuple[str, bool]]:
    """Who hears of a review, and whether only once it is late by 28 days."""
    usual = dict.fromkeys((*PERSON[tale.by], *PERSON[tale.owner]), False)
    return list({"bo": True, **usual}.items())


def stands(tale: Tale, person: str, day: date, known: date) -> bool:
    """Whether it is due or overdue on a day, or was never held, for a person who hears of it."""
    late = dict(hearers(tale)).get(person)
    due = tale.due_on(known)
    if late is None or (due is None and late):
        return False
    return due is None or day >= (due.last + timedelta(28) if late else due.first)


def arrive(tale: Tale, day: date, known: date, waits: set[Tale], urgent: set[Tale], *, late: bool) -> None:
    """Put into a person’s trays what a day brings."""
    due = tale.due_on(known)
    if due is None:
        return
    if late:
        if day == due.last + timedelta(28):
            urgent.add(tale)
        return
    if (due.first - day).days in LEADS:
        waits.add(tale)
    if day in (due.first, due.last + timedelta(1)):
        urgent.add(tale)


def read(day: date, to: str, message: EmailMessage) -> Mail:
    """What a mail says, as a reader sees it."""
    part = message.get_body(("plain",))
    assert part is not None
    words = part.get_content()
    kind = "digest" if "this week’s list" in words else "at once"
    items = frozenset(re.findall(r"policytool record (\S+) (\S+) --held", words))
    return day, to.partition("@")[0].lower(), kind, items


@pytest.mark.parametrize("missed", [never, off])
def test_a_year_day_by_day(
    repository: Repository, mail_server: MailServer, capfd: pytest.CaptureFixture[str], missed: Missed
) -> None:
    """Exactly the mails that the rules ask for, to exactly the people, and no name in anything else."""
    lay_out(repository, mail_server)
    reached = {(day, person) for day, person, _, _ in expected(set(), missed)}
    fails = reached & {(date(2027, 1, 7), "ann"), (date(2027, 3, 17), "zoe"), (date(2027, 4, 26), "zoe")}
    assert fails
    got: list[Mail] = []
    codes: dict[date, int] = {}
    for day in (BEGIN + timedelta(number) for number in range(DAYS)):
        if day in HELD:
            put_on_file(repository, *HELD[day])
        if missed(day):
            continue
        box = mail_server.box
        box.taken.clear()
        box.refuse = {f"{name}@people.example" for when, name in fails if when == day}
        new = ["--new-ledger"] if day == BEGIN else []
        codes[day] = repository.run("--today", str(day), "remind", "--send", *new)
        got += [read(day, to, message) for to, message in box.taken]
        if day.day % 5 == 0 and not box.refuse:
            box.taken.clear()
            assert repository.run("--today", str(day), "remind", "--send") == 0
            assert box.taken == [], "a second run on the same day sends nothing"
    assert _listed(got) == _listed(expected(fails, missed))
    assert {day for day, code in codes.items() if code} == {day for day, _ in fails}
    assert {kind for _, _, kind, _ in got} == {"digest", "at once"}
    assert {person for _, person, _, _ in got} == set(everybody())
    _is_private(repository, capfd)


def _listed(mails: list[Mail]) -> list[str]:
    """A line a mail, in order."""
    return sorted(f"{day} {person}, {kind}: {sorted(items)}" for day, person, kind, items in mails)


def _is_private(repository: Repository, capfd: pytest.CaptureFixture[str]) -> None:
    """No name and no address in the ledger, in a calendar, in what was printed, or in what was built."""
    assert repository.run("remind", "--ics", str(repository.root / "build" / "reviews.ics")) == 0
    assert repository.run("remind", "--format", "json") == 0
    assert repository.run("remind") == 0
    assert repository.run("build") == 0
    printed = "".join(capfd.readouterr())
    assert "sent to" in printed
    assert not PRIVATE.search(printed)
    for path in repository.root.rglob("*"):
        if path.is_file() and path.name != "people.yaml":
            assert not PRIVATE.search(_words(path)), path
    assert (repository.root / "build" / "reviews.ics").is_file()


def _words(path: Path) -> str:
    """All that stands in a file, in a packed one as well."""
    if path.suffix == ".pdf":
        with PdfDocument(path) as document:
            return "".join(page.get_textpage().get_text_bounded() for page in document)
    if not is_zipfile(path):
        return path.read_bytes().decode(errors="replace")
    with ZipFile(path) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def test_every_mail_has_a_name_of_its_own_and_later_ones_refer_to_it(
    repository: Repository, mail_server: MailServer
) -> None:
    """Six weeks of it."""
    lay_out(repository, mail_server)
    for number in range(42):
        new = ["--new-ledger"] * (number == 0)
        assert repository.run("--today", str(BEGIN + timedelta(number)), "remind", "--send", *new) == 0
    names = [str(message["Message-ID"]) for _, message in mail_server.box.taken]
    assert len(names) == len(set(names)) > 10
    for number, (_, message) in enumerate(mail_server.box.taken):
        earlier = str(message["References"] or "").split()
        assert set(earlier) <= set(names[:number])
        assert str(message["In-Reply-To"] or "") == (earlier[-1] if earlier else "")
    assert any(message["References"] for _, message in mail_server.box.taken)


CRASH = dedent(
    """
    import os, sys
    from policytool import deliver
    from policytool.cli import run

    after, sent = sys.argv[1] == "after", 0
    send = deliver.Postbox.send

    def stopping(self, message):
        global sent
        sent += 1
        if sent == int(sys.argv[2]) and not after:
            os._exit(9)
        problem = send(self, message)
        if sent == int(sys.argv[2]):
            os._exit(9)
        return problem

    deliver.Postbox.send = stopping
    os._exit(run(sys.argv[3:]))
    """
)


@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("mail", ["1", "3"])
def test_a_run_that_is_killed_between_the_two_lines_loses_no_mail(
    repository: Repository, mail_server: MailServer, when: str, mail: str
) -> None:
    """The process ends at the third mail, before or after the server took it: at most that one goes out twice."""
    lay_out(repository, mail_server)
    day = date(2027, 3, 16)
    plain = ["--root", str(repository.root), "--today", str(day), "remind", "--send", "--new-ledger"]
    killed = subprocess.run([sys.executable, "-c", CRASH, when, mail, *plain], check=False, cwd=Path.cwd())
    assert killed.returncode == 9
    first = [str(message["Message-ID"]) for _, message in mail_server.box.taken]
    assert len(first) == int(mail) - (when == "before")
    assert repository.run("--today", str(day), "remind", "--send") == 0
    people = [to.lower() for to, _ in mail_server.box.taken]
    assert {person.partition("@")[0] for person in people} == set(everybody())
    assert len(people) == 5 + (when == "after")
    names = [str(message["Message-ID"]) for _, message in mail_server.box.taken]
    assert len(set(names)) == 5, "the second has the name of the first"
    assert repository.run("--today", str(day), "remind", "--send") == 0
    assert len(mail_server.box.taken) == len(people)


def test_two_runs_at_the_same_time_mail_nobody_twice(repository: Repository, mail_server: MailServer) -> None:
    """The second says that another is at work."""
    lay_out(repository, mail_server)
    plain = ["--root", str(repository.root), "--today", "2027-03-16", "remind", "--send", "--new-ledger"]
    command = [sys.executable, "-m", "policytool", *plain]
    environment = {**os.environ, "POLICYTOOL_SMTP_PASSWORD": PASSWORD}
    runs = [
        subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE) for _ in range(3)
    ]
    errors = [run.communicate()[1].decode() for run in runs]
    assert 0 in {run.returncode for run in runs}
    for run, error in zip(runs, errors, strict=True):
        assert run.returncode == 0 or "another `policytool remind --send` is at work" in error
    assert len(mail_server.box.taken) == 5
