"""One answer over time: words, pauses, marks and story, and what is drawn of its sound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from interview_coach.feedback import repository, service
from interview_coach.feedback.marks import TimedAnswer, marks_of_words, read_for_marks, told_parts
from interview_coach.feedback.models import Analysis
from interview_coach.feedback.timeline_schemas import (
    LanesView,
    NotDrawn,
    TimelineFiller,
    TimelinePause,
    TimelineView,
    TimelineWord,
)
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import WORKING, Answer
from interview_coach.jobs import service as jobs
from interview_coach.kit.errors import CoachError
from interview_coach.scoring import Question
from interview_coach.scoring.answer_text import AnswerText, read_heard
from interview_coach.scoring.delivery import inside_clause
from interview_coach.scoring.types import STAR_TYPES
from interview_coach.speech import lanes
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.types import Span, Word

DRAW = "feedback.draw_lanes"
# The first version of the program that keeps what is drawn of a sound.
SINCE = "0.2"
_REASONS = {
    "typed": "A typed answer has no sound to draw.",
    "working": "The sound is still being analysed.",
    "no_sound": "Not drawn: the recording was deleted when its time was up.",
    "before": f"Not drawn: this answer was analysed before version {SINCE}, which draws the sound.",
}


def read_timeline(
    session: Session, user_id: str, interview_id: str, answer_id: str
) -> TimelineView:
    """One take over time; 404 when it is not this user's."""
    answer = interviews.find_answer(session, user_id, interview_id, answer_id)
    analysis = repository.newest(session, user_id, [answer_id]).get(answer_id)
    kept = repository.lanes(session, user_id, [answer_id]).get(answer_id)
    drawn = None if kept is None else lanes_view(kept.content)
    missing = None if drawn is not None else _not_drawn(session, answer)
    if analysis is None:
        return TimelineView(
            answer_id=answer_id,
            analysis_version=None,
            duration_seconds=answer.duration_seconds,
            lanes=drawn,
            not_drawn=missing,
        )
    question = outcomes.question_of(session, answer)
    return _timeline(analysis, service.question_for_scoring(question), drawn, missing)


def _timeline(
    analysis: Analysis, question: Question, drawn: LanesView | None, missing: NotDrawn | None
) -> TimelineView:
    kept = analysis.words or []
    words = [
        Word(row["word"], row["start"], row["end"], row["probability"])
        for row in kept
        if row["word"].strip()
    ]
    language = service.language_of(analysis)
    answer = read_for_marks(read_heard(words, question), language)
    pauses = [Span(**pause) for pause in (analysis.sound or {}).get("pauses", ())]
    metrics = analysis.result.get("metrics") or {}
    timed = TimedAnswer(answer, words)
    if language == ENGLISH:
        story = timed.story() if question.type in STAR_TYPES else []
    else:
        story = told_parts(analysis.result.get("star") or {})
    doubtful = not analysis.draft and not analysis.corrected
    return TimelineView(
        answer_id=analysis.answer_id,
        analysis_version=analysis.version,
        duration_seconds=metrics.get("duration_seconds"),
        lanes=drawn,
        not_drawn=missing,
        words=_words(words, marks_of_words(words, answer, doubtful=doubtful, language=language)),
        pauses=_pauses(pauses, answer, words),
        fillers=[
            TimelineFiller(**row)
            for row in metrics.get("fillers") or ()
            if row["start"] is not None and row["end"] is not None
        ],
        repeats=timed.repeats(),
        story=story,
    )


def _words(words: Sequence[Word], marks: Sequence[str]) -> list[TimelineWord]:
    return [
        TimelineWord(
            text=word.text.strip(),
            start=word.start,
            end=word.end,
            probability=word.probability,
            mark=mark,
        )
        for word, mark in zip(words, marks, strict=True)
    ]


def _pauses(
    pauses: Sequence[Span], answer: AnswerText, words: Sequence[Word]
) -> list[TimelinePause]:
    inside: Sequence[bool | None] = [None] * len(pauses)
    if words:
        inside = inside_clause(answer, words, pauses)
    return [
        TimelinePause(start=pause.start, end=pause.end, inside_clause=one)
        for pause, one in zip(pauses, inside, strict=True)
    ]


def not_drawn(session: Session, user_id: str, interview_id: str, answer_id: str) -> NotDrawn | None:
    """Why the sound of this user's answer is not drawn; None when it is."""
    answer = interviews.find_answer(session, user_id, interview_id, answer_id)
    if repository.has_lanes(session, user_id, answer_id):
        return None
    return _not_drawn(session, answer)


def _not_drawn(session: Session, answer: Answer) -> NotDrawn:
    if answer.kind == "typed":
        code = "typed"
    elif outcomes.recording_of(session, answer.id) is None and answer.status != "recording":
        code = "no_sound"
    elif answer.status in (*WORKING, "recording"):
        code = "working"
    else:
        code = "before"
    return NotDrawn(code=code, reason=_REASONS[code], can_be_drawn=code == "before")


def lanes_view(content: dict[str, Any]) -> LanesView:
    """Lanes as they are told, from lanes as they are kept."""
    found = lanes.unpack(content)
    pitch = None
    if found.pitch is not None:
        pitch = [None if step == lanes.UNVOICED else step for step in found.pitch.tolist()]
    return LanesView(
        wave_step_seconds=lanes.WAVE_STEP_MS / 1000,
        step_seconds=lanes.STEP_MS / 1000,
        wave=found.wave.tolist(),
        pitch=pitch,
        loudness=found.loudness.tolist(),
        median_hz=found.median_hz,
    )


def ask_to_draw(session: Session, user_id: str, interview_id: str, answer_id: str) -> None:
    """Queue the drawing of a sound that was analysed before there was one.

    409 `nothing_to_draw` for a typed answer, one that is drawn or being analysed, or one whose
    recording is deleted.
    """
    missing = not_drawn(session, user_id, interview_id, answer_id)
    if missing is None or not missing.can_be_drawn:
        told = "The sound of this answer is drawn already." if missing is None else missing.reason
        raise CoachError("nothing_to_draw", told, 409)
    jobs.enqueue(session, DRAW, "speech", {"answer_id": answer_id}, user_id=user_id)
