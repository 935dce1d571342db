"""The pages of an interview: choosing one, the lobby, the room."""

from interview_coach.interviews.pages.lobby import lobby
from interview_coach.interviews.pages.practice import practice
from interview_coach.interviews.pages.room import room

__all__ = ["lobby", "practice", "room"]
