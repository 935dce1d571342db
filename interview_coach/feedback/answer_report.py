"""Everything the page of one answer shows, read in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlmodel import Session

from interview_coach.feedback import advising, repository, timeline
from interview_coach.feedback.advice.shapes import Advice
from interview_coach.feedback.report import Take, read_report
from interview_coach.feedback.schemas import Authors
from interview_coach.feedback.timeline_schemas import NotDrawn
from interview_coach.feedback.waiting import Writer
from interview_coach.interviews.schemas import AskedQuestion, InterviewView
from interview_coach.kit.errors import not_found
from interview_coach.speech import lanes

_OUTLINE = 120


@dataclass(frozen=True, slots=True)
class AnswerReport:
    """One take with the others of its question, oldest first.

    advice: by answer id, of the takes that have any. authors: who has judged this take and wrote
    its advice. writer: who writes it now, None when nobody does. not_drawn: why the sound is not
    drawn, None when it is. outlines: small waveforms, by answer id, of the takes that are drawn.
    """

    interview: InterviewView
    question: AskedQuestion
    takes: Sequence[Take]
    take: Take
    not_drawn: NotDrawn | None
    advice: dict[str, Advice] = field(default_factory=dict)
    authors: Authors = field(default_factory=Authors)
    writer: Writer | None = None
    outlines: dict[str, list[float]] = field(default_factory=dict)


def read_answer_report(
    session: Session, user_id: str, interview_id: str, answer_id: str
) -> AnswerReport:
    """The page of this user's answer; 404 when there is none."""
    report = read_report(session, user_id, interview_id)
    take = next((take for take in report.takes if take.summary.id == answer_id), None)
    if take is None:
        raise not_found("answer")
    wanted = take.summary.question_id
    question = next(row for row in report.interview.questions if row.id == wanted)
    takes = [other for other in report.takes if other.summary.question_id == wanted]
    ids = [one.summary.id for one in takes]
    told = repository.newest_feedback(session, user_id, ids)
    drawn = repository.lanes(session, user_id, ids) if len(ids) > 1 else {}
    return AnswerReport(
        interview=report.interview,
        question=question,
        takes=takes,
        take=take,
        not_drawn=timeline.not_drawn(session, user_id, interview_id, answer_id),
        authors=advising.authors(session, user_id, [told[answer_id]])
        if answer_id in told
        else Authors(),
        writer=report.writer if take.summary.status == "writing" else None,
        advice={answer: advising.content_of(row) for answer, row in told.items()},
        outlines={
            answer: lanes.outline(lanes.unpack(row.content), _OUTLINE)
            for answer, row in drawn.items()
        },
    )
