"""Texts to vectors whose closeness tells how alike they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np

from interview_coach.ai.onnx_text import Floats, OnnxText, TextModelError, Whole, read_json


class Embedder(Protocol):
    """Makes vectors of texts. name: of the model. digest: changes when its vectors may."""

    name: str
    digest: str

    def embed(self, texts: Sequence[str]) -> Floats:
        """A row for each text, of length 1, so that a dot product is a cosine."""
        ...


class OnnxEmbedder:
    """An embedding model in a folder. Raises TextModelError when there is none to be run.

    The vector of a text is the mean of its tokens' vectors, or the first token's where the
    model's files say so (`1_Pooling/config.json`), scaled to length 1 (Reimers and Gurevych 2019).
    """

    def __init__(self, folder: Path, name: str, threads: int = 1) -> None:
        self.name = name
        self._text = OnnxText(folder, threads)
        self.digest = self._text.digest
        pooling = read_json(folder / "1_Pooling" / "config.json")
        self._first_token = bool(pooling.get("pooling_mode_cls_token"))

    def embed(self, texts: Sequence[str]) -> Floats:
        """(texts, dimensions), float32, rows of length 1; zeros for a text without tokens."""
        rows = [self._pooled(output, mask) for output, mask in self._text.run(texts)]
        if not rows:
            return np.zeros((0, 0), dtype=np.float32)
        return unit_rows(np.stack(rows))

    def _pooled(self, output: Floats, mask: Whole) -> Floats:
        if output.ndim == 1:
            return output  # the graph pools by itself
        if output.ndim != 2 or len(output) != len(mask):
            raise TextModelError(f"The model in {self._text.folder} gives no vectors of tokens.")
        if self._first_token:
            return np.asarray(output[0])
        weights = mask.astype(np.float32)[:, None]
        return np.asarray((output * weights).sum(axis=0) / max(float(weights.sum()), 1.0))


def unit_rows(rows: Floats) -> Floats:
    """The rows scaled to length 1; a row of zeros, or of what is no number, becomes zeros."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    usable = np.isfinite(lengths) & (lengths > 0)
    scaled = np.where(usable, rows / np.where(usable, lengths, 1.0), 0.0)
    return np.asarray(scaled, dtype=np.float32)
