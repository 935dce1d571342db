"""What an owner hides is in nothing that is made from the report."""

from __future__ import annotations

import json
from dataclasses import asdict, fields, replace
from itertools import combinations

import pytest

from interview_coach.feedback.report import Take
from interview_coach.feedback.views import report_view
from interview_coach.reports.document import document
from interview_coach.reports.hiding import FOLLOW_UP, HIDDEN, NOT_SHOWN, in_full, without
from interview_coach.reports.markdown import markdown_of
from tests.support.interviews import STRONG_ANSWER
from tests.support.reports import sample_report

# Words of the answers that no question and no advice of ours has.
SAID = ("Datadog", "checkout", "holiday sale", "40 million", "Monday", "sort of late")


def _everything(hidden: tuple[str, ...]) -> str:
    """All that is made from the report: its data, the page's views, the PDF's data, Markdown."""
    report = without(sample_report(), hidden)
    told = [json.dumps(asdict(take), default=str) for take in report.takes]
    told += [str(asdict(report_view(report))), report.feedback.model_dump_json()]
    told += [json.dumps(document(report, "")), markdown_of(report, "")]
    return "\n".join(told)


def test_without_transcripts_no_word_of_an_answer_is_left() -> None:
    everything = _everything(("transcripts",))
    for words in SAID:
        assert words not in everything, words
        assert words in _everything(("name", "scores")), words
    assert "60 seconds" not in everything  # the advice has gone along


def test_what_is_new_in_a_result_is_hidden_with_the_words_until_it_is_known() -> None:
    report = sample_report()
    first = report.takes[0]
    assert first.result is not None
    result = {
        **first.result,
        "claims": ["40 million rows"],
        "metrics": {**first.result["metrics"], "longest": "traced the slow queries", "rows": 40},
    }
    asked = report.interview.questions[1].model_copy(
        update={
            "follow_up_to": "q1",
            "text": "You said 40 million rows: how?",
            "quote": "40 million",
        }
    )
    interview = report.interview.model_copy(
        update={"questions": [report.interview.questions[0], asked]}
    )
    changed = replace(report, interview=interview, takes=(replace(first, result=result),))
    hidden = without(changed, ["transcripts"])
    told = str(asdict(hidden.takes[0])) + hidden.interview.model_dump_json()
    for words in ("40 million", "slow queries", "claims"):
        assert words in str(asdict(changed.takes[0])) + changed.interview.model_dump_json()
        assert words not in told
    assert hidden.takes[0].result is not None
    assert hidden.takes[0].result["metrics"]["rows"] == 40
    assert hidden.interview.questions[1].text == FOLLOW_UP


def test_a_new_part_of_a_take_is_looked_at_before_readers_get_it() -> None:
    # Whoever adds one here has seen to it that `hiding` leaves out what it may tell.
    assert {each.name for each in fields(Take)} == {
        "summary", "counted", "sound", "result", "transcript", "words", "pauses", "engine",
        "model", "corrected", "version", "writer",
    }  # fmt: skip


def test_without_scores_no_score_is_left() -> None:
    report = without(sample_report(), ("scores",))
    view = report_view(report)
    scores = [*view.head.scores, view.head.overall]
    for question in view.questions:
        for take in question.shown:
            scores += [take.score, *take.scores]
            assert take.parts == []
        scores += [row.score for row in question.others]
    assert len(scores) > 15
    for score in scores:
        assert (score.scored, score.value, score.reason) == (False, None, NOT_SHOWN)
    assert view.head.parts == []
    assert not view.head.why_shown
    assert report.interview.overall_score is None
    assert all(take.summary.overall is None for take in report.takes)


def test_without_recordings_there_is_nothing_to_play() -> None:
    report = without(sample_report(), ("recordings",))
    assert not any(take.sound for take in report.takes)
    takes = [take for question in report_view(report).questions for take in question.shown]
    assert [take.audio_src for take in takes] == [""] * 3
    assert STRONG_ANSWER in report.takes[0].transcript


def test_without_feedback_there_is_no_advice() -> None:
    view = report_view(without(sample_report(), ("feedback",)))
    assert not view.advice.shown
    assert "Your one next drill" not in _everything(("feedback",))


def test_what_would_tell_the_words_goes_with_them() -> None:
    assert in_full(["transcripts"]) == {"transcripts", "recordings", "feedback"}
    assert in_full(["name"]) == {"name"}


@pytest.mark.parametrize("count", range(len(HIDDEN) + 1))
def test_every_choice_still_makes_a_report_and_tells_no_id_of_the_interview(count: int) -> None:
    interview_id = sample_report().interview.id
    for hidden in combinations(HIDDEN, count):
        assert interview_id not in _everything(hidden)
