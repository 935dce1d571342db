"""The bash script: from any folder, with spaces in the path, installing only what changed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from interview_coach.launch import install
from interview_coach.settings import PROJECT_DIR

_SHOWS_ITSELF = "import sys; print('ran', sys.argv[1:], sys.prefix)"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The script in a small project of its own, everything it asks for installed."""
    project = tmp_path / "my project"
    package = project / "interview_coach"
    (package / "launch").mkdir(parents=True)
    shutil.copy2(PROJECT_DIR / "coach", project / "coach")
    shutil.copy2(install.__file__, package / "launch" / "install.py")
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(_SHOWS_ITSELF, encoding="utf-8")
    (project / "requirements.txt").write_text("# nothing is needed\n\n", encoding="utf-8")
    binaries = project / ".venv" / "bin"
    binaries.mkdir(parents=True)
    (binaries / "python").symlink_to(sys.executable)
    _stamp(project)
    return project


def _stamp(project: Path) -> None:
    venv = project / ".venv"
    text = install.stamp_text(project, venv, "requirements")
    (venv / ".coach-requirements").write_text(text, encoding="utf-8")


def _run(
    project: Path, *arguments: str, path: str | None = None
) -> subprocess.CompletedProcess[str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("COACH_")}
    return subprocess.run(
        [str(project / "coach"), *arguments],
        cwd="/",
        env=kept if path is None else {**kept, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_runs_the_command_in_the_environment(project: Path) -> None:
    answer = _run(project, "doctor", "two words")
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.startswith("ran ['doctor', 'two words']")


def test_what_is_installed_is_not_installed_again(project: Path) -> None:
    venv = project / ".venv"
    assert install.is_installed(project, venv, "requirements")
    assert "Installing" not in _run(project, "doctor").stderr


def test_changed_requirements_are_seen(project: Path) -> None:
    (project / "requirements.txt").write_text("something==1.0\n", encoding="utf-8")
    assert not install.is_installed(project, project / ".venv", "requirements")


def test_a_moved_project_is_installed_anew(project: Path) -> None:
    moved = project.rename(project.with_name("moved"))
    assert not install.is_installed(moved, moved / ".venv", "requirements")


def test_installing_says_so_on_stderr_and_then_runs(project: Path) -> None:
    (project / "requirements.txt").write_text("# other words, still nothing\n", encoding="utf-8")
    answer = _run(project, "doctor")
    assert answer.returncode == 0, answer.stderr
    assert "Installing requirements.txt" in answer.stderr
    assert answer.stdout.startswith("ran ['doctor']")
    assert answer.stdout.count("\n") == 1
    assert "Installing" not in _run(project, "doctor").stderr


def test_a_failed_install_is_not_taken_for_a_finished_one(project: Path) -> None:
    (project / "requirements.txt").write_text("./missing-package\n", encoding="utf-8")
    for _ in range(2):
        answer = _run(project, "doctor")
        assert answer.returncode == 1
        assert answer.stdout == ""
        assert "installation failed" in answer.stderr


def test_an_unknown_command_installs_nothing(project: Path) -> None:
    shutil.rmtree(project / ".venv")
    answer = _run(project, "nonsense")
    assert answer.stdout.startswith("ran ['nonsense']")
    assert not (project / ".venv").exists()


def test_without_python_it_says_what_is_missing(project: Path, tmp_path: Path) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    for name in ("bash", "env", "dirname"):
        found = shutil.which(name)
        assert found is not None
        (programs / name).symlink_to(found)
    answer = _run(project, "nonsense", path=str(programs))
    assert answer.returncode == 1
    assert answer.stderr == "coach: Python 3.11 or newer is needed, and none is on PATH.\n"
