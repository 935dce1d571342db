"""The wrappers: right component, right props, every module linked."""

from __future__ import annotations

import re
from pathlib import Path

import interview_coach.ui.recorder as recorder_package
from interview_coach.ui.recorder import microphone_check, recorder, waiting_answers
from interview_coach.ui.recorder import recorder as wrapper_function

_FOLDER = Path(recorder_package.__file__).parent
_IMPORT = re.compile(r"""(?:from|import) "\./([^"]+)";""")


def test_every_module_that_is_imported_is_linked() -> None:
    linked = _FOLDER.joinpath("recorder.py").read_text()
    sources = [path for path in _FOLDER.iterdir() if path.suffix in {".js", ".jsx"}]
    assert len(sources) > 10
    for source in sources:
        for name in _IMPORT.findall(source.read_text()):
            assert (_FOLDER / name).exists(), f"{source.name} imports {name}, which is not there"
            assert f'"{name}"' in linked, f"{name} is not linked in recorder.py"


def test_only_react_comes_from_outside() -> None:
    for source in _FOLDER.glob("*.js*"):
        outside = set(re.findall(r'from "([^."][^"]*)"', source.read_text()))
        assert outside <= {"react"}, source.name


def test_no_script_is_longer_than_the_house_allows() -> None:
    for source in _FOLDER.glob("*.js*"):
        assert len(source.read_text().splitlines()) < 400, source.name


def test_the_recorder_gets_its_question_and_its_limits() -> None:
    drawn = str(
        wrapper_function(interview_id="i1", question_id="q1", limit_guide_seconds=90, take=2)
    )
    for prop in ('interviewId:"i1"', 'questionId:"q1"', "limitGuideSeconds:90", "take:2"):
        assert prop in drawn
    assert "disabled:false" in drawn
    assert "keysEnabled:true" in drawn


def test_each_component_is_loaded_in_the_browser_only() -> None:
    for component, file in (
        (recorder(interview_id="i1", question_id="q1"), "recorder.jsx"),
        (microphone_check(), "microphone_check.jsx"),
        (waiting_answers(), "waiting_answers.jsx"),
    ):
        (loaded,) = component._get_all_dynamic_imports()
        assert "ClientSide" in loaded
        assert file in loaded
