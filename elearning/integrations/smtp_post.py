"""Hands letters to a mail server over one connection; opens another when that one is gone."""

from __future__ import annotations

import smtplib
import ssl
from dataclasses import dataclass, field
from email.message import EmailMessage

from elearning.clock import Clock
from elearning.config import Settings, SmtpTls
from elearning.integrations.letters import Sender, as_email
from elearning.learning.letter import Letter, Outcome

FIRST_PERMANENT = 500


@dataclass(slots=True)
class SmtpPost:
    """A mail server, as the settings name it; every answer is waited for a limited time."""

    settings: Settings
    sender: Sender
    clock: Clock
    tls: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    _server: smtplib.SMTP | None = None

    def send(self, letter: Letter) -> Outcome:
        """Send one letter, and say what became of it."""
        try:
            message = as_email(letter, self.sender, self.clock.now())
        except ValueError:  # an address that is none: trying again would not help
            return Outcome.REFUSED
        try:
            return self._hand_over(message)
        except (OSError, smtplib.SMTPException):
            self._forget()
            return Outcome.UNREACHABLE

    def close(self) -> None:
        """Say goodbye; a server that is gone already is no trouble."""
        if self._server is not None:
            try:
                self._server.quit()
            except (OSError, smtplib.SMTPException):
                self._server.close()
            self._server = None

    def _hand_over(self, message: EmailMessage) -> Outcome:
        server = self._connected()
        try:
            server.send_message(message)
        except smtplib.SMTPRecipientsRefused as refused:
            return _outcome(min(code for code, _ in refused.recipients.values()))
        except (smtplib.SMTPSenderRefused, smtplib.SMTPDataError) as refused:
            return _outcome(refused.smtp_code)
        except smtplib.SMTPNotSupportedError:  # an address in letters that this server cannot take
            return Outcome.REFUSED
        return Outcome.ACCEPTED

    def _connected(self) -> smtplib.SMTP:
        if self._server is None:
            self._server = self._connect()
        return self._server

    def _connect(self) -> smtplib.SMTP:
        chosen = self.settings
        host, port, timeout = chosen.smtp_host or "", chosen.smtp_port, chosen.smtp_timeout
        if chosen.smtp_tls is SmtpTls.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=timeout, context=self.tls)
        else:
            server = smtplib.SMTP(host, port, timeout=timeout)
        try:
            if chosen.smtp_tls is SmtpTls.STARTTLS:
                server.starttls(context=self.tls)
            if chosen.smtp_user is not None:
                server.login(chosen.smtp_user, chosen.smtp_password or "")
        except (OSError, smtplib.SMTPException):
            server.close()
            raise
        return server

    def _forget(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None


def _outcome(code: int) -> Outcome:
    return Outcome.REFUSED if code >= FIRST_PERMANENT else Outcome.NOT_NOW
