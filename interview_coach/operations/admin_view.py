"""What the pages of administrators show: lines made of the shapes of the API. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from interview_coach import ui
from interview_coach.accounts.admin_schemas import LiveSessionRow
from interview_coach.accounts.schemas import AccountRow, AuditRow
from interview_coach.interviews.words import counted
from interview_coach.kit.clock import iso
from interview_coach.kit.pagination import Page
from interview_coach.operations.schemas import JobRow
from interview_coach.questions.admin_schemas import BankRow
from interview_coach.questions.service import titles

API = "/api/v1/admin"
# Choices of each list; empty for all.
USER_CHOICES = (
    ("", "All"),
    ("admin", "Administrators"),
    ("locked", "Locked"),
)
JOB_CHOICES = (
    ("", "All"),
    ("failed", "Failed"),
    ("waiting", "Waiting"),
    ("running", "Running"),
    ("done", "Done"),
)
ACTIONS = {
    "registered": "Account made",
    "login": "Signed in",
    "login_failed": "Sign-in failed",
    "logout": "Signed out",
    "refresh_reused": "Used refresh token shown again",
    "session_ended": "Session ended",
    "sessions_ended": "Sessions ended",
    "password_changed": "Password changed",
    "password_reset_asked": "Password reset asked for",
    "password_reset": "Password reset",
    "email_verified": "E-mail confirmed",
    "token_made": "Token made",
    "token_revoked": "Token revoked",
    "profile_changed": "Profile changed",
    "exported": "Data exported",
    "erased": "Account deleted",
    "role_changed": "Role changed",
    "locked": "Account locked",
    "unlocked": "Account unlocked",
    "job_retried": "Job tried again",
    "question_published": "Question published",
    "question_retired": "Question retired",
    "question_brought_back": "Question brought back",
    "engine_tested": "Engine tested",
}
QUESTION_CHOICES = (
    ("", "All questions"),
    ("edited", "Edited here"),
    ("retired", "Retired"),
    ("technical", "Technical"),
    ("behavioral", "Behavioral"),
    ("hr", "HR"),
    ("system_design", "System design"),
    ("situational", "Situational"),
    ("leadership", "Leadership"),
)
AUDIT_CHOICES = (("", "Everything"), *ACTIONS.items())
_MARKS = {"failed": "bad", "done": "good", "running": "accent"}
_Item = TypeVar("_Item")


@dataclass(frozen=True)
class Row:
    """One line of a list. mark, mark_kind: its badge, empty for none. moment: ISO 8601, empty for
    never. offer: what can be done with it (`lock`, `unlock`, `retry`, `end`), empty for nothing;
    path: where a request for that goes; role_offer, role_path: the same for the role."""

    id: str
    title: str
    note: str = ""
    more: str = ""
    mark: str = ""
    mark_kind: str = ""
    warning: str = ""
    moment: str = ""
    offer: str = ""
    path: str = ""
    role_offer: str = ""
    role_path: str = ""


@dataclass(frozen=True)
class Listing:
    """One page of a list."""

    rows: list[Row]
    total: str
    turn: ui.PageTurn = field(default_factory=ui.PageTurn)


EMPTY_LISTING = Listing([], "")


def users(page: Page[AccountRow], own_id: str) -> Listing:
    """Accounts; the own one cannot be locked."""
    return _listing(page, [_user(item, own_id) for item in page.items], "account")


def _user(item: AccountRow, own_id: str) -> Row:
    place = f"{API}/users/{item.id}"
    offer = "unlock" if not item.is_active else "" if item.id == own_id else "lock"
    confirmed = "e-mail confirmed" if item.email_verified else "e-mail not confirmed"
    sessions = counted(item.session_count, "session")
    is_admin = item.role == "admin"
    return Row(
        id=item.id,
        title=item.email,
        note=f"{item.full_name}, {confirmed}, {sessions}",
        mark="Administrator" if is_admin else "",
        mark_kind="accent",
        warning="" if item.is_active else "Locked",
        moment=iso(item.last_seen_at) or "",
        offer=offer,
        path=f"{place}/{offer}" if offer else "",
        role_offer="user" if is_admin else "admin",
        role_path=f"{place}/role",
    )


def audit(page: Page[AuditRow]) -> Listing:
    """Entries of the audit log."""
    return _listing(page, [_entry(item) for item in page.items], "entry", "entries")


def _entry(item: AuditRow) -> Row:
    actor = item.actor or "the operator or without a sign-in"
    concerning = "" if item.subject in (None, item.actor) else f", concerning {item.subject}"
    address = f", from {item.address}" if item.address else ""
    return Row(
        id=item.id,
        title=ACTIONS.get(item.action, item.action),
        note=f"By {actor}{concerning}{address}",
        more=", ".join(f"{name}: {value}" for name, value in item.detail.items()),
        moment=iso(item.at) or "",
    )


def jobs(page: Page[JobRow]) -> Listing:
    """Jobs; those that failed can be tried again."""
    return _listing(page, [_job(item) for item in page.items], "job")


def _job(item: JobRow) -> Row:
    ids = "".join(f", {name} {value}" for name, value in item.ids.items())
    failed = item.status == "failed"
    return Row(
        id=item.id,
        title=item.kind,
        note=f"Queue {item.queue}, attempt {item.attempt} of {item.max_attempts}{ids}",
        more=item.reason or "",
        mark=item.status.capitalize(),
        mark_kind=_MARKS.get(item.status, "line"),
        moment=iso(item.created_at) or "",
        offer="retry" if failed else "",
        path=f"{API}/jobs/{item.id}/retry" if failed else "",
    )


def sessions(page: Page[LiveSessionRow]) -> Listing:
    """Live sessions; the one that looks is ended by signing out."""
    return _listing(page, [_session(item) for item in page.items], "session")


def _session(item: LiveSessionRow) -> Row:
    return Row(
        id=item.id,
        title=item.email,
        note=f"{item.device}, {item.address or 'address not known'}",
        mark="This device" if item.current else "",
        mark_kind="accent",
        moment=iso(item.last_seen_at) or "",
        offer="" if item.current else "end",
        path="" if item.current else f"{API}/sessions/{item.id}",
    )


def questions(page: Page[BankRow]) -> Listing:
    """Questions of the bank; each can be edited."""
    return _listing(page, [_question(item) for item in page.items], "question")


def _question(item: BankRow) -> Row:
    track = titles().get((item.type, item.track), item.track)
    kind = titles()[item.type, None]
    return Row(
        id=item.id,
        title=item.text,
        note=f"{item.id}: {kind}, {track}, {item.difficulty}, version {item.revision}",
        mark="Edited here" if item.edited else "",
        mark_kind="accent",
        warning="" if item.active else "Retired",
        moment=iso(item.updated_at) or "",
        path=f"/admin/questions/{item.id}",
    )


def _listing(page: Page[_Item], rows: Sequence[Row], what: str, many: str = "") -> Listing:
    total = f"{page.total} {many}" if many and page.total != 1 else counted(page.total, what)
    return Listing(
        rows=list(rows),
        total=total,
        turn=ui.page_turn(page),
    )
