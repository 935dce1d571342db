"""A page is built again when what it is made of changed, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from interview_coach.launch import page_build


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files of a small project."""
    for name in (
        "rxconfig.py",
        "requirements.txt",
        "reflex.lock/package.json",
        "assets/styles/tokens.css",
        "assets/external/interview_coach/ui/player.jsx",
        "interview_coach/accounts/pages.py",
        "interview_coach/accounts/repository.py",
        "interview_coach/interviews/state.py",
        "interview_coach/launch/ports.py",
        "interview_coach/launch/same_origin.py",
        "interview_coach/speech/pitch.py",
        "interview_coach/ui/player.jsx",
        "interview_coach/ui/__pycache__/cards.cpython-311.pyc",
        "tests/test_pages.py",
    ):
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("first", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "name",
    [
        "rxconfig.py",
        "requirements.txt",
        "reflex.lock/package.json",
        "assets/styles/tokens.css",
        "interview_coach/accounts/pages.py",
        "interview_coach/interviews/state.py",
        "interview_coach/launch/same_origin.py",
        "interview_coach/ui/player.jsx",
    ],
)
def test_changing_what_a_page_shows_asks_for_a_build(project: Path, name: str) -> None:
    before = page_build.source_digest(project)
    (project / name).write_text("second", encoding="utf-8")
    assert page_build.source_digest(project) != before


@pytest.mark.parametrize(
    "name",
    [
        "assets/external/interview_coach/ui/player.jsx",
        "interview_coach/accounts/repository.py",
        "interview_coach/launch/ports.py",
        "interview_coach/speech/pitch.py",
        "interview_coach/ui/__pycache__/cards.cpython-311.pyc",
        "tests/test_pages.py",
    ],
)
def test_changing_anything_else_does_not(project: Path, name: str) -> None:
    before = page_build.source_digest(project)
    (project / name).write_text("second", encoding="utf-8")
    assert page_build.source_digest(project) == before


def test_a_new_or_renamed_file_counts(project: Path) -> None:
    seen = {page_build.source_digest(project)}
    new = project / "interview_coach" / "ui" / "cards.py"
    new.write_text("first", encoding="utf-8")
    seen.add(page_build.source_digest(project))
    new.rename(new.with_name("shell.py"))
    seen.add(page_build.source_digest(project))
    assert len(seen) == 3


def test_only_a_page_of_these_very_sources_is_served(project: Path) -> None:
    assert page_build.finished_page(project) is None
    page = project / page_build.PUBLISHED / page_build.source_digest(project)
    page.mkdir(parents=True)
    assert page_build.finished_page(project) == page
    (project / "interview_coach" / "accounts" / "pages.py").write_text("second", encoding="utf-8")
    assert page_build.finished_page(project) is None


def test_a_finished_page_is_not_built_again(project: Path) -> None:
    page = project / page_build.PUBLISHED / page_build.source_digest(project)
    page.mkdir(parents=True)
    said: list[str] = []
    assert page_build.ensure_page(project, said.append) == page
    assert said == []
