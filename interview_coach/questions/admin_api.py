"""Routes by which administrators look after the question bank."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request

from interview_coach.accounts.access import Administrator
from interview_coach.api.limits import client_address
from interview_coach.api.problems import problem_responses
from interview_coach.kit.pagination import Page
from interview_coach.questions import editing
from interview_coach.questions.admin_schemas import (
    BankEntry,
    BankRequest,
    BankRow,
    QuestionEdit,
    VersionRow,
)
from interview_coach.runtime import runtime

router = APIRouter(prefix="/admin/questions", tags=["admin"])
_READS = problem_responses(401, 403, 404, 422, 429)
_CHANGES = problem_responses(401, 403, 404, 409, 422, 429)
_Id = Annotated[str, Path(max_length=80, pattern=r"^[a-z0-9-]+$")]


@router.get("", responses=problem_responses(401, 403, 422, 429))
def questions(asked: Annotated[BankRequest, Query()], admin: Administrator) -> Page[BankRow]:
    """The questions of the bank, retired ones too, by their ids."""
    del admin
    with runtime().database.reading() as session:
        return editing.listed(session, asked)


@router.get("/{bank_id}", responses=_READS)
def question(bank_id: _Id, admin: Administrator) -> BankEntry:
    """A question whole, with its answer key."""
    del admin
    with runtime().database.reading() as session:
        return editing.entry(session, bank_id)


@router.get("/{bank_id}/versions", responses=_READS)
def versions(bank_id: _Id, admin: Administrator) -> list[VersionRow]:
    """The versions of a question, newest first, and what each changed."""
    del admin
    with runtime().database.reading() as session:
        return editing.versions(session, bank_id)


@router.put("/{bank_id}", responses=_CHANGES)
def publish(bank_id: _Id, given: QuestionEdit, admin: Administrator, request: Request) -> BankEntry:
    """Publish a new version. Interviews keep the version they asked, and `./coach seed` leaves
    the question alone from now on. 409 `changed_meanwhile` when `revision` is not the newest."""
    with runtime().database.writing() as session:
        address = client_address(request)
        return editing.publish(session, bank_id, given, actor=admin.id, address=address)


@router.post("/{bank_id}/retire", responses=_CHANGES)
def retire(bank_id: _Id, admin: Administrator, request: Request) -> BankEntry:
    """Ask a question no more. Interviews that asked it keep it."""
    with runtime().database.writing() as session:
        address = client_address(request)
        return editing.retire(session, bank_id, actor=admin.id, address=address)


@router.post("/{bank_id}/restore", responses=_CHANGES)
def restore(bank_id: _Id, admin: Administrator, request: Request) -> BankEntry:
    """Ask a retired question again."""
    with runtime().database.writing() as session:
        address = client_address(request)
        return editing.bring_back(session, bank_id, actor=admin.id, address=address)


@router.post("/{bank_id}/reset", responses=_CHANGES)
def reset(bank_id: _Id, admin: Administrator, request: Request) -> BankEntry:
    """Go back to what the data files say, as a new version. 409 `not_in_files` without it there."""
    with runtime().database.writing() as session:
        address = client_address(request)
        return editing.take_file(session, bank_id, actor=admin.id, address=address)
