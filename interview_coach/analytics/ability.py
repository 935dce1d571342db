"""How well somebody answers questions of a type, on the scale of their difficulties. Pure.

The Elo rating system as learning systems use it, with the Rasch model's curve and an update that
shrinks as results come in (R. Pelanek, "Applications of the Elo rating system in adaptive
educational systems", Computers & Education 98, 2016). An outcome is the score divided by 100.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

# In logits. One level apart changes an expected score of 62 to 82 or 38.
DIFFICULTY = {"easy": -1.0, "medium": 0.0, "hard": 1.0}
# Where somebody stands who has not answered yet: 62 points expected at medium.
UNKNOWN = 0.5
# Pelanek's uncertainty function a / (1 + b n).
_FIRST_STEP = 1.0
_STEP_DECAY = 0.05


def estimate(results: Iterable[tuple[str, float]]) -> float:
    """The ability, in logits, after these results in the order of time.

    results: the difficulty (a key of `DIFFICULTY`) and the score (0-100) of each.
    """
    ability = UNKNOWN
    for number, (difficulty, score) in enumerate(results):
        step = _FIRST_STEP / (1 + _STEP_DECAY * number)
        ability += step * (score / 100 - expected(ability, difficulty))
    return ability


def expected(ability: float, difficulty: str) -> float:
    """The expected score, as a share of 1, of this ability at this difficulty."""
    return 1 / (1 + math.exp(DIFFICULTY[difficulty] - ability))
