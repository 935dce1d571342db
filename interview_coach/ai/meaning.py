"""Closeness of meaning as scoring takes it: an embedding model and what its cosines mean."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np

from interview_coach.ai.calibration import Calibration, point_text, window_vectors
from interview_coach.ai.embeddings import Embedder
from interview_coach.ai.onnx_text import Floats
from interview_coach.ai.wording import lessons
from interview_coach.scoring import Compared

# Vectors kept of key points, which come again with every answer to a question.
_POINTS_KEPT = 2048


class EmbeddingMeaning:
    """A `scoring.Meaning` that asks an embedding model."""

    def __init__(self, embedder: Embedder, calibration: Calibration) -> None:
        self.name = f"embeddings:{embedder.name}"
        self._embedder = embedder
        self._calibration = calibration
        self._lesson = lessons().get(embedder.digest)
        self._points: OrderedDict[str, Floats] = OrderedDict()

    def compare(
        self,
        points: Sequence[Sequence[str]],
        units: Sequence[str],
        windows: Sequence[Sequence[int]],
    ) -> Compared:
        """Shares, closeness and wording, all with two decimals."""
        said = self._embedder.embed(units)
        asked = self._vectors_of([point_text(point) for point in points])
        rows = self._calibration.shares(asked, window_vectors(said, windows))
        # The last digits of a cosine differ between processors.
        return Compared(
            [[round(float(value), 2) for value in row] for row in rows],
            round(self._calibration.closeness(asked, said), 2),
            [round(each, 2) for each in self._lesson.odds(said)] if self._lesson else [],
        )

    def _vectors_of(self, texts: Sequence[str]) -> Floats:
        new = [text for text in dict.fromkeys(texts) if text not in self._points]
        if new:
            self._points.update(zip(new, self._embedder.embed(new), strict=True))
        found = np.stack([self._points[text] for text in texts])
        while len(self._points) > _POINTS_KEPT:
            self._points.popitem(last=False)
        return found
