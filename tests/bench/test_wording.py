"""The table of words and the weights of models are of the graded answers beside them."""

from __future__ import annotations

import numpy as np
import pytest

from bench import wording
from bench.scorecard_ranking import BLIND, HALVES, graded
from interview_coach.ai.wording import lessons
from interview_coach.questions.bank import load_bank
from interview_coach.scoring.wording import STEPS, WORDS_FILE


def test_the_table_and_the_models_are_of_these_answers() -> None:
    first = WORDS_FILE.read_text(encoding="utf-8").splitlines()[0]
    again = "run python -m bench.wording, and with --model for each model of wording_models.json"
    assert first.split()[-1] == wording.mark(), again
    assert {lesson.texts for lesson in lessons().values()} == {wording.mark()}, again


def test_no_question_that_the_scorecard_ranks_is_trained_on() -> None:
    ranked = {
        one.question["text"] for half in HALVES for name in (half, BLIND[half])
        for one in graded(name)
    }  # fmt: skip
    trained = {told.question.text for told in wording.training()}
    assert len(trained) > 300
    assert not ranked & trained
    assert trained <= {entry.text for entry in load_bank()}


def test_no_person_weighs_anything() -> None:
    lines = WORDS_FILE.read_text(encoding="utf-8").splitlines()[1:]
    known = {word for line in lines for word in line.split(" ")[STEPS:]}
    assert "wife" in wording.PERSONS
    assert not known & wording.PERSONS


def test_ridge_finds_the_word_that_tells_and_leaves_a_set_s_own_level_aside() -> None:
    # Two sets of answers; the first feature follows the tier, the second the set.
    features = np.asarray([[1, 1], [0, 1], [1, 0], [0, 0]], dtype=float)
    tiers = np.asarray([[5.0], [3], [3], [1]])
    found = wording.ridge(features, tiers, np.asarray([0, 0, 1, 1]), 1e-9)
    assert found[:, 0] == pytest.approx([2, 0], abs=1e-6)


def test_a_table_is_made_of_the_answers_it_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "LEAST_QUESTIONS", 8)
    monkeypatch.setattr(wording, "LEAST_TYPES", 1)
    first, *lines = wording.table(wording.training()[:250]).splitlines()
    assert first.split()[-1] == wording.mark()
    weights = [[int(weight) for weight in line.split(" ")[:STEPS]] for line in lines]
    assert len(weights) > 100
    assert all(min(step) < 0 < max(step) for step in zip(*weights, strict=True))
