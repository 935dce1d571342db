"""`./coach score`: one JSON line in, the answer object out."""

from __future__ import annotations

import math
from typing import Any

from interview_coach.scoring.score import score
from interview_coach.scoring.types import QUESTION_TYPES, KeyPoint, Meaning, Question, Spoken
from interview_coach.speech.text import text_of_words
from interview_coach.speech.types import Word


def score_json_line(line: dict[str, Any], meaning: Meaning | None = None) -> dict[str, Any]:
    """Score `{question, text}` or `{question, words, duration_seconds}`.

    question: {type?, text, key_points?: [text or {text, phrases?}]}; the type is behavioral when
    it is not given. meaning: as `score` takes it. Returns the answer object of `/analysis`.
    Raises ValueError with one clear line when the input has another shape.
    """
    if not isinstance(line, dict):
        raise ValueError("a line must be a JSON object")
    question = _question(line.get("question"))
    words = _words(line["words"]) if line.get("words") is not None else None
    text = line.get("text")
    if text is None and words is None:
        raise ValueError("a line needs `text` or `words`")
    if text is not None and not isinstance(text, str):
        raise ValueError("`text` must be a string")
    if text is None:
        text = text_of_words(words or ())
    duration = _number(line.get("duration_seconds"))
    usable = duration is not None and math.isfinite(duration) and duration >= 0
    spoken = Spoken(text=text, words=words, duration_seconds=duration if usable else None)
    return score(question, spoken, meaning=meaning).to_json()


def _question(value: Any) -> Question:
    if isinstance(value, str):
        return Question("behavioral", value)
    if not isinstance(value, dict):
        raise ValueError("`question` must be an object with `text`")
    text = value.get("text")
    if not isinstance(text, str):
        raise ValueError("`question.text` must be a string")
    kind = value.get("type") or "behavioral"
    kind = kind.replace("-", "_").lower() if isinstance(kind, str) else kind
    if kind not in QUESTION_TYPES:
        raise ValueError(f"`question.type` must be one of {', '.join(QUESTION_TYPES)}")
    points = value.get("key_points") or []
    if not isinstance(points, list):
        raise ValueError("`question.key_points` must be a list")
    return Question(kind, text, tuple(_key_point(point) for point in points))


def _key_point(value: Any) -> KeyPoint:
    if isinstance(value, str):
        return KeyPoint(value)
    if isinstance(value, dict) and isinstance(value.get("text"), str):
        phrases = value.get("phrases") or []
        if isinstance(phrases, list) and all(isinstance(phrase, str) for phrase in phrases):
            return KeyPoint(value["text"], tuple(phrases))
    raise ValueError("a key point must be a text or {text, phrases: [text]}")


def _words(value: Any) -> tuple[Word, ...]:
    if not isinstance(value, list):
        raise ValueError("`words` must be a list")
    return tuple(_word(item, place) for place, item in enumerate(value))


def _word(value: Any, place: int) -> Word:
    text = value.get("word", value.get("text")) if isinstance(value, dict) else None
    if not isinstance(text, str):
        raise ValueError(f"`words[{place}]` must be {{word, start, end, probability}}")
    missing = float("nan")
    start, end = _number(value.get("start")), _number(value.get("end"))
    return Word(
        text,
        missing if start is None else start,
        missing if end is None else end,
        _number(value.get("probability")),
    )


def _number(value: Any) -> float | None:
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        return float(value)
    except OverflowError:
        return math.inf if value > 0 else -math.inf
