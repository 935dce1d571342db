"""How far an answer speaks of the question's subject, beyond chance."""

from __future__ import annotations

import pytest

from bench.scorecard_ranking import HALVES, graded
from interview_coach.questions.bank_subject import table
from interview_coach.scoring import KeyPoint, Question, score_json_line
from interview_coach.scoring.answer_text import read_answer
from interview_coach.scoring.subject import WORDS_FILE, said_words, subject_match
from tests.support.answer_topics import TOPICS
from tests.support.topic import Topic

POINTS = (
    KeyPoint("Why the oven failed", ("thermostat", "burnt loaves", "cold corner")),
    KeyPoint("How the bakers were told", ("handover sheet", "night shift")),
)
OVEN = Question("behavioral", "Tell me about a fault you found.", POINTS)


def _match(text: str, question: Question = OVEN) -> float:
    return subject_match(said_words(read_answer(text, question), question), question)


def test_the_words_are_those_of_the_bank() -> None:
    assert WORDS_FILE.read_text(encoding="utf-8") == table(), (
        "run python -m interview_coach.questions.bank_subject"
    )


def test_rare_shared_words_are_beyond_chance_and_other_words_are_not() -> None:
    on = _match("The thermostat was broken, so I wrote it on the sheet for the shift at night.")
    off = _match("The invoice was wrong, so I called the client and sent him another one.")
    assert on > 2.0
    assert off < 0.5


def test_the_words_of_the_question_and_no_key_points_are_no_subject() -> None:
    assert _match("A fault that I found, I found a fault, and I tell you about the fault.") <= 0.0
    alone = Question("behavioral", "Tell me about a fault you found.")
    assert _match("The thermostat of the oven was broken and I found it.", alone) == 0.0


def test_strong_answers_stand_apart_from_those_to_other_questions() -> None:
    sets = graded(HALVES[0])
    questions = [
        Question(
            one.question["type"],
            one.question["text"],
            tuple(KeyPoint(p["text"], tuple(p["phrases"])) for p in one.question["key_points"]),
        )
        for one in sets
    ]
    own = [_match(one.answers[5], question) for one, question in zip(sets, questions, strict=True)]
    other = [
        _match(one.answers[5], question)
        for place, one in enumerate(sets)
        for question in questions[:place] + questions[place + 1 :]
    ]
    above = sum(left > right for left in own for right in other) / (len(own) * len(other))
    assert above >= 0.95


def test_a_good_answer_in_other_words_is_not_cut_as_off_the_question() -> None:
    """It meets no point by its phrases but speaks of the subject all along."""
    question = {
        "type": "behavioral",
        "text": "Tell me about a fault you found.",
        "key_points": [
            {
                "text": "Why the oven failed",
                "phrases": ["thermostat was broken", "cold corner left"],
            },
            {"text": "How the bakers were told", "phrases": ["wrote a handover sheet"]},
        ],
    }
    text = (
        "Two years ago our bakery lost about forty loaves a week, always from the same tray. I had "
        "to find out why, so I measured every corner with a probe during one shift and compared "
        "it with what the thermostat showed. It was eleven degrees off. I ordered a new one, put "
        "the numbers on the sheet for my colleagues and checked the tray with them on Monday. "
        "As a result we dropped from forty to two."
    )
    rows = score_json_line({"question": question, "text": text})["parts"]
    assert "off_question" not in {row["part"] for row in rows}, rows


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.question["text"][:40])
@pytest.mark.parametrize("times", [1, 5])
def test_the_question_said_back_is_no_subject_of_its_own(topic: Topic, times: int) -> None:
    asked = topic.question
    points = tuple(KeyPoint(row["text"], tuple(row["phrases"])) for row in asked["key_points"])
    question = Question(asked["type"], asked["text"], points)
    assert _match(" ".join([asked["text"]] * times), question) <= 0.0
    told = " ".join([*topic.opening, *topic.middle, *topic.ending])
    assert _match(told, question) > 0.0
