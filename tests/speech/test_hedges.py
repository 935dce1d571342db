"""Hedges count only where they take something back."""

from __future__ import annotations

import pytest

from interview_coach.speech.hedges import find_hedges


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("i think we lost about sixty orders", 1),
        ("i had to think and i think about it often", 0),
        ("maybe it was more or less my fault", 2),
        ("we might go in may", 1),
        ("i believe in testing", 0),
        ("i believe it was tuesday", 1),
        ("im not sure and i dont know", 2),
        ("we led the project and shipped it", 0),
        ("i feel confident", 0),
        ("they were treated fairly and paid", 0),
        ("it was fairly late", 1),
    ],
)
def test_context_decides(text: str, count: int) -> None:
    assert sum(hedge.counts for hedge in find_hedges(text.split())) == count


def test_a_phrase_that_does_not_count_is_still_marked() -> None:
    (hedge,) = find_hedges(["i", "think", "about", "it"])
    assert (hedge.first, hedge.last, hedge.counts) == (0, 1, False)
