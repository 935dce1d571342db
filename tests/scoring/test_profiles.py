"""Speech profiles: chosen, never below the standard, and felt in pace and pauses alone."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach.scoring import Question, Spoken, score
from interview_coach.scoring.profiles import PROFILES, STANDARD, profile_named
from interview_coach.speech.types import Word
from tests.support.answers import FILLERS, MadeAnswer, insert_words, timed
from tests.support.scored import answers, chances, some

_MOVED = {"rate", "pauses", "hesitation"}
_CURVES = ("rate", "silence", "long_pauses", "inside_pauses", "hesitation")


@pytest.mark.parametrize("name", _CURVES)
@given(measure=st.floats(0, 300))
def test_no_curve_gives_less_than_the_standard_one(name: str, measure: float) -> None:
    standard = getattr(PROFILES[STANDARD], name)
    for profile in PROFILES.values():
        assert getattr(profile, name)(measure) >= standard(measure)


@some
@given(answers, chances, st.sampled_from([0.8, 1.3, 2.2]))
def test_patient_moves_pace_pauses_and_hesitation_alone(
    answer: MadeAnswer, chance: random.Random, pace: float
) -> None:
    told = timed(insert_words(chance, answer.text, FILLERS, 4), chance.randrange(99), pace)
    words = tuple(Word(w["word"], w["start"], w["end"], w["probability"]) for w in told)
    text = " ".join(word.text for word in words)
    question = Question(answer.question["type"], answer.question["text"])
    plain = score(question, Spoken(text, words)).to_json()
    patient = score(question, Spoken(text, words, profile="patient")).to_json()
    values = {row["part"]: row["value"] for row in plain["parts"] if row["value"] is not None}
    for row in patient["parts"]:
        if row["value"] is None:
            continue
        if row["part"] in _MOVED:
            assert row["value"] >= values[row["part"]]
        else:
            assert row["value"] == values[row["part"]]
    for name in ("fluency", "confidence", "overall"):
        assert patient["scores"][name] is None or (patient["scores"][name] >= plain["scores"][name])
    assert patient["metrics"].pop("speech_profile") == "patient"
    assert plain["metrics"].pop("speech_profile") == "standard"
    for eased, strict in zip(
        patient["metrics"].pop("standings"), plain["metrics"].pop("standings"), strict=True
    ):
        assert (eased["measure"], eased["at"]) == (strict["measure"], strict["at"])
        assert eased["value"] >= strict["value"]
    assert patient["metrics"] == plain["metrics"]


def test_a_name_there_is_none_of_is_the_standard() -> None:
    assert profile_named("fast") is PROFILES[STANDARD]
