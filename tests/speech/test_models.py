"""Whisper models: listed from disk, pulled from a hub, refused quickly where there is none."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from interview_coach.speech.models import find_model, list_models, obtain_model, pull
from interview_coach.speech.types import SpeechError
from tests.support.model_hub import model_hub, pulled

REPOSITORY = "Systran/faster-whisper-tiny.en"
FILES = {
    "config.json": b"{}",
    "tokenizer.json": b"{}",
    "vocabulary.txt": b"a\nb\n",
    "model.bin": bytes(3_000_000),
    "README.md": b"not needed",
}
PULL = """
import json, sys
from pathlib import Path
from interview_coach.speech.models import list_models, pull
from interview_coach.speech.types import SpeechError
shares = []
place = Path(sys.argv[2]) if len(sys.argv) > 2 else None
try:
    folder = pull(sys.argv[1], place, shares.append)
    here = [model.name for model in list_models(place) if model.folder]
    print(json.dumps({"folder": str(folder), "shares": shares, "here": here}))
except SpeechError as error:
    print(json.dumps({"code": error.code, "detail": error.detail}))
"""


def pull_from(hub: str, home: Path, *arguments: str) -> dict[str, object]:
    return pulled(PULL, hub, home, *arguments)


def test_a_model_is_pulled_into_a_folder(tmp_path: Path) -> None:
    with model_hub(REPOSITORY, FILES) as hub:
        found = pull_from(hub, tmp_path / "home", "tiny.en", str(tmp_path / "models"))
    folder = tmp_path / "models" / "tiny.en"
    assert found["folder"] == str(folder)
    assert (folder / "model.bin").stat().st_size == 3_000_000
    assert not (folder / "README.md").exists()
    assert found["here"] == ["tiny.en"]
    shares = found["shares"]
    assert isinstance(shares, list)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_a_model_in_the_cache_of_the_hub_is_found(tmp_path: Path) -> None:
    with model_hub(REPOSITORY, FILES) as hub:
        found = pull_from(hub, tmp_path, "tiny.en")
    assert found["here"] == ["tiny.en"]


def test_a_hub_without_the_model_is_refused(tmp_path: Path) -> None:
    with model_hub(REPOSITORY, FILES) as hub:
        found = pull_from(hub, tmp_path, "base.en", str(tmp_path / "models"))
    assert found["code"] == "engine_missing"
    assert "base.en" in str(found["detail"])


def test_a_closed_network_is_found_out_quickly(tmp_path: Path) -> None:
    began = time.monotonic()
    found = pull_from("http://127.0.0.1:9", tmp_path, "tiny.en", str(tmp_path / "models"))
    assert found["code"] == "engine_missing"
    assert "\n" not in str(found["detail"])
    assert time.monotonic() - began < 20


def test_models_on_disk_are_listed(tmp_path: Path) -> None:
    models = list_models(tmp_path)
    assert models[0].name == "base.en"
    assert len({model.name for model in models}) == len(models)
    folder = tmp_path / "small.en"
    folder.mkdir()
    (folder / "model.bin").write_bytes(b"x")
    assert find_model("small.en", tmp_path) is None
    for name in ("config.json", "tokenizer.json"):
        (folder / name).write_bytes(b"{}")
    assert find_model("small.en", tmp_path) == folder
    assert find_model(str(folder)) == folder
    assert obtain_model("small.en", offline=True, models_dir=tmp_path) == folder
    assert next(m for m in list_models(tmp_path) if m.name == "small.en").folder == folder


@pytest.mark.parametrize("name", ["gigantic.en", "a/b", "../elsewhere"])
def test_an_unknown_model_is_named(name: str, tmp_path: Path) -> None:
    for ask in (
        lambda: pull(name, tmp_path),
        lambda: obtain_model(name, offline=False, models_dir=tmp_path),
    ):
        with pytest.raises(SpeechError, match="no ") as caught:
            ask()
        assert caught.value.code == "engine_missing"
        assert name in caught.value.detail
