"""Two hundred sign-ins at one moment, and how quickly the pages of others answer meanwhile.

    python -m bench.login_storm [--logins 200] [--dashboards 20] [--cores 2]

Half of the sign-ins have the right password; each comes from an address of its own, as
COACH_TRUSTED_PROXIES=1 and X-Forwarded-For tell the server, since one address would be slowed. The
dashboards of other candidates are read again twice a second, timed in a process of their own; what
is told are the page events that were due while the storm lasted.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import tempfile
import time
from functools import partial
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import httpx

from bench import candidates, machine
from bench.figures import spread, table
from bench.outcome import Target, conclude
from bench.page_sockets import PageSocket, at_intervals, with_page
from tests.e2e.conftest import PASSWORD, Site, running

TARGET_P95_MS = 300.0
_EVERY_SECONDS = 0.5
_PAGES_OPEN_WITHIN = 60.0
_ACCOUNTS = 10


def watch_dashboards(url: str, cookies: list[str], ready: Event, stop: Event, results: Any) -> None:
    """Keep the dashboards open and time their events; run in a process of its own."""
    asyncio.run(_watch(url, cookies, ready, stop, results))


async def _watch(url: str, cookies: list[str], ready: Event, stop: Event, results: Any) -> None:
    from interview_coach.analytics.state import DashboardState

    event = f"{DashboardState.get_full_name()}.load"
    took: list[float] = []
    loading = asyncio.Barrier(len(cookies) + 1)

    async def use(after: float, page: PageSocket) -> None:
        async def load(_number: int) -> float:
            return await page.event(event, {}, '"loaded_rx_state_"')

        await load(0)
        await loading.wait()
        took.extend(await at_intervals(_EVERY_SECONDS, stop.is_set, load, after=after))

    async with asyncio.TaskGroup() as group:
        for number, cookie in enumerate(cookies):
            after = _EVERY_SECONDS * number / len(cookies)
            group.create_task(with_page(url, cookie, "/dashboard", partial(use, after)))
        await loading.wait()
        ready.set()
    results.put(took)


async def _sign_in(client: httpx.AsyncClient, number: int) -> tuple[bool, int, float]:
    """Whether the password was right, the status, and the seconds it took."""
    right = number % 2 == 0
    form = {
        "username": f"storm{number % _ACCOUNTS}@example.org",
        "password": PASSWORD if right else "not the password",
    }
    address = f"203.0.{number // 250}.{number % 250 + 1}"
    began = time.perf_counter()
    answer = await client.post(
        "/api/v1/auth/login", data=form, headers={"X-Forwarded-For": address}
    )
    return right, answer.status_code, time.perf_counter() - began


async def _storm(url: str, logins: int) -> tuple[list[tuple[bool, int, float]], float]:
    limits = httpx.Limits(max_connections=logins)
    async with httpx.AsyncClient(base_url=url, timeout=120, limits=limits) as client:
        began = time.perf_counter()
        done = await asyncio.gather(*(_sign_in(client, number) for number in range(logins)))
        return list(done), time.perf_counter() - began


def _measure(site: Site, logins: int, dashboards: int) -> dict[str, Any]:
    people = [
        candidates.sign_up(site.url, f"watcher{number}@example.org") for number in range(dashboards)
    ]
    with httpx.Client(base_url=site.url, timeout=30) as client:
        for number in range(_ACCOUNTS):
            body = {
                "email": f"storm{number}@example.org",
                "password": PASSWORD,
                "full_name": "Test Candidate",
            }
            headers = {"X-Forwarded-For": f"198.51.100.{number + 1}"}
            client.post("/api/v1/auth/register", json=body, headers=headers).raise_for_status()
    context = get_context("spawn")
    ready, stop, results = context.Event(), context.Event(), context.Queue()
    process = context.Process(
        target=watch_dashboards,
        args=(site.url, [one.cookie for one in people], ready, stop, results),
        daemon=True,
    )
    process.start()
    if not ready.wait(_PAGES_OPEN_WITHIN):
        process.terminate()
        raise SystemExit("The pages could not be opened.")
    done, whole = asyncio.run(_storm(site.url, logins))
    stop.set()
    took = results.get(timeout=_PAGES_OPEN_WITHIN)
    process.join()
    wrong = [one for one in done if one[1] != (200 if one[0] else 401)]
    return {"done": done, "whole": whole, "took": took, "wrong": len(wrong)}


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the target was met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.login_storm", description=__doc__)
    parser.add_argument("--logins", type=int, default=200)
    parser.add_argument("--dashboards", type=int, default=20)
    parser.add_argument("--cores", type=int, default=2)
    parser.add_argument("--out", type=Path)
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        settings = candidates.settings_of_site(Path(folder))
        with running(data, **settings, COACH_TRUSTED_PROXIES="1") as site:
            candidates.wait_for_worker(site)
            found = _measure(site, chosen.logins, chosen.dashboards)
    events = spread([1000 * one for one in found["took"]], digits=1)
    logins = spread([1000 * one[2] for one in found["done"]], digits=1)
    names = ("count", "p50", "p95", "largest")
    print(
        table(
            ["milliseconds", *names],
            [
                ["page events of others", *(events[name] for name in names)],
                ["sign-ins", *(logins[name] for name in names)],
            ],
        )
    )
    print(f"The storm lasted {found['whole']:.1f} s")
    return conclude(
        "login_storm",
        targets=[
            Target("p95 of others' page events, milliseconds", float(events["p95"]), TARGET_P95_MS),
            Target("sign-ins answered wrongly", found["wrong"], 0),
        ],
        figures={
            "page_events_ms": events,
            "sign_ins_ms": logins,
            "seconds_in_all": round(found["whole"], 2),
            "sign_ins": chosen.logins,
            "dashboards": chosen.dashboards,
        },
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
