"""Answers in a language other than English: what is measured there, and what is not said.

A language pack knows fillers, syllables and the openings of a story, so pace, pauses, fillers and
repeats are scored as in English, and which parts of a story are told is shown. Hedges, signposts,
key points and details are lists of English words: what needs them is not scored, and says so.

Pace is counted in syllables and put beside English by the rate at which the language is spoken
(Pellegrino, Coupe and Marsico 2011), so the knots stay those of `fluency.py`.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from interview_coach.scoring.delivery import LONG_PAUSE_SECONDS, PAUSE_SECONDS, Delivery, Pauses
from interview_coach.scoring.fluency import score_fluency
from interview_coach.scoring.profiles import Profile
from interview_coach.scoring.timing import token_times
from interview_coach.scoring.types import STAR_TYPES, Evidence, ScoreParts
from interview_coach.speech.fillers import filler_token_flags, find_fillers_among
from interview_coach.speech.languages import Pack, count_pack_syllables, phrase_at
from interview_coach.speech.pauses import pause_kind
from interview_coach.speech.repairs import find_repeats
from interview_coach.speech.text import Token, tokenise, tokenise_words
from interview_coach.speech.types import Filler, SoundMeasures, Span, Word

# Of spoken English in the bank's sample answers: 22,386 syllables in 16,841 words.
SYLLABLES_A_WORD = 1.33
CLEAR_CUES = 2  # of a part of a story; one is thin
_SLACK = 0.05


@dataclass(frozen=True, slots=True)
class OtherReading:
    """An answer in another language.

    said: tokens of the transcript, corrected or not. heard: tokens of the recognised words, empty
    for typed text. kept: places in `heard` (in `said` for typed text) that are no fillers.
    """

    pack: Pack
    text: str
    said: tuple[Token, ...]
    heard: tuple[Token, ...]
    kept: tuple[int, ...]
    words: tuple[Word, ...]
    sound: SoundMeasures | None

    @property
    def kept_tokens(self) -> list[Token]:
        """The tokens that are no fillers."""
        tokens = self.heard or self.said
        return [tokens[place] for place in self.kept]


def read_other(
    text: str, words: Sequence[Word], sound: SoundMeasures | None, pack: Pack
) -> OtherReading:
    """Prepare an answer. text: the transcript; words: as recognised, none for typed text."""
    said, heard = tokenise(text), tokenise_words(words) if words else []
    flags = filler_token_flags(heard or said, words or None, pack.code)
    kept = tuple(place for place, filler in enumerate(flags) if not filler)
    return OtherReading(pack, text, tuple(said), tuple(heard), kept, tuple(words), sound)


def fluency_of(
    reading: OtherReading, reason: str, profile: Profile
) -> tuple[ScoreParts, Delivery | None]:
    """Fluency, and the delivery behind it: its `words` and `syllables` are what an English answer
    of the same pace would have. reason: said where there is nothing to measure."""
    delivery = _delivery(reading)
    if delivery is None:
        return ScoreParts("fluency", (), (), reason), None
    norms = [token.norm for token in reading.kept_tokens]
    scored = score_fluency(delivery, len(find_repeats(norms)), reason, profile)
    syllables = syllables_of(reading)
    shown = f"{syllables * 60 / delivery.seconds:.0f} syllables a minute"
    if delivery.speech > 0:
        shown += f", {syllables / delivery.speech:.1f} a second of speech"
    if not reading.pack.rate_is_known:
        shown += " (how fast the language is spoken is not known to us: taken as English)"
    parts = tuple(
        replace(part, measure=shown) if part.part == "rate" else part for part in scored.parts
    )
    return replace(scored, parts=parts), delivery


def syllables_of(reading: OtherReading) -> int:
    """The syllables of all words that are no fillers."""
    source = _heard_text(reading)
    return sum(
        count_pack_syllables(source[token.begin : token.stop], reading.pack.code)
        for token in reading.kept_tokens
    )


def articulation_of(reading: OtherReading, delivery: Delivery | None) -> float | None:
    """Syllables of this language a second of speech."""
    if delivery is None or delivery.speech <= 0:
        return None
    return round(syllables_of(reading) / delivery.speech, 2)


def unread_in(pack: Pack) -> tuple[ScoreParts, ...]:
    """The three scores that need English words, each with why it is not given."""
    return tuple(
        ScoreParts(name, (), (), f"{what} are read in English only, this is {pack.name}")
        for name, what in (
            ("confidence", "hedges and ownership"),
            ("clarity", "sentences and links"),
            ("content", "key points and details"),
        )
    )


def story_of(reading: OtherReading, question_type: str) -> dict[str, Any] | None:
    """Which parts of a story are told, in the shape of `evidence.star_json`; None where the type
    of question asks for none."""
    if question_type not in STAR_TYPES:
        return None
    norms = [token.norm for token in reading.said]
    times = token_times(reading.said, reading.words)
    told: dict[str, Any] = {}
    for name, cues in reading.pack.star.items():
        places = [place for place in range(len(norms)) if phrase_at(norms, place, cues)]
        level = "clear" if len(places) >= CLEAR_CUES else "thin" if places else "missing"
        row: dict[str, Any] = {"found": bool(places), "level": level}
        row.update(quote=None, start=None, end=None)
        if places:
            first, last = _sentence(reading.said, places[0])
            start, end = times.between(first, last)
            quote = reading.text[reading.said[first].begin : reading.said[last].stop]
            row.update(quote=quote, start=start, end=end)
        told[name] = row
    return told


def story_evidence(story: dict[str, Any] | None) -> list[Evidence]:
    """The story's quotes as evidence."""
    return [
        Evidence(name, row["quote"], row["start"], row["end"])
        for name, row in (story or {}).items()
        if row["quote"]
    ]


def _heard_text(reading: OtherReading) -> str:
    if not reading.heard:
        return reading.text
    return " ".join(word.text.strip() for word in reading.words if word.text.strip())


def _sentence(tokens: Sequence[Token], place: int) -> tuple[int, int]:
    first = last = place
    while first > 0 and not tokens[first].starts_sentence:
        first -= 1
    while last < len(tokens) - 1 and not tokens[last].ends_sentence:
        last += 1
    return first, last


def _delivery(reading: OtherReading) -> Delivery | None:
    words, sound = reading.words, reading.sound
    kept = reading.kept_tokens
    if not words or not kept:
        return None
    seconds = _seconds(words, sound)
    if seconds <= 0:
        return None
    fillers: tuple[Filler, ...] = (
        *find_fillers_among(reading.heard, words, reading.pack.code),
        *(sound.probable_fillers if sound is not None else ()),
    )
    spans = [Span(item.start, item.end) for item in fillers
             if item.start is not None and item.end is not None]  # fmt: skip
    aside = sum(span.seconds for span in spans)
    if sound is not None and sound.speech:
        silent = [span for span in sound.pauses if span.seconds >= PAUSE_SECONDS]
        silence = sound.silence_seconds
        speech = max(0.0, sum(span.seconds for span in sound.speech) - aside)
    else:
        silent = _gaps(words)
        silence = sum(span.seconds for span in silent)
        speech = sum(words[token.word or 0].end - words[token.word or 0].start for token in kept)
    together = sorted([*silent, *spans], key=lambda span: span.start)
    rate = reading.pack.syllable_rate
    syllables = syllables_of(reading)
    kinds = [pause_kind(span, at_edge=_at_edge(reading, span)) for span in silent]
    return Delivery(
        words=round(syllables / (SYLLABLES_A_WORD * rate)),
        rate_words=len(kept),
        seconds=seconds,
        speech=speech,
        rate_speech=speech,
        syllables=round(syllables / rate),
        pauses=_pauses(reading, silent, silence),
        pauses_and_fillers=_pauses(reading, together, silence + aside),
        fillers=tuple(sorted(fillers, key=lambda item: item.start or 0.0)),
        hesitations=None,
        thinking=kinds.count("thinking") if _has_marks(reading) else None,
        dead=kinds.count("dead") if _has_marks(reading) else None,
    )


def _seconds(words: Sequence[Word], sound: SoundMeasures | None) -> float:
    if sound is not None and sound.speech:
        return max(span.end for span in sound.speech) - min(span.start for span in sound.speech)
    return max(word.end for word in words) - min(word.start for word in words)


def _gaps(words: Sequence[Word]) -> list[Span]:
    spans: list[Span] = []
    reached = words[0].end
    for word in words[1:]:
        if round(word.start - reached, 6) >= PAUSE_SECONDS:
            spans.append(Span(reached, word.start))
        reached = max(reached, word.end)
    return spans


def _has_marks(reading: OtherReading) -> bool:
    """Clauses are known by the transcript's own commas and stops, where it has any."""
    return any(token.comma_after or token.ends_sentence for token in reading.heard[:-1])


def _at_edge(reading: OtherReading, span: Span) -> bool:
    starts = [reading.words[token.word or 0].start for token in reading.heard]
    place = bisect_left(starts, span.end - _SLACK)
    if place >= len(starts):
        return True
    token = reading.heard[place]
    return token.comma_before or token.starts_sentence


def _pauses(reading: OtherReading, spans: Sequence[Span], silence: float) -> Pauses:
    long = sum(round(span.seconds, 6) >= LONG_PAUSE_SECONDS for span in spans)
    count = sum(round(span.seconds, 6) >= PAUSE_SECONDS for span in spans)
    inside = sum(not _at_edge(reading, span) for span in spans) if _has_marks(reading) else None
    return Pauses(silence=silence, count=count, long=long, inside=inside)
