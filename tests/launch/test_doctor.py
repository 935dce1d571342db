"""The doctor says one line a part, never more, and 1 when something is broken."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from base64 import b64encode
from pathlib import Path

from interview_coach.kit.crypto import KeyRing, parse_keys
from interview_coach.kit.database import Database
from interview_coach.settings import PROJECT_DIR
from tests.support.mail import mail_server
from tests.support.stored import add_answer

_PARTS = [
    "python",
    "settings",
    "data_folder",
    "database",
    "migrations",
    "redis",
    "storage",
    "encryption",
    "page",
    "node",
    "speech",
    "embeddings",
    "tone",
    "engines",
    "mail",
    "reports",
    "port",
]


def _doctor(data_dir: Path, **settings: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code, and for each part its state and its text."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COACH_")}
    answer = subprocess.run(
        [sys.executable, "-m", "interview_coach", "doctor"],
        env={
            **kept,
            "COACH_DATA_DIR": str(data_dir),
            "PYTHONPATH": str(PROJECT_DIR),
            **settings,
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.stderr == ""
    found = {}
    for line in answer.stdout.splitlines():
        state, text = line[15:].split(maxsplit=1)
        found[line[:15].strip().replace(" ", "_")] = (state, text)
    return answer.returncode, found


def _free_port() -> str:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return str(server.getsockname()[1])


def test_a_machine_before_its_first_start_has_nothing_broken(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    code, found = _doctor(data_dir, COACH_PORT=_free_port(), COACH_OFFLINE="1")
    assert list(found) == _PARTS
    assert {state for state, _ in found.values()} <= {"ok", "off"}
    assert code == 0
    assert not data_dir.exists()  # looking changes nothing


def test_a_taken_port_and_a_misspelt_setting_are_broken(tmp_path: Path) -> None:
    # Somebody else's server: it takes connections and never answers.
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = str(server.getsockname()[1])
        code, found = _doctor(tmp_path / "data", COACH_PORT=port, COACH_PROT="3000")
    assert code == 1
    assert found["settings"][0] == "broken"
    assert "COACH_PROT" in found["settings"][1]
    assert found["port"][0] == "broken"


def test_a_database_that_cannot_be_reached_is_broken_and_says_what_to_check(
    tmp_path: Path,
) -> None:
    url = f"postgresql://coach:hidden-password@127.0.0.1:{_free_port()}/coach"
    code, found = _doctor(tmp_path / "data", COACH_DATABASE_URL=url, COACH_PORT=_free_port())
    assert code == 1
    assert found["database"][0] == "broken"
    assert "COACH_DATABASE_URL" in found["database"][1]
    assert "hidden-password" not in str(found)


def test_the_language_engines_are_named_in_their_order_without_keys(tmp_path: Path) -> None:
    around = {"COACH_PORT": _free_port(), "COACH_OFFLINE": "1"}
    _, found = _doctor(tmp_path / "data", **around)
    assert found["engines"][0] == "off"
    own = f"http://127.0.0.1:{_free_port()}/v1"
    settings = {"COACH_OPENAI_BASE_URL": own, "COACH_OPENAI_MODEL": "a-model"}
    # It is not called: nobody listens there.
    _, found = _doctor(tmp_path / "data", **around, **settings)
    assert found["engines"][0] == "ok"
    assert found["engines"][1].startswith("openai (a-model), then the local one; not called")
    settings |= {"COACH_GEMINI_API_KEY": "a-secret-key", "COACH_AI_ENGINES": "openai,gemini"}
    settings["COACH_AI_MONTHLY_BUDGET_USD"] = "2.5"
    _, found = _doctor(tmp_path / "data", **around, **settings)
    told = found["engines"][1]
    assert told.startswith("openai (a-model), gemini (gemini-2.5-flash), then the local one")
    assert "2.5 USD a month" in told
    assert "a-secret-key" not in told


def test_a_setting_that_makes_no_sense_ends_the_look(tmp_path: Path) -> None:
    code, found = _doctor(tmp_path / "data", COACH_PORT="many")
    assert code == 1
    assert found["settings"][0] == "broken"
    assert "COACH_PORT" in found["settings"][1]


def test_the_keys_of_the_data_are_told_and_a_lost_one_is_broken(
    tmp_path: Path, database_url: str
) -> None:
    first, second = (f"{name}:{b64encode(name.encode() * 32).decode()}" for name in "ab")
    settings = {"COACH_DATABASE_URL": database_url, "COACH_SECRET_KEY": "k" * 40}
    database = Database(database_url, keys=KeyRing(parse_keys(first)))
    add_answer(database)
    database.engine.dispose()
    for keys, state, words in (
        (first, "ok", "a, no other key is needed"),
        (f"{second},{first}", "ok", "rotate-keys is due for a"),
        (second, "broken", "needs the key a"),
    ):
        _, found = _doctor(
            tmp_path / "data",
            COACH_ENCRYPTION_KEYS=keys,
            COACH_PORT=_free_port(),
            **settings,
        )
        assert found["encryption"][0] == state, found
        assert words in found["encryption"][1]
    assert keys.split(":")[1] not in str(found)


def test_a_store_that_cannot_be_reached_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    url = f"s3://bucket?endpoint=http://127.0.0.1:{_free_port()}"
    access = {"AWS_ACCESS_KEY_ID": "tests", "AWS_SECRET_ACCESS_KEY": "tests"}
    code, found = _doctor(
        tmp_path / "data", COACH_STORAGE_URL=url, COACH_PORT=_free_port(), **access
    )
    assert code == 1
    assert list(found) == _PARTS
    assert found["storage"][0] == "broken"
    assert "COACH_STORAGE_URL" in found["storage"][1]


def test_mail_is_off_in_production_without_a_server(tmp_path: Path) -> None:
    _, found = _doctor(tmp_path, COACH_ENV="production", COACH_SECRET_KEY="k" * 40)
    assert found["mail"][0] == "off"
    assert "COACH_SMTP_URL is not set" in found["mail"][1]


def test_a_mail_server_that_does_not_let_us_in_is_broken(tmp_path: Path) -> None:
    with mail_server() as (_, url):
        _, found = _doctor(tmp_path, COACH_SMTP_URL=url)
        assert found["mail"][0] == "ok"
        _, found = _doctor(tmp_path, COACH_SMTP_URL=url.replace("p%40ss", "wrong"))
    assert found["mail"][0] == "broken"
    assert "SMTPAuthenticationError" in found["mail"][1]
    assert "wrong" not in found["mail"][1]
