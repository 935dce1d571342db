"""What the analysis of an answer reads and writes here: feedback's door to this domain."""

from __future__ import annotations

from typing import Any

from sqlmodel import Session

from interview_coach.interviews import repository
from interview_coach.interviews.models import WORKING, Answer, InterviewQuestion, Recording
from interview_coach.kit.errors import not_found


def to_analyse(
    session: Session, answer_id: str
) -> tuple[Answer, InterviewQuestion, Recording | None] | None:
    """An answer with its question and its recording, None when it has been deleted.

    For jobs, which act for no user.
    """
    answer = repository.answer_by_id(session, answer_id)
    if answer is None:
        return None
    question = repository.question_by_id(session, answer.interview_question_id)
    if question is None:
        return None
    return answer, question, repository.recording(session, answer.id)


def question_of(session: Session, answer: Answer) -> InterviewQuestion:
    """The question of an answer whose owner has been checked."""
    question = repository.question_by_id(session, answer.interview_question_id)
    if question is None:
        raise not_found("question")
    return question


def show_progress(session: Session, answer_id: str, status: str, percent: int | None) -> bool:
    """Say how far the analysis is; False when the answer is not being worked on any more."""
    values = {"status": status, "percent": percent}
    return repository.set_answer(session, answer_id, values, before=WORKING)


def record(session: Session, answer_id: str, outcome: dict[str, Any]) -> None:
    """Write how the analysis of an answer ended: status, scores or an error."""
    repository.set_answer(session, answer_id, {"percent": None, **outcome})


def hold_interview(session: Session, interview_id: str) -> None:
    """Keep others from writing this interview's outcome until this transaction ends."""
    repository.lock_interview(session, interview_id)


def record_interview(session: Session, interview_id: str, scores: dict[str, Any]) -> None:
    """Write the scores of an interview."""
    repository.set_scores(session, interview_id, scores)


def takes(session: Session, interview_id: str) -> list[Answer]:
    """All takes of an interview, oldest first; the caller has checked its owner."""
    return repository.answers(session, interview_id)


def best_takes(
    answers: list[Answer], scores: dict[str, float | None] | None = None
) -> list[Answer]:
    """The take of each question that counts: the best scored one, of equals the first.

    scores: by answer id, where they are newer than those the answers carry.
    """
    best: dict[str, tuple[float, Answer]] = {}
    for row in answers:
        mine = row.overall_score if scores is None else scores.get(row.id)
        if mine is None:
            continue
        other = best.get(row.interview_question_id)
        if other is None or mine > other[0]:
            best[row.interview_question_id] = (mine, row)
    return [row for _, row in best.values()]


def settled(session: Session, user_id: str, limit: int) -> list[Answer]:
    """Of a user's newest scored answers the best take of each question, in any order."""
    return best_takes(repository.settled_answers(session, user_id, limit))


def chunks_received(session: Session, answer_id: str) -> list[int]:
    """The numbers of the chunks that have arrived; the caller has checked the owner."""
    return [row.number for row in repository.chunks(session, answer_id)]


def recording_of(session: Session, answer_id: str) -> Recording | None:
    """The recording of an answer; the caller has checked its owner."""
    return repository.recording(session, answer_id)


def recorded(session: Session, answer_ids: list[str]) -> set[str]:
    """Those of these answers whose sound is kept; the caller has checked the owner."""
    return repository.recorded(session, answer_ids)


def keep_playback(session: Session, answer_id: str, key: str) -> None:
    """Remember where the playable form of a recording is."""
    repository.set_playback(session, answer_id, key)
