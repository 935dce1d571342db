"""Mailed secrets: what arrives, what it opens, and that it opens only once."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from interview_coach.accounts import administration
from interview_coach.accounts.models import AuditEvent, MailToken
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from interview_coach.settings import load_settings
from tests.conftest import PASSWORD, Api, make_client, sign_up
from tests.support.hashing import held_hashing
from tests.support.mail import secret_in, written
from tests.support.workers import work

NEW = "another long password"
RESET = "/api/v1/auth/password/reset"


@pytest.fixture
def api(house: Runtime) -> Api:
    """An account as it is right after signing up: its mail has not gone out yet."""
    return sign_up(make_client())


def _ask(client: TestClient, email: str = "candidate@example.org") -> None:
    answer = client.post("/api/v1/auth/password/forgot", json={"email": email})
    assert answer.status_code == 202
    assert answer.text == "null"


def _mailed(house: Runtime, tmp_path: Path) -> str:
    work(house, "light")
    return secret_in(written(tmp_path)[-1])


def _signs_in(password: str) -> bool:
    form = {"username": "candidate@example.org", "password": password}
    return make_client().post("/api/v1/auth/login", data=form).status_code == 200


def test_a_new_account_is_asked_to_confirm_its_address(
    house: Runtime, api: Api, tmp_path: Path
) -> None:
    secret = _mailed(house, tmp_path)
    mail = written(tmp_path)[-1]
    assert mail["To"] == "candidate@example.org"
    assert mail["Subject"] == "Confirm your e-mail address"
    assert api.get("/api/v1/users/me").json()["email_verified"] is False
    verify = {"token": secret}
    assert make_client().post("/api/v1/auth/email/verify", json=verify).status_code == 204
    assert api.get("/api/v1/users/me").json()["email_verified"] is True
    again = make_client().post("/api/v1/auth/email/verify", json=verify)
    assert again.status_code == 410
    assert again.json()["code"] == "mail_token"
    # Once it is confirmed, asking again sends nothing.
    assert api.post("/api/v1/auth/email/send").status_code == 202
    work(house, "light")
    assert len(written(tmp_path)) == 1


def test_a_forgotten_password_is_set_anew_and_ends_every_session(
    any_house: Runtime, any_api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    secret = _mailed(any_house, tmp_path)
    client = make_client()
    assert client.post(RESET, json={"token": secret, "password": NEW}).status_code == 204
    assert any_api.get("/api/v1/users/me").status_code == 401
    assert not _signs_in(PASSWORD)
    assert _signs_in(NEW)
    assert client.post(RESET, json={"token": secret, "password": NEW}).status_code == 410


def test_who_signed_up_with_somebody_elses_address_keeps_nothing(
    any_house: Runtime, any_api: Api, tmp_path: Path
) -> None:
    wanted = {"name": "kept", "scopes": ["read", "write"], "days": 365}
    token = any_api.post("/api/v1/users/me/tokens", json=wanted).json()["token"]
    kept = {"Authorization": f"Bearer {token}"}
    assert make_client().get("/api/v1/users/me", headers=kept).status_code == 200
    _ask(make_client())
    body = {"token": _mailed(any_house, tmp_path), "password": NEW}
    assert make_client().post(RESET, json=body).status_code == 204
    assert make_client().get("/api/v1/users/me", headers=kept).status_code == 401


def test_a_refused_password_leaves_the_link_working(
    house: Runtime, api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    secret = _mailed(house, tmp_path)
    refused = make_client().post(RESET, json={"token": secret, "password": "password123"})
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["field"] == "body.password"
    assert make_client().post(RESET, json={"token": secret, "password": NEW}).status_code == 204


def test_only_the_newest_link_works_and_only_for_an_hour(
    house: Runtime, api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    first = _mailed(house, tmp_path)
    _ask(make_client())
    second = _mailed(house, tmp_path)
    assert make_client().post(RESET, json={"token": first, "password": NEW}).status_code == 410
    with house.database.writing() as session:
        token = session.exec(select(MailToken).where(MailToken.purpose == "reset")).one()
        assert token.expires_at - token.created_at < timedelta(hours=1, seconds=5)
        token.expires_at = now() - timedelta(seconds=1)
        session.add(token)
    assert make_client().post(RESET, json={"token": second, "password": NEW}).status_code == 410


def test_a_secret_opens_only_what_it_was_sent_for(house: Runtime, api: Api, tmp_path: Path) -> None:
    verify = _mailed(house, tmp_path)
    assert make_client().post(RESET, json={"token": verify, "password": NEW}).status_code == 410


def test_nobody_can_tell_whether_an_account_exists(
    house: Runtime, api: Api, tmp_path: Path
) -> None:
    work(house, "light")
    _ask(make_client())
    _ask(make_client(), "nobody@example.org")
    with house.database.reading() as session:
        jobs = [job for job in session.exec(select(OutboxJob)) if job.status != "done"]
        asked = session.exec(select(AuditEvent).where(AuditEvent.action == "password_reset_asked"))
        assert [event.subject for event in asked] == [api.user["id"], None]
    assert [job.payload["purpose"] for job in jobs] == ["reset", "reset"]
    work(house, "light")
    assert [mail["To"] for mail in written(tmp_path)][1:] == ["candidate@example.org"]


def test_mails_to_one_address_are_slowed(api: Api) -> None:
    for _ in range(3):
        _ask(make_client())
    last = make_client().post(
        "/api/v1/auth/password/forgot", json={"email": "candidate@example.org"}
    )
    assert last.status_code == 429


def test_nobody_can_void_a_candidates_link_without_end(
    house: Runtime, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("COACH_TRUSTED_PROXIES", "1")
    load_settings.cache_clear()
    sign_up(make_client())
    statuses = [
        make_client()
        .post(
            "/api/v1/auth/password/forgot",
            json={"email": "candidate@example.org"},
            headers={"X-Forwarded-For": f"203.0.113.{number}"},
        )
        .status_code
        for number in range(10)
    ]
    assert statuses == [202] * 6 + [429] * 4
    # The newest of them works for the rest of its hour.
    secret = _mailed(house, tmp_path)
    assert make_client().post(RESET, json={"token": secret, "password": NEW}).status_code == 204


def test_no_secret_is_kept_as_it_was_sent(house: Runtime, api: Api, tmp_path: Path) -> None:
    secret = _mailed(house, tmp_path)
    with house.database.reading() as session:
        assert secret not in str([row.model_dump() for row in session.exec(select(MailToken))])
        assert secret not in str([row.payload for row in session.exec(select(OutboxJob))])


def test_a_link_of_a_locked_account_sets_nothing(
    any_house: Runtime, any_api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    secret = _mailed(any_house, tmp_path)
    with any_house.database.writing() as session:
        administration.lock(session, any_api.user["id"], actor=None)
    assert make_client().post(RESET, json={"token": secret, "password": NEW}).status_code == 410
    with any_house.database.writing() as session:
        administration.unlock(session, any_api.user["id"], actor=None)
    assert _signs_in(PASSWORD)


def test_a_changed_password_voids_a_link_that_was_mailed(
    house: Runtime, api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    secret = _mailed(house, tmp_path)
    change = {"current_password": PASSWORD, "new_password": NEW}
    assert api.put("/api/v1/users/me/password", json=change).status_code == 204
    body = {"token": secret, "password": "a third long password"}
    assert make_client().post(RESET, json=body).status_code == 410
    assert _signs_in(NEW)


def test_of_two_who_use_one_link_one_sets_the_password(
    any_house: Runtime, any_api: Api, tmp_path: Path
) -> None:
    _ask(make_client())
    secret = _mailed(any_house, tmp_path)
    wanted = [NEW, "a third long password"]
    with held_hashing() as hashing:
        both = [
            hashing.waiting(
                lambda given=given: make_client().post(
                    RESET, json={"token": secret, "password": given}
                )
            )
            for given in wanted
        ]
        hashing.let_go()
        statuses = [each.result(20).status_code for each in both]
    assert sorted(statuses) == [204, 410]
    assert [_signs_in(given) for given in wanted] == [status == 204 for status in statuses]
