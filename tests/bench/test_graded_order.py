"""The sets of graded answers beside the scorecard's: whole, to other questions, and ordered."""

from __future__ import annotations

import pytest

from bench.graded_order import BRIEFS, orders, training
from bench.scorecard_ranking import BLIND, HALVES, graded


@pytest.mark.parametrize("brief", BRIEFS)
def test_each_set_has_five_tiers_of_different_answers(brief: str) -> None:
    sets = training(brief)
    assert len({one.question["text"] for one in sets}) == len(sets) == 320
    for one in sets:
        assert sorted(one.answers) == [1, 2, 3, 4, 5]
        assert len(set(one.answers.values())) == 5


def test_no_question_that_the_scorecard_ranks_is_among_them() -> None:
    names = [name for half in HALVES for name in (half, BLIND[half])]
    ranked = {one.question["text"] for name in names for one in graded(name)}
    for brief in BRIEFS:
        assert not ranked & {one.question["text"] for one in training(brief)}


def test_the_order_of_some_sets_is_told_with_the_means_of_tiers() -> None:
    share, means = orders(training("1")[::40], None)
    assert 0.5 < share < 1
    assert means[5] > means[3] > means[1]
