"""What is cleared away each hour, what is not, and that each hour has one such job."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update
from sqlmodel import SQLModel, col, select

from interview_coach.accounts.models import (
    DataExport,
    IdempotencyKey,
    MailToken,
    PersonalToken,
    UsedRefreshToken,
    UserSession,
)
from interview_coach.ai.models import AiAnswer
from interview_coach.feedback import report
from interview_coach.feedback.views import report_view
from interview_coach.interviews.models import Answer, Recording, RecordingChunk
from interview_coach.jobs import service
from interview_coach.jobs.models import OutboxJob
from interview_coach.jobs.schedule import HOUSEKEEPING, Hourly
from interview_coach.kit.clock import now
from interview_coach.operations.housekeeping import tidy
from interview_coach.runtime import Runtime, runtime
from interview_coach.settings import load_settings
from tests.conftest import Api
from tests.support.accounts import ME, fill, objects_of
from tests.support.workers import work

PREFERENCES = f"{ME}/preferences"


def _set(house: Runtime, table: type[SQLModel], **values: Any) -> None:
    """Change every row of a table: time passes by moving what was written into the past."""
    with house.database.writing() as session:
        session.execute(update(table).values(**values))


def _rows(house: Runtime, table: Any) -> list[Any]:
    with house.database.reading() as session:
        return list(session.exec(select(table)))


def _ago(**time: float) -> datetime:
    return now() - timedelta(**time)


def _keep_recordings_for(monkeypatch: pytest.MonkeyPatch, days: int) -> Runtime:
    monkeypatch.setenv("COACH_AUDIO_RETENTION_DAYS", str(days))
    load_settings.cache_clear()
    runtime.cache_clear()
    return runtime()


def _audio(given: dict[str, Any]) -> str:
    return f"/api/v1/interviews/{given['interview']['id']}/answers/{given['spoken']}/audio"


def test_ended_sessions_and_what_they_used_go_after_a_month(
    any_api: Api, any_house: Runtime
) -> None:
    (signed,) = _rows(any_house, UserSession)
    with any_house.database.writing() as session:
        session.add(UsedRefreshToken(digest="used", session_id=signed.id))
    _set(any_house, UserSession, ended_at=_ago(days=29))
    assert tidy(any_house)["sessions"] == 0
    _set(any_house, UserSession, ended_at=None, expires_at=_ago(days=31))
    assert tidy(any_house)["sessions"] == 1
    assert _rows(any_house, UserSession) == _rows(any_house, UsedRefreshToken) == []


def test_tokens_and_keys_go_when_their_time_is_up(any_api: Api, any_house: Runtime) -> None:
    user_id = any_api.user["id"]
    late, soon = _ago(days=31), now() + timedelta(days=1)
    with any_house.database.writing() as session:
        for name, end in (("late", late), ("soon", soon)):
            session.add(
                MailToken(
                    user_id=user_id, purpose="reset", digest=name, email="a@b.org", expires_at=end
                )
            )
            session.add(PersonalToken(user_id=user_id, name=name, digest=name, expires_at=end))
        for name, made in (("late", _ago(hours=25)), ("soon", _ago(hours=23))):
            session.add(
                IdempotencyKey(
                    user_id=user_id, key=name, fingerprint="x", status=201, created_at=made
                )
            )
    cleared = tidy(any_house)
    names = ("mail_tokens", "personal_tokens", "idempotency_keys")
    assert [cleared[name] for name in names] == [1, 1, 1]
    assert [row.digest for row in _rows(any_house, MailToken)] == ["soon"]
    assert [row.name for row in _rows(any_house, PersonalToken)] == ["soon"]
    assert [row.key for row in _rows(any_house, IdempotencyKey)] == ["soon"]


def test_an_export_goes_with_its_object(any_api: Api, any_house: Runtime) -> None:
    any_api.post(f"{ME}/export")
    work(any_house, "light")
    assert tidy(any_house)["exports"] == 0
    _set(any_house, DataExport, expires_at=_ago(minutes=1))
    assert tidy(any_house)["exports"] == 1
    assert objects_of(any_house, any_api.user["id"]) == []
    assert any_api.get(f"{ME}/export").json()["items"] == []


def test_recordings_stay_when_nobody_has_set_a_time(api: Api, house: Runtime) -> None:
    given = fill(api)
    work(house)
    _set(house, Recording, created_at=_ago(days=4000))
    assert tidy(house)["recordings"] == 0
    assert api.get(_audio(given)).status_code == 200


def test_a_recording_goes_after_the_operators_days_and_the_answer_stays(
    any_api: Api, any_house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = fill(any_api)
    work(any_house)
    house = _keep_recordings_for(monkeypatch, 30)
    place = _audio(given).removesuffix("/audio")
    before = any_api.get(place).json()
    _set(house, Recording, created_at=_ago(days=29))
    assert tidy(house)["recordings"] == 0
    _set(house, Recording, created_at=_ago(days=31))
    assert tidy(house)["recordings"] == 1
    assert any_api.get(place).json() == before
    with house.database.reading() as session:
        shown = report.read_report(session, any_api.user["id"], given["interview"]["id"])
    (take,) = [
        row
        for question in report_view(shown, {}).questions
        for row in question.shown
        if row.answer_id == given["spoken"]
    ]
    assert (take.audio_src, take.sound_note != "") == ("", True)
    assert not [key for key in objects_of(house, any_api.user["id"]) if "recordings" in key]
    answer = any_api.get(_audio(given))
    assert (answer.status_code, answer.json()["code"]) == (410, "recording_deleted")
    assert "kept for 30 days" in answer.json()["detail"]
    again = any_api.post(f"{place}/retry")
    assert (again.status_code, again.json()["code"]) == (409, "recording_deleted")


def test_what_a_user_has_chosen_goes_before_the_operators_days(
    any_api: Api, any_house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = fill(any_api)
    work(any_house)
    house = _keep_recordings_for(monkeypatch, 10)
    assert any_api.put(PREFERENCES, json={"audio_retention_days": 60}).status_code == 200
    _set(house, Recording, created_at=_ago(days=30))
    assert tidy(house)["recordings"] == 0
    assert any_api.get(_audio(given)).status_code == 200
    assert any_api.put(PREFERENCES, json={"audio_retention_days": 7}).status_code == 200
    assert tidy(house)["recordings"] == 1
    assert "kept for 7 days" in any_api.get(_audio(given)).json()["detail"]


def test_a_recording_that_is_being_worked_on_stays(api: Api, house: Runtime) -> None:
    given = fill(api)
    assert api.put(PREFERENCES, json={"audio_retention_days": 1}).status_code == 200
    _set(house, Recording, created_at=_ago(days=2))
    assert tidy(house)["recordings"] == 0
    work(house)
    assert tidy(house)["recordings"] == 1
    assert api.get(_audio(given)).status_code == 410


def test_a_sound_that_two_answers_share_goes_with_the_last(api: Api, house: Runtime) -> None:
    first, second = fill(api), fill(api)
    work(house)
    assert api.put(PREFERENCES, json={"audio_retention_days": 5}).status_code == 200
    with house.database.writing() as session:
        old = update(Recording).where(col(Recording.answer_id) == first["spoken"])
        session.execute(old.values(created_at=_ago(days=6)))
    assert tidy(house)["recordings"] == 1
    assert api.get(_audio(first)).status_code == 410
    assert api.get(_audio(second)).status_code == 200


def test_pieces_of_what_was_never_finished_go_after_a_week(
    any_api: Api, any_house: Runtime
) -> None:
    given = fill(any_api)
    work(any_house)
    _set(any_house, RecordingChunk, created_at=_ago(days=6))
    assert tidy(any_house)["unfinished"] == 0
    _set(any_house, RecordingChunk, created_at=_ago(days=8))
    assert tidy(any_house)["unfinished"] == 1
    assert _rows(any_house, RecordingChunk) == []
    assert given["begun"] not in {row.id for row in _rows(any_house, Answer)}
    assert not [key for key in objects_of(any_house, any_api.user["id"]) if "chunks" in key]
    assert any_api.get(_audio(given)).status_code == 200


def test_done_jobs_go_after_a_month_and_failed_ones_stay(api: Api, house: Runtime) -> None:
    fill(api)
    work(house)
    _set(house, OutboxJob, finished_at=_ago(days=31))
    with house.database.writing() as session:
        job_id = service.enqueue(session, "feedback.unheard_of", "light", {})
        failed = update(OutboxJob).where(col(OutboxJob.id) == job_id)
        session.execute(failed.values(status="failed", finished_at=_ago(days=31)))
    assert tidy(house)["jobs"] == 2
    assert [row.id for row in _rows(house, OutboxJob)] == [job_id]


def test_kept_answers_of_engines_go_when_they_are_not_used_again(
    any_api: Api, any_house: Runtime
) -> None:
    with any_house.database.writing() as session:
        for key, made in (("old", _ago(days=31)), ("new", _ago(days=29))):
            session.add(
                AiAnswer(
                    key=key,
                    user_id=any_api.user["id"],
                    engine="gemini",
                    model="gemini-2.5-flash",
                    value={"word": key},
                    created_at=made,
                )
            )
    assert tidy(any_house)["engine_answers"] == 1
    assert [row.key for row in _rows(any_house, AiAnswer)] == ["new"]


def test_each_hour_has_one_job_whoever_looks(any_house: Runtime) -> None:
    moment = datetime(2026, 5, 4, 10, 59, tzinfo=UTC)
    start = threading.Barrier(6)
    queued: list[bool] = []

    def look() -> None:
        hourly = Hourly(any_house.database)
        start.wait()
        queued.append(hourly.queue_due(moment))

    workers = [threading.Thread(target=look) for _ in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(30)
    assert sorted(queued) == [False] * 5 + [True]
    hourly = Hourly(any_house.database)
    looks = [hourly.queue_due(moment + timedelta(minutes=minutes)) for minutes in (0, 1, 60)]
    assert looks == [False, True, False]
    assert len(_rows(any_house, OutboxJob)) == 2


def test_the_hourly_job_runs_to_its_end(house: Runtime) -> None:
    assert Hourly(house.database).queue_due()
    work(house, "light")
    (job,) = _rows(house, OutboxJob)
    assert (job.kind, job.status, job.last_error) == (HOUSEKEEPING, "done", None)
