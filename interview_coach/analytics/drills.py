"""Drills that are due: what was advised on weak answers, on the days spaced repetition asks for."""

from __future__ import annotations

from datetime import date

from sqlmodel import Session

from interview_coach.analytics import repository
from interview_coach.analytics.reasons import standing_words
from interview_coach.analytics.recommending import Standing, standings
from interview_coach.analytics.schemas import DueDrill
from interview_coach.feedback import advising

_MOST = 5
# What was answered before these has no weight any more.
_MOST_ANSWERS = 2000


def due_drills(session: Session, user_id: str, today: date) -> list[DueDrill]:
    """One drill for each competency that is due on this UTC day, the neediest first, five at most.

    Each is the drill advised on the weakest answer about it, the newest of equals; a question
    gives one drill only. Done again, the answer's new take moves the day on.
    """
    stood = standings(repository.practised(session, user_id, _MOST_ANSWERS), today)
    due = [
        name for name in sorted(stood, key=lambda each: -stood[each].need) if _is_due(stood[name])
    ]
    answers = repository.scored_answers(session, user_id, _MOST_ANSWERS) if due else []
    advised = advising.drills(session, user_id, [one.answer_id for one in answers])
    found: list[DueDrill] = []
    used: set[str] = set()
    for name in due:
        about = [
            one
            for one in answers
            if name in one.competencies and one.answer_id in advised and one.question_id not in used
        ]
        if not about or len(found) == _MOST:
            continue
        weakest = min(about, key=lambda one: one.score)
        used.add(weakest.question_id)
        drill = advised[weakest.answer_id]
        found.append(
            DueDrill(
                competency=name,
                text=drill.text,
                seconds=drill.seconds,
                reason=f"{standing_words(name, stood[name])}.",
                overdue_days=stood[name].overdue_days,
                question_id=weakest.question_id,
                question=weakest.question,
                interview_id=weakest.interview_id,
                answer_id=weakest.answer_id,
            )
        )
    return found


def _is_due(standing: Standing) -> bool:
    return standing.overdue_days >= 0
