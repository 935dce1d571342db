"""Standings: the measures as they were scored, from which the parts of the scores recompute."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.scoring import Question, Spoken, curves_of, profile_named, score
from interview_coach.scoring.profiles import PROFILES
from interview_coach.speech.types import Loudness, Pitch, SoundMeasures, Span, Word
from tests.support.answers import FILLERS, MadeAnswer, insert_words, timed
from tests.support.scored import answers, chances, some


def _standings(result: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["measure"]: row for row in result["metrics"]["standings"]}


@some
@given(answers, chances, st.sampled_from([0.8, 1.3, 2.2]), st.sampled_from(sorted(PROFILES)))
def test_the_parts_recompute_from_the_standings(
    answer: MadeAnswer, chance: random.Random, pace: float, profile: str
) -> None:
    told = timed(insert_words(chance, answer.text, FILLERS, 4), chance.randrange(99), pace)
    words = tuple(Word(w["word"], w["start"], w["end"], w["probability"]) for w in told)
    text = " ".join(word.text for word in words)
    question = Question(answer.question["type"], answer.question["text"])
    result = score(question, Spoken(text, words, profile=profile)).to_json()
    found = _standings(result)
    parts = {row["part"]: row["value"] for row in result["parts"]}
    curves = curves_of(profile_named(profile))
    for name, row in found.items():
        assert row["value"] == pytest.approx(curves[name](row["at"]), abs=0.11)
    value = {name: row["value"] for name, row in found.items()}
    assert parts["rate"] == min(value["words_per_minute"], value["articulation_rate"])
    shares = (
        ("silence_and_filler_ratio", 0.4),
        ("long_pauses_per_100_words", 0.3),
        ("mid_clause_pauses_per_100_words", 0.3),
    )
    pauses = sum(share * value[name] for name, share in shares)
    assert parts["pauses"] == pytest.approx(pauses, abs=0.06)
    assert parts["fillers"] == value["fillers_per_100_words"]
    assert parts["repairs"] == value["repairs_per_100_words"]
    assert parts["hedges"] == value["hedges_per_100_words"]
    assert parts["hesitation"] == value["hesitations_per_100_words"]


def _spoken(language: str) -> Spoken:
    text = "we had a plan for every day and in the end the release went out on time for all"
    words = tuple(Word(w, i * 0.4, i * 0.4 + 0.35, 0.9) for i, w in enumerate(text.split()))
    sound = SoundMeasures(
        duration_seconds=words[-1].end,
        speech=(Span(0.0, words[-1].end),),
        pauses=(),
        silence_seconds=0.5,
        probable_fillers=(),
        pitch=Pitch(120.0, 2.1),
        loudness=Loudness(3.2, 12.0),
    )
    return Spoken(text, words, words[-1].end, sound, language=language)


def test_the_voice_stands_where_it_was_scored() -> None:
    result = score(Question("behavioral", "Tell me about a plan."), _spoken("en")).to_json()
    parts = {row["part"]: row["value"] for row in result["parts"]}
    found = _standings(result)
    assert found["pitch_sd_semitones"]["value"] == parts["pitch"]
    assert found["loudness_sd_db"]["value"] == parts["loudness"]


def test_a_typed_answer_stands_on_its_words_alone() -> None:
    text = "I think we moved three features to the next version and shipped on time with two bugs"
    result = score(Question("behavioral", "Tell me about a plan."), Spoken(text)).to_json()
    assert set(_standings(result)) == {"hedges_per_100_words"}


def test_what_is_too_short_to_score_stands_nowhere() -> None:
    result = score(Question("behavioral", "Tell me about a plan."), Spoken("We had none")).to_json()
    assert result["metrics"]["standings"] == []


def test_another_language_stands_on_what_is_told_of_it() -> None:
    result = score(Question("behavioral", "Tell me about a plan."), _spoken("de")).to_json()
    assert set(_standings(result)) <= {
        "silence_and_filler_ratio",
        "long_pauses_per_100_words",
        "mid_clause_pauses_per_100_words",
        "fillers_per_100_words",
        "repairs_per_100_words",
    }
    assert "fillers_per_100_words" in _standings(result)
