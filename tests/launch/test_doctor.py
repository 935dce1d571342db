"""The doctor says one line a part, never more, and 1 when something is broken."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from interview_coach.settings import PROJECT_DIR

_PARTS = [
    "python",
    "settings",
    "data_folder",
    "database",
    "migrations",
    "redis",
    "storage",
    "page",
    "node",
    "speech",
    "mail",
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


def test_a_setting_that_makes_no_sense_ends_the_look(tmp_path: Path) -> None:
    code, found = _doctor(tmp_path / "data", COACH_PORT="many")
    assert code == 1
    assert found["settings"][0] == "broken"
    assert "COACH_PORT" in found["settings"][1]
