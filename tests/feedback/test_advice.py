"""The local engine: what it says rests on the answer, and another answer gets other advice."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
from hypothesis import given

from bench.scorecard_ranking import HALVES, graded
from interview_coach.feedback.advice.facts import Analysed
from interview_coach.feedback.advice.local import advise
from interview_coach.feedback.advice.shapes import Advice
from interview_coach.scoring import score_json_line
from interview_coach.scoring.quotes import locate
from interview_coach.speech.types import Word
from tests.support.answers import MadeAnswer, timed
from tests.support.graded_answers import GRADED
from tests.support.scored import answers, some

LISTS = ("strengths", "weaknesses", "improvements")
GRADES = [(question, told[0], told[-1]) for question, told in GRADED]


def of(question: dict[str, Any], text: str, tone: str = "balanced") -> tuple[Analysed, Advice]:
    """A typed answer as analysed, and the advice on it."""
    result = score_json_line({"question": question, "text": text})
    answer = Analysed(question["type"], result, text)
    return answer, advise(answer, tone)


def items(advice: Advice) -> list[Any]:
    """All items of all lists."""
    return [item for name in LISTS for item in getattr(advice, name)]


@some
@given(answer=answers)
def test_every_item_rests_on_a_quote_or_a_measure(answer: MadeAnswer) -> None:
    analysed, advice = of(answer.question, answer.text)

    for item in [*items(advice), *advice.star_suggestions]:
        assert item.quote or item.measure, item
        if item.quote:
            assert item.quote in analysed.transcript
    for name in LISTS:
        about = [item.about for item in getattr(advice, name)]
        assert len(set(about)) == len(about), name
    assert 30 <= advice.next_drill.seconds <= 180
    assert "{" not in advice.model_dump_json().replace('{"', "").replace(":{", "")[1:]


def test_who_answers_another_question_is_told_which_before_all_else() -> None:
    sets = graded(HALVES[0])
    one, other = sets[12], sets[20]
    _, advice = of(other.question, one.answers[5])
    first = advice.weaknesses[0]
    assert first.about == "other_question"
    assert one.question["text"] in first.text
    assert "What was asked" in advice.next_drill.text
    _, advice = of(one.question, one.answers[5])
    assert "other_question" not in {item.about for item in items(advice)}


def test_who_answers_another_question_is_told_so_and_not_to_stay_on_it() -> None:
    sets = [one for one in graded(HALVES[0]) if one.question["type"] == "behavioral"]
    told: Counter[str] = Counter()
    for one in sets:
        for other in sets:
            analysed, advice = of(one.question, other.answers[5])
            if "off_question" in {row["part"] for row in analysed.result["parts"]}:
                nearer = analysed.result["metrics"].get("nearer_question")
                expected = "other_question" if nearer else "off_question"
                told[expected] += 1
                assert advice.weaknesses[0].about == expected
                assert "What was asked" in advice.next_drill.text
                assert "off_topic" not in {item.about for item in advice.strengths}
            else:
                assert "off_question" not in {item.about for item in items(advice)}
    # Where no other question stands out it is said without one.
    assert min(told["other_question"], told["off_question"]) >= 3


@some
@given(answer=answers)
def test_the_same_answer_gets_the_same_advice(answer: MadeAnswer) -> None:
    assert of(answer.question, answer.text)[1] == of(answer.question, answer.text)[1]


@pytest.mark.parametrize(("question", "strong", "weak"), GRADES)
def test_a_strong_and_a_weak_answer_share_at_most_a_third(
    question: dict[str, Any], strong: str, weak: str
) -> None:
    sets = []
    for text in (strong, weak):
        _, advice = of(question, text)
        sets.append({(name, item.about) for name in LISTS for item in getattr(advice, name)})
    shared = sets[0] & sets[1]
    assert len(shared) <= min(len(found) for found in sets) / 3, shared


def test_what_is_missing_is_named_by_the_question_s_own_key_points() -> None:
    question, _, weak = GRADES[0]

    _, advice = of(question, weak)

    points = {point["text"][1:] for point in question["key_points"]}
    named = [item.text for item in advice.improvements if item.about.startswith("point:")]
    assert named
    assert all(any(point in text for point in points) for text in named)


def test_an_answer_beside_the_question_hears_that_first() -> None:
    question = GRADES[0][0]
    text = (
        "A cache keeps a copy of data that is expensive to get. It saves time on every read, and "
        "I would not use one when the data changes on every request, because then nearly every "
        "read is a miss and the copy is stale before anybody has used it even once in the day."
    )

    _, advice = of(question, text)

    assert advice.weaknesses[0].about == advice.next_drill.about == "off_question"
    assert advice.weaknesses[1].about.startswith("point:")
    assert not any(item.about.startswith("star:") for item in advice.strengths)


def test_the_tone_changes_the_words_and_never_what_is_said() -> None:
    question, _, weak = GRADES[0]
    told = {tone: of(question, weak, tone)[1] for tone in ("gentle", "balanced", "direct")}

    for name in LISTS:
        about = {tone: [item.about for item in getattr(a, name)] for tone, a in told.items()}
        assert about["gentle"] == about["balanced"] == about["direct"]
    texts = {tone: [item.text for item in items(advice)] for tone, advice in told.items()}
    assert texts["gentle"] != texts["balanced"]
    assert texts["direct"] != texts["gentle"]


def test_wordings_vary_between_answers() -> None:
    question = GRADES[0][0]
    heads = set()
    for number in range(12):
        text = f"{GRADES[0][2]} That was on day {number + 2} of the month."
        _, advice = of(question, text)
        heads.update(
            item.text.partition(":")[0]
            for item in advice.improvements
            if item.about.startswith("point:")
        )
    assert len(heads) >= 3


def test_advice_on_a_recording_gives_the_seconds_of_its_quotes() -> None:
    question, strong, _ = GRADES[0]
    words = timed(strong)
    result = score_json_line(
        {"question": question, "words": words, "duration_seconds": words[-1]["end"] + 0.5}
    )
    spoken = tuple(Word(w["word"], w["start"], w["end"], w.get("probability")) for w in words)
    text = " ".join(word["word"] for word in words)

    advice = advise(Analysed(question["type"], result, text, spoken))

    quoted = [item for item in items(advice) if item.quote]
    assert quoted
    for item in quoted:
        found = locate(text, spoken, item.quote)
        assert found is not None
        assert item.start is not None
        assert item.start in {word["start"] for word in words}


@pytest.mark.parametrize("half", HALVES)
def test_nothing_is_said_twice_in_a_list(half: str) -> None:
    """Also not where an answer is so good that its strong sides fill the other lists: an interview
    drops what says the same again, and would show too few."""
    for one in graded(half):
        for text in one.answers.values():
            _, advice = of(one.question, text)
            for name in LISTS:
                said = [item.text for item in getattr(advice, name)]
                assert len(set(said)) == len(said), (name, said)
