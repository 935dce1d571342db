"""Recordings to samples: mono, float32, 16 kHz, whatever container a browser sent.

Decoding is done by PyAV (FFmpeg inside the wheel). The container is recognised here by its first
bytes and named to FFmpeg, which never guesses: a playlist dressed as a recording would otherwise
make it open other files and addresses.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from interview_coach.speech.types import SpeechError

Samples = NDArray[np.float32]

SAMPLE_RATE = 16_000
LONGEST_SECONDS = 30 * 60.0
MAGIC_BYTES = 36  # an Ogg page header is 27 bytes, the longest thing looked at

_EBML = b"\x1a\x45\xdf\xa3"
_OGG_FIRST_PAGE = 0x02  # "beginning of stream" in the header type of RFC 3533


def container_format(head: bytes) -> str | None:
    """FFmpeg's name of the container that begins with `head`, None when it is none we take.

    Taken are WebM/Matroska, Ogg, MP4, WAV, FLAC and MP3 (with or without an ID3 tag).
    """
    if head.startswith(_EBML):
        return "matroska"
    if head.startswith(b"OggS"):
        return "ogg"
    if head[4:8] == b"ftyp":
        return "mp4"
    if head.startswith((b"RIFF", b"RF64")) and head[8:12] == b"WAVE":
        return "wav"
    if head.startswith(b"fLaC"):
        return "flac"
    if head.startswith(b"ID3") or _is_mp3_frame(head):
        return "mp3"
    return None


def starts_container(chunk: bytes, *, first: bool = False) -> bool:
    """True when `chunk` begins with the header of a new recording.

    A recorder sends its header once, with its first chunk: another header further on means that
    the page was loaded again and a second recorder began. MP3 has no header, each of its frames
    looks like a beginning, so it counts only as the very first chunk (`first`).
    """
    name = container_format(chunk[:MAGIC_BYTES])
    if name == "ogg":
        return len(chunk) > 5 and bool(chunk[5] & _OGG_FIRST_PAGE)
    if name == "mp3":
        return first
    return name is not None


def split_segments(chunks: Iterable[bytes]) -> list[int]:
    """Byte offsets, within the joined chunks, at which a new container begins.

    The first is 0 whatever the first chunk holds, so that every byte belongs to a segment. Give
    the result to `decode`. No chunks give an empty list.
    """
    offsets: list[int] = []
    position = 0
    for number, chunk in enumerate(chunks):
        if number == 0 or (chunk and starts_container(chunk)):
            offsets.append(position)
        position += len(chunk)
    return offsets


def decode(
    source: bytes | Path,
    segments: Sequence[int] = (),
    *,
    sample_rate: int = SAMPLE_RATE,
    longest_seconds: float = LONGEST_SECONDS,
) -> Samples:
    """Samples of a recording: shape (n,), float32, mono, finite, full scale is 1.

    segments: byte offsets where a new container begins (see `split_segments`); each is decoded on
    its own and the samples are joined. A segment without sound, cut off by the reload, is left
    out as long as another one has sound. A recording that breaks off gives what is there.

    Raises SpeechError: `empty` (no bytes, or a header and no sound), `not_audio`,
    `no_audio_track`, `too_long` (decoding stops at `longest_seconds`, so memory is bounded).
    """
    data = _read(source)
    if not data:
        raise SpeechError("empty", "The recording is empty.")
    room = int(longest_seconds * sample_rate)
    pieces: list[Samples] = []
    failure: SpeechError | None = None
    for start, end in _borders(segments, len(data)):
        try:
            piece = _decode_one(data[start:end], sample_rate, room)
        except SpeechError as error:
            if error.code == "too_long":
                raise
            failure = failure or error
            continue
        room -= len(piece)
        pieces.append(piece)
    if not pieces:
        raise failure or SpeechError("empty", "The recording holds no sound.")
    return pieces[0] if len(pieces) == 1 else np.concatenate(pieces)


def _is_mp3_frame(head: bytes) -> bool:
    """True for an MPEG audio layer III frame header with a bit rate and sample rate that exist."""
    if len(head) < 3 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return False
    version, bit_rate, rate = (head[1] >> 3) & 3, head[2] >> 4, (head[2] >> 2) & 3
    return version != 1 and bit_rate not in (0, 15) and rate != 3


def _read(source: bytes | Path) -> memoryview:
    if isinstance(source, bytes):
        return memoryview(source)
    try:
        return memoryview(source.read_bytes())
    except FileNotFoundError as error:
        raise SpeechError("empty", "The recording is not there.") from error
    except OSError as error:
        raise SpeechError("not_audio", "The recording cannot be read.") from error


def _borders(segments: Sequence[int], length: int) -> list[tuple[int, int]]:
    starts = sorted({0, *(offset for offset in segments if 0 < offset < length)})
    return list(zip(starts, [*starts[1:], length], strict=True))


def _decode_one(data: memoryview, sample_rate: int, room: int) -> Samples:
    """Samples of one container, at most `room` of them."""
    import av

    name = container_format(bytes(data[:MAGIC_BYTES]))
    if name is None:
        raise SpeechError("not_audio", "This is not a recording we can read.")
    resampler = av.AudioResampler(format="flt", layout="mono", rate=sample_rate)
    blocks: list[Samples] = []
    taken = 0
    try:
        with av.open(io.BytesIO(data), format=name, metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise SpeechError("no_audio_track", "This recording has no sound track.")
            # FFmpeg adds two channels at 0.71 each, which makes equal ones 3 dB too loud.
            scale = np.float32(0.5**0.5 if container.streams.audio[0].channels == 2 else 1.0)
            for frame in _resampled(container, resampler):
                block = frame.to_ndarray().reshape(-1) * scale
                taken += len(block)
                if taken > room:
                    raise SpeechError("too_long", "The recording is longer than is allowed.")
                blocks.append(block)
    except (av.FFmpegError, ValueError, IndexError, OverflowError, MemoryError) as error:
        if not blocks:
            raise SpeechError("not_audio", "This is not a recording we can read.") from error
    if not taken:
        raise SpeechError("empty", "The recording holds no sound.")
    # A float WAV may carry NaN and infinity, which would spread into every measure.
    samples = np.nan_to_num(np.concatenate(blocks), nan=0.0, posinf=0.0, neginf=0.0)
    return samples.astype(np.float32, copy=False)


def _resampled(container: Any, resampler: Any) -> Iterator[Any]:
    """Resampled frames of the first sound track; broken packets are passed over."""
    for frame in _frames(container):
        # Gaps in the time stamps are not silence: the browser leaves them when it is paused.
        frame.pts = None
        yield from resampler.resample(frame)
    yield from resampler.resample(None)


def _frames(container: Any) -> Iterator[Any]:
    import av

    packets = container.demux(container.streams.audio[0])
    while True:
        try:
            packet = next(packets)
        except (StopIteration, av.EOFError):
            return
        except av.InvalidDataError:
            # The file breaks off here: what came before is the recording.
            return
        try:
            frames = packet.decode()
        except av.InvalidDataError:
            continue
        yield from frames
