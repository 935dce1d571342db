"""Browser code beside a Python file: where it is imported from, and its link into the build."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

import pytest
from reflex_base.environment import environment

from interview_coach.ui.scripts import script

MODULE, NAME = "interview_coach.ui.timeline", "timeline.jsx"
FILE = Path(str(import_module(MODULE).__file__)).with_name(NAME)
BOTH = """
import reflex as rx
from interview_coach.ui.scripts import script

OURS = script("part.jsx", __name__)
REFLEX = rx.asset("part.jsx", shared=True).importable_path
"""


def _script() -> str:
    return script(NAME, MODULE)


def _place(folder: Path) -> Path:
    return folder.joinpath("assets", "external", *MODULE.split("."), NAME)


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv(environment.REFLEX_BACKEND_ONLY.name, raising=False)
    return tmp_path


def test_it_is_the_path_that_reflex_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "made_part.py").write_text(BOTH, encoding="utf-8")
    (folder / "part.jsx").write_text("export const None = null;", encoding="utf-8")
    monkeypatch.syspath_prepend(folder)
    made = import_module("made_part")
    assert made.OURS == made.REFLEX == "$/public/external/made_part/part.jsx"


def test_the_file_is_linked_where_the_page_is_built(folder: Path) -> None:
    _script()
    assert _place(folder).is_symlink()
    assert _place(folder).resolve() == FILE.resolve()
    before = _place(folder).lstat()
    _script()
    assert _place(folder).lstat() == before
    assert [each.name for each in _place(folder).parent.iterdir()] == [NAME]


def test_a_link_to_another_file_is_made_anew(folder: Path) -> None:
    _place(folder).parent.mkdir(parents=True)
    _place(folder).symlink_to(folder / "gone")
    _script()
    assert _place(folder).resolve() == FILE.resolve()


def test_a_process_that_serves_links_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told = _script()
    served = folder / "served"
    served.mkdir()
    monkeypatch.chdir(served)
    monkeypatch.setenv(environment.REFLEX_BACKEND_ONLY.name, "true")
    assert _script() == told
    assert list(served.iterdir()) == []


def test_a_file_that_is_not_there_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        script("nothing.jsx", MODULE)
