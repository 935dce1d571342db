"""How often somebody may try to sign in. All of it is looked at before anything is hashed.

Three circles: one address, one account from one address, and failures of one account and of all
accounts together. The two wide circles hold only for addresses the account was never signed in
from, so that nobody can lock a candidate out by guessing from elsewhere.
"""

from __future__ import annotations

from datetime import timedelta

from interview_coach.accounts import repository
from interview_coach.accounts.service import plain_email
from interview_coach.api.limits import check_rate, require_room
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.kit.hashing import sha256_hex

_FROM_ONE_ADDRESS = 30
_ONE_ACCOUNT_FROM_ONE_ADDRESS = 10
_FAILURES_OF_ONE_ACCOUNT = 60
_FAILURES_OF_ALL = 600
_PASSWORDS_OF_ONE_USER = 10
_MAILS_TO_ONE_ADDRESS = 3
_KNOWN_FOR = timedelta(days=90)


def from_address(bucket: str, address: str) -> None:
    """Count a request of nobody in particular; 429 beyond 30 a minute from one address."""
    check_rate(bucket, address, _FROM_ONE_ADDRESS)


def before_sign_in(database: Database, email: str, address: str) -> None:
    """Count one try to sign in; 429 `too_many` when there were too many."""
    from_address("login-address", address)
    account = _account(email)
    check_rate("login-account", f"{account} {address}", _ONE_ACCOUNT_FROM_ONE_ADDRESS)
    with database.reading() as session:
        user = repository.user_by_email(session, plain_email(email))
        if user is not None and repository.signed_in_from(
            session, user.id, address, now() - _KNOWN_FOR
        ):
            return
    require_room("login-failed-account", account, _FAILURES_OF_ONE_ACCOUNT)
    require_room("login-failed", "all", _FAILURES_OF_ALL)


def after_failure(email: str) -> None:
    """Count a wrong password."""
    check_rate("login-failed-account", _account(email), _FAILURES_OF_ONE_ACCOUNT, refuse=False)
    check_rate("login-failed", "all", _FAILURES_OF_ALL, refuse=False)


def before_password(user_id: str) -> None:
    """Count one password given by somebody who is signed in; 429 beyond ten a minute."""
    check_rate("password", user_id, _PASSWORDS_OF_ONE_USER)


def before_mail(email: str) -> None:
    """Count one mail to an address; 429 beyond three a minute, whoever asks."""
    check_rate("mail", _account(email), _MAILS_TO_ONE_ADDRESS)


def _account(email: str) -> str:
    return sha256_hex(plain_email(email).encode())
