"""One take of an answer as the page shows it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from interview_coach import ui
from interview_coach.ai.words import name_of
from interview_coach.feedback.follow_ups.replies import asked_for
from interview_coach.feedback.report import Take
from interview_coach.feedback.views.measures import measures_of
from interview_coach.feedback.views.shapes import (
    EvidenceGroup,
    PartRow,
    PointView,
    QuoteView,
    ReasonRow,
    TakeRow,
    TakeView,
)
from interview_coach.feedback.views.transcript import pieces_of
from interview_coach.feedback.views.wording import (
    SCORE_TITLES,
    plain_number,
    points,
)
from interview_coach.interviews.machine import RECORDING_OVER, had_recording
from interview_coach.interviews.schemas import AskedQuestion
from interview_coach.interviews.words import clock_words, counted
from interview_coach.scoring import Question

# The rough transcript has a notice of its own.
_FLAGS = {"low_recognition", "instruction_left_out"}
_BUSY = {
    "uploaded": "Waiting for analysis",
    "transcribing": "Transcribing",
    "scoring": "Scoring",
    "writing": "Writing the feedback",
}
_STATES = {"done": "done", "failed": "failed", "needs_text": "needs_text", "recording": "recording"}
_TOLD = {
    "done": "",
    "failed": "Failed",
    "needs_text": "Words needed",
    "recording": "Recording not finished",
}
_TITLES = {
    "failed": "The analysis of this answer failed",
    "needs_text": "The words of this answer are missing",
    "recording": "This recording is not finished",
}
_UNFINISHED = (
    "What has been recorded so far is kept. Open the interview to go on or to record again."
)
_SOUND_OVER = f"{RECORDING_OVER} The words, measures and scores stay."
_STORY = (("S", "situation"), ("T", "task"), ("A", "action"), ("R", "result"))
_LEVELS = {"clear": "Clear", "thin": "Thin", "missing": "Missing"}
_POINT_LEVELS = {"clear": "Covered", "thin": "Touched", "missing": "Not covered"}
_GROUPS = (
    ("claim", "Claim"),
    ("reason", "Reasons"),
    ("example", "Examples"),
    ("trade_off", "Trade-offs"),
    ("number", "Numbers"),
    ("result", "Results named"),
    ("tool", "Names and tools"),
    ("date", "Dates"),
    ("hedge", "Hedges"),
    ("repair", "Repeats and restarts"),
    ("ownership", '"We" for "I"'),
    ("instruction", "Left out of scoring"),
)
_SHOWN_QUOTES = 6


def state_of(take: Take) -> str:
    """Whether a take is busy, done, failed, without words, or still being recorded."""
    return _STATES.get(take.summary.status, "busy")


def status_of(take: Take) -> str:
    """The status in words; empty for a take that is done."""
    status, percent = take.summary.status, take.summary.percent
    if status == "transcribing" and percent is not None:
        return f"Transcribing, {percent} %"
    if status == "writing" and take.writer:
        return f"{name_of(take.writer, first=True)} writes the feedback"
    return _BUSY.get(status) or _TOLD[status]


def overall_of(take: Take) -> ui.ScoreView:
    """The overall score of a take, or why there is none."""
    return _score(take, "overall", "Score")


def take_view(take: Take, question: AskedQuestion, *, interview_id: str, takes: int) -> TakeView:
    """A take in full; takes: how many its question has."""
    summary, result = take.summary, take.result or {}
    metrics = result.get("metrics") or {}
    pieces, marks = pieces_of(take, Question(question.type, question.text))
    story = _story(result)
    key_points = _key_points(result)
    measures = measures_of(take) if take.result else []
    state = state_of(take)
    over = had_recording(summary.kind, summary.status) and not take.sound
    error = summary.error
    files = f"/api/v1/interviews/{interview_id}/answers/{summary.id}"
    return TakeView(
        answer_id=summary.id,
        href=f"/interview/{interview_id}/answer/{summary.id}" if state != "recording" else "",
        state=state,
        status=status_of(take),
        percent=-1 if summary.percent is None else summary.percent,
        meta=_meta(take, takes),
        problem_title=_TITLES.get(state, ""),
        problem=error.detail if error else _UNFINISHED if state == "recording" else "",
        edit_label=_edit_label(take),
        draft=summary.draft and state == "done",
        source=source_of(take),
        score=overall_of(take),
        scores=[_score(take, name, SCORE_TITLES[name]) for name in list(SCORE_TITLES)[1:]],
        story=story,
        pips=_pips(result),
        has_story=bool(story),
        audio_src=f"{files}/audio" if take.sound else "",
        captions_href=f"{files}/captions.srt" if take.words else "",
        sound_note=_SOUND_OVER if over else "",
        audio_label=f"Answer {question.position}, take {summary.take}",
        player_id=f"player-{summary.id}",
        duration=metrics.get("duration_seconds") or summary.duration_seconds or 0.0,
        timed=bool(take.words),
        pieces=pieces,
        marks=marks,
        measures=measures,
        banded=any(row.bar.drawn for row in measures),
        points=key_points,
        points_note=_points_note(key_points, follow_up=question.follow_up_to is not None),
        evidence=_evidence(result),
        not_scored=_not_scored(result),
        flags=[flag["text"] for flag in result.get("flags") or () if flag["code"] in _FLAGS],
        parts=part_rows(result.get("parts") or ()),
    )


def take_row(take: Take) -> TakeRow:
    """A take in one line, for the list of the others."""
    return TakeRow(
        answer_id=take.summary.id,
        title=f"Take {take.summary.take}",
        note=", ".join(part for part in (length_of(take), source_of(take)) if part),
        status=status_of(take),
        score=overall_of(take),
    )


def part_rows(rows: Iterable[dict[str, Any]]) -> list[PartRow]:
    """The parts of a score as a table that anybody can add up."""
    return [
        PartRow(
            label=row["label"],
            group=SCORE_TITLES.get(row["score"], row["score"]),
            measure=row["measure"],
            weight="-" if row["weight"] is None else plain_number(row["weight"]),
            value="-" if row["value"] is None else plain_number(row["value"]),
            points=f"{-row['cost']:+.2f}" if row["cost"] else "0.00",
        )
        for row in rows
    ]


def by_hand(row: dict[str, Any]) -> str:
    """The sum that gives a part's points."""
    if row["weight"] is None or row["value"] is None:
        return "scale" if row["part"] == "scale" else "limit"
    return f"{plain_number(row['weight'])} x (100 - {plain_number(row['value'])}) / 100"


def waterfall_parts(rows: Iterable[dict[str, Any]]) -> list[ui.Part]:
    """The parts that cost something, for the waterfall."""
    shown = [row for row in rows if points(row["cost"]) != "0.0"]
    labels = Counter(row["label"] for row in shown)
    return [
        ui.Part(
            label=_told_apart(row) if labels[row["label"]] > 1 else row["label"],
            measure=row["measure"],
            group=SCORE_TITLES.get(row["score"], row["score"]),
            cost=row["cost"],
            by_hand=by_hand(row),
        )
        for row in shown
    ]


def _told_apart(row: dict[str, Any]) -> str:
    """The label of a part that another score has too."""
    return f"{row['label']}: {SCORE_TITLES.get(row['score'], row['score']).lower()}"


def _score(take: Take, name: str, title: str) -> ui.ScoreView:
    result = take.result or {}
    value = (result.get("scores") or {}).get(name)
    span = (result.get("intervals") or {}).get(name) or {}
    if value is not None:
        return ui.score_view(title, value, span.get("low"), span.get("high"))
    reasons = {row["score"]: row["reason"] for row in result.get("not_scored") or ()}
    reason = reasons.get(name) or _waiting(take)
    return ui.score_view(title, None, reason=reason)


def _waiting(take: Take) -> str:
    return {
        "busy": "still being analysed",
        "failed": "the analysis failed",
        "needs_text": "the words are missing",
        "recording": "the recording is not finished",
    }.get(state_of(take), "nothing was measured")


def _edit_label(take: Take) -> str:
    if take.summary.kind == "typed":
        return "Edit your answer"
    return "Correct transcript" if take.transcript else "Type what you said"


def length_of(take: Take) -> str:
    """How long a take is: minutes and seconds, or words where nothing was spoken."""
    metrics = (take.result or {}).get("metrics") or {}
    seconds = metrics.get("duration_seconds") or take.summary.duration_seconds
    if take.summary.kind == "spoken" and seconds:
        return clock_words(seconds)
    return counted(metrics["words"], "word") if metrics.get("words") else ""


def _meta(take: Take, takes: int) -> str:
    told = [length_of(take)]
    metrics = (take.result or {}).get("metrics") or {}
    if take.summary.kind == "spoken" and metrics.get("words"):
        told.append(counted(metrics["words"], "word"))
    overall = overall_of(take)
    if state_of(take) == "done" and not overall.scored:
        told.append(overall.reason)
    if take.summary.hints:
        told.append(f"with {counted(take.summary.hints, 'hint')}")
    if takes > 1:
        told.append(f"take {take.summary.take} of {takes}")
    return ", ".join(part for part in told if part)


def source_of(take: Take) -> str:
    """Where the words come from: the engine by its name, or the candidate."""
    if take.summary.kind == "typed":
        return "typed"
    if take.corrected and take.engine is None:
        return "words typed by you"
    if take.engine is None:
        return ""
    model = f" {take.model}" if take.model and take.model != take.engine else ""
    engine = {"whisper": "Whisper", "pocketsphinx": "rough recogniser pocketsphinx"}
    told = f"{engine.get(take.engine, take.engine)}{model} on this machine"
    return f"{told}, corrected by you" if take.corrected else told


def _quote(row: dict[str, Any], text: str) -> QuoteView:
    start = row.get("start")
    at = "" if start is None else clock_words(start)
    return QuoteView(text, start or 0.0, at)


def _story(result: dict[str, Any]) -> list[PointView]:
    star = result.get("star")
    if not star:
        return []
    return [
        PointView(
            letter=letter,
            text=name.capitalize(),
            state=star[name]["level"],
            word=_LEVELS[star[name]["level"]],
            quotes=[_quote(star[name], star[name]["quote"])] if star[name]["quote"] else [],
        )
        for letter, name in _STORY
    ]


def _pips(result: dict[str, Any]) -> ui.StarView:
    star = result.get("star") or {}
    levels = [star.get(name, {}).get("level", "missing") for _, name in _STORY]
    return ui.star_view(*levels)


def _key_points(result: dict[str, Any]) -> list[PointView]:
    sentences = {
        row["label"]: row for row in result.get("evidence") or () if row["criterion"] == "key_point"
    }
    found: list[PointView] = []
    if follow_up := result.get("follow_up"):
        return _asked_for(follow_up)
    for point in result.get("key_points") or ():
        row = sentences.get(point["text"], point)
        quotes = [_quote(row, row["quote"])] if row["quote"] else []
        word = _POINT_LEVELS[point["level"]]
        found.append(PointView("", point["text"], point["level"], word, quotes))
    return found


def _points_note(points: Sequence[PointView], *, follow_up: bool) -> str:
    if follow_up:
        return "what this follow-up asked for"
    covered = sum(point.state == "clear" for point in points)
    return f"{covered} of {len(points)} covered" if points else ""


def _asked_for(follow_up: dict[str, Any]) -> list[PointView]:
    """What a follow-up asked for, and the key points of its question that are met with it."""
    quotes = [_quote(follow_up, follow_up["quote"])] if follow_up["quote"] else []
    level = follow_up["level"]
    asked = asked_for(follow_up["kind"])
    found = [PointView("", asked, level, _POINT_LEVELS[level], quotes)] if level else []
    points = follow_up["points"]
    if points:
        more = points["with"] > points["before"]
        text = f"Key points of the question: {points['before']} before, {points['with']} with this"
        found.append(PointView("", text, "clear" if more else "thin", f"of {points['of']}", []))
    return found


def _evidence(result: dict[str, Any]) -> list[EvidenceGroup]:
    """Quotes by what they were counted for; those of story and key points stand there."""
    star = result.get("star") or {}
    told = {part["quote"] for part in star.values()}
    groups: list[EvidenceGroup] = []
    rows: Sequence[dict[str, Any]] = result.get("evidence") or ()
    for criterion, label in _GROUPS:
        mine = [r for r in rows if r["criterion"] == criterion and r["quote"] not in told]
        quotes = [_quote(row, row["quote"]) for row in mine[:_SHOWN_QUOTES]]
        more = f", first {_SHOWN_QUOTES} of {len(mine)}" if len(mine) > _SHOWN_QUOTES else ""
        if quotes:
            groups.append(EvidenceGroup(label + more, quotes))
    return groups


def _not_scored(result: dict[str, Any]) -> list[ReasonRow]:
    return [
        ReasonRow(SCORE_TITLES.get(row["score"], row["score"]), row["reason"])
        for row in result.get("not_scored") or ()
    ]
