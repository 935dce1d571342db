"""Closeness of meaning as scoring takes it: an embedding model and what its cosines mean."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from interview_coach.ai.calibration import Calibration, point_text, window_vectors
from interview_coach.ai.embeddings import Embedder
from interview_coach.ai.onnx_text import Floats

# Vectors kept of key points, which come again with every answer to a question.
_POINTS_KEPT = 2048


class EmbeddingMeaning:
    """A `scoring.Meaning` that asks an embedding model."""

    def __init__(self, embedder: Embedder, calibration: Calibration) -> None:
        self.name = f"embeddings:{embedder.name}"
        self._embedder = embedder
        self._calibration = calibration
        self._points: OrderedDict[str, Floats] = OrderedDict()
        self._answer: dict[str, Floats] = {}

    def shares(
        self, points: Sequence[Sequence[str]], windows: Sequence[Sequence[str]]
    ) -> list[list[float]]:
        """Shares 0-1, two decimals: a row for each point, a column for each window."""
        if not points or not windows:
            return [[] for _ in points]
        place_of = {text: place for place, text in enumerate(_distinct(windows))}
        vectors = self._said(list(place_of))
        places = [[place_of[text] for text in window] for window in windows]
        rows = self._calibration.shares(
            self._vectors_of([point_text(point) for point in points]),
            window_vectors(vectors, places),
        )
        # The last digits of a cosine differ between processors.
        return [[round(float(value), 2) for value in row] for row in rows]

    def closeness(self, points: Sequence[Sequence[str]], units: Sequence[str]) -> float:
        """Standard deviations over the calibration's questions, two decimals."""
        if not points or not units:
            return 0.0
        vectors = self._vectors_of([point_text(point) for point in points])
        return round(self._calibration.closeness(vectors, self._said(units)), 2)

    def _said(self, texts: Sequence[str]) -> Floats:
        """The vectors of an answer's sentences, kept until the next answer's."""
        wanted = set(texts)
        found = {text: row for text, row in self._answer.items() if text in wanted}
        new = [text for text in dict.fromkeys(texts) if text not in found]
        if new:
            found.update(zip(new, self._embedder.embed(new), strict=True))
        self._answer = found
        return np.stack([found[text] for text in texts])

    def _vectors_of(self, texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in self._points]
        if new:
            self._points.update(zip(new, self._embedder.embed(new), strict=True))
        found = np.stack([self._points[text] for text in texts])
        while len(self._points) > _POINTS_KEPT:
            self._points.popitem(last=False)
        return found


def _distinct(windows: Sequence[Sequence[str]]) -> list[str]:
    return list(dict.fromkeys(text for window in windows for text in window))
