"""The postbox, against a real server that encrypts, asks for a login, and fails on demand."""

from __future__ import annotations

from dataclasses import replace
from email.message import EmailMessage
from email.policy import SMTP

import pytest

from policytool.deliver import Postbox
from policytool.model.unable import UnableError
from tests.mail import PASSWORD, MailServer, certificate, mail_server

__all__ = ["certificate", "mail_server"]


def message(to: str = "Jane Doe <jane@people.example>", words: str = "one") -> EmailMessage:
    """A small message."""
    made = EmailMessage(SMTP)
    made["From"], made["To"], made["Subject"] = "clerk@school.example", to, words
    made.set_content(words)
    return made


def test_a_message_goes_out_encrypted_and_after_a_login(mail_server: MailServer) -> None:
    """The server takes it no other way; one login serves for many messages."""
    with Postbox(mail_server.smtp, PASSWORD) as postbox:
        assert [postbox.send(message()), postbox.send(message())] == ["", ""]
    assert [to for to, _ in mail_server.box.taken] == ["jane@people.example"] * 2
    assert mail_server.box.logins == 1


def test_a_refused_recipient_does_not_stop_the_next_and_is_not_named(mail_server: MailServer) -> None:
    """The server’s answer quotes the address; what is told is its number."""
    mail_server.box.refuse.add("jane@people.example")
    with Postbox(mail_server.smtp, PASSWORD) as postbox:
        assert postbox.send(message()) == "the server refuses the address (550)"
        assert postbox.send(message("sam@people.example")) == ""
    assert [to for to, _ in mail_server.box.taken] == ["sam@people.example"]


def test_a_connection_that_breaks_in_the_middle_is_built_up_again(mail_server: MailServer) -> None:
    """That message counts as not sent, and the next goes out."""
    mail_server.box.drop = 1
    with Postbox(mail_server.smtp, PASSWORD) as postbox:
        assert postbox.send(message()) == "the server broke off"
        assert postbox.send(message(words="two")) == ""
    assert [str(one["Subject"]) for _, one in mail_server.box.taken] == ["two"]
    assert mail_server.box.logins == 2


def test_a_slow_server_is_not_waited_for(mail_server: MailServer) -> None:
    """After the time it is given the message counts as not sent."""
    mail_server.box.slow = 1
    with Postbox(mail_server.smtp, PASSWORD, patience=0.5) as postbox:
        assert postbox.send(message()) == "the server did not answer in time"
        assert postbox.send(message(words="two")) == ""


def test_a_server_that_has_gone_fails_each_message_in_turn(mail_server: MailServer) -> None:
    """Nothing is raised once the first connection stood."""
    mail_server.box.drop = 1
    postbox = Postbox(mail_server.smtp, PASSWORD)
    with postbox:
        assert postbox.send(message())
        postbox._server = replace(mail_server.smtp, port=1)  # noqa: SLF001  # as if it listened no longer
        assert "no connection" in postbox.send(message())


@pytest.mark.parametrize(
    ("changed", "password", "told"),
    [
        ({}, "wrong", "refuses user or password"),
        ({}, "", "password of the mail server’s user `reminders` is missing"),
        ({"host": "127.0.0.1"}, PASSWORD, "certificate cannot be trusted"),
        ({"port": 1}, PASSWORD, "no connection to the mail server (localhost, port 1)"),
        ({"host": "no-such-host.invalid"}, PASSWORD, "no connection to the mail server (no-such-host.invalid"),
        ({"security": "tls"}, PASSWORD, "no connection to the mail server"),
        ({"security": "none"}, PASSWORD, "no connection to the mail server"),
    ],
)
def test_what_cannot_be_had_is_told_before_anything_is_sent(
    mail_server: MailServer, changed: dict[str, str], password: str, told: str
) -> None:
    """Login, certificate, host, port, encryption: each in words, and never the password."""
    with pytest.raises(UnableError) as caught, Postbox(replace(mail_server.smtp, **changed), password, 2):  # type: ignore[arg-type]
        pass
    assert told in str(caught.value)
    assert PASSWORD not in f"{caught.value} {caught.value.advice}"


def test_a_certificate_that_nobody_vouches_for_is_refused(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the authority’s own certificate there is no sending."""
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(UnableError, match="certificate"), Postbox(mail_server.smtp, PASSWORD):
        pass


def test_a_password_does_not_leave_the_machine_in_the_clear() -> None:
    """`security: none` with a user is for a server on this machine only."""

    class Plain:
        def ehlo_or_helo_if_needed(self) -> None:
            """Greet."""

        def close(self) -> None:
            """Hang up."""

    from policytool.model.settings import Smtp

    postbox = Postbox(Smtp("mail.school.example", "a@b.example", 25, "none", "user"), "secret")
    with pytest.raises(UnableError, match="without encryption"):
        postbox._ready(Plain())  # type: ignore[arg-type]  # noqa: SLF001


@pytest.mark.parametrize("address", ["jürgen@people.example", "用户@people.example"])
def test_an_address_with_any_letters_goes_out(mail_server: MailServer, address: str) -> None:
    """By SMTPUTF8 (RFC 6531), which the server must offer."""
    with Postbox(mail_server.smtp, PASSWORD) as postbox:
        from email.headerregistry import Address

        made = message("x@y.example")
        del made["To"]
        local, _, domain = address.partition("@")
        made["To"] = Address("Jürgen", local, domain)
        assert postbox.send(made) == ""
    [(to, _)] = mail_server.box.taken
    assert to == address
    assert f"<{address}>".encode() in mail_server.box.raw[0]
