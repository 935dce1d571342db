"""The front door: assembles the app from the API and the pages. No logic lives here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.api import router as auth_router
from interview_coach.accounts.api import users_router
from interview_coach.accounts.guard import SignInGuard
from interview_coach.analytics.api import router as history_router
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.feedback.api import router as feedback_router
from interview_coach.interviews.api import router as interviews_router
from interview_coach.operations.api import router as operations_router
from interview_coach.pages import add_pages
from interview_coach.questions.api import router as questions_router
from interview_coach.runtime import runtime

# /interviews/history must be found before /interviews/{interview_id}.
api = make_api(
    [
        operations_router,
        auth_router,
        users_router,
        questions_router,
        history_router,
        interviews_router,
        feedback_router,
    ]
)
app = rx.App(**ui.app_options(), api_transformer=[api, Gate])
app.add_middleware(SignInGuard())
add_pages(app)


@asynccontextmanager
async def _progress() -> AsyncIterator[None]:
    listening = asyncio.create_task(runtime().progress.run())
    try:
        yield
    finally:
        listening.cancel()
        with suppress(asyncio.CancelledError):
            await listening


app.register_lifespan_task(_progress)
