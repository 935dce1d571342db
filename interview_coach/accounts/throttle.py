"""How often somebody may try to sign in. All of it is looked at before anything is hashed.

Three circles: one address, one account from one address, and failures of one account and of all
accounts together. The two wide circles hold only for addresses the account was never signed in
from, so that nobody can lock a candidate out by guessing from elsewhere.

An address is a whole network where one client has a network of its own to choose from (IPv6).
"""

from __future__ import annotations

from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network

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
_MAILS_ASKED_FROM_ONE_ADDRESS = 3
# Each mail makes the link before it void: whoever asks again and again for somebody else must
# leave them time to use one.
_MAILS_AN_HOUR = 6
_KNOWN_FOR = timedelta(days=90)
_ONE_CLIENTS_BITS = 64


def from_address(bucket: str, address: str) -> None:
    """Count a request of nobody in particular; 429 beyond 30 a minute from one address."""
    check_rate(bucket, _network(address), _FROM_ONE_ADDRESS)


def before_sign_in(database: Database, email: str, address: str) -> None:
    """Count one try to sign in; 429 `too_many` when there were too many."""
    from_address("login-address", address)
    account, network = _account(email), _network(address)
    check_rate("login-account", f"{account} {network}", _ONE_ACCOUNT_FROM_ONE_ADDRESS)
    with database.reading() as session:
        user = repository.user_by_email(session, plain_email(email))
        known: set[str] = set()
        if user is not None:
            known = repository.addresses_of(session, user.id, now() - _KNOWN_FOR)
    if network in {_network(one) for one in known}:
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


def before_mail(purpose: str, email: str, address: str) -> None:
    """Count one mail; 429 beyond three a minute from one address, and six an hour in all."""
    account = _account(email)
    asked_by = f"{account} {_network(address)}"
    check_rate(f"mail-{purpose}", asked_by, _MAILS_ASKED_FROM_ONE_ADDRESS)
    check_rate(f"mail-{purpose}-hour", account, _MAILS_AN_HOUR, minutes=60)


def _account(email: str) -> str:
    return sha256_hex(plain_email(email).encode())


def _network(address: str) -> str:
    """What one client cannot leave: an IPv4 address, or the half of an IPv6 address that a
    provider gives out; as it is when it is no address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    if parsed.ipv4_mapped is not None:
        return str(parsed.ipv4_mapped)
    return str(ip_network((int(parsed), _ONE_CLIENTS_BITS), strict=False))
