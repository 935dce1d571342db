"""What an engine is asked for a follow-up question, and what of its answer is believed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pydantic import Field

from interview_coach.ai.prompts import Data, instruction_count, load_prompt
from interview_coach.ai.router import Answered, Task
from interview_coach.ai.types import Shape
from interview_coach.feedback.follow_ups.choosing import Chosen, Said, vocabulary
from interview_coach.interviews.follow_ups import FollowUp
from interview_coach.interviews.schemas import FollowUpKind
from interview_coach.scoring.quotes import locate, sentences
from interview_coach.speech.text import tokenise

LOCAL = "local"
LOCAL_VERSION = "follow_up.local.v1"
_MOST_WORDS = 45
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_QUOTED = re.compile(r"[\"\u201c]([^\"\u201c\u201d]+)[\"\u201d]")


class AskedFollowUp(Shape):
    """One follow-up question with the words of the answer it takes up."""

    kind: FollowUpKind
    question: str = Field(min_length=8, max_length=400)
    quote: str = Field(min_length=3, max_length=400)


class Asking:
    """One task, with the number of quotes that were given and never said."""

    def __init__(self, question: str, said: Said, lacks: Sequence[str], local: Chosen) -> None:
        self._question = question
        self._said = said
        self._lacks = lacks
        self._local = local
        self.quotes_dropped = 0

    def task(self, user_id: str) -> Task[AskedFollowUp]:
        """The task. Sentences that speak to a grader are left out: no engine sees them."""
        told = " ".join(
            sentence
            for sentence in sentences(self._said.transcript)
            if instruction_count(sentence) == 0
        )
        names = [vocabulary()[kind]["lacks"] for kind in self._lacks]
        return Task(
            name="follow_up",
            prompt=load_prompt("follow_up"),
            values={
                "question": Data(self._question),
                "answer": Data(told),
                "lacks": "; ".join(names) or "nothing that can be measured; challenge a choice",
            },
            shape=AskedFollowUp,
            local=self._from_local,
            user_id=user_id,
            check=self._check,
        )

    def follow_up(self, answered: Answered[AskedFollowUp]) -> FollowUp:
        """The question to put, whoever worded it."""
        local = answered.engine == LOCAL
        value = answered.value
        found = None if local else locate(self._said.transcript, self._said.words, value.quote)
        passed = [{"engine": item.engine, "kind": item.kind} for item in answered.passed]
        if found is None:
            return of_local(self._local, passed, self.quotes_dropped)
        return FollowUp(
            kind=value.kind,
            text=value.question,
            quote=found.quote,
            start=found.start,
            engine=answered.engine,
            model=answered.model,
            prompt=answered.prompt,
            passed=passed,
            quotes_dropped=self.quotes_dropped,
            tips=list(vocabulary()[value.kind]["tips"]),
        )

    def _from_local(self) -> AskedFollowUp:
        local = self._local
        return AskedFollowUp.model_construct(
            kind=local.kind, question=local.text, quote=local.quote or ""
        )

    def _check(self, value: AskedFollowUp) -> None:
        """ValueError, with the rule that is broken, for a question that must not be put."""
        if self._said_at(value.quote) is None:
            self.quotes_dropped += 1
            raise ValueError("quote: these words do not stand in the answer")
        if not value.question.endswith("?") or value.question.count("?") > 1:
            raise ValueError("question: one question that ends with a question mark is needed")
        if len(tokenise(value.question)) > _MOST_WORDS:
            raise ValueError("question: it is too long")
        if instruction_count(value.question):
            raise ValueError("question: it speaks to a grader")
        if any(self._said_at(quoted[1]) is None for quoted in _QUOTED.finditer(value.question)):
            self.quotes_dropped += 1
            raise ValueError("question: it quotes words that do not stand in the answer")
        known = f"{self._question} {self._said.transcript}"
        if set(_NUMBER.findall(value.question)) - set(_NUMBER.findall(known)):
            raise ValueError("question: it holds a number nobody has named")

    def _said_at(self, quote: str) -> object | None:
        return locate(self._said.transcript, self._said.words, quote)


def of_local(
    chosen: Chosen, passed: list[dict[str, str]] | None = None, quotes_dropped: int = 0
) -> FollowUp:
    """The local engine's question. passed: engines that were asked before and gave nothing."""
    return FollowUp(
        kind=chosen.kind,
        text=chosen.text,
        quote=chosen.quote,
        start=chosen.start,
        engine=LOCAL,
        model=LOCAL,
        prompt=LOCAL_VERSION,
        passed=passed or [],
        quotes_dropped=quotes_dropped,
        tips=list(vocabulary()[chosen.kind]["tips"]),
    )
