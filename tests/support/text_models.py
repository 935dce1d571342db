"""Tiny text models for tests: real folders that the real tokenizers and onnxruntime load.

`build_embedder` writes an embedding model by random indexing (Kanerva 2000): a word's vector is
the sum of the random directions of the documents it stands in, so words that were seen together
lie near each other. `build_tone` writes a classifier that adds up words. Neither says anything
about what a trained model can do.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

from interview_coach.ai.calibration import TEXTS, calibrate
from interview_coach.ai.embeddings import Embedder, OnnxEmbedder
from interview_coach.ai.meaning import EmbeddingMeaning
from interview_coach.ai.onnx_text import Floats
from tests.support.answer_topics import TOPICS
from tests.support.onnx_files import model_of, node, tensor
from tests.support.shared import shared_dir

_SPECIAL = ("[PAD]", "[UNK]")
_DIMENSIONS = 256


def documents() -> list[str]:
    """Texts that tell which words go together: the key points with what says them."""
    questions = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    texts = [
        " ".join([point["text"], *point["phrases"], *point["said"]])
        for question in questions
        for point in question["points"]
    ]
    for topic in TOPICS:
        told = " ".join((*topic.opening, *topic.middle, *topic.ending))
        texts.append(f"{topic.question['text']} {told}")
        texts.extend(
            " ".join([point["text"], *point["phrases"]]) for point in topic.question["key_points"]
        )
    return texts


def build_embedder(
    folder: Path,
    texts: Sequence[str] | None = None,
    *,
    graph: str = "model.onnx",
    inputs: Sequence[str] = ("input_ids", "attention_mask", "token_type_ids"),
    pooled: bool = False,
    config: Mapping[str, Any] | None = None,
) -> Path:
    """Write an embedding model that has read `texts`, by default `documents()`.

    graph: the name of its ONNX file. inputs: what the graph asks for. pooled: whether it gives one
    vector for each text instead of one for each token. Returns the folder.
    """
    rows = [_words(text) for text in (documents() if texts is None else texts)]
    vocabulary = [*_SPECIAL, *sorted({word for row in rows for word in row})]
    place = {word: index for index, word in enumerate(vocabulary)}
    chance = np.random.default_rng(7)
    table = np.zeros((len(vocabulary), _DIMENSIONS), dtype=np.float32)
    seen = {word: sum(word in row for row in map(set, rows)) for word in place}
    for row in rows:
        direction = chance.standard_normal(_DIMENSIONS).astype(np.float32)
        for word in sorted(set(row)):
            table[place[word]] += direction * math.log(1 + len(rows) / seen[word])
    # A word that stands everywhere says nothing.
    lengths = np.linalg.norm(table, axis=1, keepdims=True)
    rare = np.asarray([[1 / max(1, seen[word])] for word in vocabulary], dtype=np.float32)
    table = np.where(lengths > 0, table / np.maximum(lengths, 1e-6), 0) * np.sqrt(rare)
    return _write(folder, vocabulary, table.astype(np.float32), graph, inputs, pooled, config or {})


def build_tone(
    folder: Path,
    *,
    positive: Iterable[str] = ("great", "happy", "enjoyed", "proud"),
    negative: Iterable[str] = ("terrible", "angry", "hated", "worst"),
    labels: Sequence[str] = ("negative", "neutral", "positive"),
) -> Path:
    """Write a classifier of three classes that adds up the words it knows. Returns the folder."""
    good, bad = sorted(positive), sorted(negative)
    vocabulary = [*_SPECIAL, *good, *bad]
    table = np.zeros((len(vocabulary), 3), dtype=np.float32)
    table[1] = [0, 10, 0]
    for word in vocabulary[2:]:
        table[vocabulary.index(word)] = [0, 0, 400] if word in good else [400, 0, 0]
    config = {"id2label": {str(number): label for number, label in enumerate(labels)}}
    return _write(folder, vocabulary, table, "model.onnx", ("input_ids",), pooled=True,
                  config=config)  # fmt: skip


class RememberingEmbedder:
    """An embedder that keeps every vector, since tests score the same sentences thousands of
    times."""

    def __init__(self, embedder: Embedder) -> None:
        self.name, self.digest = embedder.name, embedder.digest
        self._embedder = embedder
        self._kept: dict[str, Floats] = {}

    def embed(self, texts: Sequence[str]) -> Floats:
        """As the embedder itself."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        if new:
            self._kept.update(zip(new, self._embedder.embed(new), strict=True))
        return np.stack([self._kept[text] for text in texts])


def meaning_in(folder: Path) -> EmbeddingMeaning:
    """The meaning by a model in a folder, calibrated, for many scores."""
    embedder = RememberingEmbedder(OnnxEmbedder(folder, folder.name, threads=2))
    return EmbeddingMeaning(embedder, calibrate(embedder))


def trained_is_here() -> bool:
    """Whether the trained model of the shared test data is on this machine."""
    folder = _trained()
    return folder is not None and folder.is_dir()


def trained_folder() -> Path:
    """The folder of the trained model of the shared test data; skips where there is none."""
    folder = _trained()
    if folder is None or not folder.is_dir():
        pytest.skip("no trained embedding model (COACH_SHARED_DIR, or ../shared)")
    return folder


def _trained() -> Path | None:
    shared = shared_dir()
    return None if shared is None else shared / "data" / "models" / "minilm-l6-v2-onnx"


def _write(
    folder: Path,
    vocabulary: Sequence[str],
    table: np.ndarray[Any, Any],
    graph: str,
    inputs: Sequence[str],
    pooled: bool,
    config: Mapping[str, Any],
) -> Path:
    file = folder / graph
    file.parent.mkdir(parents=True, exist_ok=True)
    nodes = [node("Gather", ["table", "input_ids"], "tokens")]
    if pooled:
        # All-zero rows of padding leave the sum as it is, whatever stands beside it in a batch.
        nodes.append(node("ReduceSum", ["tokens", "axes"], "vectors", keepdims=0))
    shape = ("batch", table.shape[1]) if pooled else ("batch", "sequence", table.shape[1])
    weights = [tensor("table", table)]
    if pooled:
        weights.append(tensor("axes", np.asarray([1], dtype=np.int64)))
    output = "vectors" if pooled else "tokens"
    file.write_bytes(model_of(nodes, weights, inputs, output, shape))
    words = Tokenizer(
        models.WordLevel({word: index for index, word in enumerate(vocabulary)}, unk_token="[UNK]")
    )
    words.normalizer = normalizers.Lowercase()
    words.pre_tokenizer = pre_tokenizers.Whitespace()
    words.save(str(folder / "tokenizer.json"))
    told = {"tokenizer_class": "PreTrainedTokenizerFast", "unk_token": "[UNK]",
            "pad_token": "[PAD]", "model_max_length": 64}  # fmt: skip
    (folder / "tokenizer_config.json").write_text(json.dumps(told), encoding="utf-8")
    (folder / "config.json").write_text(
        json.dumps({"model_type": "bert", "max_position_embeddings": 128, **config}),
        encoding="utf-8",
    )
    return folder


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())
