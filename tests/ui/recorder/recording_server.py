"""A small real HTTP server with the recorder's routes: it keeps the bytes it is sent."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any

import interview_coach.ui.recorder as recorder_package

MODULES = Path(recorder_package.__file__).parent
_ANSWERS = re.compile(r"^/api/v1/interviews/([^/]+)/answers(?:/([^/]+))?(?:/(.+))?$")

# The modules without React: a session as the component makes it, reachable for the test.
_PAGE = b"""<!doctype html><meta charset="utf-8"><title>recorder</title>
<script type="module">
import { RecordingSession } from "/recorder/recording_session.js";
import { sharedUploader } from "/recorder/uploader.js";
import { ServerCaptions } from "/recorder/caption_sources.js";
const uploader = await sharedUploader();
window.statuses = [];
uploader.listen(({ recording, state }) => window.statuses.push([recording.questionId, state]));
window.kept = () => uploader.store.recordings();
window.settled = () => Promise.all([...uploader.loops.values()].map((loop) => loop.done));
window.open = async (questionId) => {
  window.session = new RecordingSession({ interviewId: "i1", questionId, uploader });
  await window.session.load();
  return window.session.snapshot.phase;
};
window.caption = () => {
  window.said = [];
  window.ended = [];
  window.captions = new ServerCaptions({
    stream: session.take.stream,
    address: "/api/v1/interviews/i1/captions",
    onText: (text) => said.push(text),
    onEnd: (reason) => ended.push(reason),
    pieceMilliseconds: 800,
    busyMilliseconds: 200,
  });
};
window.ready = true;
</script>"""


@dataclass
class KeptAnswer:
    """One answer as the server has it."""

    question_id: str
    client_id: str
    chunks: dict[int, bytes] = field(default_factory=dict)
    types: set[str] = field(default_factory=set)
    finished: dict[str, Any] | None = None

    @property
    def sound(self) -> bytes:
        return b"".join(self.chunks[number] for number in sorted(self.chunks))


class RecordingServer:
    """`answers` by id. `refuse` is a status every route answers with, or None.

    `refusal`: the problem a refusing server tells. `portal`: what stands before the server, as a
    network's sign-in page does: "page" (200 HTML for everything), "redirect" (to one), or "".
    `captions`: what the next pieces are answered with, the last one for all that follow;
    `captioned`: the pieces. `deleted`: ids of answers that were thrown away. `puts`: chunk numbers
    in order of arrival.
    """

    def __init__(self) -> None:
        self.answers: dict[str, KeptAnswer] = {}
        self.deleted: list[str] = []
        self.puts: list[int] = []
        self.captions: list[dict[str, Any]] = []
        self.captioned: list[bytes] = []
        self.refuse: int | None = None
        self.refusal = {"code": "refused", "detail": "The interview is over."}
        self.portal = ""
        self.portal_answers = 0
        self.lock = threading.Lock()
        self._server = ThreadingHTTPServer(
            ("127.0.0.1", 0), type("Handler", (_Handler,), {"house": self})
        )
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> RecordingServer:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def the_answer(self) -> KeptAnswer:
        """The only answer there is."""
        (answer,) = self.answers.values()
        return answer

    def create(self, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            for known_id, answer in self.answers.items():
                if answer.client_id == body["client_id"]:
                    return 201, {"id": known_id}
            new_id = f"a{len(self.answers) + len(self.deleted) + 1}"
            self.answers[new_id] = KeptAnswer(body["question_id"], body["client_id"])
            return 201, {"id": new_id}

    def put(self, answer_id: str, number: int, sound: bytes, headers: Any) -> tuple[int, Any]:
        digest = base64.b64encode(hashlib.sha256(sound).digest()).decode()
        if headers["Content-Digest"] != f"sha-256=:{digest}:":
            return 400, {"code": "digest", "detail": "damaged"}
        with self.lock:
            answer = self.answers[answer_id]
            if answer.chunks.get(number, sound) != sound:
                return 409, {"code": "chunk_differs", "detail": "differs"}
            answer.chunks[number] = sound
            answer.types.add(headers["Content-Type"])
            self.puts.append(number)
        return 200, {"number": number, "received": sorted(answer.chunks)}

    def finish(self, answer_id: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        answer = self.answers[answer_id]
        missing = [number for number in range(body["chunks"]) if number not in answer.chunks]
        if missing:
            return 409, {"code": "chunks_missing", "detail": "missing", "missing": missing}
        answer.finished = body
        return 202, {"answer_id": answer_id, "status": "uploaded"}

    def caption(self, sound: bytes) -> tuple[int, dict[str, Any]]:
        with self.lock:
            self.captioned.append(sound)
            return 200, self.captions.pop(0) if len(self.captions) > 1 else self.captions[0]

    def delete(self, answer_id: str) -> tuple[int, dict[str, Any]]:
        with self.lock:
            self.deleted.append(answer_id)
            return (204, {}) if self.answers.pop(answer_id, None) else (404, {"code": "not_found"})


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    house: RecordingServer

    def log_message(self, *_arguments: object) -> None:
        return None

    def _answer(self, status: int, body: bytes, content_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _json(self, status: int, body: Any) -> None:
        kind = "application/json" if status < 400 else "application/problem+json"
        content = b"" if status == 204 else json.dumps(body).encode()
        self._answer(status, content, kind)

    def do_GET(self) -> None:
        if self.path.startswith("/recorder/"):
            source = MODULES / self.path.removeprefix("/recorder/")
            self._answer(200, source.read_bytes(), "text/javascript")
        else:
            self._answer(200, _PAGE, "text/html")

    def _sign_in_page(self) -> None:
        house = self.house
        house.portal_answers += 1
        if house.portal == "redirect":
            self.send_response(302)
            self.send_header("Location", "/sign-in")
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self._answer(200, b"<!doctype html><title>Sign in</title>", "text/html")

    def _route(self) -> None:
        house = self.house
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if house.portal:
            self._sign_in_page()
            return
        if house.refuse is not None:
            self._json(house.refuse, house.refusal)
            return
        if self.path.endswith("/captions"):
            self._json(*house.caption(body))
            return
        found = _ANSWERS.match(self.path)
        assert found is not None
        _, answer_id, rest = found.groups()
        if answer_id is None:
            self._json(*house.create(json.loads(body)))
        elif self.command == "DELETE":
            self._json(*house.delete(answer_id))
        elif rest == "finish":
            self._json(*house.finish(answer_id, json.loads(body)))
        else:
            self._json(*house.put(answer_id, int(rest.split("/")[-1]), body, self.headers))

    def do_POST(self) -> None:
        self._route()

    def do_PUT(self) -> None:
        self._route()

    def do_DELETE(self) -> None:
        self._route()
