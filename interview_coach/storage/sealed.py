"""How an encrypted object is laid out: a header, then chunks that open one by one.

Header, 64 bytes: magic, version, length of the key's name, the name, padding, salt. Each chunk
holds 64 KiB of content (the last one less) and 16 bytes that prove it. The salt makes a key of
each object's own; a chunk's nonce is its number, and whether it is the last one is proved with it,
so that a chunk that is missing, changed or elsewhere is noticed.
"""

from __future__ import annotations

import secrets
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from interview_coach.kit.crypto import Key, KeyRing, unreadable

HEADER_BYTES = 64
CHUNK = 64 * 1024
_TAG = 16
_SEALED_CHUNK = CHUNK + _TAG
_LAYOUT = struct.Struct(">8sBB16s6x32s")
_MAGIC = b"\x89coach\r\n"
_VERSION = 1
_SALT_BYTES = 32
_NONCE = struct.Struct(">4xQ")


@dataclass(frozen=True, slots=True)
class Header:
    """What stands before the chunks of an object."""

    key_name: str
    salt: bytes

    def packed(self) -> bytes:
        """As it is stored."""
        name = self.key_name.encode()
        return _LAYOUT.pack(_MAGIC, _VERSION, len(name), name, self.salt)


def read_header(head: bytes) -> Header | None:
    """The header at the beginning of an object; None when the object is not encrypted."""
    if not head.startswith(_MAGIC):
        return None
    if len(head) < HEADER_BYTES:
        raise unreadable()
    _, version, length, name, salt = _LAYOUT.unpack_from(head)
    header = Header(name[:length].decode("ascii", "replace"), salt)
    # What is not understood here, such as a later version, differs from what would be written.
    if version != _VERSION or header.packed() != head[:HEADER_BYTES]:
        raise unreadable()
    return header


class _Cipher:
    """The chunks of one object. place: where the object is; it does not open elsewhere."""

    def __init__(self, key: Key, header: Header, place: str) -> None:
        self._cipher = AESGCM(key.derived(b"object", header.salt))
        self._bound = header.packed() + place.encode()

    def seal(self, number: int, content: bytes, *, last: bool) -> bytes:
        return self._cipher.encrypt(_NONCE.pack(number), content, self._proves(last))

    def open(self, number: int, sealed: bytes, *, last: bool) -> bytes:
        try:
            return self._cipher.decrypt(_NONCE.pack(number), sealed, self._proves(last))
        except InvalidTag as error:
            raise unreadable() from error

    def _proves(self, last: bool) -> bytes:
        return (b"\x01" if last else b"\x00") + self._bound


def seal(keys: KeyRing, place: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """The encrypted object of this content, piece by piece; holds one chunk at a time."""
    header = Header(keys.first.name, secrets.token_bytes(_SALT_BYTES))
    cipher = _Cipher(keys.first, header, place)
    yield header.packed()
    waiting, number = bytearray(), 0
    for piece in content:
        waiting += piece
        # A full chunk waits until there is more: it may be the last one.
        while len(waiting) > CHUNK:
            yield cipher.seal(number, bytes(waiting[:CHUNK]), last=False)
            del waiting[:CHUNK]
            number += 1
    yield cipher.seal(number, bytes(waiting), last=True)


class SealedObject:
    """An encrypted object of `stored` bytes, opened in parts.

    place: where it was sealed for. 503 `key_missing` when the ring has not its key.
    """

    def __init__(self, keys: KeyRing, place: str, header: Header, stored: int) -> None:
        self._cipher = _Cipher(keys.key(header.key_name), header, place)
        body = stored - HEADER_BYTES
        self._chunks = -(-body // _SEALED_CHUNK)
        self._stored = stored
        self.size = body - self._chunks * _TAG
        if body < _TAG or self.size < (self._chunks - 1) * CHUNK:
            raise unreadable()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The stored bytes (whole chunks) that hold the content from `start` to before `end`."""
        first, last = start // CHUNK, max(start, end - 1) // CHUNK
        begin = HEADER_BYTES + first * _SEALED_CHUNK
        return begin, min(self._stored, HEADER_BYTES + (last + 1) * _SEALED_CHUNK)

    def open(self, stored: bytes, begin: int) -> bytes:
        """The content of the chunks that were stored from the byte `begin` on."""
        number = (begin - HEADER_BYTES) // _SEALED_CHUNK
        opened = []
        for at in range(0, len(stored), _SEALED_CHUNK):
            last = number == self._chunks - 1
            opened.append(self._cipher.open(number, stored[at : at + _SEALED_CHUNK], last=last))
            number += 1
        return b"".join(opened)

    def cut(self, stored: bytes, begin: int, start: int, end: int) -> bytes:
        """Content from `start` to before `end`, of the chunks stored from `begin` on."""
        before = (begin - HEADER_BYTES) // _SEALED_CHUNK * CHUNK
        return self.open(stored, begin)[start - before : end - before]
