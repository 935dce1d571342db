"""Encryption of what is kept: named keys, and AES-GCM for single values."""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from interview_coach.kit.errors import CoachError

KEY_BYTES = 32
NONCE_BYTES = 12
SEALED = "enc:1:"
_NAME = re.compile(r"[a-z0-9-]{1,16}")
_DERIVED_NAME = re.compile(r"s-[0-9a-f]{8}")
_SEALED_VALUE = re.compile(r"enc:1:([a-z0-9-]{1,16}):([A-Za-z0-9+/]{38,}={0,2})")


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the name that stands beside whatever it has encrypted."""

    name: str
    secret: bytes = field(repr=False)

    def derived(self, purpose: bytes, salt: bytes | None = None) -> bytes:
        """A key of 32 bytes for one purpose, so that no two purposes share one."""
        return HKDF(SHA256(), KEY_BYTES, salt, b"interview-coach " + purpose).derive(self.secret)


def unreadable() -> CoachError:
    """The error for what was changed where it is kept, or is not of the key it names."""
    return CoachError(
        "unreadable",
        "This cannot be decrypted: it was changed where it is kept, or its key is another one.",
        503,
    )


def _key_missing(name: str) -> CoachError:
    return CoachError(
        "key_missing",
        f"This was encrypted with the key {name}, which this server does not have. "
        "Its operator finds the mend under Encryption in docs/operators.md.",
        503,
    )


class KeyRing:
    """Keys by name: the first one encrypts, all of them decrypt. An empty ring opens nothing."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = {key.name: key for key in keys}
        self._ciphers = {key.name: AESGCM(key.derived(b"values")) for key in self._keys.values()}

    @property
    def first(self) -> Key:
        """The key that encrypts."""
        return next(iter(self._keys.values()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names in their order, the encrypting key first."""
        return tuple(self._keys)

    def key(self, name: str) -> Key:
        """The key of this name; 503 `key_missing` when the ring has none such."""
        found = self._keys.get(name)
        if found is None:
            raise _key_missing(name)
        return found

    def seal(self, text: str, place: str) -> str:
        """The text as `enc:1:<key name>:<base64>`; opens only for the same `place`."""
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = self._ciphers[self.first.name].encrypt(nonce, text.encode(), place.encode())
        return f"{SEALED}{self.first.name}:{base64.b64encode(nonce + sealed).decode()}"

    def open(self, value: str, place: str) -> str:
        """The text of a sealed value; one that is not sealed comes back as it is.

        503 `key_missing` without its key, 503 `unreadable` when it was changed or moved.
        """
        found = _SEALED_VALUE.fullmatch(value)
        if found is None:
            return value
        name, packed = found.groups()
        self.key(name)
        try:
            sealed = base64.b64decode(packed, validate=True)
            return (
                self._ciphers[name]
                .decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place.encode())
                .decode()
            )
        except (InvalidTag, binascii.Error) as error:
            raise unreadable() from error


def key_of(value: str) -> str | None:
    """The name of the key that sealed this value; None when it is not sealed."""
    found = _SEALED_VALUE.fullmatch(value)
    return found.group(1) if found else None


def parse_keys(text: str) -> list[Key]:
    """The keys of `name:base64,name:base64`; ValueError in plain words that tell no key."""
    keys = [_parse_key(entry.strip()) for entry in text.split(",")]
    if len({key.name for key in keys}) < len(keys):
        raise ValueError("must not name two keys alike")
    return keys


def _parse_key(entry: str) -> Key:
    name, divided, encoded = entry.partition(":")
    # A key without its name must not be told as if it were one.
    if not divided or _NAME.fullmatch(name) is None:
        raise ValueError(
            "must be name:key, several divided by commas; a name has 1 to 16 small letters, "
            "digits and hyphens"
        )
    if _DERIVED_NAME.fullmatch(name):
        raise ValueError("must not name a key s- and eight digits: that is how ours are named")
    try:
        secret = base64.b64decode(encoded, validate=True)
    except binascii.Error:
        secret = b""
    if len(secret) != KEY_BYTES:
        raise ValueError(
            f"must have 32 bytes in base64 for each key, such as from `openssl rand -base64 32`; "
            f"{name} has not"
        )
    return Key(name, secret)


def key_from(secret: str) -> Key:
    """The key that follows from another secret, named after it: `s-` and 8 digits."""
    name = f"s-{hashlib.sha256(secret.encode()).hexdigest()[:8]}"
    return Key(name, Key(name, secret.encode()).derived(b"encryption key"))
