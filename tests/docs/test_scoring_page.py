"""docs/scoring.md agrees with the code: every number it states, every curve there is, and the
worked example."""

from __future__ import annotations

import importlib
import json
import math
import pkgutil
import re
from itertools import pairwise
from typing import Any

import pytest

import interview_coach
import interview_coach.scoring
from interview_coach.scoring import KeyPoint, Question, Spoken, score, score_json_line
from interview_coach.scoring.answer_text import read_answer, read_heard
from interview_coach.scoring.curves import Curve, whole
from interview_coach.scoring.delivery import Pauses, measure_words
from interview_coach.scoring.fluency import _pauses
from interview_coach.scoring.relevance import Coverage
from interview_coach.scoring.star import LEVEL_VALUES
from interview_coach.scoring.structure import structure_of
from interview_coach.settings import PROJECT_DIR
from interview_coach.speech.types import Loudness, Pitch, SoundMeasures, Span, Word
from tests.support.answers import timed
from tests.support.graded_answers import CONFLICT, GRADED

PAGE = (PROJECT_DIR / "docs" / "scoring.md").read_text(encoding="utf-8")
_KNOT = re.compile(r"(-?[\d.]+) → (-?[\d.]+)")
_PLACE = re.compile(r"`([a-z_]+(?:\.[A-Za-z_]+)+)`")
SCORE_HEADINGS = {
    "Fluency": "fluency",
    "Confidence": "confidence",
    "Clarity": "clarity",
    "Content": "content",
}


def _rows(text: str) -> list[list[str]]:
    """The cells of all table rows in a text, without the lines under the headings."""
    lines = [line for line in text.splitlines() if line.startswith("|")]
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    return [row for row in cells if not set("".join(row)) <= {"-"}]


def _section(heading: str) -> str:
    """The text under a heading of the second level that begins with these words."""
    found = [part for part in PAGE.split("\n## ") if part.startswith(heading)]
    assert len(found) == 1, heading
    return found[0]


STATED = [row for row in _rows(PAGE) if _PLACE.fullmatch(row[-1])]


def _in_code(place: str) -> Any:
    """What stands at a place of the package, such as `scoring.star.STAR_WEIGHTS.action`."""
    *modules, name = place.split(".")
    key = None
    if modules[-1].isupper():
        key, name = name, modules.pop()
    value = getattr(importlib.import_module(".".join([interview_coach.__name__, *modules])), name)
    if key is None:
        return value
    return value[key] if isinstance(value, dict) else getattr(value, key)


def _curves_on_page() -> dict[str, tuple[tuple[float, float], ...]]:
    curves = {}
    for row in STATED:
        knots = [_KNOT.findall(cell) for cell in row[:-1]]
        if any(knots):
            [pairs] = [pairs for pairs in knots if pairs]
            place = row[-1].strip("`")
            curves[place] = tuple((float(left), float(right)) for left, right in pairs)
    return curves


def _curves_in_code() -> set[tuple[tuple[float, float], ...]]:
    package = interview_coach.scoring
    found = set()
    for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        values = vars(importlib.import_module(module.name)).values()
        found |= {value.knots for value in values if isinstance(value, Curve)}
    return found


@pytest.mark.parametrize("row", STATED, ids=lambda row: row[-1].strip("`"))
def test_each_row_states_what_the_code_has(row: list[str]) -> None:
    place = row[-1].strip("`")
    expected = _in_code(place)
    if isinstance(expected, Curve):
        assert _curves_on_page()[place] == expected.knots
    elif isinstance(expected, str):
        assert row[1] == expected
    else:
        assert float(row[1]) == expected


def test_every_curve_of_the_code_is_on_the_page() -> None:
    assert set(_curves_on_page().values()) == _curves_in_code()


def test_numbers_stated_in_sentences_are_those_of_the_code() -> None:
    prose = " ".join(line for line in PAGE.splitlines() if not line.startswith("|"))
    stated = re.findall(r"(-?[\d.]+) \(`([\w.]+)`\)", prose)
    stated += [(number, place) for place, number in re.findall(r"`([\w.]+)` is ([\d.]+)\)", prose)]
    assert len(stated) == len(_PLACE.findall(prose))
    for number, place in stated:
        assert float(number) == _in_code(place), place
    assert LEVEL_VALUES == {"clear": 100, "thin": 50, "missing": 0}
    assert "Clear is 100, thin 50, missing 0." in prose


def _spoken() -> Spoken:
    """An answer of which everything can be measured."""
    text = GRADED[0][1][0]
    words = tuple(
        Word(item["word"], item["start"], item["end"], item["probability"]) for item in timed(text)
    )
    gaps = [Span(left.end, right.start) for left, right in pairwise(words)]
    sound = SoundMeasures(
        duration_seconds=words[-1].end,
        speech=tuple(Span(word.start, word.end) for word in words),
        pauses=tuple(gap for gap in gaps if gap.seconds >= 0.25),
        silence_seconds=sum(gap.seconds for gap in gaps),
        probable_fillers=(),
        pitch=Pitch(140.0, 3.0),
        loudness=Loudness(4.0, 18.0),
    )
    return Spoken(text, words, sound.duration_seconds, sound)


def _question(data: dict[str, Any]) -> Question:
    points = tuple(
        KeyPoint(item["text"], tuple(item["phrases"])) for item in data.get("key_points", ())
    )
    return Question(data["type"], data["text"], points)


def test_the_weights_of_all_parts_are_those_a_whole_answer_is_scored_with() -> None:
    overall = {row[0]: float(row[1]) for row in _rows(_section("Overall")) if row[1].isdigit()}
    stated = {}
    for heading, name in SCORE_HEADINGS.items():
        table = _section(f"{heading}:")
        for row in _rows(table)[1:]:
            if len(row) == 5 and row[1].startswith("0."):
                stated[name, row[0]] = round(float(row[1]) * overall[heading], 2)
    parts = score(_question(CONFLICT), _spoken()).to_json()["parts"]
    used = {
        (row["score"], row["label"]): row["weight"] for row in parts if row["weight"] is not None
    }
    assert stated == used


def test_pauses_are_weighed_as_stated() -> None:
    spoken = _spoken()
    words = spoken.words or ()
    answer = read_heard(words, _question(CONFLICT))
    delivery = measure_words(answer, words, spoken.sound)
    assert delivery is not None
    none = Pauses(silence=0.0, count=0, long=0, inside=0)
    lost = {
        "silence": Pauses(silence=1e6, count=0, long=0, inside=0),
        "long": Pauses(silence=0.0, count=0, long=1000, inside=0),
        "inside": Pauses(silence=0.0, count=0, long=0, inside=1000),
    }
    assert _pauses(delivery, none)[0] == 100
    shares = [1 - _pauses(delivery, pauses)[0] / 100 for pauses in lost.values()]
    stated = re.findall(r"([\d.]+) of it: (\S+)", _section("Fluency:"))
    assert [word for _, word in stated] == ["silence", "long", "pauses"]
    assert shares == pytest.approx([float(share) for share, _ in stated])


def test_the_structure_of_hr_answers_is_weighed_as_stated() -> None:
    question = Question("hr", "Why do you want to leave?")
    told = {
        "claim": "my goal is larger systems with many users",
        "reason": "the commute grew longer because our office moved across town",
        "example": "for example our office moved twelve kilometres across town",
    }
    stated = re.search(r"a claim (\d+), a reason (\d+), an example (\d+)", PAGE)
    assert stated is not None
    for (name, text), points in zip(told.items(), stated.groups(), strict=True):
        structure = structure_of(read_answer(text, question), question, ())
        assert structure.measure.count("given") == 1, structure.measure
        assert f"{name} given" in structure.measure
        assert structure.value == float(points)


def test_the_structure_of_technical_answers_is_weighed_as_stated() -> None:
    question = Question("technical", "How does an index work?")
    stated = re.search(r"([\d.]+) key points met, ([\d.]+) links, ([\d.]+) trade-offs named", PAGE)
    assert stated is not None
    points, links, trade_offs = (float(share) for share in stated.groups())
    plain = "the database keeps sorted keys of 40 columns in a tree"
    linked = (
        "first the database sorted 40 keys. second the database read 20 pages. "
        "then the database kept 10 blocks. finally the database wrote 5 rows."
    )
    weighed = (
        "the downside was 40 slow writes. a drawback was 20 more pages. "
        "whereas a scan took 10 seconds."
    )

    def value(text: str, *coverages: Coverage) -> float:
        return structure_of(read_answer(text, question), question, coverages).value

    met, missed = (Coverage(KeyPoint("a"), share, None, None) for share in (1.0, 0.0))
    assert value(plain, met) == pytest.approx(100 * points)
    assert value(linked, missed) == pytest.approx(100 * links)
    assert value(weighed, missed) == pytest.approx(100 * trade_offs)
    assert value(linked) == pytest.approx(100 * links / (links + trade_offs), abs=0.1)


def _example() -> tuple[dict[str, Any], dict[str, Any], str]:
    section = _section("A worked example")
    block = re.search(r"```json\n(.+?)```", section, re.DOTALL)
    assert block is not None
    line = json.loads(block[1])
    return line, score_json_line(line), section


def test_the_example_has_the_rows_the_page_shows() -> None:
    line, result, section = _example()
    assert len(line["text"].split()) == 60
    shown = [
        (*row[:3], *(float(cell) if cell else None for cell in row[3:]))
        for row in _rows(section)
        if row[0] in result["scores"]
    ]
    assert shown == [
        (row["score"], row["label"], row["measure"], row["weight"], row["value"], row["cost"])
        for row in result["parts"]
    ]
    for row in result["parts"]:
        if row["weight"] is None:
            continue  # a rule, not a part
        # the weight shown is rounded too, so a cost made of it may differ in its last digit
        by_hand = row["weight"] * (100 - row["value"]) / 100
        assert row["cost"] == pytest.approx(by_hand, abs=0.011)
    total = sum(row["cost"] for row in result["parts"])
    assert f"The costs sum to {total:.2f}" in section
    assert f"= {100 - total:.2f}, shown as {result['scores']['overall']}." in section
    assert whole(100 - total) == result["scores"]["overall"]


def test_the_example_has_the_scores_and_the_range_the_page_shows() -> None:
    _, result, section = _example()
    scores = result["scores"]
    assert scores["fluency"] is None
    assert "Typed, so no fluency" in section
    assert f"0.55 = {scores['confidence']}; clarity = {scores['clarity']};" in section
    assert section.count(f"/ 44 = 71.6, shown as {scores['content']}.") == 1
    low, high = result["interval"]["low"], result["interval"]["high"]
    assert f"rounded up to {high - scores['overall']}: {low} to {high}." in section
    words = result["metrics"]["words_counted"]
    assert f"4 + 60 / √{words} = {4 + 60 / math.sqrt(words):.2f}" in section
