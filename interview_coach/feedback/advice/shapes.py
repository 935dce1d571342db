"""What advice is made of, whoever writes it."""

from __future__ import annotations

from pydantic import Field

from interview_coach.ai.types import Shape

LEAST_STRENGTHS, MOST_STRENGTHS = 3, 5
LEAST_WEAKNESSES, MOST_WEAKNESSES = 3, 5
LEAST_IMPROVEMENTS, MOST_IMPROVEMENTS = 5, 7
MOST_STAR = 4


class Item(Shape):
    """One piece of advice. about: what it is about, such as `star:result`. quote: verbatim from
    the transcript; start: its second in the recording. measure: the figure it rests on."""

    text: str = Field(min_length=1, max_length=400)
    about: str = Field(default="", max_length=60)
    quote: str | None = None
    start: float | None = None
    measure: str | None = None


class Drill(Shape):
    """The one next exercise. seconds: how long it takes."""

    text: str = Field(min_length=1, max_length=400)
    about: str = Field(default="", max_length=60)
    seconds: int = Field(ge=30, le=180)


class Advice(Shape):
    """All advice on one answer."""

    strengths: list[Item] = Field(min_length=LEAST_STRENGTHS, max_length=MOST_STRENGTHS)
    weaknesses: list[Item] = Field(min_length=LEAST_WEAKNESSES, max_length=MOST_WEAKNESSES)
    improvements: list[Item] = Field(min_length=LEAST_IMPROVEMENTS, max_length=MOST_IMPROVEMENTS)
    star_suggestions: list[Item] = Field(default_factory=list, max_length=MOST_STAR)
    next_drill: Drill
