"""docs/security.md lists the requirements of OWASP ASVS 5.0 that apply; each has a test by name."""

from __future__ import annotations

import re

from interview_coach.settings import PROJECT_DIR

_NUMBER = re.compile(r"^\| (\d+\.\d+\.\d+) \|", re.MULTILINE)
_TEST = re.compile(r"def test_asvs_(\d+)_(\d+)_(\d+)_")


def test_every_requirement_has_a_test_and_every_test_its_requirement() -> None:
    page = (PROJECT_DIR / "docs" / "security.md").read_text(encoding="utf-8")
    tested = {
        ".".join(number)
        for file in (PROJECT_DIR / "tests").rglob("test_*.py")
        for number in _TEST.findall(file.read_text(encoding="utf-8"))
    }
    assert set(_NUMBER.findall(page)) == tested
