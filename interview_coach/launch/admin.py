"""The bodies of `./coach admin`: what an operator does without the page."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pydantic import BaseModel, ValidationError

import interview_coach.tables  # noqa: F401  the mapper needs every table
from interview_coach.accounts import administration, personal_tokens
from interview_coach.accounts.mail import site_address
from interview_coach.accounts.schemas import PersonalTokenRequest, Registration
from interview_coach.kit.database import Database
from interview_coach.kit.errors import CoachError
from interview_coach.operations import rotation
from interview_coach.runtime import Runtime, open_runtime
from interview_coach.settings import Settings

Shape = TypeVar("Shape", bound=BaseModel)
Say = Callable[[str], None]


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    # The whole runtime: sessions that end are told to the web process through Redis.
    with _house(settings) as opened:
        yield opened.database


@contextmanager
def _house(settings: Settings) -> Iterator[Runtime]:
    opened = open_runtime(settings)
    try:
        yield opened
    finally:
        opened.database.dispose()
        opened.redis.close()


def create(settings: Settings, email: str, name: str | None, from_stdin: bool, say: Say) -> int:
    """Make an administrator; an account that exists is raised to one and keeps its password."""
    with _database(settings) as database:
        if administration.raise_existing(database, email):
            say(f"{email} is an administrator now; the password stays as it was.")
            return 0
        password = _line() if from_stdin else _asked_twice()
        given = _shaped(
            Registration, {"email": email, "full_name": name or email, "password": password}
        )
        administration.create(database, given)
    say(f"The administrator {given.email} was made.")
    return 0


def lock(settings: Settings, email: str, say: Say) -> int:
    """Keep a user out and end their sessions."""
    with _database(settings) as database, database.writing() as session:
        administration.lock(session, administration.id_of(session, email), actor=None)
    say(f"{email} is locked and signed out everywhere.")
    return 0


def unlock(settings: Settings, email: str, say: Say) -> int:
    """Let a user in again."""
    with _database(settings) as database, database.writing() as session:
        administration.unlock(session, administration.id_of(session, email), actor=None)
    say(f"{email} may sign in again.")
    return 0


def token(settings: Settings, email: str, name: str, scopes: str, days: int, say: Say) -> int:
    """Make a personal access token and print it, this once."""
    asked = {"name": name, "scopes": scopes.split(","), "days": days}
    given = _shaped(PersonalTokenRequest, asked)
    with _database(settings) as database, database.writing() as session:
        made = personal_tokens.mint_for_email(session, email, given)
    say(made.token)
    return 0


def reset_link(settings: Settings, email: str, say: Say) -> int:
    """Print a link that sets a new password: it works once, for an hour."""
    with _database(settings) as database, database.writing() as session:
        secret = administration.reset_secret(session, email)
    say(f"{site_address(settings)}/reset?token={secret}")
    return 0


def rotate_keys(settings: Settings, say: Say) -> int:
    """Encrypt everything with the first key; 1 when something could not be read, else 0."""
    with _house(settings) as house:
        done = rotation.rotate(house, say)
    return 1 if done.failed else 0


def _line() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _asked_twice() -> str:
    if not sys.stdin.isatty():
        raise CoachError("no_terminal", "There is no terminal to ask on; use --password-stdin.")
    password = getpass.getpass("Password: ")
    if getpass.getpass("The same again: ") != password:
        raise CoachError("different", "The two passwords are not the same.")
    return password


def _shaped(shape: type[Shape], values: dict[str, object]) -> Shape:
    try:
        return shape.model_validate(values)
    except ValidationError as error:
        # What was given stays out of the words: it may be a password.
        told = "; ".join(f"{item['loc'][0]}: {item['msg']}" for item in error.errors())
        raise CoachError("invalid", f"{told}.") from None
