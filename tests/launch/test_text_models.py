"""Text models on the command line: list, pull, doctor, and scoring with one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from interview_coach.settings import PROJECT_DIR
from tests.scoring.test_meaning import ANSWER, QUESTION
from tests.support.model_hub import model_hub
from tests.support.text_models import build_embedder, build_tone

LINE = json.dumps({"question": QUESTION, "text": ANSWER}) + "\n"
NAME = "somebody/small-model"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an embedding model."""
    return build_embedder(tmp_path_factory.mktemp("models") / "small")


def _coach(
    tmp_path: Path, *arguments: str, stdin: str = "", **around: str
) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COACH_")}
    return subprocess.run(
        [sys.executable, "-m", "interview_coach", *arguments],
        cwd=tmp_path,
        env={
            **kept,
            "COACH_DATA_DIR": str(tmp_path / "data"),
            "PYTHONPATH": str(PROJECT_DIR),
            "HF_HOME": str(tmp_path / "hub"),
            "NO_PROXY": "127.0.0.1",
            **around,
        },
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
    )


def _doctor(tmp_path: Path, **settings: str) -> tuple[int, dict[str, str]]:
    answer = _coach(tmp_path, "doctor", **settings)
    assert answer.stderr == ""
    lines = answer.stdout.splitlines()
    told = {line[:15].strip(): line[15:] for line in lines}
    return answer.returncode, {part: told[part] for part in ("embeddings", "tone")}


def _words(result: Mapping[str, object]) -> str:
    """The result without its metrics, as bytes that can be compared."""
    return json.dumps({name: part for name, part in result.items() if name != "metrics"})


def test_scoring_with_and_without_a_model(tmp_path: Path, small: Path) -> None:
    plain = _coach(tmp_path, "score", stdin=LINE)
    named = {"COACH_EMBEDDING_MODEL": str(small)}
    lexical = _coach(tmp_path, "score", "--engine", "lexical", stdin=LINE, **named)
    both = _coach(tmp_path, "score", "--engine", "embeddings", stdin=LINE, **named)
    for answer in (plain, lexical, both):
        assert answer.returncode == 0, answer.stderr
        assert answer.stderr == ""
    assert lexical.stdout == plain.stdout  # a model that is named is not used unasked
    found = json.loads(both.stdout)
    assert found["metrics"]["relevance_engine"] == "embeddings:small"
    assert json.loads(plain.stdout)["metrics"]["relevance_engine"] == "lexical"
    assert _words(found) != _words(json.loads(plain.stdout))
    again = _coach(tmp_path, "score", "--engine", "embeddings", stdin=LINE, **named)
    assert again.stdout == both.stdout


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({}, "COACH_EMBEDDING_MODEL"),
        ({"COACH_EMBEDDING_MODEL": NAME}, "models pull"),
        ({"COACH_EMBEDDING_MODEL": "{tmp}"}, "models pull"),
    ],
)
def test_scoring_without_the_model_it_asks_for_is_one_line(
    tmp_path: Path, settings: dict[str, str], words: str
) -> None:
    around = {name: value.format(tmp=tmp_path) for name, value in settings.items()}
    answer = _coach(tmp_path, "score", "--engine", "embeddings", stdin=LINE, **around)
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert len(answer.stderr.splitlines()) == 1
    assert words in answer.stderr


def test_the_doctor_tells_of_text_models(tmp_path: Path, small: Path) -> None:
    _, found = _doctor(tmp_path)
    assert found["embeddings"].startswith("off")
    assert "COACH_EMBEDDING_MODEL is not set" in found["embeddings"]
    assert found["tone"].startswith("off")
    tone = build_tone(tmp_path / "tone")
    _, found = _doctor(tmp_path, COACH_EMBEDDING_MODEL=str(small), COACH_TONE_MODEL=str(tone))
    assert found["embeddings"].startswith("ok")
    assert found["tone"].startswith("ok")
    assert not (tmp_path / "data").exists()  # looking changes nothing
    _, found = _doctor(tmp_path, COACH_EMBEDDING_MODEL=NAME, COACH_TONE_MODEL=NAME)
    assert "models pull" in found["embeddings"]
    assert found["tone"].startswith("off")
    _, found = _doctor(tmp_path, COACH_EMBEDDING_MODEL=NAME, COACH_OFFLINE="1")
    assert found["embeddings"].startswith("off")
    assert "COACH_OFFLINE" in found["embeddings"]


def test_the_doctor_calls_what_is_no_model_broken(tmp_path: Path, small: Path) -> None:
    code, found = _doctor(
        tmp_path, COACH_EMBEDDING_MODEL=str(tmp_path), COACH_TONE_MODEL=str(small)
    )
    assert code == 1
    assert found["embeddings"].startswith("broken")
    assert "COACH_EMBEDDING_MODEL" in found["embeddings"]
    assert found["tone"].startswith("broken")
    assert "id2label" in found["tone"]


def test_models_are_listed(tmp_path: Path, small: Path) -> None:
    answer = _coach(tmp_path, "models", "list", COACH_EMBEDDING_MODEL=str(small))
    assert answer.returncode == 0, answer.stderr
    lines = answer.stdout.splitlines()
    assert lines[0].startswith("base.en")
    (embedding,) = (line for line in lines if line.startswith("embedding"))
    assert str(small) in embedding
    assert lines[-1].startswith("tone")
    assert "none is named" in lines[-1]


def test_a_model_is_pulled_with_progress_and_calibrated(tmp_path: Path) -> None:
    made = build_embedder(tmp_path / "made")
    files = {file.name: file.read_bytes() for file in made.iterdir()}
    named = {"COACH_EMBEDDING_MODEL": NAME}
    with model_hub(NAME, files) as hub:
        answer = _coach(tmp_path, "models", "pull", NAME, HF_ENDPOINT=hub, **named)
    assert answer.returncode == 0, answer.stderr
    assert f"{NAME}: 100%" in answer.stdout
    assert "is fit for COACH_EMBEDDING_MODEL" in answer.stdout
    assert len(list((tmp_path / "data" / "calibration").iterdir())) == 1
    scored = _coach(
        tmp_path, "score", "--engine", "embeddings", stdin=LINE, COACH_OFFLINE="1", **named
    )
    assert json.loads(scored.stdout)["metrics"]["relevance_engine"] == f"embeddings:{NAME}"


def test_pulling_offline_is_refused_in_one_line(tmp_path: Path) -> None:
    answer = _coach(tmp_path, "models", "pull", NAME, COACH_OFFLINE="1")
    assert answer.returncode == 1
    assert answer.stdout == ""
    assert "COACH_OFFLINE" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1


def test_without_a_name_all_that_the_settings_name_are_pulled(tmp_path: Path, small: Path) -> None:
    answer = _coach(tmp_path, "models", "pull", COACH_OFFLINE="1", COACH_EMBEDDING_MODEL=str(small))
    assert answer.returncode == 1  # the speech model cannot be had
    assert f"{small} is fit for COACH_EMBEDDING_MODEL" in answer.stdout
    assert "base.en is not here" in answer.stderr
