"""Encrypting anew with the first key, while the system runs. Run again, it goes on or does nothing.

An old key may be taken out of the ring once this has gone through without a row or an object left.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column

from interview_coach.kit.crypto import KeyRing, key_of
from interview_coach.kit.errors import CoachError
from interview_coach.operations import encryption_repository as repository
from interview_coach.runtime import Runtime
from interview_coach.storage.objects import ObjectStore

_ROWS_AT_ONCE = 100
_PLAIN = "what is not encrypted"
# Each object is a request or two; the rest is found by a rotation.
_OBJECTS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Rotated:
    """How many values and objects were encrypted anew, and how many could not be."""

    values: int
    objects: int
    failed: int


@dataclass(frozen=True, slots=True)
class KeysInUse:
    """The names of the keys the data needs, one of them for what is not encrypted yet."""

    values: frozenset[str]
    objects: frozenset[str]
    missing: frozenset[str]


def rotate(house: Runtime, say: Callable[[str], None]) -> Rotated:
    """Encrypt every value and object with the first key; a line to `say` for each part."""
    keys = house.settings.key_ring
    values = objects = failed = 0
    for place, column in repository.places():
        done, left = _rotate_column(house, keys, place, column)
        say(f"{place}: {done} encrypted with {keys.first.name}{_left(left)}")
        values, failed = values + done, failed + left
    objects, left = _rotate_objects(house.storage, keys.first.name)
    say(f"objects: {objects} encrypted with {keys.first.name}{_left(left)}")
    return Rotated(values, objects, failed + left)


def _left(count: int) -> str:
    return f", {count} could not be read" if count else ""


def _rotate_column(
    house: Runtime, keys: KeyRing, place: str, column: Column[Any]
) -> tuple[int, int]:
    done = failed = 0
    after = ""
    while True:
        with house.database.reading() as session:
            rows = repository.of_other_keys(session, column, keys.first.name, after, _ROWS_AT_ONCE)
        if not rows:
            return done, failed
        sealed, unread = _sealed_anew(keys, place, rows)
        failed += unread
        with house.database.writing() as session:
            for row_id, old, new in sealed:
                # One that was written meanwhile is encrypted with the first key already.
                done += repository.replace(session, column, row_id, old, new)
        after = rows[-1][0]


def _sealed_anew(
    keys: KeyRing, place: str, rows: list[tuple[str, str]]
) -> tuple[list[tuple[str, str, str]], int]:
    """Id, old and new value of each row, and how many could not be read."""
    sealed, failed = [], 0
    for row_id, old in rows:
        try:
            sealed.append((row_id, old, keys.seal(keys.open(old, place), place)))
        except CoachError:
            failed += 1
    return sealed, failed


def _rotate_objects(storage: ObjectStore, first: str) -> tuple[int, int]:
    done = failed = 0
    for key in storage.all_keys():
        try:
            if storage.key_name(key) != first:
                storage.encrypt_anew(key)
                done += 1
        except FileNotFoundError:
            continue  # deleted meanwhile
        except CoachError as error:
            if error.code == "storage":
                raise
            failed += 1
    return done, failed


def keys_in_use(house: Runtime) -> KeysInUse:
    """Which keys all values and some of the objects need, and which of them the ring has not."""
    values: set[str] = set()
    with house.database.reading() as session:
        for _, column in repository.places():
            known: list[str] = []
            if repository.unsealed(session, column):
                values.add(_PLAIN)
            while (value := repository.of_none_of(session, column, known)) is not None:
                name = key_of(value)
                if name is None:
                    break
                known.append(name)
            values.update(known)
    objects = {
        house.storage.key_name(key) or _PLAIN for key in house.storage.sample(_OBJECTS_LOOKED_AT)
    }
    missing = (values | objects) - {_PLAIN, *house.settings.key_ring.names}
    return KeysInUse(frozenset(values), frozenset(objects), frozenset(missing))
