"""A repository and its register -> letters, and letters -> sent, each written into the ledger before and after."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from policytool.model.diagnostic import Diagnostic
from policytool.model.library import Library
from policytool.model.register import Register
from policytool.model.reminder import Letter, Person
from policytool.model.settings import Settings, Smtp
from policytool.model.unable import UnableError
from policytool.parse.ledger import ledger as parse_ledger
from policytool.parse.people import mailbox, people
from policytool.parse.text import text as parse_text
from policytool.pipeline.repository import Repository
from policytool.pipeline.reviews import Reviews
from policytool.render.edition import Edition
from policytool.render.ledger import lines
from policytool.render.mail import domain, mail, trial
from policytool.review.reminding import entries, letters
from policytool.store.ledger import LEDGER, Ledger, read

if TYPE_CHECKING:
    from email.message import EmailMessage

    from policytool.deliver import Postbox

PEOPLE = "people.yaml"
PEOPLE_VARIABLE, PASSWORD_VARIABLE = "POLICYTOOL_PEOPLE", "POLICYTOOL_SMTP_PASSWORD"
ADMINISTRATOR = "administrator"
NO_DOMAIN = "policytool.invalid"
"""The domain of a sender who is not known yet; no such domain can be (RFC 2606)."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be sent, and what was wrong with people and ledger; these diagnostics quote nothing."""

    letters: tuple[Letter, ...]
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Sent:
    """What became of a letter; `problem` is "" when the server took it."""

    letter: Letter
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Sender:
    """What sending takes: the library and its register, the ledger held, the postbox open, and the clock."""

    library: Library
    register: Register
    ledger: Ledger
    postbox: Postbox
    clock: Callable[[], datetime]

    def send(self, chosen: Iterable[Letter]) -> Iterator[Sent]:
        """Send each letter, and go on after one that fails. A letter that nobody holds the role for is passed over.

        It is in the ledger before it goes out: whoever stops between the two lines sends it once more, and loses none.
        """
        for letter in chosen:
            if letter.held:
                message = mail(letter, self.register, self.library, writer(self.library.settings), self.clock())
                self.ledger.append(lines(entries(letter, "sending")))
                problem = self.postbox.send(message)
                self.ledger.append(lines(entries(letter, "failed" if problem else "sent")))
                yield Sent(letter, problem)


def plan(library: Library, register: Register, written: str | None, ledger: bytes, root: Path) -> Plan:
    """What is to be sent on the register's day.

    `written` is what the environment says of people, None where it says nothing: then `people.yaml` does. Raises
    `UnableError` where the ledger cannot be trusted.
    """
    holders, found = everybody(root, library.settings, written)
    told, mistakes = parse_ledger(ledger, LEDGER)
    smtp = library.settings.smtp
    host = domain(_sender(smtp)[1]) if smtp else NO_DOMAIN
    return Plan(letters(register, library, holders, told, host), (*found, *mistakes))


def everybody(root: Path, settings: Settings, written: str | None) -> tuple[tuple[Person, ...], list[Diagnostic]]:
    """Who holds which role, from the environment, else from `people.yaml`; nobody where there is neither."""
    if written and written.strip():
        return people(written, PEOPLE_VARIABLE, _roles(settings))
    content = read(root, PEOPLE)
    if content is None:
        return (), []
    text, found = parse_text(content, PEOPLE)
    # What is wrong with its bytes is told without quoting any.
    holders, more = people(text or "", PEOPLE, _roles(settings))
    return holders, [*found, *more]


def _roles(settings: Settings) -> set[str]:
    return {*settings.roles, ADMINISTRATOR}


def writer(settings: Settings) -> tuple[str, str]:
    """The name and address that reminders come from; the organisation’s name where only an address is given."""
    name, address = _sender(server(settings))
    return name or settings.organisation.name, address


def _sender(smtp: Smtp) -> tuple[str, str]:
    return mailbox(smtp.sender) or ("", smtp.sender)


def server(settings: Settings) -> Smtp:
    """The school’s mail server; raises `UnableError` where the settings name none."""
    if settings.smtp is None:
        advice = "add `smtp: {host: …, user: …, from: …}` to policytool.yaml"
        raise UnableError("the settings name no mail server", advice)
    return settings.smtp


def trial_message(library: Library, holders: Iterable[Person], now: datetime) -> EmailMessage:
    """The mail of a self-test: to the first administrator, or to the address that reminders come from."""
    sender = writer(library.settings)
    first = next((one for one in holders if one.role == ADMINISTRATOR), None)
    return trial(library, sender, (first.name, first.address) if first else sender, now)


def calendar_of(repository: Repository, reviews: Reviews, register: Register, *, tells_wording: bool = True) -> bytes:
    """The calendar of all reviews, for programs that read iCalendar (RFC 5545).

    `tells_wording`: with how the text stands to the approved one.
    """
    from policytool.render.calendar import Feed, calendar, host_of  # only where one is asked for

    settings = repository.library.settings
    addresses = {
        policy.id: address
        for policy in repository.library.policies.values()
        if (address := Edition(policy, repository.library).address(policy.id))
    }
    histories = defaultdict(list)
    for dossier in reviews.dossiers.values():
        for record in dossier.records:
            if record.cycle:
                histories[dossier.policy.id, record.cycle].append(record)
    name, host, leads = settings.organisation.name, host_of(settings.publish_address), settings.reminders.lead
    return calendar(register, Feed(name, host, leads, addresses, histories, tells_wording))
