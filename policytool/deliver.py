"""Messages -> a mail server, over SMTP (RFC 5321): the only room that speaks it.

What a server answers may quote addresses: of its words nothing is passed on, only the number.
"""

from __future__ import annotations

import smtplib
import ssl
from email.message import EmailMessage
from types import TracebackType
from typing import Self

from policytool.model.settings import Smtp
from policytool.model.unable import UnableError

PATIENCE = 30.0
"""Seconds that a server may take for one answer."""
_HERE = "[127.0.0.1]"
"""What we call ourselves: the machine's own name is nobody's business, and finding it out can take seconds."""
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Postbox:
    """A connection to the school's mail server, encrypted and logged in as the settings say.

    Entering it raises `UnableError` where that cannot be had. One that breaks is built up again for the next message.
    """

    def __init__(self, server: Smtp, password: str = "", patience: float = PATIENCE) -> None:
        self._server, self._password, self._patience = server, password, patience
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        self._smtp = self._connect()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._smtp and self._smtp.sock:
            try:
                self._smtp.quit()
            except (OSError, smtplib.SMTPException):
                self._smtp.close()

    def send(self, message: EmailMessage) -> str:
        """Hand a message over, to the one person it is addressed to; "" when the server took it, else why it did not.

        After a connection that breaks or an answer that does not come in time, nobody knows whether it was taken: that
        counts as not sent.
        """
        try:
            self._taken(message)
        except UnableError as error:
            return str(error)
        except smtplib.SMTPRecipientsRefused as error:
            [(code, _)] = error.recipients.values()
            return f"the server refuses the address ({code})"
        except smtplib.SMTPResponseException as error:
            return f"the server refuses the message ({error.smtp_code})"
        except smtplib.SMTPNotSupportedError:
            return "the server takes no addresses with other than plain letters"
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            return _broken(error)
        return ""

    def _taken(self, message: EmailMessage) -> None:
        if self._smtp is None or self._smtp.sock is None:
            self._smtp = self._connect()
        sender, recipient = (message[name].addresses[0].addr_spec for name in ("From", "To"))
        self._smtp.send_message(message, sender, [recipient])

    def _drop(self) -> None:
        if self._smtp:
            self._smtp.close()
        self._smtp = None

    def _connect(self) -> smtplib.SMTP:
        try:
            return self._ready(self._reached())
        except smtplib.SMTPAuthenticationError as error:
            advice = "check `smtp: user` in policytool.yaml and POLICYTOOL_SMTP_PASSWORD in the environment"
            raise UnableError(f"the mail server refuses user or password ({error.smtp_code})", advice) from error
        except ssl.SSLCertVerificationError as error:
            advice = "check `smtp: host`: it must be the name that the certificate is made out to"
            raise UnableError(f"the mail server’s certificate cannot be trusted: {_reason(error)}", advice) from error
        except (OSError, smtplib.SMTPException) as error:
            where = f"{self._server.host}, port {self._server.port}"
            advice = "check `smtp:` in policytool.yaml: host, port, and security"
            raise UnableError(f"no connection to the mail server ({where}): {_broken(error)}", advice) from error

    def _reached(self) -> smtplib.SMTP:
        host, port = self._server.host, self._server.port
        if self._server.security == "tls":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(host, port, _HERE, timeout=self._patience, context=context)
        return smtplib.SMTP(host, port, _HERE, timeout=self._patience)

    def _ready(self, smtp: smtplib.SMTP) -> smtplib.SMTP:
        """The connection, encrypted and logged in; closed where it cannot be."""
        try:
            if self._server.security == "starttls":
                smtp.starttls(context=ssl.create_default_context())
            smtp.ehlo_or_helo_if_needed()
            if self._server.user:
                self._log_in(smtp)
        except BaseException:
            smtp.close()
            raise
        return smtp

    def _log_in(self, smtp: smtplib.SMTP) -> None:
        if not self._password:
            advice = "put it into POLICYTOOL_SMTP_PASSWORD in the environment; it stands in no file"
            raise UnableError(f"the password of the mail server’s user `{self._server.user}` is missing", advice)
        if self._server.security == "none" and self._server.host not in _LOOPBACK:
            advice = "let `security:` be starttls or tls, or leave `user:` out"
            raise UnableError("a password is not sent to a mail server without encryption", advice)
        smtp.login(self._server.user, self._password)


def _broken(error: Exception) -> str:
    """Why a connection came to nothing, in words that quote nobody."""
    # smtplib tells a read that took too long as a connection that was closed.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "the server did not answer in time"
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return "the server broke off"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"the server refuses ({error.smtp_code})"
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "the server does not offer what is asked for"
    return _reason(error)


def _reason(error: Exception) -> str:
    detail = getattr(error, "verify_message", "") or getattr(error, "strerror", "") or type(error).__name__
    return str(detail).lower()
