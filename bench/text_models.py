"""How long an embedding model takes for a two-minute answer, and to be loaded.

    python -m bench.text_models [--answers 40] [--cores 2]

The model is the one COACH_EMBEDDING_MODEL names, else that of the shared test data. The answers are
made up, of about 300 words each; their windows are those that scoring makes, and each sentence is
new to the model. The key points of a question are embedded with its first answer and kept, as in a
worker, so those answers are told apart too.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import machine
from bench.figures import spread, table
from bench.outcome import Target, conclude
from interview_coach.ai.onnx_text import graph_in
from interview_coach.ai.text_models import TextModel, find_model, load, short_name
from interview_coach.scoring import score_json_line
from interview_coach.settings import Settings, load_settings
from tests.support.answer_topics import TOPICS
from tests.support.shared import shared_dir

TARGET_MS = 300.0
_WORDS = 300  # two minutes at 150 words a minute


class _Timed:
    """The model, with the milliseconds of each answer's comparing."""

    def __init__(self, meaning: Any) -> None:
        self.name = meaning.name
        self._meaning = meaning
        self.took: list[float] = []

    def compare(self, *answer: Any) -> Any:
        began = time.perf_counter()
        found = self._meaning.compare(*answer)
        self.took.append(1000 * (time.perf_counter() - began))
        return found


def _model() -> TextModel:
    named = load_settings().embedding_model
    if named is None:
        shared = shared_dir()
        named = None if shared is None else str(shared / "data" / "models" / "minilm-l6-v2-onnx")
    folder = None if named is None else find_model(named, load_settings().models_dir)
    if named is None or folder is None:
        raise SystemExit("Name an embedding model that is here in COACH_EMBEDDING_MODEL.")
    return TextModel("embedding", named, folder)


def _graph_of(model: TextModel) -> Path:
    graph = None if model.folder is None else graph_in(model.folder)
    assert graph is not None
    return graph


def _answers(count: int) -> list[tuple[dict[str, Any], str]]:
    """Answers of about 300 words: their own topic first, then sentences of others."""
    chance = random.Random(5)
    pool = [text for topic in TOPICS for text in (*topic.opening, *topic.middle, *topic.ending)]
    made: list[tuple[dict[str, Any], str]] = []
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)]
        said = [*topic.opening, *topic.middle, *topic.ending]
        chance.shuffle(pool)
        # A number in each sentence makes it one that was never seen before.
        sentences = [f"{text.rstrip('.')} on day {number * 100 + place}."
                     for place, text in enumerate([*said, *pool])]  # fmt: skip
        text = ""
        while len(text.split()) < _WORDS:
            text = f"{text} {sentences.pop(0)}".strip()
        made.append((topic.question, text))
    return made


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the target was met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.text_models", description=__doc__)
    parser.add_argument("--answers", type=int, default=40)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments)
    model = _model()
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    loading: list[float] = []
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        settings = Settings(data_dir=Path(folder), offline=True)
        # The first time imports the libraries and calibrates; the later ones find it done.
        for _ in range(4):
            began = time.perf_counter()
            meaning = load(model, settings, threads=chosen.cores)
            loading.append(time.perf_counter() - began)
    answers = _answers(max(chosen.answers, len(TOPICS)))
    timed = _Timed(meaning)
    whole: list[float] = []
    for question, text in answers:
        began = time.perf_counter()
        score_json_line({"question": question, "text": text}, timed)
        whole.append(1000 * (time.perf_counter() - began))
    first = [took for place, took in enumerate(timed.took) if place < len(TOPICS)]
    rows = {
        "comparing, all answers": spread(timed.took, digits=1),
        "comparing, first answers to a question": spread(first, digits=1),
        "scoring in all": spread(whole, digits=1),
    }
    names = ("count", "p50", "p95", "largest")
    lines = [[label, *(row[name] for name in names)] for label, row in rows.items()]
    print(table(["milliseconds", *names], lines))
    again = min(loading[1:])
    print(f"Loading: {loading[0]:.2f} s with imports and calibration, {again:.2f} s again")
    return conclude(
        "text_models",
        targets=[
            Target(
                "p95 of comparing a two-minute answer, milliseconds",
                float(rows["comparing, all answers"]["p95"]),
                TARGET_MS,
            )
        ],
        figures={
            "model": short_name(model.name),
            "graph_megabytes": round(_graph_of(model).stat().st_size / 1e6, 1),
            "threads": chosen.cores,
            "words_an_answer": round(sum(len(text.split()) for _, text in answers) / len(answers)),
            "milliseconds": rows,
            "first_load_seconds": round(loading[0], 2),
            "load_seconds": spread(loading[1:]),
        },
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
