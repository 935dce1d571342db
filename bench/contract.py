"""The API against its own description: schemathesis with all its checks, also from state to state.

    python -m bench.contract [--examples 40] [--seconds 180]

A real web process on SQLite and Redis is asked twice, by nobody and by somebody signed in, in all
phases: examples, edge cases, generated requests, and sequences that use what earlier requests made.
No request may end in a 5xx, in a status or shape that is not described, or be let through without
the sign-in it needs. What is left out or allowed for single operations stands in `contract.toml`.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from bench import machine
from bench.outcome import Target, conclude
from interview_coach.kit.database import Database
from interview_coach.kit.migrate import upgrade
from interview_coach.questions import seeding
from interview_coach.settings import PROJECT_DIR, load_settings
from tests.support.live_server import web_process
from tests.support.servers import RedisServer

WANTED = 5000
_EMAIL, _PASSWORD = "contract@example.org", "a long enough password"
_CASES = re.compile(r"^ *(\d+) generated(?:, (\d+) found)?", re.MULTILINE)
_OPERATIONS = re.compile(r"Tested: (\d+)")


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The address of a web process with an account, whose limits are out of the way."""
    (folder / "redis").mkdir()
    with RedisServer(folder / "redis") as redis:
        os.environ |= {
            "COACH_DATA_DIR": str(folder),
            "COACH_REDIS_URL": redis.url,
            "COACH_OFFLINE": "1",
            "COACH_RATE_LIMIT_PER_MINUTE": "1000000",
            # Each sign-in of the run comes from an address of its own.
            "COACH_TRUSTED_PROXIES": "1",
        }
        load_settings.cache_clear()
        settings = load_settings()
        upgrade(settings.database_address)
        database = Database(settings.database_address)
        with database.writing() as session:
            seeding.seed(session)
        database.engine.dispose()
        with web_process() as url:
            account = {"email": _EMAIL, "password": _PASSWORD, "full_name": "Contract"}
            httpx.post(f"{url}/api/v1/auth/register", json=account).raise_for_status()
            yield url


def _asked(url: str, examples: int, seconds: int, *, signed_in: bool) -> tuple[int, int, int]:
    """How many cases were sent, how many failed, and to how many operations."""
    environment = {
        **os.environ,
        "SCHEMATHESIS_HOOKS": "bench.contract_hooks",
        "PYTHONPATH": str(PROJECT_DIR),
        "COACH_CONTRACT_URL": url,
        "COACH_CONTRACT_USER": _EMAIL if signed_in else "",
        "COACH_CONTRACT_PASSWORD": _PASSWORD,
    }
    command = [str(Path(sys.executable).with_name("schemathesis"))]
    command += ["--config-file", str(PROJECT_DIR / "bench" / "contract.toml")]
    command += ["run", f"{url}/api/v1/openapi.json", "--checks", "all", "--continue-on-failure"]
    command += ["--phases", "examples,coverage,fuzzing,stateful", "--no-color", "--workers", "1"]
    command += ["--max-examples", str(examples), "--max-time", str(seconds)]
    answer = subprocess.run(
        command, cwd=PROJECT_DIR, env=environment, capture_output=True, text=True, check=False
    )
    found, operations = _CASES.search(answer.stdout), _OPERATIONS.search(answer.stdout)
    if found is None or operations is None:
        sys.exit(f"schemathesis gave no result:\n{answer.stdout[-3000:]}\n{answer.stderr[-2000:]}")
    failed = int(found[2] or 0)
    if failed or answer.returncode:
        print(answer.stdout)
        failed = max(failed, 1)
    return int(found[1]), failed, int(operations[1])


def main() -> int:
    """Ask, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--examples", type=int, default=40)
    parser.add_argument("--seconds", type=int, default=180)
    chosen = parser.parse_args()
    before = machine.load()
    figures: dict[str, dict[str, int]] = {}
    with tempfile.TemporaryDirectory() as folder, _server(Path(folder)) as url:
        for name, signed_in in (("nobody", False), ("signed in", True)):
            cases, failed, operations = _asked(
                url, chosen.examples, chosen.seconds, signed_in=signed_in
            )
            print(f"{name}: {cases} cases to {operations} operations, {failed} failed")
            figures[name] = {"cases": cases, "failed": failed, "operations": operations}
    cases = sum(each["cases"] for each in figures.values())
    failed = sum(each["failed"] for each in figures.values())
    return conclude(
        "contract",
        targets=[
            Target("failed cases", failed, 0),
            Target(f"cases short of {WANTED}", max(0, WANTED - cases), 0),
        ],
        figures=figures,
        load_before=before,
    )


if __name__ == "__main__":
    sys.exit(main())
