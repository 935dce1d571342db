"""What a cosine of one model means: the same number says "alike" for one and nothing for another.

Each model is measured on bundled texts: sentences that say a key point in other words, and the
same sentences against the points of other questions. The result is kept as JSON, by the digest of
the model.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from interview_coach.ai.embeddings import Embedder, unit_rows
from interview_coach.ai.onnx_text import Floats, TextModelError

WINDOW = 2
CHANCE_CENTILE = 95
RELATED_CENTILE = 95
# Closer than this the two centiles would make much of differences that mean nothing.
LEAST_SPAN = 0.08
LEAST_SPREAD = 0.01
# Vectors as close as this are of the same question, which is no chance.
SAME_QUESTION = 0.999
_METHOD = "3"
TEXTS = Path(__file__).resolve().parent / "texts" / "calibration.yaml"
BACKGROUND = TEXTS.with_name("background.yaml")


@dataclass(frozen=True)
class Calibration:
    """What was measured of a model.

    points_centre, windows_centre: the mean vectors, which are taken off before comparing: what all
    texts share says nothing (Mu and Viswanath 2018). chance: the cosine that the best window of an
    answer to another question stays under in 95 of 100 cases. related: the cosine of the sentences
    that say a point best (95th centile), the median of all beside it. background: for each of
    many questions the mean direction of its points.
    """

    model: str
    digest: str
    texts: str
    chance: float
    related: float
    related_median: float
    points_centre: tuple[float, ...]
    windows_centre: tuple[float, ...]
    background: tuple[tuple[float, ...], ...]

    @cached_property
    def _background(self) -> Floats:
        return np.asarray(self.background, dtype=np.float32)

    def shares(self, points: Floats, windows: Floats) -> Floats:
        """Shares 0-1 of vectors of points (rows) against vectors of windows (columns).

        0 at `chance`, 1 at `related`, straight between.
        """
        cosines = _centred(points, self.points_centre) @ _centred(windows, self.windows_centre).T
        span = max(self.related - self.chance, LEAST_SPAN)
        return np.asarray(np.clip((cosines - self.chance) / span, 0.0, 1.0))

    def closeness(self, points: Floats, units: Floats) -> float:
        """How much closer units are to a question's points than to those of the background.

        points, units: vectors as rows. An answer and a question are the mean directions of theirs.
        In standard deviations of the background's cosines from their mean.
        """
        said = _direction(_centred(units, self.windows_centre))
        asked = _direction(_centred(points, self.points_centre))
        others = self._background[self._background @ asked < SAME_QUESTION] @ said
        spread = max(float(others.std()), LEAST_SPREAD)
        return (float(asked @ said) - float(others.mean())) / spread


def point_text(point: Sequence[str]) -> str:
    """A key point and its phrases as the one text that is embedded."""
    return ", ".join(point)


def window_vectors(vectors: Floats, windows: Sequence[Sequence[int]]) -> Floats:
    """The vector of each window: the mean of its sentences' vectors, scaled to length 1.

    Sentences are embedded once, however many windows they stand in.
    """
    return unit_rows(np.stack([vectors[list(window)].mean(axis=0) for window in windows]))


def calibrate(embedder: Embedder) -> Calibration:
    """Measure a model on the bundled texts.

    Raises TextModelError when it does not tell related sentences from unrelated ones.
    """
    questions, more = _read_texts(TEXTS), _read_texts(BACKGROUND)
    points = [(number, point) for number, each in enumerate(questions) for point in each["points"]]
    said = [(place, text) for place, (_, point) in enumerate(points) for text in point["said"]]
    asked = np.asarray([number for number, _ in points])
    of_point = np.asarray([place for place, _ in said])
    targets = embedder.embed([point_text([p["text"], *p["phrases"]]) for _, p in points])
    vectors = embedder.embed([text for _, text in said])
    distant = embedder.embed([text for each in more for text in each])
    distant_of = np.repeat(np.arange(len(more)), [len(each) for each in more])
    windows = [*((index,) for index in range(len(said))), *_pairs(asked[of_point])]
    whole = window_vectors(vectors, windows)
    of_window = asked[of_point[[window[0] for window in windows]]]
    centres = targets.mean(axis=0), vectors.mean(axis=0)
    cosines = _centred(targets, centres[0]) @ _centred(whole, centres[1]).T
    related = cosines[of_point, np.arange(len(said))]
    best = [
        cosines[place, of_window == other].max()
        for place, number in enumerate(asked)
        for other in range(len(questions))
        if other != number
    ]
    chance, high = np.percentile(best, CHANCE_CENTILE), np.percentile(related, RELATED_CENTILE)
    if not np.isfinite([chance, high]).all() or high <= chance:
        raise TextModelError(
            f"The model {embedder.name} does not tell sentences that say a key point from others "
            f"({high:.2f} against {chance:.2f}); it is of no use for scoring."
        )
    return Calibration(
        model=embedder.name,
        digest=embedder.digest,
        texts=_texts_mark(),
        chance=round(float(chance), 4),
        related=round(float(high), 4),
        related_median=round(float(np.median(related)), 4),
        points_centre=_kept(centres[0]),
        windows_centre=_kept(centres[1]),
        background=tuple(
            _kept(_direction(_centred(rows, centres[0])))
            for rows in (
                *(targets[asked == number] for number in range(len(questions))),
                *(distant[distant_of == number] for number in range(len(more))),
            )
        ),
    )


def calibration_of(embedder: Embedder, folder: Path) -> Calibration:
    """The calibration kept in a folder for this very model, made and kept when there is none.

    Raises TextModelError as `calibrate` does.
    """
    file = folder / f"{embedder.digest[:32]}.json"
    kept = _read(file)
    if kept is not None and kept.digest == embedder.digest and kept.texts == _texts_mark():
        return kept
    made = calibrate(embedder)
    # A folder that cannot be written costs the seconds again, not the model.
    with suppress(OSError):
        _write(file, made)
    return made


def _centred(vectors: Floats, centre: Sequence[float] | Floats) -> Floats:
    return unit_rows(vectors - np.asarray(centre, dtype=np.float32))


def _direction(vectors: Floats) -> Floats:
    return np.asarray(unit_rows(vectors.mean(axis=0, keepdims=True))[0])


def _pairs(question_of: Sequence[int] | Any) -> Iterator[tuple[int, ...]]:
    """Neighbouring sentences of one question, as an answer has them side by side."""
    for index in range(len(question_of) - 1):
        if question_of[index] == question_of[index + 1]:
            yield (index, index + 1)


def _kept(vector: Floats) -> tuple[float, ...]:
    return tuple(round(float(value), 6) for value in vector)


@lru_cache(maxsize=2)
def _read_texts(file: Path) -> list[Any]:
    found: list[Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
    return found


@lru_cache(maxsize=1)
def _texts_mark() -> str:
    """What a calibration depends on beside the model: the texts and this way of measuring."""
    texts = TEXTS.read_bytes() + BACKGROUND.read_bytes()
    return f"{_METHOD}-{hashlib.sha256(texts).hexdigest()[:16]}"


def _read(file: Path) -> Calibration | None:
    try:
        row: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        for name in ("points_centre", "windows_centre"):
            row[name] = tuple(row[name])
        row["background"] = tuple(map(tuple, row["background"]))
        return Calibration(**row)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return None  # not there, or of another version: it is made anew


def _write(file: Path, made: Calibration) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    # Workers that start together must not read each other's half a file.
    descriptor, mine = tempfile.mkstemp(dir=file.parent, prefix=".calibration-")
    with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
        json.dump(asdict(made), handle)
    Path(mine).replace(file)
