"""An answer scored with the text models of this process, where it has any."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from interview_coach import scoring
from interview_coach.ai.text_models import meaning_of, tone_of
from interview_coach.settings import load_settings
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.sentences import unit_starts
from interview_coach.speech.text import tokenise


def scored(
    question: scoring.Question,
    spoken: scoring.Spoken,
    judgement: scoring.Judgement | None = None,
) -> dict[str, Any]:
    """The answer object of `scoring.score`, with the tone of its words in `metrics.tone`.

    tone: `{positive, neutral, negative, model}`, shares of 0-1, None without a tone model. It is
    shown and weighs nothing.
    """
    settings = load_settings()
    meaning = meaning_of(settings)
    result = scoring.score(question, spoken, judgement, meaning=meaning).to_json()
    # The classifier has learned English sentences.
    reader = tone_of(settings) if spoken.language == ENGLISH else None
    tone = None if reader is None else reader.read(_sentences(spoken.text))
    result["metrics"]["tone"] = None if tone is None else asdict(tone)
    return result


def _sentences(text: str) -> list[str]:
    """The sentences of a transcript, found from its words alone."""
    tokens = tokenise(text)
    starts = unit_starts([token.norm for token in tokens])
    ends = [*starts[1:], len(tokens)]
    return [
        text[tokens[first].begin : tokens[end - 1].stop]
        for first, end in zip(starts, ends, strict=True)
        if end > first
    ]
