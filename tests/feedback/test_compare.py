"""Earlier advice is settled by measures, and two transcripts are told apart word by word."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from interview_coach import scoring
from interview_coach.feedback.advice.compare import (
    Settled,
    Stretch,
    differing_words,
    settle,
    shortened,
    subject_of,
)
from interview_coach.feedback.advice.facts import Analysed, facts_of
from interview_coach.feedback.advice.local import advise
from interview_coach.feedback.advice.shapes import Item
from tests.support.interviews import STRONG_ANSWER

WEAK = (
    "So we kind of had this problem with the checkout, I guess, and we had to do something about "
    "it before the sale. Maybe we looked at it for some days and we sort of tried a few things and "
    "talked a lot about it with everybody in the team, and in the end I think it was probably fine."
)
QUESTION = scoring.Question(
    "behavioral",
    "Tell me about a time you met a tight deadline.",
    (
        scoring.KeyPoint("names the deadline", ("before the sale", "deadline")),
        scoring.KeyPoint("gives a result in numbers", ("failed payments went down", "percent")),
    ),
)


def _analysed(text: str) -> Analysed:
    result = scoring.score(QUESTION, scoring.Spoken(text)).to_json()
    return Analysed("behavioral", result, text)


def _settled(before: str, after: str) -> list[Settled]:
    earlier = _analysed(before)
    return settle(earlier, advise(earlier), _analysed(after))


def test_what_the_later_take_mends_is_fixed_and_the_rest_is_still_missing() -> None:
    found = {subject_of(one.about): one for one in _settled(WEAK, STRONG_ANSWER)}
    assert found["point:1"].state == "fixed"
    assert found["hedges"].state == "fixed"
    poor = {subject_of(fact.about) for fact in facts_of(_analysed(STRONG_ANSWER)) if not fact.good}
    for subject, one in found.items():
        assert (one.state == "missing") == (subject in poor), subject
    assert "fixed" in {one.state for one in found.values()}


def test_the_same_take_again_fixes_nothing() -> None:
    found = _settled(WEAK, WEAK)
    assert found
    assert {one.state for one in found} == {"missing"}
    assert all(one.before == one.after for one in found)


def test_each_thing_is_told_once_and_strengths_never() -> None:
    found = _settled(WEAK, STRONG_ANSWER)
    subjects = [subject_of(one.about) for one in found]
    assert len(subjects) == len(set(subjects))
    good = {subject_of(fact.about) for fact in facts_of(_analysed(WEAK)) if fact.good}
    assert not good & set(subjects)


def test_what_the_later_take_cannot_show_is_not_called_fixed() -> None:
    earlier = _analysed(WEAK)
    later = _analysed(STRONG_ANSWER)
    parts = [
        {**row, "value": None, "cost": 0.0} if row["part"] == "hedges" else row
        for row in later.result["parts"]
    ]
    unmeasured = replace(later, result={**later.result, "parts": parts})
    found = {one.about: one.state for one in settle(earlier, advise(earlier), unmeasured)}
    assert found["hedges"] == "unknown"


def test_advice_about_something_that_was_not_measured_is_left_out() -> None:
    earlier = _analysed(WEAK)
    told = advise(earlier)
    own = Item(text="Wear a brighter shirt.", about="shirt")
    told = told.model_copy(update={"weaknesses": [own, *told.weaknesses[1:]]})
    assert "Wear a brighter shirt." not in {
        one.text for one in settle(earlier, told, _analysed(STRONG_ANSWER))
    }


def test_a_touched_point_is_the_same_point() -> None:
    assert subject_of("thin_point:2") == subject_of("point:2")
    assert subject_of("thin_star:result") == "star:result"
    assert subject_of("rate_fast") == subject_of("rate_slow") == subject_of("rate")


def test_words_that_changed_are_told_and_punctuation_is_no_change() -> None:
    found = differing_words("And it was fine, we fixed most.", "and it was Fine we lost sixty")
    assert found == [
        Stretch("same", "and it was Fine we"),
        Stretch("out", "fixed most."),
        Stretch("in", "lost sixty"),
    ]


@given(
    st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=30),
    st.lists(st.sampled_from(["one", "two", "three", "four", "five"]), max_size=30),
)
def test_each_side_can_be_read_out_of_the_differences(old: list[str], new: list[str]) -> None:
    found = differing_words(" ".join(old), " ".join(new))
    assert " ".join(one.text for one in found if one.change != "out") == " ".join(new)
    assert " ".join(one.text for one in found if one.change != "in") == " ".join(old)


@pytest.mark.parametrize("kept", [1, 6])
def test_long_unchanged_stretches_are_cut_and_changes_never(kept: int) -> None:
    same = Stretch("same", " ".join(str(number) for number in range(100)))
    out = Stretch("out", " ".join("gone" for _ in range(100)))
    found = shortened([same, out, same, out, same], kept)
    assert [one for one in found if one.change == "out"] == [out, out]
    assert [len(one.text.split()) for one in found if one.change == "same"] == [
        kept + 1,
        2 * kept + 1,
        kept + 1,
    ]
    assert found[0].text.endswith("99")
    assert found[2].text.startswith("0 ")
    assert found[4].text.startswith("0 ")
