"""The results page's state on a real database, queue and scorer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from interview_coach.feedback import service
from interview_coach.feedback.state import ResultsState
from interview_coach.interviews import repository
from interview_coach.runtime import Runtime
from interview_coach.speech.align import align
from interview_coach.speech.decode import decode
from interview_coach.speech.measure import measure
from interview_coach.speech.types import Transcript
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, spoken_answer, typed_answer
from tests.support.outages import database_away, outage_noticed, tell_until, watching
from tests.support.pages import page_state
from tests.support.recordings import SPOKEN_ANSWER, SPOKEN_TEXT
from tests.support.workers import work


async def _results(interview: dict[str, Any]) -> Any:
    state = await page_state(ResultsState, f"/interview/{interview['id']}/results")
    await state.load()
    return state


def _set(house: Runtime, answer_id: str, **values: Any) -> None:
    with house.database.writing() as session:
        repository.set_answer(session, answer_id, values)


def _hear_roughly(house: Runtime, answer_id: str) -> None:
    """The fixture's sound, measured, with the words of a rough recogniser."""
    with house.database.reading() as session:
        answer = repository.answer_by_id(session, answer_id)
        assert answer is not None
        question = repository.question_by_id(session, answer.interview_question_id)
        assert question is not None
    heard = "last ring our checkout or is failed every friday evening I was the engine ear on call"
    sound = measure(decode(SPOKEN_ANSWER), ())
    words = tuple(replace(word, probability=0.3) for word in align(heard, (), sound.speech))
    rough = Transcript(heard, words, "pocketsphinx", "en-us", draft=True)
    analysis = service.analysis_of_sound(answer, question, service.Heard(sound, rough))
    with house.database.writing() as session:
        service.store(session, answer, analysis, {"status": "done"})


def _shown(state: Any, place: int = 0) -> Any:
    return state.questions[place].shown[0]


async def test_the_parts_add_up_to_the_score_that_is_shown(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    typed_answer(signed_in, interview, 1, "We talked about it and then it was fine in the end.")
    work(house)
    signed_in.post(f"/api/v1/interviews/{interview['id']}/complete")
    state = await _results(interview)
    analysis = signed_in.get(f"/api/v1/interviews/{interview['id']}/analysis").json()
    assert state.loaded
    assert state.head.overall.value == analysis["overall"]["score"]
    assert state.head.overall.low == analysis["overall"]["low"]
    total = 100 + sum(float(row.points) for row in state.head.parts)
    assert total == pytest.approx(analysis["overall"]["score"], abs=0.6)
    bars = sum(float(row.points) for row in state.head.why.rows)
    assert 100 + bars == pytest.approx(total, abs=0.6)
    assert [view.name for view in state.head.scores] == [
        "Overall", "Content", "Clarity", "Fluency", "Confidence", "Pace",
    ]  # fmt: skip
    assert state.head.open_label == ""


async def test_what_was_not_measured_is_a_dash_with_its_reason(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _results(interview)
    scores = {view.name: view for view in state.head.scores}
    for name in ("Fluency", "Pace"):
        assert scores[name].value_text == "-"
        assert scores[name].reason == "typed answer: nothing was spoken"
    take = _shown(state)
    assert take.audio_src == ""
    assert {row.note for row in take.measures if row.value == "-"} == {
        "typed answer: nothing was spoken"
    }
    assert take.source == "typed"
    assert all(quote.at_text == "" for group in take.evidence for quote in group.quotes), (
        "typed words have no time to jump to"
    )


async def test_every_quote_stands_in_the_transcript(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, f"Um, {STRONG_ANSWER} I think it was, you know, good.")
    work(house)
    take = _shown(await _results(interview))
    text = "".join(piece.text for piece in take.pieces)
    quotes = [q.text for rows in (take.story, take.points, take.evidence) for r in rows
              for q in r.quotes]  # fmt: skip
    assert quotes
    assert all(quote in text for quote in quotes)
    marked = {(piece.kind, piece.text) for piece in take.pieces if piece.kind != "plain"}
    assert {("fill", "Um"), ("fill", "you know"), ("hedge", "I think")} <= marked


async def test_an_interview_that_is_still_open_leads_back_to_it(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _results(interview)
    assert state.head.open_href == f"/interview/{interview['id']}"
    assert not state.head.answered
    assert [question.gap for question in state.questions] == ["Not answered"] * 2
    waiting = signed_in.post("/api/v1/interviews", json={"type": "hr", "question_count": 1}).json()
    assert (await _results(waiting)).head.open_href == f"/interview/{waiting['id']}/lobby"


async def test_an_answer_being_analysed_says_how_far_it_is(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    _set(house, answer, status="transcribing", percent=42)
    state = await _results(interview)
    assert (_shown(state).state, _shown(state).status) == ("busy", "Transcribing, 42 %")
    assert state.head.working.startswith("1 answer still being analysed")
    assert state.head.overall.reason == "the answers are still being analysed"
    work(house)
    await state.load()
    assert (_shown(state).state, state.head.working) == ("done", "")
    assert state.head.overall.scored


async def test_a_failed_answer_can_be_tried_again(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    told = {"error_code": "analysis_failed", "error_detail": "It failed three times."}
    _set(house, answer, status="failed", **told)
    state = await _results(interview)
    assert (_shown(state).state, _shown(state).problem) == ("failed", "It failed three times.")
    await state.retry(answer)
    assert _shown(state).state == "busy"
    await state.retry(answer)
    assert state.problem.startswith("This answer is uploaded")
    work(house)
    await state.load()
    assert (_shown(state).state, state.problem) == ("done", "")


async def test_a_rough_transcript_is_corrected_and_scored_again(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in, question_count=1)
    answer = spoken_answer(signed_in, interview, 0)
    _hear_roughly(house, answer)
    state = await _results(interview)
    before = _shown(state)
    assert before.draft
    assert state.head.draft
    assert "pocketsphinx" in before.source
    assert before.audio_src.endswith(f"/answers/{answer}/audio")
    await state.edit(answer)
    assert (state.editing, state.edit_text) == (answer, "".join(p.text for p in before.pieces
            if p.kind not in {"pause", "probable"}).replace("  ", " ").strip())  # fmt: skip
    await state.save_words({"words": "   "})
    assert state.edit_problem.startswith("Write what you said")
    assert state.editing == answer
    await state.save_words({"words": SPOKEN_TEXT})
    assert (state.editing, _shown(state).state) == ("", "busy")
    work(house, "light")
    await state.load()
    after = _shown(state)
    assert not after.draft
    assert not state.head.draft
    assert after.source.endswith("corrected by you")
    voice = [row for row in after.measures if row.label.endswith("variation")]
    assert voice == [row for row in before.measures if row.label.endswith("variation")]


async def test_another_take_can_be_shown(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    first = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    second = typed_answer(signed_in, interview, 0, "No.")
    work(house)
    state = await _results(interview)
    question = state.questions[0]
    assert question.shown[0].answer_id == first, "the best take counts"
    assert [row.answer_id for row in question.others] == [second]
    await state.show_take(question.question_id, second)
    assert _shown(state).answer_id == second
    assert "too short to score" in _shown(state).meta
    await state.show_take(question.question_id, "01somebodyelses")
    assert _shown(state).answer_id == second


async def test_somebody_elses_interview_is_not_there(
    signed_in: Api, other: Api, house: Runtime
) -> None:
    interview = new_interview(other)
    answer = typed_answer(other, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _results(interview)
    assert state.missing
    assert state.questions == []
    await state.edit(answer)
    assert (state.editing, state.edit_text) == ("", "")
    state.editing = answer
    await state.save_words({"words": "taken over"})
    assert state.edit_problem
    theirs = other.get(f"/api/v1/interviews/{interview['id']}/answers/{answer}").json()
    assert theirs["transcript"] == STRONG_ANSWER
    assert (await _results({"id": "nothing"})).missing


async def test_only_what_changed_is_sent_again(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _results(interview)
    state._clean()
    await state.load()
    assert not {"head", "questions"} & state.dirty_vars


async def test_results_that_cannot_be_read_say_so_and_open_by_themselves(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    with database_away(house):
        state = await _results(interview)
    assert (state.loaded, state.missing) == (False, False)
    assert state.problem.startswith("The database does not answer right now.")
    async with watching(house, state) as watcher:
        await tell_until(house, interview["id"], lambda: state.loaded, "the report opens")
        assert (state.problem, _shown(state).answer_id) == ("", answer)
        await outage_noticed(house, interview["id"])
        assert not watcher.done()
        second = typed_answer(signed_in, interview, 1, STRONG_ANSWER)
        await tell_until(
            house,
            interview["id"],
            lambda: [row.answer_id for row in state.questions[1].shown] == [second],
            "the report shows the second answer",
        )


async def test_changes_that_the_database_missed_are_told(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    state = await _results(interview)
    state.editing = answer
    with database_away(house):
        await state.save_words({"words": "Other words."})
        assert (state.editing, state.problem) == (answer, "")
        assert state.edit_problem.startswith("The database does not answer right now.")
        await state.retry(answer)
        assert state.problem == state.edit_problem
    await state.save_words({"words": "Other words."})
    assert (state.editing, state.edit_problem, state.loaded) == ("", "", True)


async def test_a_recording_that_arrives_late_is_shown(signed_in: Api) -> None:
    interview = new_interview(signed_in)
    state = await _results(interview)
    assert state.shown_interview == interview["id"]
    answer = typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    await state.hear_sent({"interviewId": "another"})
    assert all(question.shown == [] for question in state.questions)
    await state.hear_sent({"interviewId": interview["id"], "answerId": answer})
    assert _shown(state).answer_id == answer


async def test_the_own_rating_is_asked_before_the_scores_and_once(
    signed_in: Api, house: Runtime
) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    assert not (await _results(interview)).head.ask_rating  # it still goes on
    signed_in.post(f"/api/v1/interviews/{interview['id']}/complete")
    state = await _results(interview)
    assert state.head.ask_rating
    for nonsense in (-1, 101, True):
        await state.rate(nonsense)
        assert state.head.ask_rating
    await state.rate(100)
    assert not state.head.ask_rating
    assert state.head.own_rating.startswith("You rated it 100 before you saw the score")
    await state.rate(0)
    assert (state.problem, state.head.own_rating[:16]) == ("", "You rated it 100")


async def test_a_rating_that_is_not_said_shows_the_scores(signed_in: Api, house: Runtime) -> None:
    interview = new_interview(signed_in)
    typed_answer(signed_in, interview, 0, STRONG_ANSWER)
    work(house)
    signed_in.post(f"/api/v1/interviews/{interview['id']}/complete")
    state = await _results(interview)
    await state.skip_rating()
    assert (state.head.ask_rating, state.head.own_rating) == (False, "")
    assert not (await _results(interview)).head.ask_rating
