"""Mails as they arrive: at a real SMTP server, or in the folder of a development installation."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.support.servers import free_port

USER, PASSWORD = "coach", "p@ss:word"
_LINK = re.compile(r"https?://\S+\?token=(\S+)")


class MailServer:
    """An SMTP server on a free local port that keeps what it is given."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []

    async def handle_DATA(  # noqa: N802 - the name aiosmtpd asks for
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        content = envelope.original_content or b""
        self.received.append(_parsed(content))
        return "250 OK"


def _parsed(content: bytes) -> EmailMessage:
    message = email.message_from_bytes(content, policy=default)
    assert isinstance(message, EmailMessage)
    return message


def _authenticate(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, data: object):  # type: ignore[no-untyped-def]
    known = LoginPassword(USER.encode(), PASSWORD.encode())
    return AuthResult(success=data == known, handled=False)


@contextmanager
def mail_server() -> Iterator[tuple[MailServer, str]]:
    """A running server and its COACH_SMTP_URL, which holds user and password."""
    server = MailServer()
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=free_port(),
        authenticator=_authenticate,
        auth_required=True,
        auth_require_tls=False,
    )
    controller.start()
    try:
        address = f"127.0.0.1:{controller.port}"
        yield server, f"smtp://{USER}:p%40ss%3Aword@{address}?tls=none"
    finally:
        controller.stop(no_assert=True)


def written(data_dir: Path) -> list[EmailMessage]:
    """The mails of a development installation, oldest first."""
    return [_parsed(file.read_bytes()) for file in sorted((data_dir / "mail").glob("*.eml"))]


def secret_in(message: EmailMessage) -> str:
    """The secret in the link of a mail."""
    found = _LINK.search(message.get_content())
    assert found is not None, message.get_content()
    return found.group(1)
