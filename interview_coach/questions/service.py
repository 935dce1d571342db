"""The bank: counting it, looking through it, choosing from it."""

from __future__ import annotations

import random
from datetime import UTC, datetime
from functools import lru_cache

from sqlmodel import Session

from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.questions import repository
from interview_coach.questions.bank import load_types
from interview_coach.questions.models import Question
from interview_coach.questions.schemas import (
    AnswerKey,
    BrowseRequest,
    QuestionDetails,
    QuestionOutline,
    QuestionType,
    QuestionView,
    Supply,
    TrackCount,
    TypeOverview,
)

_OUTLINE = tuple(QuestionOutline.model_fields)
_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def overview(session: Session) -> list[TypeOverview]:
    """The six types with their tracks and counts, in the order of the data file."""
    counts = repository.track_counts(session)
    overviews = []
    for item in load_types():
        tracks = [
            TrackCount(id=track.id, title=track.title, count=counts.get((item.type, track.id), 0))
            for track in item.tracks
        ]
        overviews.append(
            TypeOverview(
                type=item.type,
                title=item.title,
                description=item.description,
                count=sum(track.count for track in tracks),
                tracks=[track for track in tracks if track.count],
            )
        )
    return overviews


def supply(session: Session) -> list[Supply]:
    """What the bank has for each choice of type, track and difficulty."""
    return [
        Supply(type=kind, track=track, difficulty=level, count=count, guide_seconds=seconds)
        for kind, track, level, count, seconds in repository.supply(session)
    ]


@lru_cache(maxsize=1)
def titles() -> dict[tuple[str, str | None], str]:
    """What types and tracks are called: (type, None) and (type, track) to their titles."""
    known: dict[tuple[str, str | None], str] = {}
    for item in load_types():
        known[item.type, None] = item.title
        known.update({(item.type, track.id): track.title for track in item.tracks})
    return known


def by_type(
    session: Session,
    kind: str,
    *,
    track: str | None,
    difficulty: str | None,
    competency: str | None,
    text: str | None,
    page: PageRequest,
) -> Page[QuestionView]:
    """One page of the questions of a type."""
    rows, total = repository.search(
        session,
        kind,
        track=track,
        difficulty=difficulty,
        competency=competency,
        text=text,
        page=page,
    )
    return Page(
        items=[view_of(row) for row in rows], total=total, page=page.page, page_size=page.page_size
    )


def browse(session: Session, asked: BrowseRequest) -> Page[QuestionDetails]:
    """One page of the questions of the bank that fit, with why they are asked."""
    rows, total = repository.search(
        session,
        asked.type,
        track=asked.track,
        difficulty=asked.difficulty,
        competency=asked.competency,
        text=asked.q,
        page=asked,
    )
    items = [
        QuestionDetails(**view_of(row).model_dump(), why=row.content.get("why", "")) for row in rows
    ]
    return Page(items=items, total=total, page=asked.page, page_size=asked.page_size)


def answer_key(session: Session, question_id: str) -> AnswerKey:
    """What a good answer to a question contains and what speaks against one; 404 without it."""
    (row,) = named(session, [question_id])
    return AnswerKey(
        key_points=[point["text"] for point in row.content.get("key_points", [])],
        red_flags=list(row.content.get("red_flags", [])),
    )


def outlines(session: Session, kind: QuestionType | None) -> list[QuestionOutline]:
    """What one chooses a question by, of all active ones of this type or of all types, by id."""
    rows = repository.outlines(session, kind)
    return [QuestionOutline.model_validate(dict(zip(_OUTLINE, row, strict=True))) for row in rows]


def view_of(row: Question) -> QuestionView:
    """The question without its answer key."""
    return QuestionView.model_validate(
        {**row.model_dump(), "tips": row.content.get("tips", [])}, strict=False
    )


def named(session: Session, ids: list[str]) -> list[Question]:
    """These questions in this order; one that is not in the bank raises 404."""
    rows = repository.by_ids(session, ids)
    for key in ids:
        if key not in rows:
            raise not_found("question")
    return [rows[key] for key in ids]


def choose(
    session: Session,
    kind: str,
    *,
    track: str | None,
    difficulty: str | None,
    count: int,
    last_asked: dict[str, datetime],
    chance: random.Random,
) -> list[Question]:
    """Questions for an interview: those not asked yet first, then those asked longest ago,
    spread over the tracks, in random order. Fewer than `count` when the bank has fewer.

    last_asked: when each question was last asked to this candidate.
    """
    rows = repository.active(session, kind, track, difficulty)
    if not rows:
        raise CoachError(
            "no_questions", "There is no question for this choice. Choose another level.", 422
        )
    chance.shuffle(rows)
    rows.sort(key=lambda row: last_asked.get(row.id, _LONG_AGO))
    chosen: list[Question] = []
    while rows and len(chosen) < count:
        used = [row.track for row in chosen]
        # What was never asked first, then the least used track, then the order made above.
        pick = min(
            rows,
            key=lambda row: (
                row.id in last_asked,
                used.count(row.track),
                last_asked.get(row.id, _LONG_AGO),
            ),
        )
        rows.remove(pick)
        chosen.append(pick)
    return chosen
