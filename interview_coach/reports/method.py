"""The page that says how a report came about: the formula, the versions, and what it cannot say."""

from __future__ import annotations

from typing import Any

from interview_coach.feedback.report import Report, Take
from interview_coach.feedback.views.report import relevance_words
from interview_coach.feedback.views.wording import SCORE_TITLES, plain_number
from interview_coach.scoring.fit import OFF_QUESTION_MOST
from interview_coach.scoring.types import OVERALL_WEIGHTS
from interview_coach.scoring.waterfall import LEAST_MEASURED
from interview_coach.ui.verdict import DEVELOPING_FROM, STRONG_FROM

_ENGINES = {
    "whisper": "Whisper",
    "pocketsphinx": "the rough recogniser pocketsphinx",
}
CANNOT = (
    "That somebody would or would not be hired, or is fit for a job.",
    "That a human rater would give these scores: that has not been compared.",
    "That a wording is good in itself: it is compared with answers written and ranked for this.",
    "How many words were recognised wrongly: nobody has written down what was really said.",
    "That it is equally fair to every accent: there are no recordings here to show it.",
    "Feelings, character or honesty: nothing of the kind is read from a voice or from words.",
    "Small differences: two scores whose likely ranges overlap may well be the same.",
)
_FORMULA = f"""\
Every score is made of parts. A part is a measure turned into a value of 0 to 100 by a fixed \
curve, and has a weight.
Cost of a part = weight x (100 - value) / 100, where the weight is its share of the overall score.
Overall = 100 - the sum of all costs. With the table of parts anybody can add it up.
An answer that shares little with what was asked, or more with another question, is to another \
question: the overall score is at most {OFF_QUESTION_MOST:g}.
What cannot be measured is left out and the other weights grow in proportion. A score of which \
less than {LEAST_MEASURED * 100:g} % could be measured is not given, and the reason is.
The likely range says how far a score would move with other sentences of the same kind; it is \
wider for short answers and where something is missing.
From {STRONG_FROM} a score is Strong, from {DEVELOPING_FROM} Developing, under it Needs work. \
Where the range reaches over an edge it is Between bands.
The interview's scores are the means of its answers; of several takes of a question the best one \
counts.
How sure the recogniser was, the accent, and how high or loud a voice is are in no score."""
_MARKS = """\
A filler is marked where it was heard. A probable filler was found in the sound only: the \
recogniser wrote no word there, so it counts half.
Pauses are silences of 0.25 seconds or more between the first and the last speech.
Every quote stands in the transcript as it is printed; its time is that of its first word in the \
recording.
A letter that none of the fonts has is shown as \N{REPLACEMENT CHARACTER}."""


def about(report: Report, writer: str) -> dict[str, Any]:
    """What stands on the method page. writer: who has worded the advice, empty for nobody."""
    counted = [take for take in report.takes if take.counted and take.result is not None]
    return {
        "weights": [
            {"name": SCORE_TITLES[name], "weight": plain_number(weight)}
            for name, weight in sorted(OVERALL_WEIGHTS.items(), key=lambda item: -item[1])
        ],
        "formula": _FORMULA.splitlines(),
        "versions": _versions(report, counted, writer),
        "marks": _MARKS.splitlines(),
        "cannot": list(CANNOT),
    }


def _versions(report: Report, counted: list[Take], writer: str) -> list[dict[str, str]]:
    results = [take.result for take in counted if take.result is not None]
    rows = [
        ("Method of scoring", f"version {report.algorithm}"),
        ("Words", _recognisers(counted)),
        ("Key points", relevance_words(results).removeprefix(" Key points are ")),
        ("Judge", _judges(results)),
        ("Advice", writer),
    ]
    return [{"name": name, "text": text} for name, text in rows if text]


def _recognisers(takes: list[Take]) -> str:
    """Where the words of the answers came from."""
    told: dict[str, int] = {}
    for take in takes:
        told[_source(take)] = told.get(_source(take), 0) + 1
    if len(told) == 1:
        return next(iter(told))
    return "; ".join(f"{count} x {source}" for source, count in told.items())


def _source(take: Take) -> str:
    if take.summary.kind == "typed":
        return "typed by the candidate"
    if take.engine is None:
        return "spoken, the words typed by the candidate"
    model = f", model {take.model}" if take.model and take.model != take.engine else ""
    told = f"recognised by {_ENGINES.get(take.engine, take.engine)}{model}"
    return f"{told}, corrected by the candidate" if take.corrected else told


def _judges(results: list[dict[str, Any]]) -> str:
    engines = sorted({row["judge"]["engine"] for row in results if row.get("judge")})
    if not engines:
        return "none: the scores are those of the fixed rules alone"
    return f"{', '.join(engines)} moved content within fixed bounds; it is a row of its own"
