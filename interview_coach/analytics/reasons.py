"""Why a question is recommended, in plain words made of the true figures. Pure."""

from __future__ import annotations

from interview_coach.analytics.recommending import GOOD_SCORE, TARGET, Asked, Choice, Standing
from interview_coach.analytics.schemas import Reason
from interview_coach.interviews.words import counted


def reasons_of(choice: Choice, role: str | None) -> list[Reason]:
    """What speaks for this question, the weightiest first; at least one."""
    found = [_need(choice), _level(choice)]
    if choice.role_fit > 0:
        found.append(Reason(kind="role", text=f"It fits the role you want: {role}."))
    if choice.asked is not None:
        found.append(_asked_before(choice.asked))
    elif choice.answers:
        found.append(Reason(kind="fresh", text="You have not been asked it before."))
    return found


def day_words(days: int) -> str:
    """How long ago a day was: "today", "yesterday", "12 days ago"."""
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"


def standing_words(competency: str, standing: Standing) -> str:
    """How a competency stands, without the full stop."""
    name = f"'{competency.replace('_', ' ')}'"
    told = f"{_average(standing, name)}; last practised {day_words(standing.last_days_ago)}"
    return f"{told}, so it is due again" if standing.overdue_days >= 0 else told


def _need(choice: Choice) -> Reason:
    name = f"'{choice.focus.replace('_', ' ')}'"
    standing = choice.standing
    if standing is None:
        if choice.answers == 0:
            told = f"A question on {name} to start with: you have no scored answer yet."
            return Reason(kind="start", text=told)
        return Reason(kind="new", text=f"You have no scored answer on {name} yet.")
    told = standing_words(choice.focus, standing)
    weak = standing.average < GOOD_SCORE
    kind = "weak" if weak else "due" if standing.overdue_days >= 0 else "practised"
    return Reason.model_validate({"kind": kind, "text": f"{told}."})


def _average(standing: Standing, name: str) -> str:
    average = round(standing.average)
    if standing.answers == 1:
        return f"Your answer on {name} scored {average}"
    answers = counted(standing.answers, "answer")
    return f"Your {answers} on {name} scored {average} on average, newer ones counting more"


def _level(choice: Choice) -> Reason:
    level = choice.candidate.difficulty
    if choice.expected_score is None:
        told = f"{level.capitalize()}, as your level for this type is not known yet."
        return Reason(kind="level", text=told)
    points = round(choice.expected_score)
    low, high = (round(100 * share) for share in TARGET)
    if low <= points <= high:
        told = f"At {level} level about {points} can be expected of you: hard enough, not too hard."
    else:
        told = f"At {level} level about {points} can be expected of you."
    return Reason(kind="level", text=told)


def _asked_before(asked: Asked) -> Reason:
    scored = "" if asked.score is None else f" and scored {round(asked.score)}"
    told = f"You were asked it {day_words(asked.days_ago)}{scored}."
    return Reason(kind="again", text=told)
