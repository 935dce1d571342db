"""One answer as scoring reads it: what is left of a transcript when noise is set aside.

Every text measure reads the same stream. Anything that could be a filler is left out whatever its
context, so that a filler added anywhere changes no text measure; words given up in a repair,
passages said before and sentences that instruct a grader are marked, so that neither can raise a
score. Case and punctuation play no part.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from interview_coach.scoring.injection import instruction_units
from interview_coach.scoring.topic import content_words, says_nothing, units_on_topic, word_pieces
from interview_coach.scoring.types import Question
from interview_coach.scoring.vocabulary import stem
from interview_coach.speech.fillers import potential_fillers
from interview_coach.speech.hedges import Hedge, find_hedges
from interview_coach.speech.repairs import Repair, find_repairs
from interview_coach.speech.sentences import unit_starts
from interview_coach.speech.text import Token, text_of_words, tokenise, tokenise_words
from interview_coach.speech.types import Word
from interview_coach.speech.word_classes import word_set

REPEATED_PASSAGE_WORDS = 6
ECHO_WORDS = 5

_NUMBER_WORDS = word_set(
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty thirty forty fourty fifty sixty seventy eighty ninety "
    "hundred thousand million billion dozen half double triple twice doubled tripled halved"
)
_STANDING_ALONE = word_set("dozen half double triple twice doubled tripled halved")
_JOINING = word_set("hundred thousand million billion percent")


@dataclass(frozen=True, slots=True)
class CoreWord:
    """One word that is not a filler; a run of number words is one.

    first, last: token indices (both counted in). root: the stem.
    """

    norm: str
    root: str
    number: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence-like stretch: `words` are places in `AnswerText.core`."""

    words: tuple[int, ...]
    echo: bool = False


@dataclass(frozen=True, slots=True)
class AnswerText:
    """A transcript prepared for scoring.

    tokens: all words. potential: for each token, whether it may be a filler. core: the rest, in
    order. new: places in core that carry the answer (not given up, not said before, no
    instruction, no padding). content: `new` without passages copied from the question. first_said:
    how many core words `new` and the padding have. hedges: over core places. repeated: number of
    core words said before. units: over `new`, each with whether it is on the topic.
    """

    text: str
    tokens: tuple[Token, ...]
    potential: tuple[bool, ...]
    core: tuple[CoreWord, ...]
    new: tuple[int, ...]
    content: frozenset[int]
    hedges: tuple[Hedge, ...]
    repairs: tuple[Repair, ...]
    repeated: int
    instructions: tuple[tuple[int, int], ...]
    units: tuple[Unit, ...]
    on_topic: tuple[bool, ...]
    first: tuple[int, ...]
    padding_units: int

    def norms(self, places: Sequence[int]) -> list[str]:
        """The normalised words at places in core."""
        return [self.core[place].norm for place in places]

    def quote(self, first: int, last: int) -> str:
        """The transcript, verbatim, from one core word to another."""
        begin = self.tokens[self.core[first].first].begin
        return self.text[begin : self.tokens[self.core[last].last].stop]

    @property
    def rate_words(self) -> int:
        """The words rates are taken per 100 of: those that carry the answer. Where more than half
        of an answer is padding, half of all its words."""
        return max(len(self.new), (len(self.first) + 1) // 2)

    @property
    def unit_words(self) -> list[list[CoreWord]]:
        """The words of each unit."""
        return [[self.core[place] for place in unit.words] for unit in self.units]


def read_answer(text: str, question: Question) -> AnswerText:
    """Prepare a transcript of an answer to a question."""
    return _read(text, tokenise(text), question)


def read_heard(words: Sequence[Word], question: Question) -> AnswerText:
    """The same of recognised words: each token has the index of its word."""
    return _read(text_of_words(words), tokenise_words(words), question)


def _read(text: str, tokens: Sequence[Token], question: Question) -> AnswerText:
    potential = potential_fillers([token.norm for token in tokens])
    core = _core_words(tokens, potential)
    norms = [word.norm for word in core]
    repairs = find_repairs(norms)
    given_up = {
        place
        for repair in repairs
        for place in range(repair.first, repair.first + repair.abandoned)
    }
    clean = [place for place in range(len(core)) if place not in given_up]
    clean_norms = [norms[place] for place in clean]
    instructed = instruction_units(clean_norms, unit_starts(clean_norms))
    held = {index for first, last in instructed for index in range(first, last + 1)}
    plain = [place for index, place in enumerate(clean) if index not in held]
    again = _said_before([norms[place] for place in plain])
    first_said = [place for place, repeated in zip(plain, again, strict=True) if not repeated]
    hedges = _hedges(clean, clean_norms)
    sorting = _Sorting(core, first_said, hedges, question)
    return AnswerText(
        text=text,
        tokens=tuple(tokens),
        potential=tuple(potential),
        core=tuple(core),
        new=tuple(place for unit in sorting.units for place in unit.words),
        content=sorting.content,
        hedges=tuple(hedges),
        repairs=tuple(repairs),
        repeated=sum(again),
        instructions=tuple((clean[first], clean[last]) for first, last in instructed),
        units=tuple(sorting.units),
        on_topic=tuple(sorting.on_topic),
        first=tuple(first_said),
        padding_units=sorting.padding,
    )


def _hedges(clean: Sequence[int], clean_norms: Sequence[str]) -> list[Hedge]:
    return [
        Hedge(clean[hedge.first], clean[hedge.last], counts=hedge.counts)
        for hedge in find_hedges(clean_norms)
    ]


class _Sorting:
    """Units of what is said first, sorted into those that carry the answer and padding."""

    def __init__(
        self,
        core: Sequence[CoreWord],
        places: Sequence[int],
        hedges: Sequence[Hedge],
        question: Question,
    ) -> None:
        norms = [core[place].norm for place in places]
        echo = _echoes(norms, question.text)
        self.content = frozenset(
            place for place, echoed in zip(places, echo, strict=True) if not echoed
        )
        edges = [*unit_starts(norms), len(norms)]
        spans = [tuple(places[first:last]) for first, last in pairwise(edges)]
        hedged = {place for hedge in hedges for place in range(hedge.first, hedge.last + 1)}
        words = [
            [(core[place].norm, core[place].number) for place in span if place not in hedged]
            for span in spans
        ]
        topical = units_on_topic(words, question)
        self.units: list[Unit] = []
        self.on_topic: list[bool] = []
        self.padding = 0
        for span, unit_words, flag in zip(spans, words, topical, strict=True):
            if says_nothing(unit_words, question.type, on_topic=flag):
                self.padding += 1
                continue
            said = sum(place in self.content for place in span)
            self.units.append(Unit(span, echo=said * 2 < len(span)))
            self.on_topic.append(flag)


def _core_words(tokens: Sequence[Token], potential: Sequence[bool]) -> list[CoreWord]:
    core: list[CoreWord] = []
    kept = [index for index, marked in enumerate(potential) if not marked]
    seams = _seams([tokens[index].norm for index in kept])
    for position, index in enumerate(kept):
        norm = tokens[index].norm
        following = tokens[kept[position + 1]].norm if position + 1 < len(kept) else ""
        number = _is_number(norm, following)
        joined_on = number and norm not in _STANDING_ALONE
        open_number = bool(core) and core[-1].number and core[-1].norm not in _STANDING_ALONE
        if open_number and position not in seams and (joined_on or norm in _JOINING):
            previous = core[-1]
            joined = previous.norm if norm == "percent" else previous.norm + norm
            core[-1] = CoreWord(joined, joined, number=True, first=previous.first, last=index)
        elif number:
            core.append(CoreWord(norm, norm, number=True, first=index, last=index))
        else:
            core.extend(
                CoreWord(piece, stem(piece), number=False, first=index, last=index)
                for piece in word_pieces(norm)
            )
    return core


def _seams(norms: Sequence[str]) -> set[int]:
    """Where what was said before begins or ends between two numbers: "... forty thousand" and
    "nine hundred ..." said again are two numbers, not a new one."""
    beside = [
        place
        for place in range(1, len(norms))
        if _is_number(norms[place], "") and _is_number(norms[place - 1], norms[place])
    ]
    if not beside:
        return set()
    again = _said_before(norms)
    return {place for place in beside if again[place] != again[place - 1]}


def _is_number(norm: str, following: str) -> bool:
    if norm[:1].isdigit() or norm in _NUMBER_WORDS:
        return True
    return norm in {"one", "a"} and following in {"hundred", "thousand", "million", "billion"}


def _said_before(norms: Sequence[str]) -> list[bool]:
    """For each word, whether it stands in a passage of six or more words said earlier."""
    size = REPEATED_PASSAGE_WORDS
    marked = [False] * len(norms)
    fresh: set[tuple[str, ...]] = set()
    for index in range(len(norms) - size + 1):
        done = index - size
        # a passage that runs on into a repeat was never said as one
        if done >= 0 and not any(marked[done:index]):
            fresh.add(tuple(norms[done:index]))
        if tuple(norms[index : index + size]) in fresh:
            marked[index : index + size] = [True] * size
    return _closed(norms, marked)


def _closed(norms: Sequence[str], marked: list[bool]) -> list[bool]:
    """Also mark the few words left beside a repeated passage when they were said before too."""
    joined = f" {' '.join(norms)} "
    index = 0
    while index < len(norms):
        if marked[index]:
            index += 1
            continue
        end = index
        while end < len(norms) and not marked[end]:
            end += 1
        beside = (index > 0 and marked[index - 1]) or end < len(norms)
        if beside and end - index < REPEATED_PASSAGE_WORDS:
            rest = f" {' '.join(norms[index:end])} "
            place = len(f" {' '.join(norms[:index])}") if index else 0
            if 0 <= joined.find(rest) < place:
                marked[index:end] = [True] * (end - index)
        index = end
    return marked


def _echoes(norms: Sequence[str], question_text: str) -> list[bool]:
    said = content_words(question_text)
    asked = [norm for norm, marked in zip(said, potential_fillers(said), strict=True) if not marked]
    passages = {
        tuple(asked[index : index + ECHO_WORDS]) for index in range(len(asked) - ECHO_WORDS + 1)
    }
    marked = [False] * len(norms)
    for index in range(len(norms) - ECHO_WORDS + 1):
        if tuple(norms[index : index + ECHO_WORDS]) in passages:
            marked[index : index + ECHO_WORDS] = [True] * ECHO_WORDS
    return marked
