"""The measures behind the scores of a take, each with its reason where it is missing."""

from __future__ import annotations

from typing import Any

from interview_coach import ui
from interview_coach.feedback.report import Take
from interview_coach.feedback.views.shapes import MeasureRow
from interview_coach.scoring import curves_of, profile_named
from interview_coach.speech.languages import ENGLISH

_TYPED = "typed answer: nothing was spoken"
_NO_TIMES = "there are no words with times"
_NO_VOICE = "too little voice to measure it"
_IN_SYLLABLES = "in this language pace is counted in syllables"
_ENGLISH_ONLY = "read in English only"
_NO_WORDS = "there are no words"


def measures_of(take: Take) -> list[MeasureRow]:
    """Pace, pauses, words and voice of a take, in the order of the page."""
    metrics = (take.result or {}).get("metrics") or {}
    on = _Lines(metrics)
    if take.summary.kind == "typed":
        return [
            *_words(metrics, on),
            *_tone(metrics.get("tone")),
            MeasureRow("Pace, pauses and voice", "Not measured", "-", _TYPED),
        ]
    return [
        *_pace(metrics, on),
        *_pauses(metrics, on),
        *_words(metrics, on),
        _hesitations(metrics, on),
        *_tone(metrics.get("tone")),
        _row("Voice", "Pitch variation", metrics.get("pitch_sd_semitones"), "{:.1f} st",
             note="semitones around your median", bar=on.line("pitch_sd_semitones", "{:.1f} st"),
             missing=_NO_VOICE),
        _row("", "Loudness variation", metrics.get("loudness_sd_db"), "{:.1f} dB",
             bar=on.line("loudness_sd_db", "{:.1f} dB"), missing=_NO_VOICE),
    ]  # fmt: skip


class _Lines:
    """Where the measures of an answer stand on their curves. Answers that were scored before
    standings were kept have no lines."""

    def __init__(self, metrics: dict[str, Any]) -> None:
        self._curves = curves_of(profile_named(metrics.get("speech_profile") or ""))
        self._standings = {row["measure"]: row for row in metrics.get("standings") or ()}

    def at(self, measure: str) -> float | None:
        """The measure as it was scored; None where it was not."""
        row = self._standings.get(measure)
        return None if row is None else float(row["at"])

    def line(self, measure: str, form: str, scale: float = 1.0) -> ui.BandBar:
        """The line of a measure. scale: of what is shown to what is scored."""
        row = self._standings.get(measure)
        if row is None:
            return ui.BandBar()
        knots = [(at * scale, value) for at, value in self._curves[measure].knots]
        return ui.band_bar_view(knots, row["at"] * scale, row["value"], form)

    def per_100(self, measure: str, more: str = "") -> str:
        """The measure per 100 words, in words; empty where it was not scored."""
        rate = self.at(measure)
        return "" if rate is None else f"{rate:.1f} per 100 words{more}"


def _pace(metrics: dict[str, Any], on: _Lines) -> list[MeasureRow]:
    # Words of two languages are not put beside each other; syllables are.
    paced = _NO_TIMES if _english(metrics) else _IN_SYLLABLES
    return [
        _row("Pace", "Words a minute", metrics.get("words_per_minute"), "{:.0f}",
             bar=on.line("words_per_minute", "{:.0f}"), missing=paced),
        _row("", "Syllables a second", metrics.get("articulation_rate"), "{:.1f}",
             bar=on.line("articulation_rate", "{:.1f}"), missing=_NO_TIMES),
    ]  # fmt: skip


def _pauses(metrics: dict[str, Any], on: _Lines) -> list[MeasureRow]:
    filled = metrics.get("filler_count")
    more = ", fillers as silence" if filled else ""
    silent = on.at("silence_and_filler_ratio")
    return [
        _row("Pauses", "Silence", _percent(metrics.get("silence_ratio")), "{:.0f} %",
             note=f"{silent * 100:.0f} % with the fillers" if silent and filled else "",
             bar=on.line("silence_and_filler_ratio", "{:.0f} %", 100.0), missing=_NO_TIMES),
        _row("", "Pauses of 0.25 s or more", metrics.get("pause_count"), "{:d}", missing=_NO_TIMES),
        _row("", "Pauses of 1 s or more", metrics.get("long_pause_count"), "{:d}",
             note=on.per_100("long_pauses_per_100_words", more),
             bar=on.line("long_pauses_per_100_words", "{:.1f} per 100 words"), missing=_NO_TIMES),
        _row("", "Pauses inside a clause", metrics.get("mid_clause_pause_count"), "{:d}",
             note=on.per_100("mid_clause_pauses_per_100_words", more),
             bar=on.line("mid_clause_pauses_per_100_words", "{:.1f} per 100 words"),
             missing=_NO_TIMES),
        _row("", "Thinking pauses", metrics.get("thinking_pause_count"), "{:d}",
             note="of the long ones: before a new clause", missing=_NO_TIMES),
        _row("", "Dead pauses", metrics.get("dead_pause_count"), "{:d}",
             note="of the long ones: inside a clause, or over 4 s", missing=_NO_TIMES),
        _row("", "Until the first word", metrics.get("response_latency_seconds"), "{:.1f} s",
             note="shown, never scored", missing=_NO_TIMES),
    ]  # fmt: skip


def _words(metrics: dict[str, Any], on: _Lines) -> list[MeasureRow]:
    certain = sum(bool(row["certain"]) for row in metrics.get("fillers") or ())
    probable = (metrics.get("filler_count") or 0) - certain
    heard = f"{certain} heard, {probable} probable at half" if probable else ""
    rate = "{:.1f} per 100 words"
    return [
        _row("Words", "Words", metrics.get("words") or None, "{:d}", missing=_NO_WORDS),
        _row("", "Fillers", _unless_silent(metrics, "filler_count"), "{:d}",
             note=_joined(heard, on.per_100("fillers_per_100_words")),
             bar=on.line("fillers_per_100_words", rate), missing=_NO_WORDS),
        _row("", "Hedges", _unless_silent(metrics, "hedge_count"), "{:d}",
             note=on.per_100("hedges_per_100_words"), bar=on.line("hedges_per_100_words", rate),
             missing=_NO_WORDS if _english(metrics) else _ENGLISH_ONLY),
        _row("", "Repeats and restarts", _unless_silent(metrics, "repair_count"), "{:d}",
             note=on.per_100("repairs_per_100_words"), bar=on.line("repairs_per_100_words", rate),
             missing=_NO_WORDS),
    ]  # fmt: skip


def _joined(*parts: str) -> str:
    return ", ".join(part for part in parts if part)


def _hesitations(metrics: dict[str, Any], on: _Lines) -> MeasureRow:
    return _row(
        "",
        "Hesitations before key words",
        metrics.get("hesitation_count"),
        "{:d}",
        note=on.per_100("hesitations_per_100_words"),
        bar=on.line("hesitations_per_100_words", "{:.1f} per 100 words"),
        missing=_NO_TIMES if _english(metrics) else _ENGLISH_ONLY,
    )


def _english(metrics: dict[str, Any]) -> bool:
    return bool(metrics.get("language", ENGLISH) == ENGLISH)


def _tone(tone: dict[str, Any] | None) -> list[MeasureRow]:
    """The tone of the words, where a model read it. It is in no score, and the row says so."""
    if tone is None:
        return []
    names = sorted(("positive", "neutral", "negative"), key=lambda name: -tone[name])
    most, *others = (f"{tone[name] * 100:.0f} % {name}" for name in names)
    note = f"{', '.join(others)}; by {tone['model']}, unscored"
    return [MeasureRow("", "Tone of the words", most, note)]


def _row(
    heading: str,
    label: str,
    value: Any,
    form: str,
    *,
    missing: str,
    note: str = "",
    bar: ui.BandBar | None = None,
) -> MeasureRow:
    if value is None:
        return MeasureRow(heading, label, "-", missing)
    return MeasureRow(heading, label, form.format(value), note, bar or ui.BandBar())


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _unless_silent(metrics: dict[str, Any], name: str) -> int | None:
    """A count of words, None where there are no words to count in."""
    count: int | None = metrics.get(name)
    return count if metrics.get("words") else None
