"""With no key and no network: questions, follow-ups, scores and feedback, and nobody is called."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.servers import RedisServer

PROJECT = Path(__file__).resolve().parent.parent.parent
# An address that is reserved for examples: nobody is there.
NOBODY = "http://192.0.2.1:9"


def _alone() -> list[str]:
    """What puts a command into a network of its own that leads nowhere, where the system lets us;
    the watch on sockets inside the process is there either way."""
    command = ["unshare", "--user", "--map-root-user", "--net", "--"]
    if shutil.which("unshare") is None:
        return []
    tried = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if tried.returncode == 0 else []


def interview(folder: Path, database_url: str, redis: RedisServer, **more: str) -> dict[str, Any]:
    """What came of a whole interview in a process without network."""
    redis.clear()
    environment = {k: v for k, v in os.environ.items() if not k.startswith("COACH_")}
    environment |= {
        "PYTHONPATH": str(PROJECT),
        "COACH_DATA_DIR": str(folder),
        "COACH_DATABASE_URL": database_url,
        "COACH_REDIS_URL": redis.url,
        "COACH_OFFLINE": "1",
        **more,
    }
    done = subprocess.run(
        [*_alone(), sys.executable, "-m", "tests.support.offline_interview"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def test_the_whole_interview_runs_and_calls_nobody(
    tmp_path: Path, database_url: str, redis_server: RedisServer
) -> None:
    told = interview(tmp_path, database_url, redis_server)

    assert told["tried"] == []
    questions = told["interview"]["questions"]
    assert [row["id"] for row in questions if not row["follow_up_to"]] == told["asked"]
    followed = [row for row in questions if row["follow_up_to"]]
    assert {row["follow_up_to"] for row in followed} >= set(told["asked"][:2])
    assert {row["engine"] for row in followed} == {"local"}
    answers = told["interview"]["answers"]
    assert {row["status"] for row in answers} <= {"done", "needs_text"}
    assert told["analysis"]["overall"]["score"] is not None
    scored = [row for row in answers if row["overall"] is not None]
    assert {row["question_id"] for row in scored} >= set(told["asked"][:2])
    feedback = told["feedback"]
    assert (feedback["status"], feedback["engine"]) == ("done", "local")
    assert 3 <= len(feedback["strengths"]) <= 5
    assert 3 <= len(feedback["weaknesses"]) <= 5
    assert 5 <= len(feedback["improvements"]) <= 7
    assert feedback["next_drill"]


@pytest.mark.parametrize(
    "calling",
    [{"COACH_OPENAI_BASE_URL": f"{NOBODY}/v1"}],
)
def test_a_call_would_be_noticed(
    tmp_path: Path, database_url: str, redis_server: RedisServer, calling: dict[str, str]
) -> None:
    told = interview(tmp_path, database_url, redis_server, **calling)
    assert any("192.0.2.1" in tried for tried in told["tried"])
    # And the interview is whole all the same.
    assert told["feedback"]["engine"] == "local"
    assert any(row["follow_up_to"] for row in told["interview"]["questions"])
