"""Tailored questions: made from a role, a job ad and a resume, kept for their owner alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from interview_coach.ai.router import LOCAL, Passed, Router
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database
from interview_coach.kit.errors import not_found
from interview_coach.questions import repository, tailored_repository
from interview_coach.questions.models import Question, TailoredQuestion
from interview_coach.questions.tailored_schemas import (
    EnginePassed,
    GeneratedView,
    GenerateRequest,
    Origin,
    TailoredView,
)
from interview_coach.questions.tailoring import engine, local
from interview_coach.questions.tailoring.material import (
    Material,
    material_of,
    steering,
    terms_of,
)
from interview_coach.questions.tailoring.templates import Made

# Interviews keep copies of what they asked, so what was never asked can go.
KEPT = timedelta(days=90)
_MOST_FOUND = 12
_MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Generated:
    """What was made, before it is kept. Each question comes with the engine and model."""

    questions: tuple[tuple[Made, str, str], ...]
    prompt: str | None
    passed: tuple[Passed, ...]
    dropped: int
    found: tuple[str, ...]
    notes: tuple[str, ...]


def generate(
    database: Database, router: Router, user_id: str, wanted: GenerateRequest
) -> Generated:
    """Make questions: by an engine where there is one, and what it leaves open by the local way.

    It can take as long as the prompt's time allows and holds no transaction meanwhile. A resume's
    id raises 404: no resumes are kept yet.
    """
    if wanted.resume_id is not None:
        raise not_found("resume")
    material = _material(wanted)
    with database.reading() as session:
        bank = repository.active(session, material.kind)
    texts = [row.text for row in bank]
    answered = router.ask(engine.task_of(material, texts, user_id))
    made, dropped = engine.usable(answered.value, material, texts)
    questions = [(item, answered.engine, answered.model) for item in made]
    prompt = answered.prompt if router.engines else None
    known = [item.text for item, _, _ in questions]
    missing = material.count - len(questions)
    questions += [
        (item, LOCAL, LOCAL) for item in local.make(material, bank, count=missing, beside=known)
    ]
    found = tuple(term.skill.title for term in terms_of(material)[:_MOST_FOUND])
    notes = _notes(material, questions)
    return Generated(tuple(questions), prompt, answered.passed, dropped, found, notes)


def _material(wanted: GenerateRequest) -> Material:
    return material_of(
        wanted.type,
        wanted.count,
        role=wanted.role,
        level=wanted.level,
        difficulty=wanted.difficulty,
        ad=wanted.job_description,
        resume=wanted.resume_text,
    )


def _notes(material: Material, questions: Sequence[tuple[Made, str, str]]) -> tuple[str, ...]:
    notes = []
    for name, text in (("job ad", material.ad), ("resume", material.resume)):
        if count := steering(text):
            said = "a sentence that speaks" if count == 1 else f"{count} sentences that speak"
            notes.append(
                f"The {name} holds {said} to an engine or a grader. Nothing in it was obeyed."
            )
    if (material.ad or material.resume) and not terms_of(material):
        notes.append("No skill of our list was found in what you gave, so the type decides.")
    if len(questions) < material.count:
        notes.append(f"Only {len(questions)} questions could be made for this choice.")
    return tuple(notes)


def keep(session: Session, user_id: str, generated: Generated) -> GeneratedView:
    """Store what was made; bank questions stay where they are."""
    moment = now()
    views, rows = [], []
    for made, name, model in generated.questions:
        row = _row(made, user_id, name, model, moment)
        if made.bank_id is None:
            rows.append(row)
        views.append(_view(made, made.bank_id or row.id, name, model))
    tailored_repository.add(session, rows)
    engines = {name for _, name, _ in generated.questions} or {LOCAL}
    return GeneratedView(
        engine=engines.pop() if len(engines) == 1 else _MIXED,
        prompt=generated.prompt,
        passed=[EnginePassed(engine=item.engine, kind=item.kind) for item in generated.passed],
        dropped=generated.dropped,
        found=list(generated.found),
        notes=list(generated.notes),
        questions=views,
        created_at=moment,
    )


def _row(made: Made, user_id: str, name: str, model: str, moment: datetime) -> TailoredQuestion:
    origin = _origin(made).model_dump(mode="json")
    return TailoredQuestion(
        user_id=user_id,
        type=made.kind,
        track=made.track,
        difficulty=made.difficulty,
        text=made.text,
        competencies=list(made.competencies),
        content={**made.content, "made_from": made.made_from, "origin": origin},
        time_guide_seconds=made.time_guide_seconds,
        engine=name,
        model=model,
        created_at=moment,
    )


def _origin(made: Made) -> Origin:
    return Origin.model_validate(
        {
            "source": made.source or None,
            "term": made.term or None,
            "quote": made.quote or None,
            "reason": made.reason,
        }
    )


def _view(made: Made, question_id: str, name: str, model: str) -> TailoredView:
    return TailoredView.model_validate(
        {
            "id": question_id,
            "type": made.kind,
            "track": made.track,
            "difficulty": made.difficulty,
            "text": made.text,
            "competencies": list(made.competencies),
            "time_guide_seconds": made.time_guide_seconds,
            "engine": name,
            "model": model,
            "made_from": made.made_from,
            "origin": _origin(made),
            **made.content,
        }
    )


def askable(session: Session, user_id: str, ids: list[str]) -> list[Question | TailoredQuestion]:
    """These questions in this order: of the bank, or made for this user; any other raises 404."""
    bank = repository.by_ids(session, ids)
    own = tailored_repository.by_ids(session, user_id, [key for key in ids if key not in bank])
    for key in ids:
        if key not in bank and key not in own:
            raise not_found("question")
    return [bank[key] if key in bank else own[key] for key in ids]


def exported(session: Session, user_id: str) -> list[dict[str, Any]]:
    """All questions made for this user, as plain JSON."""
    rows = tailored_repository.all_of(session, user_id)
    return [row.model_dump(mode="json", exclude={"user_id"}) for row in rows]


def drop_old(session: Session) -> int:
    """Remove questions made longer ago than they are kept; returns how many."""
    return tailored_repository.drop_before(session, now() - KEPT)
