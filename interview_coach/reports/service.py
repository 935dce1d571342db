"""What leaves the house of an interview: exports of its owner's."""

from __future__ import annotations

from sqlmodel import Session

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.feedback import advising
from interview_coach.feedback import service as feedback
from interview_coach.interviews import service as interviews
from interview_coach.kit.errors import CoachError
from interview_coach.reports.captions import captions_of, srt_of
from interview_coach.reports.schemas import EXPORT_FORMAT, InterviewExport
from interview_coach.speech.types import Word


def export(session: Session, user: CurrentUser, interview_id: str) -> InterviewExport:
    """Everything of this user's interview; 404 when there is none."""
    return InterviewExport(
        format=EXPORT_FORMAT,
        candidate=user.full_name,
        interview=interviews.view(session, user.id, interview_id),
        analysis=feedback.interview_analysis(session, user.id, interview_id),
        answers=feedback.answer_views(session, user.id, interview_id),
        feedback=advising.interview_feedback(session, user.id, interview_id),
    )


def captions(session: Session, user_id: str, interview_id: str, answer_id: str) -> str:
    """The words of this user's answer as a SubRip file; 404 when it is not theirs, 409
    `no_word_times` when no word has a time."""
    found = feedback.answer_view(session, user_id, interview_id, answer_id)
    words = [Word(word.word, word.start, word.end) for word in found.words or ()]
    text = srt_of(captions_of(words))
    if not text:
        raise CoachError(
            "no_word_times", "The words of this answer have no times, so it has no captions.", 409
        )
    return text
