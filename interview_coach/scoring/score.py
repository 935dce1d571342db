"""The composition: one answer in, the answer object of `/analysis` out.

Pure and deterministic: no clock, no randomness but a bootstrap seeded by the text, so the same
input gives the same bytes. Changes that move a score raise ALGORITHM and are told in CHANGELOG.md
beside this file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach.scoring.answer_text import AnswerText, read_answer, read_heard
from interview_coach.scoring.clarity import score_clarity
from interview_coach.scoring.confidence import score_confidence
from interview_coach.scoring.content import Content, score_content
from interview_coach.scoring.delivery import (
    Delivery,
    clean_words,
    measure_sound,
    measure_words,
)
from interview_coach.scoring.evidence import collect, key_points_json, star_json
from interview_coach.scoring.fluency import score_fluency
from interview_coach.scoring.interval import LOW_PROBABILITY, floor_width, spread
from interview_coach.scoring.judge import Judged, Judgement, check
from interview_coach.scoring.metrics import (
    filler_metrics,
    rounded,
    time_metrics,
    voice_metrics,
)
from interview_coach.scoring.other_language import (
    OtherReading,
    articulation_of,
    fluency_of,
    read_other,
    story_evidence,
    story_of,
    unread_in,
)
from interview_coach.scoring.profiles import profile_named
from interview_coach.scoring.standing import standings_json
from interview_coach.scoring.timing import token_times
from interview_coach.scoring.types import (
    AnswerScore,
    KeyPoint,
    Meaning,
    Question,
    ScoreParts,
    Spoken,
)
from interview_coach.scoring.waterfall import Composed, compose, nothing_scored, rows_of
from interview_coach.speech.fillers import find_fillers_in_text
from interview_coach.speech.languages import ENGLISH, pack_of
from interview_coach.speech.repairs import find_repeats
from interview_coach.speech.text import text_of_words
from interview_coach.speech.types import Filler, SoundMeasures, Word

ALGORITHM = "1.9"
# The same rules with a text model beside the words: not to be compared with those without.
ALGORITHM_WITH_MEANING = f"{ALGORITHM}+embeddings"
RULES_OF_TODAY = (ALGORITHM, ALGORITHM_WITH_MEANING)
LEXICAL = "lexical"
LEAST_WORDS = 8

TYPED = "typed answer: nothing was spoken"
NO_SPEECH = "no speech was heard"
NO_TEXT = "the answer is empty"
NO_TRANSCRIPT = "there is no transcript yet: type what you said"
TOO_SHORT = f"too short to score: under {LEAST_WORDS} words"
NO_TIMES = "the words carry no usable times"


# An answer that reaches every table of words.
_ANY_QUESTION = Question("hr", "What do you do?", (KeyPoint("Names a piece of work"),))
_ANY_ANSWER = Spoken("Last year I ran the print shop, and then we sold it in two weeks.")


@dataclass(frozen=True, slots=True)
class _Reading:
    """An answer prepared: said from the transcript, heard from the recognised words."""

    said: AnswerText
    heard: AnswerText | None
    words: tuple[Word, ...] | None
    sound: SoundMeasures | None
    delivery: Delivery | None


def score(
    question: Question,
    spoken: Spoken,
    judgement: Judgement | None = None,
    meaning: Meaning | None = None,
) -> AnswerScore:
    """Score one answer.

    judgement: of a language model, which may move content a little. meaning: compares meanings for
    relevance beside the words, None for the words alone; which it was stands in
    `metrics.relevance_engine`.

    Returns scores of 0-100 or None with a reason, never a placeholder. Raises nothing for odd
    input: empty words, times that are not numbers, one word or ten thousand.
    """
    if spoken.language != ENGLISH:
        return _score_other(question, spoken)
    reading = _read(question, spoken)
    said = reading.said
    reason = _unscorable(spoken, reading)
    content = score_content(said, question, meaning)
    times = token_times(
        said.tokens, reading.words, None if reading.heard is None else reading.heard.tokens
    )
    judged = check(judgement, said.text, reading.words) if judgement else None
    if reason is None:
        parts = _parts(spoken, reading, content)
        composed = compose(parts, judged, content.fit)
    else:
        composed = nothing_scored(reason)
    intervals = _intervals(spoken, reading, content, composed)
    silent = reason in {NO_SPEECH, NO_TEXT, NO_TRANSCRIPT}
    return AnswerScore(
        algorithm=ALGORITHM if meaning is None else ALGORITHM_WITH_MEANING,
        scores=composed.scores,
        interval=intervals["overall"],
        intervals=intervals,
        metrics={
            **_metrics(spoken, reading),
            "relevance_engine": LEXICAL if meaning is None else meaning.name,
            "nearer_question": _nearer_question(content),
            "standings": [] if reason else _standings(spoken, reading),
        },
        star=None if silent else star_json(said, content.structure.star, times),
        key_points=key_points_json(said, content, times),
        evidence=[*collect(said, question, content, times), *(judged.evidence if judged else ())],
        not_scored=composed.not_scored,
        parts=composed.rows,
        flags=_flags(spoken, reading),
        judge=_judge_json(judged),
    )


def warm_up() -> None:
    """Read the tables of words now, for which the first answer would wait, and in a process that
    forks each of its forks."""
    score(_ANY_QUESTION, _ANY_ANSWER)


def _score_other(question: Question, spoken: Spoken) -> AnswerScore:
    """An answer in another language: delivery and the parts of a story, the rest not scored."""
    words = clean_words(spoken.words) if spoken.words is not None else ()
    text = spoken.text if spoken.text.strip() else text_of_words(words)
    other = read_other(text, words, spoken.sound, pack_of(spoken.language))
    typed = spoken.words is None and spoken.sound is None
    delivery: Delivery | None = None
    if len(other.kept) >= LEAST_WORDS:
        profile = profile_named(spoken.profile)
        fluency, delivery = fluency_of(other, TYPED if typed else NO_TIMES, profile)
        composed = compose([fluency, *unread_in(other.pack)], None)
        rows = rows_of(fluency, 100.0) if delivery else []
    else:
        silent = NO_TEXT if typed else NO_SPEECH
        composed, rows = nothing_scored(TOO_SHORT if other.said else silent), []
    intervals: dict[str, dict[str, int] | None] = dict.fromkeys(composed.scores)
    if composed.scores["fluency"] is not None:
        least, added = floor_width(
            len(other.kept), _mean_probability(words), int(spoken.sound is None), draft=spoken.draft
        )
        half, value = int(least + added + 0.999), composed.scores["fluency"]
        intervals["fluency"] = {"low": max(0, value - half), "high": min(100, value + half)}
    story = story_of(other, question.type) if other.said else None
    return AnswerScore(
        algorithm=ALGORITHM,
        scores=composed.scores,
        interval=intervals["overall"],
        intervals=intervals,
        metrics=_other_metrics(spoken, other, delivery),
        star=story,
        key_points=[],
        evidence=story_evidence(story),
        not_scored=composed.not_scored,
        parts=rows,
        flags=_draft_flags(spoken, _mean_probability(words)),
    )


def _other_metrics(
    spoken: Spoken, other: OtherReading, delivery: Delivery | None
) -> dict[str, Any]:
    """As `_metrics`: what is not measured in this language is None. Pace in syllables stands in
    the parts; words of different languages are not put beside each other."""
    fillers = delivery.fillers if delivery else find_fillers_in_text(other.text, spoken.language)
    repairs = len(find_repeats([token.norm for token in other.kept_tokens]))
    profile = profile_named(spoken.profile)
    timed = time_metrics(delivery, spoken.sound, spoken.duration_seconds)
    return {
        "language": spoken.language,
        "speech_profile": profile.name,
        "words": len(other.said),
        "words_counted": len(other.kept),
        **timed,
        "words_per_minute": None,
        "articulation_rate": articulation_of(other, delivery),
        **filler_metrics(fillers, len(other.kept)),
        "hedge_count": None,
        "repair_count": repairs,
        "hesitation_count": None,
        **voice_metrics(spoken.sound),
        "mean_word_probability": rounded(_mean_probability(other.words), 3),
        "relevance_engine": LEXICAL,
        "standings": standings_json(
            None, None, delivery, None, repairs, profile=profile, language=spoken.language
        ),
    }


def _judge_json(judged: Judged | None) -> dict[str, Any] | None:
    if judged is None:
        return None
    return {
        "engine": judged.engine,
        "score": judged.value,
        "criteria": [{"criterion": name, "level": level} for name, level in judged.levels],
        "dropped": judged.dropped,
    }


def _read(question: Question, spoken: Spoken) -> _Reading:
    words = clean_words(spoken.words) if spoken.words is not None else None
    heard = read_heard(words, question) if words else None
    typed = bool(spoken.text.strip())
    said = heard
    if said is None or (typed and spoken.text != said.text):
        said = read_answer(spoken.text if typed else "", question)
    delivery: Delivery | None = None
    if heard is not None and words:
        delivery = measure_words(heard, words, spoken.sound)
    elif spoken.sound is not None and said.tokens:
        delivery = measure_sound(said, spoken.sound)
    return _Reading(said, heard, words, spoken.sound, delivery)


def _unscorable(spoken: Spoken, reading: _Reading) -> str | None:
    """Why nothing at all can be scored, None when something can."""
    if not reading.said.tokens:
        if spoken.words is None and spoken.sound is None:
            return NO_TEXT
        if spoken.words is None and spoken.sound is not None and spoken.sound.speech:
            return NO_TRANSCRIPT
        return NO_SPEECH
    if len(reading.said.first) < LEAST_WORDS:
        return TOO_SHORT
    return None


def _parts(spoken: Spoken, reading: _Reading, content: Content) -> Sequence[ScoreParts]:
    said = reading.said
    profile = profile_named(spoken.profile)
    typed = spoken.words is None and spoken.sound is None
    repairs = len((reading.heard or said).repairs)
    return (
        score_fluency(reading.delivery, repairs, TYPED if typed else NO_TIMES, profile),
        score_confidence(said, reading.heard, reading.delivery, spoken.sound, profile),
        score_clarity(said),
        content.parts,
    )


def _mean_probability(words: Sequence[Word] | None) -> float | None:
    known = [word.probability for word in words or () if word.probability is not None]
    return sum(known) / len(known) if known else None


def _nearer_question(content: Content) -> str | None:
    """The question that an answer to another one is nearer to, where it is known."""
    fit = content.fit
    return fit.nearer or None if fit is not None and fit.off_question else None


def _intervals(
    spoken: Spoken, reading: _Reading, content: Content, composed: Composed
) -> dict[str, dict[str, int] | None]:
    missing = (spoken.sound is None) + (spoken.words is None)
    base = reading.heard or reading.said
    least, added = floor_width(
        len(reading.said.new), _mean_probability(reading.words), missing, draft=spoken.draft
    )
    widths: dict[str, float] = {}
    if composed.scores["overall"] is not None:
        sampled = content if base is reading.said else score_content(base, _NO_QUESTION)
        widths = spread(base, sampled, reading.delivery, profile_named(spoken.profile))
    found: dict[str, dict[str, int] | None] = {}
    for name, value in composed.scores.items():
        if value is None:
            found[name] = None
            continue
        half = int(max(least, widths.get(name, 0.0)) + added + 0.999)
        found[name] = {"low": max(0, value - half), "high": min(100, value + half)}
    return found


_NO_QUESTION = Question("behavioral", "")


def _fillers(reading: _Reading) -> Sequence[Filler]:
    if reading.delivery is not None and reading.words:
        return reading.delivery.fillers
    typed = find_fillers_in_text(reading.said.text)
    return [*typed, *(reading.sound.probable_fillers if reading.sound else ())]


def _metrics(spoken: Spoken, reading: _Reading) -> dict[str, Any]:
    said, delivery, sound = reading.said, reading.delivery, reading.sound
    words = len((reading.heard or said).core)
    return {
        "language": spoken.language,
        "speech_profile": profile_named(spoken.profile).name,
        "words": len(said.tokens),
        "words_counted": len(said.new),
        **time_metrics(delivery, sound, spoken.duration_seconds),
        **filler_metrics(_fillers(reading), words),
        "hedge_count": sum(hedge.counts for hedge in said.hedges),
        "repair_count": len((reading.heard or said).repairs),
        "hesitation_count": delivery.hesitations if delivery else None,
        **voice_metrics(sound),
        "mean_word_probability": rounded(_mean_probability(reading.words), 3),
    }


def _standings(spoken: Spoken, reading: _Reading) -> list[dict[str, Any]]:
    return standings_json(
        reading.said,
        reading.heard,
        reading.delivery,
        reading.sound,
        len((reading.heard or reading.said).repairs),
        profile=profile_named(spoken.profile),
    )


def _draft_flags(spoken: Spoken, probability: float | None) -> list[dict[str, str]]:
    flags: list[dict[str, str]] = []
    if spoken.draft:
        flags.append(
            {
                "code": "draft_transcript",
                "text": "A rough transcript: correct the words before the scores count.",
            }
        )
    if probability is not None and probability < LOW_PROBABILITY:
        flags.append(
            {
                "code": "low_recognition",
                "text": "Many words were hard to make out; the scores may be further off.",
            }
        )
    return flags


def _flags(spoken: Spoken, reading: _Reading) -> list[dict[str, str]]:
    flags = _draft_flags(spoken, _mean_probability(reading.words))
    if reading.said.instructions:
        flags.append(
            {
                "code": "instruction_left_out",
                "text": "A sentence that instructs a grader was left out of scoring.",
            }
        )
    return flags
