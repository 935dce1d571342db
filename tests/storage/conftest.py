"""Every rule of the store holds in a folder and on S3, with and without encryption."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from interview_coach.kit.crypto import Key, KeyRing
from interview_coach.storage.objects import ObjectStore
from tests.support.object_servers import S3Server

RING = KeyRing([Key("tests", b"t" * 32)])


class Place:
    """A place for objects, and a look past the store at the bytes that lie there."""

    def __init__(self, url: str, raw: Callable[[str], bytes], write: Callable[[str, bytes], Any]):
        self.url = url
        self.raw = raw
        self.write = write


@pytest.fixture(params=["folder", "s3"])
def place(request: pytest.FixtureRequest) -> Iterator[Place]:
    if request.param == "folder":
        yield _folder(request.getfixturevalue("tmp_path"))
    else:
        request.getfixturevalue("s3_access")
        yield _bucket(request.getfixturevalue("s3_server"))


def _folder(tmp_path: Path) -> Place:
    top = tmp_path / "files"

    def write(key: str, content: bytes) -> None:
        (top / key).parent.mkdir(parents=True, exist_ok=True)
        (top / key).write_bytes(content)

    return Place(f"file://{top}", lambda key: (top / key).read_bytes(), write)


def _bucket(server: S3Server) -> Place:
    bucket, client = server.new_bucket(), server.client()
    return Place(
        server.url(bucket),
        lambda key: client.get_object(Bucket=bucket, Key=f"kept/here/{key}")["Body"].read(),
        lambda key, content: client.put_object(Bucket=bucket, Key=f"kept/here/{key}", Body=content),
    )


@pytest.fixture(params=["plain", "encrypted"])
def store(request: pytest.FixtureRequest, place: Place) -> ObjectStore:
    return ObjectStore(place.url, RING if request.param == "encrypted" else None)
