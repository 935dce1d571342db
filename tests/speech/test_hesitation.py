"""Probable fillers: voice that no word covers, however the recogniser times its words."""

from __future__ import annotations

import numpy as np
import pytest

from interview_coach.speech.activity import listen
from interview_coach.speech.decode import SAMPLE_RATE, decode
from interview_coach.speech.hesitation import probable_fillers, spoken_extents
from interview_coach.speech.measure import measure, measure_json
from interview_coach.speech.types import Span, Word
from tests.speech.gold import annotated, covered, stretched
from tests.speech.sounds import spoken
from tests.support.shared import needs_shared, speech_data


def covering(speech: tuple[Span, ...], *, without: int | None = None) -> list[Word]:
    """A word over every stretch of speech, but for one."""
    return [
        Word("word", span.start, span.end, 0.9)
        for number, span in enumerate(speech)
        if number != without
    ]


def with_hesitation() -> tuple[np.ndarray, Span]:
    """The spoken answer with a piece of its own voice, 0.5 s, set alone into a long pause."""
    samples = spoken()
    found = measure(samples)
    pause = found.pauses[1]
    cut = int((pause.start + pause.end) / 2 * SAMPLE_RATE)
    second = int((found.speech[0].start + 0.4) * SAMPLE_RATE)
    sound = samples[second : second + SAMPLE_RATE // 2]
    gap = np.zeros(SAMPLE_RATE, np.float32)
    start = cut / SAMPLE_RATE + 1.0
    return np.concatenate([samples[:cut], gap, sound, gap, samples[cut:]]), Span(start, start + 0.5)


def test_voice_without_a_word_is_a_probable_filler() -> None:
    samples, hesitation = with_hesitation()
    sound = listen(samples)
    alone = next(n for n, span in enumerate(sound.spans) if span.start > hesitation.start - 0.1)
    words = covering(sound.spans, without=alone)
    (filler,) = probable_fillers(sound, words)
    assert not filler.certain
    assert filler.start == pytest.approx(hesitation.start, abs=0.1)
    assert filler.end == pytest.approx(hesitation.end, abs=0.1)
    assert {"text": "(um)", "certain": False}.items() <= measure_json(samples, words)["fillers"][
        0
    ].items()


def test_words_that_cover_all_speech_leave_no_filler() -> None:
    sound = listen(spoken())
    assert probable_fillers(sound, covering(sound.spans)) == ()


def test_without_words_nothing_is_guessed() -> None:
    samples, _ = with_hesitation()
    assert measure(samples).probable_fillers == ()
    assert measure(samples, []).probable_fillers == ()


def test_words_the_recogniser_lost_are_not_fillers() -> None:
    sound = listen(spoken())
    longest = max(range(len(sound.spans)), key=lambda number: sound.spans[number].seconds)
    assert sound.spans[longest].seconds > 1.2
    assert probable_fillers(sound, covering(sound.spans, without=longest)) == ()


def test_a_word_stretched_over_a_pause_ends_where_its_voice_does() -> None:
    speech = (Span(1.0, 1.5), Span(2.2, 2.7), Span(3.5, 4.0))
    words = [Word("So", 0.0, 1.5), Word("we", 1.5, 3.5), Word("built", 3.5, 4.6)]
    first, second, third = spoken_extents(words, speech)
    assert first.end == 1.5
    assert first.start >= 1.0
    assert second == Span(2.2, 2.7)
    assert third == Span(3.5, 4.0)


def test_a_filler_hidden_behind_a_stretched_word_is_uncovered() -> None:
    speech = (Span(0.5, 1.0), Span(1.6, 2.1), Span(2.8, 3.2))
    words = [Word("first", 0.5, 2.8), Word("then", 2.8, 3.2)]
    assert spoken_extents(words, speech)[0] == Span(0.5, 1.0)


def test_words_beyond_the_recording_and_backwards_do_no_harm() -> None:
    sound = listen(spoken())
    words = [Word("late", 500.0, 501.0), Word("back", 3.0, 2.0), Word("", 0.0, 0.0)]
    assert all(filler.start is not None for filler in probable_fillers(sound, words))


@needs_shared
@pytest.mark.parametrize("timing", ["exact", "stretched"])
def test_fillers_of_annotated_speech(timing: str) -> None:
    hits = found_count = known_count = 0
    for name in ("acoustic_corpus", "cold_corpus"):
        gold = annotated(name)
        words = gold.words if timing == "exact" else stretched(gold.words)
        found = measure(decode(speech_data() / f"{name}.wav"), words).probable_fillers
        found_count += len(found)
        known_count += len(gold.fillers)
        hits += covered(found, gold.fillers)
    assert hits / known_count >= 0.85
    assert hits / found_count >= 0.75


@needs_shared
def test_a_fluent_answer_has_no_probable_filler() -> None:
    samples = decode(speech_data() / "recordings" / "fluent_answer.webm")
    sound = listen(samples)
    assert probable_fillers(sound, covering(sound.spans)) == ()
