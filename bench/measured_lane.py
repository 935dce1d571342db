"""The measured lane without the speech model: a two-minute answer's measures, score and memory.

    python -m bench.measured_lane [--answers 20] [--cores 2]

The sound is the spoken fixture repeated, the words 300 of made-up answers with their times. Memory
is what the process holds at most beyond what it held before the first answer, its models loaded.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from bench import machine
from bench.figures import spread, table
from bench.outcome import Target, conclude

SECONDS = 120
WORDS = 300


def _child(count: int) -> int:
    """Measure and score in this process; one line of JSON."""
    import numpy as np

    from interview_coach.scoring import KeyPoint, Question, Spoken, score
    from interview_coach.speech.decode import SAMPLE_RATE
    from interview_coach.speech.measure import measure
    from interview_coach.speech.types import Word
    from tests.speech.sounds import spoken
    from tests.support.answer_topics import TOPICS

    sound = spoken()
    samples = np.tile(sound, SECONDS * SAMPLE_RATE // len(sound) + 1)[: SECONDS * SAMPLE_RATE]
    chance = random.Random(7)
    pool = [text for topic in TOPICS for text in (*topic.opening, *topic.middle, *topic.ending)]
    # A worker between two answers has its models loaded already.
    score(Question("hr", "Why?"), Spoken("I", None, 2.0, measure(samples[: 2 * SAMPLE_RATE])))
    idle = machine.peak_memory_mb()
    took: dict[str, list[float]] = {"measure": [], "score": []}
    for number in range(count + 1):
        asked = TOPICS[number % len(TOPICS)].question
        points = [KeyPoint(row["text"], tuple(row["phrases"])) for row in asked["key_points"]]
        question = Question(asked["type"], asked["text"], tuple(points))
        chance.shuffle(pool)
        texts = " ".join([f"Day {number}.", *pool]).split()[:WORDS]
        step = SECONDS / WORDS
        words = tuple(
            Word(text, place * step, place * step + 0.8 * step) for place, text in enumerate(texts)
        )
        began = time.perf_counter()
        measured = measure(samples, words)
        between = time.perf_counter()
        score(question, Spoken(" ".join(texts), words, SECONDS, measured, "whisper"))
        took["score"].append(1000 * (time.perf_counter() - between))
        took["measure"].append(1000 * (between - began))
    peak = machine.peak_memory_mb()
    print(json.dumps({"took": {name: times[1:] for name, times in took.items()},
                      "first": {name: times[0] for name, times in took.items()},
                      "above_idle_mb": peak - idle}))  # fmt: skip
    return 0


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the targets were met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.measured_lane", description=__doc__)
    parser.add_argument("--answers", type=int, default=20)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.child:
        return _child(chosen.answers)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    command = [sys.executable, "-m", "bench.measured_lane", "--child", "--answers"]
    ran = subprocess.run(
        [*command, str(chosen.answers)], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(ran.stdout)
    rows = {name: spread(times, digits=1) for name, times in found["took"].items()}
    names = ("count", "p50", "p95", "largest")
    print(table(["milliseconds", *names], [[key, *(row[name] for name in names)]
                                           for key, row in rows.items()]))  # fmt: skip
    print(f"First answer: {found['first']}; memory above idle {found['above_idle_mb']:.0f} MB")
    return conclude(
        "measured_lane",
        targets=[
            Target("p50 of the measures of two minutes, ms", float(rows["measure"]["p50"]), 400.0),
            Target("p50 of the score of 300 words, ms", float(rows["score"]["p50"]), 30.0),
            Target("memory above idle, MB", round(found["above_idle_mb"], 1), 150.0),
        ],
        figures={"milliseconds": rows, "first_answer": found["first"],
                 "seconds": SECONDS, "words": WORDS},
        load_before=load_before,
        out=chosen.out,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
