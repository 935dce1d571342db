"""Mails as they arrive: at a real SMTP server, or in the folder of a development installation."""

from __future__ import annotations

import email
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email.message import EmailMessage
from email.policy import default
from ipaddress import ip_address
from pathlib import Path
from typing import Literal

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from interview_coach.kit.clock import now
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
def mail_server(
    tls: Literal["none", "starttls", "smtps"] = "none", certificate: Path | None = None
) -> Iterator[tuple[MailServer, str]]:
    """A running server and its COACH_SMTP_URL, which holds user and password.

    tls: how it encrypts; then with this certificate and key, a PEM file.
    """
    server = MailServer()
    context = None
    if certificate is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
    controller = Controller(
        server,
        hostname="127.0.0.1",
        port=free_port(),
        ssl_context=context if tls == "smtps" else None,
        tls_context=context if tls == "starttls" else None,
        require_starttls=tls == "starttls",
        authenticator=_authenticate,
        auth_required=True,
        auth_require_tls=tls == "starttls",
    )
    controller.start()
    scheme, end = {"smtps": ("smtps", ""), "starttls": ("smtp", "")}.get(tls, ("smtp", "?tls=none"))
    try:
        yield server, f"{scheme}://{USER}:p%40ss%3Aword@127.0.0.1:{controller.port}{end}"
    finally:
        controller.stop(no_assert=True)


def make_certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 that only who is given it believes, with its key, as PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail server")])
    host = x509.IPAddress(ip_address("127.0.0.1"))
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(minutes=1))
        .not_valid_after(now() + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([host]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    file = folder / "mail-server.pem"
    file.write_bytes(certificate.public_bytes(serialization.Encoding.PEM) + secret)
    return file


def written(data_dir: Path) -> list[EmailMessage]:
    """The mails of a development installation, oldest first."""
    return [_parsed(file.read_bytes()) for file in sorted((data_dir / "mail").glob("*.eml"))]


def secret_in(message: EmailMessage) -> str:
    """The secret in the link of a mail."""
    found = _LINK.search(message.get_content())
    assert found is not None, message.get_content()
    return found.group(1)
