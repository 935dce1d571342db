"""What the states of all pages share: questions to the database, and waiting for news."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

import reflex as rx
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from interview_coach.accounts.access import still_signed_in
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.interviews import service
from interview_coach.interviews.schemas import InterviewRequest
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.runtime import runtime

Found = TypeVar("Found")

DATABASE_FAILED = "database"
_AWAY = "The database does not answer right now. Nothing was changed; try again in a moment."
_BROKEN = "Something went wrong in the database. Nothing was changed; try again in a moment."
_LOOK_AGAIN_SECONDS = 10.0
_GATHER_SECONDS = 0.25
log = get_logger("pages")


async def ask_database(work: Callable[[], Found]) -> Found:
    """What `work` returns, run in a thread of its own.

    A failure of the database is a CoachError with the code DATABASE_FAILED, so that a page tells
    it as it tells every refusal.
    """
    try:
        found: Found = await rx.run_in_thread(work)
    except SQLAlchemyError as error:
        away = isinstance(error, OperationalError | InterfaceError | PoolTimeout) or (
            isinstance(error, DBAPIError) and error.connection_invalidated
        )
        # Only a lost connection is told in full: other errors can quote what somebody wrote.
        log.error("database failed", kind=type(error).__name__, reason=str(error) if away else "")
        raise CoachError(DATABASE_FAILED, _AWAY if away else _BROKEN, 503) from error
    return found


async def look_again(user: CurrentUser, work: Callable[[], Found]) -> Found:
    """As `ask_database`, for what watches as long as a page is open: 401 `sign_in` once the
    sign-in it was opened with has ended, which no event of the page may have told yet."""

    def look() -> Found:
        if user.session_id not in still_signed_in([user]):
            raise CoachError("sign_in", "Sign in to go on.", 401)
        return work()

    return await ask_database(look)


async def set_up(user: CurrentUser, wanted: InterviewRequest) -> Any:
    """Make an interview; returns the event that goes to its lobby. CoachError when refused."""

    def work() -> str:
        with runtime().database.writing() as session:
            return service.create(session, user, wanted).id

    return rx.redirect(f"/interview/{await ask_database(work)}/lobby")


async def something_new(queue: asyncio.Queue[dict[str, Any]]) -> None:
    """Wait for a message, and a little for those that follow; or until it is time to look."""
    try:
        await asyncio.wait_for(queue.get(), _LOOK_AGAIN_SECONDS)
        await asyncio.sleep(_GATHER_SECONDS)
    except TimeoutError:
        # A message may have been lost: the database knows.
        return
    while not queue.empty():
        queue.get_nowait()
