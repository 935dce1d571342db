"""Logs hold no credential, wherever in an entry it stands, and no line can be forged."""

from __future__ import annotations

import contextlib
import io
import json
from collections.abc import Callable, Iterator

import pytest
import structlog

from interview_coach.kit.logging import by_tenths, configure_logging, get_logger, masked_text

JWT = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJlLW9mLWEtdG9rZW4"
PERSONAL = "icp_0123456789abcdefghij"
CREDENTIALS = [JWT, PERSONAL, "hunter2-and-more"]


@pytest.fixture
def written() -> Iterator[Callable[[], list[str]]]:
    """The lines that were logged so far."""
    stream = io.StringIO()
    with contextlib.redirect_stderr(stream):
        configure_logging(json_lines=True)
        yield lambda: stream.getvalue().splitlines()
    structlog.reset_defaults()


def test_asvs_16_2_5_credentials_inside_an_entry_are_masked(
    written: Callable[[], list[str]],
) -> None:
    get_logger("test").info(
        "asked",
        headers={"Authorization": f"Bearer {JWT}", "Accept": "text/html"},
        tries=[{"password": "hunter2-and-more"}, ("note", PERSONAL)],
        count=3,
    )
    (line,) = written()
    assert not [one for one in CREDENTIALS if one in line]
    entry = json.loads(line)
    assert entry["headers"] == {"Authorization": "***", "Accept": "text/html"}
    assert entry["count"] == 3


def test_asvs_16_2_5_the_text_of_an_exception_is_masked(written: Callable[[], list[str]]) -> None:
    try:
        raise ValueError(f"refused: Bearer {JWT} and {PERSONAL}")
    except ValueError as error:
        get_logger("test").error("failed", exc_info=error, reason=error)
    (line,) = written()
    assert not [one for one in CREDENTIALS if one in line]
    assert "ValueError" in line


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"Authorization: Bearer {JWT}", "Authorization: Bearer ***"),
        (f"GET /_event/?token={PERSONAL}&EIO=4", "GET /_event/?token=***&EIO=4"),
        ("redis://coach:hunter2@db:6379/0", "redis://coach:***@db:6379/0"),
        ("reset_token=abc, done", "reset_token=***, done"),
        ("an answer of 42 words at 10:30", "an answer of 42 words at 10:30"),
        ("http://127.0.0.1:3000/login", "http://127.0.0.1:3000/login"),
    ],
)
def test_credentials_in_text_are_masked_and_nothing_else(text: str, expected: str) -> None:
    assert masked_text(text) == expected


def test_asvs_16_4_1_a_value_cannot_forge_a_line(written: Callable[[], list[str]]) -> None:
    get_logger("test").info("asked", name='x\n{"event": "login", "level": "info"}')
    lines = written()
    assert len(lines) == 1
    assert json.loads(lines[0])["event"] == "asked"


def test_progress_is_written_once_a_tenth(written: Callable[[], list[str]]) -> None:
    tell = by_tenths(get_logger("test"), "downloading", model="tiny.en")
    for share in (0.0, 0.01, 0.099, 0.1, 0.35, 0.2, 1.0, 1.0):
        tell(share)
    lines = [json.loads(line) for line in written()]
    assert [line["percent"] for line in lines] == [0, 10, 30, 100]
    assert {(line["event"], line["model"]) for line in lines} == {("downloading", "tiny.en")}
