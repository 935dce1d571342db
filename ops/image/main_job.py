#!/usr/bin/env python3
"""Does the main job against a running Interview Coach, as a program would. Standard library only.

    main_job.py ADDRESS --recording FILE [--draft] [--keep FILE]
    main_job.py ADDRESS --look-again FILE

The first form registers, speaks and types an answer, and reads the result; `--keep` writes down
what it did. The second form signs in again and finds the same interview: what a restart must not
lose. One line a step; exit code 1 with one line why when a step does not do what it should.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import os
import secrets
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any

CHUNK_BYTES = 16 * 1024
ANALYSED_WITHIN_SECONDS = 180.0
BETWEEN_LOOKS_SECONDS = 2.0  # a user may ask fifty times a minute
BAD_REQUEST, TOO_MANY = 400, 429
TYPED_ANSWER = (
    "In my last role our nightly import kept failing and nobody knew why. I was asked to make it "
    "dependable before the end of the quarter. First I measured each step, then I split the job "
    "into small parts that can be repeated, and I added an alert for the team. As a result we went "
    "from nine failures a month to none, and the run takes twelve minutes instead of fifty."
)


class JobError(Exception):
    """A step did not do what it should; the text says which and how."""


class Client:
    """Speaks to one server, signed in as nobody until `token` is set."""

    def __init__(self, address: str) -> None:
        self.base = f"{address.rstrip('/')}/api/v1"
        self.token: str | None = None
        # The server is this machine's own: no proxy may come between.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> bytes:
        """The body of the answer. JobError for any status of 400 and above."""
        status, answer = self.try_to_ask(method, path, body, **headers)
        if status >= BAD_REQUEST:
            told = answer.decode("utf-8", "replace")[:400]
            raise JobError(f"{method} {path} answers {status}: {told}")
        return answer

    def try_to_ask(
        self, method: str, path: str, body: bytes | None = None, **headers: str
    ) -> tuple[int, bytes]:
        """Status and body of the answer, whatever it is; waits as told when asked too often."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.token is not None:
            named["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.base + path, body, named, method=method)
        while True:
            try:
                with self._opener.open(request, timeout=30) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as error:
                if error.code != TOO_MANY:
                    return error.code, error.read()
                time.sleep(float(error.headers.get("Retry-After", "1")))
            except OSError as error:
                raise JobError(f"{method} {path}: {error}") from error

    def get(self, path: str) -> Any:
        """The JSON at a path."""
        return json.loads(self.ask("GET", path))

    def post(self, path: str, given: dict[str, Any] | None = None) -> Any:
        """The JSON that answers this JSON."""
        body = json.dumps(given or {}).encode()
        return json.loads(self.ask("POST", path, body, Content_Type="application/json"))

    def sign_in(self, email: str, password: str) -> None:
        """Sign in; every later question is asked as this user."""
        form = urllib.parse.urlencode({"username": email, "password": password}).encode()
        kind = "application/x-www-form-urlencoded"
        answer = json.loads(self.ask("POST", "/auth/login", form, Content_Type=kind))
        self.token = answer["access_token"]


def say(text: str) -> None:
    """One line for one step."""
    print(f"main job: {text}", flush=True)


def require(holds: bool, otherwise: str) -> None:
    """JobError with these words unless the condition holds."""
    if not holds:
        raise JobError(otherwise)


def _digest(content: bytes) -> str:
    told = base64.b64encode(hashlib.sha256(content).digest()).decode()
    return f"sha-256=:{told}:"


def speak(client: Client, interview: str, question: str, sound: bytes) -> str:
    """Send a recording in pieces, one of them damaged and one of them twice; the answer's id."""
    path = f"/interviews/{interview}/answers"
    answer = client.post(path, {"question_id": question})["id"]
    pieces = [sound[at : at + CHUNK_BYTES] for at in range(0, len(sound), CHUNK_BYTES)]
    for number, piece in enumerate(pieces):
        place, kind = f"{path}/{answer}/chunks/{number}", "audio/webm"
        if number == 0:
            status, _ = client.try_to_ask(
                "PUT", place, piece[:-1], Content_Type=kind, Content_Digest=_digest(piece)
            )
            require(status == BAD_REQUEST, f"a damaged piece is answered with {status}, not 400")
        for _ in range(2 if number == 1 else 1):
            client.ask("PUT", place, piece, Content_Type=kind, Content_Digest=_digest(piece))
    received = client.get(f"{path}/{answer}")["chunks_received"]
    require(
        received == list(range(len(pieces))), f"{len(pieces)} pieces were sent, it has {received}"
    )
    client.post(f"{path}/{answer}/finish", {"chunks": len(pieces)})
    say(f"sent {len(sound)} bytes of speech in {len(pieces)} pieces")
    return str(answer)


def wait_until_done(client: Client, interview: str, answer: str) -> dict[str, Any]:
    """The answer once it is done; tells each status it was seen in."""
    began, seen = time.monotonic(), []
    while True:
        view: dict[str, Any] = client.get(f"/interviews/{interview}/answers/{answer}")
        if view["status"] not in seen:
            seen.append(view["status"])
        if view["status"] == "done":
            say(f"{' > '.join(seen)} after {time.monotonic() - began:.1f} s")
            return view
        require(
            view["status"] not in {"failed", "needs_text"},
            f"the answer ends as {view['status']}: {view['error']}",
        )
        require(
            time.monotonic() - began < ANALYSED_WITHIN_SECONDS,
            f"not analysed within {ANALYSED_WITHIN_SECONDS:.0f} s, seen: {' > '.join(seen)}",
        )
        time.sleep(BETWEEN_LOOKS_SECONDS)


def _check_scores(view: dict[str, Any], what: str) -> None:
    scores, interval = view["scores"] or {}, view["interval"] or {}
    overall = scores.get("overall")
    require(isinstance(overall, int | float), f"{what} has no overall score: {scores}")
    require(0 <= overall <= 100, f"{what} has an overall score of {overall}")
    low, high = interval["low"], interval["high"]
    require(low <= overall <= high, f"{what}: {overall} lies outside {low} to {high}")
    say(f"{what} scores {overall:.0f} ({low:.0f} to {high:.0f})")


def do_main_job(client: Client, recording: Path, draft: bool, keep: Path | None) -> None:
    """From registering to the history. draft: the recogniser has to be the draft one."""
    say(f"health: {json.dumps(client.get('/health'))}")
    email, password = f"candidate-{secrets.token_hex(6)}@example.org", secrets.token_urlsafe(18)
    client.post(
        "/auth/register", {"email": email, "password": password, "full_name": "Image Check"}
    )
    client.sign_in(email, password)
    say("registered and signed in")

    wanted = {"type": "behavioral", "question_count": 2, "mode": "practice"}
    made = client.post("/interviews", wanted)
    interview, questions = made["id"], [each["id"] for each in made["questions"]]
    require(len(questions) == 2, f"two questions were asked for, it has {len(questions)}")
    started = client.post(f"/interviews/{interview}/start")
    require(started["status"] == "in_progress", f"a started interview is {started['status']}")
    say("made and started an interview of two questions")

    sound = recording.read_bytes()
    spoken = speak(client, interview, questions[0], sound)
    view = wait_until_done(client, interview, spoken)
    require(bool(view["transcript"]) and bool(view["words"]), "the spoken answer has no words")
    if draft:
        require(
            view["draft"] and view["speech_engine"] == "pocketsphinx",
            f"recognised by {view['speech_engine']}, draft {view['draft']}",
        )
    say(f"{view['speech_engine']}{' (draft)' if view['draft'] else ''}: {view['transcript'][:60]}")
    _check_scores(view, "the spoken answer")

    typed = client.post(
        f"/interviews/{interview}/answers", {"question_id": questions[1], "text": TYPED_ANSWER}
    )["id"]
    view = wait_until_done(client, interview, typed)
    require(view["scores"]["fluency"] is None, "a typed answer has a score for fluency")
    _check_scores(view, "the typed answer")

    completed = client.post(f"/interviews/{interview}/complete")
    require(completed["status"] == "completed", f"a completed interview is {completed['status']}")
    done = {
        "email": email,
        "password": password,
        "interview": interview,
        "answers": [spoken, typed],
        "spoken": spoken,
        "sha256": hashlib.sha256(sound).hexdigest(),
    }
    done["score"] = find_result(client, done)
    if keep is not None:
        with os.fdopen(os.open(keep, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(done, file)


def find_result(client: Client, done: dict[str, Any]) -> float:
    """The overall score, after the analysis, the history and the recording have been found."""
    analysis = client.get(f"/interviews/{done['interview']}/analysis")
    require(analysis["status"] == "done", f"the analysis is {analysis['status']}")
    found = sorted(each["answer_id"] for each in analysis["answers"])
    require(found == sorted(done["answers"]), f"the analysis has the answers {found}")
    overall = analysis["overall"]["score"]
    require(isinstance(overall, int | float), f"the interview has no score: {analysis['overall']}")
    require(
        all(analysis["scores"][name] is not None for name in ("confidence", "clarity", "content")),
        f"scores are missing: {analysis['scores']}",
    )
    say(f"analysis of {len(found)} answers: {overall:.0f}, {json.dumps(analysis['scores'])}")

    history = client.get("/interviews/history")
    listed = {each["id"]: each for each in history["items"]}
    require(
        done["interview"] in listed,
        f"the history of {history['total']} does not list the interview",
    )
    item = listed[done["interview"]]
    require(item["status"] == "completed", f"the history lists it as {item['status']}")
    require(item["overall_score"] == overall, f"the history says {item['overall_score']}")
    path = f"/interviews/{done['interview']}/answers/{done['spoken']}/audio"
    sound = client.ask("GET", path)
    require(hashlib.sha256(sound).hexdigest() == done["sha256"], "the recording is another one")
    say(f"the history lists it, and its recording of {len(sound)} bytes is the one that was sent")
    return float(overall)


def look_again(client: Client, keep: Path) -> None:
    """Sign in again and find what an earlier run has left."""
    done = json.loads(keep.read_text(encoding="utf-8"))
    client.sign_in(done["email"], done["password"])
    say("signed in again")
    score = find_result(client, done)
    require(score == done["score"], f"the score was {done['score']} and is {score} now")


def _arguments(given: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Do the main job against a running server.")
    parser.add_argument("address", help="such as http://127.0.0.1:3000")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--recording", type=Path, metavar="FILE", help="spoken English, WebM")
    what.add_argument("--look-again", type=Path, metavar="FILE", help="what --keep wrote")
    parser.add_argument("--keep", type=Path, metavar="FILE", help="write down what was done")
    parser.add_argument("--draft", action="store_true", help="expect the draft recogniser")
    return parser.parse_args(given)


def main(given: list[str]) -> int:
    """0 when every step did what it should, else 1."""
    chosen = _arguments(given)
    client = Client(chosen.address)
    try:
        if chosen.look_again:
            look_again(client, chosen.look_again)
        else:
            do_main_job(client, chosen.recording, chosen.draft, chosen.keep)
    except (JobError, OSError, LookupError, TypeError, ValueError) as error:
        say(f"FAILED: {error if isinstance(error, JobError) else repr(error)}")
        return 1
    say("ok")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
