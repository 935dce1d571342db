"""A text model on disk: a tokenizer of transformers and a graph for onnxruntime, never torch."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from interview_coach.kit.errors import CoachError

# Where exports of a model lie in its folder; the first that is there is taken.
GRAPHS = ("model.onnx", "onnx/model.onnx", "model_quantized.onnx", "onnx/model_quantized.onnx")
_NEEDED = ("config.json", "tokenizer.json")
_INPUTS = {"input_ids", "attention_mask", "token_type_ids"}
_LONGEST = 512  # tokens, where the model's files name no limit
_UNSET = 1_000_000  # transformers says "no limit" by a huge number
_BATCH = 4  # larger ones were slower here, and unsteadier
_NEVER_TORCH = {
    # Without it transformers says on every import that PyTorch was not found; it is not missed.
    "TRANSFORMERS_NO_ADVISORY_WARNINGS": "1",
    # A worker forks for each job, and the tokenizers' own threads would not be there any more.
    "TOKENIZERS_PARALLELISM": "false",
}

Floats = npt.NDArray[np.float32]
Whole = npt.NDArray[np.int64]


class TextModelError(CoachError):
    """A text model that cannot be used, with the reason in plain words."""

    def __init__(self, message: str, code: str = "text_model") -> None:
        super().__init__(code, message, 503)


def graph_in(folder: Path) -> Path | None:
    """The ONNX file of a folder that holds a whole text model, None when it does not."""
    if not all((folder / name).is_file() for name in _NEEDED):
        return None
    return next((folder / name for name in GRAPHS if (folder / name).is_file()), None)


class OnnxText:
    """A loaded text model: texts in, what its graph says about them out.

    config: its `config.json`. digest: of graph and tokenizer, 64 hexadecimal digits. Raises
    TextModelError when the folder holds no model, or one this program cannot run.
    """

    def __init__(self, folder: Path, threads: int) -> None:
        graph = graph_in(folder)
        if graph is None:
            raise TextModelError(
                f"{folder} holds no text model: it needs config.json, tokenizer.json and one of "
                f"{', '.join(GRAPHS)}."
            )
        self.folder = folder
        self.config = read_json(folder / "config.json")
        self._tokenizer = _tokenizer(folder)
        self._session = _session(graph, threads)
        self._inputs = {each.name for each in self._session.get_inputs()}
        if "input_ids" not in self._inputs or self._inputs - _INPUTS:
            names = ", ".join(sorted(self._inputs))
            raise TextModelError(f"The model in {folder} wants {names}, which this program lacks.")
        self.longest = self._longest()
        self.digest = _digest(graph, folder / "tokenizer.json")

    def _longest(self) -> int:
        told = [
            self._tokenizer.model_max_length,
            self.config.get("max_position_embeddings"),
            read_json(self.folder / "sentence_bert_config.json").get("max_seq_length"),
        ]
        return min([each for each in told if isinstance(each, int) and 0 < each < _UNSET] or
                   [_LONGEST])  # fmt: skip

    def run(self, texts: Sequence[str]) -> list[tuple[Floats, Whole]]:
        """For each text the graph's first output and the attention mask of its tokens.

        What is longer than the model reads is cut off. Texts of like length go together, so that
        little is spent on padding.
        """
        order = sorted(range(len(texts)), key=lambda index: (len(texts[index]), index))
        found: dict[int, tuple[Floats, Whole]] = {}
        for start in range(0, len(order), _BATCH):
            picked = order[start : start + _BATCH]
            output, mask = self._batch([texts[index] for index in picked])
            for row, index in enumerate(picked):
                found[index] = (output[row], mask[row])
        return [found[index] for index in range(len(texts))]

    def _batch(self, texts: Sequence[str]) -> tuple[Floats, Whole]:
        rows = self._tokenizer(
            list(texts),
            padding=True,
            truncation=True,
            max_length=self.longest,
            return_attention_mask=True,
            return_token_type_ids="token_type_ids" in self._inputs,
        )
        feed = {name: np.asarray(rows[name], dtype=np.int64) for name in self._inputs}
        try:
            output = self._session.run(None, feed)[0]
        except Exception as error:
            raise TextModelError(f"The model in {self.folder} failed: {_line(error)}") from error
        return (
            np.asarray(output, dtype=np.float32),
            np.asarray(rows["attention_mask"], dtype=np.int64),
        )


def read_json(file: Path) -> dict[str, Any]:
    """The object in a file of a model, empty when there is no such file or it holds no object."""
    if not file.is_file():
        return {}
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise TextModelError(f"{file} cannot be read: {_line(error)}") from error
    return content if isinstance(content, dict) else {}


def _tokenizer(folder: Path) -> Any:
    for name, value in _NEVER_TORCH.items():
        os.environ.setdefault(name, value)
    from transformers import AutoTokenizer

    try:
        # Only files of this folder, and no code that comes with them.
        return AutoTokenizer.from_pretrained(
            str(folder), local_files_only=True, trust_remote_code=False
        )
    except Exception as error:
        raise TextModelError(f"The tokenizer in {folder} is unfit: {_line(error)}") from error


def _session(graph: Path, threads: int) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    # Idle threads that spin would take the cores from speech recognition.
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise TextModelError(f"{graph} is no ONNX model that runs here: {_line(error)}") from error


def _digest(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open("rb") as handle:
            digest.update(hashlib.file_digest(handle, "sha256").digest())
    return digest.hexdigest()


def _line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:300]
