"""Password hashes: argon2id first, bcrypt still verified and upgraded."""

from __future__ import annotations

import threading
from functools import lru_cache

from passlib.context import CryptContext

from interview_coach.kit.errors import invalid

# OWASP's argon2id figures: 19 MiB, two passes, one lane; about 25 ms a hash on one core.
_CONTEXT = CryptContext(
    schemes=["argon2", "bcrypt"],
    deprecated=["bcrypt"],
    argon2__type="ID",
    argon2__memory_cost=19456,
    argon2__time_cost=2,
    argon2__parallelism=1,
)
# Hashing lets other threads run: two at once keep two cores busy, and no storm of sign-ins takes
# more memory or cores than that. Measured by bench/login_storm.
AT_ONCE = 2
_AT_ONCE = threading.BoundedSemaphore(AT_ONCE)
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
        try:
            right, newer = _CONTEXT.verify_and_update(password, stored or _NOBODY)
        except ValueError:
            # bcrypt takes 72 bytes and no NUL: no password it was given can have been this one.
            _CONTEXT.verify(password, _NOBODY)
            return False, None
    return bool(right) and stored is not None, newer


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def check_new(field: str, password: str, email: str) -> None:
    """Refuse a password that is tried first by whoever guesses; 422 naming `field`.

    That is one of the 30,000 most used ones (the list of zxcvbn), or the account's own address.
    There are no rules on which characters it has to hold.
    """
    plain = password.strip().lower()
    if plain in _common() or plain.rstrip("0123456789!.") in _common():
        raise invalid(field, "is one of the most used passwords; choose another")
    if plain in {email, email.partition("@")[0]}:
        raise invalid(field, "is your own address; choose another")
