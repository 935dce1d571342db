"""What every signed-in page knows: who is looking at it."""

from __future__ import annotations

import reflex as rx

from interview_coach.accounts.guard import sender
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.ai.configured import described
from interview_coach.ai.words import name_of
from interview_coach.settings import load_settings


class SessionState(rx.State):
    """Base of the states of signed-in pages. Events reach it only through the guard."""

    user_name: str = ""
    user_role: str = ""
    user_initials: str = ""
    user_is_admin: bool = False
    engine_note: str = ""
    # The sign-in this tab's state was loaded for; see `guard`.
    _owner: str = ""

    def _greet(self) -> CurrentUser:
        """Who sent this event; keeps what the page frame shows of them."""
        user = sender()
        self.user_name = user.full_name
        self.user_role = user.target_role or user.email
        self.user_initials = "".join(part[0] for part in user.full_name.split()[:2]).upper()
        self.user_is_admin = user.role == "admin"
        self.engine_note = _engine_note()
        return user


def _engine_note() -> str:
    """Where speech and words are worked on here, in two short sentences."""
    others = [name_of(engine.name) for engine in described(load_settings())]
    if not others:
        return "Speech and scores run on this machine. No cloud key set."
    named = " or ".join(others)
    return f"Speech runs on this machine. {named[:1].upper()}{named[1:]} words the feedback."
