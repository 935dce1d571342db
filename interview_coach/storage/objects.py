"""Objects under keys, encrypted where they are kept; in a folder or on S3, it behaves alike."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import IO, TYPE_CHECKING, Any

import obstore
from obstore.exceptions import BaseError, PreconditionError
from obstore.store import S3Store

from interview_coach.kit.crypto import KeyRing
from interview_coach.kit.errors import CoachError
from interview_coach.kit.logging import get_logger
from interview_coach.storage.places import open_place
from interview_coach.storage.sealed import HEADER_BYTES, SealedObject, read_header, seal

if TYPE_CHECKING:
    from obstore import GetOptions

_SPOOL_IN_MEMORY = 4 * 1024 * 1024
# What one request reads: small enough to be held, large enough to be worth a request.
_WINDOW = 1024 * 1024
_PART = 5 * 1024 * 1024
_PARTS_AT_ONCE = 2
_PROBE = "health/probe"
_log = get_logger("storage")


@dataclass(frozen=True, slots=True)
class StoredObject:
    """Where an object was put: its key, its size in bytes and its SHA-256 (hexadecimal)."""

    key: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class _Found:
    """An object that is there: its content's size, how it is opened, and which one it was."""

    size: int
    sealed: SealedObject | None
    mark: str | None


def too_large(limit: int) -> CoachError:
    """The refusal of content over `limit` bytes."""
    return CoachError(
        "too_large", f"This is larger than {limit // (1024 * 1024)} MB, the most we take.", 413
    )


class ObjectStore:
    """Objects that are never overwritten: a key ends in the SHA-256 of the content.

    keys: what encrypts; without them objects are kept as they are. A store that cannot be
    reached, or refuses, raises 503 `storage`; an object that was damaged 503 `unreadable`, one
    whose key is not here 503 `key_missing`.
    """

    def __init__(self, url: str, keys: KeyRing | None = None) -> None:
        self._store: Any = open_place(url)
        self._keys = keys

    def keep(self, folder: str, content: Iterable[bytes], limit: int) -> StoredObject:
        """Store a stream under `folder`/<sha256>; more than `limit` bytes raise `too_large`.

        Memory use is bounded: content over 4 MB waits, encrypted, in a temporary file until its
        digest, and with it the key, is known.
        """
        digest, size = hashlib.sha256(), 0

        def read() -> Iterator[bytes]:
            nonlocal size
            for piece in content:
                size += len(piece)
                if size > limit:
                    raise too_large(limit)
                digest.update(piece)
                yield piece

        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY) as spool:
            for piece in read() if self._keys is None else seal(self._keys, folder, read()):
                spool.write(piece)
            key = f"{folder}/{digest.hexdigest()}"
            self._put(key, spool)
        return StoredObject(key, size, digest.hexdigest())

    def read(self, key: str) -> bytes:
        """The whole object; FileNotFoundError when it is not there."""
        with _told():
            stored = bytes(obstore.get(self._store, key).bytes())
        sealed = self._sealed(key, stored[:HEADER_BYTES], len(stored))
        return stored if sealed is None else sealed.open(stored[HEADER_BYTES:], HEADER_BYTES)

    def stream(self, key: str, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Bytes `start` up to and without `end` in pieces; FileNotFoundError when not there.

        Each piece is a request of its own, so that a slow reader keeps no connection waiting.
        """
        found = self._look(key)
        at, end = start, found.size if end is None else min(end, found.size)
        while at < end:
            until = min(end, (at // _WINDOW + 1) * _WINDOW)
            try:
                piece = self._part(key, found, at, until)
            except PreconditionError:
                # Encrypted anew with another key since: the same content, laid out anew.
                found = self._look(key)
                piece = self._part(key, found, at, until)
            yield piece
            at = until

    def size(self, key: str) -> int:
        """The size of an object's content in bytes; FileNotFoundError when it is not there."""
        return self._look(key).size

    def key_name(self, key: str) -> str | None:
        """The name of the key that encrypted an object; None when it is not encrypted."""
        header = read_header(self._head(key)[0])
        return None if header is None else header.key_name

    def encrypt_anew(self, key: str) -> None:
        """Encrypt an object with the first key; FileNotFoundError when it is not there."""
        if self._keys is None:
            raise RuntimeError("this store was opened without keys")
        with tempfile.SpooledTemporaryFile(max_size=_SPOOL_IN_MEMORY) as spool:
            for piece in seal(self._keys, _folder_of(key), self.stream(key)):
                spool.write(piece)
            self._look(key)  # one that was deleted meanwhile does not come back
            self._put(key, spool)

    def delete(self, key: str) -> None:
        """Remove an object; one that is already gone is fine."""
        try:
            with _told():
                obstore.delete(self._store, key)
        except FileNotFoundError:
            return

    def delete_all(self, keys: Sequence[str]) -> None:
        """Remove several objects; those that are already gone are fine."""
        if not isinstance(self._store, S3Store):
            for key in keys:
                self.delete(key)
        elif keys:
            # Many with one request; S3 does not mind those that are gone.
            with _told():
                obstore.delete(self._store, keys)

    def all_keys(self) -> Iterator[str]:
        """The keys of all objects, in no order."""
        with _told():
            for batch in obstore.list(self._store):
                yield from (each["path"] for each in batch if each["path"] != _PROBE)

    def list_folder(self, folder: str) -> list[str]:
        """The keys under `folder`/, sorted; none when there is no such folder."""
        with _told():
            listed = obstore.list(self._store, prefix=_whole(folder))
            return sorted(entry["path"] for batch in listed for entry in batch)

    def delete_folder(self, folder: str) -> int:
        """Remove everything under `folder`/; how many objects there were."""
        keys = self.list_folder(folder)
        self.delete_all(keys)
        return len(keys)

    def sample(self, most: int) -> list[str]:
        """The keys of some objects, `most` of them or all there are."""
        return list(islice(self.all_keys(), most))

    def check(self) -> None:
        """Raise when the store cannot be written to and read from."""
        with _told(missing="the bucket or the folder is not there"):
            obstore.put(self._store, _PROBE, b"ok")
            given = bytes(obstore.get(self._store, _PROBE).bytes())
        if given != b"ok":
            raise CoachError("storage", "The object store gave back other bytes.", 503)

    def _put(self, key: str, spool: IO[bytes]) -> None:
        """Write a whole object; the store lets nobody see half of it."""
        spool.seek(0)
        with _told(missing="the bucket is not there"):
            obstore.put(self._store, key, spool, chunk_size=_PART, max_concurrency=_PARTS_AT_ONCE)

    def _look(self, key: str) -> _Found:
        head, stored, mark = self._head(key)
        sealed = self._sealed(key, head, stored)
        return _Found(stored if sealed is None else sealed.size, sealed, mark)

    def _head(self, key: str) -> tuple[bytes, int, str | None]:
        """The first bytes of an object, its stored size and its mark."""
        with _told():
            try:
                given = obstore.get(self._store, key, options={"range": (0, HEADER_BYTES)})
                return bytes(given.bytes()), int(given.meta["size"]), given.meta["e_tag"]
            except BaseError:
                # Of an empty object no range can be asked for.
                about = obstore.head(self._store, key)
                if about["size"]:
                    raise
                return b"", 0, about["e_tag"]

    def _sealed(self, key: str, head: bytes, stored: int) -> SealedObject | None:
        header = read_header(head)
        if header is None:
            return None
        return SealedObject(self._keys or KeyRing([]), _folder_of(key), header, stored)

    def _part(self, key: str, found: _Found, start: int, end: int) -> bytes:
        """Content from `start` to before `end`; PreconditionError when the object is another."""
        begin, until = (start, end) if found.sealed is None else found.sealed.span(start, end)
        options: GetOptions = {"range": (begin, until), "if_match": found.mark}
        with _told():
            stored = bytes(obstore.get(self._store, key, options=options).bytes())
        return stored if found.sealed is None else found.sealed.cut(stored, begin, start, end)


@contextmanager
def _told(missing: str | None = None) -> Iterator[None]:
    """Turn what a store raises into 503 `storage`, and what is not there where it cannot be."""
    try:
        yield
    except PreconditionError:
        raise
    except FileNotFoundError as error:
        if missing is None:
            raise
        _log.error("storage failed", kind="FileNotFoundError", reason=missing)
        raise _away() from error
    except (BaseError, OSError) as error:
        reason = (str(error).splitlines() or [""])[0]
        _log.error("storage failed", kind=type(error).__name__, reason=reason)
        raise _away() from error


def _away() -> CoachError:
    return CoachError(
        "storage", "What is stored cannot be reached at the moment. Try again in a minute.", 503
    )


def _folder_of(key: str) -> str:
    return key.rpartition("/")[0]


def _whole(folder: str) -> str:
    """The folder without slashes at its ends; the top of the store is nobody's to empty."""
    bare = folder.strip("/")
    if not bare:
        raise ValueError("a folder has a name")
    return bare
