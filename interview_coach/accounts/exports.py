"""Exports: asked for by a user, made by a job above, kept for a week, one at a time."""

from __future__ import annotations

from datetime import timedelta

from sqlmodel import Session

from interview_coach.accounts import audit, personal_repository, repository
from interview_coach.accounts.models import DataExport
from interview_coach.accounts.schemas import ExportView
from interview_coach.jobs import service as jobs
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError, not_found

EXPORT = "operations.export_account"
KEPT = timedelta(days=7)
_URL = "/api/v1/users/me/export"
_UNDER_WAY = ("waiting", "running")
_MAX_REASON = 300


def ask(session: Session, user_id: str, address: str | None = None) -> ExportView:
    """Queue an export; 409 `export_running` while another is under way."""
    if not repository.lock_user(session, user_id):
        raise not_found("user")
    if any(row.status in _UNDER_WAY for row in personal_repository.exports(session, user_id)):
        raise CoachError("export_running", "An export is being made already. Wait for it.", 409)
    row = DataExport(user_id=user_id)
    personal_repository.add_export(session, row)
    jobs.enqueue(
        session, EXPORT, "light", {"export_id": row.id, "user_id": user_id}, user_id=user_id
    )
    audit.record(session, "exported", actor=user_id, subject=user_id, address=address)
    return _view(row)


def exports_of(session: Session, user_id: str) -> list[ExportView]:
    """The exports of this user, newest first."""
    return [_view(row) for row in personal_repository.exports(session, user_id)]


def find(session: Session, user_id: str, export_id: str) -> ExportView:
    """This user's export; anybody else's, or none, raises 404."""
    return _view(_row(session, user_id, export_id))


def ready(session: Session, user_id: str, export_id: str) -> tuple[str, int, str]:
    """Key, size in bytes and day of an export that can be fetched; 409 `not_ready` before."""
    row = _row(session, user_id, export_id)
    if row.object_key is None or row.size is None or row.status != "done":
        raise CoachError("not_ready", "This export has not been made.", 409)
    if row.expires_at is not None and row.expires_at < now():
        raise not_found("export")
    return row.object_key, row.size, f"{row.created_at:%Y-%m-%d}"


def _row(session: Session, user_id: str, export_id: str) -> DataExport:
    row = personal_repository.export(session, user_id, export_id)
    if row is None:
        raise not_found("export")
    return row


def begin(session: Session, user_id: str, export_id: str) -> bool:
    """Say that an export is being made; False when it is not to be made any more.

    One that had failed is made when its job is tried again, unless its user has asked for another
    one meanwhile.
    """
    if not repository.lock_user(session, user_id):
        return False
    rows = personal_repository.exports(session, user_id)
    if any(row.id != export_id and row.status in _UNDER_WAY for row in rows):
        return False
    values = {"status": "running", "error": None, "finished_at": None, "expires_at": None}
    return personal_repository.set_export(
        session, user_id, export_id, values, before=(*_UNDER_WAY, "failed")
    )


def finish(session: Session, user_id: str, export_id: str, key: str, size: int) -> list[str] | None:
    """Say where an export lies; returns the keys of the older ones, which it replaces.

    None when the export is not wanted any more: its user is gone.
    """
    values = {
        "status": "done",
        "object_key": key,
        "size": size,
        "finished_at": now(),
        "expires_at": now() + KEPT,
    }
    if not personal_repository.set_export(session, user_id, export_id, values, before=("running",)):
        return None
    older = [row for row in personal_repository.exports(session, user_id) if row.id != export_id]
    for row in older:
        personal_repository.delete_export(session, row.id)
    return [row.object_key for row in older if row.object_key is not None]


def is_at(session: Session, user_id: str, export_id: str, key: str) -> bool:
    """Whether this object is the one that an export of this user points to."""
    row = personal_repository.export(session, user_id, export_id)
    return row is not None and row.object_key == key


def fail(session: Session, user_id: str, export_id: str, reason: str) -> None:
    """Say why an export could not be made. Its row goes after as long as an export is kept."""
    moment = now()
    values = {
        "status": "failed",
        "error": reason[:_MAX_REASON],
        "finished_at": moment,
        "expires_at": moment + KEPT,
    }
    personal_repository.set_export(session, user_id, export_id, values, before=_UNDER_WAY)


def _view(row: DataExport) -> ExportView:
    view = ExportView.model_validate(row, from_attributes=True)
    if row.status == "done":
        view.download_url = f"{_URL}/{row.id}/file"
    return view
