"""The state of the settings page: what the server has. Changes go to the REST API by the page
itself, so that there is one door with one set of checks; afterwards the page asks to look again.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import reflex as rx
from sqlalchemy.exc import SQLAlchemyError

from interview_coach.accounts import exports, personal_tokens, profile, sessions
from interview_coach.accounts.mail import mailer_of
from interview_coach.accounts.schemas import (
    CurrentUser,
    ExportView,
    PersonalTokenView,
    PreferencesView,
    SessionView,
    UserView,
)
from interview_coach.accounts.settings_view import (
    AccountView,
    DeviceRow,
    ExportRow,
    TokenRow,
    account_view,
    device_row,
    export_row,
    preference_values,
    profile_values,
    token_row,
)
from interview_coach.accounts.state import SessionState
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.kit.pagination import MAX_PAGE_SIZE, PageRequest
from interview_coach.runtime import runtime

_AWAY = "The database does not answer right now. Nothing was changed; try again in a moment."
_SHOWN_EXPORTS = 3
log = get_logger("accounts.settings")


@dataclass(frozen=True)
class _Found:
    """Everything the page shows, as read in one go."""

    user: UserView
    preferences: PreferencesView
    sessions: list[SessionView]
    tokens: list[PersonalTokenView]
    exports: list[ExportView]


class SettingsState(SessionState):
    """What the server has of the person who looks. making: an export is on its way."""

    loaded: bool = False
    problem: str = ""
    account: AccountView = AccountView()
    profile: dict[str, Any] = {}
    preferences: dict[str, Any] = {}
    theme: str = ""
    motion: str = ""
    devices: list[DeviceRow] = []
    others: int = 0
    tokens: list[TokenRow] = []
    exports: list[ExportRow] = []
    making: bool = False

    @rx.event
    async def load(self) -> None:
        """Read everything; a failure takes the place of the page."""
        user = self._greet()
        self.problem = ""
        try:
            self._show(await _asked(user))
        except CoachError as error:
            self.problem = error.message
            return
        self.loaded = True

    @rx.event
    async def refresh(self) -> None:
        """Read everything again behind what is shown; a failure leaves that as it is."""
        user = self._greet()
        try:
            self._show(await _asked(user))
        except CoachError as error:
            log.warning("settings not refreshed", code=error.code)
            return
        self.loaded = True

    def _show(self, found: _Found) -> None:
        settings = runtime().settings
        self.account = account_view(
            found.user,
            self.user_initials,
            settings.audio_retention_days,
            mails=mailer_of(settings) is not None,
        )
        self.profile = profile_values(found.user)
        self.preferences = preference_values(found.preferences)
        self.theme, self.motion = found.preferences.theme, found.preferences.motion
        self.devices = [device_row(session) for session in found.sessions]
        self.others = sum(not row.current for row in self.devices)
        self.tokens = [token_row(token) for token in found.tokens]
        self.exports = [export_row(export) for export in found.exports]
        self.making = any(row.pending for row in self.exports)


async def _asked(user: CurrentUser) -> _Found:
    try:
        found: _Found = await rx.run_in_thread(lambda: _read(user))
    except SQLAlchemyError as error:
        log.error("database failed", kind=type(error).__name__)
        raise CoachError("database", _AWAY, 503) from error
    return found


def _read(user: CurrentUser) -> _Found:
    with runtime().database.reading() as session:
        return _Found(
            user=profile.profile(session, user.id),
            preferences=profile.preferences(session, user.id),
            sessions=sessions.listed(session, user, PageRequest(page_size=MAX_PAGE_SIZE)).items,
            tokens=personal_tokens.tokens_of(session, user.id),
            exports=exports.exports_of(session, user.id)[:_SHOWN_EXPORTS],
        )
