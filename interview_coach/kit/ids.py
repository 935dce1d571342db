"""Identifiers: opaque, unguessable, sorted by the time they were made."""

from __future__ import annotations

import secrets
import time

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
_RANDOM_BITS = 80
_LENGTH = 26


def new_id() -> str:
    """26 lower-case characters: 48 bits of milliseconds, then 80 random bits (as in ULID)."""
    number = (int(time.time() * 1000) << _RANDOM_BITS) | secrets.randbits(_RANDOM_BITS)
    letters = []
    for _ in range(_LENGTH):
        number, place = divmod(number, 32)
        letters.append(_ALPHABET[place])
    return "".join(reversed(letters))


def new_secret() -> str:
    """A secret for a cookie or a refresh token: 256 random bits, safe in URLs."""
    return secrets.token_urlsafe(32)
