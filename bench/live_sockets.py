"""A thousand programs listening to live events, each asking once a second.

    python -m bench.live_sockets [--clients 1000] [--seconds 60] [--cores 2]

Each client is another candidate with an interview of their own and joins the namespace /interview,
20 at a time; its first `interview:sync` reads the interview from the database and is shown apart.
When all have joined, each sends `interview:sync` once a second; the time until the acknowledgement
is measured. The clients run in a process of their own, on the same cores as the site.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
import time
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

from bench import machine
from bench.figures import percentile, spread, table
from bench.outcome import Target, conclude
from tests.e2e.conftest import PASSWORD, Site, running

TARGET_P95_MS = 100.0
_EVERY_SECONDS = 1.0
_AT_ONCE = 20
_READY_WITHIN = 240.0
_SETTLE_SECONDS = 2.0
_KIB = 1024
_PAGE_KIB = 4


@dataclass(frozen=True)
class Candidate:
    """Who a client is: an access token and an interview."""

    token: str
    interview_id: str


def make_candidates(site: Site, count: int) -> list[Candidate]:
    """Accounts, sessions and started interviews, written with the program's own services straight
    to the site's database: signing up is limited by address, and not what is measured here."""
    from interview_coach import tables
    from interview_coach.accounts import passwords, sessions
    from interview_coach.accounts.models import User
    from interview_coach.accounts.schemas import CurrentUser
    from interview_coach.interviews import service as interviews
    from interview_coach.interviews.models import Interview
    from interview_coach.interviews.schemas import InterviewRequest
    from interview_coach.kit.database import Database

    del tables
    key = site.settings["COACH_SECRET_KEY"]
    database = Database(f"sqlite:///{site.data_dir / 'coach.db'}")
    hashed = passwords.hash_password(PASSWORD)
    wanted = InterviewRequest(type="behavioral", question_count=3)
    made = []
    with database.writing() as session:
        for number in range(count):
            user = User(
                email=f"listener{number}@example.org", full_name="Listener", password_hash=hashed
            )
            session.add(user)
            session.flush()
            signed = sessions.open_session(session, user.id, sessions.Client())
            acting = CurrentUser(
                id=user.id,
                email=user.email,
                full_name=user.full_name,
                role=user.role,
                session_id=signed.session_id,
            )
            interview: Interview = interviews.create(session, acting, wanted)
            token = sessions.tokens_of(signed, key).access_token
            made.append(Candidate(token, interview.id))
    database.dispose()
    return made


def be_clients(
    url: str, people: list[Candidate], seconds: float, ready: Event, go: Event, results: Any
) -> None:
    """Join, and ask once a second when told to; runs in a process of its own."""
    asyncio.run(_be_clients(url, people, seconds, ready, go, results))


async def _be_clients(
    url: str, people: list[Candidate], seconds: float, ready: Event, go: Event, results: Any
) -> None:
    from websockets.exceptions import WebSocketException

    from tests.support.live_client import RefusedError, joined

    joining = asyncio.Semaphore(_AT_ONCE)
    started = asyncio.Event()
    waiting = asyncio.Barrier(len(people) + 1)
    first: list[float] = []
    took: list[float] = []
    errors: list[str] = []

    async def client(number: int, who: Candidate) -> None:
        try:
            async with joining:
                connection = joined(url, who.token)
                listener = await connection.__aenter__()
                listener.keep = False
                began = time.perf_counter()
                await listener.send("interview:sync", {"interview_id": who.interview_id})
                first.append(time.perf_counter() - began)
            await waiting.wait()
            await started.wait()
            due = time.perf_counter() + _EVERY_SECONDS * number / len(people)
            for _ in range(round(seconds / _EVERY_SECONDS)):
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                answer = await listener.send("interview:sync", {"interview_id": who.interview_id})
                # Counted from when it was due: a slow answer does not hide those it delays.
                took.append(time.perf_counter() - due)
                if not answer["ok"]:
                    errors.append(str(answer["code"]))
                due += _EVERY_SECONDS
            await connection.__aexit__(None, None, None)
        except (OSError, WebSocketException, RefusedError, TimeoutError) as error:
            errors.append(f"{type(error).__name__}: {error}")

    tasks = [asyncio.create_task(client(n, who)) for n, who in enumerate(people)]
    async with asyncio.timeout(_READY_WITHIN):
        await waiting.wait()
    ready.set()
    await asyncio.to_thread(go.wait)
    started.set()
    await asyncio.gather(*tasks)
    results.put((first, took, errors))


def _memory_kib(site: Site) -> int:
    """What the web process and its worker hold in memory (resident), KiB."""
    return sum(
        int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]) * _PAGE_KIB
        for pid in site.pids("launch.serving")
    )


def _processor_seconds(site: Site) -> float:
    """What the web process has used of the processors so far."""
    ticks = 0
    for pid in site.pids("launch.serving"):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / 100


def _measure(site: Site, count: int, seconds: float) -> dict[str, Any]:
    people = make_candidates(site, count)
    context = get_context("spawn")
    ready, go, results = context.Event(), context.Event(), context.Queue()
    before = _memory_kib(site)
    process = context.Process(
        target=be_clients, args=(site.url, people, seconds, ready, go, results), daemon=True
    )
    process.start()
    if not ready.wait(_READY_WITHIN):
        process.terminate()
        raise SystemExit("The clients could not join.")
    time.sleep(_SETTLE_SECONDS)
    joined, used = _memory_kib(site), _processor_seconds(site)
    go.set()
    time.sleep(seconds)
    after, used = _memory_kib(site), _processor_seconds(site) - used
    first, took, errors = results.get(timeout=_READY_WITHIN)
    process.join()
    milliseconds = [1000 * each for each in took]
    return {
        "clients": count,
        "seconds": seconds,
        "messages": len(took),
        "first_sync_milliseconds": spread([1000 * each for each in first], digits=1),
        "acknowledged_milliseconds": {
            **spread(milliseconds, digits=1),
            "p99": round(percentile(milliseconds, 0.99), 1),
        },
        "errors": len(errors) + count * round(seconds / _EVERY_SECONDS) - len(took),
        "first_errors": sorted(set(errors))[:5],
        "web_process": {
            "memory_mib_before": round(before / _KIB, 1),
            "memory_mib_joined": round(joined / _KIB, 1),
            "memory_mib_at_the_end": round(after / _KIB, 1),
            "kib_per_connection_joined": round((joined - before) / count, 1),
            "kib_per_connection_at_the_end": round((after - before) / count, 1),
            "share_of_one_core": round(used / seconds, 2),
        },
    }


def main(arguments: list[str]) -> int:
    """Measure, print, write; 0 when the targets were met, else 1."""
    parser = argparse.ArgumentParser(prog="python -m bench.live_sockets", description=__doc__)
    parser.add_argument("--clients", type=int, default=1000, help="connections at once (1000)")
    parser.add_argument("--seconds", type=float, default=60.0, help="how long they ask (60)")
    parser.add_argument("--cores", type=int, default=2, help="cores for everything together (2)")
    parser.add_argument("--out", type=Path, help="where the JSON goes (bench/results/)")
    chosen = parser.parse_args(arguments)
    load_before = machine.load()
    machine.keep_to_cores(chosen.cores)
    with tempfile.TemporaryDirectory(prefix="coach-bench-") as folder:
        data = Path(folder) / "data"
        data.mkdir()
        with running(data, COACH_SECRET_KEY=secrets.token_urlsafe(48)) as site:
            figures = _measure(site, chosen.clients, chosen.seconds)
    times = figures["acknowledged_milliseconds"]
    rows: list[list[object]] = [
        [name, *(times[each] for each in ("count", "p50", "p95", "p99", "largest"))]
        for name in ("interview:sync acknowledged",)
    ]
    print(f"{chosen.clients} clients, one message a second each for {chosen.seconds:g} s\n")
    print(table(["milliseconds", "count", "p50", "p95", "p99", "largest"], rows))
    print(f"Web process: {figures['web_process']}")
    for error in figures["first_errors"]:
        print(f"WRONG: {error}")
    return conclude(
        "live_sockets",
        targets=[
            Target("p95 of acknowledgements, milliseconds", float(times["p95"]), TARGET_P95_MS),
            Target("errors and messages without an answer", figures["errors"], 0),
        ],
        figures=figures,
        load_before=load_before,
        out=chosen.out,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
