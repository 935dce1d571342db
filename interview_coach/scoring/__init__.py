"""Scoring: question, transcript and speech measures to scores with evidence. Pure."""

from interview_coach.scoring.combine import combine
from interview_coach.scoring.judge import Criterion, Judgement
from interview_coach.scoring.lines import score_json_line
from interview_coach.scoring.profiles import STANDARD, profile_named
from interview_coach.scoring.score import (
    ALGORITHM,
    ALGORITHM_WITH_MEANING,
    LEXICAL,
    RULES_OF_TODAY,
    score,
    warm_up,
)
from interview_coach.scoring.standing import curves_of
from interview_coach.scoring.types import AnswerScore, Compared, KeyPoint, Meaning, Question, Spoken

__all__ = [
    "ALGORITHM",
    "ALGORITHM_WITH_MEANING",
    "LEXICAL",
    "RULES_OF_TODAY",
    "STANDARD",
    "AnswerScore",
    "Compared",
    "Criterion",
    "Judgement",
    "KeyPoint",
    "Meaning",
    "Question",
    "Spoken",
    "combine",
    "curves_of",
    "profile_named",
    "score",
    "score_json_line",
    "warm_up",
]
