"""What the engines are asked about answers: to judge them and to advise on them, several answers
in one call. What they give is checked before anything is believed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import Field

from interview_coach.ai.prompts import Data, instruction_count, load_prompt
from interview_coach.ai.router import Task
from interview_coach.ai.types import Shape
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.shapes import Advice, Drill, Item
from interview_coach.scoring import Criterion, Judgement
from interview_coach.scoring.quotes import locate, sentences

MOST_ANSWERS = 6
# The tasks' names in the ledger, which are those of their prompts.
JUDGE, ADVICE = "judge", "advice"
_TONES = {
    "gentle": "gentle; encouraging, without hiding what is missing",
    "balanced": "matter-of-fact and friendly",
    "direct": "direct; short sentences, no softening, never rude",
}


@dataclass(frozen=True, slots=True)
class AskedAnswer:
    """One answer as it is put before an engine. points: what a good answer holds."""

    question: str
    points: tuple[str, ...]
    answer: Analysed
    local: Advice


class JudgedCriterion(Shape):
    """One criterion: its id, the words that show it, its level."""

    id: str = Field(max_length=20)
    quote: str | None = Field(default=None, max_length=600)
    level: int = Field(ge=1, le=5)


class JudgedAnswer(Shape):
    """The criteria of one answer."""

    number: int
    criteria: list[JudgedCriterion] = Field(max_length=12)


class Judgements(Shape):
    """All answers of one call."""

    answers: list[JudgedAnswer]


class WrittenItem(Shape):
    """One piece of advice as an engine writes it."""

    text: str = Field(min_length=8, max_length=400)
    quote: str | None = Field(default=None, max_length=400)


class WrittenDrill(Shape):
    """The next drill as an engine writes it."""

    text: str = Field(min_length=8, max_length=400)
    seconds: int = Field(ge=30, le=180)


class WrittenAnswer(Shape):
    """The advice on one answer."""

    number: int
    strengths: list[WrittenItem] = Field(min_length=3, max_length=5)
    weaknesses: list[WrittenItem] = Field(min_length=3, max_length=5)
    improvements: list[WrittenItem] = Field(min_length=5, max_length=7)
    star_suggestions: list[WrittenItem] = Field(default_factory=list, max_length=4)
    next_drill: WrittenDrill


class Written(Shape):
    """All answers of one call."""

    answers: list[WrittenAnswer]


def judge_task(asked: Sequence[AskedAnswer], user_id: str) -> Task[Judgements]:
    """The task of judging these answers. The local engine judges nothing: its scores stand."""
    blocks = [_block(number, item, _criteria(item)) for number, item in enumerate(asked, start=1)]

    def all_there(value: Judgements) -> None:
        _check_numbers([row.number for row in value.answers], len(asked))

    return Task(
        name=JUDGE,
        prompt=load_prompt(JUDGE),
        values={"answers": Data("\n\n".join(blocks))},
        shape=Judgements,
        local=lambda: Judgements(answers=[]),
        user_id=user_id,
        check=all_there,
    )


def advice_task(asked: Sequence[AskedAnswer], user_id: str, tone: str) -> Task[Written]:
    """The task of advising on these answers; the local engine's advice is what is there already."""
    blocks = [_block(number, item, _measured(item)) for number, item in enumerate(asked, start=1)]

    def all_there(value: Written) -> None:
        _check_numbers([row.number for row in value.answers], len(asked))

    return Task(
        name=ADVICE,
        prompt=load_prompt(ADVICE),
        values={"answers": Data("\n\n".join(blocks)), "tone": _TONES.get(tone, _TONES["balanced"])},
        shape=Written,
        local=lambda: Written(answers=[]),
        user_id=user_id,
        check=all_there,
    )


def judgement_of(value: Judgements, number: int, engine: str) -> Judgement | None:
    """What was judged of one answer; None when nothing was."""
    row = next((row for row in value.answers if row.number == number), None)
    if row is None:
        return None
    criteria = tuple(Criterion(item.id, item.level, item.quote) for item in row.criteria)
    return Judgement(engine, criteria)


def advice_of(value: Written, number: int, asked: AskedAnswer) -> tuple[Advice, int] | None:
    """The advice on one answer with its quotes checked, and how many were never said.

    An item whose quote was not said is dropped whole: it speaks of something that is not there.
    What a list then lacks to its minimum comes from the local engine.
    """
    row = next((row for row in value.answers if row.number == number), None)
    if row is None:
        return None
    check = _Check(asked.answer)
    local = asked.local
    advice = Advice(
        strengths=_at_least(check.items(row.strengths), local.strengths, 3),
        weaknesses=_at_least(check.items(row.weaknesses), local.weaknesses, 3),
        improvements=_at_least(check.items(row.improvements), local.improvements, 5),
        star_suggestions=check.items(row.star_suggestions) if local.star_suggestions else [],
        next_drill=Drill(text=row.next_drill.text, seconds=row.next_drill.seconds),
    )
    return advice, check.dropped


class _Check:
    """Looks each quote up in the transcript and counts those that do not stand there."""

    def __init__(self, answer: Analysed) -> None:
        self._answer = answer
        self.dropped = 0

    def items(self, written: Sequence[WrittenItem]) -> list[Item]:
        """The items whose quotes were said, with the second they were said at."""
        kept: list[Item] = []
        for item in written:
            if not item.quote:
                kept.append(Item(text=item.text))
                continue
            found = locate(self._answer.transcript, self._answer.words, item.quote)
            if found is None:
                self.dropped += 1
            else:
                kept.append(Item(text=item.text, quote=found.quote, start=found.start))
        return kept


def _at_least(items: list[Item], local: Sequence[Item], least: int) -> list[Item]:
    return items + list(local)[: max(0, least - len(items))]


def _check_numbers(given: list[int], count: int) -> None:
    if given != list(range(1, count + 1)):
        raise ValueError("answers: one entry for each answer is needed, in order")


def _criteria(asked: AskedAnswer) -> str:
    rows = [f"key_{number}: {text}" for number, text in enumerate(asked.points, start=1)]
    rows.append("specific: names numbers, tools, dates or results instead of generalities")
    rows.append("structure: " + _STRUCTURE.get(asked.answer.kind, _STRUCTURE["technical"]))
    return "Criteria:\n" + "\n".join(rows)


_STORY = "situation, own task, own action and result can be told apart"
_STRUCTURE = {
    "behavioral": _STORY,
    "leadership": _STORY,
    "situational": _STORY,
    "hr": "a claim with its reason and an example",
    "technical": "a chain of reasons that weighs alternatives",
}


def _measured(asked: AskedAnswer) -> str:
    result = asked.answer.result
    rows = [
        f"{row['label']}: {row['measure']}" for row in result["parts"] if row["value"] is not None
    ]
    points = "\n".join(f"- {text}" for text in asked.points)
    return f"A good answer holds:\n{points}\nMeasured:\n" + "\n".join(rows)


def _block(number: int, asked: AskedAnswer, more: str) -> str:
    """One answer for the prompt. Sentences that speak to a grader are left out: no engine sees
    them."""
    told = [
        sentence
        for sentence in sentences(asked.answer.transcript)
        if instruction_count(sentence) == 0
    ]
    text = " ".join(told)
    return f"Answer {number}\nQuestion: {asked.question}\n{more}\nWhat was said:\n{text}"
