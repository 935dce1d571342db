"""Answers of older rules scored again: old scores stay, the newest is shown; speech profiles."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from sqlmodel import col, delete, select

from interview_coach import scoring
from interview_coach.ai.models import AiAnswer
from interview_coach.feedback import rescoring, service
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.feedback.report import read_report
from interview_coach.feedback.views.advice import advice_view
from interview_coach.interviews import outcomes
from interview_coach.runtime import Runtime
from interview_coach.speech.types import Transcript
from tests.conftest import Api
from tests.scoring.test_score import sound_of, words_of
from tests.support.engines import EngineServer, Turn
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.workers import work
from tests.support.written import written


def _old_answer(house: Runtime, api: Api) -> tuple[str, str]:
    """An interview with one answer whose scoring is made to look like an older one."""
    interview = new_interview(api)
    answer_id = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    with house.database.writing() as session:
        for row in session.exec(select(Analysis).where(Analysis.answer_id == answer_id)):
            told = {**row.result, "algorithm": "1.0"}
            told["scores"] = {**told["scores"], "overall": 12}
            row.algorithm, row.result, row.overall = "1.0", told, 12
            session.add(row)
    return interview["id"], answer_id


def _versions(api: Api, interview_id: str, answer_id: str) -> list[dict[str, Any]]:
    found = api.get(f"/api/v1/interviews/{interview_id}/answers/{answer_id}/analyses")
    assert found.status_code == 200, found.text
    listed: list[dict[str, Any]] = found.json()
    return listed


def test_an_older_score_is_kept_and_the_new_one_is_shown(house: Runtime, api: Api) -> None:
    interview_id, answer_id = _old_answer(house, api)
    assert list(rescoring.outdated(house.database)) == [answer_id]

    done = rescoring.rescore(house.database)

    assert (done.answers, done.changed) == (1, 1)
    listed = _versions(api, interview_id, answer_id)
    assert [(row["algorithm"], row["current"]) for row in listed] == [
        (scoring.ALGORITHM, True),
        ("1.0", False),
    ]
    assert listed[1]["scores"]["overall"] == 12
    shown = api.get(f"/api/v1/interviews/{interview_id}/analysis").json()
    assert shown["algorithm"] == scoring.ALGORITHM
    assert shown["answers"][0]["scores"] == listed[0]["scores"]
    assert shown["overall"]["score"] == listed[0]["scores"]["overall"] != 12


def test_scored_again_once_there_is_nothing_left_to_do(house: Runtime, api: Api) -> None:
    _old_answer(house, api)
    rescoring.rescore(house.database)
    assert list(rescoring.outdated(house.database)) == []
    assert rescoring.rescore(house.database) == rescoring.Rescored(0, 0)


def test_versions_are_their_owners_alone(house: Runtime, api: Api, other: Api) -> None:
    interview_id, answer_id = _old_answer(house, api)
    path = f"/api/v1/interviews/{interview_id}/answers/{answer_id}/analyses"
    assert other.get(path).status_code == 404


def test_what_an_engine_judged_is_kept(house: Runtime, api: Api) -> None:
    _, answer_id = _old_answer(house, api)
    quote = " ".join(STRONG_ANSWER.split()[:5])
    criteria = tuple(scoring.Criterion(f"key_{number}", 5, quote) for number in range(4))
    with house.database.writing() as session:
        found = outcomes.to_analyse(session, answer_id)
        assert found is not None
        _, question, _ = found
        before = session.exec(select(Analysis).where(Analysis.answer_id == answer_id)).one()
        judged = service.judged(before, question, scoring.Judgement("gemini", criteria))
        again = rescoring.by_the_rules_of_today(judged, question)
    assert judged.result["judge"]["criteria"]
    assert again.result == judged.result


def test_the_speech_profile_of_its_owner_is_stored_and_stays(house: Runtime, api: Api) -> None:
    wanted = {**api.get("/api/v1/users/me/preferences").json(), "speech_profile": "patient"}
    assert api.put("/api/v1/users/me/preferences", json=wanted).status_code == 200
    interview_id, answer_id = _old_answer(house, api)
    assert _versions(api, interview_id, answer_id)[0]["speech_profile"] == "patient"
    api.put("/api/v1/users/me/preferences", json={**wanted, "speech_profile": "standard"})
    rescoring.rescore(house.database)
    assert [row["speech_profile"] for row in _versions(api, interview_id, answer_id)] == [
        "patient",
        "patient",
    ]


def test_a_recording_is_scored_with_the_profile_and_again_the_same(
    house: Runtime, api: Api
) -> None:
    _, answer_id = _old_answer(house, api)
    words = words_of(STRONG_ANSWER)
    heard = service.Heard(
        sound_of(words), Transcript(STRONG_ANSWER, words, "whisper", "tiny", draft=False)
    )
    with house.database.reading() as session:
        found = outcomes.to_analyse(session, answer_id)
        assert found is not None
        answer, question, _ = found
        plain = service.analysis_of_sound(answer, question, heard)
        patient = service.analysis_of_sound(answer, question, replace(heard, profile="patient"))
        again = service.as_heard(patient, question)
    assert asdict(heard.sound) == patient.sound
    assert plain.result["metrics"]["speech_profile"] == "standard"
    assert again.result == patient.result


def _feedback_of(house: Runtime, answer_id: str) -> list[AnswerFeedback]:
    with house.database.reading() as session:
        rows = session.exec(
            select(AnswerFeedback)
            .where(AnswerFeedback.answer_id == answer_id)
            .order_by(col(AnswerFeedback.version))
        ).all()
        session.expunge_all()
        return list(rows)


def test_the_local_engine_advises_anew_on_the_new_scores(any_house: Runtime, any_api: Api) -> None:
    interview_id, answer_id = _old_answer(any_house, any_api)
    with any_house.database.writing() as session:
        row = session.exec(select(AnswerFeedback)).one()
        fresh = row.content
        stale = [{**item, "measure": "12 of 100"} for item in fresh["strengths"]]
        row.content = {**fresh, "strengths": stale}
        row.passed = [{"engine": "gemini", "kind": "timeout"}]
        session.add(row)

    rescoring.rescore(any_house.database)

    old, new = _feedback_of(any_house, answer_id)
    assert old.content["strengths"] == stale
    assert (new.version, new.engine, new.content) == (2, "local", fresh)
    # What failed then can be asked for again still.
    assert new.passed == old.passed
    told = any_api.get(f"/api/v1/interviews/{interview_id}/feedback").json()
    assert "12 of 100" not in str(told["strengths"])
    assert not told["earlier_scores"]


def test_an_engines_advice_stays_says_it_is_older_and_can_be_asked_for_anew(
    house: Runtime, api: Api, gemini: EngineServer
) -> None:
    gemini.will(written)
    interview_id, answer_id = _old_answer(house, api)
    gemini.will(Turn(status=400))

    rescoring.rescore(house.database)

    assert gemini.requests == []
    assert [row.engine for row in _feedback_of(house, answer_id)] == ["local", "gemini"]
    told = _told(api, interview_id)
    assert (told["engine"], told["earlier_scores"]) == ("gemini", True)
    with house.database.reading() as session:
        shown = advice_view(read_report(session, api.user["id"], interview_id))
    assert shown.problem == "Written on earlier scores"
    assert "scored again by newer rules" in shown.problem_text

    with house.database.writing() as session:
        # They are kept for 30 days, and these scores are but made to look older.
        session.execute(delete(AiAnswer))
    # A try that fails does not make old words new.
    _ask_again(house, api, interview_id)
    assert _told(api, interview_id)["earlier_scores"]
    gemini.will(written)
    _ask_again(house, api, interview_id)
    told = _told(api, interview_id)
    assert (told["engine"], told["earlier_scores"], told["passed"]) == ("gemini", False, [])


def _told(api: Api, interview_id: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/api/v1/interviews/{interview_id}/feedback").json()
    return found


def _ask_again(house: Runtime, api: Api, interview_id: str) -> None:
    again = api.post(f"/api/v1/interviews/{interview_id}/feedback/retry")
    assert again.status_code == 202, again.text
    work(house, "ai")
