"""docs/settings.md tells of every setting there is, of no other, and its defaults are the real
ones."""

from __future__ import annotations

import re

import pytest

from interview_coach.settings import _KNOWN_ELSEWHERE, PREFIX, PROJECT_DIR, Settings

PAGE = (PROJECT_DIR / "docs" / "settings.md").read_text(encoding="utf-8")
_ROW = re.compile(r"^\| `(COACH_[A-Z_]+)` \| (.+?) \|", re.MULTILINE)


def _shown(default: object) -> str:
    if default is None:
        return "none"
    return f"`{str(default).lower() if isinstance(default, bool) else default}`"


@pytest.mark.parametrize("field", sorted(Settings.model_fields))
def test_every_setting_has_a_row_with_its_default(field: str) -> None:
    rows = [cell for name, cell in _ROW.findall(PAGE) if name == PREFIX + field.upper()]
    assert rows == [_shown(Settings.model_fields[field].default)]


def test_what_is_said_to_have_no_effect_is_what_nothing_reads() -> None:
    package = PROJECT_DIR / "interview_coach"
    read = " ".join(file.read_text(encoding="utf-8") for file in package.rglob("*.py"))
    # In settings.py every name stands once for itself; validators name it in quotes.
    idle = {
        PREFIX + field.upper()
        for field in Settings.model_fields
        if len(re.findall(rf"(?<![\w\"]){field}(?![\w\"])", read)) == 1
    }
    section = PAGE.split("## Accepted, without effect")[1].split("\n## ")[0]
    assert {name for name, _ in _ROW.findall(section)} == idle


def test_the_page_names_nothing_that_does_not_exist() -> None:
    known = {PREFIX + field.upper() for field in Settings.model_fields} | _KNOWN_ELSEWHERE
    assert set(re.findall(r"COACH_[A-Z_]+", PAGE)) == known
