"""Objects under keys. `file:///folder` and `s3://bucket?endpoint=...&region=...` behave alike.

The folder is percent-encoded, as in any URL.
"""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import obstore
from obstore.store import LocalStore, S3Store

from interview_coach.kit.errors import CoachError, SettingsError

_SPOOL_IN_MEMORY = 4 * 1024 * 1024
_READ_SIZE = 256 * 1024


@dataclass(frozen=True, slots=True)
class StoredObject:
    """Where an object was put: its key, its size in bytes and its SHA-256 (hexadecimal)."""

    key: str
    size: int
    sha256: str


def too_large(limit: int) -> CoachError:
    """The refusal of content over `limit` bytes."""
    return CoachError(
        "too_large", f"This is larger than {limit // (1024 * 1024)} MB, the most we take.", 413
    )


class ObjectStore:
    """Objects that are never overwritten: a key ends in the SHA-256 of the content."""

    def __init__(self, url: str) -> None:
        self._store: Any = _open(url)

    def keep(self, folder: str, content: Iterable[bytes], limit: int) -> StoredObject:
        """Store a stream under `folder`/<sha256>; more than `limit` bytes raise `too_large`.

        Memory use is bounded: content over 4 MB waits in a temporary file until its digest,
        and with it the key, is known.
        """
        digest, size = hashlib.sha256(), 0
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY) as spool:
            for piece in content:
                size += len(piece)
                if size > limit:
                    raise too_large(limit)
                digest.update(piece)
                spool.write(piece)
            spool.seek(0)
            key = f"{folder}/{digest.hexdigest()}"
            # The store writes beside the place and moves, so no reader sees half an object.
            obstore.put(self._store, key, spool)
        return StoredObject(key, size, digest.hexdigest())

    def read(self, key: str) -> bytes:
        """The whole object; FileNotFoundError when it is not there."""
        return bytes(obstore.get(self._store, key).bytes())

    def stream(self, key: str) -> Iterator[bytes]:
        """The object in pieces; FileNotFoundError when it is not there."""
        for piece in obstore.get(self._store, key).stream(min_chunk_size=_READ_SIZE):
            yield bytes(piece)

    def read_range(self, key: str, start: int, end: int) -> bytes:
        """Bytes `start` up to and without `end`."""
        return bytes(obstore.get_range(self._store, key, start=start, end=end))

    def size(self, key: str) -> int:
        """The size of an object in bytes; FileNotFoundError when it is not there."""
        return int(obstore.head(self._store, key)["size"])

    def delete(self, key: str) -> None:
        """Remove an object; one that is already gone is fine."""
        try:
            obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def delete_all(self, keys: Sequence[str]) -> None:
        """Remove several objects; those that are already gone are fine."""
        for key in keys:
            self.delete(key)

    def list_folder(self, folder: str) -> list[str]:
        """The keys under `folder`/, sorted; none when there is no such folder."""
        listed = obstore.list(self._store, prefix=_whole(folder))
        return sorted(entry["path"] for batch in listed for entry in batch)

    def delete_folder(self, folder: str) -> int:
        """Remove everything under `folder`/; how many objects there were."""
        keys = self.list_folder(folder)
        self.delete_all(keys)
        return len(keys)

    def check(self) -> None:
        """Raise when the store cannot be written to and read from."""
        obstore.put(self._store, "health/probe", b"ok")
        if self.read("health/probe") != b"ok":
            raise CoachError("storage", "The object store gave back other bytes.", 503)


def _whole(folder: str) -> str:
    """The folder without slashes at its ends; the top of the store is nobody's to empty."""
    bare = folder.strip("/")
    if not bare:
        raise ValueError("a folder has a name")
    return bare


def _open(url: str) -> Any:
    parts = urlsplit(url)
    if parts.scheme == "file":
        if parts.netloc or parts.query or parts.fragment:
            raise SettingsError(
                "COACH_STORAGE_URL must be file:/// and a whole path; in it %23 stands for #, "
                "%3F for ? and %25 for %."
            )
        folder = Path(unquote(parts.path))
        folder.mkdir(parents=True, exist_ok=True)
        return LocalStore(folder)
    if parts.scheme == "s3":
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        endpoint = query.get("endpoint")
        options: dict[str, Any] = {"region": query.get("region", "us-east-1")}
        if endpoint:
            options["endpoint"] = endpoint
            options["client_options"] = {"allow_http": endpoint.startswith("http://")}
        return S3Store(parts.netloc, prefix=parts.path.strip("/") or None, **options)
    raise SettingsError("COACH_STORAGE_URL must begin with file:/// or s3://.")
