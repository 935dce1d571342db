"""Exports of an interview: JSON, Markdown, captions."""

from __future__ import annotations

import json
import re

import pytest
from markdown_it import MarkdownIt

from interview_coach.feedback.views import report_view
from interview_coach.reports.captions import (
    MOST_LETTERS,
    MOST_LINES,
    MOST_SECONDS,
    Caption,
    captions_of,
    lines_of,
    srt_of,
)
from interview_coach.reports.markdown import markdown_of, plain
from interview_coach.runtime import Runtime
from interview_coach.speech.types import Word
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.reports import (
    WEAK_ANSWER,
    hear,
    question,
    report_of,
    sample_report,
    spoken_words,
    take,
)
from tests.support.workers import work

HOSTILE = (
    "# Title * bold * _x_ <script>alert(1)</script> [a](javascript:x) | cell ``` $x$ ![i](u) "
    "&amp; https://example.org \\ ~~gone~~"
)


@pytest.mark.parametrize(
    "text", [HOSTILE, "- a list", "1. first", "1) first", "+ plus", "=====", "> quoted", "a\n\nb"]
)
def test_somebodys_words_stay_text_in_markdown(text: str) -> None:
    html = MarkdownIt("gfm-like", {"linkify": False}).render(plain(text))
    assert re.findall(r"<(?!/?p>)[a-z]", html) == []
    shown = html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert " ".join(text.split()) in shown.replace("&amp;", "&")


def test_markdown_has_the_whole_report_and_no_markup_of_the_candidate() -> None:
    report = report_of(
        [take(1, f"{HOSTILE} and words of the answer", spoken=False)], [question(1, HOSTILE)]
    )
    html = MarkdownIt("commonmark").enable("table").render(markdown_of(report, HOSTILE))
    assert "<script" not in html
    assert "<a " not in html
    assert "<img" not in html
    sample = markdown_of(sample_report(), "Demo Candidate")
    overall = report_view(sample_report()).head.overall
    for words in (
        "# Behavioral interview, 9 March 2026",
        "Demo Candidate",
        f"| Overall | {overall.value} | ",
        "## Question 4",
        "Not answered.",
        "Take 1",
        "### What cannot be claimed",
        '"My task was to stop the failures before the holiday sale" at 0:10',
    ):
        assert words in sample, words
    assert sample.count("Your one next drill") == 1
    assert markdown_of(sample_report(), "Demo Candidate") == sample


def test_captions_hold_all_words_in_their_order_and_can_be_read() -> None:
    words = spoken_words(f"{WEAK_ANSWER} {STRONG_ANSWER}")
    captions = captions_of(words)
    assert [word for each in captions for word in each.words] == [word.text for word in words]
    assert len(captions) > 10
    for caption, later in zip(captions, [*captions[1:], None], strict=True):
        assert caption.start < caption.end <= caption.start + MOST_SECONDS
        lines = lines_of(caption.words)
        assert len(lines) <= MOST_LINES
        assert all(len(line) <= MOST_LETTERS for line in lines)
        assert later is None or caption.end <= later.start


def test_a_caption_ends_with_its_sentence_and_before_a_pause() -> None:
    words = [
        Word("One.", 0.0, 0.4),
        Word("Two", 0.5, 0.8),
        Word("three", 0.9, 1.2),
        Word("four", 2.5, 2.6),
    ]
    assert captions_of(words) == [
        Caption(0.0, 0.4, ("One.",)),
        Caption(0.5, 1.2, ("Two", "three")),
        Caption(2.5, 2.9, ("four",)),
    ]


def test_times_are_written_as_players_read_them() -> None:
    told = srt_of([Caption(0.0, 1.25, ("a", "b")), Caption(3661.5, 3662.0, ("d",))])
    assert told == (
        "1\n00:00:00,000 --> 00:00:01,250\na b\n\n2\n01:01:01,500 --> 01:01:02,000\nd\n"
    )
    assert captions_of([Word("-->\nb", 0.0, 1.0)])[0].words == ("-> b",)
    assert srt_of([]) == ""


def test_the_exports_of_an_interview_are_files_of_its_owner(
    any_house: Runtime, any_api: Api
) -> None:
    interview = new_interview(any_api)
    answer_id = typed_answer(any_api, interview, 0, STRONG_ANSWER)
    work(any_house)
    any_api.post(f"/api/v1/interviews/{interview['id']}/complete")
    path = f"/api/v1/interviews/{interview['id']}"
    exported = any_api.get(f"{path}/export.json")
    assert exported.status_code == 200
    assert exported.headers["cache-control"] == "private, no-store"
    assert re.fullmatch(
        r'attachment; filename="interview-\d{4}-\d\d-\d\d\.json"',
        exported.headers["content-disposition"],
    )
    told = json.loads(exported.content)
    assert told["format"] == "interview-coach/1"
    assert told["candidate"] == "First Candidate"
    assert told["interview"] == any_api.get(path).json()
    assert told["analysis"] == any_api.get(f"{path}/analysis").json()
    assert told["feedback"] == any_api.get(f"{path}/feedback").json()
    assert told["answers"] == [any_api.get(f"{path}/answers/{answer_id}").json()]
    written = any_api.get(f"{path}/export.md")
    assert written.headers["content-type"] == "text/markdown; charset=utf-8"
    assert "traced the slow queries" in written.text
    typed = any_api.get(f"{path}/answers/{answer_id}/captions.srt")
    assert (typed.status_code, typed.json()["code"]) == (409, "no_word_times")
    hear(any_house, answer_id, STRONG_ANSWER)
    spoken = any_api.get(f"{path}/answers/{answer_id}/captions.srt")
    assert spoken.headers["content-type"] == "application/x-subrip; charset=utf-8"
    assert spoken.text.startswith("1\n00:00:00,600 --> ")
    assert "the holiday sale." in spoken.text
