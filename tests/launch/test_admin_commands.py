"""`./coach admin`: 0 done, 1 one line why, 2 wrong usage; never a traceback, never a password."""

from __future__ import annotations

import os
import subprocess
import sys
from base64 import b64encode

import pytest

from interview_coach.runtime import Runtime
from interview_coach.settings import PROJECT_DIR
from tests.conftest import PASSWORD, make_client
from tests.support.stored import add_answer

EMAIL = "operator@example.org"


def _admin(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "interview_coach", "admin", *arguments],
        env={**os.environ, "PYTHONPATH": str(PROJECT_DIR)},
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def _login() -> int:
    given = {"username": EMAIL, "password": PASSWORD}
    return make_client().post("/api/v1/auth/login", data=given).status_code


def _refused(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 1, answer.stderr
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1, answer.stderr
    return answer.stderr


def test_an_administrator_is_made_locked_out_never_and_gets_a_token(house: Runtime) -> None:
    made = _admin("create", EMAIL, "--password-stdin", stdin=f"{PASSWORD}\n")
    assert made.returncode == 0, made.stderr
    assert _login() == 200
    assert "last active administrator" in _refused(_admin("lock", EMAIL))
    again = _admin("create", EMAIL)
    assert again.returncode == 0, again.stderr
    token = _admin("token", EMAIL, "--name", "backup", "--scopes", "read,write", "--days", "7")
    assert token.returncode == 0, token.stderr
    headers = {"Authorization": f"Bearer {token.stdout.strip()}"}
    answer = make_client().get("/api/v1/users/me", headers=headers)
    assert answer.json()["role"] == "admin"


def test_a_reset_link_sets_a_new_password(house: Runtime) -> None:
    _admin("create", EMAIL, "--password-stdin", stdin="a password to be forgotten\n")
    link = _admin("reset-link", EMAIL)
    assert link.returncode == 0, link.stderr
    secret = link.stdout.strip().rpartition("=")[2]
    answer = make_client().post(
        "/api/v1/auth/password/reset", json={"token": secret, "password": PASSWORD}
    )
    assert answer.status_code == 204, answer.text
    assert _login() == 200


@pytest.mark.parametrize("password", ["short", "password123"])
def test_a_bad_password_is_refused_and_not_repeated(house: Runtime, password: str) -> None:
    told = _refused(_admin("create", EMAIL, "--password-stdin", stdin=f"{password}\n"))
    assert "password" in told.lower()
    assert f" {password}" not in told


def test_nobody_with_this_email_is_one_line(house: Runtime) -> None:
    for command in (("lock",), ("unlock",), ("reset-link",), ("token", "--name", "x")):
        assert "no account" in _refused(_admin(*command, "nobody@example.org"))


@pytest.mark.parametrize("arguments", [(), ("create",), ("token", EMAIL), ("nonsense",)])
def test_wrong_usage_is_2(arguments: tuple[str, ...]) -> None:
    assert _admin(*arguments).returncode == 2


def test_everything_is_encrypted_anew_and_what_cannot_be_is_told(
    house: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    (before,) = house.settings.key_ring.names
    add_answer(house.database)
    monkeypatch.setenv("COACH_ENCRYPTION_KEYS", f"new:{b64encode(b'n' * 32).decode()}")
    done = _admin("rotate-keys")
    assert done.returncode == 0, done.stderr
    assert "answers.text: 1 encrypted with new" in done.stdout.splitlines()
    monkeypatch.setenv("COACH_ENCRYPTION_KEYS", f"newer:{b64encode(b'x' * 32).decode()}")
    failed = _admin("rotate-keys")
    assert failed.returncode == 1
    assert "answers.text: 0 encrypted with newer, 1 could not be read" in failed.stdout
    assert before not in failed.stdout
