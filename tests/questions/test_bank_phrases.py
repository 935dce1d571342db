"""The linter reads phrases and key points as the scorer does, and sees what proves nothing."""

from __future__ import annotations

import pytest

from interview_coach.questions.bank import BankQuestion, BankSample
from interview_coach.questions.bank_finding import Finding
from interview_coach.questions.bank_phrases import (
    check_common_phrases,
    check_common_points,
    check_phrases,
)
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.relevance import MET, cover, proof_of, text_proof
from interview_coach.scoring.types import KeyPoint, Question
from tests.questions.test_bank import bank_question, raw_question

WEAK = "I do not know that, I have never seen it and would have to ask somebody."
PHRASES = ("boxes of tiles", "the shipment", "a crate of glass")
ELSEWHERE = "We painted the kitchen and the crate fell off the ladder, so we fetched a broom."


def asking(name: str, *phrases: str, text: str = "What was lost") -> BankQuestion:
    """A technical question whose first key point has these phrases."""
    points = raw_question()["key_points"]
    points[0] = {"text": text, "phrases": list(phrases)}
    return bank_question(id=name, type="technical", track="backend", key_points=points)


def answers(*texts: str) -> list[BankSample]:
    """Sample answers to questions of their own."""
    return [
        BankSample(question=f"technical-other-{place}", strong=text, weak=WEAK)
        for place, text in enumerate(texts)
    ]


def told(findings: list[Finding], rule: str) -> list[str]:
    """The phrases or texts that the findings of a rule name."""
    return [item.message.split("'")[1] for item in findings if item.rule == rule]


@pytest.mark.parametrize(
    "phrase",
    [
        "list",
        "in four weeks",
        "twenty percent",
        "by friday",
        "exactly once",
    ],
)
def test_one_everyday_word_number_or_time_is_weak_in_a_technical_question_too(phrase: str) -> None:
    findings = list(check_phrases(asking("technical-tiles", phrase, *PHRASES)))

    assert told(findings, "phrase-weak") == [phrase]


@pytest.mark.parametrize(
    "phrase",
    ["barcode scanner", "404", "idempotent", "list of known defects", "retry within weeks"],
)
def test_a_phrase_with_a_word_of_its_own_is_not_weak(phrase: str) -> None:
    assert list(check_phrases(asking("technical-tiles", phrase, *PHRASES))) == []


def test_what_the_rule_calls_one_word_is_what_the_scorer_meets() -> None:
    text = "How would you sort a parcel list?"
    assert set(proof_of("the log", text).weights) == {"log"}
    assert set(proof_of("n log n", text).weights) == set()
    assert set(proof_of("parcel tracking", text).weights) == set()

    for phrase, met in (("the log", True), ("n log n", False)):
        asked = Question("technical", text, (KeyPoint("The cost of it", (phrase,)),))
        said = read_answer("I would read the log of the server and restart it at night.", asked)
        assert [item.share >= MET for item in cover(said, asked)] == [met]


def test_a_phrase_that_other_answers_hold_is_common() -> None:
    question = asking("technical-tiles", *PHRASES)
    samples = answers(
        ELSEWHERE,
        "A crate of glass stood there, and the shop next door wanted it by noon.",
        ELSEWHERE,
        "Nothing of the kind ever came up in my time there, so I can only guess.",
    )

    assert told(list(check_common_phrases([question], samples)), "phrase-common") == []

    common = asking("technical-tiles", "ladder", *PHRASES)
    found = list(check_common_phrases([common], samples))
    assert told(found, "phrase-common") == ["ladder"]
    assert found[0].where == "technical-tiles"
    assert "2 answers" in found[0].message


def test_the_question_s_own_answer_may_hold_its_phrases() -> None:
    own = [BankSample(question="technical-tiles", strong=ELSEWHERE, weak=WEAK)]
    question = asking("technical-tiles", "ladder", *PHRASES)

    assert list(check_common_phrases([question], own * 3)) == []


def test_a_bare_word_that_many_questions_of_the_type_look_for_is_common() -> None:
    several = [asking(f"technical-tiles-{n}", "kafka", f"phrase {n}", *PHRASES) for n in range(9)]
    alone = [asking(f"technical-glue-{n}", f"glue{n} dries", *PHRASES) for n in range(9)]

    found = list(check_common_phrases([*several, *alone], []))

    assert told(found, "phrase-common").count("kafka") == 9
    assert not any("glue" in phrase for phrase in told(found, "phrase-common"))


def test_a_key_point_that_comes_to_one_common_word_is_found() -> None:
    question = asking("technical-tiles", *PHRASES, text="What was on the ladder")
    samples = answers(
        ELSEWHERE,
        ELSEWHERE,
        "Nothing of the kind ever came up in my time there, so I can only guess.",
    )

    found = list(check_common_points([question], samples))

    assert told(found, "point-common") == ["What was on the ladder"]
    assert found[0].field == "key_points.0.text"
    assert len(text_proof("What was on the ladder", question.text)) == 1
    better = asking("technical-tiles", *PHRASES, text="Which ladders carried the fragile crates")
    assert list(check_common_points([better], samples)) == []
