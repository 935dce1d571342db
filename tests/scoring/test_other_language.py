"""Answers in German, French, Spanish and Hindi: delivery scored, the rest said to be unread."""

from __future__ import annotations

import json
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from interview_coach.scoring import AnswerScore, Question, Spoken, score
from interview_coach.speech.types import SoundMeasures, Span, Word

QUESTION = Question("behavioral", "Tell me about a deadline you nearly missed.")
ANSWERS = {
    "de": (
        "Letztes Jahr hatten wir in unserem Team drei Wochen Verzug. Meine Aufgabe war es, den "
        "Termin zu halten. Ich habe zuerst die Liste gekürzt, danach habe ich mit dem Kunden "
        "gesprochen. Am Ende waren wir zwei Tage früher fertig, und seitdem planen wir so."
    ),
    "fr": (
        "L'année dernière, notre équipe avait trois semaines de retard. Ma mission était de tenir "
        "la date. D'abord j'ai réduit la liste, ensuite j'ai parlé avec le client. Au final, nous "
        "avons livré deux jours plus tôt, et le résultat a plu."
    ),
    "es": (
        "El año pasado nuestro equipo llevaba tres semanas de retraso. Mi tarea era cumplir el "
        "plazo. Primero reduje la lista, luego hablé con el cliente. Al final entregamos dos días "
        "antes, y desde entonces planificamos así."
    ),
    "hi": (
        "पिछले साल हमारी टीम तीन हफ्ते पीछे थी। मेरा काम था कि समय सीमा न टूटे। सबसे पहले मैंने सूची छोटी "
        "की, उसके बाद मैंने ग्राहक से बात की। अंत में हम दो दिन पहले तैयार थे, और तब से हम ऐसे ही योजना "
        "बनाते हैं।"
    ),
}
FILLERS = {"de": "ähm,", "fr": "euh,", "es": "eh,", "hi": "उम्म,"}
languages = st.sampled_from(sorted(ANSWERS))


def _spoken(code: str, texts: list[str], pauses: dict[int, float] | None = None) -> Spoken:
    """Each word lasts 0.3 s and follows at once, but for the pauses (before a place, seconds)."""
    words: list[Word] = []
    reached = 0.5
    for place, text in enumerate(texts):
        reached += (pauses or {}).get(place, 0.02)
        words.append(Word(text, round(reached, 3), round(reached + 0.3, 3), 0.9))
        reached += 0.3
    return Spoken(" ".join(texts), tuple(words), reached, language=code)


def _scored(code: str, texts: list[str], pauses: dict[int, float] | None = None) -> AnswerScore:
    return score(QUESTION, _spoken(code, texts, pauses))


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_delivery_is_scored_and_the_rest_says_why_not(code: str) -> None:
    result = _scored(code, ANSWERS[code].split())
    assert result.scores["fluency"] is not None
    assert result.scores["fluency"] > 60
    unread = {row["score"]: row["reason"] for row in result.not_scored}
    assert set(unread) == {"overall", "confidence", "clarity", "content"}
    assert "English only" in unread["content"]
    assert all(result.scores[name] is None for name in unread)
    interval = result.intervals["fluency"]
    assert interval is not None
    assert interval["low"] <= result.scores["fluency"] <= interval["high"]
    rows = {row["part"]: row for row in result.parts}
    assert "syllables a minute" in rows["rate"]["measure"]
    assert round(100 - sum(row["cost"] for row in result.parts)) == result.scores["fluency"]
    assert result.metrics["language"] == code
    assert result.metrics["words_per_minute"] is None
    assert 3 < result.metrics["articulation_rate"] < 12


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_the_story_is_found_with_quotes_that_stand_in_the_transcript(code: str) -> None:
    result = _scored(code, ANSWERS[code].split())
    assert result.star is not None
    assert {name for name, row in result.star.items() if row["found"]} == set(result.star)
    for row in result.star.values():
        assert row["quote"] in ANSWERS[code]
        assert 0 <= row["start"] < row["end"]
    assert {item.quote for item in result.evidence} <= {
        row["quote"] for row in result.star.values()
    }
    technical = score(Question("technical", "x"), _spoken(code, ANSWERS[code].split()))
    assert technical.star is None


@settings(max_examples=200, deadline=None)
@given(languages, st.integers(0, 10_000), st.integers(1, 6))
def test_added_fillers_never_raise_fluency(code: str, seed: int, count: int) -> None:
    texts = ANSWERS[code].split()
    before = _scored(code, texts).scores["fluency"] or 0
    chance = random.Random(seed)
    for _ in range(count):
        texts.insert(chance.randrange(1, len(texts)), FILLERS[code])
    after = _scored(code, texts)
    assert (after.scores["fluency"] or 0) <= before
    assert after.metrics["filler_count"] >= count


@settings(max_examples=200, deadline=None)
@given(languages, st.lists(st.integers(1, 30), min_size=1, max_size=5), st.floats(0.3, 6))
def test_added_silence_never_raises_fluency(code: str, places: list[int], seconds: float) -> None:
    texts = ANSWERS[code].split()
    before = _scored(code, texts).scores["fluency"] or 0
    after = _scored(code, texts, dict.fromkeys(places, seconds)).scores["fluency"] or 0
    assert after <= before


@pytest.mark.parametrize("code", sorted(ANSWERS))
def test_typed_short_and_silent_answers_have_no_score_and_say_why(code: str) -> None:
    typed = score(QUESTION, Spoken(ANSWERS[code], language=code))
    assert set(typed.scores.values()) == {None}
    reasons = {row["score"]: row["reason"] for row in typed.not_scored}
    assert "typed" in reasons["fluency"]
    short = _scored(code, ANSWERS[code].split()[:3])
    assert {row["reason"] for row in short.not_scored} == {"too short to score: under 8 words"}
    sound = SoundMeasures(5.0, (), (), 0.0, (), None, None)
    silent = score(QUESTION, Spoken("", (), 5.0, sound, language=code))
    assert {row["reason"] for row in silent.not_scored} == {"no speech was heard"}


def test_pauses_of_the_sound_count_and_the_same_input_gives_the_same_bytes() -> None:
    spoken = _spoken("de", ANSWERS["de"].split())
    assert spoken.words is not None
    last = spoken.words[-1].end
    speech = (Span(0.5, 5.0), Span(7.0, last))
    sound = SoundMeasures(last, speech, (Span(5.0, 7.0),), 2.0, (), None, None)
    heard = Spoken(spoken.text, spoken.words, last, sound, language="de")
    result = score(QUESTION, heard)
    assert (result.metrics["pause_count"], result.metrics["long_pause_count"]) == (1, 1)
    again = score(QUESTION, heard)
    assert json.dumps(result.to_json()) == json.dumps(again.to_json())
