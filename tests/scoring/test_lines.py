"""The input of `./coach score`: both forms, and clear words for what is wrong."""

from __future__ import annotations

from typing import Any

import pytest

from interview_coach.scoring import score_json_line
from tests.support.graded_answers import CONFLICT, GRADED

GOOD = GRADED[0][1][0]


def test_key_points_may_be_plain_texts() -> None:
    points = [point["text"] for point in CONFLICT["key_points"]]
    result = score_json_line({"question": {**CONFLICT, "key_points": points}, "text": GOOD})
    assert [row["text"] for row in result["key_points"]] == points


def test_the_type_is_behavioral_when_not_given() -> None:
    question = {"text": CONFLICT["text"]}
    assert score_json_line({"question": question, "text": GOOD})["star"] is not None


def test_words_may_lack_a_probability() -> None:
    words = [
        {"word": word, "start": index * 0.4, "end": index * 0.4 + 0.3}
        for index, word in enumerate(GOOD.split())
    ]
    result = score_json_line({"question": CONFLICT, "words": words, "duration_seconds": 70})
    assert result["scores"]["fluency"] is not None
    assert result["metrics"]["mean_word_probability"] is None
    assert result["metrics"]["duration_seconds"] == 70


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ([], "object"),
        ({"text": "hello"}, "question"),
        ({"question": {"type": "hr"}, "text": "hello"}, "question.text"),
        ({"question": {"type": "quiz", "text": "Why?"}, "text": "hello"}, "question.type"),
        ({"question": {"text": "Why?", "key_points": "a"}, "text": "hello"}, "key_points"),
        ({"question": {"text": "Why?", "key_points": [1]}, "text": "hello"}, "key point"),
        ({"question": {"text": "Why?"}}, "`text` or `words`"),
        ({"question": {"text": "Why?"}, "text": 5}, "`text`"),
        ({"question": {"text": "Why?"}, "words": {}}, "`words`"),
        ({"question": {"text": "Why?"}, "words": ["a"]}, r"words\[0\]"),
    ],
)
def test_a_wrong_line_says_what_is_wrong(line: Any, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        score_json_line(line)
