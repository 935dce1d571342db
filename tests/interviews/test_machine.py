"""Every step from every status: allowed ones move, wrong ones answer 409 with those allowed."""

from __future__ import annotations

import pytest

from interview_coach.interviews.machine import next_status
from interview_coach.kit.errors import CoachError

STATUSES = ("pending", "in_progress", "paused", "completed", "abandoned")
ALLOWED = {
    ("start", "pending"): "in_progress",
    ("pause", "in_progress"): "paused",
    ("resume", "paused"): "in_progress",
    ("complete", "in_progress"): "completed",
    ("complete", "paused"): "completed",
    ("abandon", "pending"): "abandoned",
    ("abandon", "in_progress"): "abandoned",
    ("abandon", "paused"): "abandoned",
}


@pytest.mark.parametrize("step", ["start", "pause", "resume", "complete", "abandon"])
@pytest.mark.parametrize("status", STATUSES)
def test_every_step_from_every_status(step: str, status: str) -> None:
    if (step, status) in ALLOWED:
        assert next_status(step, status) == ALLOWED[step, status]
        return
    with pytest.raises(CoachError) as refused:
        next_status(step, status)
    assert refused.value.status == 409
    assert refused.value.extra["allowed"] == sorted(
        before for (name, before) in ALLOWED if name == step
    )
