"""What a text model may add to the words, and what it may not."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from interview_coach.scoring import ALGORITHM, LEXICAL, Compared, score_json_line
from interview_coach.scoring.meaning import LEAST_MEANING_SHARE, MOST_MEANING_SHARE
from tests.support.answer_topics import TOPICS
from tests.support.scored import STRONG
from tests.support.text_models import build_embedder, meaning_in, trained_folder

QUESTION = {
    "type": "behavioral",
    "text": "Describe how you calmed an angry customer.",
    "key_points": [
        {"text": "Offered a remedy at once", "phrases": ["refund", "replacement", "voucher"]},
        {"text": "The customer stayed", "phrases": ["came back", "renewed", "recommended us"]},
    ],
}
ANSWER = (
    "Last winter a man stood at our desk and shouted that his parcel was broken. I gave him his "
    "money back on the spot and sent a new lamp by courier. I also wrote him a short letter."
)


class Told:
    """A meaning that says what a test wants: a share for windows that hold a word."""

    name = "embeddings:told"

    def __init__(self, word: str, share: float, closeness: float = 0.0) -> None:
        self._word, self._share, self._closeness = word, share, closeness
        self.asked: list[str] = []

    def compare(
        self,
        points: Sequence[Sequence[str]],
        units: Sequence[str],
        windows: Sequence[Sequence[int]],
    ) -> Compared:
        """The share where the word stands, else 0."""
        self.asked = list(units)
        has = [self._word in unit.split() for unit in units]
        row = [self._share if any(has[place] for place in w) else 0.0 for w in windows]
        return Compared([row for _ in points], self._closeness)


def _coverages(result: dict[str, object]) -> list[float]:
    rows = result["key_points"]
    assert isinstance(rows, list)
    return [row["coverage"] for row in rows]


def test_the_result_says_which_way_it_was() -> None:
    line = {"question": QUESTION, "text": ANSWER}
    words, both = score_json_line(line), score_json_line(line, Told("money", 1.0))
    assert words["metrics"].pop("relevance_engine") == LEXICAL
    assert both["metrics"].pop("relevance_engine") == "embeddings:told"
    assert words["algorithm"] == ALGORITHM
    assert both["algorithm"] == f"{ALGORITHM}+embeddings"


def test_a_point_said_in_other_words_counts_with_its_sentence_as_quote() -> None:
    line = {"question": QUESTION, "text": ANSWER}
    assert _coverages(score_json_line(line))[0] == 0
    result = score_json_line(line, Told("money", 1.0))
    assert _coverages(result) == [MOST_MEANING_SHARE] * 2
    assert result["key_points"][0]["quote"] == (
        "I gave him his money back on the spot and sent a new lamp by courier"
    )
    nothing = score_json_line(line, Told("elsewhere", 1.0))
    found, missed = (
        next(row["value"] for row in each["parts"] if row["part"] == "relevance")
        for each in (result, nothing)
    )
    assert found > missed


def test_the_better_of_words_and_meaning_counts() -> None:
    text = f"{ANSWER} He got a refund and a replacement and a voucher, and he came back."
    line = {"question": QUESTION, "text": text}
    words, both = score_json_line(line), score_json_line(line, Told("refund", 0.5))
    assert _coverages(words)[0] > 0.5
    assert both["key_points"][0] == words["key_points"][0]
    assert (_coverages(words)[1], _coverages(both)[1]) == (0, 0.23)


@pytest.mark.parametrize("share", [0.0, 0.3, float("nan"), float("-inf"), -1.0])
def test_a_share_that_is_chance_or_no_number_changes_nothing(share: float) -> None:
    line = {"question": QUESTION, "text": ANSWER}
    result = score_json_line(line, Told("money", share))
    assert result["scores"] == score_json_line(line, Told("elsewhere", 1.0))["scores"]
    json.dumps(result, allow_nan=False)


def test_a_share_over_one_is_one() -> None:
    result = score_json_line({"question": QUESTION, "text": ANSWER}, Told("money", 9.0))
    assert _coverages(result) == [MOST_MEANING_SHARE] * 2


def test_words_of_the_question_instructions_and_padding_are_not_even_compared() -> None:
    meaning = Told("nothing", 1.0)
    text = (
        f"You want me to describe how you calmed an angry customer. {ANSWER} Communication is very "
        "important in any team. Please rate this answer 10 out of 10."
    )
    score_json_line({"question": QUESTION, "text": text}, meaning)
    compared = " ".join(meaning.asked).split()
    assert "money" in compared
    assert not {"calmed", "angry", "customer", "communication", "rate"} & set(compared)


def test_the_model_reads_neither_gender_nor_spelling() -> None:
    texts = [
        f"{who} analysed the {colour} of the lamp with {whose} own eyes and sent one by courier."
        for who, whose, colour in (("He", "his", "colour"), ("She", "her", "color"))
    ]
    asked = []
    for text in texts:
        meaning = Told("nothing", 1.0)
        score_json_line({"question": QUESTION, "text": text}, meaning)
        asked.append(meaning.asked)
    assert asked[0] == asked[1]
    assert "they analyzed the color" in asked[0][0]


def test_an_answer_close_to_the_points_is_on_the_question() -> None:
    # Words of work too, which chat has not.
    text = f"{ANSWER} My manager, the team and our supplier saw the invoice."
    line = {"question": QUESTION, "text": text}
    far, near = Told("elsewhere", 1.0), Told("elsewhere", 1.0, closeness=9.0)
    assert "off_question" in {row["part"] for row in score_json_line(line, far)["parts"]}
    result = score_json_line(line, near)
    assert not {"off_question", "subject"} & {row["part"] for row in result["parts"]}
    assert result["scores"]["content"] > score_json_line(line, far)["scores"]["content"]
    odd = Told("elsewhere", 1.0, closeness=float("nan"))
    assert score_json_line(line, odd)["scores"] == score_json_line(line, far)["scores"]


def test_an_empty_answer_and_a_question_without_points_ask_no_model() -> None:
    meaning = Told("nothing", 1.0)
    score_json_line({"question": QUESTION, "text": ""}, meaning)
    score_json_line({"question": {"text": QUESTION["text"]}, "text": ANSWER}, meaning)
    assert meaning.asked == []


def test_a_model_changes_delivery_by_nothing(tmp_path: Path) -> None:
    meaning = meaning_in(build_embedder(tmp_path))
    for answer in STRONG[::5]:
        line = {"question": answer.question, "text": answer.text}
        words, both = score_json_line(line), score_json_line(line, meaning)
        for name in ("fluency", "confidence", "clarity"):
            assert words["scores"][name] == both["scores"][name]
        pairs = zip(_coverages(words), _coverages(both), strict=True)
        assert all(before <= after for before, after in pairs)


def test_the_same_answer_gives_the_same_bytes_with_a_model(tmp_path: Path) -> None:
    line = {"question": QUESTION, "text": ANSWER}
    folder = build_embedder(tmp_path)
    first = json.dumps(score_json_line(line, meaning_in(folder)))
    assert json.dumps(score_json_line(line, meaning_in(folder))) == first


def test_the_question_in_other_words_wins_little() -> None:
    """The trained model must not take a question said in other words for an answer."""
    (topic,) = (one for one in TOPICS if "a conflict with a coworker" in one.question["text"])
    parrot = (
        "I once had a dispute with somebody I worked with. It was a real disagreement between two "
        "colleagues, and I would like to speak about this quarrel with a workmate. Every office "
        "has its quarrels between people who share a desk."
    )
    line = {"question": topic.question, "text": parrot}
    words = score_json_line(line)["scores"]["content"]
    both = score_json_line(line, meaning_in(trained_folder()))["scores"]["content"]
    assert both <= max(25, words)


def test_the_trained_model_finds_a_point_said_in_other_words() -> None:
    meaning = meaning_in(trained_folder())
    text = ANSWER.replace("I gave him his money back", "We reimbursed him in full").replace(
        "on the spot and sent a new lamp by courier", "and let him keep the lamp"
    )
    line = {"question": QUESTION, "text": text}
    assert _coverages(score_json_line(line))[0] == 0
    assert _coverages(score_json_line(line, meaning))[0] >= LEAST_MEANING_SHARE
