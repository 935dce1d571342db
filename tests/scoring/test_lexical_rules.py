"""What words prove, and what they do not: phrases, denials, queries read aloud, openings."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

from interview_coach.scoring import score_json_line
from interview_coach.scoring.negation import denied_words
from interview_coach.scoring.relevance import proof_of
from interview_coach.speech.fillers import find_fillers_in_text
from tests.support.answer_topics import TOPICS
from tests.support.answers import timed

QUESTION = {
    "type": "behavioral",
    "text": "Tell me about a mistake you made at work.",
    "key_points": [
        {"text": "The repair", "phrases": ["fixed it", "rolled back", "restored the backup"]},
        {"text": "Its size", "phrases": ["measured the damage", "customers could not pay"]},
        {"text": "Afterwards", "phrases": ["work together", "added an alert"]},
    ],
}
STORY = (
    "In 2021 I led the shift at a printing plant. I had to deliver 40,000 letters. I typed the "
    "wrong date, so I stopped the press and checked 300 sheets. "
)


def _levels(text: str, question: dict[str, Any] = QUESTION) -> list[str]:
    rows = score_json_line({"question": question, "text": text})["key_points"]
    return [row["level"] for row in rows]


@pytest.mark.parametrize(
    ("phrase", "weights"),
    [("n log n", set()), ("work together", set()), ("on time", set()), ("listened", {"listen"}),
     ("without blocking", {"block"}), ("restored the archive", {"restor", "archiv"})],
)  # fmt: skip
def test_a_phrase_needs_more_than_its_one_common_word(phrase: str, weights: set[str]) -> None:
    assert set(proof_of(phrase, QUESTION["text"]).weights) == weights


def test_an_everyday_phrase_is_thin_where_one_of_the_trade_is_clear() -> None:
    assert _levels(STORY + "We fixed it and everything was fine in the end.")[0] == "thin"
    assert _levels(STORY + "We rolled back the whole batch in the end.")[0] == "clear"


@pytest.mark.parametrize(
    "said",
    [
        "I would not say we never measured the damage.",
        "We never measured the damage.",
        "I would not say that we measured the damage.",
        "Nobody had measured the damage.",
    ],
)
def test_what_is_denied_meets_no_point(said: str) -> None:
    assert _levels(STORY + said)[1] == "missing"
    assert _levels(STORY + "We measured the damage in two days.")[1] == "clear"


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("it did not work until i added an index", "work"),
        ("i did not blame her but i listened", "blame her"),
        ("we no longer lost orders", ""),
        ("it was not only faster", ""),
    ],
)
def test_a_denial_ends_with_its_clause(text: str, denied: str) -> None:
    words = text.split()
    assert " ".join(words[place] for place in sorted(denied_words(words))) == denied


def test_a_point_that_denies_is_met_by_a_denial() -> None:
    points = [{"text": "No blame", "phrases": ["did not blame"]}]
    question = {**QUESTION, "key_points": points}
    assert _levels(STORY + "I did not blame the colleague who proofread it.", question) == ["clear"]


QUERIES = (
    (
        "I would write select name from customers where not exists select star from orders where "
        "orders customer id equals customers id and the date is greater than January. "
    ),
    (
        "Then it is select customer id, count star from orders group by customer id having count "
        "star greater than ten order by count desc. "
    ),
)


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_read_aloud_is_no_disorder(query: str) -> None:
    question = {"type": "technical", "text": "How would you find them in the database?"}
    text = query + "The where clause filters before the grouping and having filters after it."
    parts = score_json_line({"question": question, "text": text})["parts"]
    assert "coherence" not in {row["part"] for row in parts}


@pytest.mark.parametrize(
    "opening",
    [
        "For two years I had run the nightly import at a logistics firm.",
        "In 2021 I led the claims department of an insurer with nine developers.",
        "At a furniture retailer I was product lead for returns and four departments.",
    ],
)
def test_openings_of_stories_set_the_scene(opening: str) -> None:
    text = f"{opening} I wrote a plan of six pages. Then I tested each step with a colleague."
    star = score_json_line({"question": QUESTION, "text": text})["star"]
    assert star["situation"]["level"] == "clear"


def test_habits_are_no_actions() -> None:
    text = (
        "I delegate a lot and I trust my people. I give tasks to those who have the skills for it. "
        "I look at them regularly. I step in when it does not work and I solve it with the team."
    )
    star = score_json_line({"question": QUESTION, "text": text})["star"]
    assert star["action"]["level"] == "missing"


def test_of_two_answers_off_the_question_the_better_one_scores_higher() -> None:
    question = TOPICS[1].question
    better = score_json_line({"question": question, "text": STORY + "As a result we lost 2 hours."})
    worse = score_json_line(
        {"question": question, "text": "I like to cook, and the dog sleeps on the couch all day."}
    )
    assert better["scores"]["overall"] > worse["scores"]["overall"]
    assert worse["scores"]["overall"] <= 25


def test_the_er_is_a_place_and_a_hesitation() -> None:
    assert find_fillers_in_text("I worked in the ER and at the desk.") == []
    assert [item.text for item in find_fillers_in_text("I read the er next page.")] == ["er"]


def test_the_time_of_a_filler_is_in_the_pauses() -> None:
    words = timed(STORY)
    place = next(
        index for index, (left, right) in enumerate(pairwise(words), 1)
        if right["start"] - left["end"] > 0.5
    )  # fmt: skip
    um = {"word": "um", "probability": 0.8, "start": words[place - 1]["end"] + 0.02,
          "end": words[place]["start"] - 0.02}  # fmt: skip
    quiet = score_json_line({"question": QUESTION, "words": words})
    filled = score_json_line({"question": QUESTION, "words": [*words[:place], um, *words[place:]]})

    def pauses(result: dict[str, Any]) -> str:
        return str(next(row["measure"] for row in result["parts"] if row["part"] == "pauses"))

    assert pauses(quiet) == pauses(filled)
    assert filled["metrics"]["pause_count"] == quiet["metrics"]["pause_count"] - 1
