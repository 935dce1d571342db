"""How long the local engine takes for the feedback on one answer.

    python -m bench.local_feedback [--rounds 5] [--cores 2]

The answers are the strong and weak samples of the question bank, each with its own question, as
typed text. What is timed is everything between the words and the advice as it is kept: scoring,
and composing the advice. The first answer of a process, which reads the word lists, is told apart.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from bench import machine
from bench.figures import spread, table
from bench.outcome import Target, conclude
from interview_coach import scoring
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.questions.bank import BankQuestion, load_bank, load_samples

TARGET_MS = 150.0
_TONES = ("balanced", "gentle", "direct")


def _asked(question: BankQuestion) -> scoring.Question:
    points = tuple(
        scoring.KeyPoint(point.text, tuple(point.phrases)) for point in question.key_points
    )
    return scoring.Question(question.type, question.text, points)


def answers() -> list[tuple[scoring.Question, str]]:
    """Every sample answer with its question."""
    questions = {question.id: question for question in load_bank()}
    return [
        (_asked(questions[sample.question]), text)
        for sample in load_samples()
        for text in (sample.strong, sample.weak)
    ]


def _milliseconds(question: scoring.Question, text: str, tone: str) -> tuple[float, float]:
    """What scoring took, and what composing the advice took after it."""
    began = time.perf_counter()
    result = scoring.score(question, scoring.Spoken(text)).to_json()
    scored = time.perf_counter()
    # Nothing scored, nothing to advise on: a short sample can be such a one.
    if result["scores"]["overall"] is not None:
        advise(Analysed(question.type, result, text), tone).model_dump(mode="json")
    return 1000 * (scored - began), 1000 * (time.perf_counter() - scored)


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the target was met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.local_feedback", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    asked = answers()
    first = sum(_milliseconds(*asked[0], _TONES[0]))
    scoring_ms: list[float] = []
    advice_ms: list[float] = []
    for number in range(chosen.rounds):
        for question, text in asked:
            scored, advised = _milliseconds(question, text, _TONES[number % len(_TONES)])
            scoring_ms.append(scored)
            advice_ms.append(advised)
    whole = [a + b for a, b in zip(scoring_ms, advice_ms, strict=True)]
    rows = {
        "feedback in all": spread(whole, digits=1),
        "of it scoring": spread(scoring_ms, digits=1),
        "of it advice": spread(advice_ms, digits=1),
    }
    names = ("count", "p50", "p95", "largest")
    lines = [[label, *(row[name] for name in names)] for label, row in rows.items()]
    print(table(["milliseconds", *names], lines))
    words = sorted(len(text.split()) for _, text in asked)
    print(f"{len(asked)} answers of {words[0]} to {words[-1]} words; the first took {first:.0f} ms")
    return conclude(
        "local_feedback",
        targets=[
            Target(
                "p95 of local feedback for one answer, milliseconds",
                float(rows["feedback in all"]["p95"]),
                TARGET_MS,
            )
        ],
        figures={
            "answers": len(asked),
            "words": {"least": words[0], "median": words[len(words) // 2], "most": words[-1]},
            "milliseconds": rows,
            "first_milliseconds": round(first, 1),
        },
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
