"""Live events: who may listen, what is told in which order, and that nobody misses anything."""

from __future__ import annotations

import asyncio
import socket as sockets
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from typing import Any

import httpx
import pytest
import socketio
from sqlmodel import select
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from interview_coach.accounts.models import UserSession
from interview_coach.feedback import live
from interview_coach.feedback.connections import MAX_CONNECTIONS
from interview_coach.jobs.progress import publish
from interview_coach.kit.clock import now
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.live_client import (
    LiveClient,
    RefusedError,
    address,
    joined,
    opened,
    token_of,
)
from tests.support.live_server import web_process
from tests.support.servers import RedisServer
from tests.support.workers import work


@pytest.fixture
def url(house: Runtime) -> Iterator[str]:
    with web_process() as address:
        yield address


def _work(house: Runtime) -> None:
    work(house)  # RQ wants the main thread


def _about(interview: dict[str, Any]) -> dict[str, str]:
    return {"interview_id": interview["id"]}


async def test_an_interview_is_followed_from_start_to_scores(
    house: Runtime, api: Api, url: str
) -> None:
    interview = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 2}).json()
    async with joined(url, token_of(api)) as client:
        started = await client.send("interview:start", _about(interview))
        assert started["ok"]
        assert started["state"]["status"] == "in_progress"
        assert (await client.hears("interview:state"))["status"] == "in_progress"
        question = interview["questions"][0]["id"]
        answered = await client.send(
            "interview:answer",
            {**_about(interview), "question_id": question, "text": STRONG_ANSWER},
        )
        assert answered["answer"]["status"] == "uploaded"
        await client.hears("answer:progress", answer_id=answered["answer_id"], status="uploaded")
        _work(house)
        overall = await client.hears("interview:feedback")
        completed = await client.send("interview:complete", _about(interview))
        assert completed["state"]["status"] == "completed"
        await client.hears("interview:state", status="completed")
        scores = client.told("answer:feedback")[0]["scores"]
        assert scores["overall"] == overall["overall"]["score"]
        assert client.told("answer:transcript")[0]["text"] == STRONG_ANSWER
        assert client.told("answer:progress", status="done")[0]["percent"] == 100
        order = [event for event, _ in client.heard]
        done = max(n for n, each in enumerate(client.heard) if each[0] == "answer:progress")
        assert order[done:][:4] == [
            "answer:progress",
            "answer:transcript",
            "answer:feedback",
            "interview:feedback",
        ]


NO_CREDENTIALS = [
    (None, "sign_in"),
    ({}, "sign_in"),
    ("token", "sign_in"),
    ({"token": "nonsense"}, "bad_token"),
    ({"token": ""}, "invalid"),
    ({"token": 7}, "invalid"),
    ({"token": "x" * 5000}, "invalid"),
]


async def test_nobody_joins_without_a_good_token(house: Runtime, url: str) -> None:
    for credentials, code in NO_CREDENTIALS:
        async with opened(url) as client:
            with pytest.raises(RefusedError) as refused:
                await client.join(credentials)
        assert refused.value.told["data"]["code"] == code, credentials
        assert refused.value.told["message"]


async def test_there_is_no_other_namespace(api: Api, url: str) -> None:
    async with connect(address(url)) as socket:
        await socket.recv()
        for namespace in ("", "/admin,", "/_event,"):
            await socket.send(f"40{namespace}")
            assert str(await socket.recv()).startswith(f"44{namespace}")


def _payloads(interview: dict[str, Any]) -> dict[str, Any]:
    question = interview["questions"][0]["id"]
    return {**_about(interview), "question_id": question, "text": "mine", "step": "start"}


async def test_another_users_interview_is_refused_by_every_event(
    house: Runtime, api: Api, other: Api, url: str
) -> None:
    interview = new_interview(api)
    before = api.get(f"/api/v1/interviews/{interview['id']}").json()
    async with joined(url, token_of(other)) as client:
        for event in live.CLIENT_EVENTS:
            answer = await client.send(event, _payloads(interview))
            assert (answer["ok"], answer["code"]) == (False, "not_found"), event
        await client.until(lambda: len(client.heard) == len(live.CLIENT_EVENTS), "all are refused")
        assert {(name, told["code"]) for name, told in client.heard} == {("error", "not_found")}
    after = api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert {**after, "duration_seconds": 0} == {**before, "duration_seconds": 0}


async def test_nobody_gets_an_event_through_without_joining(
    house: Runtime, api: Api, url: str
) -> None:
    interview = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 2}).json()
    assert set(live.CLIENT_EVENTS) >= {
        "interview:start",
        "interview:answer",
        "interview:complete",
        "interview:sync",
    }
    async with opened(url) as client:
        with pytest.raises(RefusedError):
            await client.join({"token": "nonsense"})
        unanswered = [await client.ask(event, _payloads(interview)) for event in live.CLIENT_EVENTS]
        # What a connection sends is worked on in order: once it has joined, all of that is over.
        await client.join({"token": token_of(api)})
        assert (await client.send("interview:sync", _about(interview)))["ok"]
        assert not [answer for answer in unanswered if answer.done()]
        assert {name for name, _ in client.heard} <= {"interview:state"}
    assert api.get(f"/api/v1/interviews/{interview['id']}").json()["status"] == "pending"


JUNK: list[list[Any]] = [
    [],
    [None],
    ["x"],
    [{}],
    [{"interview_id": 7}],
    [{"interview_id": "x" * 81}],
    [{"interview_id": "a\x00b"}],
    [{"interview_id": "x"}, {"interview_id": "x"}],
]


async def test_junk_is_answered_not_swallowed(house: Runtime, api: Api, url: str) -> None:
    async with joined(url, token_of(api)) as client:
        for payload in JUNK:
            for event in live.CLIENT_EVENTS:
                answer = await client.send(event, *payload)
                assert (answer["ok"], answer["code"]) == (False, "invalid"), (event, answer)


async def test_odd_events_are_answered_and_change_nothing(
    house: Runtime, api: Api, url: str
) -> None:
    interview = new_interview(api)
    async with joined(url, token_of(api)) as client:
        for event in ("connect", "disconnect", "message", "", "x" * 1000, "interview:erase"):
            assert (await client.send(event, {}))["code"] == "unknown_event"
        assert (await client.send("interview:sync", _about(interview)))["ok"]
        wrong = await client.send("interview:start", _about(interview))
        assert (wrong["code"], wrong["allowed"]) == ("wrong_step", ["pending"])


BROKEN = [
    '42/interview,1{"a":1}',
    "42/interview,1[]",
    "42/interview,1[{}]",
    "42/interview,1[[[[",
    "42/interview,1" + "[" * 100_000,
    "459-/interview,[]",
    "49",
    "4",
]


async def test_broken_packets_harm_nobody_else(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    async with joined(url, token_of(api)) as good:
        for packet in BROKEN:
            async with joined(url, token_of(api)) as bad:
                await bad.socket.send(packet)
                assert (await good.send("interview:sync", _about(interview)))["ok"]


async def test_a_message_that_is_too_large_ends_its_connection(
    house: Runtime, api: Api, url: str
) -> None:
    token = token_of(api)
    async with joined(url, token) as client, joined(url, token) as stays:
        await client.socket.send('42/interview,1["interview:sync","' + "x" * 500_000 + '"]')
        await client.until(client.closed.is_set, "the connection is over")
        assert client.heard == []
        assert (await stays.send("interview:sync", {"interview_id": "x"}))["code"] == "not_found"


async def test_what_was_missed_comes_with_sync_after_a_reconnect(
    house: Runtime, api: Api, url: str
) -> None:
    interview = new_interview(api)
    async with joined(url, token_of(api)) as client:
        assert (await client.send("interview:sync", _about(interview)))["answers"] == []
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    _work(house)
    async with joined(url, token_of(api)) as client:
        synced = await client.send("interview:sync", _about(interview))
        assert [row["answer_id"] for row in synced["answers"]] == [answer]
        assert synced["answers"][0]["transcript"]["text"] == STRONG_ANSWER
        assert synced["answers"][0]["feedback"]["scores"]["overall"] is not None
        assert synced["feedback"]["overall"]["score"] is not None
        assert synced["state"]["status"] == "in_progress"
        # All of it was in the answer: only what comes after it is told.
        api.post(f"/api/v1/interviews/{interview['id']}/pause")
        await client.hears("interview:state", status="paused")
        assert [event for event, _ in client.heard] == ["interview:state"]


async def test_a_corrected_answer_is_told_again(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    _work(house)
    async with joined(url, token_of(api)) as client:
        await client.send("interview:sync", _about(interview))
        place = f"/api/v1/interviews/{interview['id']}/answers/{answer}/transcript"
        assert api.put(place, json={"text": "I did it alone, in one day."}).status_code == 202
        await client.hears("answer:progress", status="scoring")
        assert client.told("answer:transcript") == []
        _work(house)
        told = await client.hears("answer:feedback")
        assert told["version"] == 2
        assert client.told("answer:transcript")[0]["text"] == "I did it alone, in one day."


async def test_the_same_answer_sent_twice_is_one(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    sent = {
        **_about(interview),
        "question_id": interview["questions"][0]["id"],
        "text": "words",
        "client_id": "once-and-only",
    }
    async with joined(url, token_of(api)) as client:
        first = await client.send("interview:answer", sent)
        assert (await client.send("interview:answer", sent))["answer_id"] == first["answer_id"]


async def test_events_are_handled_in_the_order_they_were_sent(
    house: Runtime, api: Api, url: str
) -> None:
    interview = api.post("/api/v1/interviews", json={"type": "hr", "question_count": 2}).json()
    question = interview["questions"][0]["id"]
    async with joined(url, token_of(api)) as client:
        acks = await asyncio.gather(
            client.send("interview:start", _about(interview)),
            client.send(
                "interview:answer", {**_about(interview), "question_id": question, "text": "words"}
            ),
            client.send("interview:complete", _about(interview)),
        )
    assert [ack["ok"] for ack in acks] == [True, True, True]


async def test_two_web_processes_tell_the_same(house: Runtime, api: Api, url: str) -> None:
    interview = new_interview(api)
    with web_process() as second:
        async with joined(url, token_of(api)) as here, joined(second, token_of(api)) as there:
            await here.send("interview:sync", _about(interview))
            await there.send("interview:sync", _about(interview))
            question = interview["questions"][1]["id"]
            await here.send(
                "interview:answer",
                {**_about(interview), "question_id": question, "text": STRONG_ANSWER},
            )
            _work(house)
            await here.hears("interview:feedback")
            await there.hears("interview:feedback")
            last = [("answer:transcript"), ("answer:feedback"), ("interview:feedback")]
            for event in last:
                assert here.told(event) == there.told(event)


async def test_what_happened_while_redis_was_away_is_told_when_it_is_back(
    house: Runtime, api: Api, url: str, redis_server: RedisServer
) -> None:
    interview = new_interview(api)
    async with joined(url, token_of(api)) as client:
        await client.send("interview:sync", _about(interview))
        redis_server.kill()
        try:
            assert api.post(f"/api/v1/interviews/{interview['id']}/pause").status_code == 200
            async with asyncio.timeout(10):
                status = "in_progress"
                while status != "paused":
                    await asyncio.sleep(0.1)
                    synced = await client.send("interview:sync", _about(interview))
                    status = synced["state"]["status"]
            assert api.post(f"/api/v1/interviews/{interview['id']}/complete").status_code == 200
        finally:
            redis_server.start()
        await client.hears("interview:state", status="completed")


async def test_the_end_of_the_session_ends_the_connection(
    house: Runtime, api: Api, other: Api, url: str
) -> None:
    async with joined(url, token_of(api)) as client, joined(url, token_of(other)) as stays:
        with house.database.writing() as session:
            row = session.exec(
                select(UserSession).where(UserSession.user_id == api.user["id"])
            ).one()
            row.ended_at = now()
            session.add(row)
        message = {"user_id": api.user["id"], "session_ids": [row.id]}
        publish(house.redis, "sessions", message)
        assert (await client.hears("error"))["code"] == "signed_out"
        await asyncio.wait_for(client.closed.wait(), 10)
        assert (await stays.send("interview:sync", {"interview_id": "x"}))["code"] == "not_found"
        assert not stays.closed.is_set()


async def test_a_user_has_so_many_connections_and_no_more(
    house: Runtime, api: Api, other: Api, url: str
) -> None:
    interview = new_interview(api)
    with web_process() as second:
        async with _many(url, second, token_of(api)) as clients:
            async with opened(second) as client:
                with pytest.raises(RefusedError) as refused:
                    await client.join({"token": token_of(api)})
                assert refused.value.told["data"]["code"] == "too_many_connections"
            place = f"{url}/api/v1/interviews/{interview['id']}/events"
            async with httpx.AsyncClient() as http:
                answer = await http.get(place, headers=dict(api.headers))
            assert (answer.status_code, answer.json()["code"]) == (429, "too_many_connections")
            async with joined(url, token_of(other)):
                pass
            await clients[0].socket.close()
            await clients[0].closed.wait()
            key = f"coach:live:{api.user['id']}"
            await clients[1].until(
                lambda: int(house.redis.zcard(key)) < MAX_CONNECTIONS, "it was counted out"
            )
            async with joined(second, token_of(api)):
                pass


@asynccontextmanager
async def _many(first: str, second: str, token: str) -> AsyncIterator[list[LiveClient]]:
    """As many connections as there can be, half of them to each process."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(joined(first if n % 2 else second, token))
            for n in range(MAX_CONNECTIONS)
        ]


async def test_too_many_events_are_refused_with_the_time_to_wait(
    house: Runtime, api: Api, url: str
) -> None:
    async with joined(url, token_of(api)) as client:
        for _ in range(live.EVENTS_PER_MINUTE + 30):
            answer = await client.send("interview:sync", {"interview_id": "x"})
            if answer["code"] == "too_many":
                break
        assert answer["code"] == "too_many"
        assert answer["retry_after"] >= 1


async def _flood(socket: ClientConnection, packet: str) -> None:
    with suppress(ConnectionClosed):
        for _ in range(live.EVENTS_PER_MINUTE):
            await socket.send(packet)


async def test_a_client_that_does_not_read_is_dropped_and_the_others_go_on(
    house: Runtime, api: Api, other: Api, url: str
) -> None:
    interview = new_interview(api)
    typed_answer(api, interview, 0, "word " * 11_000)
    _work(house)
    mine = new_interview(other)
    raw = sockets.socket()
    raw.setsockopt(sockets.SOL_SOCKET, sockets.SO_RCVBUF, 4096)
    raw.connect(("127.0.0.1", int(url.rsplit(":", 1)[1])))
    raw.setblocking(False)
    async with (
        connect(address(url), sock=raw, compression=None, max_queue=1, ping_interval=None) as deaf,
        joined(url, token_of(other)) as good,
    ):
        await deaf.send("40/interview," + '{"token":"' + token_of(api) + '"}')
        packet = f'42/interview,1["interview:sync",{{"interview_id":"{interview["id"]}"}}]'
        key = f"coach:live:{api.user['id']}"
        # Only then is it flooded: it may be dropped sooner than anybody looks.
        await good.until(lambda: int(house.redis.zcard(key)) == 1, "it has joined")
        flood = asyncio.create_task(_flood(deaf, packet))
        await good.until(lambda: int(house.redis.zcard(key)) == 0, "it has been dropped")
        assert (await good.send("interview:sync", _about(mine)))["ok"]
        flood.cancel()


async def test_a_foreign_page_gets_neither_websocket_nor_polling(
    house: Runtime, api: Api, url: str
) -> None:
    with pytest.raises(InvalidStatus):
        async with opened(url, origin="http://evil.example.org"):
            pass
    async with opened(url, origin=url) as client:
        await client.join({"token": token_of(api)})
    place = f"{url}/socket.io/?EIO=4&transport=polling"
    async with httpx.AsyncClient() as http:
        assert (await http.get(place, headers={"Origin": "http://evil.org"})).status_code == 403
        answer = await http.get(place, headers={"Origin": url})
        assert answer.status_code == 200
        assert "access-control-allow-origin" not in answer.headers


async def test_the_usual_client_library_works_by_polling(
    house: Runtime, api: Api, url: str
) -> None:
    interview = new_interview(api)

    def use() -> Any:
        client = socketio.Client(reconnection=False)
        client.connect(
            url, auth={"token": token_of(api)}, namespaces=["/interview"], transports=["polling"]
        )
        answer = client.call("interview:sync", _about(interview), namespace="/interview")
        # A goodbye would wait for the poll that is under way, which is answered in 20 s at most.
        client.eio.disconnect(abort=True)
        return answer

    answer = await asyncio.to_thread(use)
    assert answer["state"]["interview_id"] == interview["id"]
