"""Text models fetched from a hub, by the hub's own client."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_coach.ai.onnx_text import TextModelError
from interview_coach.ai.text_models import find_model, is_repository, pull, short_name
from tests.support.model_hub import model_hub, pulled
from tests.support.text_models import build_embedder

NAME = "somebody/small-model"
PULL = """
import json, sys
from pathlib import Path
from interview_coach.ai.onnx_text import TextModelError
from interview_coach.ai.text_models import pull
shares = []
try:
    folder = pull(sys.argv[1], Path(sys.argv[2]), on_progress=shares.append)
    print(json.dumps({"folder": str(folder), "shares": shares}))
except TextModelError as error:
    print(json.dumps({"code": error.code, "detail": error.message}))
"""


def _pull_from(hub: str, home: Path, models: Path, name: str = NAME) -> dict[str, object]:
    return pulled(PULL, hub, home, name, str(models))


def _files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


def test_a_model_is_pulled_and_found_again(tmp_path: Path) -> None:
    files = _files(build_embedder(tmp_path / "made", graph="onnx/model.onnx"))
    files |= {
        "onnx/model_quantized.onnx": b"not needed beside the whole one",
        "pytorch_model.bin": b"never",
        "README.md": b"not needed",
    }
    with model_hub(NAME, files) as hub:
        found = _pull_from(hub, tmp_path / "home", tmp_path / "models")
    folder = tmp_path / "models" / "somebody--small-model"
    assert found["folder"] == str(folder)
    shares = found["shares"]
    assert isinstance(shares, list)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert {file.name for file in folder.rglob("*.*") if ".cache" not in file.parts} == {
        "config.json",
        "model.onnx",
        "tokenizer.json",
        "tokenizer_config.json",
    }
    assert find_model(NAME, tmp_path / "models") == folder
    # It is here: the hub, gone by now, is not asked again.
    assert pull(NAME, tmp_path / "models", offline=True) == folder


@pytest.mark.parametrize("missing", ["onnx/model.onnx", "tokenizer.json"])
def test_a_repository_without_graph_or_tokenizer_is_refused(tmp_path: Path, missing: str) -> None:
    files = _files(build_embedder(tmp_path / "made", graph="onnx/model.onnx"))
    del files[missing]
    with model_hub(NAME, files) as hub:
        found = _pull_from(hub, tmp_path / "home", tmp_path / "models")
    assert found["code"] == "text_model"
    assert not (tmp_path / "models").exists()


def test_an_unknown_name_and_a_closed_network_are_one_line(tmp_path: Path) -> None:
    with model_hub(NAME, {}) as hub:
        unknown = _pull_from(hub, tmp_path / "home", tmp_path / "models", "somebody/else")
    closed = _pull_from("http://127.0.0.1:9", tmp_path / "home", tmp_path / "models")
    for found in (unknown, closed):
        assert "could not be downloaded" in str(found["detail"])
        assert "\n" not in str(found["detail"])


def test_offline_forbids_and_a_folder_is_no_repository(tmp_path: Path) -> None:
    with pytest.raises(TextModelError) as caught:
        pull(NAME, tmp_path, offline=True)
    assert caught.value.code == "offline"
    for name in (str(tmp_path), "../elsewhere", "a/b/c", "plain"):
        with pytest.raises(TextModelError):
            pull(name, tmp_path, offline=False)
    assert is_repository(NAME)
    assert not is_repository(str(tmp_path))
    assert short_name(NAME) == NAME
    assert short_name(str(tmp_path / "minilm")) == "minilm"
