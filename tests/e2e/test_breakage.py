"""kill -9 in the middle: of the worker, of Redis, of the web process. Every answer arrives once."""

from __future__ import annotations

import json
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import PASSWORD, Site, running
from tests.support.recordings import SPOKEN_ANSWER
from tests.support.servers import wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.waits]
RECOVERS_WITHIN = 90.0  # a lease of 20 s, a look every 5 s, and the draft recogniser's time


class Client:
    """A program that uses the API of a running site."""

    def __init__(self, site: Site, email: str) -> None:
        self._site = site
        self._token = ""
        person = {"email": email, "password": PASSWORD, "full_name": "Test Candidate"}
        self.ask("POST", "/auth/register", person)
        form = urllib.parse.urlencode({"username": email, "password": PASSWORD}).encode()
        kind = "application/x-www-form-urlencoded"
        self._token = self._send("POST", "/auth/login", form, kind)["access_token"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """One JSON request."""
        content = None if body is None else json.dumps(body).encode()
        return self._send(method, path, content, "application/json")

    def _send(self, method: str, path: str, content: bytes | None, kind: str) -> Any:
        request = urllib.request.Request(
            f"{self._site.url}/api/v1{path}",
            content,
            {"Content-Type": kind, "Authorization": f"Bearer {self._token}"},
            method=method,
        )
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.loads(answer.read() or b"null")

    def start_interview(self, questions: int = 1) -> dict[str, Any]:
        """A running behavioral interview."""
        wanted = {"type": "behavioral", "question_count": questions}
        made = self.ask("POST", "/interviews", wanted)
        started: dict[str, Any] = self.ask("POST", f"/interviews/{made['id']}/start")
        return started

    def speak(self, interview: dict[str, Any], place: int = 0) -> str:
        """Send the spoken fixture as the answer to a question; returns the answer's path."""
        question = interview["questions"][place]["id"]
        base = f"/interviews/{interview['id']}/answers"
        answer = self.ask("POST", base, {"question_id": question})
        path = f"{base}/{answer['id']}"
        self._send("PUT", f"{path}/chunks/0", SPOKEN_ANSWER.read_bytes(), "audio/webm")
        self.ask("POST", f"{path}/finish", {"chunks": 1})
        return path

    def status(self, path: str) -> str:
        """The status of an answer; `unreachable` while the site is."""
        try:
            return str(self.ask("GET", path)["status"])
        except OSError:
            return "unreachable"


@pytest.mark.parametrize("victim", ["jobs.worker speech", "interview_coach worker"])
def test_the_worker_is_killed_in_the_middle_of_a_job(draft_site: Site, victim: str) -> None:
    client = Client(draft_site, f"{victim.replace(' ', '-')}@example.org")
    interview = client.start_interview()
    path = client.speak(interview)
    wait_until(lambda: client.status(path) == "transcribing", 30, "the words are being read")
    assert draft_site.kill(victim) >= 1
    wait_until(lambda: client.status(path) == "done", RECOVERS_WITHIN, "the answer is done")
    _arrived_once(client, interview, path)


def test_redis_is_killed_in_the_middle_of_a_job(draft_site: Site) -> None:
    client = Client(draft_site, "redis@example.org")
    interview = client.start_interview(2)
    first = client.speak(interview, 0)
    second = client.speak(interview, 1)
    wait_until(lambda: client.status(first) == "transcribing", 30, "the words are being read")
    assert draft_site.kill("redis-server") == 1
    for path in (first, second):
        wait_until(
            lambda path=path: client.status(path) == "done", RECOVERS_WITHIN, "the answer is done"
        )
    _arrived_once(client, interview, first)


def test_the_web_process_is_killed_in_the_middle_of_a_job(draft_site: Site) -> None:
    client = Client(draft_site, "web@example.org")
    interview = client.start_interview()
    path = client.speak(interview)
    assert draft_site.kill("launch.serving|granian") >= 1
    wait_until(lambda: client.status(path) == "done", RECOVERS_WITHIN, "the answer is done")
    _arrived_once(client, interview, path)


def _arrived_once(client: Client, interview: dict[str, Any], path: str) -> None:
    answer = client.ask("GET", path)
    assert answer["draft"] is True
    assert answer["scores"]["overall"] is not None
    found = client.ask("GET", f"/interviews/{interview['id']}/analysis")
    ids = [one["answer_id"] for one in found["answers"]]
    assert len(ids) == len(set(ids)) == len(interview["questions"])


def test_stopping_leaves_nothing_behind(tmp_path: Path) -> None:
    with running(tmp_path) as site:
        assert len(site.pids("interview_coach|redis-server")) >= 5
        site.stop()
        wait_until(lambda: not site.pids("interview_coach|redis-server"), 20, "all have ended")
