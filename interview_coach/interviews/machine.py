"""The interview's state machine: pure, without database or clock."""

from __future__ import annotations

from collections.abc import Mapping

from interview_coach.kit.errors import CoachError

_STEPS: dict[str, dict[str, str]] = {
    "start": {"pending": "in_progress"},
    "pause": {"in_progress": "paused"},
    "resume": {"paused": "in_progress"},
    "complete": {"in_progress": "completed", "paused": "completed"},
    "abandon": {"pending": "abandoned", "in_progress": "abandoned", "paused": "abandoned"},
}
RUNNING = ("in_progress", "paused")
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


MOST_FOLLOW_UPS = 10
# How many may follow one another from one question: in a brisk interview one, else two.
_LONGEST_CHAIN = {"brisk": 1}
_USUAL_CHAIN = 2


def may_follow(
    links: Mapping[str, str | None], question_id: str, *, wanted: bool, status: str, patience: str
) -> bool:
    """Whether a follow-up may come to this question of an interview.

    links: by the id of each question the id of the one it follows, None for those chosen.
    """
    count = sum(parent is not None for parent in links.values())
    return (
        wanted
        and status in RUNNING
        and question_id in links
        and question_id not in links.values()
        and len(led_by(links, question_id)) < _LONGEST_CHAIN.get(patience, _USUAL_CHAIN)
        # Never more of them than of the questions that were chosen.
        and count < min(MOST_FOLLOW_UPS, len(links) - count)
    )


def led_by(links: Mapping[str, str | None], question_id: str) -> list[str]:
    """The questions this one follows from, the first of them first; empty for one of its own."""
    found: list[str] = []
    parent = links.get(question_id)
    while parent is not None and parent in links:
        found.insert(0, parent)
        parent = links.get(parent)
    return found
