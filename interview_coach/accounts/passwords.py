"""Password hashes: argon2id first, bcrypt still verified and upgraded."""

from __future__ import annotations

import threading

from passlib.context import CryptContext

# OWASP's argon2id figures: 19 MiB, two passes, one lane; about 25 ms a hash on one core.
_CONTEXT = CryptContext(
    schemes=["argon2", "bcrypt"],
    deprecated=["bcrypt"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
# A storm of logins must leave a core to everybody else.
_AT_ONCE = threading.BoundedSemaphore(2)
# Verified when nobody has the e-mail, so that both cases take the same time.
_NOBODY = _CONTEXT.hash("nobody has this password")


def hash_password(password: str) -> str:
    """The hash to store. Takes about 25 ms: never on the event loop."""
    with _AT_ONCE:
        return str(_CONTEXT.hash(password))


def verify_password(password: str, stored: str | None) -> tuple[bool, str | None]:
    """Whether the password is right, and a new hash when the stored one is out of date.

    stored=None (nobody has that e-mail) takes as long as a wrong password and is False.
    """
    with _AT_ONCE:
        right, newer = _CONTEXT.verify_and_update(password, stored or _NOBODY)
    return bool(right) and stored is not None, newer
