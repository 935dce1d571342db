"""The stronger version of an answer as the results page shows it."""

from __future__ import annotations

from dataclasses import dataclass

from interview_coach.ai.words import FAILURES, name_of
from interview_coach.feedback.rewriting.words import GAP
from interview_coach.feedback.schemas import ModelAnswerView, PassedEngine


@dataclass(frozen=True)
class VersionPiece:
    """A run of the version: plain words, or a gap to fill in."""

    text: str
    gap: bool


@dataclass(frozen=True)
class VersionView:
    """A version. writing: an engine is at work, and wait says for how long at most. text: as it
    is copied. gaps: how many there are, in words. problem: which engine failed and what was used
    instead. old: the words of the answer were corrected since."""

    writing: bool = False
    wait: str = ""
    pieces: tuple[VersionPiece, ...] = ()
    text: str = ""
    gaps: str = ""
    missing: tuple[str, ...] = ()
    writer: str = ""
    problem: str = ""
    old: bool = False


def version_view(told: ModelAnswerView) -> VersionView:
    """The version as it is shown."""
    if told.status == "writing" or told.text is None:
        return VersionView(
            writing=True,
            wait=f"Your answer is being rewritten from your own words. It takes "
            f"{told.seconds_at_most} seconds at most, and stands here by itself.",
        )
    local = told.engine == "local"
    writer = (
        "Put together on this machine from your own sentences."
        if local
        else f"Worded by {name_of(told.engine or '')} from what you said; numbers, names and tools "
        "were looked up in your words."
    )
    return VersionView(
        pieces=_pieces(told.text),
        text=told.text,
        gaps=_gaps(len(told.gaps)),
        missing=tuple(told.missing),
        writer=writer,
        problem=_problem(told.passed) if local else "",
        old=not told.current,
    )


def _pieces(text: str) -> tuple[VersionPiece, ...]:
    pieces: list[VersionPiece] = []
    end = 0
    for found in GAP.finditer(text):
        if found.start() > end:
            pieces.append(VersionPiece(text[end : found.start()], gap=False))
        pieces.append(VersionPiece(found.group(), gap=True))
        end = found.end()
    if end < len(text):
        pieces.append(VersionPiece(text[end:], gap=False))
    return tuple(pieces)


def _gaps(count: int) -> str:
    if count == 0:
        return "Nothing in it is made up, and nothing is left open."
    gaps = "The marked gap stands" if count == 1 else f"The {count} marked gaps stand"
    return f"Nothing in it is made up. {gaps} for what you did not say: fill in what is true."


def _problem(passed: list[PassedEngine]) -> str:
    if not passed:
        return ""
    told = "; ".join(f"{name_of(item.engine)} {FAILURES[item.kind]}" for item in passed)
    return f"{told[:1].upper()}{told[1:]}. The words below are your own, put in order here."
