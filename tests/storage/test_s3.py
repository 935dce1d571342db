"""On S3: memory is bounded, time is bounded, and what goes wrong is a typed error."""

from __future__ import annotations

import socket
import subprocess
import sys
import time

import pytest

from interview_coach.kit.errors import CoachError
from interview_coach.storage.objects import ObjectStore
from tests.storage.conftest import RING
from tests.support.object_servers import S3Server

pytestmark = pytest.mark.usefixtures("s3_access")
MB = 1024 * 1024
# In a process of its own, because memory that was used once is not given back.
_SEND_AND_READ = """
import resource, sys
from interview_coach.kit.crypto import Key, KeyRing
from interview_coach.storage.objects import ObjectStore
def peak(): return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
store = ObjectStore(sys.argv[1], KeyRing([Key("tests", b"t" * 32)]))
store.keep("warm", [b"x" * 100_000], 200_000)
before = peak()
kept = store.keep("large", (bytes([n]) * 2**20 for n in range(64)), 2**26)
assert sum(len(piece) for piece in store.stream(kept.key)) == 2**26
print(peak() - before)
"""


def test_a_large_object_is_never_held_whole(s3_server: S3Server) -> None:
    url = s3_server.url(s3_server.new_bucket())
    done = subprocess.run(
        [sys.executable, "-c", _SEND_AND_READ, url], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 40, f"{done.stdout} MB more"


def test_a_prefix_is_a_store_of_its_own(s3_server: S3Server) -> None:
    bucket = s3_server.new_bucket()
    kept = ObjectStore(s3_server.url(bucket), RING).keep("a", [b"x"], 10)
    keys = [each["Key"] for each in s3_server.client().list_objects_v2(Bucket=bucket)["Contents"]]
    assert keys == [f"kept/here/{kept.key}"]
    elsewhere = ObjectStore(s3_server.url(bucket).replace("/kept/here", "/other"), RING)
    assert list(elsewhere.all_keys()) == []


def _code(call: object) -> tuple[str, int]:
    with pytest.raises(CoachError) as refused:
        call()  # type: ignore[operator]
    return refused.value.code, refused.value.status


def test_a_bucket_that_is_not_there(s3_server: S3Server) -> None:
    store = ObjectStore(s3_server.url("nobody-made-this"), RING)
    assert _code(store.check) == ("storage", 503)
    assert _code(lambda: store.keep("a", [b"x"], 10)) == ("storage", 503)


def test_a_server_that_is_away_is_told_soon() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    store = ObjectStore(f"s3://bucket?endpoint=http://127.0.0.1:{port}", RING)
    began = time.monotonic()
    for call in (
        store.check,
        lambda: store.keep("a", [b"x"], 10),
        lambda: store.read("a/x"),
        lambda: list(store.stream("a/x")),
        lambda: store.size("a/x"),
        lambda: store.delete("a/x"),
        lambda: store.list_folder("a"),
    ):
        assert _code(call) == ("storage", 503)
    assert time.monotonic() - began < 30
