"""What every signed-in page knows: who is looking at it."""

from __future__ import annotations

import reflex as rx

from interview_coach.accounts.guard import sender
from interview_coach.accounts.schemas import CurrentUser


class SessionState(rx.State):
    """Base of the states of signed-in pages. Events reach it only through the guard."""

    user_name: str = ""
    user_role: str = ""
    user_initials: str = ""
    user_is_admin: bool = False
    # The sign-in this tab's state was loaded for; see `guard`.
    _owner: str = ""

    def _greet(self) -> CurrentUser:
        """Who sent this event; keeps what the page frame shows of them."""
        user = sender()
        self.user_name = user.full_name
        self.user_role = user.target_role or user.email
        self.user_initials = "".join(part[0] for part in user.full_name.split()[:2]).upper()
        self.user_is_admin = user.role == "admin"
        return user
