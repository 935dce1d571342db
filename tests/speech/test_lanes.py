"""What is drawn of a sound says what the sound is, in small numbers."""

from __future__ import annotations

import json

import numpy as np
import pytest

from interview_coach.speech import lanes
from interview_coach.speech.activity import listen
from interview_coach.speech.decode import SAMPLE_RATE, Samples
from interview_coach.speech.lanes import Lanes, lanes_of, pack, unpack
from interview_coach.speech.measure import measured
from tests.speech.sounds import noise, spoken


def _drawn(samples: Samples) -> Lanes:
    sound = listen(samples)
    pitch = measured(sound).pitch
    return lanes_of(sound, None if pitch is None else pitch.median_hz)


def test_each_lane_lasts_as_long_as_the_sound() -> None:
    samples = spoken()
    drawn = _drawn(samples)
    seconds = len(samples) / SAMPLE_RATE
    assert len(drawn.wave) * lanes.WAVE_STEP_MS / 1000 == pytest.approx(seconds, abs=0.03)
    assert len(drawn.loudness) * lanes.STEP_MS / 1000 == pytest.approx(seconds, abs=0.06)
    assert drawn.pitch is not None
    assert len(drawn.pitch) == len(drawn.loudness)


def test_pauses_are_low_and_unvoiced_and_speech_is_not() -> None:
    samples = spoken()
    found = measured(listen(samples))
    drawn = _drawn(samples)
    assert drawn.pitch is not None
    pause = max(found.pauses, key=lambda span: span.seconds)
    inside = slice(round((pause.start + 0.1) / 0.04), round((pause.end - 0.1) / 0.04))
    assert (drawn.pitch[inside] == lanes.UNVOICED).all()
    wave = slice(round((pause.start + 0.1) / 0.02), round((pause.end - 0.1) / 0.02))
    assert drawn.wave[wave].max() < 12
    speech = max(found.speech, key=lambda span: span.seconds)
    talking = slice(round(speech.start / 0.04), round(speech.end / 0.04))
    assert np.median(drawn.loudness[talking]) > np.median(drawn.loudness[inside]) + 15
    assert drawn.wave.max() == lanes.HIGHEST_WAVE


def test_pitch_is_drawn_around_the_median_in_tenths_of_a_semitone() -> None:
    sound = listen(spoken())
    pitch = measured(sound).pitch
    assert pitch is not None
    around, below = lanes_of(sound, pitch.median_hz).pitch, lanes_of(sound, pitch.median_hz / 1.5)
    assert around is not None
    assert below.pitch is not None
    voiced = around != lanes.UNVOICED
    assert np.median(around[voiced]) == pytest.approx(0, abs=1)
    assert around[voiced].std() / lanes.PITCH_STEPS == pytest.approx(pitch.sd_semitones, abs=0.3)
    fifth = below.pitch[voiced].astype(int) - around[voiced]
    assert np.median(fifth) == pytest.approx(70.2, abs=1)


def test_a_louder_microphone_draws_the_same() -> None:
    quiet, loud = _drawn(spoken() * np.float32(0.25)), _drawn(spoken())
    assert np.abs(quiet.wave.astype(int) - loud.wave).max() <= 1
    assert np.abs(quiet.loudness.astype(int) - loud.loudness)[loud.loudness > -30].max() <= 1


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0, np.float32), np.zeros(7, np.float32), np.zeros(16_000, np.float32), noise(2.0)],
    ids=["nothing", "seven samples", "silence", "noise"],
)
def test_without_a_voice_there_is_no_pitch_lane(samples: Samples) -> None:
    drawn = _drawn(samples)
    assert drawn.pitch is None
    assert len(drawn.wave) == -(-len(samples) // 320)


def test_lanes_come_back_as_they_were_kept_and_are_small() -> None:
    drawn = _drawn(spoken())
    kept = pack(drawn)
    assert pack(drawn) == kept
    back = unpack(json.loads(json.dumps(kept)))
    assert (back.wave == drawn.wave).all()
    assert (back.loudness == drawn.loudness).all()
    assert back.pitch is not None
    assert drawn.pitch is not None
    assert (back.pitch == drawn.pitch).all()
    assert back.median_hz == drawn.median_hz
    assert len(json.dumps(kept)) < 120 * 23  # bytes of 23 seconds


def test_a_lane_that_unpacks_to_more_than_any_recording_is_cut() -> None:
    row = np.zeros(20 * 1024 * 1024, np.int8)
    kept = pack(Lanes(row, None, row[:10], None))
    assert len(unpack(kept).wave) == 8 * 1024 * 1024
