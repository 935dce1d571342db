"""Reports made of spoken and typed answers, without a database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from interview_coach import scoring
from interview_coach.feedback import service as feedback
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.feedback.report import Report, Take
from interview_coach.feedback.schemas import FeedbackItem, InterviewFeedback
from interview_coach.interviews import repository as interviews
from interview_coach.interviews.schemas import AnswerSummary, AskedQuestion, InterviewView
from interview_coach.runtime import Runtime
from interview_coach.speech.types import Filler, SoundMeasures, Span, Transcript, Word
from tests.support.interviews import STRONG_ANSWER

DAY = datetime(2026, 3, 9, 14, 30, tzinfo=UTC)
QUESTION = "Tell me about a time you worked to a tight deadline."
KEY_POINTS = (
    scoring.KeyPoint("Names what was at stake", ("failed payments", "holiday sale")),
    scoring.KeyPoint("What you would do differently", ("learned to", "next time")),
)
WEAK_ANSWER = (
    "So, um, I think we had this project, you know, and it was it was sort of late. We talked "
    "about it a lot and um maybe it could have been better but in the end it was fine I guess."
)


def spoken_words(text: str, *, pace: float = 0.42, low: str = "") -> tuple[Word, ...]:
    """A word each `pace` seconds, a pause of 1.3 s behind each full stop; `low` is uncertain."""
    words: list[Word] = []
    at = 0.6
    for word in text.split():
        words.append(
            Word(word, round(at, 2), round(at + pace * 0.8, 2), 0.3 if word == low else 0.9)
        )
        at += pace + (1.3 if word.endswith(".") else 0.0)
    return tuple(words)


def _pauses(words: Sequence[Word]) -> tuple[Span, ...]:
    return tuple(
        Span(left.end, right.start)
        for left, right in pairwise(words)
        if right.start - left.end >= 0.25
    )


def question(place: int, text: str = QUESTION) -> AskedQuestion:
    """The question at this place, from 1."""
    return AskedQuestion(
        id=f"q{place}", question_id=None, position=place, type="behavioral", track=None,
        difficulty="medium", text=text, tips=[], time_guide_seconds=90, skipped=False,
    )  # fmt: skip


def take(
    place: int,
    text: str,
    *,
    spoken: bool = True,
    number: int = 1,
    counted: bool = True,
    **more: Any,
) -> Take:
    """A scored take of the question at this place."""
    words = spoken_words(text) if spoken and text else None
    end = words[-1].end + 0.4 if words else None
    result = scoring.score(
        scoring.Question("behavioral", QUESTION, KEY_POINTS),
        scoring.Spoken(text, words, end, None, "whisper" if spoken else None, draft=False),
    ).to_json()
    if spoken and words:
        probable = Filler("", words[2].end + 0.02, words[2].end + 0.3, certain=False)
        result["metrics"]["fillers"].append(
            {"text": "", "start": probable.start, "end": probable.end, "certain": False}
        )
    scores, interval = result["scores"], result["interval"] or {}
    summary = AnswerSummary(
        id=f"a{place}-{number}", question_id=f"q{place}", take=number,
        kind="spoken" if spoken else "typed", status="done", percent=None, error=None,
        duration_seconds=end, overall=scores["overall"], low=interval.get("low"),
        high=interval.get("high"), draft=False, created_at=DAY,
    )  # fmt: skip
    return Take(
        summary, counted=counted, sound=spoken, result=result, transcript=text, words=words,
        pauses=_pauses(words) if words else (), engine="whisper" if spoken else None,
        model="base.en" if spoken else None, **more,
    )  # fmt: skip


def advice_of(takes: Sequence[Take]) -> InterviewFeedback:
    """What the local engine says of the first scored take."""
    for each in takes:
        if each.result is None or each.result["scores"]["overall"] is None:
            continue
        told = advise(
            Analysed(each.summary.kind, each.result, each.transcript, each.words), "balanced"
        )
        items = {
            name: [
                FeedbackItem(answer_id=each.summary.id, **item.model_dump())
                for item in getattr(told, name)
            ]
            for name in ("strengths", "weaknesses", "improvements", "star_suggestions")
        }
        drill = {**told.next_drill.model_dump(), "answer_id": each.summary.id}
        return InterviewFeedback(
            status="done", engine="local", engines=["local"], next_drill=drill, **items
        )
    return InterviewFeedback(status="none", engine=None)


def report_of(takes: Sequence[Take], questions: Sequence[AskedQuestion] | None = None) -> Report:
    """The report of an interview with these takes."""
    places = sorted({int(each.summary.question_id[1:]) for each in takes})
    asked = list(questions or [question(place) for place in places])
    interview = InterviewView(
        id="01m88cajqmzcx38hx832011he4", type="behavioral", track=None, difficulty="medium",
        mode="practice", status="completed", questions=asked,
        answers=[each.summary for each in takes], overall_score=None, created_at=DAY,
        started_at=DAY, completed_at=DAY, duration_seconds=600.0,
    )  # fmt: skip
    return Report(interview, tuple(takes), scoring.ALGORITHM, advice_of(takes))


def sample_report() -> Report:
    """A strong spoken answer, a weak one with another take, a typed one, and a skipped question."""
    return report_of(
        [
            take(1, f"Um, {STRONG_ANSWER}"),
            take(2, WEAK_ANSWER, counted=False),
            take(2, f"{WEAK_ANSWER} {STRONG_ANSWER}", number=2),
            take(3, STRONG_ANSWER, spoken=False),
        ],
        [question(1), question(2), question(3), question(4)],
    )


def hear(house: Runtime, answer_id: str, text: str) -> None:
    """Make an answer a spoken one whose recording said this, scored as a worker scores it."""
    words = spoken_words(text)
    end = words[-1].end + 0.4
    sound = SoundMeasures(
        duration_seconds=end, speech=(Span(words[0].start, words[-1].end),),
        pauses=_pauses(words), silence_seconds=sum(pause.seconds for pause in _pauses(words)),
        probable_fillers=(), pitch=None, loudness=None,
    )  # fmt: skip
    with house.database.reading() as session:
        answer = interviews.answer_by_id(session, answer_id)
        assert answer is not None
        asked = interviews.question_by_id(session, answer.interview_question_id)
        assert asked is not None
    heard = feedback.Heard(sound, Transcript(text, words, "whisper", "base.en", draft=False))
    analysis = feedback.analysis_of_sound(answer, asked, heard)
    with house.database.writing() as session:
        interviews.set_answer(session, answer_id, {"kind": "spoken"})
        feedback.store(session, answer, analysis, {"status": "done"})
