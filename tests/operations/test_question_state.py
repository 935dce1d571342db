"""The page that edits a question: for administrators alone, and its form is what the API takes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from interview_coach.accounts import administration
from interview_coach.operations.question_state import QuestionState
from interview_coach.operations.question_view import EMPTY_HEAD
from interview_coach.questions.bank import load_bank
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import database_away
from tests.support.pages import current_user, page_state, sent_by

KEY = "behavioral-tight-deadline"
PAGE = f"/admin/questions/{KEY}"


@pytest.fixture
def as_admin(api: Api, house: Runtime) -> Iterator[Api]:
    """The administrator's client, and page events that come from them."""
    assert administration.raise_existing(house.database, api.user["email"])
    with sent_by(current_user(api).model_copy(update={"role": "admin"})):
        yield api


async def _open(page: str = PAGE) -> Any:
    state = await page_state(QuestionState, page)
    await state.load()
    return state


def _body(values: dict[str, Any], revision: int) -> dict[str, Any]:
    """What the browser makes of the form's fields (ui/form_body.js)."""
    body: dict[str, Any] = {"revision": revision, "key_points": [], "follow_ups": []}
    for name, value in values.items():
        listed = re.match(r"(\w+)\.(\d+)\.(\w+)$", name)
        if listed is None:
            lines = name in ("competencies", "red_flags", "tips")
            body[name] = value.split("\n") if lines else value
        elif listed.group(3) == "text" and value:
            beside = "phrases" if listed.group(1) == "key_points" else "kind"
            other = values[f"{listed.group(1)}.{listed.group(2)}.{beside}"]
            item = {"text": value, beside: other.split("\n") if beside == "phrases" else other}
            body[listed.group(1)].append(item)
    return body


async def test_the_form_holds_every_field_and_sends_the_same_back(as_admin: Api) -> None:
    for question in (next(item for item in load_bank() if item.id == KEY), *load_bank()[::29]):
        state = await _open(f"/admin/questions/{question.id}")
        place = state.head.path
        answer = as_admin.put(place, json=_body(state.values, state.head.revision))
        assert answer.status_code == 200, answer.text
        # Nothing was lost or added on the way: no new version.
        assert answer.json()["revision"] == 1, question.id


async def test_a_published_version_is_seen_after_looking_again(as_admin: Api) -> None:
    state = await _open()
    assert "version 1, as in the data files" in state.head.lead
    values = {**state.values, "time_guide_seconds": 77}
    assert as_admin.put(state.head.path, json=_body(values, 1)).status_code == 200
    assert as_admin.post(f"{state.head.path}/retire").status_code == 200
    await state.refresh()
    assert "version 2, edited here, retired here, not asked" in state.head.lead
    assert (state.head.edited, state.head.active) == (True, False)
    assert state.values["time_guide_seconds"] == 77
    newest, first = state.versions
    assert (newest.title, newest.note) == ("Version 2, edited here", "Changed: time guide")
    assert first.title == "Version 1, from the data files"


async def test_every_event_of_a_plain_user_is_refused_and_forgets_what_was_shown(
    as_admin: Api, other: Api
) -> None:
    for name in ("load", "refresh"):
        state = await _open()
        assert state.values
        with sent_by(current_user(other)):
            await getattr(state, name)()
        assert state.refused
        assert (state.head, state.values, state.versions) == (EMPTY_HEAD, {}, [])


@pytest.mark.parametrize("page", ["/admin/questions/no-such-one", "/admin/questions/", "/admin"])
async def test_an_address_of_no_question(as_admin: Api, page: str) -> None:
    state = await _open(page)
    assert not state.loaded
    assert "does not exist" in state.problem


async def test_without_a_database_it_says_so(as_admin: Api, house: Runtime) -> None:
    with database_away(house):
        state = await _open()
    assert not state.loaded
    assert "try again" in state.problem
    await state.load()
    assert (state.loaded, state.problem) == (True, "")
