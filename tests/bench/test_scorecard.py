"""The scorecard's lines, and that a line can miss its aim."""

from __future__ import annotations

import pytest

from bench.__main__ import benchmarks, main
from bench.scorecard import NO_DATA, at_least, at_most, not_measured
from bench.scorecard_sound import sound_lines
from bench.scorecard_text import text_lines
from tests.support.shared import needs_shared, shared_dir


def test_a_line_can_miss_its_aim() -> None:
    assert at_least("a", "a", 0.83, 0.84, "", "").met is False
    assert at_least("a", "a", 0.84, 0.84, "", "").met is True
    assert at_most("a", "a", 1, 0, "", "").met is False
    assert at_most("a", "a", 0, 0, "", "").met is True
    assert not_measured("a", "a").met is None


def test_every_line_on_words_meets_its_aim() -> None:
    lines = {line.key: line for line in text_lines()}
    assert set(lines) >= {"injection", "run_to_run"}
    assert [line for line in lines.values() if not line.met] == []
    assert lines["injection"].data.startswith("25 strings")


@needs_shared
def test_every_line_on_sound_meets_its_aim() -> None:
    lines = sound_lines()
    assert len(lines) >= 10
    assert [line for line in lines if not line.met] == []


def test_without_recordings_every_line_on_sound_says_why(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    monkeypatch.setenv("COACH_SHARED_DIR", f"{tmp_path}/nothing")
    assert shared_dir() is None
    assert {(line.figure, line.met, line.data) for line in sound_lines()} == {(None, None, NO_DATA)}


def test_benchmarks_are_listed_and_an_unknown_one_is_wrong_usage(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert {"scorer", "text_models", "page_start"} <= set(benchmarks())
    assert "scorecard" not in benchmarks()
    assert main([]) == 0
    assert "scorer" in capsys.readouterr().out
    assert main(["nonsense"]) == 2
    assert "nonsense" in capsys.readouterr().err
