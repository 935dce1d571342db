"""The arithmetic behind the benchmarks' figures."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import figures, machine
from bench.figures import Analysed, Moments
from bench.outcome import Target, conclude
from bench.page_sockets import at_intervals

LINE = (
    "timestamp='2026-03-01T10:00:05.500000Z' level='info' event='analysed' part='feedback.jobs' "
    "answer='01answer' decode=0.25 recognise=2.0 measure=0.5 score=0.125"
)


def _analysed() -> Analysed:
    found = figures.analysed_of_line(LINE)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [
        ([5.0], 0.5, 5.0),
        ([3.0, 1.0, 2.0], 0.5, 2.0),
        ([4.0, 1.0, 3.0, 2.0], 0.5, 2.0),
        ([float(value) for value in range(1, 21)], 0.95, 19.0),
        ([float(value) for value in range(1, 101)], 0.95, 95.0),
        ([1.0, 2.0], 1.0, 2.0),
    ],
)
def test_a_percentile_is_a_value_that_was_measured(
    values: list[float], share: float, expected: float
) -> None:
    assert figures.percentile(values, share) == expected


@pytest.mark.parametrize(("values", "share"), [([], 0.5), ([1.0], 0.0), ([1.0], 95.0)])
def test_a_percentile_of_nothing_or_outside_is_refused(values: list[float], share: float) -> None:
    with pytest.raises(ValueError, match="percentile"):
        figures.percentile(values, share)


def test_the_spread_of_values() -> None:
    assert figures.spread([3.0, 1.0, 2.0], digits=1) == {
        "count": 3,
        "p50": 2.0,
        "p95": 3.0,
        "smallest": 1.0,
        "largest": 3.0,
    }


def test_the_log_line_of_an_analysis_is_read() -> None:
    analysed = _analysed()
    assert analysed.answer_id == "01answer"
    assert analysed.recognise == 2.0
    assert analysed.ended - analysed.began == pytest.approx(2.875)


@pytest.mark.parametrize("line", ["", "event='recogniser ready' engine='whisper'", "Traceback"])
def test_other_log_lines_are_passed_over(line: str) -> None:
    assert figures.analysed_of_line(line) is None


@pytest.mark.parametrize("answered_after", [0.05, 0.3])
def test_the_stages_add_up_to_the_whole(answered_after: float) -> None:
    analysed = _analysed()
    acknowledged = analysed.began - 0.2  # so that the worker begins before a slow answer to finish
    moments = Moments(
        acknowledged=acknowledged,
        finished=acknowledged + answered_after,
        analysed=analysed,
        told=analysed.ended + 0.02,
        shown=analysed.ended + 0.27,
    )
    parts = figures.stages(moments)
    assert sum(parts.values()) == pytest.approx(moments.shown - moments.acknowledged)
    assert all(seconds >= 0 for seconds in parts.values())
    assert parts["finish_request"] == pytest.approx(min(answered_after, 0.2))


def test_shares_leave_one_stage_out() -> None:
    parts = [{"decode": 1.0, "recognise": 9.0}, {"decode": 1.0, "recognise": 1.0}]
    assert figures.shares(parts, without="recognise") == {"decode": 1.0}
    thirds = figures.shares([{"decode": 1.0, "measure": 3.0, "recognise": 5.0}], "recognise")
    assert thirds == {"decode": 0.25, "measure": 0.75}
    assert figures.shares([], without="recognise") == {}


def test_a_table_is_aligned() -> None:
    assert figures.table(["stage", "p50"], [["decode", "0.2"], ["show", "10.25"]]) == "\n".join(
        ["stage     p50", "-" * 13, "decode    0.2", "show    10.25"]
    )


async def test_an_event_that_had_to_wait_is_counted_from_when_it_was_due() -> None:
    import asyncio
    import time

    sent = 0

    async def send(number: int) -> float:
        nonlocal sent
        sent = number + 1
        if number == 0:
            await asyncio.sleep(0.2)  # four times the interval: the next ones are late
        return time.perf_counter()

    took = await at_intervals(0.05, lambda: sent >= 3, send)
    assert took[0] >= 0.2
    assert took[1] >= 0.14
    assert took[2] >= 0.09


@pytest.mark.parametrize(("figure", "code"), [(1.5, 0), (1.501, 1)])
def test_a_missed_target_is_an_exit_code_and_stands_in_the_result(
    figure: float, code: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "results" / "some.json"
    met = conclude(
        "some",
        targets=[Target("seconds", figure, 1.5)],
        figures={"seconds": figure},
        load_before=0.1,
        out=file,
    )
    assert met == code
    result = json.loads(file.read_text(encoding="utf-8"))
    assert result["targets"][0] == {
        "target": "seconds",
        "measured": figure,
        "limit": 1.5,
        "met": code == 0,
    }
    assert result["command"].startswith("python -m bench.some")
    assert {"processor", "cores", "memory_gib", "python"} <= result["machine"].keys()
    assert ("MISSED" in capsys.readouterr().out) == bool(code)


def test_a_busy_machine_is_called_busy() -> None:
    assert machine.is_quiet(0.0)
    assert not machine.is_quiet(1000.0)
