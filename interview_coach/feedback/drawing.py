"""Drawing a sound: with its analysis, or later for one that was analysed before it was drawn."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.feedback import repository
from interview_coach.feedback.models import SoundLanes
from interview_coach.interviews import outcomes
from interview_coach.interviews.models import Answer
from interview_coach.jobs import service as jobs
from interview_coach.jobs.bodies import JobContext
from interview_coach.jobs.progress import publish
from interview_coach.kit.database import run_after_commit
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime
from interview_coach.speech.activity import Sound, listen
from interview_coach.speech.decode import decode
from interview_coach.speech.lanes import lanes_of, pack
from interview_coach.speech.measure import measured
from interview_coach.speech.types import SoundMeasures

log = get_logger("feedback.drawing")


def of_sound(answer: Answer, sound: Sound, measures: SoundMeasures) -> SoundLanes:
    """What is drawn of an answer's sound."""
    median = None if measures.pitch is None else measures.pitch.median_hz
    return SoundLanes(
        answer_id=answer.id, user_id=answer.user_id, content=pack(lanes_of(sound, median))
    )


def run(context: JobContext) -> None:
    """The job: hear the recording again, keep what is drawn, change nothing else."""
    house = runtime()
    with house.database.reading() as session:
        found = outcomes.to_analyse(session, context.payload["answer_id"])
    drawn = None
    answer, _, recording = found or (None, None, None)
    if answer is not None and recording is not None:
        sound = listen(decode(house.storage.read(recording.object_key), recording.segments))
        drawn = of_sound(answer, sound, measured(sound))
    with house.database.writing() as session:
        jobs.finish(session, context.job_id, context.attempt)
        if drawn is not None:
            repository.keep_lanes(session, drawn)
    if answer is not None:
        _tell(answer)


def gave_up(session: Session, payload: dict[str, Any], reason: str) -> None:
    """The answer stays as it is: only its drawing is missing, and can be asked for again."""
    log.error("drawing given up", answer=payload["answer_id"], reason=reason)
    found = outcomes.to_analyse(session, payload["answer_id"])
    if found is not None:
        answer = found[0]
        run_after_commit(session, lambda: _tell(answer))


def _tell(answer: Answer) -> None:
    """Whoever follows the interview looks at it again."""
    news = {"answer_id": answer.id, "status": answer.status, "percent": None}
    publish(runtime().redis, answer.interview_id, news)
