"""What an engine is asked for: a stronger version of one answer, checked before it is shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from interview_coach.ai.prompts import Data, instruction_count, load_prompt
from interview_coach.ai.router import Task
from interview_coach.ai.types import Shape
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.rewriting.local import compose
from interview_coach.feedback.rewriting.words import fault_of, gaps_of
from interview_coach.scoring.quotes import locate, sentences

_MOST_WORDS = 420
_LEAST_KEPT = 2
_MOST_QUOTE = 400


class WrittenVersion(Shape):
    """A version as an engine writes it."""

    text: Annotated[str, StringConstraints(min_length=40, max_length=5000)]
    kept: list[Annotated[str, StringConstraints(max_length=_MOST_QUOTE)]] = Field(
        min_length=1, max_length=30
    )


@dataclass(frozen=True, slots=True)
class AskedVersion:
    """An answer to make a version of, with its question. points: what a good answer holds."""

    question: str
    points: tuple[str, ...]
    answer: Analysed


def version_task(asked: AskedVersion, user_id: str) -> Task[WrittenVersion]:
    """The task of writing it; the local engine's version where no other gives one."""
    answer = asked.answer

    def only_what_was_said(value: WrittenVersion) -> None:
        fault = fault_of(value.text, answer.transcript)
        if fault is not None:
            raise ValueError(fault)
        if len(value.text.split()) > _MOST_WORDS:
            raise ValueError("text: longer than two minutes")
        found = sum(locate(answer.transcript, None, quote) is not None for quote in value.kept)
        if found < _LEAST_KEPT or found * 2 < len(value.kept):
            raise ValueError("kept: facts that were not said")

    return Task(
        name="model_answer",
        prompt=load_prompt("model_answer"),
        values={
            "question": Data(asked.question),
            "answer": Data(_without_orders(answer.transcript)),
            "key_points": Data("\n".join(f"- {point}" for point in asked.points) or "(none)"),
        },
        shape=WrittenVersion,
        local=_local(answer),
        user_id=user_id,
        check=only_what_was_said,
    )


def _without_orders(transcript: str) -> str:
    """What was said, without sentences that speak to a grader: no engine sees them."""
    return " ".join(said for said in sentences(transcript) if instruction_count(said) == 0)


def _local(answer: Analysed) -> Callable[[], WrittenVersion]:
    def make() -> WrittenVersion:
        version = compose(answer)
        # Not validated: an answer of a few words is still the candidate's own.
        return WrittenVersion.model_construct(text=version.text, kept=list(version.kept))

    return make


def content_of(value: WrittenVersion, answer: Analysed) -> tuple[dict[str, Any], int]:
    """What is kept of a version: its text, gaps and facts with their seconds; and how many facts
    were dropped because they were not said."""
    kept: list[dict[str, Any]] = []
    dropped = 0
    for quote in value.kept:
        found = locate(answer.transcript, answer.words, quote)
        if found is None:
            dropped += 1
        else:
            kept.append({"quote": found.quote, "start": found.start, "end": found.end})
    missing = compose(answer).missing
    content = {
        "text": value.text,
        "gaps": gaps_of(value.text),
        "kept": kept,
        "missing": list(missing),
    }
    return content, dropped
