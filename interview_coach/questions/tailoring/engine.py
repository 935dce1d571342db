"""What a language engine is asked for, and which of its questions can be used."""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from interview_coach.ai.prompts import Data, load_prompt
from interview_coach.ai.router import Task
from interview_coach.ai.types import Shape
from interview_coach.questions.bank import load_types
from interview_coach.questions.tailoring.faults import fault_of
from interview_coach.questions.tailoring.material import Material
from interview_coach.questions.tailoring.templates import Made
from interview_coach.scoring.quotes import locate

MOST_QUESTIONS = 15
_ENOUGH = 2 / 3
_MOST_TOLD = 6
_Line = Annotated[str, StringConstraints(min_length=4, max_length=400)]
_Phrase = Annotated[str, StringConstraints(min_length=2, max_length=60, to_lower=True)]


class WrittenPoint(Shape):
    """A key point as an engine writes it."""

    text: Annotated[str, StringConstraints(min_length=4, max_length=160)]
    phrases: list[_Phrase] = Field(min_length=3, max_length=8)


class WrittenFollowUp(Shape):
    """A follow-up as an engine writes it."""

    kind: Literal["clarify", "challenge", "quantify"]
    text: _Line


class WrittenQuestion(Shape):
    """A question as an engine writes it."""

    text: Annotated[str, StringConstraints(min_length=15, max_length=400)]
    track: Annotated[str, StringConstraints(max_length=40)]
    difficulty: Literal["easy", "medium", "hard"]
    why: _Line
    key_points: list[WrittenPoint] = Field(min_length=4, max_length=7)
    red_flags: list[_Line] = Field(min_length=2, max_length=3)
    follow_ups: list[WrittenFollowUp] = Field(min_length=2, max_length=3)
    tips: list[_Line] = Field(min_length=2, max_length=3)
    time_guide_seconds: int = Field(ge=30, le=900)
    drawn_from: Annotated[str, StringConstraints(max_length=400)] | None = None


class WrittenQuestions(Shape):
    """All questions of one call."""

    questions: list[WrittenQuestion] = Field(max_length=MOST_QUESTIONS)


def task_of(material: Material, bank_texts: Sequence[str], user_id: str) -> Task[WrittenQuestions]:
    """The task of writing these questions.

    The local engine writes none here: its questions are made from the bank by the one who asks.
    """

    def enough(value: WrittenQuestions) -> None:
        faults = _faults(value, material, bank_texts)
        good = len(value.questions) - len(faults)
        if good < math.ceil(material.count * _ENOUGH):
            told = "; ".join(f"questions.{place}: {rule}" for place, rule in faults.items())
            few = f"{good} of {material.count} questions can be used"
            raise ValueError(f"{few}; {told}"[: _MOST_TOLD * 80])

    aims = material.aims
    return Task(
        name="questions",
        prompt=load_prompt("questions"),
        values={
            "kind": material.kind.replace("_", " "),
            "count": str(material.count),
            "difficulty": aims[0] if aims else "mixed",
            "tracks": ", ".join(tracks_of(material.kind)),
            "role": Data(material.role or "(no role given)"),
            "level": Data(material.level or "(no level given)"),
            "job_description": Data(material.ad or "(no job ad given)"),
            "resume": Data(material.resume or "(no resume given)"),
        },
        shape=WrittenQuestions,
        local=lambda: WrittenQuestions(questions=[]),
        user_id=user_id,
        check=enough,
    )


@lru_cache(maxsize=8)
def tracks_of(kind: str) -> tuple[str, ...]:
    """The tracks of a type of interview."""
    return next(tuple(t.id for t in item.tracks) for item in load_types() if item.type == kind)


def usable(
    value: WrittenQuestions, material: Material, bank_texts: Sequence[str]
) -> tuple[list[Made], int]:
    """The questions that can be asked, and how many were dropped."""
    faults = _faults(value, material, bank_texts)
    made = [
        _made(written, material)
        for place, written in enumerate(value.questions)
        if place not in faults
    ]
    return made[: material.count], len(faults)


def _faults(
    value: WrittenQuestions, material: Material, bank_texts: Sequence[str]
) -> dict[int, str]:
    """The places of the questions that cannot be asked, with the rule each breaks."""
    found: dict[int, str] = {}
    kept: list[str] = []
    for place, written in enumerate(value.questions):
        texts = [
            written.why, *(point.text for point in written.key_points), *written.red_flags,
            *(item.text for item in written.follow_ups), *written.tips,
        ]  # fmt: skip
        fault = fault_of(written.text, texts, material, [*bank_texts, *kept])
        kinds = {item.kind for item in written.follow_ups}
        if fault is None and len(kinds) < len(written.follow_ups):
            fault = "two follow-ups of one kind"
        if fault is None:
            kept.append(written.text)
        else:
            found[place] = fault
    return found


def _made(written: WrittenQuestion, material: Material) -> Made:
    tracks = tracks_of(material.kind)
    source, quote = _origin(written.drawn_from, material)
    named = {"job_description": "the job ad", "resume": "your resume", "": ""}[source]
    content = written.model_dump(
        mode="json", include={"why", "key_points", "red_flags", "follow_ups", "tips"}
    )
    for point in content["key_points"]:
        point["phrases"] = list(dict.fromkeys(point["phrases"]))
    return Made(
        kind=material.kind,
        track=written.track if written.track in tracks else tracks[0],
        difficulty=written.difficulty,
        text=written.text,
        competencies=(),
        content=content,
        time_guide_seconds=written.time_guide_seconds,
        made_from="engine",
        reason=f"Written from a line of {named}." if named else "Written for what you gave.",
        source=source,
        quote=quote,
    )


def _origin(drawn_from: str | None, material: Material) -> tuple[str, str]:
    """Where the line really stands; what stands nowhere is not told."""
    for source, text in (("job_description", material.ad), ("resume", material.resume)):
        found = locate(text, None, drawn_from) if drawn_from and text else None
        if found is not None:
            return source, found.quote
    return "", ""
