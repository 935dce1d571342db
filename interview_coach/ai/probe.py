"""A call that only asks whether an engine answers."""

from __future__ import annotations

from pydantic import Field, ValidationError

from interview_coach.ai.types import Call, Shape, unfenced

SECONDS = 15.0
# Models that think first spend it on that.
_MOST_TOKENS = 1000


class Word(Shape):
    """What is asked for."""

    word: str = Field(min_length=1, max_length=40)


def probe(seconds: float = SECONDS) -> Call:
    """The call: a few tokens, given up after `seconds`."""
    return Call(
        system="You are asked whether you work. Answer with JSON of the given schema alone.",
        user='Answer {"word": "ready"}.',
        shape_name=Word.__name__,
        schema=Word.model_json_schema(),
        temperature=0.0,
        most_tokens=_MOST_TOKENS,
        seconds=seconds,
    )


def is_usable(text: str) -> bool:
    """Whether an answer to the call has the shape that was asked for."""
    try:
        Word.model_validate_json(unfenced(text))
    except ValidationError:
        return False
    return True
