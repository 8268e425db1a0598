"""A real mail server on loopback: STARTTLS with a certificate of its own, a login, and faults on demand.

A test module imports the fixtures `certificate` and `mail_server`, and asks for the second.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as PARSED
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from policytool.model.settings import Smtp

USER, PASSWORD = "reminders", "a long secret"
SENDER = "Example School <clerk@school.example>"


@dataclass
class Box:
    """What the server was given, and how it is to fail: by address, or for the next messages in turn.

    `refuse` refuses a recipient; `drop` breaks off in the middle of DATA, `slow` answers too late: so many times each.
    """

    taken: list[tuple[str, EmailMessage]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    refuse: set[str] = field(default_factory=set)
    drop: int = 0
    slow: int = 0
    logins: int = 0

    async def handle_RCPT(  # noqa: N802  # named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str], *_: object
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.refuse:
            return f"550 no such mailbox <{address}>"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Take a message, unless a fault is due."""
        content = envelope.content
        assert isinstance(content, bytes)
        if self.slow:
            self.slow -= 1
            await asyncio.sleep(3)
            return "451 too late"
        if self.drop:
            self.drop -= 1
            assert server.transport is not None
            server.transport.close()
            return "451 gone"
        message = message_from_bytes(content, policy=PARSED)
        assert isinstance(message, EmailMessage)
        self.raw.append(content)
        self.taken.append((envelope.rcpt_tos[0], message))
        return "250 taken"

    def authenticate(self, _server: SMTP, _session: Session, _envelope: Envelope, _kind: str, given: Any) -> AuthResult:
        """Whether user and password are right."""
        self.logins += 1
        right = LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=given == right, handled=False)


@dataclass
class MailServer:
    """The server, where it listens, and what it was given."""

    box: Box
    port: int

    @property
    def smtp(self) -> Smtp:
        """The settings that reach it."""
        return Smtp("localhost", SENDER, self.port, "starttls", USER)

    @property
    def yaml(self) -> str:
        """The same as a line of `policytool.yaml`."""
        return f'smtp: {{host: localhost, port: {self.port}, user: {USER}, from: "{SENDER}"}}\n'


class _Server(Controller):
    """Begins on a port that is free, which the system chooses."""

    def _trigger_server(self) -> None:
        assert isinstance(self.server, asyncio.base_events.Server)
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, Path]:
    """A server’s certificate for localhost, and the file that says who is to be trusted for it."""
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    trusted = tmp_path_factory.mktemp("authority") / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    return context, trusted


@pytest.fixture
def mail_server(certificate: tuple[ssl.SSLContext, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A server that takes mail only over TLS and only after a login; its certificate is trusted meanwhile."""
    context, trusted = certificate
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    monkeypatch.setenv("POLICYTOOL_SMTP_PASSWORD", PASSWORD)
    box = Box()
    server = _Server(
        box,
        hostname="127.0.0.1",
        port=0,
        tls_context=context,
        require_starttls=True,
        auth_required=True,
        authenticator=box.authenticate,
        enable_SMTPUTF8=True,
        ident="test",
    )
    server.start()
    yield MailServer(box, server.port)
    server.stop()
