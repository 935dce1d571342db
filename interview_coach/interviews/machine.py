"""The interview's state machine: pure, without database or clock."""

from __future__ import annotations

from interview_coach.kit.errors import CoachError

_STEPS: dict[str, dict[str, str]] = {
    "start": {"pending": "in_progress"},
    "pause": {"in_progress": "paused"},
    "resume": {"paused": "in_progress"},
    "complete": {"in_progress": "completed", "paused": "completed"},
    "abandon": {"pending": "abandoned", "in_progress": "abandoned", "paused": "abandoned"},
}
OPEN = ("pending", "in_progress", "paused")
RECORDING_OVER = "This recording was deleted when its time was up."


def next_status(step: str, status: str) -> str:
    """The status after a step; a wrong step raises 409 `wrong_step` with the statuses allowed."""
    allowed = _STEPS[step]
    if status not in allowed:
        raise CoachError(
            "wrong_step",
            f"This interview is {status.replace('_', ' ')}; to {step} it, it must be "
            f"{' or '.join(name.replace('_', ' ') for name in allowed)}.",
            409,
            {"allowed": sorted(allowed), "current": status},
        )
    return allowed[status]


def had_recording(kind: str, status: str) -> bool:
    """Whether an answer's recording was taken in: where there is none now, its time was up."""
    return kind == "spoken" and status != "recording"
