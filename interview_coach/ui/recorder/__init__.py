"""The recorder and the microphone check: React components of our own and their wrappers."""

from interview_coach.ui.recorder.recorder import microphone_check, recorder, waiting_answers

__all__ = ["microphone_check", "recorder", "waiting_answers"]
