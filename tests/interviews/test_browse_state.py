"""Looking through the bank: filters, choosing, and key points behind a warning."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.interviews.browse_state import BrowseState
from interview_coach.interviews.browse_view import chosen_words, start_label
from interview_coach.interviews.key_state import KeyState
from interview_coach.interviews.schemas import MAX_QUESTIONS
from interview_coach.questions.bank import load_bank
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.outages import database_away
from tests.support.pages import page_state, sent_to

BANK = load_bank()


async def _open() -> Any:
    state = await page_state(BrowseState, "/questions")
    await state.load()
    return state


def _total(state: Any) -> int:
    return int(state.listing.total.split()[0])


async def test_filters_narrow_what_is_shown(signed_in: Api) -> None:
    state = await _open()
    assert _total(state) == len(BANK)
    assert len(state.listing.rows) == 20
    assert state.tracks[1:] == []
    wanted = next(item for item in BANK if item.type == "leadership")
    await state.choose("kind", "leadership")
    assert _total(state) == sum(item.type == "leadership" for item in BANK)
    assert {option.value for option in state.competencies[1:]} == {
        name for item in BANK if item.type == "leadership" for name in item.competencies
    }
    await state.choose("track", wanted.track)
    await state.choose("level", wanted.difficulty)
    await state.choose("competency", wanted.competencies[0])
    words = wanted.text.split()
    await state.search(f"  {words[-1]}  {words[0].upper()} ")
    assert wanted.id in {row.id for row in state.listing.rows}
    row = next(row for row in state.listing.rows if row.id == wanted.id)
    assert (row.why, tuple(row.tips)) == (wanted.why, wanted.tips)
    await state.search("no question holds these words")
    assert state.listing.rows == []
    # Another type has other tracks and perhaps not that competency.
    await state.search("")
    await state.choose("kind", "hr")
    assert state.track == ""
    assert _total(state) > 0


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("kind", "cooking"),
        ("level", "endless"),
        ("track", "python"),
        ("competency", "'; --"),
        ("loaded", ""),
        ("_page", "1"),
        ("kind", 7),
        (None, ""),
    ],
)
async def test_what_is_not_offered_is_not_taken(signed_in: Api, name: Any, value: Any) -> None:
    state = await _open()
    before = state.listing
    await state.choose(name, value)
    assert (state.kind, state.track, state.level, state.competency) == ("", "", "", "")
    assert state.listing == before
    assert state.loaded


async def test_pages_follow_each_other(signed_in: Api) -> None:
    state = await _open()
    first = [row.id for row in state.listing.rows]
    await state.go_to(2)
    assert not set(first) & {row.id for row in state.listing.rows}
    for strange in (0, -1, "2", None, 10**9):
        await state.go_to(strange)
        assert state.listing.turn.page == 2
    await state.search("the")
    assert state.listing.turn.page == 1


async def test_chosen_ones_stay_over_pages_and_make_an_interview_in_their_order(
    signed_in: Api,
) -> None:
    state = await _open()
    await state.choose("kind", "technical")
    state.toggle(state.listing.rows[3].id)
    state.toggle(state.listing.rows[1].id)
    await state.choose("kind", "hr")
    state.toggle(state.listing.rows[0].id)
    state.toggle("no-such-question")
    state.toggle(None)
    wanted = list(state.chosen)
    assert len(wanted) == 3
    assert (state.chosen_words, state.start_label) == (chosen_words(3), start_label(3))
    (target,) = await sent_to(state.start())
    interview = signed_in.get(f"/api/v1/interviews/{target.split('/')[2]}").json()
    assert [q["question_id"] for q in interview["questions"]] == wanted
    assert interview["type"] == "technical"
    assert state.chosen == []
    assert await sent_to(state.start()) == []


async def test_no_more_are_chosen_than_an_interview_holds(signed_in: Api) -> None:
    state = await _open()
    for page in (1, 2):
        await state.go_to(page)
        for row in state.listing.rows:
            state.toggle(row.id)
    assert len(state.chosen) == MAX_QUESTIONS
    state.toggle(state.chosen[0])
    assert len(state.chosen) == MAX_QUESTIONS - 1
    state.choose_none()
    assert state.chosen == []


async def test_key_points_come_after_a_warning_alone(signed_in: Api) -> None:
    state: Any = await page_state(KeyState, "/questions")
    question = BANK[0]
    await state.show()
    assert state.key_points == []
    state.ask(question.id)
    assert (state.warned, state.shown, state.key_points) == (question.id, "", [])
    await state.show()
    assert (state.warned, state.shown) == ("", question.id)
    assert state.key_points == [point.text for point in question.key_points]
    assert state.red_flags == list(question.red_flags)
    state.ask(BANK[1].id)
    assert (state.shown, state.key_points) == ("", [])
    state.leave()
    assert state.warned == ""
    for strange in (None, 7, "", "x" * 81):
        state.ask(strange)
        assert state.warned == ""
    state.ask("no-such-question")
    await state.show()
    assert (state.shown, state.key_points) == ("", [])
    assert state.problem


async def test_without_a_database_it_says_so(signed_in: Api, house: Runtime) -> None:
    with database_away(house):
        state = await _open()
    assert (state.loaded, state.listing.rows) == (False, [])
    assert "try again" in state.problem
    await state.load()
    assert state.loaded
    with database_away(house):
        await state.search("release")
    assert "try again" in state.problem
    assert _total(state) == len(BANK)
