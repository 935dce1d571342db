"""The pages of an interview: the question bank, choosing one, the lobby, the room."""

from interview_coach.interviews.pages.browse import browse
from interview_coach.interviews.pages.lobby import lobby
from interview_coach.interviews.pages.practice import practice
from interview_coach.interviews.pages.room import room

__all__ = ["browse", "lobby", "practice", "room"]
