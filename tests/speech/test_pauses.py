"""Long pauses: thinking before a clause, dead inside one or when they go on."""

from __future__ import annotations

from itertools import accumulate

import pytest

from interview_coach.scoring import Question, Spoken, score
from interview_coach.speech.pauses import pause_kind, response_latency
from interview_coach.speech.types import SoundMeasures, Span, Word

QUESTION = Question("behavioral", "Tell me about a deadline.")


@pytest.mark.parametrize(
    ("seconds", "at_edge", "kind"),
    [
        (0.9, True, "short"),
        (0.9, False, "short"),
        (1.0, True, "thinking"),
        (4.0, True, "thinking"),
        (4.1, True, "dead"),
        (1.0, False, "dead"),
    ],
)
def test_kinds(seconds: float, at_edge: bool, kind: str) -> None:
    assert pause_kind(Span(2.0, 2.0 + seconds), at_edge=at_edge) == kind


def _answer(pause_after: str, seconds: float) -> Spoken:
    text = "I moved the release and then I called the client about the new date"
    texts = text.split()
    lengths = [0.4 + (seconds if text == pause_after else 0.0) for text in texts]
    starts = [0.0, *accumulate(lengths)]
    words = tuple(
        Word(text, start, start + 0.35) for text, start in zip(texts, starts, strict=False)
    )
    return Spoken(text, words, starts[-1])


def test_the_words_tell_where_a_clause_begins() -> None:
    before_clause = score(QUESTION, _answer("release", 2.0)).metrics
    inside = score(QUESTION, _answer("the", 2.0)).metrics
    assert (before_clause["thinking_pause_count"], before_clause["dead_pause_count"]) == (1, 0)
    assert inside["thinking_pause_count"] == 0
    assert inside["dead_pause_count"] >= 1


def test_latency_is_the_time_to_the_first_speech() -> None:
    def sound(*speech: Span) -> SoundMeasures:
        return SoundMeasures(9.0, speech, (), 0.0, (), None, None)

    assert response_latency(sound(Span(1.234, 2.0), Span(3.0, 4.0))) == 1.23
    assert response_latency(sound()) is None


def test_latency_is_shown_and_not_scored() -> None:
    spoken = _answer("release", 0.6)
    assert spoken.words is not None

    def with_sound(delay: float) -> Spoken:
        moved = tuple(
            Word(word.text, word.start + delay, word.end + delay) for word in spoken.words or ()
        )
        last = moved[-1].end
        speech = (Span(moved[0].start, last),)
        measures = SoundMeasures(last, speech, (), 0.0, (), None, None)
        return Spoken(spoken.text, moved, last, measures)

    early, late = score(QUESTION, with_sound(0.2)), score(QUESTION, with_sound(5.2))
    assert early.metrics["response_latency_seconds"] == 0.2
    assert late.metrics["response_latency_seconds"] == 5.2
    assert early.scores == late.scores
