"""Whole answers: order of quality, evidence, the waterfall by hand, reasons for what is missing."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from interview_coach.scoring import (
    ALGORITHM,
    KeyPoint,
    Question,
    Spoken,
    combine,
    fit_bank,
    score,
    score_json_line,
    subject,
    warm_up,
    wording,
)
from interview_coach.speech.types import (
    Filler,
    Loudness,
    Pitch,
    SoundMeasures,
    Span,
    Word,
)
from tests.support.answer_topics import TOPICS
from tests.support.answers import make_answers, timed
from tests.support.graded_answers import CONFLICT, GRADED, PLAIN, SPOKEN

GOOD = GRADED[0][1][0]


def question_of(data: dict[str, Any]) -> Question:
    points = tuple(KeyPoint(item["text"], tuple(item["phrases"])) for item in data["key_points"])
    return Question(data["type"], data["text"], points)


def words_of(text: str) -> tuple[Word, ...]:
    return tuple(
        Word(item["word"], item["start"], item["end"], item["probability"]) for item in timed(text)
    )


def sound_of(words: tuple[Word, ...], pitch: float = 3.0, loudness: float = 4.0) -> SoundMeasures:
    pauses = tuple(
        Span(left.end, right.start)
        for left, right in pairwise(words)
        if right.start - left.end >= 0.25
    )
    return SoundMeasures(
        duration_seconds=words[-1].end + 1,
        speech=tuple(Span(word.start, word.end) for word in words),
        pauses=pauses,
        silence_seconds=sum(span.seconds for span in pauses),
        probable_fillers=(),
        pitch=Pitch(140.0, pitch),
        loudness=Loudness(loudness, 18.0),
    )


@pytest.mark.parametrize(("question", "ranked"), GRADED, ids=lambda value: str(value)[:40])
def test_better_answers_score_higher(question: dict[str, Any], ranked: tuple[str, ...]) -> None:
    results = [score_json_line({"question": question, "text": text})["scores"] for text in ranked]
    contents = [result["content"] for result in results]
    assert contents[0] >= 75
    assert contents[-1] <= 25
    assert contents[0] - 15 >= contents[1] >= contents[2] + 15
    assert results[0]["overall"] > results[1]["overall"] > results[2]["overall"]


@pytest.mark.parametrize(("question", "text"), PLAIN, ids=lambda value: str(value)[:50])
def test_key_points_without_phrases_are_met_by_their_moves(
    question: dict[str, Any], text: str
) -> None:
    assert score_json_line({"question": question, "text": text})["scores"]["content"] >= 60
    for other, _ in PLAIN:
        if other is not question:
            scores = score_json_line({"question": other, "text": text})["scores"]
            assert scores["content"] <= 40


def test_a_strong_story_reaches_content_of_75() -> None:
    strong = [answer for answer in make_answers(100) if answer.tier == "strong"]
    contents = [
        score_json_line({"question": answer.question, "text": answer.text})["scores"]["content"]
        for answer in strong
    ]
    assert sum(content >= 75 for content in contents) >= 0.85 * len(contents)


@pytest.mark.parametrize(
    "text",
    [
        "blorp snerg wibble fnord quaxil drimble zontar glipf " * 6,
        (
            "I like to cook pasta on Sundays and my garden has forty tomatoes. The dog sleeps on "
            "the couch while my neighbour paints his boat. In summer we swim in the lake."
        ),
    ],
    ids=["gibberish", "off the topic"],
)
def test_what_is_no_answer_stays_low(text: str) -> None:
    result = score_json_line({"question": CONFLICT, "text": text})["scores"]
    assert result["content"] <= 25
    assert result["overall"] <= 40


@pytest.mark.parametrize("answer", make_answers(40), ids=lambda answer: answer.text[:30])
def test_the_waterfall_adds_up_by_hand(answer: Any) -> None:
    result = score_json_line({"question": answer.question, "words": timed(answer.text)})
    rows = result["parts"]
    for row in rows:
        if row["value"] is not None:
            assert row["cost"] == pytest.approx(
                row["weight"] * (100 - row["value"]) / 100, abs=0.02
            )
    overall = 100 - sum(row["cost"] for row in rows)
    assert abs(overall - result["scores"]["overall"]) <= 0.51
    assert sum(row["weight"] or 0 for row in rows) == pytest.approx(100, abs=0.2)


@pytest.mark.parametrize("answer", make_answers(40), ids=lambda answer: answer.text[:30])
def test_every_quote_stands_in_the_transcript(answer: Any) -> None:
    words = timed(answer.text)
    for line in ({"text": answer.text}, {"words": words}):
        result = score_json_line({"question": answer.question, **line})
        quotes = result["evidence"] + [row for row in result["key_points"] if row["quote"]]
        quotes += [row for row in (result["star"] or {}).values() if row["quote"]]
        for row in quotes:
            assert row["quote"] in answer.text
            assert (row["start"] is None) == ("text" in line)
            if row["start"] is not None:
                assert 0 <= row["start"] <= row["end"] <= words[-1]["end"] + 0.01


def test_quotes_of_a_story_are_its_sentences() -> None:
    star = score_json_line({"question": CONFLICT, "text": GOOD})["star"]
    assert {name: row["level"] for name, row in star.items()} == {
        "situation": "clear",
        "task": star["task"]["level"],
        "action": "clear",
        "result": "clear",
    }
    assert "3,200 euros" in star["result"]["quote"]
    assert "responsible for the checkout" in star["task"]["quote"]


def test_types_without_a_story_have_no_star() -> None:
    for topic in TOPICS:
        text = " ".join((*topic.opening, *topic.middle, *topic.ending))
        star = score_json_line({"question": topic.question, "text": text})["star"]
        story = topic.question["type"] in {"behavioral", "leadership", "situational"}
        assert (star is not None) == story


def test_a_typed_answer_has_no_fluency_and_says_why() -> None:
    result = score_json_line({"question": CONFLICT, "text": GOOD})
    assert result["scores"]["fluency"] is None
    reason = "typed answer: nothing was spoken"
    assert {"score": "fluency", "reason": reason} in result["not_scored"]
    for name in ("words_per_minute", "pause_count", "silence_ratio", "pitch_sd_semitones"):
        assert result["metrics"][name] is None
    assert result["scores"]["confidence"] is not None


def test_a_spoken_answer_shows_its_measures() -> None:
    result = score_json_line({"question": CONFLICT, "words": timed(SPOKEN)})
    metrics = result["metrics"]
    found = [filler["text"] for filler in metrics["fillers"]]
    assert found == ["So", "um", "you know", "like"]
    assert metrics["repair_count"] == 2
    assert metrics["hedge_count"] == 1
    spoken = timed(SPOKEN)
    seconds = spoken[-1]["end"] - spoken[0]["start"]
    assert metrics["words_per_minute"] == pytest.approx((len(spoken) - 6) * 60 / seconds, rel=0.04)
    assert metrics["words"] == len(spoken)
    assert 0 < metrics["silence_ratio"] < 1


def test_short_answers_are_limited_and_very_short_ones_not_scored() -> None:
    short = score_json_line({"question": CONFLICT, "text": "I told her no, it was over."})
    assert set(short["scores"].values()) == {None}
    assert "too short to score" in short["not_scored"][0]["reason"]
    text = (
        "In March I told him with data that 14 percent paid by voucher, we agreed to a compromise "
        "and as a result saved 3,200 euros."
    )
    assert score_json_line({"question": CONFLICT, "text": text})["scores"]["content"] <= 40


def test_without_key_points_relevance_is_left_out() -> None:
    plain = {**CONFLICT, "key_points": []}
    result = score_json_line({"question": plain, "text": GOOD})
    assert "relevance" not in {row["part"] for row in result["parts"]}
    assert result["scores"]["content"] >= 75


def test_more_variation_of_the_voice_is_better() -> None:
    words = words_of(GOOD)
    question = question_of(CONFLICT)

    def confidence(pitch: float, loudness: float) -> int:
        spoken = Spoken(GOOD, words, None, sound_of(words, pitch, loudness), "whisper", draft=False)
        value = score(question, spoken).scores["confidence"]
        assert value is not None
        return value

    assert confidence(1.0, 1.5) < confidence(2.0, 3.0) < confidence(3.2, 5.0)


def test_a_probable_filler_counts_half_and_is_marked() -> None:
    words = words_of(GOOD)
    question = question_of(CONFLICT)
    sound = sound_of(words)
    heard = tuple(Filler("um", span.start, span.end, certain=False) for span in sound.pauses[:4])
    noisy = SoundMeasures(
        sound.duration_seconds, sound.speech, sound.pauses, sound.silence_seconds, heard,
        sound.pitch, sound.loudness,
    )  # fmt: skip
    clean = score(question, Spoken(GOOD, words, None, sound)).to_json()
    result = score(question, Spoken(GOOD, words, None, noisy)).to_json()
    assert [row["certain"] for row in result["metrics"]["fillers"]] == [False] * len(heard)
    words_spoken = result["metrics"]["fillers_per_100_words"]
    assert words_spoken == pytest.approx(len(heard) * 50 / result["metrics"]["words"], rel=0.05)
    assert result["scores"]["fluency"] <= clean["scores"]["fluency"]


def test_the_interval_widens_with_what_is_not_known() -> None:
    question, words = question_of(CONFLICT), words_of(GOOD)

    def width(spoken: Spoken) -> int:
        interval = score(question, spoken).interval
        overall = score(question, spoken).scores["overall"]
        assert interval is not None
        assert overall is not None
        return overall - interval["low"]

    sound = sound_of(words)
    full = width(Spoken(GOOD, words, None, sound))
    assert full >= 4 + 60 / 140**0.5
    assert width(Spoken(GOOD, words)) == full + 3
    assert width(Spoken(GOOD)) == full + 6
    unsure = tuple(Word(word.text, word.start, word.end, 0.4) for word in words)
    assert width(Spoken(GOOD, unsure, None, sound)) == full + 5
    draft = Spoken(GOOD, unsure, None, sound, "pocketsphinx", draft=True)
    assert width(draft) > full + 5
    assert {flag["code"] for flag in score(question, draft).flags} == {
        "draft_transcript",
        "low_recognition",
    }


def test_a_corrected_transcript_keeps_delivery_and_times() -> None:
    heard = GOOD.replace("vouchers", "vultures").replace("checkout", "chess out")
    words = words_of(heard)
    question = question_of(CONFLICT)
    draft = score(question, Spoken(heard, words, None, sound_of(words))).to_json()
    mended = score(question, Spoken(GOOD, words, None, sound_of(words))).to_json()
    assert mended["scores"]["fluency"] == draft["scores"]["fluency"]
    assert mended["metrics"]["words_per_minute"] == draft["metrics"]["words_per_minute"]
    quotes = [row for row in mended["evidence"] if "vouchers" in row["quote"]]
    assert quotes
    assert all(row["quote"] in GOOD and row["start"] is not None for row in quotes)


def test_typed_words_with_a_recording_are_scored_from_both() -> None:
    words = words_of(GOOD)
    result = score(question_of(CONFLICT), Spoken(GOOD, None, None, sound_of(words))).to_json()
    assert result["scores"]["fluency"] is not None
    assert result["metrics"]["mid_clause_pause_count"] is None


def test_a_recording_without_words_is_not_scored() -> None:
    sound = sound_of(words_of(GOOD))
    result = score(question_of(CONFLICT), Spoken("", None, None, sound)).to_json()
    assert set(result["scores"].values()) == {None}
    assert "no transcript yet" in result["not_scored"][0]["reason"]
    assert result["star"] is None


def test_an_interview_is_the_mean_of_its_answers() -> None:
    typed = [score_json_line({"question": CONFLICT, "text": text}) for text in GRADED[0][1]]
    empty = score_json_line({"question": CONFLICT, "text": ""})
    whole = combine([*typed, empty])
    mean = sum(result["scores"]["overall"] for result in typed) / len(typed)
    assert abs(whole["overall"]["score"] - mean) <= 1
    assert whole["scores"]["fluency"] is None
    assert 100 - sum(row["cost"] for row in whole["parts"]) == pytest.approx(
        whole["overall"]["score"], abs=0.6
    )
    widths = [result["interval"]["high"] - result["interval"]["low"] for result in typed]
    assert whole["overall"]["high"] - whole["overall"]["low"] < sum(widths) / len(widths)
    assert combine([empty]) == {
        "overall": None,
        "scores": {"fluency": None, "confidence": None, "clarity": None, "content": None},
        "intervals": {"fluency": None, "confidence": None, "clarity": None, "content": None},
        "parts": [],
    }


def test_the_algorithm_is_named() -> None:
    assert score_json_line({"question": CONFLICT, "text": GOOD})["algorithm"] == ALGORITHM


def test_after_warming_up_no_answer_waits_for_a_table() -> None:
    tables = (fit_bank.fit_words, wording._table, subject.bank_words)
    for table in tables:
        table.cache_clear()
    warm_up()
    assert [table.cache_info().currsize for table in tables] == [1, 1, 1]
