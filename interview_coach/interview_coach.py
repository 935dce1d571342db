"""The front door: assembles the app from the API and the pages. No logic lives here."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.guard import SignInGuard
from interview_coach.api.app import make_api
from interview_coach.api.gate import Gate
from interview_coach.feedback import live
from interview_coach.kit.logging import configure_logging
from interview_coach.pages import add_pages
from interview_coach.reports.share_state import PUBLIC_EVENTS
from interview_coach.routes import ROUTERS
from interview_coach.runtime import runtime

app = rx.App(**ui.app_options(), api_transformer=[make_api(ROUTERS), live.in_front, Gate])
app.add_middleware(SignInGuard(public=PUBLIC_EVENTS))
if app.sio is not None:
    live.register(app.sio)
add_pages(app)


@asynccontextmanager
async def _open_for_work() -> AsyncIterator[None]:
    configure_logging(json_lines=runtime().settings.env == "production")
    running = [
        asyncio.create_task(runtime().progress.run()),
        asyncio.create_task(live.live().connections.run()),
    ]
    try:
        yield
    finally:
        for task in reversed(running):
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


app.register_lifespan_task(_open_for_work)
