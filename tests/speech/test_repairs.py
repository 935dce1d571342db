"""Repeats and restarts are found; plain doublings are not."""

from __future__ import annotations

import pytest

from interview_coach.speech.repairs import find_repairs


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("i i went", ["repeat"]),
        ("we were we were late", ["repeat"]),
        ("the the the plan", ["repeat", "repeat"]),
        ("he had had enough and that that helped", []),
        ("it was very very good", []),
        ("i was i went home", ["restart"]),
        ("the pro project failed", ["restart"]),
        ("we shipped no wait we sold it", ["restart"]),
        ("we went and then we left", []),
        ("call 5 5 times", []),
    ],
)
def test_repairs(text: str, kinds: list[str]) -> None:
    assert [repair.kind for repair in find_repairs(text.split())] == kinds


def test_what_was_given_up_is_known() -> None:
    (repair,) = find_repairs(["we", "were", "we", "were", "late"])
    assert (repair.first, repair.last, repair.abandoned) == (0, 3, 2)
