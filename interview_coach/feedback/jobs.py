"""The analysis job: one answer, from its sound or text to a stored analysis, exactly once."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session

from interview_coach.accounts import profile
from interview_coach.accounts.schemas import PreferencesView
from interview_coach.feedback import (
    advising,
    drawing,
    enriching,
    model_answers,
    repository,
    service,
)
from interview_coach.feedback.follow_ups import asking, replies
from interview_coach.feedback.models import Analysis, AnswerFeedback, SoundLanes
from interview_coach.feedback.recogniser import recogniser_of
from interview_coach.interviews import outcomes
from interview_coach.interviews.models import Answer, InterviewQuestion, Recording
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobBody, JobContext
from interview_coach.jobs.progress import publish
from interview_coach.kit.database import run_after_commit
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import router, runtime
from interview_coach.speech.activity import listen
from interview_coach.speech.decode import Samples, decode
from interview_coach.speech.encode import encode_webm
from interview_coach.speech.measure import measured
from interview_coach.speech.types import SpeechError, Transcript

_TELL_EVERY_SECONDS = 0.5
_NEEDS_TEXT = {
    "engine_missing": (
        "No speech recogniser is installed here, so the words are missing. Your recording is "
        "kept. Type what you said, or ask the operator to run `./coach models pull`."
    ),
    "language_unknown": (
        "Your recording is kept. Type what you said, or ask the operator for a model of several "
        "languages (`COACH_WHISPER_MODEL`, such as `base`)."
    ),
    "no_speech": (
        "No speech was heard in this recording. Check the microphone and record again, or type "
        "your answer."
    ),
}
_MAX_DETAIL = 500
log = get_logger("feedback.jobs")


def _run(context: JobContext) -> None:
    house = runtime()
    with house.database.reading() as session:
        found = outcomes.to_analyse(session, context.payload["answer_id"])
        heard = repository.heard(session, context.payload["answer_id"])
        wanted = profile.preferences(session, found[0].user_id) if found else None
        thread = asking.thread_of(session, found[1]) if found else None
    if found is None or thread is None or wanted is None:
        # The candidate has deleted it meanwhile: there is nothing left to do.
        with house.database.writing() as session:
            jobs.finish(session, context.job_id, context.attempt)
        return
    answer, question, recording = found
    lanes: SoundLanes | None = None
    outcome: dict[str, Any] = {"status": "done", "error_code": None, "error_detail": None}
    try:
        if answer.text is not None:
            _tell(answer, "scoring")
            analysis: Analysis | None = service.analysis_of_text(
                answer, question, heard, wanted.language, wanted.speech_profile
            )
        elif heard is not None and context.payload.get("as_heard"):
            _tell(answer, "scoring")
            analysis = service.as_heard(heard, question)
        else:
            analysis, lanes = _from_sound(answer, question, recording, outcome, wanted)
    except SpeechError as error:
        if error.code == "engine_failed":
            raise
        analysis = None
        outcome.update(_problem("failed", error.code, error.detail))
    so_far = analysis.result if analysis else {}
    if analysis is not None and thread.kinds:
        so_far = replies.settle(analysis, thread)
    tone = wanted.feedback_tone
    feedback = advising.write_local(answer, question, analysis, tone) if analysis else None
    if feedback is not None and outcome["status"] == "done" and router().engines:
        outcome["status"] = "writing"
    talk = asking.Talk(question, thread, so_far)
    _save(context, answer, outcome, _Made(analysis, feedback, lanes, talk))


@dataclass(frozen=True, slots=True)
class _Made:
    """What came of an answer. analysis: None when there was nothing to analyse."""

    analysis: Analysis | None
    feedback: AnswerFeedback | None
    lanes: SoundLanes | None
    talk: asking.Talk


def _from_sound(
    answer: Answer,
    question: InterviewQuestion,
    recording: Recording | None,
    outcome: dict[str, Any],
    wanted: PreferencesView,
) -> tuple[Analysis, SoundLanes]:
    if recording is None:
        raise SpeechError("empty", "This answer has no recording. Record it again.")
    _tell(answer, "transcribing", 0)
    began = time.perf_counter()
    samples = decode(runtime().storage.read(recording.object_key), recording.segments)
    decoded = time.perf_counter()
    transcript = _transcribe(answer, samples, outcome, wanted.language)
    transcribed = time.perf_counter()
    if transcript is not None:
        outcome["hearing_seconds"] = round(transcribed - decoded, 3)
    _tell(answer, "scoring")
    heard = listen(samples)
    sound = measured(heard, transcript.words if transcript else ())
    drawn = drawing.of_sound(answer, heard, sound)
    measured_at = time.perf_counter()
    outcome["duration_seconds"] = round(sound.duration_seconds, 3)
    analysis = service.analysis_of_sound(
        answer, question, service.Heard(sound, transcript, wanted.language, wanted.speech_profile)
    )
    scored = time.perf_counter()
    if transcript is not None and not transcript.words:
        outcome.update(_problem("needs_text", "no_speech", _NEEDS_TEXT["no_speech"]))
    if len(recording.segments) > 1 and recording.playback_key is None:
        _keep_playback(answer, samples)
    log.info(
        "analysed",
        answer=answer.id,
        decode=round(decoded - began, 3),
        recognise=round(transcribed - decoded, 3),
        measure=round(measured_at - transcribed, 3),
        score=round(scored - measured_at, 3),
    )
    return analysis, drawn


def _transcribe(
    answer: Answer, samples: Samples, outcome: dict[str, Any], language: str
) -> Transcript | None:
    try:
        recogniser = recogniser_of(runtime().settings)
    except SpeechError as error:
        outcome.update(_problem("needs_text", error.code, _NEEDS_TEXT["engine_missing"]))
        return None
    try:
        return recogniser.transcribe(samples, on_progress=_teller(answer), language=language)
    except SpeechError as error:
        if error.code != "language_unknown":
            raise
        told = f"{error.detail} {_NEEDS_TEXT[error.code]}"
        outcome.update(_problem("needs_text", error.code, told))
        return None


def _teller(answer: Answer) -> Callable[[float], None]:
    told_at = time.monotonic()

    def tell(share: float) -> None:
        nonlocal told_at
        if time.monotonic() - told_at >= _TELL_EVERY_SECONDS:
            told_at = time.monotonic()
            _tell(answer, "transcribing", min(99, max(0, round(share * 100))))

    return tell


def _keep_playback(answer: Answer, samples: Samples) -> None:
    # A recording that went on after a page refresh is several streams; players stop after one.
    house = runtime()
    kept = house.storage.keep(
        f"playback/{answer.user_id}", [encode_webm(samples)], _most_bytes(samples)
    )
    with house.database.writing() as session:
        outcomes.keep_playback(session, answer.id, kept.key)


def _most_bytes(samples: Samples) -> int:
    """The most bytes an encoded form of these samples can need: raw 16-bit sound."""
    return 2 * len(samples) + 65_536


def _problem(status: str, code: str, detail: str) -> dict[str, Any]:
    return {"status": status, "error_code": code, "error_detail": detail[:_MAX_DETAIL]}


def _tell(answer: Answer, status: str, percent: int | None = None) -> None:
    """Show how far it is: in the database for whoever looks, in the channel for who waits."""
    house = runtime()
    with house.database.writing() as session:
        if not outcomes.show_progress(session, answer.id, status, percent):
            return
    _publish(answer, status, percent)


def _publish(answer: Answer, status: str, percent: int | None = None) -> None:
    publish(
        runtime().redis,
        answer.interview_id,
        {"answer_id": answer.id, "status": status, "percent": percent},
    )


def _save(context: JobContext, answer: Answer, outcome: dict[str, Any], made: _Made) -> None:
    writing = outcome["status"] == "writing"
    with runtime().database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
        if made.lanes is not None:
            repository.keep_lanes(session, made.lanes)
        if made.analysis is None:
            outcomes.record(session, answer.id, outcome)
        else:
            service.store(session, answer, made.analysis, outcome, made.feedback)
            # Before the advice, which takes longer: the candidate waits for the question.
            if outcome["status"] in {"done", "writing"}:
                asking.plan(session, answer, made.analysis, made.talk, engines=writing)
        if writing:
            enriching.queue(session, answer.user_id, answer.interview_id)
    _publish(answer, outcome["status"])


def _gave_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    found = outcomes.to_analyse(session, payload["answer_id"])
    if found is None:
        return
    answer = found[0]
    log.error("analysis given up", answer=answer.id, reason=reason)
    told = "The analysis failed three times. Your answer is kept: try again, or type what you said."
    outcomes.record(session, answer.id, _problem("failed", "analysis_failed", told))
    run_after_commit(session, lambda: _publish(answer, "failed"))


analyse_answer = JobBody(run=_run, gave_up=_gave_up)
draw_lanes = JobBody(run=drawing.run, gave_up=drawing.gave_up)
advise = JobBody(run=enriching.run, gave_up=enriching.gave_up)
follow_up = JobBody(run=asking.run, gave_up=asking.gave_up)
model_answer = JobBody(run=model_answers.run, gave_up=model_answers.gave_up)
