"""Live events over the page's own path: the namespace /interview stands beside the page's."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.e2e.conftest import PASSWORD, Site
from tests.support.live_client import RefusedError, opened

pytestmark = pytest.mark.e2e
PAGE_PATH = "/_event/"


def test_a_program_joins_the_namespace_over_the_pages_path(site: Site) -> None:
    email = "live.events@example.org"
    with httpx.Client(base_url=f"{site.url}/api/v1") as http:
        given = {"email": email, "password": PASSWORD, "full_name": "Live Events"}
        assert http.post("/auth/register", json=given).status_code == 201
        signed = http.post("/auth/login", data={"username": email, "password": PASSWORD}).json()
        http.headers["Authorization"] = f"Bearer {signed['access_token']}"
        interview = http.post("/interviews", json={"type": "hr", "question_count": 2}).json()
        answer = _in_a_loop_of_its_own(_started(site.url, signed["access_token"], interview["id"]))
        assert answer["state"]["status"] == "in_progress"
        assert http.get(f"/interviews/{interview['id']}").json()["status"] == "in_progress"


def test_nobody_joins_over_the_pages_path_without_a_token(site: Site) -> None:
    refused = _in_a_loop_of_its_own(_refused(site.url))
    assert refused["data"]["code"] == "sign_in"


def _in_a_loop_of_its_own(coroutine: Any) -> Any:
    # Playwright keeps a loop running in this thread.
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result(60)


async def _started(url: str, token: str, interview_id: str) -> Any:
    async with opened(url, PAGE_PATH) as client:
        await client.join({"token": token})
        answer = await client.send("interview:start", {"interview_id": interview_id})
        await client.hears("interview:state", status="in_progress")
        return answer


async def _refused(url: str) -> dict[str, Any]:
    async with opened(url, PAGE_PATH) as client:
        with pytest.raises(RefusedError) as refused:
            await client.join({})
    return refused.value.told
