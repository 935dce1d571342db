"""The scorecard's lines on sound: pauses, silence, fillers, pitch, a round trip through WebM."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bench.scorecard import Line, at_least, at_most, not_measured
from bench.second_pitch import yin
from interview_coach.speech.activity import find_pauses, find_speech, listen, silence_seconds
from interview_coach.speech.decode import Samples, decode
from interview_coach.speech.encode import encode_webm
from interview_coach.speech.fillers import find_fillers
from interview_coach.speech.framing import HOP, WINDOW
from interview_coach.speech.measure import measure
from interview_coach.speech.types import Word
from tests.speech.gold import annotated, covered, matches, stretched
from tests.support.shared import shared_dir

ALIGNED = ("acoustic_corpus", "cold_corpus")
# The annotation marks "um" and "uh" alone; these were marked by reading the transcripts.
MARKERS = {"acoustic_corpus": "yknow", "cold_corpus": "so"}
VOICES = ("acoustic_corpus.wav", "cold_corpus.wav", "jfk.flac")
_ALIGNED_DATA = "two aligned recordings of one speaker, 52 s"
_KEYS = {
    "pause_f1": "Pauses of 0.25 s or more found (F1)",
    "silence_error": "Total silence, largest error",
    "filler_recall": "Untranscribed fillers found (recall), gold word times",
    "filler_precision": "Of those found, right (precision), gold word times",
    "filler_recall_stretched": "The same with words that last until the next (recall)",
    "filler_precision_stretched": "The same with words that last until the next (precision)",
    "transcribed_fillers": "Fillers that stand in the transcript, wrongly counted",
    "pitch_difference": "Pitch against a second method, median difference",
    "webm_pauses": "Pauses found again after WebM/Opus (F1)",
    "webm_pitch": "Pitch after the round trip, difference",
}


def sound_lines() -> list[Line]:
    """All lines on sound; without the shared recordings each says that it was not measured."""
    shared = shared_dir()
    if shared is None:
        return [not_measured(key, words) for key, words in _KEYS.items()]
    folder = shared / "data" / "speech"
    sounds = {name: decode(folder / f"{name}.wav") for name in ALIGNED}
    return [
        *_pauses(sounds),
        *_fillers(sounds, "", lambda words: words),
        *_fillers(sounds, "_stretched", stretched),
        _transcribed(),
        _pitch([decode(folder / name) for name in VOICES]),
        *_round_trip(sounds),
    ]


def _pauses(sounds: dict[str, Samples]) -> list[Line]:
    hits = found = known = 0
    errors: list[float] = []
    for name, samples in sounds.items():
        gold = annotated(name)
        speech = find_speech(samples)
        pauses = find_pauses(speech)
        hits += matches(pauses, gold.pauses)
        found, known = found + len(pauses), known + len(gold.pauses)
        errors.append(abs(silence_seconds(speech) / gold.silence - 1))
    f1 = 2 * hits / (found + known)
    return [
        at_least("pause_f1", _KEYS["pause_f1"], f1, 0.84, "", f"{_ALIGNED_DATA}, {known} pauses"),
        at_most("silence_error", _KEYS["silence_error"], 100 * max(errors), 20, "%", _ALIGNED_DATA),
    ]


def _fillers(
    sounds: dict[str, Samples], kind: str, timed: Callable[[Sequence[Word]], Sequence[Word]]
) -> list[Line]:
    hits = found = known = 0
    for name, samples in sounds.items():
        gold = annotated(name)
        probable = measure(samples, timed(gold.words)).probable_fillers
        hits += covered(probable, gold.fillers)
        found, known = found + len(probable), known + len(gold.fillers)
    data = f"{_ALIGNED_DATA}, {known} fillers"
    recall, precision = f"filler_recall{kind}", f"filler_precision{kind}"
    return [
        at_least(recall, _KEYS[recall], hits / known, 0.85, "", data),
        at_least(precision, _KEYS[precision], hits / max(1, found), 0.75, "", data),
    ]


def _transcribed() -> Line:
    wrong = total = 0
    for name in ALIGNED:
        gold = annotated(name)
        words = sorted(
            [*gold.words, *(Word("um", span.start, span.end) for span in gold.fillers)],
            key=lambda word: word.start,
        )
        times = {(item.start, item.end) for item in find_fillers(words)}
        markers = [next(word for word in gold.words if word.text == MARKERS[name])]
        truth = {(item.start, item.end) for item in (*gold.fillers, *markers)}
        wrong += len(times ^ truth)
        total += len(truth)
    return at_most(
        "transcribed_fillers", _KEYS["transcribed_fillers"], wrong, 0, "",
        f"{_ALIGNED_DATA}, {total} fillers in the words, two of them marked by hand",
    )  # fmt: skip


def _pitch(voices: Sequence[Samples]) -> Line:
    differences: list[float] = []
    for samples in voices:
        sound = listen(samples)
        voiced = np.flatnonzero(sound.track.voiced & sound.speaking)
        ours = sound.track.hertz[voiced]
        theirs = np.array([yin(sound.samples, int(frame) * HOP + WINDOW // 2) for frame in voiced])
        differences.append(abs(float(np.nanmedian(theirs / ours)) - 1))
    return at_most(
        "pitch_difference", _KEYS["pitch_difference"], 100 * max(differences), 3, "%",
        "three recordings, YIN frame by frame, the largest of three medians",
    )  # fmt: skip


def _round_trip(sounds: dict[str, Samples]) -> list[Line]:
    moves: list[float] = []
    pitches: list[float] = []
    hits = count = 0
    for samples in sounds.values():
        with tempfile.NamedTemporaryFile(suffix=".webm") as file:
            file.write(encode_webm(samples))
            file.flush()
            back = decode(Path(file.name))
        before, after = measure(samples), measure(back)
        hits += matches(after.pauses, before.pauses)
        count += len(before.pauses) + len(after.pauses)
        moves += [
            max(abs(one.start - other.start), abs(one.end - other.end))
            for one in before.pauses
            for other in after.pauses
            if matches([one], [other])
        ]
        if before.pitch is not None and after.pitch is not None:
            pitches.append(abs(after.pitch.median_hz / before.pitch.median_hz - 1))
    return [
        at_least(
            "webm_pauses", _KEYS["webm_pauses"], 2 * hits / count, 0.9, "",
            f"{_ALIGNED_DATA}; edges move {1000 * max(moves):.0f} ms at most",
        ),
        at_most("webm_pitch", _KEYS["webm_pitch"], 100 * max(pitches), 1, "%", _ALIGNED_DATA),
    ]  # fmt: skip
