"""Two takes side by side as the page shows them. Texts are ready to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach import ui
from interview_coach.feedback.advice.compare import (
    Settled,
    Stretch,
    differing_words,
    settle,
    shortened,
)
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.shapes import Advice
from interview_coach.feedback.answer_report import AnswerReport
from interview_coach.feedback.report import Take
from interview_coach.feedback.views.answer import overall_of
from interview_coach.feedback.views.wording import SCORE_TITLES
from interview_coach.kit.clock import iso

_KEPT_WORDS = 6
_LEAST_CHANGE = 1.0  # of a part's 0-100; less is rounding
_PARTS_OF_STORY = ("situation", "task", "action", "result")
_LEVELS = {"clear": 2, "thin": 1, "missing": 0}
# Label, the measure and its form, the standing that says which way is better, and the part of a
# score that says so for answers from before there were standings.
_MEASURES = (
    ("Words a minute", "words_per_minute", "{:.0f}", "words_per_minute", "rate"),
    ("Syllables a second", "articulation_rate", "{:.1f}", "articulation_rate", "rate"),
    ("Fillers per 100 words", "fillers_per_100_words", "{:.1f}", "fillers_per_100_words",
     "fillers"),
    ("Hedges", "hedge_count", "{:d}", "hedges_per_100_words", "hedges"),
    ("Repeats and restarts", "repair_count", "{:d}", "repairs_per_100_words", "repairs"),
    ("Pauses of 1 s or more", "long_pause_count", "{:d}", "long_pauses_per_100_words", "pauses"),
    ("Pauses inside a clause", "mid_clause_pause_count", "{:d}",
     "mid_clause_pauses_per_100_words", "pauses"),
    ("Pitch variation, st", "pitch_sd_semitones", "{:.1f}", "pitch_sd_semitones", "pitch"),
    ("Loudness variation, dB", "loudness_sd_db", "{:.1f}", "loudness_sd_db", "loudness"),
    ("Words", "words", "{:d}", "", ""),
)  # fmt: skip


@dataclass(frozen=True)
class TakeSide:
    """One of the two. note: whether it counts; audio_src: empty without a sound."""

    answer_id: str
    title: str
    href: str
    moment: str
    note: str
    score: ui.ScoreView
    audio_src: str
    audio_label: str
    player_id: str
    duration: float
    peaks: list[float]


@dataclass(frozen=True)
class CompareRow:
    """One line of the comparison. word: better, worse, and so on; band: good, bad or none."""

    label: str
    before: str
    after: str
    change: str
    band: str
    word: str


@dataclass(frozen=True)
class SettledLine:
    """A piece of earlier advice with its measures before and after, where it has them."""

    text: str
    note: str


@dataclass(frozen=True)
class TakeChoice:
    """A take this one can be compared with."""

    answer_id: str
    title: str
    chosen: bool


@dataclass(frozen=True)
class Comparison:
    """Two takes, the earlier first."""

    title: str
    before: TakeSide
    after: TakeSide
    rows: list[CompareRow]
    fixed: list[SettledLine]
    missing: list[SettledLine]
    unknown: list[SettledLine]
    advised: bool
    words: list[Stretch]
    reworded: bool
    choices: list[TakeChoice]


def comparison(report: AnswerReport, wanted: str = "") -> list[Comparison]:
    """The take of the page beside another one: `wanted`, else the one before it, else the next.

    Empty when there is no other take with an analysis.
    """
    others = [one for one in report.takes if one is not report.take and one.result is not None]
    if not others or report.take.result is None:
        return []
    number = report.take.summary.take
    chosen = next((one for one in others if one.summary.id == wanted), None)
    if chosen is None:
        earlier = [one for one in others if one.summary.take < number]
        chosen = earlier[-1] if earlier else others[0]
    before, after = sorted((report.take, chosen), key=lambda one: one.summary.take)
    advice = report.advice.get(before.summary.id)
    settled = _settled(report.question.type, before, advice, after)
    return [
        Comparison(
            title=f"Take {after.summary.take} against take {before.summary.take}",
            before=_side(report, before),
            after=_side(report, after),
            rows=[*_scores(before, after), *_measures(before, after), *_story(before, after)],
            fixed=_lines(settled, "fixed"),
            missing=_lines(settled, "missing"),
            unknown=_lines(settled, "unknown"),
            advised=advice is not None,
            words=shortened(differing_words(before.transcript, after.transcript), _KEPT_WORDS),
            reworded=before.transcript.split() != after.transcript.split(),
            choices=[
                TakeChoice(one.summary.id, f"Take {one.summary.take}", one is chosen)
                for one in others
            ],
        )
    ]


def _side(report: AnswerReport, take: Take) -> TakeSide:
    summary, interview = take.summary, report.interview.id
    number = report.question.position
    metrics = (take.result or {}).get("metrics") or {}
    source = f"/api/v1/interviews/{interview}/answers/{summary.id}/audio"
    return TakeSide(
        answer_id=summary.id,
        title=f"Take {summary.take}",
        href=f"/interview/{interview}/answer/{summary.id}",
        moment=iso(summary.created_at) or "",
        note="counts in the interview" if take.counted else "is kept and does not count",
        score=overall_of(take),
        audio_src=source if take.sound else "",
        audio_label=f"Answer {number}, take {summary.take}",
        # Apart from the page's own player: both can be heard here.
        player_id=f"side-{summary.id}",
        duration=metrics.get("duration_seconds") or summary.duration_seconds or 0.0,
        peaks=report.outlines.get(summary.id, []),
    )


def _analysed(kind: str, take: Take) -> Analysed:
    return Analysed(kind, take.result or {}, take.transcript, take.words)


def _settled(kind: str, before: Take, advice: Advice | None, after: Take) -> list[Settled]:
    if advice is None:
        return []
    return settle(_analysed(kind, before), advice, _analysed(kind, after))


def _lines(settled: Sequence[Settled], state: str) -> list[SettledLine]:
    found = []
    for one in settled:
        if one.state != state:
            continue
        note = ""
        if state == "unknown":
            note = "not measured in the later take"
        elif one.before and one.after and one.before != one.after:
            note = f"{one.before}, now {one.after}"
        found.append(SettledLine(one.text, note))
    return found


def _scores(before: Take, after: Take) -> list[CompareRow]:
    rows = []
    for name, title in SCORE_TITLES.items():
        old, new = _score(before, name), _score(after, name)
        low, high = _range(before, name)
        change = None if old is None or new is None else new - old
        inside = new is not None and low is not None and high is not None and low <= new <= high
        rows.append(_row(title, old, new, "{:.0f}", change, sure=not inside))
    return rows


def _score(take: Take, name: str) -> float | None:
    value: float | None = ((take.result or {}).get("scores") or {}).get(name)
    return value


def _range(take: Take, name: str) -> tuple[float | None, float | None]:
    span = ((take.result or {}).get("intervals") or {}).get(name) or {}
    return span.get("low"), span.get("high")


def _measures(before: Take, after: Take) -> list[CompareRow]:
    rows = []
    for label, name, form, standing, part in _MEASURES:
        old, new = _metric(before, name), _metric(after, name)
        if old is None and new is None:
            continue
        was, now = (_worth(take, standing, part) for take in (before, after))
        worth = None if was is None or now is None else now - was
        if worth is not None and abs(worth) < _LEAST_CHANGE:
            worth = 0.0
        rows.append(_row(label, old, new, form, worth, sure=True))
    return rows


def _metric(take: Take, name: str) -> Any:
    """A measure as it was scored, which is what is told beside the measure; else as it was told."""
    told = ((take.result or {}).get("metrics") or {}).get(name)
    scored = _standings(take).get(name)
    return told if scored is None else scored["at"]


def _standings(take: Take) -> dict[str, dict[str, Any]]:
    metrics = (take.result or {}).get("metrics") or {}
    return {row["measure"]: row for row in metrics.get("standings") or ()}


def _worth(take: Take, standing: str, part: str) -> float | None:
    """What a measure is worth, 0-100: by itself, else with the others of its part."""
    found = _standings(take)
    if found:
        return found[standing]["value"] if standing in found else None
    rows = (take.result or {}).get("parts") or ()
    return next((row["value"] for row in rows if row["part"] == part), None)


def _row(
    label: str, old: Any, new: Any, form: str, worth: float | None, *, sure: bool
) -> CompareRow:
    """worth: by how much it is better; None when that cannot be told."""
    known = old is not None and new is not None
    shown = form.format(new - old) if known else ""
    # What is too little to be shown has no sign either.
    nothing = form.format(type(new - old)(0)) if known else ""
    if shown.lstrip("-") == nothing:
        shown = nothing
    if known and shown == nothing and worth is not None:
        worth = 0.0
    change = shown if not known or new <= old or shown == nothing else f"+{shown}"
    band, word = "none", ""
    if worth is not None and worth != 0 and not sure:
        word = "in the range"
    elif worth is not None and worth != 0:
        band, word = ("good", "better") if worth > 0 else ("bad", "worse")
    elif worth == 0:
        word = "the same"
    return CompareRow(
        label=label,
        before="-" if old is None else form.format(old),
        after="-" if new is None else form.format(new),
        change=change,
        band=band,
        word=word,
    )


def _story(before: Take, after: Take) -> list[CompareRow]:
    old, new = (before.result or {}).get("star"), (after.result or {}).get("star")
    if not old or not new:
        return []
    rows = []
    for part in _PARTS_OF_STORY:
        was, now = old[part]["level"], new[part]["level"]
        gained = _LEVELS[now] - _LEVELS[was]
        band = "good" if gained > 0 else "bad" if gained < 0 else "none"
        word = "better" if gained > 0 else "worse" if gained < 0 else "the same"
        rows.append(CompareRow(part.capitalize(), was, now, "", band, word))
    return rows
