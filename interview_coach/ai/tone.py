"""The tone of words, read by a small classifier. It is shown and never scored.

Word lists and classifiers take "I fixed the critical failure and killed the bug" for very
negative; so a tone has weight 0 in every score.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from interview_coach.ai.onnx_text import Floats, OnnxText, TextModelError

KINDS = ("positive", "neutral", "negative")
# How models name their classes; where one gives only numbers, the order tells.
_BEGINS = {"pos": "positive", "neu": "neutral", "neg": "negative"}
_BY_COUNT = {2: ("negative", "positive"), 3: ("negative", "neutral", "positive")}


@dataclass(frozen=True, slots=True)
class Tone:
    """Shares of 0-1 that sum to 1. model: what read them."""

    positive: float
    neutral: float
    negative: float
    model: str


class OnnxTone:
    """A sequence classifier in a folder, with its classes in `id2label` of config.json.

    Raises TextModelError when there is none to be run, or when its classes are not positive,
    negative and perhaps neutral.
    """

    def __init__(self, folder: Path, name: str, threads: int = 1) -> None:
        self.name = name
        self._text = OnnxText(folder, threads)
        self._kinds = _kinds(self._text.config, folder)

    def read(self, sentences: Sequence[str]) -> Tone | None:
        """The mean over sentences, each weighing as much as it has words; 4 decimals."""
        told = [sentence for sentence in sentences if sentence.split()]
        if not told:
            return None
        logits = np.stack([output for output, _ in self._text.run(told)])
        if logits.ndim != 2 or logits.shape[1] != len(self._kinds):
            raise TextModelError(f"The model in {self._text.folder} does not give its classes.")
        words = np.asarray([len(sentence.split()) for sentence in told], dtype=np.float32)
        shares = (_softmax(logits) * words[:, None]).sum(axis=0) / words.sum()
        sums = dict.fromkeys(KINDS, 0.0)
        for kind, share in zip(self._kinds, shares, strict=True):
            sums[kind] += float(share)
        return Tone(**{kind: round(share, 4) for kind, share in sums.items()}, model=self.name)


def _softmax(logits: Floats) -> Floats:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


def _kinds(config: dict[str, Any], folder: Path) -> tuple[str, ...]:
    """Which of KINDS each class of a model is, in the order of its outputs."""
    labels = config.get("id2label")
    if not isinstance(labels, dict) or not all(str(key).isdecimal() for key in labels):
        raise TextModelError(f"config.json in {folder} names no classes (id2label).")
    names = [str(labels[key]).lower() for key in sorted(labels, key=int)]
    kinds = tuple(_BEGINS.get(name[:3], "") for name in names)
    if all(name.startswith("label_") for name in names):
        kinds = _BY_COUNT.get(len(names), kinds)
    if "" in kinds or not {"positive", "negative"} <= set(kinds):
        raise TextModelError(
            f"The classes of the model in {folder} are {', '.join(names)}: no tone of words."
        )
    return kinds
