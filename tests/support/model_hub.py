"""A server that speaks as much of the model hub's protocol as a download needs."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@contextmanager
def model_hub(repository: str, files: Mapping[str, bytes]) -> Iterator[str]:
    """The address of a hub that holds one repository."""

    class Hub(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self._answer(send_body=False)

        def do_GET(self) -> None:
            self._answer(send_body=True)

        def _answer(self, *, send_body: bool) -> None:
            path = self.path.split("?")[0]
            api = f"/api/models/{repository}"
            if path in (api, f"{api}/revision/main", f"{api}/revision/{COMMIT}"):
                siblings = [{"rfilename": name} for name in files]
                told = {"id": repository, "sha": COMMIT, "siblings": siblings}
                self._send(json.dumps(told).encode(), send_body)
            elif path.startswith(f"{api}/tree/"):
                rows = [
                    {"type": "file", "path": name, "size": len(body), "oid": _tag(body)}
                    for name, body in files.items()
                ]
                self._send(json.dumps(rows).encode(), send_body)
            elif (name := path.removeprefix(f"/{repository}/resolve/{COMMIT}/")) in files:
                self._send(files[name], send_body)
            else:
                self.send_error(404)

        def _send(self, body: bytes, send_body: bool) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", f'"{_tag(body)}"')
            self.send_header("X-Repo-Commit", COMMIT)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            if send_body:
                self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Hub)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _tag(body: bytes) -> str:
    return hashlib.sha1(body).hexdigest()


def pulled(script: str, hub: str, home: Path, *arguments: str) -> dict[str, object]:
    """What a script that pulls a model prints as JSON, run in a process of its own: the hub's
    client reads its address when it is imported."""
    place = {"HF_ENDPOINT": hub, "HF_HOME": str(home), "NO_PROXY": "127.0.0.1"}
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env={**os.environ, **place},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, object] = json.loads(done.stdout)
    return found
