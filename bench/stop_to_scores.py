"""From the last acknowledged chunk of a spoken answer to its score on a real page.

    python -m bench.stop_to_scores [--answers 20] [--seconds 60]

The recogniser's own time is taken out: it belongs to the model that is chosen, and here a scripted
one stands in for it. The page is a Chromium that shows the interview room and is not touched.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from bench import candidates, machine
from bench.candidates import Candidate
from bench.figures import (
    Analysed,
    Moments,
    analysed_of_line,
    percentile,
    shares,
    spread,
    stages,
    table,
)
from bench.outcome import Target, conclude
from interview_coach.jobs.progress import ProgressHub
from interview_coach.settings import Settings
from tests.e2e.conftest import Site, running
from tests.support.servers import wait_until

TARGET_SECONDS = 1.5
_QUESTIONS_AN_INTERVIEW = 10
_SHOWN_WITHIN = 120.0
_LOGGED_WITHIN = 10.0
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
_FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
# Notes when each row of the list of answers first shows a score, on the browser's own clock.
_WATCH_ROWS = """() => {
    window.scoredAt = {};
    const look = () => {
        const now = performance.timeOrigin + performance.now();
        document.querySelectorAll('aside[aria-label="Answers"] ol > li').forEach((row, index) => {
            if (!(index in window.scoredAt) && /Scored \\d/.test(row.textContent))
                window.scoredAt[index] = now;
        });
    };
    const whole = {subtree: true, childList: true, characterData: true};
    new MutationObserver(look).observe(document.body, whole);
    look();
}"""
_BROWSER_TIME = "() => performance.timeOrigin + performance.now()"


class Listener:
    """Hears, as the pages do, when the worker says that an answer is done."""

    def __init__(self, redis_address: str, interview_ids: list[str]) -> None:
        self._told: dict[str, float] = {}
        self._hub = ProgressHub(redis_address)
        self._interviews = interview_ids
        self._started = threading.Event()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._listen()), daemon=True)

    def __enter__(self) -> Listener:
        self._thread.start()
        self._started.wait()
        return self

    def __exit__(self, *_: object) -> None:
        self._end()
        self._thread.join()

    def told_at(self, answer_id: str) -> float:
        """When the result of this answer was announced, seconds since 1970."""
        wait_until(lambda: answer_id in self._told, _LOGGED_WITHIN, "the answer is announced")
        return self._told[answer_id]

    async def _listen(self) -> None:
        ended = asyncio.Event()
        self._end = partial(asyncio.get_running_loop().call_soon_threadsafe, ended.set)
        following = [self._follow(each) for each in self._interviews]
        tasks = [asyncio.create_task(each) for each in (self._hub.run(), *following)]
        self._started.set()
        await ended.wait()
        for task in tasks:
            task.cancel()

    async def _follow(self, interview_id: str) -> None:
        async with self._hub.watch(interview_id) as queue:
            while True:
                message = await queue.get()
                if message.get("status") == "done":
                    self._told[message["answer_id"]] = time.time()


class Room:
    """The interview room in a browser, watched for scores."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._ahead = 0.0

    def enter(self, url: str) -> None:
        """Open the room and begin to watch."""
        self._page.goto(url)
        self._page.locator('aside[aria-label="Answers"] ol > li').first.wait_for()
        self._page.evaluate(_WATCH_ROWS)
        # Both clocks are the machine's; what they differ by is taken out all the same.
        before = time.time()
        there = self._page.evaluate(_BROWSER_TIME) / 1000
        self._ahead = there - (before + time.time()) / 2

    def shown_at(self, row: int) -> float:
        """When the score of this row stood on the page, seconds since 1970."""
        self._page.wait_for_function(
            "row => row in window.scoredAt", arg=row, timeout=_SHOWN_WITHIN * 1000
        )
        return float(self._page.evaluate("row => window.scoredAt[row]", row)) / 1000 - self._ahead


@contextmanager
def started_browser() -> Iterator[Browser]:
    """A Chromium without a head."""
    program = next((path for name in _PROGRAMS if (path := shutil.which(name))), None)
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=program, args=_FLAGS)
        yield browser
        browser.close()


def signed_in(browser: Browser, site: Site, candidate: Candidate) -> BrowserContext:
    """A browser window in which the candidate is signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    name, _, value = candidate.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": site.url}])
    return context


def _logged(site: Site, answer_id: str) -> Analysed:
    """What the worker's log says of this answer; it passes the supervisor first."""
    file = site.data_dir / "logs" / "worker.log"
    found: list[Analysed] = []

    def look() -> bool:
        for line in file.read_text(encoding="utf-8").splitlines():
            analysed = analysed_of_line(line)
            if analysed is not None and analysed.answer_id == answer_id:
                found.append(analysed)
                return True
        return False

    wait_until(look, _LOGGED_WITHIN, "the worker's log tells of the answer")
    return found[0]


class Sender:
    """Sends recordings as the page's recorder does, and knows when each chunk has arrived."""

    def __init__(self, client: httpx.Client, candidate: Candidate, chunks: list[bytes]) -> None:
        self._client = client
        self._candidate = candidate
        self._chunks = chunks

    def post(self, path: str, body: dict[str, Any] | None = None) -> Any:
        """Send a request of this candidate; its JSON."""
        answer = self._client.post(path, json=body, headers=self._candidate.headers)
        answer.raise_for_status()
        return answer.json()

    def interview(self, questions: int) -> dict[str, Any]:
        """A started interview of so many questions."""
        made = self.post("/api/v1/interviews", candidates.interview_request(questions))
        started: dict[str, Any] = self.post(f"/api/v1/interviews/{made['id']}/start")
        return started

    def begin(self, interview: dict[str, Any], row: int) -> str:
        """Begin an answer and send all of it but the last chunk; returns its address."""
        address = f"/api/v1/interviews/{interview['id']}/answers"
        begun = self.post(address, {"question_id": interview["questions"][row]["id"]})
        address = f"{address}/{begun['id']}"
        for number in range(len(self._chunks) - 1):
            self._put(address, number)
        return address

    def end(self, address: str, seconds: float) -> tuple[float, float]:
        """Send the last chunk and finish: when each was answered, seconds since 1970."""
        self._put(address, len(self._chunks) - 1)
        acknowledged = time.time()
        self.post(f"{address}/finish", {"chunks": len(self._chunks), "duration_seconds": seconds})
        return acknowledged, time.time()

    def _put(self, address: str, number: int) -> None:
        chunk = self._chunks[number]
        self._client.put(
            f"{address}/chunks/{number}",
            content=chunk,
            headers=candidates.chunk_headers(self._candidate, chunk),
        ).raise_for_status()


def _measure_room(
    site: Site,
    room: Room,
    sender: Sender,
    listener: Listener,
    interview: dict[str, Any],
    seconds: float,
) -> list[dict[str, float]]:
    """Answer every question of one interview, one after the other; the stages of each."""
    prepared = [sender.begin(interview, row) for row in range(len(interview["questions"]))]
    room.enter(f"{site.url}/interview/{interview['id']}")
    measured = []
    for row, address in enumerate(prepared):
        acknowledged, finished = sender.end(address, seconds)
        shown = room.shown_at(row)
        answer_id = address.rsplit("/", 1)[1]
        analysed = _logged(site, answer_id)
        told = listener.told_at(answer_id)
        measured.append(stages(Moments(acknowledged, finished, analysed, told, shown)))
    return measured


def _measure(folder: Path, answers: int, seconds: float) -> list[dict[str, float]]:
    """The stages of `answers` answers and, first of all, of one right after the start."""
    chunks = candidates.chunks_of(candidates.spoken_webm(seconds), seconds)
    data = folder / "data"
    data.mkdir()
    with (
        running(data, **candidates.settings_of_site(folder)) as site,
        httpx.Client(base_url=site.url, timeout=30) as client,
        started_browser() as browser,
    ):
        candidates.wait_for_worker(site)
        candidate = candidates.sign_up(site.url, "candidate@example.org")
        sender = Sender(client, candidate, chunks)
        sizes = [1] + [
            min(_QUESTIONS_AN_INTERVIEW, answers - done)
            for done in range(0, answers, _QUESTIONS_AN_INTERVIEW)
        ]
        interviews = [sender.interview(size) for size in sizes]
        address = Settings(data_dir=data, redis_url=None).redis_address
        room = Room(signed_in(browser, site, candidate).new_page())
        with Listener(address, [each["id"] for each in interviews]) as listener:
            return [
                part
                for interview in interviews
                for part in _measure_room(site, room, sender, listener, interview, seconds)
            ]


def _without_recogniser(part: dict[str, float]) -> float:
    return sum(part.values()) - part["recognise"]


def _report(measured: list[dict[str, float]]) -> dict[str, Any]:
    """Print the table of stages; the same as JSON."""
    first, parts = measured[0], measured[1:]
    share = shares(parts, without="recognise")
    by_stage = {name: spread([part[name] for part in parts]) for name in first}
    rows: list[list[object]] = [
        [
            name.replace("_", " "),
            f"{figures['p50']:.3f}",
            f"{figures['p95']:.3f}",
            f"{share[name]:.1%}" if name in share else "taken out",
        ]
        for name, figures in by_stage.items()
    ]
    whole = spread([_without_recogniser(part) for part in parts])
    rows.append(["all without recognise", f"{whole['p50']:.3f}", f"{whole['p95']:.3f}", "100.0%"])
    print(table(["stage, seconds", "p50", "p95", "share"], rows))
    print(f"First answer after the start, without recognise: {_without_recogniser(first):.3f} s")
    return {
        "seconds_without_recogniser": whole,
        "seconds_with_scripted_recogniser": spread([sum(part.values()) for part in parts]),
        "first_answer_after_start": round(_without_recogniser(first), 3),
        "share_of_each_stage": share,
        "stages": by_stage,
        "answers": [{name: round(value, 3) for name, value in part.items()} for part in parts],
    }


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the target was met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.stop_to_scores", description=__doc__)
    parser.add_argument("--answers", type=int, default=20, help="how many are measured (20)")
    parser.add_argument("--seconds", type=float, default=60.0, help="length of each (60)")
    parser.add_argument("--out", type=Path, help="where the JSON goes (bench/results/)")
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        measured = _measure(Path(folder), chosen.answers, chosen.seconds)
    print(f"{chosen.answers} answers of {chosen.seconds:g} s, one after the other\n")
    figures = _report(measured)
    p50 = round(percentile([_without_recogniser(part) for part in measured[1:]], 0.5), 3)
    words = "p50 seconds from the last chunk acknowledged to the score on the page"
    return conclude(
        "stop_to_scores",
        targets=[Target(f"{words}, without the recogniser", p50, TARGET_SECONDS)],
        figures={"answer_seconds": chosen.seconds, **figures},
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
