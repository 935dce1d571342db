"""What is installed: every pin has its digests, and known holes are judged."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from interview_coach.settings import PROJECT_DIR
from ops import audit, pin_hashes
from ops.audit import Hole

TODAY = date(2027, 1, 15)
EXCUSE = {"id": "GHSA-1", "why": "not used", "until": date(2027, 1, 31)}


@pytest.mark.parametrize("name", pin_hashes.FILES)
def test_every_package_is_pinned_with_digests(name: str) -> None:
    text = (PROJECT_DIR / name).read_text(encoding="utf-8")
    pins = re.split(r"\n(?=[A-Za-z])", text)[1:]
    assert len(pins) > 40
    for pin in pins:
        assert re.match(r"[\w.-]+==[\w.]+( ; [^\\]+)? \\\n( +--hash=sha256:[0-9a-f]{64})", pin), pin


def test_digests_are_written_and_taken_out_again() -> None:
    lines = [
        "# All",
        "",
        "# why it is here",
        "some.Package==1.0",
        'other==2 ; python_version < "4"',
    ]
    digests = {"some-package": ["sha256:aa", "sha256:bb"], "other": ["sha256:cc"]}
    made = pin_hashes.with_hashes(lines, digests)
    assert made.splitlines()[3:6] == [
        "some.Package==1.0 \\",
        "    --hash=sha256:aa \\",
        "    --hash=sha256:bb",
    ]
    assert pin_hashes.without_hashes(made) == lines
    with pytest.raises(KeyError):
        pin_hashes.with_hashes(["nobody==1"], digests)


def test_a_known_hole_fails_unless_it_is_excused_for_now() -> None:
    holes = [Hole("GHSA-1", "a"), Hole("GHSA-2", "b")]
    assert audit.judged(holes, [EXCUSE], TODAY) == ["b: GHSA-2"]
    assert audit.judged([], [EXCUSE], TODAY) == []
    late = audit.judged(holes, [EXCUSE], date(2027, 2, 1))
    assert late == ["the excuse for GHSA-1 ran out on 2027-01-31", "a: GHSA-1", "b: GHSA-2"]


def test_reports_of_both_tools_are_read() -> None:
    report = {
        "dependencies": [{"name": "a", "vulns": [{"id": "PYSEC-1"}]}, {"name": "b", "vulns": []}]
    }
    assert audit.holes_in_python(json.dumps(report)) == [Hole("PYSEC-1", "a")]
    cause = {"url": "https://example.org/advisories/GHSA-9"}
    page = {"vulnerabilities": {"left": {"via": [cause, "right"]}, "right": {"via": ["left"]}}}
    assert audit.holes_in_page(json.dumps(page)) == [Hole("GHSA-9", "left")]


@pytest.mark.parametrize(
    "report",
    ["", "{}", json.dumps({"dependencies": [{"name": "a", "skip_reason": "not found"}]})],
)
def test_a_service_that_did_not_answer_is_no_clean_bill(report: str) -> None:
    with pytest.raises(audit.NotAskedError):
        audit.holes_in_python(report)


@pytest.mark.parametrize("report", ["", json.dumps({"message": "405 Method Not Allowed"})])
def test_npm_that_could_not_ask_is_no_clean_bill(report: str) -> None:
    with pytest.raises(audit.NotAskedError):
        audit.holes_in_page(report)


def test_the_exceptions_each_have_a_reason_and_an_end() -> None:
    import tomllib

    for excuse in tomllib.loads(audit.EXCEPTIONS.read_text(encoding="utf-8")).get("exception", []):
        assert set(excuse) == {"id", "why", "until"}
        assert isinstance(excuse["until"], date)
