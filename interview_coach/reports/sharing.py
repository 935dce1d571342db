"""Links to reports: made and ended by the owner of an interview, read by whoever has one.

A token that is wrong, has run out or was taken back answers the same 404: nobody learns which.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from interview_coach.accounts import audit, profile
from interview_coach.feedback.report import Report, read_report
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.kit.clock import now
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.hashing import secret_digest
from interview_coach.kit.ids import new_secret
from interview_coach.reports import repository
from interview_coach.reports.hiding import in_full, without
from interview_coach.reports.models import ReportComment, ReportShare
from interview_coach.reports.schemas import (
    CommentRequest,
    CommentView,
    NewShare,
    ShareRequest,
    ShareView,
)

MAX_COMMENTS = 200
MAX_TOKEN = 100


@dataclass(frozen=True, slots=True)
class Shared:
    """A report as its readers get it. report: without what is hidden. candidate: empty when the
    name is hidden. user_id, interview_id: whose it is, never to be told."""

    report: Report
    candidate: str
    hidden: frozenset[str]
    comments_open: bool
    comments: list[CommentView]
    expires_at: datetime
    user_id: str
    interview_id: str


def make(
    session: Session,
    user_id: str,
    interview_id: str,
    given: ShareRequest,
    *,
    site: str,
    address: str | None = None,
) -> NewShare:
    """A new link to this user's interview; one that is there ends. 404 when there is no interview.

    site: scheme and host the link begins with. Only a digest of its token is kept.
    """
    interviews.find(session, user_id, interview_id)
    # Two links asked for at the same moment: the second one replaces the first.
    outcomes.hold_interview(session, interview_id)
    repository.drop_share(session, user_id, interview_id)
    secret = new_secret()
    row = ReportShare(
        user_id=user_id,
        interview_id=interview_id,
        digest=secret_digest(secret),
        hidden=sorted(in_full(given.hidden)),
        comments=given.comments,
        expires_at=now() + timedelta(days=given.days),
    )
    repository.add(session, row)
    _record(session, "share_made", user_id, address, {"days": given.days, "hidden": row.hidden})
    return NewShare(**_view(row).model_dump(), url=f"{site}/share/{secret}")


def view(session: Session, user_id: str, interview_id: str) -> ShareView:
    """The link of this user's interview; 404 when there is none."""
    found = find(session, user_id, interview_id)
    if found is None:
        raise not_found("link")
    return found


def find(session: Session, user_id: str, interview_id: str) -> ShareView | None:
    """The link of this user's interview, None when there is none."""
    row = repository.share(session, user_id, interview_id)
    return None if row is None else _view(row)


def end(session: Session, user_id: str, interview_id: str, address: str | None = None) -> None:
    """Take the link back; 404 when there is none."""
    if not repository.drop_share(session, user_id, interview_id):
        raise not_found("link")
    _record(session, "share_ended", user_id, address, {})


def read(session: Session, token: str) -> Shared:
    """What this token opens; 404 for every token that opens nothing."""
    row = _opened(session, token)
    found = read_report(session, row.user_id, row.interview_id)
    hidden = in_full(row.hidden)
    name = "" if "name" in hidden else profile.profile(session, row.user_id).full_name
    return Shared(
        report=without(found, hidden),
        candidate=name,
        hidden=hidden,
        comments_open=row.comments,
        comments=_comments(session, row) if row.comments else [],
        expires_at=row.expires_at,
        user_id=row.user_id,
        interview_id=row.interview_id,
    )


def recording_place(session: Session, token: str) -> tuple[str, str]:
    """Whose interview this token opens the recordings of, as user id and interview id; 404 where
    it opens none."""
    row = _opened(session, token)
    if "recordings" in in_full(row.hidden):
        raise not_open()
    return row.user_id, row.interview_id


def comment(session: Session, token: str, given: CommentRequest) -> CommentView:
    """Keep what a reader said. 404 when the token opens nothing or takes no comments, 409
    `too_many_comments` when there are 200."""
    row = _opened(session, token)
    if not row.comments:
        raise not_open()
    if given.answer_id is not None:
        interviews.find_answer(session, row.user_id, row.interview_id, given.answer_id)
    if repository.count_comments(session, row.interview_id) >= MAX_COMMENTS:
        raise CoachError(
            "too_many_comments", "This report has as many comments as it can hold.", 409
        )
    kept = ReportComment(
        user_id=row.user_id,
        interview_id=row.interview_id,
        answer_id=given.answer_id,
        seconds=given.seconds,
        author=given.name,
        text=given.text,
    )
    repository.add(session, kept)
    return _comment(kept)


def comments(session: Session, user_id: str, interview_id: str) -> list[CommentView]:
    """The comments on this user's interview, oldest first; 404 when there is no interview."""
    interviews.find(session, user_id, interview_id)
    return [_comment(row) for row in repository.comments(session, user_id, interview_id)]


def drop_comment(session: Session, user_id: str, interview_id: str, comment_id: str) -> None:
    """Delete a comment on this user's interview; 404 when there is no such one."""
    if not repository.drop_comment(session, user_id, interview_id, comment_id):
        raise not_found("comment")


def drop_expired(session: Session) -> int:
    """Delete the links that have run out; how many."""
    return repository.drop_expired(session, now())


def not_open() -> CoachError:
    """The one answer to every token that opens nothing."""
    return CoachError(
        "not_found", "This link does not work: it has run out, was taken back or is mistyped.", 404
    )


def _opened(session: Session, token: str) -> ReportShare:
    row = None
    if 0 < len(token) <= MAX_TOKEN:
        row = repository.share_by_digest(session, secret_digest(token), now())
    if row is None or not profile.exists(session, row.user_id):
        raise not_open()
    return row


def _view(row: ReportShare) -> ShareView:
    return ShareView.model_validate(
        {**row.model_dump(), "expired": row.expires_at <= now()}, extra="ignore"
    )


def _comments(session: Session, row: ReportShare) -> list[CommentView]:
    found = repository.comments(session, row.user_id, row.interview_id)
    return [_comment(each) for each in found]


def _comment(row: ReportComment) -> CommentView:
    return CommentView(
        id=row.id,
        name=row.author,
        text=row.text,
        answer_id=row.answer_id,
        seconds=row.seconds,
        created_at=row.created_at,
    )


def _record(
    session: Session, action: str, user_id: str, address: str | None, detail: dict[str, object]
) -> None:
    audit.record(session, action, actor=user_id, subject=user_id, address=address, detail=detail)
