"""What the states of all administrators' pages begin with: is it an administrator who asks?"""

from __future__ import annotations

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState


class AdministratorState(SessionState, mixin=True):
    """A mixin: Reflex makes events of the class that takes it only when SessionState stands beside
    it. refused: who looks is no administrator."""

    refused: bool = False

    def _require_admin(self) -> CurrentUser | None:
        """Who sent this event; None, with everything forgotten, when they are no administrator."""
        user = self._greet()
        if user.role == "admin":
            self.refused = False
            return user
        self.reset()  # type: ignore[no-untyped-call]
        self.refused = True
        return None
