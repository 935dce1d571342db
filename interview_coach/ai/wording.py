"""What a text model adds to how an answer is worded: weights that were fitted for it beforehand.

Only models that were taught (`python -m bench.wording --model FOLDER`) have them; another model
compares meanings all the same and adds nothing here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np

from interview_coach.ai.onnx_text import Floats

LESSONS = Path(__file__).resolve().parent / "texts" / "wording_models.json"


@dataclass(frozen=True, slots=True)
class Lesson:
    """model: its name. texts: the mark of the answers it was fitted on. middles: for each step what
    the middle of them has, which is taken off. weights: for each step (rows) of the mean vector of
    an answer's sentences."""

    model: str
    texts: str
    middles: tuple[float, ...]
    weights: tuple[tuple[float, ...], ...]

    def odds(self, vectors: Floats) -> list[float]:
        """What the sentences of an answer (rows) add to the odds of each step of its wording."""
        weights = np.asarray(self.weights, dtype=np.float32)
        found = weights @ vectors.mean(axis=0) - np.asarray(self.middles, dtype=np.float32)
        return [float(each) for each in found]


@lru_cache(maxsize=1)
def lessons() -> dict[str, Lesson]:
    """The lessons by the digest of their model."""
    rows = json.loads(LESSONS.read_text(encoding="utf-8"))
    return {
        digest: Lesson(
            row["model"],
            row["texts"],
            tuple(row["middles"]),
            tuple(tuple(weights) for weights in row["weights"]),
        )
        for digest, row in rows.items()
    }
