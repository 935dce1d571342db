"""The states behind practice, lobby and room: what a person does there, on a real database."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.interviews.asked_view import Help
from interview_coach.interviews.lobby_state import LobbyState
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_steps_state import RoomStepsState, RoomTypingState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.outages import database_away, outage_noticed, tell_until, watching
from tests.support.pages import page_state
from tests.support.workers import work


def _interviews(api: Any) -> int:
    return int(api.get("/api/v1/interviews/history").json()["total"])


def _where(event: Any) -> str:
    for key, value in event.args:
        if str(key) == "path":
            return str(value).strip('"')
    raise AssertionError("no redirect")


async def _room(kind: type[Any], interview: dict[str, Any], query: str = "") -> Any:
    state = await page_state(kind, f"/interview/{interview['id']}{query}")
    assert await _steps(state.enter()) == []
    return state


async def _steps(events: Any) -> list[Any]:
    """What a handler that yields leads to; its updates of the screen are left out."""
    return [event async for event in events if event is not None]


async def test_practice_shows_the_bank_and_a_good_first_choice(signed_in: Api) -> None:
    state = await page_state(PracticeState, "/practice")
    await state.load()
    overview = {item["type"]: item for item in signed_in.get("/api/v1/questions/types").json()}
    assert state.loaded
    assert {kind: int(count.questions) for kind, count in state.counts.items()} == {
        kind: item["count"] for kind, item in overview.items()
    }
    assert state.same.title == "A good first interview"
    assert state.summary.kind == "Behavioral"
    assert state.user_name == "First Candidate"


async def test_a_double_press_sets_up_one_interview(signed_in: Api) -> None:
    state = await page_state(PracticeState, "/practice")
    await state.load()
    first = await _steps(state.start())
    second = await _steps(state.start())
    assert len(first) == 1
    assert second == []
    assert _where(first[0]).endswith("/lobby")
    assert _interviews(signed_in) == 1


async def test_the_choice_is_taken_up_again(signed_in: Api) -> None:
    state = await page_state(PracticeState, "/practice")
    await state.load()
    state.choose_kind("technical")
    state.choose_track("python")
    state.choose_length("3")
    state.choose_mode("live")
    state.choose_follow_ups("no")
    state.choose_patience("endless")
    assert (state.summary.follow_ups, state.summary.patience) == ("No", "No clock")
    assert await _steps(state.start())
    again = await page_state(PracticeState, "/practice")
    await again.load()
    assert (again.kind, again.track, again.mode) == ("technical", "python", "live")
    assert again.same.text.startswith("Technical, Python, ")
    assert (again.follow_ups, again.patience) == ("no", "endless")
    assert "live mode, no follow-ups" in again.same.text


async def test_a_choice_with_few_questions_says_so(signed_in: Api) -> None:
    state = await page_state(PracticeState, "/practice")
    await state.load()
    state.choose_kind("technical")
    track = state.tracks[1]
    state.choose_track(track.id)
    state.choose_length("8")
    if int(track.count) < 8:
        assert track.count in state.summary.note
        assert state.summary.questions.startswith(track.count)
    else:
        assert state.summary.note == ""


async def test_choices_that_do_not_exist_change_nothing(signed_in: Api) -> None:
    state = await page_state(PracticeState, "/practice")
    await state.load()
    before = state.summary
    state.choose_kind("juggling")
    state.choose_track("nowhere")
    state.choose_level("deadly")
    state.choose_length("1000")
    state.choose_mode("secret")
    state.choose_follow_ups("perhaps")
    state.choose_patience("none")
    assert state.summary == before


async def test_the_lobby_starts_the_interview_once(signed_in: Api) -> None:
    made = signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 2}).json()
    state = await page_state(LobbyState, f"/interview/{made['id']}/lobby")
    assert await _steps(state.arrive()) == []
    assert state.lobby.kind == "HR"
    assert state.lobby.track == "All"
    events = await _steps(state.begin_typing())
    assert _where(events[0]) == f"/interview/{made['id']}?type=1"
    assert await _steps(state.begin()) == []
    assert signed_in.get(f"/api/v1/interviews/{made['id']}").json()["status"] == "in_progress"


async def test_the_lobby_keeps_what_the_microphone_says(signed_in: Api) -> None:
    made = signed_in.post("/api/v1/interviews", json={"type": "hr"}).json()
    state = await page_state(LobbyState, f"/interview/{made['id']}/lobby")
    assert await _steps(state.arrive()) == []
    state.hear_microphone({"ready": False, "heard": False, "reason": "refused"})
    assert state.microphone_words == "Blocked by the browser"
    state.hear_microphone({"ready": True, "heard": True, "reason": ""})
    assert state.microphone_ready
    state.hear_microphone({"ready": "yes", "reason": {"odd": 1}})
    assert not state.microphone_ready


async def test_somebody_elses_interview_is_not_there(signed_in: Api, other: Api) -> None:
    theirs = new_interview(other)
    lobby = await page_state(LobbyState, f"/interview/{theirs['id']}/lobby")
    assert await _steps(lobby.arrive()) == []
    assert lobby.missing
    room = await page_state(RoomState, f"/interview/{theirs['id']}")
    assert await _steps(room.enter()) == []
    assert room.missing
    assert room.room.rows == []


async def test_a_refresh_brings_back_the_question_and_the_way_of_answering(signed_in: Api) -> None:
    interview = new_interview(signed_in, question_count=3)
    state = await _room(RoomState, interview, "?q=3&type=1")
    assert state.room.asked.position == 3
    assert state.typing
    assert state.address == f"/interview/{interview['id']}?q=3&type=1"
    await state.go_to(2)
    assert state.room.asked.question_id == interview["questions"][1]["id"]
    await state.go_to(17)
    assert state.room.asked.position == 2


async def test_a_lost_connection_changes_nothing_on_the_screen(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomState, interview, "?q=2")
    first = interview["questions"][0]["id"]
    await state.hear_phase({"phase": "uploading", "questionId": first})
    seen = [(event, state.loaded) async for event in state.enter()]
    assert seen == []
    assert state.phases == {first: "uploading"}
    assert state.room.asked.position == 2


async def test_without_a_number_the_room_opens_at_the_first_open_question(signed_in: Api) -> None:
    interview = new_interview(signed_in, question_count=3)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    state = await _room(RoomState, interview)
    assert state.room.asked.position == 2
    assert state.room.sent_text == "1 of 3 sent"


async def test_a_pending_interview_leads_to_its_lobby_and_an_ended_one_to_its_results(
    signed_in: Api,
) -> None:
    made = signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    room = await page_state(RoomState, f"/interview/{made['id']}")
    assert _where((await _steps(room.enter()))[0]) == f"/interview/{made['id']}/lobby"
    signed_in.post(f"/api/v1/interviews/{made['id']}/start")
    signed_in.post(f"/api/v1/interviews/{made['id']}/complete")
    assert _where((await _steps(room.enter()))[0]) == f"/interview/{made['id']}/results"


async def test_a_typed_answer_is_stored_once_and_then_scored(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomTypingState, interview)
    state.type_instead({})
    question = state.room.asked.question_id
    sent = {"key": question, "text": STRONG_ANSWER, "clientId": "abcdefgh12345678"}
    await state.send_text(sent)
    assert state.taken == "abcdefgh12345678"
    await state.send_text(sent)
    kept = signed_in.get(f"/api/v1/interviews/{interview['id']}").json()["answers"]
    assert [answer["take"] for answer in kept] == [1]
    assert state.room.rows[0].mark == "working"
    work(house)
    await state.go_to(1)
    assert state.room.rows[0].status.startswith("Scored ")
    assert state.room.asked.score is not None
    assert state.room.asked.take == 2


@pytest.mark.parametrize("text", ["", "   ", None, {"not": "text"}, "x" * 60_001])
async def test_a_text_that_is_none_is_refused_with_words(signed_in: Api, text: object) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomTypingState, interview)
    await state.send_text({"key": state.room.asked.question_id, "text": text, "clientId": "a" * 16})
    assert state.problem
    assert state.taken == ""
    assert signed_in.get(f"/api/v1/interviews/{interview['id']}").json()["answers"] == []


async def test_a_text_for_another_interviews_question_is_ignored(signed_in: Api) -> None:
    interview, second = new_interview(signed_in), new_interview(signed_in)
    state = await _room(RoomTypingState, interview)
    await state.send_text(
        {"key": second["questions"][0]["id"], "text": STRONG_ANSWER, "clientId": "a" * 16}
    )
    assert signed_in.get(f"/api/v1/interviews/{second['id']}").json()["answers"] == []


async def test_live_mode_keeps_silent_and_closes_the_answer(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in, mode="live")
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _room(RoomState, interview, "?q=1")
    assert state.room.rows[0].status == "Sent"
    assert state.room.rows[0].band == ""
    assert state.room.asked.closed
    assert state.room.asked.score is None
    assert state.room.asked.help == Help()
    assert state.room.asked.points == []
    assert state.room.rows[0].wait == ""


async def test_pausing_and_resuming_follow_the_interview(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomStepsState, interview)
    await state.pause()
    assert state.room.status == "paused"
    await state.pause()
    assert state.room.status == "paused"
    assert "paused" in state.problem
    await state.resume()
    assert state.room.status == "in_progress"
    assert state.problem == ""


async def test_skipping_asks_first_and_an_answer_takes_it_back(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomStepsState, interview)
    await state.press("s")
    assert state.dialog == "skip"
    assert state.room.rows[0].mark == "number"
    await state.skip()
    assert state.room.rows[0].mark == "skipped"
    assert state.room.asked.position == 2
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    await state.go_to(1)
    assert state.room.rows[0].mark == "working"


async def test_ending_says_what_is_open_and_leads_to_the_results(signed_in: Api) -> None:
    interview = new_interview(signed_in, question_count=3)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    signed_in.post(
        f"/api/v1/interviews/{interview['id']}/answers",
        json={"question_id": interview["questions"][1]["id"]},
    )
    state = await _room(RoomStepsState, interview)
    await state.ask_end()
    assert state.dialog == "end"
    assert "1 of 3 questions has no answer." in state.ending_text
    assert "1 recording is not sent yet" in state.ending_text
    assert "1 answer is still being analysed" in state.ending_text
    assert _where(await state.end()) == f"/interview/{interview['id']}/results"
    assert signed_in.get(f"/api/v1/interviews/{interview['id']}").json()["status"] == "completed"


async def test_next_goes_on_and_asks_to_end_when_nothing_is_open(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 1, STRONG_ANSWER)
    state = await _room(RoomStepsState, interview, "?q=2")
    await state.next_or_end({})
    assert state.room.asked.position == 1
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    await state.go_to(2)
    await state.next_or_end({})
    assert state.dialog == "end"


async def test_the_recorders_phases_are_kept_by_question(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomState, interview, "?q=1")
    first = interview["questions"][0]["id"]
    await state.hear_phase({"phase": "recording", "questionId": first})
    assert state.phases == {first: "recording"}
    await state.hear_phase({"phase": "dancing", "questionId": first})
    await state.hear_phase({"phase": "paused", "questionId": "somebody-elses"})
    assert state.phases == {first: "recording"}
    await state.go_to(2)
    assert state.phases == {first: "paused"}


async def test_the_keys_of_the_room(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomStepsState, interview, "?q=1")
    await state.press("ArrowRight")
    assert state.room.asked.position == 2
    await state.press("ArrowRight")
    assert state.room.asked.position == 2
    await state.press("ArrowLeft")
    assert state.room.asked.position == 1
    await state.press("h")
    assert state.hint
    assert state.room.asked.help.tips
    await state.press("h")
    assert not state.hint
    await state.press("?")
    assert state.dialog == "keys"
    state.close_dialog()
    assert state.dialog == ""


_AWAY = "The database does not answer right now. Nothing was changed; try again in a moment."


async def test_a_step_that_the_database_missed_can_be_pressed_again(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomStepsState, interview)
    with database_away(house):
        await state.pause()
        assert (state.problem, state.room.status) == (_AWAY, "in_progress")
        await state.ask_end()
        assert (state.problem, state.dialog) == (_AWAY, "")
    await state.pause()
    assert (state.problem, state.room.status) == ("", "paused")
    await state.resume()
    assert state.room.status == "in_progress"


async def test_a_text_that_the_database_missed_stays_unsent(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    state = await _room(RoomTypingState, interview)
    sent = {"key": state.room.asked.question_id, "text": STRONG_ANSWER, "clientId": "a" * 16}
    with database_away(house):
        await state.send_text(sent)
        assert (state.problem, state.taken) == (_AWAY, "")
    await state.send_text(sent)
    assert (state.problem, state.taken) == ("", "a" * 16)


async def test_pages_that_cannot_be_read_say_so_and_can_be_tried_again(
    signed_in: Api, house: Runtime
) -> None:
    made = signed_in.post("/api/v1/interviews", json={"type": "hr"}).json()
    running = new_interview(signed_in)
    practice = await page_state(PracticeState, "/practice")
    lobby = await page_state(LobbyState, f"/interview/{made['id']}/lobby")
    room = await page_state(RoomState, f"/interview/{running['id']}")
    with database_away(house):
        await practice.load()
        assert await _steps(lobby.arrive()) == []
        assert await _steps(room.enter()) == []
        for state in (practice, lobby, room):
            assert (state.loaded, state.problem) == (False, _AWAY)
        assert not lobby.missing
        assert not room.missing
    await practice.load()
    assert await _steps(lobby.arrive()) == []
    assert await _steps(room.enter()) == []
    for state in (practice, lobby, room):
        assert (state.loaded, state.problem) == (True, "")


async def test_a_press_that_the_database_missed_can_be_repeated(
    signed_in: Api, house: Runtime
) -> None:
    made = signed_in.post("/api/v1/interviews", json={"type": "hr"}).json()
    practice = await page_state(PracticeState, "/practice")
    lobby = await page_state(LobbyState, f"/interview/{made['id']}/lobby")
    await practice.load()
    assert await _steps(lobby.arrive()) == []
    with database_away(house):
        assert await _steps(practice.start()) == []
        assert await _steps(lobby.begin()) == []
        assert (practice.problem, practice.starting) == (_AWAY, False)
        assert (lobby.problem, lobby.starting) == (_AWAY, False)
    assert _where((await _steps(practice.start()))[0]).endswith("/lobby")
    assert _where((await _steps(lobby.begin()))[0]) == f"/interview/{made['id']}"


async def test_the_room_goes_on_by_itself_after_the_database_was_away(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in, question_count=3)
    state = await _room(RoomState, interview, "?q=3")
    async with watching(house, state) as watcher:
        await outage_noticed(house, interview["id"])
        assert not watcher.done()
        typed_answer(signed_in, interview, 0, STRONG_ANSWER)
        await tell_until(
            house,
            interview["id"],
            lambda: state.room.sent_text == "1 of 3 sent",
            "the room shows the answer",
        )
    assert state.room.asked.position == 3


async def test_a_room_that_did_not_open_opens_when_the_database_is_back(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in, question_count=3)
    state = await page_state(RoomState, f"/interview/{interview['id']}?q=2")
    with database_away(house):
        assert await _steps(state.enter()) == []
    async with watching(house, state):
        await tell_until(house, interview["id"], lambda: state.loaded, "the room opens")
    assert (state.problem, state.room.asked.position) == ("", 2)
