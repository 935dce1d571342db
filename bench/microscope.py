"""How smooth the timeline of a long answer is, and how soon it is there.

    python -m bench.microscope [--seconds 600] [--opens 5] [--plays 10]

A recording of ten minutes is analysed; a Chromium opens the page of that answer and plays it from
the middle. Opening is from asking for the page until the lanes are drawn. Frames are counted by
the browser itself while the playhead, the words and the transcript follow the sound.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import httpx
from playwright.sync_api import CDPSession, Page

from bench import candidates, machine
from bench.figures import percentile, spread, table
from bench.outcome import Target, conclude
from bench.stop_to_scores import signed_in, started_browser
from tests.e2e.conftest import Site, running
from tests.support.servers import wait_until

OPEN_SECONDS = 1.0
FRAMES_A_SECOND = 50
_ANALYSED_WITHIN = 300.0
_READY = ".tl[data-ready]"
# Times between frames, in milliseconds, for so many seconds from the first frame that moves.
_FRAMES = """seconds => new Promise(done => {
    const sound = document.querySelector('.tl audio');
    const times = [];
    const from = sound.currentTime;
    requestAnimationFrame(function tick(now) {
        if (sound.currentTime > from + 0.1) times.push(now);
        if (times.length && now - times[0] >= seconds * 1000)
            done({times, heard: sound.currentTime - from, words: window.litWords});
        else requestAnimationFrame(tick);
    });
})"""
_COUNT_WORDS = """() => {
    window.litWords = 0;
    new MutationObserver(changes => {
        window.litWords += changes.filter(one => one.target.classList.contains('now')).length;
    }).observe(document.querySelector('.tl-words'),
        {subtree: true, attributes: true, attributeFilter: ['class']});
}"""


def _answer(site: Site, candidate: candidates.Candidate, seconds: float) -> str:
    """The path of the page of an answer of this length, once it is analysed."""
    with httpx.Client(base_url=site.url, timeout=120, headers=candidate.headers) as client:
        made = client.post("/api/v1/interviews", json=candidates.interview_request(1)).json()
        path = f"/api/v1/interviews/{made['id']}"
        client.post(f"{path}/start").raise_for_status()
        sent = client.post(
            f"{path}/upload-audio",
            data={"question_id": made["questions"][0]["id"]},
            files={"file": ("answer.webm", candidates.spoken_webm(seconds), "audio/webm")},
        )
        sent.raise_for_status()
        answer = f"{path}/answers/{sent.json()['answer_id']}"
        wait_until(
            lambda: client.get(answer).json()["status"] == "done",
            _ANALYSED_WITHIN,
            "the long answer is analysed",
        )
        told = client.get(f"{answer}/timeline").json()
        print(f"{len(told['words'])} words, {len(told['pauses'])} pauses in {seconds:g} s")
    return f"/interview/{made['id']}/answer/{sent.json()['answer_id']}"


def _open(page: Page, url: str) -> float:
    """Seconds until the lanes are drawn."""
    began = time.perf_counter()
    page.goto(url, wait_until="commit")
    page.wait_for_selector(_READY, timeout=60_000)
    return time.perf_counter() - began


def _play(page: Page, from_second: float, seconds: int) -> dict[str, Any]:
    page.evaluate(_COUNT_WORDS)
    page.evaluate(
        "at => { document.querySelector('.tl audio').currentTime = at; }",
        from_second,
    )
    page.get_by_role("button", name="Play", exact=True).first.click()
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    before = _busy(session)
    seen: dict[str, Any] = page.evaluate(_FRAMES, seconds)
    seen["busy"] = _busy(session) - before
    return seen


def _busy(session: CDPSession) -> float:
    """Seconds the page's main thread has worked so far."""
    told = session.send("Performance.getMetrics")
    return float(next(row["value"] for row in told["metrics"] if row["name"] == "TaskDuration"))


def _by_second(times: list[float]) -> list[int]:
    """How many frames there were in each whole second."""
    counts = [0] * int((times[-1] - times[0]) // 1000)
    for moment in times:
        place = int((moment - times[0]) // 1000)
        if place < len(counts):
            counts[place] += 1
    return counts


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the targets were met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.microscope", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="of the recording (600)")
    parser.add_argument("--opens", type=int, default=5, help="how often the page is opened (5)")
    parser.add_argument("--plays", type=int, default=10, help="seconds that are played (10)")
    parser.add_argument("--out", type=Path, help="where the JSON goes (bench/results/)")
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with running(data, **candidates.settings_of_site(Path(folder))) as site:
            candidates.wait_for_worker(site)
            candidate = candidates.sign_up(site.url, "microscope@example.org")
            path = _answer(site, candidate, chosen.seconds)
            with started_browser() as browser:
                context = signed_in(browser, site, candidate)
                page = context.new_page()
                first = _open(page, site.url + path)
                opens = [_open(page, site.url + path) for _ in range(chosen.opens)]
                seen = _play(page, chosen.seconds / 2, chosen.plays)
                context.close()
    counts = _by_second(seen["times"])
    gaps = [after - before for before, after in zip(seen["times"], seen["times"][1:], strict=False)]
    rows: list[list[object]] = [["first opening, nothing kept", f"{first:.2f} s"]]
    rows += [[f"opening {number}", f"{value:.2f} s"] for number, value in enumerate(opens, 2)]
    worked = round(1000 * seen["busy"] / len(seen["times"]), 2)
    rows += [["the page's own work a frame", f"{worked} ms"]]
    rows += [[f"second {number}", f"{count} frames"] for number, count in enumerate(counts, 1)]
    print(table(["a ten-minute answer", ""], rows))
    slowest = round(1000 / max(1, min(counts)), 2)
    return conclude(
        "microscope",
        targets=[
            Target("seconds to open, the median", round(percentile(opens, 0.5), 3), OPEN_SECONDS),
            Target(
                f"milliseconds a frame in the slowest second ({FRAMES_A_SECOND} frames a second)",
                slowest,
                1000 / FRAMES_A_SECOND,
            ),
        ],
        figures={
            "recording_seconds": chosen.seconds,
            "open_seconds": spread(opens),
            "first_open_seconds": round(first, 3),
            "frames_by_second": counts,
            "milliseconds_between_frames": spread(gaps, 2),
            "milliseconds_worked_a_frame": worked,
            "seconds_heard": round(seen["heard"], 2),
            "words_lit_and_put_out": seen["words"],
        },
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
