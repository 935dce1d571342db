"""Live events as server-sent events: what /interview tells, for clients that only listen."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Header
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.types import Receive, Scope, Send

from interview_coach.accounts.access import SignedIn
from interview_coach.api.problems import problem_responses
from interview_coach.feedback.connections import Connection
from interview_coach.feedback.events import ERROR, Told
from interview_coach.feedback.feeds import Feed
from interview_coach.feedback.live import live
from interview_coach.kit.errors import CoachError

router = APIRouter(prefix="/interviews/{interview_id}", tags=["live events"])
_HEARTBEAT_SECONDS = 15
_SEND_WITHIN_SECONDS = 20.0
_RETRY_MILLISECONDS = 2000
_STREAM = {
    "description": (
        "events `interview:state`, `answer:progress`, `answer:transcript`, `answer:feedback`, "
        "`interview:feedback` and `error`, each with JSON as its data"
    ),
    "content": {"text/event-stream": {"schema": {"type": "string"}}},
}


class _Stream(EventSourceResponse):
    """The events of one interview for one listener. A context is held while it is sent."""

    def __init__(self, listener: _Listener, last_id: str | None) -> None:
        super().__init__(
            listener.events(last_id),
            ping=_HEARTBEAT_SECONDS,
            ping_message_factory=lambda: ServerSentEvent(comment="here"),
            send_timeout=_SEND_WITHIN_SECONDS,
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )
        self._listener = listener

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._listener.leave()


class _Listener:
    """Somebody who listens to one interview."""

    def __init__(self, user: SignedIn, interview_id: str) -> None:
        self._interview_id = interview_id
        self._news = asyncio.Event()
        self._why: CoachError | None = None
        self._connection = Connection(user, self._end)
        self._feed: Feed | None = None

    async def join(self) -> None:
        """Count in and begin to listen. 404, 429, 503."""
        await live().connections.admit(self._connection)
        try:
            self._feed = await live().feeds.join(
                self._connection.user.id, self._interview_id, self._hear
            )
        except BaseException:
            self.leave()
            raise

    def leave(self) -> None:
        """Listen no longer."""
        live().feeds.leave(self._connection.user.id, self._interview_id, self._hear)
        live().connections.forget(self._connection)

    async def _hear(self, _feed: Feed) -> None:
        self._news.set()

    async def _end(self, why: CoachError) -> None:
        self._why = why
        self._news.set()

    async def events(self, last_id: str | None) -> AsyncIterator[ServerSentEvent]:
        """Everything that holds now, unless `last_id` says that it is known; then what is new.

        The last event of each round has the snapshot's version as its id.
        """
        if self._feed is None:
            return
        told = Told()
        if self._feed.newest().version == last_id:
            told.all_of(self._feed.newest())
        yield ServerSentEvent(comment="listening", retry=_RETRY_MILLISECONDS)
        while self._why is None:
            self._news.clear()
            snapshot = self._feed.newest()
            news = told.news(snapshot)
            for number, (event, payload) in enumerate(news, start=1):
                last = number == len(news)
                yield ServerSentEvent(
                    json.dumps(payload, separators=(",", ":")),
                    event=event,
                    id=snapshot.version if last else f"{snapshot.version}.{number}",
                )
            await self._news.wait()
        told_why = {"code": self._why.code, "detail": self._why.message}
        yield ServerSentEvent(json.dumps(told_why), event=ERROR)


@router.get(
    "/events",
    response_class=EventSourceResponse,
    responses={200: _STREAM, **problem_responses(401, 403, 404, 422, 429, 503)},
)
async def events(
    interview_id: str,
    user: SignedIn,
    last_event_id: Annotated[str | None, Header(max_length=100)] = None,
) -> EventSourceResponse:
    """What happens in this interview, as it happens, for as long as the request stays open.

    First everything that holds now, `interview:state` first; after a reconnect with
    `Last-Event-ID` only when something has changed meanwhile. A comment every 15 s shows that the
    connection lives.
    """
    listener = _Listener(user, interview_id)
    await listener.join()
    return _Stream(listener, last_event_id)
