"""What administrators do with the bank: look, publish a new version, retire, bring back.

actor: the administrator who acts. Every change is in the audit log.
"""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from pydantic import ValidationError
from sqlmodel import Session

from interview_coach.accounts import audit
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.pagination import Page
from interview_coach.questions import admin_repository, repository
from interview_coach.questions.admin_schemas import (
    BankEntry,
    BankRequest,
    BankRow,
    QuestionContent,
    QuestionEdit,
    VersionRow,
)
from interview_coach.questions.bank import BankQuestion, content_hash, load_bank, load_types
from interview_coach.questions.bank_check import check_question
from interview_coach.questions.models import FROM_ADMIN, FROM_FILE, Question, QuestionVersion
from interview_coach.questions.publishing import (
    IN_CONTENT,
    publish_edit,
    publish_from_file,
)

_COMPARED = tuple(QuestionContent.model_fields)


def listed(session: Session, asked: BankRequest) -> Page[BankRow]:
    """One page of the bank, retired questions too."""
    rows, total = admin_repository.questions(session, asked)
    return Page(
        items=[BankRow(**_standing(row)) for row in rows],
        total=total,
        page=asked.page,
        page_size=asked.page_size,
    )


def entry(session: Session, question_id: str) -> BankEntry:
    """A question whole; 404 without it."""
    row = admin_repository.question(session, question_id)
    if row is None:
        raise not_found("question")
    return _entry(row)


def _entry(row: Question) -> BankEntry:
    return BankEntry.model_validate({**_standing(row), **_content(row)})


def _standing(row: Question) -> dict[str, Any]:
    names = ("id", "revision", "type", "track", "difficulty", "text", "retired_by", "updated_at")
    plain = {name: getattr(row, name) for name in names}
    return {**plain, "edited": row.origin == FROM_ADMIN, "active": row.is_active}


def _content(row: Question | QuestionVersion) -> dict[str, Any]:
    kept = {name: row.content.get(name) for name in IN_CONTENT}
    return {**kept, **{name: getattr(row, name) for name in _COMPARED if name not in IN_CONTENT}}


def publish(
    session: Session,
    question_id: str,
    given: QuestionEdit,
    *,
    actor: str,
    address: str | None = None,
) -> BankEntry:
    """Make this the present version. The same as the present one changes nothing.

    409 `changed_meanwhile` when it was made from an older version; 422 with every field at fault
    when it does not keep the rules of the data files.
    """
    row = _held(session, question_id)
    if given.revision != row.revision:
        raise CoachError(
            "changed_meanwhile",
            "Somebody has published a newer version. Look at it, then publish yours.",
            409,
            {"revision": row.revision},
        )
    item = _checked(session, row, given)
    if content_hash(item) != row.content_hash:
        publish_edit(session, row, item)
        _note(session, "question_published", row, actor, address)
    return _entry(row)


def retire(
    session: Session, question_id: str, *, actor: str, address: str | None = None
) -> BankEntry:
    """Ask a question no more; retiring twice is fine. Seeding does not bring it back."""
    row = _held(session, question_id)
    if row.retired_by != FROM_ADMIN:
        row.is_active, row.retired_by, row.updated_at = False, FROM_ADMIN, now()
        _note(session, "question_retired", row, actor, address)
    return _entry(row)


def bring_back(
    session: Session, question_id: str, *, actor: str, address: str | None = None
) -> BankEntry:
    """Ask a retired question again; doing it twice is fine.

    One that is gone from the data files is an administrator's from now on: seeding would retire
    it again.
    """
    row = _held(session, question_id)
    if not row.is_active:
        if row.retired_by == FROM_FILE:
            row.origin = FROM_ADMIN
        row.is_active, row.retired_by, row.updated_at = True, None, now()
        _note(session, "question_brought_back", row, actor, address)
    return _entry(row)


def take_file(
    session: Session, question_id: str, *, actor: str, address: str | None = None
) -> BankEntry:
    """Go back to what the data files say, as a new version; 409 `not_in_files` without it there."""
    row = _held(session, question_id)
    item = next((each for each in load_bank() if each.id == question_id), None)
    if item is None:
        raise CoachError("not_in_files", "The data files do not have this question.", 409)
    if row.content_hash == content_hash(item):
        row.origin, row.file_hash = FROM_FILE, row.content_hash
    else:
        publish_from_file(session, row, item)
        _note(session, "question_published", row, actor, address)
    return _entry(row)


def versions(session: Session, question_id: str) -> list[VersionRow]:
    """The versions of a question, newest first; 404 without the question."""
    if admin_repository.question(session, question_id) is None:
        raise not_found("question")
    rows = admin_repository.versions(session, question_id)
    changed = [[], *(_changed(before, after) for before, after in pairwise(rows))]
    told = [
        VersionRow.model_validate(
            {
                "revision": row.revision,
                "source": row.source,
                "text": row.text,
                "changed": names,
                "created_at": row.created_at,
            }
        )
        for row, names in zip(rows, changed, strict=True)
    ]
    return told[::-1]


def _changed(before: QuestionVersion, after: QuestionVersion) -> list[str]:
    old, new = _content(before), _content(after)
    return [name for name in _COMPARED if old[name] != new[name]]


def _held(session: Session, question_id: str) -> Question:
    row = admin_repository.hold(session, question_id)
    if row is None:
        raise not_found("question")
    return row


def _checked(session: Session, row: Question, given: QuestionEdit) -> BankQuestion:
    content = given.model_dump(mode="json", exclude={"revision"})
    try:
        item = BankQuestion.model_validate({"id": row.id, "type": row.type, **content})
    except ValidationError as error:
        faults = [(".".join(map(str, each["loc"])), each["msg"]) for each in error.errors()]
        raise _at_fault(faults) from error
    if "\\u0000" in item.model_dump_json():
        raise _at_fault([("key_points", "must not contain a NUL character")])
    faults = [(found.field, found.message) for found in check_question(item)]
    faults += _out_of_place(session, item)
    if faults:
        raise _at_fault(faults)
    return item


def _out_of_place(session: Session, item: BankQuestion) -> list[tuple[str, str]]:
    """What is wrong with a question beside the others of the bank."""
    faults = []
    if not any(
        track.id == item.track
        for kind in load_types()
        if kind.type == item.type
        for track in kind.tracks
    ):
        faults.append(("track", f"{item.track} is no track of {item.type}."))
    others = repository.outlines(session, None)
    known = {name for key, *_, named, _text in others if key != item.id for name in named}
    faults += [
        ("competencies", f"{name} is a competency of no other question.")
        for name in item.competencies
        if name not in known
    ]
    same = admin_repository.same_text(session, item.text, item.id)
    if same is not None:
        faults.append(("text", f"the same question as {same}."))
    return faults


def _at_fault(faults: list[tuple[str, str]]) -> CoachError:
    errors = [{"field": f"body.{field}", "message": message} for field, message in faults]
    told = "; ".join(f"{each['field']}: {each['message']}" for each in errors)
    return CoachError("invalid", f"Something is missing or wrong. {told}", 422, {"errors": errors})


def _note(session: Session, action: str, row: Question, actor: str, address: str | None) -> None:
    audit.record(
        session,
        action,
        actor=actor,
        address=address,
        detail={"question_id": row.id, "revision": row.revision},
    )
