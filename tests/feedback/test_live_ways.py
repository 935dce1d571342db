"""The ways into live events: by polling and then by websocket, by a personal token, and with the
truth in PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from websockets.asyncio.client import ClientConnection, connect

from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.accounts import ME
from tests.support.interviews import STRONG_ANSWER, new_interview
from tests.support.live_client import RefusedError, address, joined, opened, token_of
from tests.support.live_server import web_process
from tests.support.workers import work


@pytest.fixture
def url(any_house: Runtime) -> Iterator[str]:
    with web_process() as address:
        yield address


def _personal(api: Api, *scopes: str) -> dict[str, Any]:
    made = api.post(f"{ME}/tokens", json={"name": "script", "scopes": list(scopes)})
    assert made.status_code == 201, made.text
    token: dict[str, Any] = made.json()
    return token


async def test_an_answer_is_followed_to_its_scores_on_either_database(
    any_house: Runtime, any_api: Api, url: str
) -> None:
    interview = new_interview(any_api)
    question = interview["questions"][0]["id"]
    async with joined(url, token_of(any_api)) as client:
        given = {"interview_id": interview["id"], "question_id": question, "text": STRONG_ANSWER}
        answered = await client.send("interview:answer", given)
        assert answered["ok"]
        work(any_house)
        scores = (await client.hears("answer:feedback"))["scores"]
        overall = (await client.hears("interview:feedback"))["overall"]["score"]
        assert (await client.send("interview:complete", {"interview_id": interview["id"]}))["ok"]
        await client.hears("interview:state", status="completed")
    kept = any_api.get(f"/api/v1/interviews/{interview['id']}").json()
    assert kept["overall_score"] == overall == scores["overall"]


async def _said(socket: ClientConnection) -> str:
    """What comes next besides what only keeps the connection going."""
    while (text := str(await socket.recv())) in {"2", "6"}:
        pass
    return text


async def test_polling_goes_over_to_a_websocket_and_stays_one_client(
    any_house: Runtime, any_api: Api, url: str
) -> None:
    interview = new_interview(any_api)
    polling = f"{url}/socket.io/?EIO=4&transport=polling"
    async with httpx.AsyncClient() as http:
        opening = json.loads((await http.get(polling)).text.removeprefix("0"))
        assert opening["upgrades"] == ["websocket"]
        mine = f"&sid={opening['sid']}"
        join = "40/interview," + json.dumps({"token": token_of(any_api)})
        assert (await http.post(polling + mine, content=join)).status_code == 200
        assert (await http.get(polling + mine)).text.startswith("40/interview,")
    async with connect(address(url) + mine) as socket:
        await socket.send("2probe")
        assert await socket.recv() == "3probe"
        await socket.send("5")
        # Nobody joins again: it is the client that joined by polling.
        asked = json.dumps(["interview:sync", {"interview_id": interview["id"]}])
        await socket.send(f"42/interview,7{asked}")
        answer = await _said(socket)
        assert answer.startswith("43/interview,7")
        state = json.loads(answer.removeprefix("43/interview,7"))[0]["state"]
        assert state["interview_id"] == interview["id"]
        paused = any_api.post(f"/api/v1/interviews/{interview['id']}/pause")
        assert paused.status_code == 200
        assert '"status":"paused"' in await _said(socket)


async def test_a_personal_token_may_do_what_its_scopes_say(
    any_house: Runtime, any_api: Api, url: str
) -> None:
    interview = new_interview(any_api)
    about = {"interview_id": interview["id"]}
    async with joined(url, _personal(any_api, "read")["token"]) as reader:
        assert (await reader.send("interview:sync", about))["ok"]
        refused = await reader.send("interview:complete", about)
        assert (refused["ok"], refused["code"]) == (False, "scope")
    async with joined(url, _personal(any_api, "read", "write")["token"]) as writer:
        assert (await writer.send("interview:complete", about))["state"]["status"] == "completed"


async def test_a_revoked_personal_token_ends_its_connection_and_opens_none(
    any_house: Runtime, any_api: Api, url: str
) -> None:
    made = _personal(any_api, "read")
    async with joined(url, made["token"]) as client:
        assert any_api.delete(f"{ME}/tokens/{made['id']}").status_code == 204
        assert (await client.hears("error"))["code"] == "signed_out"
        await client.until(client.closed.is_set, "the connection is over")
    async with opened(url) as client:
        with pytest.raises(RefusedError) as refused:
            await client.join({"token": made["token"]})
    assert refused.value.told["data"]["code"] == "bad_token"
