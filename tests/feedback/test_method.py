"""What the page on scoring shows: the method's own text, and the card as it was measured."""

from __future__ import annotations

import json
import re
from pathlib import Path

from interview_coach.feedback.method import METHOD_FILE, method_html, scorecard
from interview_coach.scoring.score import ALGORITHM


def test_the_method_is_the_tested_text_with_its_tables() -> None:
    html = method_html()
    text = METHOD_FILE.read_text(encoding="utf-8")
    assert html.count("<h3>") == len(re.findall(r"^## ", text, re.MULTILINE))
    assert "<h1>" not in html
    assert html.count("<table") == html.count('role="region"') >= 8
    assert '<a href="../' not in html
    assert "](" not in html


def test_without_the_text_the_page_has_none(tmp_path: Path) -> None:
    assert method_html(tmp_path / "nothing.md") == ""
    assert scorecard(tmp_path / "nothing.json") is None


def test_the_published_card_is_of_this_method_and_hides_no_miss(tmp_path: Path) -> None:
    card = scorecard()
    assert card is not None
    assert card.algorithm == ALGORITHM
    assert {row.verdict for row in card.rows} <= {"met", "missed", ""}
    line = {
        "key": "a", "words": "A", "figure": 0.834567, "unit": "", "aim": "at least 0.84",
        "met": False, "data": "d",
    }  # fmt: skip
    file = tmp_path / "card.json"
    shown = {
        "algorithm": "1", "command": "c", "when": "2026-01-02T00:00:00+00:00",
        "machine": {"words": "m"}, "lines": [line, {**line, "figure": None, "met": None}],
    }  # fmt: skip
    file.write_text(json.dumps(shown), encoding="utf-8")
    read = scorecard(file)
    assert read is not None
    assert [(row.figure, row.verdict) for row in read.rows] == [
        ("0.83", "missed"),
        ("not measured", ""),
    ]
