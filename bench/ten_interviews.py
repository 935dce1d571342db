"""Ten interviews at once on two cores, and how quickly pages answer meanwhile.

    python -m bench.ten_interviews [--candidates 10] [--dashboards 3] [--cores 2]

Each candidate records two spoken answers, sends them chunk by chunk, waits for the scores and ends
the interview, with the interview room open. Beside them, dashboards are read again every 250 ms.
The candidates are part of the load on the same cores; the page's answers are timed in a process of
their own.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import httpx

from bench import candidates, machine
from bench.candidates import Candidate
from bench.figures import spread, table
from bench.outcome import Target, conclude
from bench.page_sockets import PageSocket, at_intervals, with_page
from tests.e2e.conftest import Site, running

TARGET_P95_MS = 150.0
_QUESTIONS = 2
_CHUNK_EVERY_SECONDS = 0.3
_DASHBOARD_EVERY_SECONDS = 0.25
_ROOM_EVERY_SECONDS = 1.0
_LOOK_EVERY_SECONDS = 0.5
_SCORED_WITHIN = 300.0
_PAGES_END_WITHIN = 30.0
_SETTLED = {"done", "failed", "needs_text"}


@dataclass(frozen=True)
class Spoken:
    """A recording to be sent. seconds: its length."""

    chunks: list[bytes]
    seconds: float


class Interview:
    """One candidate's interview, answered by voice over the API."""

    def __init__(self, client: httpx.AsyncClient, candidate: Candidate) -> None:
        self._client = client
        self.candidate = candidate
        self.content: dict[str, Any] = {}
        self.chunk_seconds: list[float] = []
        self.score_seconds: list[float] = []

    @property
    def address(self) -> str:
        """Where the API keeps it."""
        return f"/api/v1/interviews/{self.content['id']}"

    async def set_up(self) -> None:
        """Make it and start it."""
        wanted = candidates.interview_request(_QUESTIONS)
        self.content = await self._ask("POST", "/api/v1/interviews", wanted)
        await self._ask("POST", f"{self.address}/start")

    async def run(self, spoken: Spoken) -> None:
        """Answer every question by voice, wait for the scores, end it."""
        for question in self.content["questions"]:
            await self._answer(question["id"], spoken)
        await self._ask("POST", f"{self.address}/complete")

    async def _answer(self, question_id: str, spoken: Spoken) -> None:
        begun = await self._ask("POST", f"{self.address}/answers", {"question_id": question_id})
        address = f"{self.address}/answers/{begun['id']}"
        for number, chunk in enumerate(spoken.chunks):
            await asyncio.sleep(_CHUNK_EVERY_SECONDS)  # the pace of the recording, compressed
            await self._put(f"{address}/chunks/{number}", chunk)
        sent = {"chunks": len(spoken.chunks), "duration_seconds": spoken.seconds}
        began = time.perf_counter()
        await self._ask("POST", f"{address}/finish", sent)
        async with asyncio.timeout(_SCORED_WITHIN):
            # Only asking tells a program over HTTP how far it is.
            while (await self._ask("GET", address))["status"] not in _SETTLED:  # noqa: ASYNC110
                await asyncio.sleep(_LOOK_EVERY_SECONDS)
        self.score_seconds.append(time.perf_counter() - began)

    async def _put(self, address: str, chunk: bytes) -> None:
        began = time.perf_counter()
        headers = candidates.chunk_headers(self.candidate, chunk)
        (await self._client.put(address, content=chunk, headers=headers)).raise_for_status()
        self.chunk_seconds.append(time.perf_counter() - began)

    async def _ask(self, method: str, address: str, body: dict[str, Any] | None = None) -> Any:
        headers = self.candidate.headers
        answer = await self._client.request(method, address, json=body, headers=headers)
        answer.raise_for_status()
        return answer.json()

    async def mistakes(self) -> list[str]:
        """What is not as it must be: exactly one scored take for every question."""
        view = await self._ask("GET", self.address)
        analysis = await self._ask("GET", f"{self.address}/analysis")
        asked = sorted(question["id"] for question in self.content["questions"])
        found = []
        if sorted(answer["question_id"] for answer in view["answers"]) != asked:
            found.append(f"answers lost or doubled: {len(view['answers'])} of {len(asked)}")
        found += [
            f"an answer is {answer['status']}: {answer['error']}"
            for answer in view["answers"]
            if answer["status"] != "done" or answer["overall"] is None
        ]
        if sorted(answer["question_id"] for answer in analysis["answers"]) != asked:
            found.append(f"analyses lost or doubled: {len(analysis['answers'])} of {len(asked)}")
        if view["status"] != "completed":
            found.append(f"the interview is {view['status']}")
        return found


@dataclass(frozen=True)
class Pages:
    """The pages that are open. rooms: (cookie, interview id). dashboards: cookies."""

    url: str
    rooms: list[tuple[str, str]]
    dashboards: list[str]


def watch_pages(pages: Pages, ready: Event, stop: Event, results: Any) -> None:
    """Keep the pages open and use them until told to stop; runs in a process of its own.

    Puts {"dashboard": [seconds], "room": [seconds], "updates": count} into `results`.
    """
    asyncio.run(_use_pages(pages, ready, stop, results))


async def _use_pages(pages: Pages, ready: Event, stop: Event, results: Any) -> None:
    # Reflex takes a second to load: only this process needs it, for the names of events.
    from interview_coach.analytics.state import DashboardState
    from interview_coach.interviews.room_state import RoomState

    took: dict[str, Any] = {"dashboard": [], "room": [], "updates": 0}
    loading = asyncio.Barrier(len(pages.rooms) + len(pages.dashboards) + 1)
    dashboard, room = DashboardState.get_full_name(), RoomState.get_full_name()

    async def use_dashboard(after: float, page: PageSocket) -> None:
        async def load(_number: int) -> float:
            return await page.event(f"{dashboard}.load", {}, '"loaded_rx_state_"')

        await load(0)
        await loading.wait()
        took["dashboard"] += await at_intervals(
            _DASHBOARD_EVERY_SECONDS, stop.is_set, load, after=after
        )

    async def use_room(after: float, page: PageSocket) -> None:
        async def go_to(number: int) -> float:
            payload = {"position": 1 + number % _QUESTIONS}
            return await page.event(f"{room}.go_to", payload, '"words_for_rx_state_"')

        await page.event(f"{room}.enter", {}, '"loaded_rx_state_":true')
        await page.tell(f"{room}.watch", {})
        await go_to(0)
        await loading.wait()
        took["room"] += await at_intervals(_ROOM_EVERY_SECONDS, stop.is_set, go_to, after=after)
        took["updates"] += page.updates

    async with asyncio.TaskGroup() as group:
        for number, (cookie, interview_id) in enumerate(pages.rooms):
            use = partial(use_room, _ROOM_EVERY_SECONDS * number / len(pages.rooms))
            path = f"/interview/{interview_id}"
            group.create_task(with_page(pages.url, cookie, path, use))
        for number, cookie in enumerate(pages.dashboards):
            use = partial(use_dashboard, _DASHBOARD_EVERY_SECONDS * number / len(pages.dashboards))
            group.create_task(with_page(pages.url, cookie, "/dashboard", use))
        await loading.wait()
        ready.set()
    results.put(took)


async def _set_up(client: httpx.AsyncClient, people: list[Candidate]) -> list[Interview]:
    interviews = [Interview(client, candidate) for candidate in people]
    for interview in interviews:
        await interview.set_up()
    return interviews


async def _conduct(site: Site, people: list[Candidate], watchers: list[Candidate]) -> Any:
    seconds = candidates.FIXTURE_SECONDS
    spoken = Spoken(candidates.chunks_of(candidates.spoken_webm(), seconds), seconds)
    limits = httpx.Limits(max_connections=2 * len(people))
    async with httpx.AsyncClient(base_url=site.url, timeout=60, limits=limits) as client:
        interviews = await _set_up(client, people)
        await _set_up(client, watchers)  # so that their dashboards have something to show
        rooms = [(each.candidate.cookie, each.content["id"]) for each in interviews]
        pages = Pages(site.url, rooms, [watcher.cookie for watcher in watchers])
        context = get_context("spawn")
        ready, stop, results = context.Event(), context.Event(), context.Queue()
        process = context.Process(
            target=watch_pages, args=(pages, ready, stop, results), daemon=True
        )
        process.start()
        if not await asyncio.to_thread(ready.wait, _PAGES_END_WITHIN):
            process.terminate()
            raise SystemExit("The pages could not be opened.")
        began = time.perf_counter()
        await asyncio.gather(*(interview.run(spoken) for interview in interviews))
        whole = time.perf_counter() - began
        stop.set()
        took = await asyncio.to_thread(results.get, timeout=_PAGES_END_WITHIN)
        await asyncio.to_thread(process.join)
        mistakes = [each for interview in interviews for each in await interview.mistakes()]
    return interviews, took, whole, mistakes


def _milliseconds(values: list[float]) -> dict[str, float | int]:
    return spread([1000 * value for value in values], digits=1)


def _report(interviews: list[Interview], took: dict[str, Any], whole: float) -> dict[str, Any]:
    """Print the table; the same as JSON, in milliseconds."""
    timed = {
        "page events, all": took["dashboard"] + took["room"],
        "  dashboard, read again": took["dashboard"],
        "  room, another question": took["room"],
        "chunks uploaded": [each for one in interviews for each in one.chunk_seconds],
        "finished until scored": [each for one in interviews for each in one.score_seconds],
    }
    figures = {name.strip(): _milliseconds(values) for name, values in timed.items()}
    rows: list[list[object]] = [
        [name, *(figures[name.strip()][each] for each in ("count", "p50", "p95", "largest"))]
        for name in timed
    ]
    print(table(["milliseconds", "count", "p50", "p95", "largest"], rows))
    print(f"All together: {whole:.1f} s; {took['updates']} updates came to the rooms")
    return {
        "milliseconds": figures,
        "seconds_in_all": round(whole, 2),
        "updates_to_rooms": took["updates"],
    }


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the targets were met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.ten_interviews", description=__doc__)
    parser.add_argument("--candidates", type=int, default=10, help="interviews at once (10)")
    parser.add_argument("--dashboards", type=int, default=3, help="dashboards beside them (3)")
    parser.add_argument("--cores", type=int, default=2, help="cores for everything together (2)")
    parser.add_argument("--out", type=Path, help="where the JSON goes (bench/results/)")
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with running(data, **candidates.settings_of_site(Path(folder))) as site:
            candidates.wait_for_worker(site)
            count = chosen.candidates + chosen.dashboards
            emails = [f"candidate{number}@example.org" for number in range(count)]
            people = [candidates.sign_up(site.url, email) for email in emails]
            interviews, took, whole, mistakes = asyncio.run(
                _conduct(site, people[: chosen.candidates], people[chosen.candidates :])
            )
    print(f"{chosen.candidates} interviews at once, {_QUESTIONS} spoken answers each\n")
    figures = _report(interviews, took, whole)
    for mistake in mistakes:
        print(f"WRONG: {mistake}")
    p95 = float(figures["milliseconds"]["page events, all"]["p95"])
    return conclude(
        "ten_interviews",
        targets=[
            Target("p95 of page events, milliseconds", p95, TARGET_P95_MS),
            Target("answers lost, doubled or without a score", len(mistakes), 0),
        ],
        figures={**figures, "interviews": chosen.candidates, "mistakes": mistakes},
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
