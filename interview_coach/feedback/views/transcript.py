"""A transcript as runs of text under one mark each: one meaning, one form."""

from __future__ import annotations

from collections.abc import Sequence

from interview_coach.feedback.marks import (
    is_low,
    marks_of_tokens,
    marks_of_words,
    read_for_marks,
)
from interview_coach.feedback.report import Take
from interview_coach.feedback.views.shapes import MarkCount, Piece
from interview_coach.interviews.words import counted
from interview_coach.scoring import Question
from interview_coach.scoring.answer_text import read_answer, read_heard
from interview_coach.speech.fillers import filler_spans
from interview_coach.speech.languages import ENGLISH
from interview_coach.speech.text import tokenise
from interview_coach.speech.types import Filler, Word

SHOWN_PAUSE_SECONDS = 0.5
_MARKS_BEHIND = ",.;:!?"

_TITLES = {
    "plain": "",
    "fill": "Filler",
    "repeat": "Repeated or restarted",
    "hedge": "Hedge",
    "low": "The recogniser was not sure of this",
}
_SAMPLES = (
    ("fill", "um", "filler"),
    ("probable", "um?", "probable filler"),
    ("repeat", "we", "repeat"),
    ("hedge", "I think", "hedge"),
    ("low", "word", "uncertain word"),
    ("pause", "0.8 s", "longer pause"),
)


def pieces_of(take: Take, question: Question) -> tuple[list[Piece], list[MarkCount]]:
    """The marked runs of a take's transcript, and how often each mark stands in it.

    In a rough transcript every word is uncertain: there the page says so once for the whole. In
    a corrected one none is: a person has read them all.
    """
    words = [word for word in take.words or () if word.text.strip()]
    if not words:
        return _of_text(take, question)
    doubtful = not take.summary.draft and not take.corrected
    language = _language(take)
    answer = read_for_marks(read_heard(words, question), language)
    by_word = marks_of_words(words, answer, doubtful=doubtful, language=language)
    counts = _counts(take)
    counts["low"] = sum(map(is_low, words)) if doubtful else 0
    return _with_sound(take, words, by_word, counts)


def _of_text(take: Take, question: Question) -> tuple[list[Piece], list[MarkCount]]:
    text = take.transcript
    tokens = tokenise(text)
    language = _language(take)
    spans = filler_spans(text, language)
    fillers = [
        any(begin <= token.begin and token.stop <= stop for begin, stop in spans)
        for token in tokens
    ]
    kinds = marks_of_tokens(read_for_marks(read_answer(text, question), language), fillers)
    pieces: list[Piece] = []
    at = 0
    for token, kind in zip(tokens, kinds, strict=True):
        _add(pieces, "plain", text[at : token.begin])
        _add(pieces, kind, text[token.begin : token.stop])
        at = token.stop
    _add(pieces, "plain", text[at:])
    return _joined(pieces), _legend(_counts(take))


def _language(take: Take) -> str:
    metrics = (take.result or {}).get("metrics") or {}
    return str(metrics.get("language") or ENGLISH)


def _counts(take: Take) -> dict[str, int]:
    """How often each mark stands, as the scorer counted; pauses and uncertain words come later."""
    metrics = (take.result or {}).get("metrics") or {}
    fillers = metrics.get("fillers") or []
    certain = sum(bool(row["certain"]) for row in fillers)
    return {
        "fill": certain,
        "probable": len(fillers) - certain,
        "repeat": metrics.get("repair_count") or 0,
        "hedge": metrics.get("hedge_count") or 0,
        "low": 0,
        "pause": sum(pause.seconds >= SHOWN_PAUSE_SECONDS for pause in take.pauses),
    }


def _with_sound(
    take: Take, words: Sequence[Word], by_word: Sequence[str], counts: dict[str, int]
) -> tuple[list[Piece], list[MarkCount]]:
    """The words with the pauses and the probable fillers of the sound between them."""
    between = _between(take)
    pieces: list[Piece] = []
    for word, kind in zip(words, by_word, strict=True):
        while between and between[0][0] < (word.start + word.end) / 2:
            pieces += [Piece("plain", " "), between.pop(0)[1]]
        _add(pieces, "plain", " " if pieces else "")
        text = word.text.strip()
        bare = text.rstrip(_MARKS_BEHIND) if kind != "plain" else text
        _add(pieces, kind, bare)
        _add(pieces, "plain", text[len(bare) :])
    for _, piece in between:
        pieces += [Piece("plain", " "), piece]
    return _joined(pieces), _legend(counts)


def _between(take: Take) -> list[tuple[float, Piece]]:
    """Pauses and probable fillers with their middle, in the order of time."""
    found = [
        ((pause.start + pause.end) / 2, Piece("pause", f"{pause.seconds:.1f} s", "Pause"))
        for pause in take.pauses
        if pause.seconds >= SHOWN_PAUSE_SECONDS
    ]
    for filler in _probable(take):
        middle = ((filler.start or 0.0) + (filler.end or 0.0)) / 2
        title = "Heard in the sound, not in the words: probably a filler"
        found.append((middle, Piece("probable", "um?", title)))
    return sorted(found, key=lambda item: item[0])


def _probable(take: Take) -> list[Filler]:
    rows = (take.result or {}).get("metrics", {}).get("fillers") or []
    return [Filler(**row) for row in rows if not row["certain"] and row["start"] is not None]


def _add(pieces: list[Piece], kind: str, text: str) -> None:
    """Put text at the end, joined to the last piece when it has the same mark."""
    if not text:
        return
    if pieces and pieces[-1].kind == kind and kind in {"plain", "low"}:
        pieces[-1] = Piece(kind, pieces[-1].text + text, _TITLES[kind])
    else:
        pieces.append(Piece(kind, text, _TITLES[kind]))


def _joined(pieces: Sequence[Piece]) -> list[Piece]:
    """Neighbours with one mark as one piece, a space between them under the same mark."""
    joined: list[Piece] = []
    for piece in pieces:
        same = len(joined) > 1 and joined[-1].text == " " and joined[-2].kind == piece.kind
        if same and piece.kind in {"fill", "hedge", "repeat", "low"}:
            joined.pop()
            joined[-1] = Piece(piece.kind, f"{joined[-1].text} {piece.text}", piece.title)
        elif joined and joined[-1].kind == piece.kind == "plain":
            joined[-1] = Piece("plain", joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return joined


def _legend(counts: dict[str, int]) -> list[MarkCount]:
    return [
        MarkCount(kind, sample, counted(counts[kind], what))
        for kind, sample, what in _SAMPLES
        if counts.get(kind)
    ]
