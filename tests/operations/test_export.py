"""An export holds everything a user has, no secret, and belongs to them alone."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from interview_coach.accounts import administration, exports
from interview_coach.accounts.models import AuditEvent, DataExport
from interview_coach.jobs import service as jobs
from interview_coach.kit.clock import now
from interview_coach.operations.export import guarded
from interview_coach.runtime import Runtime, runtime
from tests.conftest import Api
from tests.support.accounts import fill, objects_of
from tests.support.interviews import STRONG_ANSWER
from tests.support.recordings import silence
from tests.support.workers import use_up_attempts, work

EXPORT = "/api/v1/users/me/export"


def _export(api: Any) -> dict[str, Any]:
    """Ask for an export, have it made, and read how it is."""
    asked = api.post(EXPORT)
    assert asked.status_code == 202, asked.text
    assert (asked.json()["status"], asked.json()["download_url"]) == ("waiting", None)
    work(runtime(), "light")
    found: dict[str, Any] = api.get(f"{EXPORT}/{asked.json()['id']}").json()
    return found


def _zip(api: Any, made: dict[str, Any]) -> zipfile.ZipFile:
    answer = api.get(made["download_url"])
    assert answer.status_code == 200, answer.text
    assert len(answer.content) == made["size"]
    return zipfile.ZipFile(io.BytesIO(answer.content))


def test_an_export_holds_everything_of_its_user(any_api: Api) -> None:
    given = fill(any_api)
    work(runtime())
    made = _export(any_api)
    assert (made["status"], made["error"]) == ("done", None)
    archive = _zip(any_api, made)
    assert archive.testzip() is None
    interview, spoken = given["interview"]["id"], given["spoken"]
    sound = f"audio/{interview}/{spoken}.wav"
    assert set(archive.namelist()) == {
        "README.txt",
        "account.json",
        "interviews.json",
        "interviews.csv",
        "questions.json",
        "avatar.webp",
        sound,
    }
    assert archive.read(sound) == silence(1)
    account = json.loads(archive.read("account.json"))
    assert account["profile"]["email"] == any_api.user["email"]
    assert account["preferences"]["theme"] == "dark"
    assert [row["name"] for row in account["personal_tokens"]] == ["script"]
    assert len(account["sessions"]) == 1
    assert {"profile_changed", "token_made", "exported"} <= {e["action"] for e in account["audit"]}
    (kept,) = json.loads(archive.read("interviews.json"))
    assert (kept["id"], len(kept["questions"]), len(kept["answers"])) == (interview, 2, 3)
    answers = {row["id"]: row for row in kept["answers"]}
    typed = answers[given["typed"]]
    assert (typed["text"], typed["recording"]) == (STRONG_ANSWER, None)
    assert typed["analyses"][0]["transcript"] == STRONG_ANSWER
    assert answers[spoken]["recording"]["size"] == len(silence(1))
    assert answers[spoken]["lanes"]["wave"] == [0] * 50
    assert typed["lanes"] is None
    rows = list(csv.DictReader(io.StringIO(archive.read("interviews.csv").decode("utf-8-sig"))))
    assert [(row["id"], row["questions"], row["answers"]) for row in rows] == [
        (interview, "2", "3")
    ]
    told = archive.read("README.txt").decode()
    assert "Reports as PDF are made from all this when you ask for one" in told
    assert "Recordings in here: 1." in told


def test_no_secret_and_no_inner_place_is_in_an_export(api: Api) -> None:
    given = fill(api)
    archive = _zip(api, _export(api))
    whole = b"".join(archive.read(name) for name in archive.namelist())
    bearer = api.headers["Authorization"].split()[1]
    for secret in (given["token"], bearer, "_digest", "password_hash", "$argon2", "object_key"):
        assert secret.encode() not in whole, secret


def test_an_export_is_served_as_a_file_that_nobody_keeps(api: Api) -> None:
    answer = api.get(_export(api)["download_url"])
    assert answer.headers["content-type"] == "application/zip"
    assert answer.headers["content-disposition"].startswith('attachment; filename="interview-')
    assert "no-store" in answer.headers["cache-control"]


def test_one_export_of_a_user_is_made_at_a_time(any_api: Api) -> None:
    first = any_api.post(EXPORT).json()["id"]
    again = any_api.post(EXPORT)
    assert (again.status_code, again.json()["code"]) == (409, "export_running")
    early = any_api.get(f"{EXPORT}/{first}/file")
    assert (early.status_code, early.json()["code"]) == (409, "not_ready")
    work(runtime(), "light")
    assert any_api.post(EXPORT).status_code == 202


def test_a_new_export_replaces_the_older_one(any_api: Api, any_house: Runtime) -> None:
    first, second = _export(any_api), _export(any_api)
    assert [item["id"] for item in any_api.get(EXPORT).json()["items"]] == [second["id"]]
    assert any_api.get(f"{EXPORT}/{first['id']}").status_code == 404
    (kept,) = objects_of(any_house, any_api.user["id"])
    assert second["id"] in kept


def test_an_export_is_its_users_own(api: Api, other: Api) -> None:
    made = _export(api)
    for path in (f"{EXPORT}/{made['id']}", made["download_url"]):
        assert other.get(path).status_code == 404
    assert other.get(EXPORT).json()["items"] == []


def test_an_export_whose_time_is_up_is_not_served(api: Api, house: Runtime) -> None:
    made = _export(api)
    with house.database.writing() as session:
        row = session.get(DataExport, made["id"])
        assert row is not None
        assert row.expires_at is not None
        assert row.expires_at - now() > timedelta(days=6, hours=23)
        row.expires_at = now() - timedelta(seconds=1)
    assert api.get(made["download_url"]).status_code == 404


def test_an_export_that_is_given_up_says_so_and_can_be_asked_for_again(
    api: Api, house: Runtime
) -> None:
    asked = api.post(EXPORT).json()["id"]
    with house.database.writing() as session:
        exports.fail(session, api.user["id"], asked, "The disk is full.")
    found = api.get(f"{EXPORT}/{asked}").json()
    assert (found["status"], found["error"]) == ("failed", "The disk is full.")
    assert api.post(EXPORT).status_code == 202


def test_an_export_that_failed_is_made_when_its_job_is_tried_again(
    any_api: Api, any_house: Runtime
) -> None:
    fill(any_api)
    administration.raise_existing(any_house.database, any_api.user["email"])
    asked = any_api.post(EXPORT).json()["id"]
    # A real failure: where its zip should go there is a file, so no folder can be made.
    place = any_house.settings.data_dir / "files" / "exports"
    place.write_text("in the way")
    job_id = use_up_attempts(any_house, exports.EXPORT)
    assert any_api.get(f"{EXPORT}/{asked}").json()["status"] == "failed"
    place.unlink()
    retried = any_api.post(f"/api/v1/admin/jobs/{job_id}/retry")
    assert retried.status_code == 200, retried.text
    work(any_house, "light")
    made = any_api.get(f"{EXPORT}/{asked}").json()
    assert (made["status"], made["error"]) == ("done", None)
    assert _zip(any_api, made).testzip() is None


def test_a_failed_export_is_not_made_beside_the_one_asked_for_after_it(
    any_api: Api, any_house: Runtime
) -> None:
    failed = any_api.post(EXPORT).json()["id"]
    user_id = any_api.user["id"]
    with any_house.database.writing() as session:
        exports.fail(session, user_id, failed, "The disk is full.")
    later = any_api.post(EXPORT).json()["id"]
    with any_house.database.writing() as session:
        assert not exports.begin(session, user_id, failed)
        assert exports.begin(session, user_id, later)


def test_a_recording_that_is_gone_is_told_and_does_not_stop_the_export(
    api: Api, house: Runtime
) -> None:
    fill(api)
    house.storage.delete_folder(f"recordings/{api.user['id']}")
    archive = _zip(api, _export(api))
    assert "deleted before they could be copied: 1." in archive.read("README.txt").decode()


def test_an_export_made_twice_over_is_kept_once(api: Api, house: Runtime) -> None:
    """A job that runs again after its first attempt has ended writes nothing."""
    made = _export(api)
    payload = {"export_id": made["id"], "user_id": api.user["id"]}
    with house.database.writing() as session:
        jobs.enqueue(session, exports.EXPORT, "light", payload, user_id=api.user["id"])
    work(house, "light")
    assert api.get(f"{EXPORT}/{made['id']}").json() == made
    assert len(objects_of(house, api.user["id"])) == 1


def test_asking_stands_in_the_audit_log(api: Api) -> None:
    api.post(EXPORT)
    with runtime().database.reading() as session:
        found = session.exec(select(AuditEvent).where(AuditEvent.action == "exported")).one()
    assert found.actor == api.user["id"]


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_asvs_1_2_10_no_cell_is_a_formula(sign: str) -> None:
    assert guarded(f"{sign}cmd|' /C calc'!A0") == f"'{sign}cmd|' /C calc'!A0"


def test_figures_and_plain_text_are_left_alone() -> None:
    assert [guarded(cell) for cell in (-1.5, None, "a=b", "")] == [-1.5, None, "a=b", ""]
