"""Cutting a recording in its pauses."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from interview_coach.speech.pieces import cut_in_pauses
from interview_coach.speech.types import Span


def test_without_speech_there_is_no_piece() -> None:
    assert cut_in_pauses([], 100.0, longest=30.0, margin=1.0) == []


def test_what_is_short_enough_stays_whole_without_the_silence_around_it() -> None:
    speech = [Span(12.0, 20.0), Span(21.0, 35.0)]
    assert cut_in_pauses(speech, 90.0, longest=30.0, margin=1.0) == [Span(11.0, 36.0)]


def test_the_longest_pause_of_the_last_third_is_cut() -> None:
    speech = [Span(0.0, 10.0), Span(13.0, 21.0), Span(22.0, 27.0), Span(27.2, 40.0)]
    pieces = cut_in_pauses(speech, 40.0, longest=30.0, margin=1.0)
    assert pieces == [Span(0.0, 21.5), Span(21.5, 40.0)]


def test_the_middle_of_a_long_silence_is_left_out() -> None:
    speech = [Span(1.0, 25.0), Span(65.0, 80.0)]
    pieces = cut_in_pauses(speech, 80.0, longest=30.0, margin=1.0)
    assert pieces == [Span(0.0, 26.0), Span(64.0, 80.0)]


def test_who_never_stops_is_cut_where_the_piece_is_full() -> None:
    pieces = cut_in_pauses([Span(0.0, 70.0)], 70.0, longest=30.0, margin=1.0)
    assert pieces == [Span(0.0, 30.0), Span(30.0, 60.0), Span(60.0, 70.0)]


_lengths = st.floats(min_value=0.1, max_value=45.0, allow_nan=False)
_recordings = st.lists(st.tuples(_lengths, _lengths), min_size=1, max_size=12)


@given(_recordings)
def test_no_speech_is_lost_and_no_piece_is_too_long(recording: list[tuple[float, float]]) -> None:
    speech: list[Span] = []
    at = 0.0
    for silence, voice in recording:
        speech.append(Span(at + silence, at + silence + voice))
        at += silence + voice
    pieces = cut_in_pauses(speech, at, longest=30.0, margin=1.0)
    assert all(0 < piece.seconds <= 30.0 + 1e-6 for piece in pieces)
    assert all(before.end <= after.start for before, after in pairwise(pieces))
    for span in speech:
        covered = sum(
            max(0.0, min(span.end, piece.end) - max(span.start, piece.start)) for piece in pieces
        )
        assert abs(covered - span.seconds) < 1e-6
