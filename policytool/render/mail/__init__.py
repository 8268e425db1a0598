"""Letters -> mails: plain text and HTML, which say the same.

Headers are made by the standard library from values, never from strings put together; what a policy or a person is
called stands in a body, or as a display name that has lost what could end a line.
"""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from policytool.model.library import Library
from policytool.model.register import Register
from policytool.model.reminder import Letter
from policytool.render.mail.shown import Shown, shown
from policytool.render.mail.text import text

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage

# What may stand in a name and would steer what is shown round it: line ends, and marks that turn the direction.
_STEERING = frozenset("\u2028\u2029\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_SURROGATES = range(0xD800, 0xE000)
_SPACE = 0x20
_CONTROLS = range(0x7F, 0xA0)


def mail(letter: Letter, register: Register, library: Library, sender: tuple[str, str], now: datetime) -> EmailMessage:
    """A letter as a message that can be sent. `sender` is (name, address), `now` the moment it goes out."""
    page = shown(letter, register, library)
    person = letter.person
    message = _message(page, sender, (person.name, person.address), letter.message_id, now)
    if letter.references:
        message["In-Reply-To"] = letter.references[-1]
        message["References"] = " ".join(letter.references)
    return message


def trial(library: Library, sender: tuple[str, str], recipient: tuple[str, str], now: datetime) -> EmailMessage:
    """A message that only shows that mail arrives; sender and recipient are (name, address)."""
    name = library.settings.organisation.name
    page = Shown(
        "Test of the policy reminders",
        recipient[0],
        (
            f"This is a test: policytool can send reminders of policy reviews at {name}.",
            "Nothing needs to be done.",
        ),
        (),
        f"Sent by `policytool remind --self-test` for {name}.",
        name,
    )
    mark = sha256(now.isoformat().encode()).hexdigest()[:24]
    return _message(page, sender, recipient, f"<{now.date()}.test.{mark}@{domain(sender[1])}>", now)


def domain(address: str) -> str:
    """The domain of an address, in ASCII (RFC 5890)."""
    return address.rpartition("@")[2].encode("idna").decode().lower()


def _message(
    page: Shown, sender: tuple[str, str], recipient: tuple[str, str], message_id: str, now: datetime
) -> EmailMessage:
    # Only a mail that is sent needs these: 20 ms.
    from email.message import EmailMessage
    from email.policy import SMTP
    from email.utils import format_datetime

    from policytool.render.templates import legal, template

    message = EmailMessage(SMTP)
    message["Subject"] = page.subject
    message["From"] = _address(*sender)
    message["To"] = _address(*recipient)
    message["Date"] = format_datetime(now)
    message["Message-ID"] = message_id
    # RFC 3834, 5: nobody’s holiday notice answers it.
    message["Auto-Submitted"] = "auto-generated"
    # Not every server on the way takes eight bits.
    message.set_content(_plain(text(page)), cte="quoted-printable")
    html = template(__name__, "mail.html.jinja").render(page=page)
    message.add_alternative(legal(html), subtype="html", cte="quoted-printable")
    return message


def _address(name: str, address: str) -> Address:
    from email.headerregistry import Address

    return Address(_steady(name), address.rpartition("@")[0], domain(address))


def _steady(name: str) -> str:
    """A name without what could end a header, or turn round what stands beside it."""
    kept = "".join(one for one in name if one not in _STEERING and not _is_control(one))
    return " ".join(kept.split())


def _plain(body: str) -> str:
    return "".join(one for one in body if one == "\n" or not _is_control(one))


def _is_control(one: str) -> bool:
    return ord(one) < _SPACE or ord(one) in _CONTROLS or ord(one) in _SURROGATES
