"""Digests of content and of secrets."""

from __future__ import annotations

import base64
import hashlib
from typing import BinaryIO

_PIECE = 256 * 1024


def sha256_hex(content: bytes) -> str:
    """SHA-256 of the content, 64 hexadecimal characters."""
    return hashlib.sha256(content).hexdigest()


def file_sha256(file: BinaryIO) -> str:
    """SHA-256 (hex) of a whole file, which is then at its beginning again."""
    digest = hashlib.sha256()
    file.seek(0)
    while piece := file.read(_PIECE):
        digest.update(piece)
    file.seek(0)
    return digest.hexdigest()


def secret_digest(secret: str) -> str:
    """What is stored in place of a random secret.

    A plain SHA-256 is enough: the secret has 256 random bits, so it cannot be guessed.
    """
    return sha256_hex(secret.encode())


def content_digest(content: bytes) -> str:
    """The value of a `Content-Digest` header (RFC 9530), sha-256 only."""
    return f"sha-256=:{base64.b64encode(hashlib.sha256(content).digest()).decode()}:"
