"""The measures behind the scores of a take, each with its reason where it is missing."""

from __future__ import annotations

from typing import Any

from interview_coach.feedback.report import Take
from interview_coach.feedback.views.shapes import MeasureRow
from interview_coach.speech.languages import ENGLISH

_TYPED = "typed answer: nothing was spoken"
_NO_TIMES = "there are no words with times"
_NO_VOICE = "too little voice to measure it"
_IN_SYLLABLES = "in this language pace is counted in syllables"
_ENGLISH_ONLY = "hedges are read in English only"
_NO_WORDS = "there are no words"


def measures_of(take: Take) -> list[MeasureRow]:
    """Pace, pauses, words and voice of a take, in the order of the page."""
    metrics = (take.result or {}).get("metrics") or {}
    typed = take.summary.kind == "typed"
    times, voice = (_TYPED, _TYPED) if typed else (_NO_TIMES, _NO_VOICE)
    certain = sum(bool(row["certain"]) for row in metrics.get("fillers") or ())
    probable = (metrics.get("filler_count") or 0) - certain
    heard = f"{certain} heard, {probable} probable at half" if probable else f"{certain} heard"
    per_100 = metrics.get("fillers_per_100_words")
    # Words of two languages are not put beside each other; syllables are.
    paced = times if metrics.get("language", ENGLISH) == ENGLISH else _IN_SYLLABLES
    return [
        _row("Pace", "Words a minute", metrics.get("words_per_minute"), "{:.0f}", missing=paced),
        _row("", "Syllables a second", metrics.get("articulation_rate"), "{:.1f}", missing=times),
        _row("Pauses", "Silence", _percent(metrics.get("silence_ratio")), "{:.0f} %",
             missing=times),
        _row("", "Pauses of 0.25 s or more", metrics.get("pause_count"), "{:d}", missing=times),
        _row("", "Pauses of 1 s or more", metrics.get("long_pause_count"), "{:d}", missing=times),
        _row("", "Pauses inside a clause", metrics.get("mid_clause_pause_count"), "{:d}",
             missing=times),
        _row("", "Long ones to think, before a new clause", metrics.get("thinking_pause_count"),
             "{:d}", missing=times),
        _row("", "Dead ones, inside a clause or over 4 s", metrics.get("dead_pause_count"), "{:d}",
             missing=times),
        _row("", "Until the first word", metrics.get("response_latency_seconds"), "{:.1f} s",
             note="shown, never scored", missing=times),
        _row("Words", "Words", metrics.get("words") or None, "{:d}", missing=_NO_WORDS),
        _row("", "Fillers per 100 words", per_100, "{:.1f}",
             note=heard, missing=_NO_WORDS),
        _row("", "Hedges", _unless_silent(metrics, "hedge_count"), "{:d}",
             missing=_NO_WORDS if paced is not _IN_SYLLABLES else _ENGLISH_ONLY),
        _row("", "Repeats and restarts", _unless_silent(metrics, "repair_count"), "{:d}",
             missing=_NO_WORDS),
        *_tone(metrics.get("tone")),
        _row("Voice", "Pitch variation", metrics.get("pitch_sd_semitones"), "{:.1f} semitones",
             missing=voice),
        _row("", "Loudness variation", metrics.get("loudness_sd_db"), "{:.1f} dB", missing=voice),
    ]  # fmt: skip


def _tone(tone: dict[str, Any] | None) -> list[MeasureRow]:
    """The tone of the words, where a model read it. It is in no score, and the row says so."""
    if tone is None:
        return []
    shares = [f"{tone[name] * 100:.0f} % {name}" for name in ("positive", "neutral", "negative")]
    return [MeasureRow("", "Tone of the words", ", ".join(shares), f"by {tone['model']}, unscored")]


def _row(
    heading: str, label: str, value: Any, form: str, *, missing: str, note: str = ""
) -> MeasureRow:
    if value is None:
        return MeasureRow(heading, label, "-", missing)
    return MeasureRow(heading, label, form.format(value), note)


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _unless_silent(metrics: dict[str, Any], name: str) -> int | None:
    """A count of words, None where there are no words to count in."""
    count: int | None = metrics.get(name)
    return count if metrics.get("words") else None
