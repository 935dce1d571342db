"""Recordings of every kind become samples, and what is no recording becomes one typed error."""

from __future__ import annotations

import io
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from interview_coach.speech.decode import (
    SAMPLE_RATE,
    container_format,
    decode,
    split_segments,
    starts_container,
)
from interview_coach.speech.encode import encode_webm
from interview_coach.speech.types import SpeechError
from tests.speech.sounds import encoded, noise, pulses, seconds_of, wav
from tests.support.shared import needs_shared, speech_data

VOWEL = pulses(np.full(2 * SAMPLE_RATE, 120.0))


def refusal(source: bytes | Path, **options: float) -> str:
    with pytest.raises(SpeechError) as caught:
        decode(source, **options)  # type: ignore[arg-type]
    assert caught.value.detail.endswith(".")
    return caught.value.code


@pytest.mark.parametrize(
    ("container", "codec"),
    [
        ("webm", "libopus"),
        ("ogg", "libopus"),
        ("mp4", "aac"),
        ("wav", "pcm_s16le"),
        ("flac", "flac"),
        ("mp3", "libmp3lame"),
    ],
)
def test_every_container_a_browser_sends_is_decoded(container: str, codec: str) -> None:
    content = encoded(VOWEL, container, codec)
    samples = decode(content)
    assert samples.dtype == np.float32
    assert samples.ndim == 1
    assert seconds_of(samples) == pytest.approx(2.0, abs=0.1)
    assert np.sqrt(np.mean(samples**2)) == pytest.approx(np.sqrt(np.mean(VOWEL**2)), rel=0.2)
    assert starts_container(content, first=True)


def test_stereo_at_another_rate_becomes_mono_16_khz(tmp_path: Path) -> None:
    file = tmp_path / "stereo.wav"
    with wave.open(str(file), "wb") as out:
        out.setnchannels(2)
        out.setsampwidth(2)
        out.setframerate(44_100)
        out.writeframes((np.full((44_100, 2), [8192, 0])).astype("<i2").tobytes())
    samples = decode(file)
    assert len(samples) == SAMPLE_RATE
    assert samples[1000:-1000].mean() == pytest.approx(0.125, abs=0.01)


def test_not_a_number_in_a_recording_becomes_silence() -> None:
    broken = np.array([0.5, np.nan, np.inf, -np.inf] * 4000, np.float32)
    target = io.BytesIO()
    with av.open(target, mode="w", format="wav") as file:
        stream = file.add_stream("pcm_f32le", rate=SAMPLE_RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(broken.reshape(1, -1), format="flt", layout="mono")
        frame.sample_rate = SAMPLE_RATE
        file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    samples = decode(target.getvalue())
    assert np.isfinite(samples).all()
    assert samples.max() == 0.5


def test_what_is_no_recording_is_refused_by_name(tmp_path: Path) -> None:
    assert refusal(b"") == "empty"
    assert refusal(tmp_path / "missing.webm") == "empty"
    assert refusal(tmp_path) == "not_audio"
    assert refusal(b"this is not a recording at all") == "not_audio"
    assert refusal(encoded(VOWEL, "webm", "libopus")[:40] + b"\xff" * 400) == "not_audio"
    assert refusal(wav(np.zeros(0))) == "empty"


def test_a_video_without_sound_has_no_audio_track() -> None:
    target = io.BytesIO()
    with av.open(target, mode="w", format="mp4") as file:
        stream = file.add_stream("mpeg4", rate=10)
        stream.width = stream.height = 32
        picture = av.VideoFrame.from_ndarray(np.zeros((32, 32, 3), np.uint8), format="rgb24")
        for _ in range(10):
            file.mux(stream.encode(picture))
        file.mux(stream.encode(None))
    assert refusal(target.getvalue()) == "no_audio_track"


def test_a_playlist_is_never_followed(tmp_path: Path) -> None:
    inner = tmp_path / "inner.wav"
    inner.write_bytes(wav(VOWEL))
    playlist = f"#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n{inner}\n#EXT-X-ENDLIST\n"
    assert refusal(playlist.encode()) == "not_audio"
    assert refusal(f"ffconcat version 1.0\nfile {inner}\n".encode()) == "not_audio"


def test_too_long_a_recording_is_refused_while_it_is_decoded() -> None:
    content = encoded(noise(3.0), "webm", "libopus")
    assert refusal(content, longest_seconds=2.0) == "too_long"
    assert seconds_of(decode(content, longest_seconds=4.0)) == pytest.approx(3.0, abs=0.1)
    with pytest.raises(SpeechError) as caught:
        decode(content * 2, [0, len(content)], longest_seconds=4.0)
    assert caught.value.code == "too_long"


def test_a_recording_that_breaks_off_gives_what_is_there() -> None:
    content = encoded(noise(4.0), "webm", "libopus")
    assert 1.5 < seconds_of(decode(content[: len(content) // 2])) < 2.5


def test_a_recording_that_survived_a_reload_is_several_recordings() -> None:
    first, second = encoded(VOWEL, "webm", "libopus"), encoded(noise(1.0), "webm", "libopus")
    chunks = [first[:3000], first[3000:], second[:2500], second[2500:]]
    offsets = split_segments(chunks)
    assert offsets == [0, len(first)]
    joined = decode(b"".join(chunks), offsets)
    assert seconds_of(joined) == pytest.approx(3.0, abs=0.1)
    apart = np.concatenate([decode(first), decode(second)])
    assert np.array_equal(joined, apart)


def test_mp4_recordings_joined_by_a_reload_are_both_decoded() -> None:
    first, second = encoded(VOWEL, "mp4", "aac"), encoded(noise(1.0), "mp4", "aac")
    joined = decode(first + second, split_segments([first, second]))
    assert seconds_of(joined) == pytest.approx(3.0, abs=0.15)


def test_a_header_without_sound_is_left_out_between_others() -> None:
    whole = encoded(VOWEL, "webm", "libopus")
    header = whole[:200]
    offsets = [0, len(whole), len(whole) + len(header)]
    samples = decode(whole + header + whole, offsets)
    assert seconds_of(samples) == pytest.approx(4.0, abs=0.1)


def test_offsets_outside_the_recording_do_no_harm() -> None:
    whole = encoded(VOWEL, "webm", "libopus")
    assert np.array_equal(decode(whole, [0, 0, -5, len(whole), 10**9]), decode(whole))


def test_only_headers_start_a_container() -> None:
    webm = encoded(VOWEL, "webm", "libopus")
    ogg = encoded(VOWEL, "ogg", "libopus")
    mp3 = encoded(VOWEL, "mp3", "libmp3lame")
    assert starts_container(webm)
    assert not starts_container(webm[3000:])
    assert starts_container(ogg)
    later = ogg.index(b"OggS", 2000)
    assert container_format(ogg[later:]) == "ogg"
    assert not starts_container(ogg[later:])
    assert starts_container(mp3, first=True)
    assert not starts_container(mp3)
    assert not starts_container(b"")
    assert split_segments([]) == []


def test_samples_are_written_as_one_webm_that_knows_its_length() -> None:
    content = encode_webm(VOWEL)
    with av.open(io.BytesIO(content)) as file:
        assert file.format.name.startswith("matroska")
        assert file.duration == pytest.approx(2_000_000, abs=50_000)
        assert file.streams.audio[0].codec.name in ("opus", "libopus")
    again = decode(content)
    assert len(again) == pytest.approx(len(VOWEL), abs=SAMPLE_RATE // 20)
    # In step with the original: the delay of the codec is taken back.
    part = slice(SAMPLE_RATE // 2, SAMPLE_RATE)
    assert np.corrcoef(again[part], VOWEL[part])[0, 1] > 0.9


def test_writing_refuses_nothing_and_odd_rates() -> None:
    with pytest.raises(SpeechError, match="no sound"):
        encode_webm(np.zeros(0, np.float32))
    with pytest.raises(ValueError, match="44100"):
        encode_webm(VOWEL, sample_rate=44_100)


@needs_shared
@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("empty.webm", "empty"),
        ("text_not_audio.webm", "not_audio"),
        ("no_audio_track.webm", "no_audio_track"),
    ],
)
def test_bad_uploads_are_refused(name: str, code: str) -> None:
    assert refusal(speech_data() / "recordings" / "bad" / name) == code


@needs_shared
@pytest.mark.parametrize(
    ("name", "seconds"),
    [
        ("jfk.flac", 11.0),
        ("acoustic_corpus.wav", 26.72),
        ("mfa_um.flac", 8.93),
        ("recordings/hesitant_answer.webm", 33.01),
        ("recordings/bad/truncated.webm", 17.73),
    ],
)
def test_real_recordings_have_their_length(name: str, seconds: float) -> None:
    assert seconds_of(decode(speech_data() / name)) == pytest.approx(seconds, abs=0.02)
