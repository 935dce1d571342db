"""How long the report of an interview with ten answers takes as a PDF.

    python -m bench.report_pdf [--rounds 20] [--at-once 2] [--cores 2]

Ten spoken answers of about two minutes each, scored and advised on by the local engine. A round is
all of it: laying out the data, starting the process of the typesetter, setting the file. No round
finds its report made already. The same is then done by two threads at a time.
"""

from __future__ import annotations

import argparse
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench import machine
from bench.figures import spread, table
from bench.outcome import Target, conclude
from interview_coach.feedback.report import Report
from interview_coach.reports.document import document, moment_of
from interview_coach.reports.typesetting import Typesetter
from tests.support.interviews import STRONG_ANSWER
from tests.support.reports import WEAK_ANSWER, report_of, take

TARGET_SECONDS = 2.0
ANSWERS = 10


def main() -> int:
    """Run the benchmark; 0 when the target was met."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--at-once", type=int, default=2)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    given = parser.parse_args()
    machine.keep_to_cores(given.cores)
    load_before = machine.load()
    words = f"{WEAK_ANSWER} {STRONG_ANSWER} {WEAK_ANSWER} {STRONG_ANSWER}"
    report = report_of([take(place + 1, words) for place in range(ANSWERS)])
    typesetter = Typesetter(given.at_once)
    document(report, "")  # what is loaded on first use is loaded

    laid_out, set_, whole, size = [], [], [], 0
    for number in range(given.rounds):
        began = time.perf_counter()
        told = document(report, f"Candidate {number}")
        middle = time.perf_counter()
        size = len(typesetter.pdf(told, moment_of(report)))
        ended = time.perf_counter()
        laid_out.append(middle - began)
        set_.append(ended - middle)
        whole.append(ended - began)
    together = _together(report, typesetter, given.rounds, given.at_once)
    figures = {
        "answers": ANSWERS,
        "words_an_answer": len(words.split()),
        "bytes": size,
        "lay_out_seconds": spread(laid_out),
        "set_seconds": spread(set_),
        "whole_seconds": spread(whole),
        "whole_seconds_at_once": spread(together),
        "at_once": given.at_once,
    }
    rows = [
        [name, *(figures[key][part] for part in ("p50", "p95", "largest"))]  # type: ignore[index]
        for name, key in (
            ("laying out", "lay_out_seconds"),
            ("setting", "set_seconds"),
            ("the whole", "whole_seconds"),
            (f"the whole, {given.at_once} at once", "whole_seconds_at_once"),
        )
    ]
    print(table(["seconds", "p50", "p95", "largest"], rows))
    print(f"{size} bytes")
    limit = Target(
        f"report of {ANSWERS} answers, p95 in seconds",
        float(spread(whole)["p95"]),
        TARGET_SECONDS,
    )
    return conclude(
        "report_pdf", targets=[limit], figures=figures, load_before=load_before, out=given.out
    )


def _together(report: Report, typesetter: Typesetter, rounds: int, at_once: int) -> list[float]:
    """Seconds of each report when so many are asked for at a time."""

    def one(number: int) -> float:
        began = time.perf_counter()
        typesetter.pdf(document(report, f"Together {number}"), moment_of(report))
        return time.perf_counter() - began

    with ThreadPoolExecutor(at_once) as pool:
        return list(pool.map(one, range(rounds)))


if __name__ == "__main__":
    sys.exit(main())
