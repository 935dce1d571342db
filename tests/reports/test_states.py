"""The states of the shared page and of sharing: what they send to a browser."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import update

from interview_coach.kit.clock import now
from interview_coach.reports.models import ReportShare
from interview_coach.reports.share_state import PUBLIC_EVENTS, ShareState, token_of_path
from interview_coach.reports.state import SharingState
from interview_coach.runtime import Runtime
from tests.conftest import Api, make_client
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.pages import current_user, page_state, sent_by
from tests.support.reports import hear
from tests.support.workers import work


@pytest.fixture
def interview(house: Runtime, api: Api) -> dict[str, Any]:
    """An interview whose first answer was spoken and scored."""
    made = new_interview(api)
    answer_id = typed_answer(api, made, 0, STRONG_ANSWER)
    work(house)
    hear(house, answer_id, STRONG_ANSWER)
    return {**made, "answer_id": answer_id}


def _token(api: Any, interview: dict[str, Any], **wanted: Any) -> str:
    made = api.post(f"/api/v1/interviews/{interview['id']}/share", json=wanted)
    return str(made.json()["url"].rsplit("/", 1)[1])


async def _shared(token: str) -> Any:
    state = await page_state(ShareState, f"/share/{token}")
    await state.load()
    return state


def _sent(state: Any) -> str:
    """All that this state sends to a browser."""
    return json.dumps(
        {name: asdict(value) if name == "shown" else value for name, value in
         ((name, getattr(state, name)) for name in type(state).base_vars)}
    )  # fmt: skip


async def test_a_reader_sees_the_report_without_an_account(
    house: Runtime, api: Api, interview: dict[str, Any]
) -> None:
    state = await _shared(_token(api, interview, hidden=[], comments=True))
    assert state.loaded
    assert not state.gone
    assert state.shown.candidate == "First Candidate"
    assert state.shown.scores_shown
    take = state.shown.questions[0].shown[0]
    assert "Datadog" in "".join(piece.text for piece in take.pieces)
    assert take.captions_href == take.edit_label == ""
    sent = _sent(state)
    assert interview["id"] not in sent
    assert api.user["id"] not in sent
    assert api.user["email"] not in sent


@pytest.mark.parametrize(
    ("hidden", "gone"),
    [
        (["name"], ["First Candidate"]),
        (["transcripts"], ["Datadog", "checkout service", "/audio", "drill, "]),
        (["recordings"], ["/audio"]),
        (["scores"], ['"value_text": "1', '"scored": true', '"weight"']),
        (["feedback"], ["drill, "]),
    ],
)
async def test_what_is_hidden_is_not_sent(
    house: Runtime, api: Api, interview: dict[str, Any], hidden: list[str], gone: list[str]
) -> None:
    everything = _sent(await _shared(_token(api, interview, hidden=[])))
    sent = _sent(await _shared(_token(api, interview, hidden=hidden)))
    for words in gone:
        assert words not in sent, words
    shown = [words for words in gone if words in everything]
    assert shown or hidden == ["recordings"]  # this one has no recording to play


async def test_a_link_that_opens_nothing_shows_nothing(
    house: Runtime, api: Api, interview: dict[str, Any]
) -> None:
    token = _token(api, interview, hidden=[])
    state = await _shared(token)
    with house.database.writing() as session:
        session.execute(update(ReportShare).values(expires_at=now() - timedelta(seconds=1)))
    await state.load()
    told = _sent(state)
    assert state.gone
    assert "Datadog" not in told
    for wrong in ("x" * 43, "", "a/b"):
        assert _sent(await _shared(wrong)) == told


def test_the_token_is_the_last_part_of_the_path() -> None:
    assert token_of_path("/share/abc") == "abc"
    assert token_of_path("/share/abc/") == "abc"
    for path in ("/share", "/share/a/b", "/interview/abc", "/"):
        assert token_of_path(path) == ""


def test_nothing_but_loading_the_page_is_open_to_anybody() -> None:
    assert {name.rsplit(".", 1)[1] for name in PUBLIC_EVENTS} == {"load"}
    assert all("share_state" in name for name in PUBLIC_EVENTS)


async def test_the_owner_sees_the_link_and_what_readers_said(
    house: Runtime, signed_in: Api, interview: dict[str, Any]
) -> None:
    state = await page_state(SharingState, f"/interview/{interview['id']}/results")
    await state.load()
    assert not state.sharing.open
    token = _token(signed_in, interview, hidden=["name", "scores"], comments=True)
    said = make_client().post(
        f"/api/v1/shared/{token}/comments",
        json={"name": "A coach", "text": "Slower.", "answer_id": interview["answer_id"],
              "seconds": "0:42"},
    )  # fmt: skip
    assert said.status_code == 201
    await state.load()
    assert state.sharing.open
    assert state.sharing.hides == "the name and scores"
    assert [(each.name, each.place) for each in state.sharing.comments] == [
        ("A coach", "Question 1, 0:42")
    ]
    assert token not in str(state.sharing)
    assert signed_in.delete(state.sharing.comments[0].drop_path).status_code == 204
    await state.load()
    assert state.sharing.comments == []


async def test_another_users_interview_has_no_sharing(
    house: Runtime, other: Api, api: Api, interview: dict[str, Any]
) -> None:
    _token(api, interview)
    with sent_by(current_user(other)):
        state = await page_state(SharingState, f"/interview/{interview['id']}/results")
        await state.load()
    assert not state.sharing.open
    assert state.sharing.share_path == ""
