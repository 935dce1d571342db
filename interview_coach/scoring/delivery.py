"""Delivery: what the times of words and the sound say, before anything is scored.

With a recording, pauses and silence come from the sound; without one, from the gaps between the
words. A pause is 0.25 s or more; one at a clause boundary is neutral, one inside a clause is not
(Kahng 2018).
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.vocabulary import weight
from interview_coach.speech.activity import SILENCE_SECONDS
from interview_coach.speech.fillers import filler_token_flags, find_fillers_among
from interview_coach.speech.pauses import pause_kind
from interview_coach.speech.sentences import clause_edge
from interview_coach.speech.syllables import count_syllables
from interview_coach.speech.text import Token
from interview_coach.speech.types import Filler, SoundMeasures, Span, Word

PAUSE_SECONDS = 0.25
LONG_PAUSE_SECONDS = 1.0
PROBABLE_FILLER_WEIGHT = 0.5
LONGEST_SECONDS = 86_400.0
_SLACK = 0.05


@dataclass(frozen=True, slots=True)
class Pauses:
    """Silence in seconds, pauses of 0.25 s or more, those of 1 s or more, those inside clauses.

    inside: None when there are no word times to place them.
    """

    silence: float
    count: int
    long: int
    inside: int | None


@dataclass(frozen=True, slots=True)
class Delivery:
    """How an answer was spoken.

    words: all words that are not fillers. rate_words: those of them that carry the answer, which
    rates are taken per 100 of. seconds: from the first speech to the last. speech: seconds spent
    on `words`. rate_speech: seconds spent on `rate_words`. syllables: of `words`. pauses: silences
    alone. pauses_and_fillers: the same with each filler as silence, which is what is scored: a
    filler put into a silence then leaves the pauses as they are. fillers: certain and probable.
    hesitations: pauses and fillers inside a clause right before a word that says something, None
    without word times. inside_places, filler_places: places in core that follow pauses (or
    fillers as long as one) inside clauses, and fillers.
    thinking, dead: long pauses of either kind (`speech.pauses`), None without word times.
    """

    words: int
    rate_words: int
    seconds: float
    speech: float
    rate_speech: float
    syllables: int
    pauses: Pauses
    pauses_and_fillers: Pauses
    fillers: tuple[Filler, ...]
    hesitations: int | None
    inside_places: tuple[int, ...] = ()
    filler_places: tuple[int, ...] = ()
    thinking: int | None = None
    dead: int | None = None

    @property
    def filler_weight(self) -> float:
        """Fillers, a probable one counted as a half."""
        return sum(1.0 if filler.certain else PROBABLE_FILLER_WEIGHT for filler in self.fillers)


def clean_words(words: Sequence[Word]) -> tuple[Word, ...]:
    """Words with text, in the order of time, with finite times of 0 to a day; a time that is not
    a number becomes the end of the word before."""
    kept: list[Word] = []
    reached = 0.0
    for word in words:
        if not word.text.strip():
            continue
        start = _time(word.start, reached)
        end = max(start, _time(word.end, start))
        probability = word.probability
        if probability is not None:
            probability = None if math.isnan(probability) else max(0.0, min(1.0, probability))
        kept.append(Word(word.text, start, end, probability))
        reached = end
    return tuple(sorted(kept, key=lambda word: word.start))


def _time(value: float, otherwise: float) -> float:
    return max(0.0, min(LONGEST_SECONDS, value)) if math.isfinite(value) else otherwise


def measure_words(
    answer: AnswerText, words: Sequence[Word], sound: SoundMeasures | None
) -> Delivery | None:
    """Delivery from recognised words, and from the sound where there is a recording.

    answer: `read_heard(words)`. None when the times span no time at all.
    """
    seconds, speech_total = _span(words, sound)
    if seconds <= 0 or not answer.core:
        return None
    tokens = answer.tokens
    core_words = [
        (tokens[word.first].word or 0, tokens[word.last].word or 0) for word in answer.core
    ]
    fillers = (
        *find_fillers_among(tokens, words),
        *(sound.probable_fillers if sound is not None else ()),
    )
    spans = _spans(fillers)
    slots = _slots(words, core_words)
    kept = _without_fillers(tokens, words)
    if sound is not None:
        speech = max(0.0, speech_total - _seconds(spans))
        silent = [span for span in sound.pauses if span.seconds >= PAUSE_SECONDS]
        together = _merged([*silent, *_widened(spans, kept, PAUSE_SECONDS)])
        unheard = _merged([*silent, *_widened(spans, kept, SILENCE_SECONDS)], least=0.0)
        silence = sound.silence_seconds
        silence_together = silence + _seconds(unheard) - _seconds(silent)
    else:
        speech = sum(slots)
        silent, together = _gaps(words), _gaps(kept)
        silence, silence_together = _seconds(silent), _seconds(together)
    starts = [words[word].start for word, _ in core_words]
    norms = [word.norm for word in answer.core]
    inside = _inside(silent, starts, norms)
    kinds = [pause_kind(span, at_edge=not _inside([span], starts, norms)) for span in silent]
    hesitant = {
        place
        for place in (*inside, *_inside(spans, starts, norms))
        if answer.core[place].number or weight(norms[place]) >= 1.0
    }
    together_inside = _inside(together, starts, norms)
    return Delivery(
        words=len(answer.core),
        rate_words=answer.rate_words,
        seconds=seconds,
        speech=speech,
        rate_speech=speech * _rate_share(answer, slots),
        syllables=_syllables(answer),
        pauses=_pauses(silent, silence, len(inside)),
        pauses_and_fillers=_pauses(together, silence_together, len(together_inside)),
        fillers=tuple(sorted(fillers, key=lambda item: item.start or 0.0)),
        hesitations=len(hesitant),
        inside_places=tuple(together_inside),
        filler_places=tuple(place for span in spans if (place := _next(span, starts)) is not None),
        thinking=kinds.count("thinking"),
        dead=kinds.count("dead"),
    )


def _seconds(spans: Sequence[Span]) -> float:
    return sum(span.seconds for span in spans)


def _spans(fillers: Sequence[Filler]) -> list[Span]:
    return [
        Span(item.start, item.end)
        for item in fillers
        if item.start is not None and item.end is not None
    ]


def measure_sound(answer: AnswerText, sound: SoundMeasures) -> Delivery | None:
    """Delivery of a recording whose words were typed: no word has a time."""
    seconds, speech = _span((), sound)
    if seconds <= 0 or not answer.core:
        return None
    spans = _spans(sound.probable_fillers)
    aside = sum(span.seconds for span in spans)
    silent = [span for span in sound.pauses if span.seconds >= PAUSE_SECONDS]
    return Delivery(
        words=len(answer.core),
        rate_words=answer.rate_words,
        seconds=seconds,
        speech=max(0.0, speech - aside),
        rate_speech=max(0.0, speech - aside) * answer.rate_words / len(answer.core),
        syllables=_syllables(answer),
        pauses=_pauses(silent, sound.silence_seconds, None),
        pauses_and_fillers=_pauses(_merged([*silent, *spans]), sound.silence_seconds + aside, None),
        fillers=sound.probable_fillers,
        hesitations=None,
    )


def _span(words: Sequence[Word], sound: SoundMeasures | None) -> tuple[float, float]:
    """Seconds from the first speech to the last, and seconds of speech in the sound."""
    if sound is not None and sound.speech:
        first = min(span.start for span in sound.speech)
        last = max(span.end for span in sound.speech)
        return max(0.0, last - first), sum(span.seconds for span in sound.speech)
    if not words:
        return 0.0, 0.0
    return max(word.end for word in words) - min(word.start for word in words), 0.0


def _rate_share(answer: AnswerText, slots: Sequence[float]) -> float:
    """The share of the speaking time that is spent on the words rates are taken of."""
    total = sum(slots)
    carried = sum(slots[place] for place in answer.new)
    least = answer.rate_words / len(answer.core) if len(answer.new) < answer.rate_words else 0.0
    return max(carried / total, least) if total > 0 else 0.0


def _syllables(answer: AnswerText) -> int:
    return sum(
        count_syllables(token.norm)
        for word in answer.core
        for token in answer.tokens[word.first : word.last + 1]
    )


def _slots(words: Sequence[Word], core_words: Sequence[tuple[int, int]]) -> list[float]:
    """Seconds each core word takes; silence between words is in none of them."""
    slots: list[float] = []
    for place, (first, last) in enumerate(core_words):
        seconds = sum(words[index].end - words[index].start for index in range(first, last + 1))
        if place and core_words[place - 1][1] == first:
            seconds = 0.0  # two core words out of one recognised word share its time
        slots.append(seconds)
    return slots


def _gaps(words: Sequence[Word]) -> list[Span]:
    spans: list[Span] = []
    reached = words[0].end if words else 0.0
    for word in words[1:]:
        # rounded, so that a pause of exactly 0.25 s is one wherever in the recording it stands
        if round(word.start - reached, 6) >= PAUSE_SECONDS:
            spans.append(Span(reached, word.start))
        reached = max(reached, word.end)
    return spans


def _without_fillers(tokens: Sequence[Token], words: Sequence[Word]) -> list[Word]:
    flags = filler_token_flags(tokens, words)
    meant = {token.word for token, filler in zip(tokens, flags, strict=True) if not filler}
    return [word for index, word in enumerate(words) if index in meant]


def _widened(spans: Sequence[Span], words: Sequence[Word], rest: float) -> list[Span]:
    """Fillers with the rests of silence beside them up to the words around, where a rest is too
    short to have been counted by itself."""
    starts, ends = [word.start for word in words], sorted(word.end for word in words)
    widened: list[Span] = []
    for span in spans:
        before = bisect_right(ends, span.start + _SLACK)
        after = bisect_left(starts, span.end - _SLACK)
        begin = ends[before - 1] if before else span.start
        end = starts[after] if after < len(starts) else span.end
        widened.append(
            Span(
                begin if 0 < span.start - begin < rest else span.start,
                end if 0 < end - span.end < rest else span.end,
            )
        )
    return widened


def _merged(spans: Sequence[Span], least: float = PAUSE_SECONDS) -> list[Span]:
    """Spans joined where they touch; those of `least` seconds or more."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda item: (item.start, item.end)):
        if merged and span.start <= merged[-1].end + _SLACK:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return [span for span in merged if span.seconds >= least]


def _next(span: Span, starts: Sequence[float]) -> int | None:
    place = bisect_left(starts, span.end - _SLACK)
    return place if place < len(starts) else None


def _inside(spans: Sequence[Span], starts: Sequence[float], norms: Sequence[str]) -> list[int]:
    """The places of core words that follow a span inside a clause."""
    found: list[int] = []
    for span in spans:
        place = _next(span, starts)
        if place is not None and not clause_edge(norms, place):
            found.append(place)
    return found


def inside_clause(answer: AnswerText, words: Sequence[Word], pauses: Sequence[Span]) -> list[bool]:
    """For each pause whether it stands inside a clause, as the score counts it.

    answer: `read_heard(words)`. A pause after the last word is inside none.
    """
    starts = [words[answer.tokens[word.first].word or 0].start for word in answer.core]
    norms = [word.norm for word in answer.core]
    return [bool(_inside([pause], starts, norms)) for pause in pauses]


def _pauses(spans: Sequence[Span], silence: float, inside: int | None) -> Pauses:
    long = sum(round(span.seconds, 6) >= LONG_PAUSE_SECONDS for span in spans)
    return Pauses(silence=silence, count=len(spans), long=long, inside=inside)
