"""The whole report: its head, the scores over all answers, and each question with its takes."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any

from interview_coach import scoring, ui
from interview_coach.feedback.report import Report, Take
from interview_coach.feedback.views.advice import advice_view
from interview_coach.feedback.views.answer import (
    part_rows,
    state_of,
    take_row,
    take_view,
    waterfall_parts,
)
from interview_coach.feedback.views.shapes import (
    QuestionView,
    ReportHead,
    ReportView,
    TakeView,
)
from interview_coach.feedback.views.wording import (
    SCORE_TITLES,
    inside_sentence,
)
from interview_coach.interviews.schemas import AskedQuestion, InterviewView
from interview_coach.interviews.words import clock_words, counted
from interview_coach.kit.clock import iso
from interview_coach.questions.service import titles

_STATUSES = {
    "pending": ("Not started yet", "Start the interview", "/lobby"),
    "in_progress": ("This interview is still going on", "Go on with the interview", ""),
    "paused": ("This interview is paused", "Go on with the interview", ""),
    "completed": ("", "", ""),
    "abandoned": ("Ended early: left out of your averages", "", ""),
}
_OPENED = 2

_NOTHING = ui.score_view("Overall", None, reason="nothing is loaded yet")
EMPTY_HEAD = ReportHead(
    title="Results",
    subtitle="",
    moment="",
    status="",
    open_text="",
    answered=False,
    open_label="",
    open_href="",
    working="",
    draft=False,
    overall=_NOTHING,
    lead="",
    method="",
    scores=[],
    why_title="",
    why_shown=False,
    why=ui.waterfall_view([], 100.0),
    parts_label="",
    parts=[],
    summary="",
    ask_rating=False,
    own_rating="",
)


def report_view(report: Report, chosen: Mapping[str, str] | None = None) -> ReportView:
    """The results page of an interview. chosen: question ids to the takes wanted to be shown."""
    wanted = chosen or {}
    questions: list[QuestionView] = []
    answered = 0
    for row in report.interview.questions:
        takes = [take for take in report.takes if take.summary.question_id == row.id]
        answered += bool(takes)
        opened = bool(takes) and answered <= _OPENED
        take = next((t for t in takes if t.summary.id == wanted.get(row.id)), chosen_take(takes))
        questions.append(_question(report.interview.id, row, takes, take, opened=opened))
    return ReportView(_head(report), questions, advice_view(report))


def chosen_take(takes: Sequence[Take]) -> Take | None:
    """The take of a question that is shown at first: the one that counts, else the newest."""
    for take in takes:
        if take.counted:
            return take
    return takes[-1] if takes else None


def _question(
    interview_id: str,
    question: AskedQuestion,
    takes: Sequence[Take],
    chosen: Take | None,
    *,
    opened: bool,
) -> QuestionView:
    shown: list[TakeView] = []
    if chosen is not None:
        shown = [take_view(chosen, question, interview_id=interview_id, takes=len(takes))]
    return QuestionView(
        question_id=question.id,
        number=str(question.position),
        text=question.text,
        gap="" if shown else "Skipped" if question.skipped else "Not answered",
        opened=opened,
        shown=shown,
        others=[take_row(take) for take in takes if take is not chosen],
    )


def _head(report: Report) -> ReportHead:
    interview = report.interview
    status, open_label, place = _STATUSES[interview.status]
    counted_takes = [take for take in report.takes if take.counted]
    results = [take.result for take in counted_takes if take.result is not None]
    combined = scoring.combine(results)
    draft = any(take.summary.draft for take in counted_takes)
    reason = _reason(report)
    overall = _overall(combined, reason)
    parts: list[dict[str, Any]] = combined["parts"] if overall.scored else []
    exact = 100 - sum(row["cost"] for row in parts)
    title = f"{titles()[interview.type, None]} interview"
    lead = lead_sentence(overall, parts, combined["scores"], draft=draft)
    scores = _six(overall, combined, results, reason)
    moment = interview.started_at or interview.created_at
    return ReportHead(
        title=title,
        subtitle=_subtitle(report, results),
        moment=iso(moment) or "",
        status=status,
        open_text="What is answered so far stands below." if open_label and report.takes else "",
        answered=bool(report.takes),
        open_label=open_label,
        open_href=f"/interview/{interview.id}{place}" if open_label else "",
        working=_working(report),
        draft=draft,
        overall=overall,
        lead=lead,
        method=(
            "A practice indicator, not a hiring prediction. Scored on this machine by method "
            f"{report.algorithm}; same answers, same scores.{relevance_words(results)}"
        ),
        scores=scores,
        why_title=f"Why {overall.value_text}",
        why_shown=overall.scored and bool(waterfall_parts(parts)),
        why=ui.waterfall_view(waterfall_parts(parts), exact if overall.scored else 100.0),
        parts_label=f"All {counted(len(parts), 'part')} as a table",
        parts=part_rows(parts),
        summary=_summary(title, interview, scores, lead),
        ask_rating=bool(report.takes)
        and interview.status == "completed"
        and interview.self_rated_at is None,
        own_rating=_own_rating(interview, overall),
    )


def _own_rating(interview: InterviewView, overall: ui.ScoreView) -> str:
    """The candidate's own rating beside the measure; empty where there is none."""
    if interview.self_rating is None:
        return ""
    told = f"You rated it {interview.self_rating} before you saw the score"
    if overall.value is None:
        return f"{told}."
    low, high = overall.low, overall.high
    if low is not None and high is not None and low <= interview.self_rating <= high:
        return f"{told}: that lies in the likely range."
    difference = round(interview.self_rating - overall.value)
    if difference == 0:
        return f"{told}: the same as the measure."
    way = "above" if difference > 0 else "below"
    return f"{told}: {counted(abs(difference), 'point')} {way} the measure."


def relevance_words(results: Sequence[Mapping[str, Any]]) -> str:
    """How the key points were looked for in these answers, as a sentence; empty without any."""
    engines = {result["metrics"].get("relevance_engine", scoring.LEXICAL) for result in results}
    models = sorted(name.removeprefix("embeddings:") for name in engines - {scoring.LEXICAL})
    if not engines:
        return ""
    if not models:
        return " Key points are found by words alone."
    some = " in some of the answers" if scoring.LEXICAL in engines else ""
    return f" Key points are found by words, and by the meaning model {', '.join(models)}{some}."


def lead_sentence(
    overall: ui.ScoreView,
    parts: Sequence[dict[str, Any]],
    scores: dict[str, int | None],
    *,
    draft: bool,
) -> str:
    """What cost most and what is strongest, from the parts alone."""
    if not overall.scored:
        return f"There is no overall score: {overall.reason}."
    measured = [row for row in parts if row["weight"] is not None and row["cost"] >= 1]
    told = [
        f"{inside_sentence(row['label'])} ({row['cost']:.1f} points)"
        for row in sorted(measured, key=lambda row: -row["cost"])[:2]
    ]
    sentences = [f"Most was lost on {' and '.join(told)}."] if told else []
    limits = [
        row
        for row in parts
        if row["weight"] is None and row["cost"] >= 1 and row["part"] != "scale"
    ]
    taken = sum(row["cost"] for row in limits)
    if limits:
        names = dict.fromkeys(inside_sentence(row["label"].split(":")[0]) for row in limits)
        sentences.append(f"Limits took {taken:.1f} points: {', '.join(names)}.")
    if not sentences:
        sentences = ["No single part cost a full point."]
    given = sorted((value, name) for name, value in scores.items() if value is not None)
    if len(given) > 1 and given[-1][0] > given[0][0]:
        best, worst = given[-1], given[0]
        sentences.append(
            f"{SCORE_TITLES[best[1]]} is the strongest of the scores, {best[0]}; "
            f"{inside_sentence(SCORE_TITLES[worst[1]])} the lowest, {worst[0]}."
        )
    if draft:
        sentences.append("All of it rests on a rough transcript: correct the words first.")
    return " ".join(sentences)


def _overall(combined: dict[str, Any], reason: str) -> ui.ScoreView:
    whole = combined["overall"]
    if whole is None or whole["score"] is None:
        return ui.score_view("Overall", None, reason=reason)
    note = "The four, weighted"
    return ui.score_view("Overall", whole["score"], whole["low"], whole["high"], note=note)


def _six(
    overall: ui.ScoreView, combined: dict[str, Any], results: Sequence[dict[str, Any]], reason: str
) -> list[ui.ScoreView]:
    notes = _notes(results)
    views = [overall]
    for name in ("content", "clarity", "fluency", "confidence"):
        value, span = combined["scores"][name], combined["intervals"][name]
        if value is None:
            why = _not_scored(results, name) or reason
            views.append(ui.score_view(SCORE_TITLES[name], None, reason=why))
        else:
            note = notes[name]
            views.append(
                ui.score_view(SCORE_TITLES[name], value, span["low"], span["high"], note=note)
            )
    views.append(_pace(results, notes["pace"], _not_scored(results, "fluency") or reason))
    return views


def _pace(results: Sequence[dict[str, Any]], note: str, reason: str) -> ui.ScoreView:
    """Pace is the value of a measured part of fluency: it is counted, so it has no range."""
    values = [
        row["value"]
        for result in results
        for row in result["parts"]
        if row["score"] == "fluency" and row["part"] == "rate" and row["value"] is not None
    ]
    if not values:
        return ui.score_view("Pace", None, reason=reason)
    return ui.score_view("Pace", math.floor(sum(values) / len(values) + 0.5), note=note)


def _notes(results: Sequence[dict[str, Any]]) -> dict[str, str]:
    """The measure behind each score, over all answers that count."""
    metrics = [result["metrics"] for result in results]
    words = sum(row["words"] for row in metrics)
    points = [point for result in results for point in result.get("key_points") or ()]
    clear = sum(point["level"] == "clear" for point in points)
    spoken = [row for row in metrics if row["words_per_minute"] and row["speaking_seconds"]]
    seconds = sum(row["speaking_seconds"] for row in spoken)
    said = sum(row["words_per_minute"] * row["speaking_seconds"] for row in spoken)
    in_words = f"in {counted(words, 'word')}"
    clarity = [row for result in results for row in result["parts"] if row["score"] == "clarity"]
    dearest = max(clarity, key=lambda row: row["cost"], default=None)
    most = f"Most lost on {inside_sentence(dearest['label'])}" if dearest else ""
    return {
        "content": f"{clear} of {counted(len(points), 'key point')} covered" if points else "",
        "clarity": most if dearest and dearest["cost"] else "",
        "fluency": f"{counted(sum(r['filler_count'] for r in metrics), 'filler')} {in_words}",
        "confidence": f"{counted(sum(r['hedge_count'] for r in metrics), 'hedge')} {in_words}",
        "pace": f"{said / seconds:.0f} words a minute" if seconds else "",
    }


def _not_scored(results: Sequence[dict[str, Any]], name: str) -> str:
    for result in results:
        for row in result["not_scored"]:
            if row["score"] == name:
                return str(row["reason"])
    return ""


def _reason(report: Report) -> str:
    """Why the interview has no score."""
    if not report.takes:
        return "no answer has been given yet"
    if any(state_of(take) == "busy" for take in report.takes):
        return "the answers are still being analysed"
    for take in report.takes:
        told = _not_scored([take.result], "overall") if take.result else ""
        if told:
            return told
    return "no answer could be scored"


def _subtitle(report: Report, results: Sequence[dict[str, Any]]) -> str:
    given = {take.summary.question_id for take in report.takes}
    followed = {row.id for row in report.interview.questions if row.follow_up_to is not None}
    answered = len(given - followed)
    total = len(report.interview.questions) - len(followed)
    told = [counted(total, "question"), f"{answered} answered"]
    if answered == total and answered:
        told = [counted(answered, "answer")]
    if followed:
        told.append(f"{len(given & followed)} of {counted(len(followed), 'follow-up')} answered")
    spoken = sum(result["metrics"]["duration_seconds"] or 0.0 for result in results)
    if spoken:
        told.append(f"{clock_words(spoken)} of recording")
    words = sum(result["metrics"]["words"] for result in results)
    if words:
        told.append(counted(words, "word"))
    track = titles().get((report.interview.type, report.interview.track), "")
    if report.interview.track is None:
        track = ""
    return f"{', '.join([track, *told] if track else told)}."


def _working(report: Report) -> str:
    # What is written more is told where the advice stands.
    busy = sum(
        state_of(take) == "busy" and take.summary.status != "writing" for take in report.takes
    )
    if not busy:
        return ""
    return f"{counted(busy, 'answer')} still being analysed. This page fills in by itself."


def _summary(
    title: str, interview: InterviewView, scores: Sequence[ui.ScoreView], lead: str
) -> str:
    """The report as plain text, to paste elsewhere."""
    day = (interview.started_at or interview.created_at).astimezone(UTC)
    lines = [f"{title}, {day:%d %B %Y}", ""]
    for view in scores:
        likely = f" (likely {view.range_text})" if view.range_text else ""
        told = f"{view.value_text}{likely}, {view.word}" if view.scored else view.word
        lines.append(f"{view.name}: {told}")
    lines += ["", lead, "A practice indicator, not a hiring prediction."]
    return "\n".join(lines)
