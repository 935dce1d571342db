"""The scorecard's lines on graded answers and on what is no answer at all."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from statistics import mean
from typing import Any

import yaml

from bench.scorecard import Line, at_least, at_most, not_measured
from interview_coach.ai.calibration import calibrate
from interview_coach.ai.embeddings import OnnxEmbedder
from interview_coach.ai.meaning import EmbeddingMeaning
from interview_coach.questions.bank import BankQuestion, load_bank
from interview_coach.scoring import Meaning, score_json_line
from tests.support.shared import shared_dir

_DATA = Path(__file__).resolve().parent / "data"
HALVES = ("development", "held_out")
# Written without sight of the key points: harder, and told besides.
BLIND = {half: f"blind_{half}" for half in HALVES}
LEXICAL_AIM, EMBEDDING_AIM, NONSENSE_AIM = 0.90, 0.93, 25
_PARROTS = (
    "{0} {0} {0}",
    "You asked me this. {0} That is a good question. {0} So that is what I think about it.",
)
_WORDS = "Pairs of graded answers in the right order"


@dataclass(frozen=True)
class Graded:
    """One question with its answers by tier, 5 the best."""

    question: dict[str, Any]
    answers: dict[int, str]


def graded(half: str) -> list[Graded]:
    """The graded answers of a half, with the key points the bank has for their questions."""
    bank = {question.id: question for question in load_bank()}
    found: list[Graded] = []
    for file in sorted((_DATA / "graded" / half).glob("*.yaml")):
        told = yaml.safe_load(file.read_text(encoding="utf-8"))
        found.append(graded_set(told, bank))
    return found


def graded_set(told: dict[str, Any], bank: dict[str, BankQuestion]) -> Graded:
    """A set as its file tells it, with the key points the bank has for its question."""
    asked = bank[told["question"]]
    points = [{"text": p.text, "phrases": list(p.phrases)} for p in asked.key_points]
    question = {"type": asked.type, "text": asked.text, "key_points": points}
    return Graded(question, {row["tier"]: row["text"] for row in told["answers"]})


def overall(question: dict[str, Any], text: str, meaning: Meaning | None = None) -> int:
    """The overall score; 0 where none is given."""
    result = score_json_line({"question": question, "text": text}, meaning)
    return int(result["scores"]["overall"] or 0)


def ranked(sets: list[Graded], score: Any) -> tuple[float, dict[int, float]]:
    """The share of pairs whose better answer scores higher, and the mean score of each tier.

    score: called with the question and the text. Equal scores are not in order.
    """
    scores = [{tier: score(s.question, text) for tier, text in s.answers.items()} for s in sets]
    pairs = [row[high] > row[low] for row in scores for low, high in combinations(sorted(row), 2)]
    tiers = sorted(scores[0])
    return mean(pairs), {tier: round(mean(row[tier] for row in scores), 1) for tier in tiers}


def ranking_lines() -> list[Line]:
    """Order of graded answers by words and by a model, tiers, and what is no answer."""
    sets = {half: graded(half) for half in HALVES}
    blind = {half: graded(folder) for half, folder in BLIND.items()}
    lines = _ranking("lexical", "by words alone", LEXICAL_AIM, sets, None)
    lines.append(_blind("lexical", "by words alone", LEXICAL_AIM, blind, None))
    meaning = trained()
    if meaning is None:
        why = "no trained embedding model is on this machine"
        lines.append(not_measured("pairs_embeddings", f"{_WORDS}, with a text model", why))
    else:
        lines += _ranking("embeddings", "with a text model", EMBEDDING_AIM, sets, meaning)
        lines.append(_blind("embeddings", "with a text model", EMBEDDING_AIM, blind, meaning))
    return [*lines, _nonsense([one for half in sets.values() for one in half])]


def _ranking(
    key: str, how: str, aim: float, sets: dict[str, list[Graded]], meaning: Meaning | None
) -> list[Line]:
    def by_score(question: dict[str, Any], text: str) -> int:
        return overall(question, text, meaning)

    share, tiers = ranked(sets["held_out"], by_score)
    looked_at, _ = ranked(sets["development"], by_score)
    length, _ = ranked(sets["held_out"], lambda _, text: len(text.split()))
    means = ", ".join(f"{value:g}" for value in tiers.values())
    falls = sum(low >= high for low, high in pairwise(tiers.values()))
    return [
        at_least(
            f"pairs_{key}", f"{_WORDS}, {how}", share, aim, "",
            f"{len(sets['held_out'])} questions kept aside with five answers each, typed, ranked "
            f"by one person; {looked_at:.2f} on the half that was looked at; their length "
            f"alone orders {length:.2f}",
        ),
        at_most(
            f"tiers_{key}", f"Tiers whose mean is not above the tier below, {how}", falls, 0, "",
            f"means from the worst tier: {means}",
        ),
    ]  # fmt: skip


def _blind(
    key: str, how: str, aim: float, sets: dict[str, list[Graded]], meaning: Meaning | None
) -> Line:
    def by_score(question: dict[str, Any], text: str) -> int:
        return overall(question, text, meaning)

    share, _ = ranked(sets["held_out"], by_score)
    looked_at, _ = ranked(sets["development"], by_score)
    return at_least(
        f"pairs_blind_{key}", f"The same, answers written without sight of the key points, {how}",
        share, aim, "",
        f"{len(sets['held_out'])} questions kept aside with five answers each, in words and by "
        f"length as unlike the tiers as possible; {looked_at:.2f} on the half that was looked at",
    )  # fmt: skip


def trained() -> EmbeddingMeaning | None:
    """The trained model of the shared test data, None where that is absent."""
    shared = shared_dir()
    folder = None if shared is None else shared / "data" / "models" / "minilm-l6-v2-onnx"
    if folder is None or not folder.is_dir():
        return None
    embedder = OnnxEmbedder(folder, folder.name, threads=2)
    return EmbeddingMeaning(embedder, calibrate(embedder))


def nonsense() -> dict[str, list[str]]:
    """What is no answer to any question, by its kind."""
    told: dict[str, list[str]] = yaml.safe_load(
        (_DATA / "nonsense.yaml").read_text(encoding="utf-8")
    )
    return told


def _nonsense(sets: list[Graded]) -> Line:
    largest, count = 0, 0
    for one in sets:
        texts = [text for kind in nonsense().values() for text in kind]
        texts += [frame.format(one.question["text"]) for frame in _PARROTS]
        count += len(texts)
        largest = max(largest, *(overall(one.question, text) for text in texts))
    return at_most(
        "nonsense", "The most that gibberish, chat or the question said back gets", largest,
        NONSENSE_AIM, "points", f"{count} pairs of question and text, overall",
    )  # fmt: skip
