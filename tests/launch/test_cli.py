"""Exit codes and plain words: 0 done, 1 failed with one line, 2 wrong usage, never a traceback."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach.settings import PROJECT_DIR


def _environment(data_dir: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COACH_")}
    return {**kept, "COACH_DATA_DIR": str(data_dir), "PYTHONPATH": str(PROJECT_DIR)}


def _coach(tmp_path: Path, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """`python -m interview_coach` as the script runs it, from another folder."""
    return subprocess.run(
        [sys.executable, "-m", "interview_coach", *arguments],
        cwd=tmp_path,
        env=_environment(tmp_path / "data"),
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def _one_line(answer: subprocess.CompletedProcess[str]) -> str:
    assert answer.returncode == 1, answer.stderr
    assert answer.stdout == ""
    lines = answer.stderr.splitlines()
    assert len(lines) == 1, answer.stderr
    return lines[0]


@pytest.mark.parametrize(
    "arguments",
    [
        (),
        ("nonsense",),
        ("up", "--port", "none"),
        ("up", "--port", "70000"),
        ("models",),
        ("measure",),
        ("score", "--engine", "guess"),
    ],
)
def test_wrong_usage_is_2_with_the_usage(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    answer = _coach(tmp_path, *arguments)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr.startswith("usage: ./coach")
    assert "Traceback" not in answer.stderr


def test_help_names_every_command(tmp_path: Path) -> None:
    answer = _coach(tmp_path, "help")
    assert answer.returncode == 0
    for name in ("up", "test", "bench", "serve", "worker", "migrate", "seed", "doctor", "models"):
        assert f"\n    {name} " in answer.stdout


def test_a_busy_port_is_one_line(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        line = _one_line(_coach(tmp_path, "up", "--port", str(port)))
    assert f"Port {port}" in line
    assert not (tmp_path / "data" / "coach.db").exists()


def test_a_second_start_on_the_same_data_is_one_line(tmp_path: Path) -> None:
    run = tmp_path / "data" / "run"
    run.mkdir(parents=True)
    with (run / "up.lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        line = _one_line(_coach(tmp_path, "up", "--port", "1"))
    assert "running already" in line


def test_a_setting_that_makes_no_sense_is_one_line(tmp_path: Path) -> None:
    answer = subprocess.run(
        [sys.executable, "-m", "interview_coach", "migrate"],
        env=_environment(tmp_path) | {"COACH_PORT": "many"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "COACH_PORT" in _one_line(answer)


@pytest.mark.parametrize("command", ["migrate", "seed", "up"])
def test_a_database_that_cannot_be_reached_is_one_line(tmp_path: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        closed = server.getsockname()[1]
    url = f"postgresql://coach:hidden-word@127.0.0.1:{closed}/coach"
    answer = subprocess.run(
        [sys.executable, "-m", "interview_coach", command],
        env=_environment(tmp_path) | {"COACH_DATABASE_URL": url, "COACH_PORT": str(closed)},
        capture_output=True,
        text=True,
        check=False,
    )
    line = _one_line(answer)
    assert "COACH_DATABASE_URL" in line
    assert "refused" in line
    assert "hidden-word" not in line


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file", encoding="utf-8")
    assert str(tmp_path / "data") in _one_line(_coach(tmp_path, "migrate"))


def test_measuring_what_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert "no file" in _one_line(_coach(tmp_path, "measure", "missing.wav"))


def test_measuring_what_is_no_sound_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Good morning. " * 100, encoding="utf-8")
    assert "recording we can read" in _one_line(_coach(tmp_path, "measure", "letter.txt"))


def test_a_file_is_looked_up_where_the_user_is(tmp_path: Path) -> None:
    recording = PROJECT_DIR / "tests" / "fixtures" / "spoken_answer.webm"
    (tmp_path / "answer.webm").write_bytes(recording.read_bytes())
    answer = _coach(tmp_path, "measure", "answer.webm")
    assert answer.returncode == 0, answer.stderr
    assert json.loads(answer.stdout)["duration_seconds"] > 1


@pytest.mark.parametrize(
    "words",
    ["not json", '{"no": "list"}', '[{"word": "so", "start": 0}]', '["so"]'],
)
def test_words_that_are_no_words_are_one_line(tmp_path: Path, words: str) -> None:
    (tmp_path / "words.json").write_text(words, encoding="utf-8")
    (tmp_path / "answer.webm").write_bytes(b"")
    line = _one_line(_coach(tmp_path, "measure", "answer.webm", "--words", "words.json"))
    assert "words.json" in line


def test_scoring_ends_at_a_line_it_cannot_read(tmp_path: Path) -> None:
    good = json.dumps({"question": {"type": "hr", "text": "Why?"}, "text": "Because I like it."})
    answer = _coach(tmp_path, "score", stdin=f"{good}\n\nnot json\n{good}\n")
    assert answer.returncode == 1
    assert len(answer.stdout.splitlines()) == 1
    assert "scores" in json.loads(answer.stdout)
    assert "line 3" in answer.stderr
    assert "Traceback" not in answer.stderr
