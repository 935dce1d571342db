"""Who may be locked, raised and lowered: an installation never loses its last administrator."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlmodel import select

from interview_coach.accounts import administration, repository
from interview_coach.accounts.models import AuditEvent
from interview_coach.accounts.schemas import Registration
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import Runtime
from tests.conftest import PASSWORD, make_client, sign_up


def _admin(house: Runtime, email: str) -> str:
    given = Registration(email=email, password=PASSWORD, full_name="An Administrator")
    assert administration.create(house.database, given)
    with house.database.reading() as session:
        return administration.id_of(session, email)


def _actions(house: Runtime, subject: str) -> list[tuple[str, str | None]]:
    with house.database.reading() as session:
        rows = session.exec(select(AuditEvent).where(AuditEvent.subject == subject)).all()
        return [(row.action, row.actor) for row in rows]


def test_an_account_that_exists_is_raised_and_keeps_its_password(any_house: Runtime) -> None:
    account = sign_up(make_client())
    given = Registration(
        email="candidate@example.org", password="another long password", full_name="Other"
    )
    assert not administration.create(any_house.database, given)
    assert account.get("/api/v1/users/me").json()["role"] == "admin"
    signed = make_client().post(
        "/api/v1/auth/login", data={"username": "candidate@example.org", "password": PASSWORD}
    )
    assert signed.status_code == 200
    assert ("role_changed", None) in _actions(any_house, account.user["id"])


def test_a_locked_user_is_out_at_once_until_unlocked(any_house: Runtime) -> None:
    account = sign_up(make_client())
    admin = _admin(any_house, "admin@example.org")
    with any_house.database.writing() as session:
        administration.lock(session, account.user["id"], actor=admin)
    assert account.get("/api/v1/users/me").status_code == 401
    given = {"username": "candidate@example.org", "password": PASSWORD}
    assert make_client().post("/api/v1/auth/login", data=given).status_code == 401
    with any_house.database.writing() as session:
        administration.unlock(session, account.user["id"], actor=admin)
    # The sessions that were ended stay ended.
    assert account.get("/api/v1/users/me").status_code == 401
    assert make_client().post("/api/v1/auth/login", data=given).status_code == 200
    done = _actions(any_house, account.user["id"])
    assert ("locked", admin) in done
    assert ("unlocked", admin) in done


def test_the_last_active_administrator_stays_one(any_house: Runtime) -> None:
    first = _admin(any_house, "first@example.org")
    second = _admin(any_house, "second@example.org")
    with any_house.database.writing() as session:
        administration.lock(session, second, actor=first)
    for forbidden in (
        lambda session: administration.lock(session, first, actor=None),
        lambda session: administration.set_role(session, first, "user", actor=first),
    ):
        with pytest.raises(CoachError) as caught, any_house.database.writing() as session:
            forbidden(session)
        assert (caught.value.code, caught.value.status) == ("last_admin", 409)


def test_nobody_locks_their_own_account(house: Runtime) -> None:
    first = _admin(house, "first@example.org")
    _admin(house, "second@example.org")
    with pytest.raises(CoachError) as caught, house.database.writing() as session:
        administration.lock(session, first, actor=first)
    assert (caught.value.code, caught.value.status) == ("own_account", 409)


def test_of_two_who_lock_each_other_one_stays(any_house: Runtime) -> None:
    first = _admin(any_house, "first@example.org")
    second = _admin(any_house, "second@example.org")

    def lock(pair: tuple[str, str]) -> None:
        try:
            with any_house.database.writing() as session:
                administration.lock(session, pair[1], actor=pair[0])
        except CoachError as error:
            assert error.code == "last_admin"  # noqa: PT017 - either of the two may lose

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(lock, [(first, second), (second, first)]))
    with any_house.database.writing() as session:
        active = [is_active for _, is_active in repository.hold_admins(session)]
    assert sorted(active) == [False, True]
