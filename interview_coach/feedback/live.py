"""Live events over Socket.IO: the namespace /interview, its client events and its listeners."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeVar

import socketio
from pydantic import BaseModel, Field, ValidationError
from socketio.exceptions import ConnectionRefusedError as Refused
from starlette.types import ASGIApp

from interview_coach.accounts import access
from interview_coach.accounts.schemas import CurrentUser
from interview_coach.api.sockets import SocketDoor, SocketServer, drop, is_full
from interview_coach.feedback.connections import Connection, Connections
from interview_coach.feedback.events import ERROR, Payload, Snapshot, Told
from interview_coach.feedback.feeds import Feed, Feeds, Listener, in_thread
from interview_coach.interviews import service as interviews
from interview_coach.interviews.schemas import (
    MAX_ID,
    AnswerRequest,
    AnswerSummary,
    AnswerText,
    Step,
)
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.kit.text import PlainText
from interview_coach.runtime import runtime

Given = TypeVar("Given", bound=BaseModel)
NAMESPACE = "/interview"
EVENTS_PER_MINUTE = 300
MAX_FOLLOWED = 20
_MAX_NAME = 40
_CLOSES_WITHIN_SECONDS = 2.0
log = get_logger("feedback.live")


class Credentials(BaseModel):
    """The connect payload. token: an access token or a personal token."""

    token: str = Field(min_length=1, max_length=4096)


class About(BaseModel):
    """An event about one interview."""

    interview_id: PlainText = Field(min_length=1, max_length=MAX_ID)


class TypedAnswer(About):
    """A typed answer. client_id: the same one sent again gives the same answer back."""

    question_id: PlainText = Field(min_length=1, max_length=MAX_ID)
    text: AnswerText
    client_id: PlainText | None = Field(default=None, min_length=8, max_length=64)


@dataclass(frozen=True, slots=True)
class ClientEvent:
    """What a client may send. scope: what its token must be good for."""

    shape: type[About]
    scope: str
    handle: Callable[[InterviewNamespace, Member, Any], Awaitable[Payload]]


def _told(error: CoachError) -> Payload:
    """A refusal as clients read it."""
    return {"code": error.code, "detail": error.message, **error.extra}


def _parsed(shape: type[Given], values: Any) -> Given:
    """What a client has sent, checked; 422 `invalid` names the fields at fault."""
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        errors = [
            {"field": ".".join(str(part) for part in item["loc"]), "message": item["msg"]}
            for item in error.errors(include_url=False, include_input=False, include_context=False)
        ]
        told = "; ".join(f"{item['field'] or 'the event'}: {item['message']}" for item in errors)
        raise CoachError(
            "invalid", f"Something is missing or wrong. {told}", 422, {"errors": errors}
        ) from error


def _known(given: Any) -> CurrentUser:
    """Whose connect payload this is; 401 when nobody's. Looks into the database."""
    if not isinstance(given, dict) or "token" not in given:
        raise CoachError("sign_in", "Send a token to connect: {token}.", 401)
    user = access.user_of_bearer(_parsed(Credentials, given).token)
    if user is None:
        raise CoachError("bad_token", "This token is not valid any more.", 401)
    _need(user, "read")
    return user


def _need(user: CurrentUser, scope: str) -> None:
    if user.scopes is not None and scope not in user.scopes:
        raise CoachError("scope", f"This token is not good for this: it lacks {scope}.", 403)


class EventRate:
    """A bucket of events that fills up evenly, one for each user of this process."""

    def __init__(self, per_minute: int) -> None:
        self._size = float(per_minute)
        self._a_second = per_minute / 60
        self._buckets: dict[str, tuple[float, float]] = {}

    def check(self, user_id: str) -> None:
        """Take one event out of the user's bucket; 429 `too_many` when it is empty."""
        moment = time.monotonic()
        left, at = self._buckets.get(user_id, (self._size, moment))
        left = min(self._size, left + (moment - at) * self._a_second)
        if left < 1:
            wait = max(1, round((1 - left) / self._a_second))
            raise CoachError(
                "too_many",
                "Too many events in one minute. Wait a little, then go on.",
                429,
                {"retry_after": wait},
            )
        self._buckets[user_id] = (left - 1, moment)

    def forget(self, user_id: str) -> None:
        """Drop a bucket that is full again; the memory is for those who are here."""
        left, at = self._buckets.get(user_id, (0.0, time.monotonic()))
        if left + (time.monotonic() - at) * self._a_second >= self._size:
            self._buckets.pop(user_id, None)


@dataclass(eq=False, slots=True)
class Member:
    """One client in the namespace, and what it has been told of the interviews it follows.

    dropped: its connection has been ended because it does not read.
    """

    sid: str
    engine_sid: str
    connection: Connection
    told: dict[str, Told] = field(default_factory=dict)
    listeners: dict[str, Listener] = field(default_factory=dict)
    telling: asyncio.Lock = field(default_factory=asyncio.Lock)
    dropped: bool = False

    @property
    def user(self) -> CurrentUser:
        """Whose client it is."""
        return self.connection.user


class InterviewNamespace(socketio.AsyncNamespace):  # type: ignore[misc]  # untyped
    """The namespace /interview on one server."""

    def __init__(self, live: Live) -> None:
        super().__init__(NAMESPACE)
        self._live = live
        self._members: dict[str, Member] = {}

    async def trigger_event(self, event: Any, *args: Any) -> Any:
        """Connect, disconnect, or an event of a client; what is returned acknowledges it.

        A client may call its events what it likes, `connect` and `disconnect` as well: it is a
        member then, and stays one.
        """
        member = self._members.get(args[0])
        if member is None:
            return await self._connect(*args) if event == "connect" else None
        if event == "disconnect" and not self.server.manager.is_connected(member.sid, NAMESPACE):
            return self._leave(member)
        return await self._hear(member, event, args[1:])

    async def _connect(self, sid: str, _environ: Any, given: Any = None) -> None:
        engine_sid = self.server.manager.eio_sid_from_sid(sid, NAMESPACE)
        try:
            user = await in_thread(lambda: _known(given))
            member = Member(sid, engine_sid, Connection(user, lambda why: self._end(member, why)))
            # From here on it may be told that it has to go.
            self._members[sid] = member
            try:
                await self._live.connections.admit(member.connection)
            except BaseException:
                self._leave(member)
                raise
        except CoachError as error:
            raise Refused(error.message, _told(error)) from error

    def _leave(self, member: Member) -> None:
        self._members.pop(member.sid, None)
        for interview_id, listener in member.listeners.items():
            self._live.feeds.leave(member.user.id, interview_id, listener)
        self._live.connections.forget(member.connection)

    async def _end(self, member: Member, why: CoachError) -> None:
        """Say why, and close; a client that does not read or does not leave is dropped."""
        await self._emit(member, ERROR, _told(why))
        await self.server.disconnect(member.sid, NAMESPACE)
        loop = asyncio.get_running_loop()
        loop.call_later(_CLOSES_WITHIN_SECONDS, drop, self.server, member.engine_sid)

    async def _emit(self, member: Member, event: str, payload: Payload) -> None:
        if self._reads(member):
            await self.emit(event, payload, to=member.sid)

    def _reads(self, member: Member) -> bool:
        """Whether this client still takes what it is sent; one that does not is dropped."""
        socket = self.server.eio.sockets.get(member.engine_sid)
        if socket is None or member.dropped:
            return False
        if is_full(socket.queue):
            log.warning("slow reader dropped")
            member.dropped = True
            drop(self.server, member.engine_sid)
        return not member.dropped

    async def _hear(self, member: Member, event: Any, args: tuple[Any, ...]) -> Payload | None:
        if not self._reads(member):
            return None
        name = event[:_MAX_NAME] if isinstance(event, str) else ""
        try:
            self._live.rate.check(member.user.id)
            known = CLIENT_EVENTS.get(name)
            if known is None:
                raise CoachError("unknown_event", "There is no event of this name.", 400)
            _need(member.user, known.scope)
            given = _parsed(known.shape, args[0] if len(args) == 1 else None)
            return {"ok": True, **await known.handle(self, member, given)}
        except CoachError as error:
            told = {**_told(error), "event": name}
        except Exception as error:
            # Whatever it is, the client gets an answer.
            log.error("unexpected error", exc_info=error)
            told = {"code": "unexpected", "detail": "Something went wrong on our side."}
        await self._emit(member, ERROR, told)
        return {"ok": False, **told}

    async def follow(self, member: Member, interview_id: str) -> Feed:
        """The feed of an interview of this member's, who is told of it from now on.

        404 when there is none, 409 `too_many_followed`.
        """
        user_id, listener = member.user.id, member.listeners.get(interview_id)
        if listener is not None:
            return await self._live.feeds.join(user_id, interview_id, listener)
        if len(member.listeners) >= MAX_FOLLOWED:
            raise CoachError(
                "too_many_followed",
                f"One connection follows {MAX_FOLLOWED} interviews at most. Open another.",
                409,
            )

        async def tell(feed: Feed) -> None:
            async with member.telling:
                told = member.told.get(interview_id)
                for event, payload in told.news(feed.newest()) if told is not None else ():
                    await self._emit(member, event, payload)

        feed = await self._live.feeds.join(user_id, interview_id, tell)
        member.listeners[interview_id] = tell
        return feed

    async def changed(self, member: Member, interview_id: str) -> Snapshot:
        """An interview of this member's was changed by it: tell what is new, and follow on."""
        self._live.feeds.poke(member.user.id, interview_id)
        feed = await self.follow(member, interview_id)
        member.told.setdefault(interview_id, Told())
        await member.listeners[interview_id](feed)
        return feed.newest()

    async def everything(self, member: Member, interview_id: str) -> Payload:
        """All that can be told of an interview now; events tell what comes after it."""
        feed = await self.follow(member, interview_id)
        # What is told under this lock is not older than what was told before, nor than the
        # events that come after the acknowledgement.
        async with member.telling:
            snapshot = feed.newest()
            member.told.setdefault(interview_id, Told()).all_of(snapshot)
            return snapshot.whole()


async def _start(space: InterviewNamespace, member: Member, given: About) -> Payload:
    await in_thread(lambda: _take_step(member.user.id, given.interview_id, "start"))
    return {"state": (await space.changed(member, given.interview_id)).state}


async def _complete(space: InterviewNamespace, member: Member, given: About) -> Payload:
    await in_thread(lambda: _take_step(member.user.id, given.interview_id, "complete"))
    return {"state": (await space.changed(member, given.interview_id)).state}


async def _answer(space: InterviewNamespace, member: Member, given: TypedAnswer) -> Payload:
    answer = await in_thread(lambda: _add_answer(member.user, given))
    await space.changed(member, given.interview_id)
    return {"answer_id": answer.id, "answer": answer.model_dump(mode="json")}


async def _sync(space: InterviewNamespace, member: Member, given: About) -> Payload:
    return await space.everything(member, given.interview_id)


CLIENT_EVENTS = {
    "interview:start": ClientEvent(About, "write", _start),
    "interview:answer": ClientEvent(TypedAnswer, "write", _answer),
    "interview:complete": ClientEvent(About, "write", _complete),
    "interview:sync": ClientEvent(About, "read", _sync),
}


def _take_step(user_id: str, interview_id: str, step: Step) -> None:
    with runtime().database.writing() as session:
        interviews.take_step(session, user_id, interview_id, step)


def _add_answer(user: CurrentUser, given: TypedAnswer) -> AnswerSummary:
    request = AnswerRequest(
        question_id=given.question_id, text=given.text, client_id=given.client_id
    )
    with runtime().database.writing() as session:
        answer = interviews.add_answer(session, user, given.interview_id, request)
        return interviews.summary(answer)


@dataclass(frozen=True, slots=True)
class Live:
    """What all live connections of this process share, by whichever way they came."""

    connections: Connections
    feeds: Feeds
    rate: EventRate


@lru_cache(maxsize=1)
def live() -> Live:
    """The one of this process."""
    return Live(Connections(), Feeds(), EventRate(EVENTS_PER_MINUTE))


def in_front(app: ASGIApp) -> SocketDoor:
    """ASGI middleware with the server of programs, which has the namespace."""
    server = SocketServer()
    server.register_namespace(InterviewNamespace(live()))
    return SocketDoor(app, server)


def register(server: socketio.AsyncServer) -> None:
    """Offer the namespace on another server as well: the page's own."""
    server.register_namespace(InterviewNamespace(live()))
