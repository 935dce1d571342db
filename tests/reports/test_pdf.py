"""The PDF: tagged, the same bytes each time, in every script, and never run as a program."""

from __future__ import annotations

import re
import threading
from dataclasses import replace
from itertools import pairwise

import pytest

from interview_coach.kit.errors import CoachError
from interview_coach.reports.document import document, moment_of
from interview_coach.reports.typesetting import TEMPLATES, Typesetter
from interview_coach.scoring import ALGORITHM
from tests.support.pdf_files import elements, fonts_of, opened, text_of
from tests.support.reports import (
    QUESTION,
    question,
    report_of,
    sample_report,
    take,
)

NAMES = {
    "Latin": "Łukasz Ngũgĩ Đặng",
    "Greek": "Ελένη Παπαδοπούλου",
    "Cyrillic": "Наталья Щербакова",
    "Arabic": "محمد الفارسي",
    "Hebrew": "דוד כהן",
    "Devanagari": "प्रिया शर्मा",
    "Bengali": "অমিত রায়",
    "Tamil": "அன்பு",
    "Thai": "สมชาย",
    "CJK": "王小明",
    "Kana": "田中さくら",
    "Hangul": "김민수",
    "Georgian": "ნინო",
    "Armenian": "Արմեն",
    "Ethiopic": "አበበ",
}


def _pdf(report: object, candidate: str = "Demo Candidate") -> bytes:
    return Typesetter().pdf(document(report, candidate), moment_of(report))  # type: ignore[arg-type]


def test_a_screen_reader_finds_title_language_headings_and_words_for_each_drawing() -> None:
    pdf = _pdf(sample_report())
    root = opened(pdf).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]  # type: ignore[index]
    assert root["/Lang"] == "en-GB"  # type: ignore[index]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    metadata = root["/Metadata"].get_object().get_data().decode()  # type: ignore[index]
    assert re.search(r"pdfuaid:part>\s*1\s*<", metadata)
    told = opened(pdf).metadata
    assert told is not None
    assert told.title == "Behavioral interview, 9 March 2026"
    assert told.author == "Demo Candidate"
    found = elements(pdf)
    kinds = [str(each["/S"]) for each in found]
    assert kinds.count("/Title") == 1
    assert kinds.count("/H2") >= 4  # each question
    drawings = [each for each in found if each["/S"] == "/Figure"]
    assert len(drawings) >= 10
    for each in drawings:
        assert len(str(each["/Alt"])) > 15
    timelines = [str(each["/Alt"]) for each in drawings if "Timeline" in str(each["/Alt"])]
    assert len(timelines) == 2  # of the spoken answers; a typed one has no time
    assert "Pauses of a second or more: 0:09 for 1.4\xa0s" in timelines[0]
    assert "Probable fillers: 0:01." in timelines[0]
    tables = kinds.count("/Table")
    assert kinds.count("/THead") == tables > 2


def test_no_level_of_headings_is_skipped() -> None:
    levels = [
        int(str(each["/S"])[2])
        for each in elements(_pdf(sample_report()))
        if re.fullmatch(r"/H\d", str(each["/S"]))
    ]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_same_report_is_the_same_bytes() -> None:
    first, second = _pdf(sample_report()), _pdf(sample_report())
    assert first == second
    assert _pdf(sample_report(), "Somebody Else") != first


def test_it_holds_what_it_promises() -> None:
    report = sample_report()
    text = text_of(_pdf(report))
    for words in (
        "Demo Candidate",
        "Your one next drill",
        "Strengths",
        "Weaknesses",
        "Improvements",
        "Question 4",
        "Not answered.",
        "Other takes",
        "Take 1",
        "The formula",
        "Overall = 100 - the sum of all costs",
        f"version {ALGORITHM}",
        "Whisper, model base.en",
        "typed by the candidate",
        "What cannot be claimed",
        "typed answer: nothing was spoken",
    ):
        assert words in text, words
    assert text.count("Your one next drill") == 1
    # A quote stands in the words of its answer, with its time.
    assert "failed payments went down from 9 percent to 1 percent" in text
    assert "at 0:34" in text


@pytest.mark.parametrize("script", NAMES)
def test_names_of_all_scripts_are_drawn_with_their_letters(script: str) -> None:
    pdf = _pdf(report_of([take(1, QUESTION)]), NAMES[script])
    assert opened(pdf).metadata.author == NAMES[script]  # type: ignore[union-attr]
    wanted = {
        "Latin": "NotoSans-", "Greek": "NotoSans-", "Cyrillic": "NotoSans-", "Kana": "NotoSansCJK",
        "Hangul": "NotoSansCJK",
    }.get(script, f"NotoSans{script}")  # fmt: skip
    assert any(wanted in name for name in fonts_of(pdf)), fonts_of(pdf)


def test_words_of_an_answer_are_tagged_with_their_language() -> None:
    report = report_of([take(1, "Ich habe die langsamen Abfragen gefunden.", spoken=False)])
    result = report.takes[0].result
    assert result is not None
    result["metrics"]["language"] = "de"
    found = [str(each["/Lang"]) for each in elements(_pdf(report)) if "/Lang" in each]
    assert any(language.startswith("de") for language in found)


def test_what_somebody_wrote_is_text_and_never_markup() -> None:
    hostile = (
        '#import "/etc/passwd": * #read("../look.typ") $ x^2 $ *bold* _it_ `code` \\ <label> '
        '@cite // gone /* gone */ #sys.inputs = heading #panic("x") "quoted" #let x = 1'
    )
    report = report_of(
        [take(1, f"{hostile} and more words of this answer", spoken=False)],
        [question(1, f"Why {hostile}?")],
    )
    told = report.feedback.model_copy(
        update={"next_drill": {"text": hostile, "answer_id": "a1-1", "seconds": 60}}
    )
    text = text_of(_pdf(replace(report, feedback=told), hostile))
    plain = " ".join(hostile.split())
    assert text.count(plain) >= 3  # the name, the question, the answer, the drill


def test_texts_that_trip_typesetters_are_set() -> None:
    odd = [
        "ཀ tibetan, \ue000 private, \u0007 bell, \u202e turned",
        "a\u0301\u0301\u0301\u0301 क\u094d\u094da \u0300 \u200d\u200d \ufe0f",
        "x" * 3000,
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 \N{SNOWMAN} \N{INTEGRAL}",
        "مرحبا hello שלום 123",
    ]
    for words in odd:
        pdf = _pdf(report_of([take(1, f"{words} I did it and it was good", spoken=False)]), words)
        assert pdf.startswith(b"%PDF-")


def test_the_templates_read_nothing_and_load_nothing() -> None:
    files = sorted(TEMPLATES.glob("*.typ"))
    assert {file.name for file in files} >= {"report.typ", "look.typ", "charts.typ", "answers.typ"}
    for file in files:
        source = file.read_text(encoding="utf-8")
        assert not re.search(r"\b(read|eval|plugin|image|csv|yaml|toml|xml|include)\s*\(", source)
        assert "@preview" not in source
        for path in re.findall(r'#import "([^"]+)"', source):
            assert path in {each.name for each in files}


def test_a_document_that_cannot_be_set_is_an_error_in_words() -> None:
    told = {**document(sample_report(), "A"), "day": [2026, 13, 45]}
    with pytest.raises(CoachError) as refused:
        Typesetter().pdf(told, moment_of(sample_report()))
    assert (refused.value.code, refused.value.status) == ("report_failed", 503)


def test_a_report_that_was_made_is_not_made_again() -> None:
    typesetter = Typesetter()
    told, made = document(sample_report(), "A"), moment_of(sample_report())
    first = typesetter.pdf(told, made)
    assert typesetter.pdf(told, made) is first
    assert typesetter.pdf({**told, "candidate": "B"}, made) is not first


def test_no_more_are_set_at_a_time_than_allowed() -> None:
    typesetter = Typesetter(at_once=1, wait_seconds=0.0)
    told, made = document(sample_report(), "A"), moment_of(sample_report())
    outcomes: list[str] = []
    ready = threading.Barrier(4)

    def ask(name: str) -> None:
        ready.wait()
        try:
            typesetter.pdf({**told, "candidate": name}, made)
            outcomes.append("made")
        except CoachError as error:
            outcomes.append(error.code)

    threads = [threading.Thread(target=ask, args=(str(place),)) for place in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) == {"made", "report_busy"}
