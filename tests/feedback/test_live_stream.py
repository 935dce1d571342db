"""The same as server-sent events: for their owner alone, resumable, ended with the session."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest

from interview_coach.jobs.progress import publish
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.live_client import joined, token_of
from tests.support.live_server import web_process
from tests.support.workers import work


@pytest.fixture
def url(house: Runtime) -> Iterator[str]:
    with web_process() as address:
        yield address


class Stream:
    """An open event stream: (event, payload) as they come. last_id: of the newest event."""

    def __init__(self, answer: httpx.Response) -> None:
        self.answer = answer
        self._lines = answer.aiter_lines()
        self.last_id = ""

    async def next(self) -> tuple[str, Any]:
        """The next event; StopAsyncIteration when the stream ends."""
        fields: dict[str, str] = {}
        async with asyncio.timeout(10):
            async for line in self._lines:
                if line:
                    name, _, value = line.partition(": ")
                    fields[name] = value
                elif "data" in fields:
                    self.last_id = fields.get("id", self.last_id)
                    return fields["event"], json.loads(fields["data"])
                else:
                    fields = {}
        raise StopAsyncIteration

    async def until(self, event: str) -> list[tuple[str, Any]]:
        """The next events up to this one."""
        found = [await self.next()]
        while found[-1][0] != event:
            found.append(await self.next())
        return found


@asynccontextmanager
async def _stream(url: str, api: Api, interview: Any, **headers: str) -> AsyncIterator[Stream]:
    place = f"{url}/api/v1/interviews/{interview['id']}/events"
    headers = {"Authorization": api.headers["Authorization"], **headers}
    async with httpx.AsyncClient() as http, http.stream("GET", place, headers=headers) as answer:
        assert answer.status_code == 200
        yield Stream(answer)


async def test_the_stream_tells_what_the_socket_tells(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    async with joined(url, token_of(api)) as client, _stream(url, api, interview) as stream:
        await client.send("interview:sync", {"interview_id": interview["id"]})
        assert (await stream.next())[0] == "interview:state"
        question = interview["questions"][0]["id"]
        sent = {"interview_id": interview["id"], "question_id": question, "text": STRONG_ANSWER}
        await client.send("interview:answer", sent)
        assert (await stream.until("answer:progress"))[-1][1]["status"] == "uploaded"
        work(house)
        streamed = await stream.until("interview:feedback")
        await client.hears("interview:feedback")
        told = client.heard[-4:]
        assert streamed[-4:] == told
        assert [event for event, _ in told] == [
            "answer:progress",
            "answer:transcript",
            "answer:feedback",
            "interview:feedback",
        ]


async def test_the_stream_resumes_where_it_ended(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    async with _stream(url, api, interview) as stream:
        everything = await stream.until("interview:feedback")
        assert everything[0][0] == "interview:state"
        assert stream.last_id
    async with _stream(url, api, interview, **{"Last-Event-ID": stream.last_id}) as again:
        api.post(f"/api/v1/interviews/{interview['id']}/pause")
        event, payload = await again.next()
        assert (event, payload["status"]) == ("interview:state", "paused")
    async with _stream(url, api, interview, **{"Last-Event-ID": stream.last_id}) as late:
        # Something was missed: everything that holds is told.
        assert [event for event, _ in await late.until("interview:feedback")] == [
            event for event, _ in everything
        ]


async def test_the_stream_is_not_kept_nor_packed(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    async with _stream(url, api, interview, **{"Accept-Encoding": "gzip"}) as stream:
        headers = stream.answer.headers
        assert headers["content-type"].startswith("text/event-stream")
        assert headers["cache-control"] == "no-store"
        assert headers["x-accel-buffering"] == "no"
        assert "content-encoding" not in headers
        assert "access-control-allow-origin" not in headers
        await stream.next()


async def test_the_end_of_the_session_ends_the_stream(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    session = api.get("/api/v1/users/me")
    assert session.status_code == 200
    async with _stream(url, api, interview) as stream:
        await stream.next()
        refused = api.post("/api/v1/auth/logout", json={})
        assert refused.status_code == 204
        publish(house.redis, "sessions", {"user_id": api.user["id"]})
        assert (await stream.next())[1]["code"] == "signed_out"
        with pytest.raises((StopAsyncIteration, RuntimeError)):
            await stream.next()


def test_the_stream_is_its_owners_alone(api: Api, other: Api) -> None:
    interview = new_interview(api)
    place = f"/api/v1/interviews/{interview['id']}/events"
    assert other.get(place).status_code == 404
    assert api.get("/api/v1/interviews/nothing/events").status_code == 404
    other.headers.pop("Authorization")
    assert other.get(place).status_code == 401


def test_the_stream_is_documented(api: Api) -> None:
    paths = api.get("/api/v1/openapi.json").json()["paths"]
    answers = paths["/api/v1/interviews/{interview_id}/events"]["get"]["responses"]
    assert list(answers["200"]["content"]) == ["text/event-stream"]
    assert {"401", "404", "429"} <= set(answers)
