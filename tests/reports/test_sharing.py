"""Links to reports: made, read, ended, and what readers say."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import col, select, update

from interview_coach.accounts.models import AuditEvent
from interview_coach.interviews import service as interviews
from interview_coach.kit.clock import now
from interview_coach.operations.housekeeping import tidy
from interview_coach.reports import archive, sharing
from interview_coach.reports.models import ReportComment, ReportShare
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.recordings import SPOKEN_ANSWER
from tests.support.servers import RedisServer
from tests.support.workers import work

COMMENT = {"name": "A coach", "text": "Name the result first.", "seconds": "1:05"}


def _interview(api: Any, house: Runtime) -> tuple[str, str]:
    """A finished interview with one scored answer: both ids."""
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    return interview["id"], answer_id


def _share(api: Any, interview_id: str, **wanted: Any) -> str:
    """The token of a new link."""
    made = api.post(f"/api/v1/interviews/{interview_id}/share", json=wanted)
    assert made.status_code == 201, made.text
    return str(made.json()["url"].rsplit("/", 1)[1])


def _run_out(house: Runtime) -> None:
    with house.database.writing() as session:
        session.execute(update(ReportShare).values(expires_at=now() - timedelta(seconds=1)))


def _read(house: Runtime, token: str) -> sharing.Shared:
    with house.database.reading() as session:
        return sharing.read(session, token)


def test_a_link_is_told_once_and_kept_as_a_digest(any_house: Runtime, any_api: Api) -> None:
    interview_id, _ = _interview(any_api, any_house)
    path = f"/api/v1/interviews/{interview_id}/share"
    assert any_api.get(path).status_code == 404
    made = any_api.post(path, json={"days": 7, "hidden": ["scores"], "comments": True})
    assert made.status_code == 201
    token = made.json()["url"].removeprefix("http://coach.test/share/")
    assert len(token) >= 43
    view = any_api.get(path).json()
    assert view == {name: value for name, value in made.json().items() if name != "url"}
    assert view["hidden"] == ["scores"]
    assert not view["expired"]
    with any_house.database.reading() as session:
        row = session.exec(select(ReportShare)).one()
        assert token not in str(row.model_dump())
        days = (row.expires_at - row.created_at) / timedelta(days=1)
        actions = session.exec(select(AuditEvent.action)).all()
    assert days == pytest.approx(7, abs=0.01)
    assert "share_made" in actions
    shared = _read(any_house, token)
    assert shared.candidate == "First Candidate"
    assert shared.report.takes[0].transcript == STRONG_ANSWER


def test_a_new_link_ends_the_one_before(any_house: Runtime, any_api: Api) -> None:
    interview_id, _ = _interview(any_api, any_house)
    first = _share(any_api, interview_id)
    second = _share(any_api, interview_id)
    assert _read(any_house, second).candidate == ""  # hidden unless the owner says otherwise
    with pytest.raises(sharing.CoachError):
        _read(any_house, first)


def test_every_token_that_opens_nothing_answers_the_same(
    house: Runtime, api: Api, anonymous: TestClient, redis_server: RedisServer
) -> None:
    interview_id, answer_id = _interview(api, house)
    wide = {"hidden": [], "comments": True}
    run_out = _share(api, interview_id, **wide)
    _run_out(house)
    path = f"/api/v1/interviews/{interview_id}/share"
    assert api.get(path).json()["expired"]
    revoked = _share(api, interview_id, **wide)
    assert api.delete(path).status_code == 204
    assert api.delete(path).status_code == 404
    closed = _share(api, interview_id, hidden=["recordings"], comments=False)
    answers = set()
    for token in (run_out, revoked, closed, "wrong", "x" * 43, "x" * 5000):
        redis_server.clear()  # the limit of comments, which would answer first
        told = [
            anonymous.post(f"/api/v1/shared/{token}/comments", json=COMMENT),
            anonymous.get(f"/api/v1/shared/{token}/answers/{answer_id}/audio"),
        ]
        answers |= {(each.status_code, each.text) for each in told}
    assert len(answers) == 1
    assert answers.pop()[0] == 404
    for token in (run_out, revoked, "wrong", "", "x" * 5000):
        with pytest.raises(sharing.CoachError) as refused:
            _read(house, token)
        assert (refused.value.status, refused.value.code) == (404, "not_found")


def test_readers_may_say_something_where_the_owner_lets_them(
    any_house: Runtime, any_api: Api
) -> None:
    interview_id, answer_id = _interview(any_api, any_house)
    token = _share(any_api, interview_id, comments=True)
    reader = make_client()
    about = reader.post(
        f"/api/v1/shared/{token}/comments", json={**COMMENT, "answer_id": answer_id}
    )
    assert about.status_code == 201, about.text
    assert about.json()["seconds"] == 65
    whole = reader.post(
        f"/api/v1/shared/{token}/comments", json={"name": "B", "text": "<b>Good</b>"}
    )
    assert whole.json()["seconds"] is None
    path = f"/api/v1/interviews/{interview_id}/comments"
    assert any_api.get(path).json()["items"] == [about.json(), whole.json()]
    assert _read(any_house, token).comments == sharing_views(any_house, any_api, interview_id)
    with any_house.database.reading() as session:
        stored = session.connection().exec_driver_sql("SELECT author, text FROM report_comments")
        assert "Name the result" not in str(stored.all())
    any_api.delete(f"/api/v1/interviews/{interview_id}/share")
    assert len(any_api.get(path).json()["items"]) == 2  # they outlive the link
    gone = any_api.delete(f"{path}/{about.json()['id']}")
    assert gone.status_code == 204
    assert [each["name"] for each in any_api.get(path).json()["items"]] == ["B"]


def sharing_views(house: Runtime, api: Api, interview_id: str) -> list[Any]:
    """The comments as the owner's service tells them."""
    with house.database.reading() as session:
        return sharing.comments(session, api.user["id"], interview_id)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"text": "  "},
        {"text": "x" * 2001},
        {"name": "x" * 81},
        {"seconds": -1},
        {"seconds": "1:75"},
        {"text": "a\x00b"},
    ],
)
def test_a_comment_is_looked_at_before_it_is_kept(
    house: Runtime, api: Api, anonymous: TestClient, wrong: dict[str, Any]
) -> None:
    interview_id = new_interview(api)["id"]
    token = _share(api, interview_id, comments=True)
    answer = anonymous.post(f"/api/v1/shared/{token}/comments", json={**COMMENT, **wrong})
    assert answer.status_code == 422
    with house.database.reading() as session:
        assert session.exec(select(ReportComment)).all() == []


def test_a_comment_is_about_an_answer_of_this_interview_alone(
    house: Runtime, api: Api, anonymous: TestClient
) -> None:
    _, elsewhere = _interview(api, house)
    token = _share(api, new_interview(api)["id"], comments=True)
    answer = anonymous.post(
        f"/api/v1/shared/{token}/comments", json={**COMMENT, "answer_id": elsewhere}
    )
    assert answer.status_code == 404


def test_comments_are_limited_by_address_and_in_number(
    house: Runtime, api: Api, anonymous: TestClient
) -> None:
    interview_id = new_interview(api)["id"]
    token = _share(api, interview_id, comments=True)
    path = f"/api/v1/shared/{token}/comments"
    codes = [anonymous.post(path, json=COMMENT).status_code for _ in range(7)]
    assert codes == [201] * 5 + [429] * 2
    with house.database.writing() as session:
        row = session.exec(select(ReportComment)).first()
        assert row is not None
        values = row.model_dump(exclude={"id"})
        session.add_all(ReportComment(**values) for _ in range(sharing.MAX_COMMENTS))
    with house.database.writing() as session, pytest.raises(sharing.CoachError) as full:
        sharing.comment(session, token, sharing.CommentRequest.model_validate(COMMENT))
    assert full.value.code == "too_many_comments"


def test_what_a_link_opens_is_found_by_nobody_and_told_to_nobody(
    house: Runtime, api: Api, anonymous: TestClient
) -> None:
    token = _share(api, new_interview(api)["id"], comments=True)
    for answer in (
        anonymous.post(f"/api/v1/shared/{token}/comments", json=COMMENT),
        anonymous.get(f"/api/v1/shared/{token}/answers/x/audio"),
        anonymous.get(f"/share/{token}"),
    ):
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-robots-tag"] == "noindex, nofollow, noarchive"
        assert answer.headers["cache-control"] == "private, no-store"


def test_links_that_have_run_out_are_cleared_away(house: Runtime, api: Api) -> None:
    _share(api, new_interview(api)["id"])
    assert tidy(house)["shares"] == 0
    _run_out(house)
    assert tidy(house)["shares"] == 1


def test_links_and_comments_go_with_the_account(house: Runtime, api: Api) -> None:
    interview_id = new_interview(api)["id"]
    token = _share(api, interview_id, comments=True)
    make_client().post(f"/api/v1/shared/{token}/comments", json=COMMENT)
    gone = api.request("DELETE", "/api/v1/users/me", json={"password": "a long enough password"})
    assert gone.status_code in {200, 202, 204}, gone.text
    with house.database.reading() as session:
        assert session.exec(select(col(ReportShare.id))).all() == []
        assert session.exec(select(col(ReportComment.id))).all() == []
    with pytest.raises(sharing.CoachError):
        _read(house, token)


def test_the_export_of_an_interview_has_its_link_and_comments(house: Runtime, api: Api) -> None:
    interview_id = new_interview(api)["id"]
    token = _share(api, interview_id, comments=True)
    make_client().post(f"/api/v1/shared/{token}/comments", json=COMMENT)
    with house.database.reading() as session:
        told = archive.shared(session, api.user["id"], interview_id)
    assert told["share"]["hidden"] == ["name", "recordings"]
    assert [row["text"] for row in told["comments"]] == ["Name the result first."]
    assert not {"digest", "user_id"} & set(told["share"])


def test_recordings_are_played_where_the_owner_does_not_hide_them(
    house: Runtime, api: Api, anonymous: TestClient
) -> None:
    interview, sound = new_interview(api), SPOKEN_ANSWER.read_bytes()
    sent = api.post(
        f"/api/v1/interviews/{interview['id']}/upload-audio",
        data={"question_id": interview["questions"][0]["id"]},
        files={"file": ("a.webm", sound, "audio/webm")},
    )
    assert sent.status_code in {201, 202}, sent.text
    answer = f"answers/{sent.json()['answer_id']}/audio"
    token = _share(api, interview["id"], hidden=[])
    assert _read(house, token).report.takes[0].sound
    played = anonymous.get(f"/api/v1/shared/{token}/{answer}")
    assert (played.status_code, played.content) == (200, sound)
    part = anonymous.get(f"/api/v1/shared/{token}/{answer}", headers={"Range": "bytes=0-9"})
    assert (part.status_code, part.content) == (206, sound[:10])
    for hidden in (["recordings"], ["transcripts"]):
        token = _share(api, interview["id"], hidden=hidden)
        assert anonymous.get(f"/api/v1/shared/{token}/{answer}").status_code == 404
        assert not _read(house, token).report.takes[0].sound


def test_only_the_owner_shares(house: Runtime, api: Api, other: Api) -> None:
    interview_id = new_interview(api)["id"]
    path = f"/api/v1/interviews/{interview_id}"
    assert other.post(f"{path}/share", json={}).status_code == 404
    _share(api, interview_id)
    assert other.get(f"{path}/share").status_code == 404
    assert other.delete(f"{path}/share").status_code == 404
    assert other.get(f"{path}/comments").status_code == 404
    with house.database.reading() as session:
        assert interviews.find(session, api.user["id"], interview_id).id == interview_id
        assert len(session.exec(select(ReportShare)).all()) == 1
