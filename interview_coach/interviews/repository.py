"""Every statement on interviews, answers and recordings. Reading and listing are owner-scoped."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func
from sqlmodel import Session, col, select, update

from interview_coach.accounts.models import Preferences
from interview_coach.interviews.models import (
    Answer,
    Interview,
    InterviewQuestion,
    Recording,
    RecordingChunk,
)
from interview_coach.kit.clock import now


def add(session: Session, *rows: Interview | InterviewQuestion | Answer | Recording) -> None:
    """Write new rows; a broken constraint raises IntegrityError."""
    session.add_all(rows)
    session.flush()


def interview(session: Session, user_id: str, interview_id: str) -> Interview | None:
    """This user's interview, or None."""
    return session.exec(
        select(Interview).where(Interview.id == interview_id, Interview.user_id == user_id)
    ).first()


def interview_ids(session: Session, user_id: str) -> list[str]:
    """The ids of all interviews of this user, oldest first."""
    statement = select(Interview.id).where(Interview.user_id == user_id)
    return list(session.exec(statement.order_by(col(Interview.created_at), col(Interview.id))))


def interview_now(session: Session, interview_id: str) -> Interview | None:
    """An interview as it is now, whatever this session has read of it before."""
    statement = select(Interview).where(Interview.id == interview_id)
    return session.exec(statement.execution_options(populate_existing=True)).first()


def latest(session: Session, user_id: str) -> Interview | None:
    """The interview this user set up last, or None."""
    return session.exec(
        select(Interview)
        .where(Interview.user_id == user_id)
        .order_by(col(Interview.created_at).desc())
    ).first()


def move(session: Session, interview_id: str, before: str, values: dict[str, Any]) -> bool:
    """Change an interview if its status is still `before`; of two steps at once, one wins."""
    statement = (
        update(Interview)
        .where(col(Interview.id) == interview_id, col(Interview.status) == before)
        .values(**values)
        .execution_options(synchronize_session="fetch")
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def lock_interview(session: Session, interview_id: str) -> None:
    """Hold the row until the transaction ends (PostgreSQL; SQLite has one writer anyway)."""
    session.exec(select(Interview.id).where(Interview.id == interview_id).with_for_update()).first()


def set_self_rating(
    session: Session, interview_id: str, rating: int | None, moment: datetime
) -> bool:
    """Write the candidate's own rating; False when it was asked before."""
    statement = (
        update(Interview)
        .where(col(Interview.id) == interview_id, col(Interview.self_rated_at).is_(None))
        .values(self_rating=rating, self_rated_at=moment)
    )
    return cast(CursorResult[Any], session.execute(statement)).rowcount == 1


def set_scores(session: Session, interview_id: str, values: dict[str, Any]) -> None:
    """Store the scores of an interview."""
    session.execute(update(Interview).where(col(Interview.id) == interview_id).values(**values))


def questions(session: Session, interview_id: str) -> list[InterviewQuestion]:
    """The questions of an interview in order."""
    return list(
        session.exec(
            select(InterviewQuestion)
            .where(InterviewQuestion.interview_id == interview_id)
            .order_by(col(InterviewQuestion.position))
        )
    )


def settled_answers(session: Session, user_id: str, limit: int) -> list[Answer]:
    """The newest scored answers of a user, in interviews that were not abandoned."""
    statement = (
        select(Answer)
        .join(Interview, col(Interview.id) == col(Answer.interview_id))
        .where(
            Answer.user_id == user_id,
            col(Answer.overall_score).is_not(None),
            Interview.status != "abandoned",
        )
        .order_by(col(Answer.created_at).desc(), col(Answer.id))
        .limit(limit)
    )
    return list(session.exec(statement))


def question_by_id(session: Session, question_id: str) -> InterviewQuestion | None:
    """An asked question by its id; the caller has checked the interview's owner."""
    return session.get(InterviewQuestion, question_id)


def last_asked(session: Session, user_id: str) -> dict[str, datetime]:
    """When each question of the bank was last put to this user."""
    rows = session.exec(
        select(InterviewQuestion.question_id, func.max(Interview.created_at))
        .join(Interview)
        .where(Interview.user_id == user_id, col(InterviewQuestion.question_id).is_not(None))
        .group_by(InterviewQuestion.question_id)
    )
    return {cast(str, key): when for key, when in rows}


def set_skipped(session: Session, question_id: str, when: datetime | None) -> None:
    """Mark a question as skipped, or not."""
    session.execute(
        update(InterviewQuestion)
        .where(col(InterviewQuestion.id) == question_id)
        .values(skipped_at=when)
    )


def answers(session: Session, interview_id: str) -> list[Answer]:
    """All takes of an interview, oldest first."""
    return list(
        session.exec(
            select(Answer)
            .where(Answer.interview_id == interview_id)
            .order_by(col(Answer.created_at), col(Answer.id))
        )
    )


def answer(session: Session, user_id: str, interview_id: str, answer_id: str) -> Answer | None:
    """This user's answer in this interview, or None."""
    return session.exec(
        select(Answer).where(
            Answer.id == answer_id,
            Answer.user_id == user_id,
            Answer.interview_id == interview_id,
        )
    ).first()


def answer_by_id(session: Session, answer_id: str) -> Answer | None:
    """An answer by its id, for jobs, which act for no user."""
    return session.get(Answer, answer_id, populate_existing=True)


def answer_by_client(session: Session, user_id: str, client_id: str) -> Answer | None:
    """The answer this user's browser began under this client id, or None."""
    return session.exec(
        select(Answer).where(Answer.user_id == user_id, Answer.client_id == client_id)
    ).first()


def next_take(session: Session, interview_question_id: str) -> int:
    """The number of the next take of a question, from 1."""
    highest = session.exec(
        select(func.max(Answer.take)).where(Answer.interview_question_id == interview_question_id)
    ).one()
    return (highest or 0) + 1


def has_sent(session: Session, interview_question_id: str, *, beside: str | None = None) -> bool:
    """Whether an answer to this question, other than `beside`, has been sent, whatever became of
    it. Holds the question until the transaction ends, so that of two at once one sees the other.
    """
    held = select(InterviewQuestion.id).where(InterviewQuestion.id == interview_question_id)
    session.exec(held.with_for_update()).first()
    statement = select(Answer.id).where(
        Answer.interview_question_id == interview_question_id, Answer.status != "recording"
    )
    if beside is not None:
        statement = statement.where(Answer.id != beside)
    return session.exec(statement).first() is not None


def lock_answer(session: Session, answer_id: str) -> str | None:
    """The status of an answer, which nobody else changes until the transaction ends."""
    return session.exec(
        select(Answer.status).where(Answer.id == answer_id).with_for_update()
    ).first()


def set_answer(
    session: Session,
    answer_id: str,
    values: dict[str, Any],
    *,
    before: tuple[str, ...] | None = None,
) -> bool:
    """Change an answer, only from one of the statuses `before` when given; False when not."""
    statement = update(Answer).where(col(Answer.id) == answer_id)
    if before is not None:
        statement = statement.where(col(Answer.status).in_(before))
    if "status" in values:
        values = {**values, "status_at": now()}
    result = session.execute(
        statement.values(**values).execution_options(synchronize_session="fetch")
    )
    return cast(CursorResult[Any], result).rowcount == 1


def remove_unsent(session: Session, answer_id: str) -> bool:
    """Delete an answer that was never sent, its chunk rows with it; False when it was sent."""
    result = session.execute(
        delete(Answer).where(col(Answer.id) == answer_id, col(Answer.status) == "recording")
    )
    return cast(CursorResult[Any], result).rowcount == 1


def chunks(session: Session, answer_id: str) -> list[RecordingChunk]:
    """The chunks that have arrived, by number."""
    return list(
        session.exec(
            select(RecordingChunk)
            .where(RecordingChunk.answer_id == answer_id)
            .order_by(col(RecordingChunk.number))
        )
    )


def chunk(session: Session, answer_id: str, number: int) -> RecordingChunk | None:
    """One chunk that has arrived, or None."""
    return session.exec(
        select(RecordingChunk).where(
            RecordingChunk.answer_id == answer_id, RecordingChunk.number == number
        )
    ).first()


def add_chunk(session: Session, row: RecordingChunk) -> None:
    """Write a chunk's row."""
    session.add(row)
    session.flush()


def bytes_received(session: Session, answer_id: str) -> int:
    """How many bytes of a recording have arrived."""
    total = session.exec(
        select(func.sum(RecordingChunk.size)).where(RecordingChunk.answer_id == answer_id)
    ).one()
    return total or 0


def bytes_kept(session: Session, user_id: str) -> int:
    """How many bytes the recordings of a user take that were sent."""
    total = session.exec(select(func.sum(Recording.size)).where(Recording.user_id == user_id)).one()
    return total or 0


def drop_chunks(session: Session, answer_id: str) -> None:
    """Delete the chunk rows of a recording that is whole."""
    session.execute(delete(RecordingChunk).where(col(RecordingChunk.answer_id) == answer_id))


def recording(session: Session, answer_id: str) -> Recording | None:
    """The recording of an answer, or None; the caller has checked the owner."""
    return session.exec(select(Recording).where(Recording.answer_id == answer_id)).first()


def recorded(session: Session, answer_ids: list[str]) -> set[str]:
    """Those of these answers that have a recording; the caller has checked the owner."""
    wanted = select(Recording.answer_id).where(col(Recording.answer_id).in_(answer_ids))
    return set(session.exec(wanted))


def set_playback(session: Session, answer_id: str, key: str) -> None:
    """Store where the playable form of a recording is."""
    session.execute(
        update(Recording).where(col(Recording.answer_id) == answer_id).values(playback_key=key)
    )


def recordings_of(session: Session, user_id: str) -> list[tuple[str, Recording]]:
    """All recordings of this user, oldest first, each with the id of its interview."""
    statement = (
        select(Answer.interview_id, Recording)
        .join(Answer, col(Recording.answer_id) == Answer.id)
        .where(Recording.user_id == user_id)
        .order_by(col(Recording.created_at), col(Recording.id))
    )
    return [(row[0], row[1]) for row in session.exec(statement)]


def recordings_before(
    session: Session, before: datetime, chosen_days: int | None, limit: int
) -> list[Recording]:
    """Recordings from before this moment whose users have chosen this number of days (None:
    have chosen none), and whose answers are not being worked on. For housekeeping."""
    statement = (
        select(Recording)
        .join(Answer, col(Recording.answer_id) == Answer.id)
        .outerjoin(Preferences, col(Preferences.user_id) == Recording.user_id)
        .where(
            Recording.created_at < before,
            col(Answer.status).in_(("done", "failed", "needs_text")),
            # Nobody's choice is NULL, and so is what no row says.
            col(Preferences.audio_retention_days).is_not_distinct_from(chosen_days),
        )
        .order_by(col(Recording.created_at))
        .limit(limit)
    )
    return list(session.exec(statement))


def delete_recordings(session: Session, recording_ids: list[str]) -> None:
    """Delete recordings; their answers stay."""
    session.execute(delete(Recording).where(col(Recording.id).in_(recording_ids)))


def keys_in_use(session: Session, keys: list[str]) -> set[str]:
    """Which of these objects a recording points to."""
    sent = select(Recording.object_key).where(col(Recording.object_key).in_(keys))
    joined = select(Recording.playback_key).where(col(Recording.playback_key).in_(keys))
    return {key for key in [*session.exec(sent), *session.exec(joined)] if key is not None}


def unfinished_before(session: Session, before: datetime, limit: int) -> list[str]:
    """Answers never sent whose newest chunk is from before this moment. For housekeeping."""
    statement = (
        select(Answer.id)
        .join(RecordingChunk, col(RecordingChunk.answer_id) == Answer.id)
        .where(Answer.status == "recording")
        .group_by(Answer.id)
        .having(func.max(RecordingChunk.created_at) < before)
        .limit(limit)
    )
    return list(session.exec(statement))
