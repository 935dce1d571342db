"""Text models in folders: vectors, tones, calibration, and what is no model."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import yaml

from interview_coach.ai import text_models
from interview_coach.ai.calibration import BACKGROUND, calibrate, calibration_of, window_vectors
from interview_coach.ai.calibration import TEXTS as TEXTS_FILE
from interview_coach.ai.embeddings import OnnxEmbedder, unit_rows
from interview_coach.ai.meaning import EmbeddingMeaning
from interview_coach.ai.onnx_text import GRAPHS, TextModelError, graph_in
from interview_coach.ai.tone import OnnxTone
from interview_coach.ai.wording import Lesson, lessons
from interview_coach.questions.bank_background import background
from interview_coach.settings import Settings
from tests.support.answer_topics import TOPICS
from tests.support.text_models import build_embedder, build_tone, meaning_in, trained_folder

TEXTS = ["the cat sat", "dogs bark", "the cat sat on the mat and dogs bark at it"]


@pytest.fixture(autouse=True)
def _fresh() -> Iterator[None]:
    text_models.forget()
    yield
    text_models.forget()


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an embedding model that tells the calibration's sentences apart."""
    return build_embedder(tmp_path_factory.mktemp("models") / "small")


def _settings(tmp_path: Path, **named: str) -> Settings:
    return Settings(data_dir=tmp_path / "data", offline=True, **named)


def test_vectors_have_length_one_and_depend_on_no_neighbour(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(build_embedder(tmp_path, TEXTS), "small")
    together = embedder.embed(TEXTS)
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert together.shape[0] == len(TEXTS)
    assert together.dtype == np.float32
    assert np.allclose(np.linalg.norm(together, axis=1), 1)
    assert np.allclose(together, alone, atol=1e-6)


def test_order_and_number_of_texts_are_kept_over_batches(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(build_embedder(tmp_path, TEXTS), "small")
    many = [TEXTS[index % 3] for index in range(50)]
    assert np.array_equal(embedder.embed(many)[:3], embedder.embed(many)[3:6])
    assert embedder.embed([]).shape[0] == 0


def test_a_long_text_is_cut_at_what_the_model_reads(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(build_embedder(tmp_path, TEXTS), "small")
    longest = "cat " * 64  # as its tokenizer_config says
    assert np.array_equal(
        embedder.embed([longest]), embedder.embed([longest + "dogs bark " * 1000])
    )
    assert not np.allclose(embedder.embed(["cat dogs"]), embedder.embed(["cat " * 63 + "dogs"]))


@pytest.mark.parametrize("graph", GRAPHS)
def test_the_graph_is_found_where_exports_put_it(tmp_path: Path, graph: str) -> None:
    folder = build_embedder(tmp_path, TEXTS, graph=graph, inputs=("input_ids", "attention_mask"))
    assert graph_in(folder) == folder / graph
    assert OnnxEmbedder(folder, "small").embed(["the cat"]).shape == (1, 256)


def test_the_whole_model_goes_before_the_quantised_one(tmp_path: Path) -> None:
    build_embedder(tmp_path, TEXTS, graph="model_quantized.onnx")
    build_embedder(tmp_path, TEXTS, graph="onnx/model.onnx")
    assert graph_in(tmp_path) == tmp_path / "onnx" / "model.onnx"


def test_a_graph_that_pools_by_itself_and_one_that_wants_the_first_token(tmp_path: Path) -> None:
    pooled = OnnxEmbedder(build_embedder(tmp_path / "a", TEXTS, pooled=True), "a")
    assert np.allclose(np.linalg.norm(pooled.embed(TEXTS), axis=1), 1)
    folder = build_embedder(tmp_path / "b", TEXTS)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text('{"pooling_mode_cls_token": true}')
    first = OnnxEmbedder(folder, "b")
    assert np.allclose(first.embed(["cat dogs bark"]), first.embed(["cat"]))


def test_a_text_without_known_words_is_a_vector_all_the_same(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(build_embedder(tmp_path, TEXTS), "small")
    assert np.isfinite(embedder.embed(["", "zzz \u2603", "cat"])).all()
    assert np.array_equal(
        unit_rows(np.asarray([[0, 0], [np.nan, 1]], np.float32)), np.zeros((2, 2))
    )


def _break(folder: Path, how: str) -> None:
    if how == "empty":
        for file in folder.rglob("*"):
            file.unlink()
    elif how == "no tokenizer":
        (folder / "tokenizer.json").unlink()
    elif how == "broken tokenizer":
        (folder / "tokenizer.json").write_text("{", encoding="utf-8")
    elif how == "broken config":
        (folder / "config.json").write_text("[", encoding="utf-8")
    else:
        (folder / "model.onnx").write_bytes(b"no graph" * 50)


@pytest.mark.parametrize(
    "how", ["empty", "no tokenizer", "broken tokenizer", "broken config", "broken graph"]
)
def test_a_folder_that_is_no_model_is_named_in_one_line(tmp_path: Path, how: str) -> None:
    folder = build_embedder(tmp_path / "model", TEXTS)
    _break(folder, how)
    with pytest.raises(TextModelError) as caught:
        OnnxEmbedder(folder, "small")
    assert str(folder) in caught.value.message
    assert "\n" not in caught.value.message


def test_a_graph_that_asks_for_more_is_refused(tmp_path: Path) -> None:
    folder = build_embedder(tmp_path, TEXTS, inputs=("input_ids", "pixel_values"))
    with pytest.raises(TextModelError, match="pixel_values"):
        OnnxEmbedder(folder, "small")


def test_loading_never_imports_torch_and_says_nothing(small: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from interview_coach.ai.embeddings import OnnxEmbedder\n"
        "OnnxEmbedder(Path(sys.argv[1]), 'small').embed(['a'])\n"
        "assert 'torch' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(small)], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_the_tone_of_words_sums_to_one(tmp_path: Path) -> None:
    reader = OnnxTone(build_tone(tmp_path), "tone")
    tone = reader.read(["happy and proud", "terrible", "a table"])
    assert tone is not None
    assert tone.positive + tone.neutral + tone.negative == pytest.approx(1, abs=0.001)
    # six words: three of them in a happy sentence, one terrible, two of neither
    assert (tone.positive, tone.neutral, tone.negative) == pytest.approx(
        (3 / 6, 2 / 6, 1 / 6), abs=0.01
    )
    assert reader.read([]) is None
    assert reader.read([" "]) is None


@pytest.mark.parametrize(
    ("labels", "positive"),
    [
        (("negative", "neutral", "positive"), 1.0),
        (("NEG", "NEU", "POS"), 1.0),
        (("LABEL_0", "LABEL_1", "LABEL_2"), 1.0),
        (("positive", "neutral", "negative"), 0.0),
    ],
)
def test_classes_are_read_from_the_models_labels(
    tmp_path: Path, labels: tuple[str, ...], positive: float
) -> None:
    tone = OnnxTone(build_tone(tmp_path, labels=labels), "tone").read(["happy"])
    assert tone is not None
    assert tone.positive == pytest.approx(positive, abs=0.001)


@pytest.mark.parametrize("labels", [("joy", "fear", "anger"), ("positive", "neutral", "mixed"), ()])
def test_other_classes_are_no_tone(tmp_path: Path, labels: tuple[str, ...]) -> None:
    folder = build_tone(tmp_path, labels=labels)
    with pytest.raises(TextModelError):
        OnnxTone(folder, "tone")


def test_an_embedding_model_is_no_tone_model(small: Path) -> None:
    with pytest.raises(TextModelError, match="id2label"):
        OnnxTone(small, "small")


def test_a_calibration_is_kept_for_its_model_alone(small: Path, tmp_path: Path) -> None:
    embedder = OnnxEmbedder(small, "small")
    made = calibration_of(embedder, tmp_path)
    (file,) = tmp_path.iterdir()
    assert calibration_of(embedder, tmp_path) == made
    assert made.related > made.chance
    # What is kept is used: a changed file shows, one of other texts is made anew.
    row = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**row, "chance": 0.5}), encoding="utf-8")
    assert calibration_of(embedder, tmp_path).chance == 0.5
    for spoilt in ({**row, "texts": "older"}, {**row, "digest": "other"}, {"model": 1}, []):
        file.write_text(json.dumps(spoilt), encoding="utf-8")
        assert calibration_of(embedder, tmp_path) == made
    file.write_text("{", encoding="utf-8")
    assert calibration_of(embedder, tmp_path) == made
    other = OnnxEmbedder(build_embedder(tmp_path / "other", pooled=True), "other")
    assert other.digest != embedder.digest


def test_the_background_is_of_the_bank() -> None:
    assert BACKGROUND.read_text(encoding="utf-8") == background(), (
        "run python -m interview_coach.questions.bank_background"
    )


def test_a_question_of_the_background_is_not_its_own_chance(small: Path) -> None:
    embedder = OnnxEmbedder(small, "small")
    calibration = calibrate(embedder)
    asked = yaml.safe_load(BACKGROUND.read_text(encoding="utf-8"))[3]
    points = embedder.embed(asked)
    bundled = len(yaml.safe_load(TEXTS_FILE.read_text(encoding="utf-8")))
    rows = list(calibration.background)
    del rows[bundled + 3]
    without = replace(calibration, background=tuple(rows))
    assert calibration.closeness(points, points) == without.closeness(points, points) > 1.5


def test_only_a_model_that_was_taught_adds_to_the_wording(small: Path) -> None:
    embedder = OnnxEmbedder(small, "small")
    units, windows = ["i gave him his money back"], [(0,)]
    assert embedder.digest not in lessons()
    plain = EmbeddingMeaning(embedder, calibrate(embedder))
    assert plain.compare([["a refund"]], units, windows).wording == []
    vectors = embedder.embed(units)
    itself = tuple(vectors[0].tolist())
    lesson = Lesson("small", "", (0.25, 0.0), (itself, tuple(-2 * each for each in itself)))
    assert lesson.odds(vectors) == pytest.approx([0.75, -2.0])


def test_a_model_that_tells_nothing_apart_is_of_no_use(tmp_path: Path) -> None:
    embedder = OnnxEmbedder(build_embedder(tmp_path, TEXTS), "small")
    with pytest.raises(TextModelError, match="no use for scoring"):
        calibrate(embedder)


def test_shares_rise_with_the_cosine_from_chance_to_related(small: Path) -> None:
    calibration = calibrate(OnnxEmbedder(small, "small"))
    size = len(calibration.points_centre)
    flat = calibration.__class__("m", "d", "t", 0.2, 0.6, 0.4, (0.0,) * size, (0.0,) * size, ())
    point = np.eye(1, size, dtype=np.float32)
    cosines = [0.0, 0.2, 0.4, 0.6, 1.0]
    windows = np.zeros((len(cosines), size), dtype=np.float32)
    for row, cosine in enumerate(cosines):
        windows[row, :2] = [cosine, math.sqrt(1 - cosine**2)]
    assert flat.shares(point, windows)[0] == pytest.approx([0, 0, 0.5, 1, 1], abs=1e-6)


def test_an_answer_to_the_question_is_closer_to_it_than_to_the_bundled_ones(small: Path) -> None:
    meaning = meaning_in(small)
    asked, other = TOPICS[0], TOPICS[1]
    points = [[point["text"], *point["phrases"]] for point in asked.question["key_points"]]
    own = meaning.compare(points, asked.middle, [(0,)]).closeness
    assert own > 1.0
    assert own > meaning.compare(points, other.middle, [(0,)]).closeness + 1.0
    assert meaning.compare(points, asked.middle, [(0,)]).closeness == own


def test_a_window_is_the_mean_of_its_sentences() -> None:
    vectors = np.asarray([[1, 0], [0, 1]], dtype=np.float32)
    assert window_vectors(vectors, [(0,), (0, 1)]) == pytest.approx(
        np.asarray([[1, 0], [math.sqrt(0.5), math.sqrt(0.5)]])
    )


def test_meaning_finds_what_says_a_point_and_not_what_does_not(small: Path) -> None:
    meaning = meaning_in(small)
    points = [["Offered a remedy at once", "refund", "replacement", "voucher"]]
    said = "i gave him his money back on the spot and sent a new one by courier"
    other = "the table is split over many machines by the first letters of the code"
    windows = [(0,), (1,), (0, 1)]
    ((right, wrong, both),) = meaning.compare(points, [said, other], windows).shares
    assert right > 0.5
    assert wrong == 0
    assert right > both > 0
    assert meaning.compare(points, [said, other], windows).shares == [[right, wrong, both]]


def test_the_trained_model_tells_a_paraphrase_from_another_matter() -> None:
    meaning = meaning_in(trained_folder())
    points = [["Offered a remedy at once", "refund", "replacement", "voucher"]]
    units = ["i gave him a full refund that very day", "our team meets every monday at nine"]
    ((right, wrong),) = meaning.compare(points, units, [(0,), (1,)]).shares
    assert right > 0.5
    assert wrong == 0


def test_nothing_is_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    settings = _settings(tmp_path)
    assert text_models.named_models(settings) == []
    assert text_models.meaning_of(settings) is None
    assert text_models.tone_of(settings) is None


def test_a_named_model_is_loaded_once(small: Path, tmp_path: Path) -> None:
    tone = build_tone(tmp_path / "tone")
    settings = _settings(tmp_path, embedding_model=str(small), tone_model=str(tone))
    text_models.warm_up(settings, threads=1, fetch=True)
    meaning = text_models.meaning_of(settings)
    assert isinstance(meaning, EmbeddingMeaning)
    assert meaning.name == "embeddings:small"
    assert text_models.meaning_of(settings) is meaning
    reader = text_models.tone_of(settings)
    assert reader is not None
    assert reader.name == "tone"
    assert list((tmp_path / "data" / "calibration").iterdir())


def test_a_model_that_is_unfit_leaves_the_words(tmp_path: Path) -> None:
    folder = build_embedder(tmp_path / "model", TEXTS)
    settings = _settings(tmp_path, embedding_model=str(folder), tone_model="owner/model")
    text_models.warm_up(settings, threads=1, fetch=True)
    assert text_models.meaning_of(settings) is None
    assert text_models.tone_of(settings) is None


def test_a_loaded_model_works_in_a_fork(small: Path, tmp_path: Path) -> None:
    """As in a light worker: loaded by the parent with one thread, used by the child of each job."""
    settings = _settings(tmp_path, embedding_model=str(small))
    text_models.warm_up(settings, threads=1, fetch=False)
    meaning = text_models.meaning_of(settings)
    assert meaning is not None
    points, units = [["a refund"]], ["i gave him his money back", "a page table"]
    windows = [(0,), (1,)]
    expected = meaning.compare(points, units, windows).shares
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        again = text_models.meaning_of(settings)
        points.insert(0, ["another"])
        shares = None if again is None else again.compare(points, units, windows).shares[1:]
        os.write(writing, json.dumps(shares).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as answer:
        assert json.loads(answer.read()) == expected
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
