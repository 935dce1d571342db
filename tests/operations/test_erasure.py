"""After an account is deleted nothing of it is left, whatever ran at that moment."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from interview_coach.accounts import audit, erasure
from interview_coach.accounts.models import AuditEvent
from interview_coach.jobs import repository as outbox
from interview_coach.jobs import runner, service
from interview_coach.jobs.models import OutboxJob
from interview_coach.kit.clock import now
from interview_coach.operations import erasure as files
from interview_coach.runtime import Runtime, runtime
from tests.conftest import PASSWORD, Api, make_client, sign_up
from tests.support.accounts import ME, fill, objects_of, rows_of
from tests.support.workers import work


def _erase(api: Api, password: str = PASSWORD) -> tuple[int, str]:
    answer = api.request("DELETE", ME, json={"password": password})
    return answer.status_code, answer.json()["code"] if answer.content else ""


def _erasing_jobs(house: Runtime) -> list[OutboxJob]:
    with house.database.reading() as session:
        wanted = select(OutboxJob).where(OutboxJob.kind == erasure.ERASE_FILES)
        return sorted(session.exec(wanted), key=lambda job: job.available_at)


def test_nothing_of_a_deleted_account_is_left(any_api: Api, any_house: Runtime) -> None:
    fill(any_api)
    work(any_house)
    assert any_api.post(f"{ME}/export").status_code == 202
    work(any_house)
    user_id = any_api.user["id"]
    before = rows_of(any_house, user_id)
    assert {name for name, count in before.items() if count} >= {
        "users",
        "sessions",
        "preferences",
        "personal_tokens",
        "data_exports",
        "interviews",
        "answers",
        "recordings",
        "analyses",
        "sound_lanes",
        "outbox_jobs",
    }
    kinds = {name.split("/")[0] for name in objects_of(any_house, user_id)}
    assert kinds == {"avatars", "chunks", "recordings", "exports"}
    assert _erase(any_api) == (204, "")
    assert set(rows_of(any_house, user_id).values()) == {0}
    work(any_house)
    assert objects_of(any_house, user_id) == []


def test_another_user_keeps_everything(api: Api, other: Api, house: Runtime) -> None:
    fill(api)
    fill(other)
    work(house)
    rows, kept = rows_of(house, other.user["id"]), objects_of(house, other.user["id"])
    assert _erase(api) == (204, "")
    work(house)
    assert rows_of(house, other.user["id"]) == rows
    assert objects_of(house, other.user["id"]) == kept
    assert other.get(ME).status_code == 200


def test_the_files_are_looked_for_again_an_hour_later(any_api: Api, any_house: Runtime) -> None:
    """A job that runs now may write a file after the first look."""
    assert _erase(any_api) == (204, "")
    at_once, later = _erasing_jobs(any_house)
    assert (at_once.user_id, later.user_id) == (None, None)
    assert timedelta(minutes=59) < later.available_at - now() <= timedelta(hours=1)
    work(any_house)
    assert [job.status for job in _erasing_jobs(any_house)] == ["done", "waiting"]
    user_id = any_api.user["id"]
    any_house.storage.keep(f"playback/{user_id}", [b"late"], 100)
    runner.run(later.id, 0)
    assert objects_of(any_house, user_id) == []


def test_a_job_that_runs_at_that_moment_leaves_nothing(any_api: Api, any_house: Runtime) -> None:
    """The analysis has been claimed and worked out, and ends after the account is gone."""
    fill(any_api)
    with any_house.database.reading() as session:
        wanted = select(OutboxJob).where(OutboxJob.kind == "feedback.analyse_answer")
        claimed = list(session.exec(wanted))
    assert len(claimed) == 2
    for job in claimed:
        with any_house.database.writing() as session:
            assert outbox.claim(session, job.id, 0, timedelta(minutes=1))
    assert _erase(any_api) == (204, "")
    for job in claimed:
        with pytest.raises(service.StaleAttemptError):
            _end(any_house, job.id)
    work(any_house)
    assert set(rows_of(any_house, any_api.user["id"]).values()) == {0}


def _end(house: Runtime, job_id: str) -> None:
    """What the first attempt of a job does in the transaction of its result."""
    with house.database.writing() as session:
        service.finish(session, job_id, 1)


def test_deleting_beside_running_jobs_ends_well_each_time(
    any_house: Runtime,
) -> None:
    """Real jobs and the deletion at once: whoever comes first, nothing is left and none hangs."""
    for number in range(4):
        api = sign_up(make_client(), f"candidate{number}@example.org")
        fill(api)
        with any_house.database.reading() as session:
            waiting = [job.id for job in session.exec(select(OutboxJob)) if job.status != "done"]
        running = [threading.Thread(target=runner.run, args=(job, 0)) for job in waiting]
        for thread in running:
            thread.start()
        assert _erase(api) == (204, "")
        for thread in running:
            thread.join(60)
            assert not thread.is_alive()
        assert set(rows_of(any_house, api.user["id"]).values()) == {0}
        files.erase_files(any_house.database, any_house.storage, api.user["id"])
        assert objects_of(any_house, api.user["id"]) == []


def test_a_wrong_password_deletes_nothing_and_is_slowed(api: Api) -> None:
    for _ in range(5):
        assert _erase(api, "not the password") == (403, "wrong_password")
    assert _erase(api) == (429, "too_many"), "also the right one waits, before any hashing"
    assert api.get(ME).status_code == 200


def test_a_deleted_account_is_signed_out_everywhere(anonymous: TestClient) -> None:
    api = sign_up(anonymous)
    again = sign_in_again(api)
    assert again.get(ME).status_code == 200
    with runtime().redis.pubsub(ignore_subscribe_messages=True) as channel:
        channel.subscribe("coach:progress:sessions")
        channel.get_message(timeout=1)
        assert _erase(api) == (204, "")
        told = channel.get_message(timeout=5)
    assert told is not None
    assert api.user["id"].encode() in told["data"]
    assert [client.get(ME).status_code for client in (api, again)] == [401, 401]
    form = {"username": api.user["email"], "password": PASSWORD}
    assert make_client().post("/api/v1/auth/login", data=form).status_code == 401


def sign_in_again(api: Api) -> TestClient:
    """The same user on another device."""
    client = make_client()
    form = {"username": api.user["email"], "password": PASSWORD}
    token = client.post("/api/v1/auth/login", data=form).json()["access_token"]
    client.headers["Authorization"] = f"Bearer {token}"
    return client


def test_the_audit_log_keeps_what_was_done_and_forgets_whose_it_was(
    any_api: Api, any_house: Runtime
) -> None:
    user_id = any_api.user["id"]
    with any_house.database.writing() as session:
        audit.record(
            session,
            "role_changed",
            actor="an administrator",
            subject=user_id,
            address="192.0.2.1",
            detail={"role": "admin"},
        )
        audit.record(session, "login_failed", subject=user_id, address="192.0.2.2")
        audit.record(session, "login", actor="somebody", subject="somebody", address="192.0.2.3")
    fill(any_api)
    assert _erase(any_api) == (204, "")
    name = erasure.pseudonym_of(any_house.settings.signing_key, user_id)
    assert name.startswith("erased-")
    assert len(name) == len("erased-") + 16
    with any_house.database.reading() as session:
        events = list(session.exec(select(AuditEvent)))
    assert user_id not in repr(events)
    mine = [event for event in events if name in (event.actor, event.subject)]
    assert {"erased", "role_changed", "login_failed", "token_made"} <= {e.action for e in mine}
    assert all(event.detail == {} for event in mine)
    # The administrator's own address stays with what the administrator did.
    assert {event.address for event in mine} == {None, "192.0.2.1"}
    (foreign,) = [event for event in events if event.actor == "somebody"]
    assert foreign.address == "192.0.2.3"


def test_files_of_a_user_who_is_there_are_never_erased(api: Api, house: Runtime) -> None:
    fill(api)
    kept = objects_of(house, api.user["id"])
    assert files.erase_files(house.database, house.storage, api.user["id"]) == 0
    assert objects_of(house, api.user["id"]) == kept
    with pytest.raises(ValueError, match="whose"):
        files.erase_files(house.database, house.storage, "")
