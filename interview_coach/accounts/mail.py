"""Mail: by SMTP, into a folder while developing, or not at all.

`COACH_SMTP_URL` is `smtp://user:password@host:587` (STARTTLS; `?tls=none` without it) or
`smtps://user:password@host:465`. The certificate of the server is checked, and a server that
offers no TLS is told neither password nor mail.
"""

from __future__ import annotations

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from interview_coach.kit.errors import CoachError
from interview_coach.kit.ids import new_id
from interview_coach.kit.logging import get_logger
from interview_coach.settings import Settings

_SECONDS = 15.0
_PORTS = {"smtp": 587, "smtps": 465}
_OWNER_ONLY = 0o600
log = get_logger("accounts.mail")


class Mailer(Protocol):
    """Whatever brings a mail on its way."""

    def send(self, message: EmailMessage) -> None:
        """Send it; CoachError `mail` when it cannot be sent now."""


class SmtpMailer:
    """Sends by an SMTP server."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._host = parts.hostname or "localhost"
        self._port = parts.port or _PORTS[parts.scheme]
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._wrapped = parts.scheme == "smtps"
        self._starttls = parse_qs(parts.query).get("tls", ["starttls"])[0] != "none"

    def send(self, message: EmailMessage) -> None:
        """Send it; a server that is away or refuses raises CoachError `mail`."""
        with self._signed_in() as server:
            server.send_message(message)

    def check(self) -> None:
        """Whether a mail would be taken, as far as that shows without one; CoachError `mail`."""
        with self._signed_in():
            pass

    @contextmanager
    def _signed_in(self) -> Iterator[smtplib.SMTP]:
        try:
            with self._connected() as server:
                if self._user:
                    server.login(self._user, self._password)
                yield server
        except (smtplib.SMTPException, OSError) as error:
            # What a server answers can repeat the address it refused: only its kind is told, and
            # no cause that would bring it into the log.
            raise CoachError(
                "mail", f"The mail server does not take it: {type(error).__name__}.", 503
            ) from None

    def _connected(self) -> smtplib.SMTP:
        if self._wrapped:
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context)
        server = smtplib.SMTP(self._host, self._port, timeout=_SECONDS)
        try:
            if self._starttls:
                server.starttls(context=ssl.create_default_context())
        except (smtplib.SMTPException, OSError):
            server.close()
            raise
        return server


class FolderMailer:
    """Writes each mail into a folder, for development: the log names the file, not its secret."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, message: EmailMessage) -> None:
        """Write it; readable by the owner of the folder alone."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = self._folder / f"{new_id()}.eml"
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(bytes(message))
        log.info("mail written, no mail server is set", file=str(file))


def mailer_of(settings: Settings) -> Mailer | None:
    """The mailer of these settings; None when no mail can be sent."""
    if settings.smtp_url is not None:
        return SmtpMailer(settings.smtp_url.get_secret_value())
    if settings.env == "development":
        return FolderMailer(settings.data_dir / "mail")
    return None


def site_address(settings: Settings) -> str:
    """Where links in mails lead."""
    return settings.public_url or f"http://127.0.0.1:{settings.port}"


def compose(settings: Settings, to: str, subject: str, text: str) -> EmailMessage:
    """A plain mail of this installation to one address; CoachError `mail` when it is none."""
    host = urlsplit(site_address(settings)).hostname or "localhost"
    message = EmailMessage()
    message["From"] = settings.mail_from or f"Interview Coach <no-reply@{host}>"
    message["To"] = to
    if [address.addr_spec for address in message["To"].addresses] != [to]:
        raise CoachError("mail", "The address of this account is not one address.", 422)
    message["Subject"] = subject
    message["Date"] = formatdate()
    message["Message-ID"] = make_msgid(domain=host)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message
