"""What the dashboard shows of the recommended questions. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.analytics.schemas import RecommendedQuestion
from interview_coach.interviews.words import counted, expected_minutes
from interview_coach.questions.service import titles


@dataclass(frozen=True)
class RecommendedRow:
    """A question to practise. about: type, track, level and minutes; why: all its reasons."""

    id: str
    text: str
    about: str
    why: str


def recommended_row(item: RecommendedQuestion) -> RecommendedRow:
    """A recommended question as it is shown."""
    kind = titles()[item.type, None]
    track = titles().get((item.type, item.track), item.track)
    minutes = expected_minutes([item.time_guide_seconds])
    return RecommendedRow(
        id=item.id,
        text=item.text,
        about=f"{kind}, {track}, {item.difficulty}, about {minutes} min",
        why=" ".join(reason.text for reason in item.reasons),
    )


def practise_label(items: Sequence[RecommendedQuestion]) -> str:
    """What the button for all of them says, such as "Practise these 5 (12 min)"."""
    minutes = expected_minutes([item.time_guide_seconds for item in items])
    many = "it" if len(items) == 1 else f"these {len(items)}"
    return f"Practise {many} ({minutes} min)"


def lead_of(items: Sequence[RecommendedQuestion]) -> str:
    """What stands below the heading."""
    started = any(reason.kind == "start" for item in items for reason in item.reasons)
    if started:
        return f"{counted(len(items), 'question')} to begin with."
    return "Chosen by what scored low, what is due again, your level and the role you want."
