"""Mails on their way: to a real mail server with and without TLS, into a folder, or nowhere."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Literal

import pytest
import structlog
from fastapi.testclient import TestClient
from sqlmodel import select

from interview_coach.accounts.mail import compose, mailer_of
from interview_coach.accounts.models import MailToken
from interview_coach.jobs import runner
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime, runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, make_client, sign_up
from tests.support.mail import mail_server, make_certificate, written
from tests.support.servers import free_port
from tests.support.workers import work


def _with_settings(monkeypatch: pytest.MonkeyPatch, **settings: str) -> Runtime:
    for name, value in settings.items():
        monkeypatch.setenv(f"COACH_{name}", value)
    load_settings.cache_clear()
    runtime.cache_clear()
    return runtime()


def _with_server(monkeypatch: pytest.MonkeyPatch, url: str) -> Runtime:
    return _with_settings(
        monkeypatch,
        SMTP_URL=url,
        MAIL_FROM="Coach <coach@example.org>",
        PUBLIC_URL="https://coach.example.org",
    )


def _job(house: Runtime) -> OutboxJob:
    with house.database.reading() as session:
        return session.exec(select(OutboxJob)).one()


def test_mails_go_by_the_mail_server(house: Runtime, monkeypatch: pytest.MonkeyPatch) -> None:
    with mail_server() as (server, url):
        mine = _with_server(monkeypatch, url)
        sign_up(make_client())
        work(mine, "light")
        (mail,) = server.received
        assert mail["From"] == "Coach <coach@example.org>"
        assert mail["To"] == "candidate@example.org"
        assert mail.get_content_type() == "text/plain"
        assert "https://coach.example.org/verify?token=" in mail.get_content()


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_mails_are_encrypted_on_their_way(
    house: Runtime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tls: Literal["starttls", "smtps"],
) -> None:
    certificate = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with mail_server(tls, certificate) as (server, url):
        mine = _with_server(monkeypatch, url)
        sign_up(make_client())
        work(mine, "light")
        assert [mail["To"] for mail in server.received] == ["candidate@example.org"]


@pytest.mark.parametrize("tls", ["starttls", "smtps"])
def test_a_mail_server_whose_certificate_nobody_believes_gets_nothing(
    house: Runtime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    tls: Literal["starttls", "smtps"],
) -> None:
    with mail_server(tls, make_certificate(tmp_path)) as (server, url):
        mine = _with_server(monkeypatch, url)
        sign_up(make_client())
        work(mine, "light")
        assert server.received == []
        assert "SSLCertVerificationError" in (_job(mine).last_error or "")


def test_a_mail_server_without_tls_is_told_no_password(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as (server, url):
        mine = _with_server(monkeypatch, url.replace("?tls=none", ""))
        sign_up(make_client())
        work(mine, "light")
        assert server.received == []
        # It would have been let in: what stopped it is that nothing is encrypted.
        assert "SMTPNotSupportedError" in (_job(mine).last_error or "")


def test_a_mail_server_that_refuses_delays_the_mail(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_server() as (server, url):
        mine = _with_server(monkeypatch, url.replace("p%40ss", "wrong"))
        sign_up(make_client())
        work(mine, "light")
        job = _job(mine)
        assert server.received == []
        assert job.status == "waiting"
        assert job.last_error is not None
        assert "SMTPAuthenticationError" in job.last_error
        assert "wrong" not in job.last_error


def test_a_mail_waits_for_a_server_that_is_away_for_minutes(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = _with_server(monkeypatch, f"smtp://127.0.0.1:{free_port()}?tls=none")
    sign_up(make_client())
    waited = 0.0
    for _ in range(8):
        job = _job(mine)
        runner.run(job.id, job.attempt)
        job = _job(mine)
        assert job.status == "waiting"
        waited += (job.available_at - now()).total_seconds()
    assert waited > 8 * 60
    with mail_server() as (server, url):
        mine = _with_server(monkeypatch, url)
        runner.run(job.id, job.attempt)
        assert [mail["To"] for mail in server.received] == ["candidate@example.org"]
    with mine.database.reading() as session:
        # Each try has a secret of its own, and only the last one works.
        assert len(session.exec(select(MailToken)).all()) == 1


def test_in_production_without_a_mail_server_no_mail_is_sent(
    house: Runtime,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    structlog.reset_defaults()
    mine = _with_settings(monkeypatch, ENV="production", SECRET_KEY="k" * 20 + "0123456789abcdef")
    sign_up(make_client())
    work(mine, "light")
    assert _job(mine).status == "done"
    assert written(tmp_path) == []
    with mine.database.reading() as session:
        assert session.exec(select(MailToken)).all() == []
    assert "COACH_SMTP_URL is not set" in capfd.readouterr().out


def test_a_mail_written_while_developing_is_its_owners_alone(
    house: Runtime, anonymous: TestClient, tmp_path: Path
) -> None:
    sign_up(anonymous)
    work(house, "light")
    (file,) = (tmp_path / "mail").glob("*.eml")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert "http://127.0.0.1:3000/verify?token=" in written(tmp_path)[0].get_content()


BENT = [
    "x,victim@example.org",
    "me<victim@example.org>",
    "me;victim@example.org",
    "a(b)@example.org",
    "victim@example.org,other.org",
    "a\r\nbcc:victim@example.org",
    "group:victim@example.org",
]


@pytest.mark.parametrize(
    "bent", [*BENT, '"a"@example.org', "a\x01b@example.org", "a\u2028b@example.org"]
)
def test_an_address_is_one_address(anonymous: TestClient, bent: str) -> None:
    body = {"email": bent, "password": PASSWORD, "full_name": "A B"}
    answer = anonymous.post("/api/v1/auth/register", json=body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "body.email"


@pytest.mark.parametrize("bent", BENT)
def test_a_mail_goes_to_nobody_rather_than_to_somebody_else(house: Runtime, bent: str) -> None:
    with pytest.raises((CoachError, ValueError)):
        compose(house.settings, bent, "Subject", "Text")


@pytest.mark.parametrize("good", ["first.last+tag@example.co.uk", "o'neill@example.org", "ü@ü.de"])
def test_usual_addresses_are_written_to(house: Runtime, tmp_path: Path, good: str) -> None:
    mailer = mailer_of(house.settings)
    assert mailer is not None
    mailer.send(compose(house.settings, good, "Subject", "Text"))
    assert [mail["To"] for mail in written(tmp_path)] == [good]
