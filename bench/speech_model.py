"""What recognising costs with a model of base.en's shape, int8: real-time factor and memory.

    python -m bench.speech_model [--seconds 300] [--cores 2]

No real model is needed: weights of the same shape cost the same. The model says a paragraph of 73
words in each piece of a recording, of at most 30 s: 150 words a minute and more. A process of its
own does what the worker does with a recording (decode, recognise, measure, score), so its peak of
memory is that of an answer in the worker.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from bench import machine
from bench.figures import table
from bench.outcome import Target, conclude

# Prose of its own: a list of like words is so compressible that the recogniser takes it for a loop
# and tries again at every temperature, which no answer costs.
SCRIPT = (
    "Last autumn our ferry office moved every booking to a new system while the boats kept "
    "running. I wrote down which screens the clerks open most, tried each of them with two "
    "colleagues on a quiet Sunday, and found that cancelled trips were still printed on the "
    "morning list. Nobody "
    "had noticed because only captains read it. We fixed that before opening day, kept paper "
    "ready, and no passenger waited longer than usual."
)
_ANSWERS = 3  # the first one of a process also warms it up


def _child(model: Path, recording: Path) -> int:
    """Analyse the recording as the worker does, several times; a line of JSON for each."""
    from interview_coach.feedback import jobs  # noqa: F401 - a worker holds these modules
    from interview_coach.scoring import Question, Spoken, score
    from interview_coach.speech.decode import SAMPLE_RATE, decode
    from interview_coach.speech.measure import measure
    from interview_coach.speech.whisper import WhisperRecogniser

    recogniser = WhisperRecogniser(model, "base.en-shaped")
    idle = machine.peak_memory_mb()
    for _ in range(_ANSWERS):
        began = time.perf_counter()
        samples = decode(recording)
        decoded = time.perf_counter()
        heard = recogniser.transcribe(samples)
        recognised = time.perf_counter()
        sound = measure(samples, heard.words)
        measured = time.perf_counter()
        score(
            Question("behavioral", "Tell me about a deadline."),
            Spoken(heard.text, heard.words, sound.duration_seconds, sound, "whisper"),
        )
        scored = time.perf_counter()
        print(
            json.dumps(
                {
                    "seconds": len(samples) / SAMPLE_RATE,
                    "words": len(heard.words),
                    "decode": decoded - began,
                    "recognise": recognised - decoded,
                    "measure": measured - recognised,
                    "score": scored - measured,
                    "idle_mb": idle,
                    "peak_mb": machine.peak_memory_mb(),
                }
            ),
            flush=True,
        )
    return 0


def _measured(folder: Path, seconds: int) -> list[dict[str, Any]]:
    import numpy as np

    from interview_coach.jobs.worker import CHILD_ENVIRONMENT
    from interview_coach.speech.decode import SAMPLE_RATE
    from interview_coach.speech.encode import encode_webm
    from tests.speech.sounds import spoken
    from tests.support.scripted_whisper import BASE_EN, build

    model = build(folder / "model", SCRIPT, seconds=29.0, quantization="int8", shape=BASE_EN)
    sound = spoken()
    repeats = seconds * SAMPLE_RATE // len(sound) + 1
    recording = folder / "answer.webm"
    recording.write_bytes(encode_webm(np.tile(sound, repeats)[: seconds * SAMPLE_RATE]))
    command = [sys.executable, "-m", "bench.speech_model", "--child", str(model), str(recording)]
    ran = subprocess.run(
        command, capture_output=True, text=True, check=True, env={**os.environ, **CHILD_ENVIRONMENT}
    )
    return [json.loads(line) for line in ran.stdout.splitlines()]


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the targets were met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.speech_model", description=__doc__)
    parser.add_argument("--seconds", type=int, default=300)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    parser.add_argument("--child", nargs=2, type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.child:
        return _child(*chosen.child)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        answers = _measured(Path(folder), chosen.seconds)
    names = ("decode", "recognise", "measure", "score", "words", "peak_mb")
    rows = [
        [f"answer {place}", *(f"{answer[name]:.2f}" for name in names)]
        for place, answer in enumerate(answers, 1)
    ]
    print(table([f"{chosen.seconds} s", *names], rows))
    later = answers[1:]
    factor = sum(answer["recognise"] / answer["seconds"] for answer in later) / len(later)
    return conclude(
        "speech_model",
        targets=[
            Target("real-time factor of recognising, two cores", round(factor, 4), 0.10),
            Target(
                "peak of the process with a recording, MB",
                round(max(answer["peak_mb"] for answer in answers), 1), 700.0,
            ),
        ],
        figures={
            "model": "base.en shape (6 + 6 layers, 512 wide), int8",
            "beam": 5,
            "words_an_answer": answers[0]["words"],
            "idle_with_model_mb": round(answers[0]["idle_mb"], 1),
            "answers": [
                {name: round(value, 3) for name, value in answer.items()} for answer in answers
            ],
        },
        load_before=load_before,
        out=chosen.out,
    )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
