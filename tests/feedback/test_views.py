"""What the results page says, from made-up results: marks, measures, the lead sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from interview_coach import scoring, ui
from interview_coach.feedback.report import Take
from interview_coach.feedback.views.answer import by_hand, waterfall_parts
from interview_coach.feedback.views.measures import measures_of
from interview_coach.feedback.views.report import lead_sentence, relevance_words
from interview_coach.feedback.views.transcript import pieces_of
from interview_coach.interviews.schemas import AnswerSummary
from interview_coach.speech.types import Filler, Span, Word
from interview_coach.ui.verdict import shown

QUESTION = scoring.Question("behavioral", "Tell me about a failure.")


def _take(words: list[Word], *, draft: bool = False, probable: tuple[Filler, ...] = ()) -> Take:
    text = " ".join(word.text for word in words)
    spoken = scoring.Spoken(text, tuple(words), words[-1].end, None, "whisper", draft)
    result = scoring.score(QUESTION, spoken).to_json()
    result["metrics"]["fillers"] += [
        {"text": f.text, "start": f.start, "end": f.end, "certain": f.certain} for f in probable
    ]
    summary = AnswerSummary(
        id="a", question_id="q", take=1, kind="spoken", status="done", percent=None, error=None,
        duration_seconds=words[-1].end, overall=None, low=None, high=None, draft=draft,
        created_at=datetime(2026, 1, 1, tzinfo=UTC),
    )  # fmt: skip
    pauses = (Span(1.0, 1.9), Span(3.0, 3.3))
    return Take(summary, counted=True, sound=True, result=result, transcript=text,
                words=tuple(words), pauses=pauses, engine="whisper")  # fmt: skip


def _spoken(text: str, low: str = "") -> list[Word]:
    """One word each half second, 0.4 s long; the word `low` is uncertain."""
    return [
        Word(word, place * 0.5, place * 0.5 + 0.4, 0.3 if word == low else 0.9)
        for place, word in enumerate(text.split())
    ]


def _marked(take: Take) -> list[tuple[str, str]]:
    return [(p.kind, p.text) for p in pieces_of(take, QUESTION)[0] if p.kind != "plain"]


def test_marks_stand_where_they_were_said() -> None:
    take = _take(_spoken("I was um, on call and I think the the gateway failed", low="gateway"))
    assert _marked(take) == [
        ("fill", "um"),
        ("pause", "0.9 s"),
        ("hedge", "I think"),
        ("repeat", "the"),
        ("low", "gateway"),
    ]


def test_the_marked_transcript_is_the_transcript() -> None:
    take = _take(_spoken("So, um, I was on call. You know, the the gateway failed!"))
    pieces, _ = pieces_of(take, QUESTION)
    said = "".join(piece.text for piece in pieces if piece.kind != "pause")
    assert " ".join(said.split()) == take.transcript


def test_a_filler_found_in_the_sound_only_is_marked_as_probable() -> None:
    filler = Filler("", 1.42, 1.49, certain=False)
    take = _take(_spoken("I was on call that Friday"), probable=(filler,))
    pieces, legend = pieces_of(take, QUESTION)
    assert [piece.text for piece in pieces if piece.kind == "probable"] == ["um?"]
    assert "1 probable filler" in [mark.text for mark in legend]


def test_in_a_rough_transcript_no_single_word_is_called_uncertain() -> None:
    take = _take(_spoken("I was on call", low="call"), draft=True)
    assert all(kind != "low" for kind, _ in _marked(take))


def test_words_that_a_person_has_corrected_are_not_uncertain() -> None:
    take = replace(_take(_spoken("I was on call", low="call")), corrected=True)
    assert all(kind != "low" for kind, _ in _marked(take))


def _row(label: str, cost: float, weight: float | None = 10.0) -> dict[str, Any]:
    value = None if weight is None else 100 - cost * 10
    return {"score": "content", "part": label, "label": label, "weight": weight, "value": value,
            "measure": "", "cost": cost}  # fmt: skip


def test_the_lead_names_what_cost_most_and_what_is_strongest() -> None:
    parts = [_row("Hedges", 3.0), _row("Specific results", 4.4), _row("Pace", 0.5)]
    overall = ui.score_view("Overall", 68, 62, 74)
    scores = {"content": 76, "confidence": 43, "fluency": None}
    assert lead_sentence(overall, parts, scores, draft=False) == (
        "Most was lost on specific results (4.4 points) and hedges (3.0 points). "
        "Content is the strongest of the scores, 76; confidence the lowest, 43."
    )


def test_the_lead_tells_limits_and_rough_words() -> None:
    parts = [_row("Pace", 0.5), _row("Off the question: overall at most 40", 9.0, None)]
    told = lead_sentence(ui.score_view("Overall", 40, 30, 50), parts, {}, draft=True)
    assert told.startswith("Limits took 9.0 points: off the question.")
    assert told.endswith("correct the words first.")
    nothing = ui.score_view("Overall", None, reason="no speech was heard")
    assert lead_sentence(nothing, [], {}, draft=False) == (
        "There is no overall score: no speech was heard."
    )


def test_each_bar_can_be_worked_out_by_hand() -> None:
    assert by_hand(_row("Hedges", 3.0)) == "10 x (100 - 70) / 100"
    assert by_hand(_row("Off the question", 9.0, None)) == "limit"
    assert [part.label for part in waterfall_parts([_row("A", 0.04), _row("B", 2.0)])] == ["B"]


def test_a_tone_is_a_measure_that_says_it_is_in_no_score() -> None:
    take = _take(_spoken("I was on call and the gateway failed for an hour that day"))
    assert "Tone of the words" not in {row.label for row in measures_of(take)}
    assert take.result is not None
    take.result["metrics"]["tone"] = {
        "positive": 0.125, "neutral": 0.625, "negative": 0.25, "model": "small",
    }  # fmt: skip
    (row,) = (row for row in measures_of(take) if row.label == "Tone of the words")
    assert row.value == "62 % neutral"
    assert row.note == "25 % negative, 12 % positive; by small, unscored"


_HESITANT = (
    "So um I was on call that Friday and I think maybe the um the the gateway failed and uh we "
    "like lost orders but I guess I restarted it in the end and it worked again"
)


def test_a_measure_that_is_scored_stands_on_the_line_of_its_curve() -> None:
    take = _take(_spoken(_HESITANT))
    assert take.result is not None
    rows = {row.label: row for row in measures_of(take)}
    values = {row["part"]: row["value"] for row in take.result["parts"]}
    for label, part in (
        ("Fillers", "fillers"),
        ("Repeats and restarts", "repairs"),
        ("Hedges", "hedges"),
    ):
        bar = rows[label].bar
        assert bar.drawn
        assert bar.band == ui.band_of(values[part])
        assert f"{shown(values[part])} of 100" in bar.spoken
    assert rows["Hedges"].note.endswith(" per 100 words")
    assert not rows["Words"].bar.drawn
    assert not rows["Pauses of 0.25 s or more"].bar.drawn


def test_an_answer_scored_before_there_were_standings_has_no_lines() -> None:
    take = _take(_spoken(_HESITANT))
    assert take.result is not None
    del take.result["metrics"]["standings"]
    assert not any(row.bar.drawn for row in measures_of(take))


def test_what_a_typed_answer_cannot_have_is_said_once() -> None:
    take = _take(_spoken(_HESITANT))
    typed = replace(take, summary=take.summary.model_copy(update={"kind": "typed"}))
    missing = [row for row in measures_of(typed) if row.value == "-"]
    assert [(row.heading, row.note) for row in missing] == [
        ("Pace, pauses and voice", "typed answer: nothing was spoken")
    ]


def test_how_key_points_were_found_is_told() -> None:
    words: dict[str, Any] = {"metrics": {"relevance_engine": scoring.LEXICAL}}
    model = {"metrics": {"relevance_engine": "embeddings:owner/small"}}
    older: dict[str, Any] = {"metrics": {}}
    assert relevance_words([]) == ""
    assert relevance_words([words, older]) == " Key points are found by words alone."
    assert relevance_words([model]) == (
        " Key points are found by words, and by the meaning model owner/small."
    )
    assert relevance_words([words, model]).endswith("owner/small in some of the answers.")
