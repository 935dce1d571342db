"""Choosing a recogniser, and what each one makes of speech, silence and noise."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from interview_coach.speech.decode import SAMPLE_RATE, Samples, decode
from interview_coach.speech.recognise import Recogniser, choose_recogniser
from interview_coach.speech.types import Span, SpeechError, Word
from interview_coach.speech.whisper import WhisperRecogniser, is_credible
from tests.speech.sounds import noise, spoken
from tests.support.scripted_whisper import build
from tests.support.shared import needs_shared, speech_data

SCRIPT = "I led the team, um, and we won the prize."


@pytest.fixture(scope="module")
def draft() -> Recogniser:
    return choose_recogniser("pocketsphinx", "base.en", offline=True)


@pytest.fixture(scope="module")
def scripted(tmp_path_factory: pytest.TempPathFactory) -> Recogniser:
    folder = tmp_path_factory.mktemp("models") / "scripted"
    build(folder, SCRIPT, seconds=5.0)
    return choose_recogniser("whisper", str(folder), offline=True)


def test_importing_the_package_loads_no_engine() -> None:
    code = (
        "import sys; import interview_coach.speech.recognise, interview_coach.speech.measure;"
        "import interview_coach.speech.models, interview_coach.speech.whisper;"
        "print([name for name in ('av', 'faster_whisper', 'onnxruntime', 'pocketsphinx',"
        " 'huggingface_hub') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_auto_falls_back_to_the_draft_and_says_why(tmp_path: Path) -> None:
    chosen = choose_recogniser("auto", str(tmp_path / "nothing"), offline=True)
    assert (chosen.engine, chosen.draft) == ("pocketsphinx", True)
    assert chosen.reason is not None
    assert "nothing" in chosen.reason


def test_whisper_alone_never_falls_back(tmp_path: Path) -> None:
    with pytest.raises(SpeechError) as caught:
        choose_recogniser("whisper", str(tmp_path), offline=True)
    assert caught.value.code == "engine_missing"


def test_a_broken_model_is_a_missing_engine(tmp_path: Path) -> None:
    for name in ("model.bin", "config.json", "tokenizer.json"):
        (tmp_path / name).write_bytes(b"{}")
    with pytest.raises(SpeechError) as caught:
        choose_recogniser("whisper", str(tmp_path), offline=True)
    assert caught.value.code == "engine_missing"
    assert choose_recogniser("auto", str(tmp_path), offline=True).draft


def test_an_unknown_engine_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="kaldi"):
        choose_recogniser("kaldi", "base.en", offline=True)


def test_auto_prefers_whisper(scripted: Recogniser, tmp_path: Path) -> None:
    build(tmp_path / "scripted", SCRIPT)
    chosen = choose_recogniser("auto", str(tmp_path / "scripted"), offline=True)
    assert (chosen.engine, chosen.model, chosen.draft) == ("whisper", "scripted", False)
    assert chosen.reason is None


def test_whisper_words_have_times_and_probabilities(scripted: Recogniser) -> None:
    samples = spoken()
    shares: list[float] = []
    heard = scripted.transcribe(samples, shares.append)
    assert heard.text == SCRIPT
    assert [word.text for word in heard.words] == SCRIPT.split()
    assert (heard.engine, heard.model, heard.draft) == ("whisper", "scripted", False)
    assert all(0 <= word.start <= word.end <= len(samples) / SAMPLE_RATE for word in heard.words)
    assert all(isinstance(word.start, float) for word in heard.words)
    assert all(0 <= (word.probability or 0) <= 1 for word in heard.words)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_words_written_over_silence_are_left_out(scripted: Recogniser) -> None:
    # The script is said once in each window of 30 s; nobody speaks in the second.
    silence = np.zeros(35 * SAMPLE_RATE, np.float32)
    heard = scripted.transcribe(np.concatenate([spoken(), silence]))
    assert heard.text == SCRIPT


def test_a_long_answer_is_heard_in_pieces_and_the_same_whatever_the_cores(tmp_path: Path) -> None:
    build(tmp_path / "scripted", SCRIPT, seconds=5.0)
    once = np.concatenate([spoken(), np.zeros(2 * SAMPLE_RATE, np.float32)])
    samples = np.tile(once, 3)
    shares: list[float] = []
    alone = WhisperRecogniser(tmp_path / "scripted", "scripted", at_once=1)
    both = WhisperRecogniser(tmp_path / "scripted", "scripted", at_once=2)
    heard = both.transcribe(samples, shares.append)
    assert heard == alone.transcribe(samples)
    # Each piece says the script; each stands where it was spoken.
    assert heard.text == " ".join([SCRIPT] * 3)
    times = [(word.start, word.end) for word in heard.words]
    assert times == sorted(times)
    begins = [word.start for word in heard.words if word.text == "I"]
    length = len(once) / SAMPLE_RATE
    assert begins == pytest.approx([0.0, length, 2 * length], abs=2.0)
    assert shares == sorted(shares)
    assert len(shares) == 3
    assert shares[-1] == pytest.approx(1.0)


class CountingRecogniser(WhisperRecogniser):
    """The real one, which notes the pieces it began."""

    def _hear(
        self, samples: Samples, piece: Span, speech: Sequence[Span], language: str
    ) -> list[Word]:
        self.begun = [*getattr(self, "begun", []), piece]
        return super()._hear(samples, piece, speech, language)


def test_who_stops_the_recogniser_does_not_wait_for_all_pieces(tmp_path: Path) -> None:
    build(tmp_path / "scripted", SCRIPT, seconds=5.0)
    recogniser = CountingRecogniser(tmp_path / "scripted", "scripted", at_once=1)
    samples = np.tile(np.concatenate([spoken(), np.zeros(2 * SAMPLE_RATE, np.float32)]), 6)

    def stop(share: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        recogniser.transcribe(samples, stop)
    assert 1 <= len(recogniser.begun) <= 2  # of six
    # It is whole again for the next recording.
    assert recogniser.transcribe(spoken()).text == SCRIPT


def test_words_faster_than_anybody_talks_are_left_out(tmp_path: Path) -> None:
    build(tmp_path / "fast", " ".join(f"word{number}" for number in range(20)), seconds=2.5)
    fast = choose_recogniser("whisper", str(tmp_path / "fast"), offline=True)
    assert fast.transcribe(spoken()).words == ()


def test_babble_of_a_broken_model_is_left_out(tmp_path: Path) -> None:
    build(tmp_path / "babble", SCRIPT, noise=True)
    babble = choose_recogniser("whisper", str(tmp_path / "babble"), offline=True)
    heard = babble.transcribe(spoken()[: 6 * SAMPLE_RATE])
    assert all(0 <= word.start <= word.end <= 6.0 for word in heard.words)


@pytest.mark.parametrize(
    "samples",
    [np.zeros(0, np.float32), np.zeros(SAMPLE_RATE, np.float32), noise(5.0)],
    ids=["none", "silence", "noise"],
)
@pytest.mark.parametrize("name", ["draft", "scripted"])
def test_nobody_speaks_nothing_is_written(
    name: str, samples: np.ndarray, request: pytest.FixtureRequest
) -> None:
    recogniser: Recogniser = request.getfixturevalue(name)
    shares: list[float] = []
    heard = recogniser.transcribe(samples, shares.append)
    assert (heard.text, heard.words) == ("", ())
    assert shares == [1.0]


@dataclass(frozen=True)
class Segment:
    no_speech_prob: float = 0.1
    avg_logprob: float = -0.3
    compression_ratio: float = 1.3


def test_a_segment_is_held_against_the_sound() -> None:
    speech = [Span(10.0, 12.0)]
    said = [Word("we", 10.0, 10.5), Word("won", 10.5, 12.0)]
    good = Segment()
    assert is_credible(good, said, speech)
    assert not is_credible(replace(good, no_speech_prob=0.7, avg_logprob=-1.1), said, speech)
    assert is_credible(replace(good, no_speech_prob=0.7), said, speech)
    assert not is_credible(replace(good, compression_ratio=2.5), said, speech)
    elsewhere = [Word("thanks", 2.0, 2.6), Word("bye", 2.6, 3.0)]
    assert not is_credible(good, elsewhere, speech)
    hurried = [Word("a", 10.0 + n / 10, 10.1 + n / 10) for n in range(10)]
    assert not is_credible(good, hurried, speech)
    # One short word that Whisper stretched over the silence before it.
    assert is_credible(good, [Word("Yes.", 0.0, 12.0)], speech)


def test_the_draft_hears_speech_roughly(draft: Recogniser) -> None:
    samples = spoken()[: 8 * SAMPLE_RATE]
    shares: list[float] = []
    heard = draft.transcribe(samples, shares.append)
    assert (heard.engine, heard.draft) == ("pocketsphinx", True)
    assert {"the", "and"} <= set(heard.text.split())
    assert heard.text == " ".join(word.text for word in heard.words)
    assert not any(set("<>[]()+") & set(word.text) for word in heard.words)
    assert all(word.probability is not None and word.probability <= 0.5 for word in heard.words)
    times = [(word.start, word.end) for word in heard.words]
    assert times == sorted(times)
    assert 0 <= times[0][0] < 1.0
    assert times[-1][1] <= len(samples) / SAMPLE_RATE + 0.02
    assert shares[-1] == 1.0


def test_the_draft_cuts_a_long_answer_in_its_pauses(draft: Recogniser) -> None:
    once = spoken()[: 4 * SAMPLE_RATE]
    silence = np.zeros(40 * SAMPLE_RATE, np.float32)
    shares: list[float] = []
    heard = draft.transcribe(np.concatenate([once, silence, once]), shares.append)
    assert shares == [0.5, 1.0]
    assert any(word.end < 5.0 for word in heard.words)
    assert any(word.start > 43.0 for word in heard.words)
    assert not any(5.0 < word.start < 43.0 for word in heard.words)


@needs_shared
def test_the_draft_on_real_speech(draft: Recogniser) -> None:
    folder = speech_data()
    began = time.process_time()
    samples = decode(folder / "jfk.flac")
    heard = draft.transcribe(samples)
    spent = time.process_time() - began
    known = (folder / "jfk.txt").read_text(encoding="utf-8").lower().replace(",", "").split()
    right = sum(word.strip(".") in heard.text.lower().split() for word in known)
    assert right / len(known) > 0.6
    assert spent < 2.0 * len(samples) / SAMPLE_RATE


def test_a_multilingual_model_hears_another_language(tmp_path: Path) -> None:
    script = "Ähm ich habe den Fehler gesucht und am Ende gefunden."
    build(tmp_path / "several", script, multilingual=True)
    several = choose_recogniser("whisper", str(tmp_path / "several"), offline=True)
    heard = several.transcribe(spoken(), language="de")
    assert (heard.text, heard.language) == (script, "de")


def test_a_model_that_knows_english_only_says_so(scripted: Recogniser) -> None:
    draft = choose_recogniser("pocketsphinx", "base.en", offline=True)
    for recogniser in (scripted, draft):
        with pytest.raises(SpeechError) as caught:
            recogniser.transcribe(spoken(), language="de")
        assert caught.value.code == "language_unknown"
        assert "German" in caught.value.detail
