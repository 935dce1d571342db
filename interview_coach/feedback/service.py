"""From a recording or a text to a stored analysis, and from stored analyses to what is shown."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from sqlmodel import Session

from interview_coach import scoring
from interview_coach.feedback import advising, repository
from interview_coach.feedback.follow_ups.replies import points_of
from interview_coach.feedback.models import Analysis, AnswerFeedback
from interview_coach.feedback.schemas import AnalysisView, AnswerView, ScoreRange, WordView
from interview_coach.feedback.text_models import scored
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.interviews.models import WORKING, Answer, InterviewQuestion
from interview_coach.speech.align import align
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.types import (
    Filler,
    Loudness,
    Pitch,
    SoundMeasures,
    Span,
    Transcript,
    Word,
)

_LONG_PAUSE_SECONDS = 1.0
_MOST_NAMES = 20
_MADE_ANEW = {"id", "version", "created_at", "algorithm", "result", "overall"}


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard in a recording. transcript is None when no recogniser could be had.

    language: what the candidate practises in, ISO 639-1. profile: the speech profile they chose.
    """

    sound: SoundMeasures
    transcript: Transcript | None
    language: str = ENGLISH
    profile: str = scoring.STANDARD


def analysis_of_sound(answer: Answer, question: InterviewQuestion, heard: Heard) -> Analysis:
    """Score a recording; without a transcript the sound's measures stand and nothing is scored."""
    transcript = heard.transcript
    spoken = scoring.Spoken(
        text=transcript.text if transcript else "",
        words=transcript.words if transcript else None,
        duration_seconds=heard.sound.duration_seconds,
        sound=heard.sound,
        engine=transcript.engine if transcript else None,
        draft=transcript.draft if transcript else False,
        language=heard.language,
        profile=heard.profile,
    )
    analysis = _analysis(answer, question, spoken)
    if transcript is None:
        analysis.sound = asdict(heard.sound)
        analysis.result["metrics"].update(_sound_alone(heard.sound))
    else:
        analysis.speech_model = transcript.model
    return analysis


def _sound_alone(sound: SoundMeasures) -> dict[str, Any]:
    """The measures that need no words, for a recording that has none yet."""
    speech = sum(span.seconds for span in sound.speech)
    heard = speech + sound.silence_seconds
    return {
        "pause_count": len(sound.pauses),
        "long_pause_count": sum(pause.seconds >= _LONG_PAUSE_SECONDS for pause in sound.pauses),
        "silence_ratio": round(sound.silence_seconds / heard, 3) if heard else None,
    }


def language_of(analysis: Analysis) -> str:
    """The language an answer was given in, as it was scored."""
    return str(analysis.result.get("metrics", {}).get("language") or ENGLISH)


def profile_of(analysis: Analysis) -> str:
    """The speech profile an answer was scored with."""
    return str(analysis.result.get("metrics", {}).get("speech_profile") or scoring.STANDARD)


def analysis_of_text(
    answer: Answer,
    question: InterviewQuestion,
    heard: Analysis | None,
    language: str = ENGLISH,
    profile: str = scoring.STANDARD,
) -> Analysis:
    """Score typed words, or corrected ones: those keep the delivery of the sound they were.

    language, profile: of typed words; corrected ones keep those they were heard in.
    """
    text = answer.text or ""
    if answer.kind == "typed":
        return _analysis(
            answer,
            question,
            scoring.Spoken(text, language=language, profile=profile),
        )
    sound = _sound_from_json(heard.sound) if heard is not None and heard.sound else None
    before = _words_from_json(heard.words) if heard is not None and heard.words else ()
    spoken = scoring.Spoken(
        text=text,
        words=align(text, before, sound.speech if sound else ()),
        duration_seconds=sound.duration_seconds if sound else None,
        sound=sound,
        engine=heard.speech_engine if heard else None,
        draft=False,
        language=language_of(heard) if heard else language,
        profile=profile_of(heard) if heard else profile,
    )
    analysis = _analysis(answer, question, spoken)
    analysis.corrected = True
    analysis.speech_model = heard.speech_model if heard else None
    return analysis


def _analysis(answer: Answer, question: InterviewQuestion, spoken: scoring.Spoken) -> Analysis:
    result = scored(question_for_scoring(question), spoken)
    words = None
    if spoken.words is not None:
        words = [
            {"word": w.text, "start": w.start, "end": w.end, "probability": w.probability}
            for w in spoken.words
        ]
    return Analysis(
        answer_id=answer.id,
        user_id=answer.user_id,
        version=0,
        algorithm=result["algorithm"],
        speech_engine=spoken.engine,
        draft=spoken.draft,
        transcript=spoken.text,
        words=words,
        sound=asdict(spoken.sound) if spoken.sound is not None else None,
        result=result,
        overall=result["scores"]["overall"],
    )


def question_for_scoring(question: InterviewQuestion) -> scoring.Question:
    """The question as the scorer takes it."""
    points = tuple(
        scoring.KeyPoint(point["text"], tuple(point.get("phrases", ())))
        for point in question.content.get("key_points", ())
    )
    return scoring.Question(question.type, question.text, points)


def judged(
    analysis: Analysis, question: InterviewQuestion, judgement: scoring.Judgement
) -> Analysis:
    """The same answer scored once more, its content moved a little by what an engine judged."""
    return _once_more(analysis, question, judgement)


def as_heard(heard: Analysis, question: InterviewQuestion) -> Analysis:
    """What was heard scored once more, after a correction was taken back."""
    return _once_more(heard, question, None)


def _once_more(
    analysis: Analysis, question: InterviewQuestion, judgement: scoring.Judgement | None
) -> Analysis:
    sound = _sound_from_json(analysis.sound) if analysis.sound else None
    spoken = scoring.Spoken(
        text=analysis.transcript,
        words=_words_from_json(analysis.words) if analysis.words is not None else None,
        duration_seconds=sound.duration_seconds if sound else None,
        sound=sound,
        engine=analysis.speech_engine,
        draft=analysis.draft,
        language=language_of(analysis),
        profile=profile_of(analysis),
    )
    result = scored(question_for_scoring(question), spoken, judgement)
    return Analysis(
        **analysis.model_dump(exclude=_MADE_ANEW),
        version=0,
        algorithm=result["algorithm"],
        result=result,
        overall=result["scores"]["overall"],
    )


def store(
    session: Session,
    answer: Answer,
    analysis: Analysis,
    outcome: dict[str, Any],
    feedback: AnswerFeedback | None = None,
) -> None:
    """Write the analysis, what is advised, the answer's outcome and the interview's scores, in one
    transaction."""
    repository.add(session, analysis)
    if feedback is not None:
        repository.add_feedback(session, feedback)
    interval = analysis.result.get("interval") or {}
    scored = analysis.overall is not None
    values = {
        "overall_score": analysis.overall,
        "overall_low": interval.get("low") if scored else None,
        "overall_high": interval.get("high") if scored else None,
        "draft": analysis.draft,
        "points": points_of(analysis.result),
        **outcome,
    }
    outcomes.record(session, answer.id, values)
    _score_interview(session, answer.user_id, answer.interview_id)


def _score_interview(session: Session, user_id: str, interview_id: str) -> None:
    # Two answers that end at the same moment must each see the other.
    outcomes.hold_interview(session, interview_id)
    answers = outcomes.takes(session, interview_id)
    analyses = repository.newest(session, user_id, [row.id for row in answers])
    best = _best_takes(answers, analyses)
    combined = scoring.combine([analyses[row.id].result for row in best])
    overall = combined["overall"] or {"score": None, "low": None, "high": None}
    outcomes.record_interview(
        session,
        interview_id,
        {
            "overall_score": overall["score"],
            "overall_low": overall["low"],
            "overall_high": overall["high"],
            "scores": combined["scores"],
            "draft": any(analyses[row.id].draft for row in best),
            "algorithm": _short(algorithm_of(best or answers, analyses)),
        },
    )


def algorithm_of(answers: list[Answer], analyses: dict[str, Analysis]) -> str:
    """By which method these answers were scored: one name, or all of them with commas between."""
    names = {analyses[row.id].algorithm for row in answers if row.id in analyses}
    return ", ".join(sorted(names)) or scoring.ALGORITHM


def _short(names: str) -> str:
    """What fits where an interview keeps it; its analyses name each."""
    return names if len(names) <= _MOST_NAMES else "mixed"


def _best_takes(answers: list[Answer], analyses: dict[str, Analysis]) -> list[Answer]:
    """The take of each question that counts: the best scored one."""
    known = {row.id: analyses[row.id].overall for row in answers if row.id in analyses}
    return outcomes.best_takes(answers, known)


def answer_view(session: Session, user_id: str, interview_id: str, answer_id: str) -> AnswerView:
    """One answer with its newest analysis; 404 when it is not this user's."""
    row = interviews.find_answer(session, user_id, interview_id, answer_id)
    analysis = repository.newest(session, user_id, [row.id]).get(row.id)
    told = repository.newest_feedback(session, user_id, [row.id]).get(row.id)
    chunks = None
    if row.status == "recording":
        chunks = outcomes.chunks_received(session, row.id)
    return _answer_view(row, analysis, told, chunks)


def _answer_view(
    row: Answer,
    analysis: Analysis | None,
    told: AnswerFeedback | None,
    chunks: list[int] | None = None,
) -> AnswerView:
    summary = interviews.summary(row).model_dump()
    if analysis is None:
        return AnswerView(**summary, chunks_received=chunks)
    result = analysis.result
    return AnswerView(
        **summary,
        speech_engine=analysis.speech_engine,
        speech_model=analysis.speech_model,
        algorithm=analysis.algorithm,
        corrected=analysis.corrected,
        transcript=analysis.transcript,
        words=None if analysis.words is None else [WordView(**word) for word in analysis.words],
        scores=result["scores"],
        interval=result.get("interval"),
        intervals=result.get("intervals"),
        metrics=result.get("metrics"),
        star=result.get("star"),
        evidence=result.get("evidence", []),
        parts=result.get("parts", []),
        not_scored=result.get("not_scored", []),
        feedback=advising.as_shown(told, analysis),
        chunks_received=chunks,
    )


def answer_views(session: Session, user_id: str, interview_id: str) -> list[AnswerView]:
    """All takes of an interview with their newest analyses, oldest first."""
    interviews.find(session, user_id, interview_id)
    rows = outcomes.takes(session, interview_id)
    analyses = repository.newest(session, user_id, [row.id for row in rows])
    told = repository.newest_feedback(session, user_id, [row.id for row in rows])
    return [_answer_view(row, analyses.get(row.id), told.get(row.id)) for row in rows]


def interview_analysis(session: Session, user_id: str, interview_id: str) -> AnalysisView:
    """The analysis of an interview; null scores where nothing could be scored."""
    interview = interviews.find(session, user_id, interview_id)
    rows = outcomes.takes(session, interview_id)
    analyses = repository.newest(session, user_id, [row.id for row in rows])
    best = _best_takes(rows, analyses)
    counted = {row.id for row in best}
    working = any(row.status in WORKING for row in rows)
    return AnalysisView(
        status="working" if working else "done",
        algorithm=algorithm_of(best or rows, analyses),
        overall=ScoreRange(
            score=interview.overall_score, low=interview.overall_low, high=interview.overall_high
        ),
        scores=interview.scores or dict.fromkeys(("fluency", "confidence", "clarity", "content")),
        draft=interview.draft,
        answers=[
            {
                "answer_id": row.id,
                "question_id": row.interview_question_id,
                "take": row.take,
                "status": row.status,
                "counted": row.id in counted,
                "draft": analyses[row.id].draft,
                "speech_engine": analyses[row.id].speech_engine,
                **analyses[row.id].result,
            }
            for row in rows
            if row.id in analyses
        ],
    )


def _sound_from_json(kept: dict[str, Any]) -> SoundMeasures:
    pitch, loudness = kept["pitch"], kept["loudness"]
    return SoundMeasures(
        duration_seconds=kept["duration_seconds"],
        speech=tuple(Span(**span) for span in kept["speech"]),
        pauses=tuple(Span(**span) for span in kept["pauses"]),
        silence_seconds=kept["silence_seconds"],
        probable_fillers=tuple(Filler(**filler) for filler in kept["probable_fillers"]),
        pitch=Pitch(**pitch) if pitch else None,
        loudness=Loudness(**loudness) if loudness else None,
    )


def _words_from_json(kept: list[dict[str, Any]]) -> tuple[Word, ...]:
    return tuple(
        Word(word["word"], word["start"], word["end"], word["probability"]) for word in kept
    )
