"""Which mark each word of an answer carries, and where repeats and story stand in time. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from interview_coach.feedback.timeline_schemas import TimelineRepeat, TimelineStory
from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.star import star_spans
from interview_coach.speech.fillers import filler_token_flags
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.types import Span, Word

LOW_PROBABILITY = 0.6
# Where two marks meet, the first of these is shown.
RANK = ("fill", "repeat", "hedge", "low", "plain")


def read_for_marks(answer: AnswerText, language: str) -> AnswerText:
    """An answer as its marks need it: of another language only what needs none of its words."""
    if language == ENGLISH:
        return answer
    repeats = tuple(repair for repair in answer.repairs if repair.kind == "repeat")
    return replace(answer, hedges=(), repairs=repeats)


def marks_of_tokens(answer: AnswerText, fillers: Sequence[bool]) -> list[str]:
    """The mark of each token; the scorer's own reading says what is a hedge and a repeat."""
    kinds = ["fill" if filler else "plain" for filler in fillers]
    ranges = [(hedge.first, hedge.last, "hedge") for hedge in answer.hedges if hedge.counts]
    ranges += [
        (repair.first, repair.first + max(1, repair.abandoned) - 1, "repeat")
        for repair in answer.repairs
    ]
    for first, last, kind in ranges:
        for place in range(answer.core[first].first, answer.core[last].last + 1):
            if place < len(kinds):
                kinds[place] = min(kinds[place], kind, key=RANK.index)
    return kinds


def marks_of_words(
    words: Sequence[Word], answer: AnswerText, *, doubtful: bool, language: str = ENGLISH
) -> list[str]:
    """The mark of each word: `fill`, `repeat`, `hedge`, `low` or `plain`.

    answer: `read_for_marks(read_heard(words), ...)`. doubtful: whether words of low probability
    are marked: in a rough transcript every word is uncertain, in a corrected one none is.
    """
    kinds = marks_of_tokens(answer, filler_token_flags(answer.tokens, words, language))
    marks = ["plain"] * len(words)
    for token, kind in zip(answer.tokens, kinds, strict=True):
        place = token.word if token.word is not None else 0
        marks[place] = min(marks[place], kind, key=RANK.index)
    if doubtful:
        for place, word in enumerate(words):
            if is_low(word):
                marks[place] = min(marks[place], "low", key=RANK.index)
    return marks


def is_low(word: Word) -> bool:
    """Whether the recogniser was not sure of a word."""
    return word.probability is not None and word.probability < LOW_PROBABILITY


def told_parts(star: dict[str, Any]) -> list[TimelineStory]:
    """The parts of a story from what was found of it, where nothing says how far each goes on."""
    rows = [(name, row) for name, row in star.items() if row["start"] is not None]
    return [
        TimelineStory(part=name, start=row["start"], end=row["end"])
        for name, row in sorted(rows, key=lambda item: float(item[1]["start"]))
    ]


class TimedAnswer:
    """An answer whose words have times: where its places stand in seconds."""

    def __init__(self, answer: AnswerText, words: Sequence[Word]) -> None:
        """`answer`: `read_heard(words)`."""
        self._answer = answer
        self._words = words

    def repeats(self) -> list[TimelineRepeat]:
        """What was given up and said again, where it was said first."""
        found = []
        for repair in self._answer.repairs:
            last = repair.first + max(1, repair.abandoned) - 1
            span = self._span(repair.first, last)
            text = self._answer.quote(repair.first, last)
            found.append(TimelineRepeat(text=text, start=span.start, end=span.end))
        return found

    def story(self) -> list[TimelineStory]:
        """The parts of the story; each lasts until the next one begins."""
        found: list[TimelineStory] = []
        for part, first, last in star_spans(self._answer):
            span = self._span(first, last)
            if found:
                found[-1].end = max(found[-1].start, span.start)
            found.append(TimelineStory(part=part, start=span.start, end=span.end))
        return found

    def _span(self, first: int, last: int) -> Span:
        core, tokens = self._answer.core, self._answer.tokens
        begin = tokens[core[first].first].word or 0
        stop = tokens[core[last].last].word or 0
        return Span(self._words[begin].start, self._words[stop].end)
