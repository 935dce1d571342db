"""Plain data that go into and come out of scoring."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Protocol

from interview_coach.scoring.profiles import STANDARD
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.types import SoundMeasures, Word

QUESTION_TYPES = (
    "technical",
    "behavioral",
    "hr",
    "system_design",
    "situational",
    "leadership",
)
STAR_TYPES = frozenset({"behavioral", "situational", "leadership"})
SCORES = ("fluency", "confidence", "clarity", "content")
OVERALL_WEIGHTS = {"fluency": 25.0, "confidence": 20.0, "clarity": 15.0, "content": 40.0}


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One thing a good answer says; phrases are ways candidates put it."""

    text: str
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A question: `type` is one of QUESTION_TYPES; no key points leaves relevance out."""

    type: str
    text: str
    key_points: tuple[KeyPoint, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """What a text model says of one answer.

    shares: how far each window says each point, 0-1, 0 for chance: a row for each point, a column
    for each window. closeness: how much closer the units are to the points than to the points of
    other questions, in standard deviations over those questions, 0 for chance. wording: what the
    model adds to each of `wording.Wording.odds`, empty where it was not taught.
    """

    shares: Sequence[Sequence[float]]
    closeness: float
    wording: Sequence[float] = ()


class Meaning(Protocol):
    """What compares meanings for scoring. name: as results tell it, `embeddings:<model>`."""

    name: str

    def compare(
        self,
        points: Sequence[Sequence[str]],
        units: Sequence[str],
        windows: Sequence[Sequence[int]],
    ) -> Compared:
        """An answer's units beside a question's key points, none of them empty.

        points: the text of a key point and its phrases. units: normalised words without fillers.
        windows: the places of the units that are read as one. The same input gives the same result.
        """
        ...


@dataclass(frozen=True, slots=True)
class Spoken:
    """One answer as it came in.

    text: the transcript, possibly corrected by the candidate. words: as recognised, with times;
    None for typed text. sound: None when there is no recording. engine: the recogniser's name.
    draft: True when its transcript is only rough. language: `en` or the code of a pack
    (`speech.languages.CODES`). profile: a name of `profiles.PROFILES`.
    """

    text: str
    words: tuple[Word, ...] | None = None
    duration_seconds: float | None = None
    sound: SoundMeasures | None = None
    engine: str | None = None
    draft: bool = False
    language: str = ENGLISH
    profile: str = STANDARD


@dataclass(frozen=True, slots=True)
class Part:
    """One measured part of a score.

    weight: share of the score, 0-1, before missing parts are left out. value: 0-100 in steps of
    0.1, None when it could not be measured; `measure` then says why, else what was measured.
    """

    part: str
    label: str
    weight: float
    value: float | None
    measure: str


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A rule that lowers a score after its parts: to `lowered_to` at most."""

    part: str
    label: str
    lowered_to: float
    measure: str


@dataclass(frozen=True, slots=True)
class ScoreParts:
    """What one score is made of. not_scored: the reason when it must not be given at all."""

    score: str
    parts: tuple[Part, ...]
    adjustments: tuple[Adjustment, ...] = ()
    not_scored: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """A verbatim quote of the transcript for one criterion; times in seconds, None when typed."""

    criterion: str
    quote: str
    start: float | None
    end: float | None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerScore:
    """The result of `score`, the answer object of `/analysis` without its ids.

    scores: overall, fluency, confidence, clarity, content as whole numbers 0-100 or None.
    """

    algorithm: str
    scores: dict[str, int | None]
    interval: dict[str, int] | None
    intervals: dict[str, dict[str, int] | None]
    metrics: dict[str, Any]
    star: dict[str, Any] | None
    key_points: list[dict[str, Any]]
    evidence: list[Evidence]
    not_scored: list[dict[str, str]]
    parts: list[dict[str, Any]]
    flags: list[dict[str, str]] = field(default_factory=list)
    judge: dict[str, Any] | None = None

    def to_json(self) -> dict[str, Any]:
        """A plain dict for JSON; the same input gives the same bytes."""
        told = {
            "algorithm": self.algorithm,
            "scores": self.scores,
            "interval": self.interval,
            "intervals": self.intervals,
            "metrics": self.metrics,
            "star": self.star,
            "key_points": self.key_points,
            "evidence": [asdict(item) for item in self.evidence],
            "not_scored": self.not_scored,
            "parts": self.parts,
            "flags": self.flags,
        }
        # Without a judge nothing is said of one: the measured lane is the same with and without.
        return told if self.judge is None else {**told, "judge": self.judge}
