"""The state of the administrators' pages: it reads alone. Changes go to the REST API by the page
itself; afterwards the page asks to look again."""

from __future__ import annotations

from typing import Any

import reflex as rx
from sqlmodel import Session

from interview_coach.accounts import administration
from interview_coach.accounts.admin_schemas import (
    AuditRequest,
    LiveSessionsRequest,
    UsersRequest,
)
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.errors import CoachError
from interview_coach.operations import admin_jobs, admin_view
from interview_coach.operations.admin_view import EMPTY_LISTING, Listing
from interview_coach.operations.administrator_state import AdministratorState
from interview_coach.operations.schemas import JobsRequest
from interview_coach.questions import editing
from interview_coach.questions.admin_schemas import BankRequest
from interview_coach.runtime import runtime

_ROWS = 25
_MAX_PAGE = 100_000
_MAX_WORDS = 254
_MAX_BANK_WORDS = 100
_CHOICES = {
    "users": admin_view.USER_CHOICES,
    "audit": admin_view.AUDIT_CHOICES,
    "jobs": admin_view.JOB_CHOICES,
    "sessions": (("", "All"),),
    "questions": admin_view.QUESTION_CHOICES,
}


class AdminState(AdministratorState, SessionState):
    """One list at a time. section: which one is loaded, empty for none. words, choice: its
    filters."""

    section: str = ""
    problem: str = ""
    words: str = ""
    choice: str = ""
    listing: Listing = EMPTY_LISTING
    _asked: str = ""
    _page: int = 1

    @rx.event
    async def open_users(self) -> None:
        """Show the accounts."""
        await self._open("users")

    @rx.event
    async def open_audit(self) -> None:
        """Show the audit log."""
        await self._open("audit")

    @rx.event
    async def open_jobs(self) -> None:
        """Show the jobs."""
        await self._open("jobs")

    @rx.event
    async def open_sessions(self) -> None:
        """Show the live sessions."""
        await self._open("sessions")

    @rx.event
    async def open_questions(self) -> None:
        """Show the question bank."""
        await self._open("questions")

    @rx.event
    async def refresh(self) -> None:
        """Read the page that is shown again."""
        await self._show(self._page)

    @rx.event
    async def go_to(self, page: int) -> None:
        """Show another page of the list."""
        if isinstance(page, int) and 1 <= page <= _MAX_PAGE:
            await self._show(page)
        else:
            self._require_admin()

    @rx.event
    async def search(self, words: str) -> None:
        """Show what holds these words."""
        self.words = str(words)[:_MAX_WORDS].replace("\x00", "").strip()
        await self._show(1)

    @rx.event
    async def choose(self, choice: str) -> None:
        """Show what is of this kind."""
        if choice in dict(_CHOICES.get(self._asked, ())):
            self.choice = choice
        await self._show(1)

    async def _open(self, section: str) -> None:
        if self._asked != section:
            self.section, self.listing = "", EMPTY_LISTING
        self._asked, self.words, self.choice = section, "", ""
        await self._show(1)

    async def _show(self, page: int) -> None:
        user = self._require_admin()
        if user is None or not self._asked:
            return
        section, words, choice = self._asked, self.words, self.choice
        try:
            found = await ask_database(lambda: _read(user, section, words, choice, page))
        except CoachError as error:
            self.problem = error.message
            return
        self.listing, self.section, self.problem, self._page = found, section, "", page


def _read(user: CurrentUser, section: str, words: str, choice: str, page: int) -> Listing:
    with runtime().database.reading() as session:
        found: Listing = _READERS[section](session, user, words, choice, page)
    if not found.rows and page > 1:
        # What stood on the last page is gone.
        return _read(user, section, words, choice, page - 1)
    return found


def _users(session: Session, user: CurrentUser, words: str, choice: str, page: int) -> Listing:
    asked = UsersRequest(
        q=words or None,
        role="admin" if choice == "admin" else None,
        active=False if choice == "locked" else None,
        page=page,
        page_size=_ROWS,
    )
    return admin_view.users(administration.accounts(session, asked), user.id)


def _audit(session: Session, user: CurrentUser, words: str, choice: str, page: int) -> Listing:
    del user
    asked = AuditRequest(subject=words or None, action=choice or None, page=page, page_size=_ROWS)
    return admin_view.audit(administration.audit_log(session, asked))


def _jobs(session: Session, user: CurrentUser, words: str, choice: str, page: int) -> Listing:
    del user, words
    asked = JobsRequest.model_validate({"status": choice or None, "page": page, "page_size": _ROWS})
    return admin_view.jobs(admin_jobs.listed(session, asked))


def _sessions(session: Session, user: CurrentUser, words: str, choice: str, page: int) -> Listing:
    del choice
    asked = LiveSessionsRequest(q=words or None, page=page, page_size=_ROWS)
    found = administration.live_sessions(session, asked, current=user.session_id)
    return admin_view.sessions(found)


def _questions(session: Session, user: CurrentUser, words: str, choice: str, page: int) -> Listing:
    del user
    kind = "standing" if choice in ("edited", "retired") else "type"
    asked = BankRequest.model_validate(
        {
            "q": words[:_MAX_BANK_WORDS] or None,
            kind: choice or None,
            "page": page,
            "page_size": _ROWS,
        }
    )
    return admin_view.questions(editing.listed(session, asked))


_READERS: dict[str, Any] = {
    "users": _users,
    "audit": _audit,
    "jobs": _jobs,
    "sessions": _sessions,
    "questions": _questions,
}
