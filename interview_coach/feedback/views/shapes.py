"""The view models of the results page. Texts are ready to read; an empty text means "not there"."""

from __future__ import annotations

from dataclasses import dataclass, field

from interview_coach import ui
from interview_coach.feedback.views.advice import AdviceView


@dataclass(frozen=True)
class Piece:
    """A run of the transcript under one mark.

    kind: `plain`, `fill` (a filler heard), `probable` (one found in the sound only), `repeat`,
    `hedge`, `low` (a word of low certainty) or `pause`. title: what the mark means here.
    """

    kind: str
    text: str
    title: str = ""


@dataclass(frozen=True)
class MarkCount:
    """How often a mark stands in a transcript, for its legend."""

    kind: str
    sample: str
    text: str


@dataclass(frozen=True)
class MeasureRow:
    """A measure; value is "-" when it is missing, and `note` says why. heading starts a group.

    bar: where it stands between bad and good; not drawn for what is not scored by itself.
    """

    heading: str
    label: str
    value: str
    note: str
    bar: ui.BandBar = field(default_factory=ui.BandBar)


@dataclass(frozen=True)
class QuoteView:
    """Words of the transcript. at_text is empty when their time is not known (typed answers)."""

    text: str
    seconds: float
    at_text: str


@dataclass(frozen=True)
class EvidenceGroup:
    """Quotes that were counted for the same thing."""

    label: str
    quotes: list[QuoteView]


@dataclass(frozen=True)
class PointView:
    """A key point of the question, or a part of a story: state is clear, thin or missing."""

    letter: str
    text: str
    state: str
    word: str
    quotes: list[QuoteView]


@dataclass(frozen=True)
class PartRow:
    """One part of a score as the full table shows it."""

    label: str
    group: str
    measure: str
    weight: str
    value: str
    points: str


@dataclass(frozen=True)
class ReasonRow:
    """A score that was not given, and why."""

    name: str
    reason: str


@dataclass(frozen=True)
class TakeRow:
    """Another take of the same question."""

    answer_id: str
    title: str
    note: str
    status: str
    score: ui.ScoreView


@dataclass(frozen=True)
class TakeView:
    """One take in full.

    state: `busy`, `done`, `failed`, `needs_text` or `recording`. percent: -1 when not known.
    audio_src: empty when there is no sound to play, and sound_note why it is gone; captions_href:
    empty when no word has a time; player_id ties quotes to their player. timed: whether its words
    have times. banded: whether any measure has its line.
    """

    answer_id: str
    href: str
    state: str
    status: str
    percent: int
    meta: str
    problem_title: str
    problem: str
    edit_label: str
    draft: bool
    source: str
    score: ui.ScoreView
    scores: list[ui.ScoreView]
    story: list[PointView]
    pips: ui.StarView
    has_story: bool
    audio_src: str
    captions_href: str
    sound_note: str
    audio_label: str
    player_id: str
    duration: float
    timed: bool
    pieces: list[Piece]
    marks: list[MarkCount]
    measures: list[MeasureRow]
    banded: bool
    points: list[PointView]
    points_note: str
    evidence: list[EvidenceGroup]
    not_scored: list[ReasonRow]
    flags: list[str]
    parts: list[PartRow]


@dataclass(frozen=True)
class QuestionView:
    """A question with the take that is shown (none before the first answer) and the others."""

    question_id: str
    number: str
    text: str
    gap: str
    opened: bool
    shown: list[TakeView]
    others: list[TakeRow]


@dataclass(frozen=True)
class ReportHead:
    """The head of the report and everything over all answers."""

    title: str
    subtitle: str
    moment: str
    status: str
    open_text: str
    answered: bool
    open_label: str
    open_href: str
    working: str
    draft: bool
    overall: ui.ScoreView
    lead: str
    method: str
    scores: list[ui.ScoreView]
    why_title: str
    why_shown: bool
    why: ui.Waterfall
    parts_label: str
    parts: list[PartRow]
    summary: str
    ask_rating: bool
    own_rating: str


@dataclass(frozen=True)
class ReportView:
    """The whole page."""

    head: ReportHead
    questions: list[QuestionView]
    advice: AdviceView
