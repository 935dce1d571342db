"""The rules of sign-ins: one session a device, with a family of refresh tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import Session

from interview_coach.accounts import audit, repository, tokens
from interview_coach.accounts.models import User, UserSession
from interview_coach.accounts.schemas import CurrentUser, SessionView, Tokens
from interview_coach.jobs.progress import publish
from interview_coach.kit.clock import now
from interview_coach.kit.database import Database, run_after_commit
from interview_coach.kit.errors import CoachError, not_found
from interview_coach.kit.hashing import secret_digest
from interview_coach.kit.ids import new_secret
from interview_coach.kit.pagination import Page, PageRequest
from interview_coach.runtime import runtime

LIFETIME = timedelta(days=30)
ENDED_TOPIC = "sessions"
SEEN_EVERY = timedelta(minutes=5)
_MAX_USER_AGENT = 300
_MAX_ADDRESS = 45
# The first that is found names it: what a browser claims to be like stands further down.
_BROWSERS = (
    ("Edge", r"Edg(?:A|iOS)?/"),
    ("Opera", r"OPR/|Opera"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
_SYSTEMS = (
    ("iPad", r"iPad"),
    ("iPhone", r"iPhone"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Mac OS X|Macintosh"),
    ("ChromeOS", r"CrOS"),
    ("Linux", r"Linux"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """A new session and its secrets, which are shown this once and never stored."""

    session_id: str
    user_id: str
    cookie: str
    refresh_token: str


@dataclass(frozen=True, slots=True)
class Client:
    """Where a request comes from: address and user agent, as far as they are known."""

    address: str | None = None
    user_agent: str | None = None


def open_session(session: Session, user_id: str, client: Client) -> SignIn:
    """A new session of this user."""
    cookie, refresh_token = new_secret(), new_secret()
    row = UserSession(
        user_id=user_id,
        cookie_digest=secret_digest(cookie),
        refresh_digest=secret_digest(refresh_token),
        user_agent=(client.user_agent or "")[:_MAX_USER_AGENT].replace("\x00", "") or None,
        address=(client.address or "")[:_MAX_ADDRESS] or None,
        expires_at=now() + LIFETIME,
    )
    repository.add_session(session, row)
    audit.record(
        session,
        "login",
        actor=user_id,
        subject=user_id,
        address=client.address,
        detail={"session_id": row.id},
    )
    return SignIn(row.id, user_id, cookie, refresh_token)


def tokens_of(signed: SignIn, key: str) -> Tokens:
    """The tokens of a sign-in, as programs use them."""
    return Tokens(
        access_token=tokens.make_access_token(key, signed.user_id, signed.session_id),
        refresh_token=signed.refresh_token,
        expires_in=int(tokens.ACCESS_LIFETIME.total_seconds()),
    )


def refresh(database: Database, refresh_token: str, key: str, client: Client) -> Tokens:
    """New tokens for a refresh token, which is used up; 401 `bad_token` when it is not valid.

    A token that was used up before is in somebody else's hands too: its whole family ends, in a
    transaction of its own, so that the refusal does not undo it.
    """
    with database.writing() as session:
        newer = _exchange(session, secret_digest(refresh_token), client)
    if newer is None:
        raise CoachError("bad_token", "This refresh token is not valid any more.", 401)
    return tokens_of(newer, key)


def _exchange(session: Session, old: str, client: Client) -> SignIn | None:
    found = repository.by_refresh(session, old)
    newer = new_secret()
    if found is not None and repository.rotate_refresh(
        session, found[0].id, old, secret_digest(newer)
    ):
        return SignIn(found[0].id, found[1].id, "", newer)
    stolen = repository.session_of_used(session, old)
    if stolen is not None and end(session, stolen.user_id, stolen.id, "reuse"):
        audit.record(
            session,
            "refresh_reused",
            subject=stolen.user_id,
            address=client.address,
            detail={"session_id": stolen.id},
        )
    return None


def listed(session: Session, user: CurrentUser, asked: PageRequest) -> Page[SessionView]:
    """One page of this user's live sessions, the one last used first."""
    rows, total = repository.sessions_of(session, user.id, asked)
    items = [_view(row, user.session_id) for row in rows]
    return Page(items=items, total=total, page=asked.page, page_size=asked.page_size)


def _view(row: UserSession, current: str) -> SessionView:
    return SessionView(
        id=row.id,
        device=device_words(row.user_agent),
        address=row.address,
        current=row.id == current,
        created_at=row.created_at,
        last_seen_at=row.last_seen_at,
        expires_at=row.expires_at,
    )


def device_words(user_agent: str | None) -> str:
    """What a person calls this device, such as "Firefox on Linux"."""
    told = user_agent or ""
    browser = next((name for name, mark in _BROWSERS if re.search(mark, told)), None)
    system = next((name for name, mark in _SYSTEMS if re.search(mark, told)), None)
    if browser is None and system is None:
        program = re.match(r"[A-Za-z][\w.-]{1,30}", told)
        return f"Program ({program.group()})" if program else "Unknown device"
    return " on ".join(part for part in (browser or "Browser", system) if part)


def end(session: Session, user_id: str, session_id: str, reason: str) -> bool:
    """End one session and its live connections; False when there is no such live one."""
    if not repository.end_session(session, user_id, session_id, reason):
        return False
    _tell(session, user_id, [session_id])
    return True


def end_all(session: Session, user_id: str, reason: str, *, besides: str | None = None) -> int:
    """End all sessions of a user, or all besides one; how many there were."""
    ended = repository.end_sessions(session, user_id, reason, besides=besides)
    if ended:
        _tell(session, user_id, ended)
    return len(ended)


def _tell(session: Session, user_id: str, ended: list[str]) -> None:
    message = {"user_id": user_id, "session_ids": ended}
    run_after_commit(session, lambda: publish(runtime().redis, ENDED_TOPIC, message))


def end_device(session: Session, user: CurrentUser, session_id: str, client: Client) -> None:
    """End one of the user's own sessions; 404 when there is no such live one."""
    if not end(session, user.id, session_id, "ended"):
        raise not_found("device")
    _audit_end(session, "session_ended", user.id, client, {"session_id": session_id})


def end_others(session: Session, user: CurrentUser, client: Client) -> None:
    """End all of the user's sessions but the one that asks."""
    count = end_all(session, user.id, "ended", besides=user.session_id)
    _audit_end(session, "sessions_ended", user.id, client, {"count": count})


def sign_out(session: Session, user_id: str, session_id: str, client: Client) -> None:
    """End this session and with it its tokens; ending it twice is fine."""
    if end(session, user_id, session_id, "logout"):
        _audit_end(session, "logout", user_id, client, {"session_id": session_id})


def sign_out_refresh(session: Session, refresh_token: str, client: Client) -> None:
    """End the session a refresh token belongs to, also a used one; an unknown one is fine."""
    digest = secret_digest(refresh_token)
    found = repository.by_refresh(session, digest)
    row = found[0] if found is not None else repository.session_of_used(session, digest)
    if row is not None:
        sign_out(session, row.user_id, row.id, client)


def _audit_end(
    session: Session, action: str, user_id: str, client: Client, detail: dict[str, str | int]
) -> None:
    audit.record(
        session, action, actor=user_id, subject=user_id, address=client.address, detail=detail
    )


def user_of_cookie(session: Session, cookie: str) -> CurrentUser | None:
    """Who a session cookie belongs to, None when it is unknown or ended."""
    return _current(repository.by_cookie(session, secret_digest(cookie)))


def user_of_session(session: Session, session_id: str) -> CurrentUser | None:
    """Who a session belongs to, None when it has ended."""
    return _current(repository.by_session_id(session, session_id))


def live(session: Session, session_ids: list[str]) -> set[str]:
    """Those of these session ids that have not ended."""
    return repository.live_ids(session, session_ids) if session_ids else set()


def note_use(session: Session, session_id: str) -> None:
    """Keep when a session was used last, at most every five minutes."""
    repository.seen(session, session_id, now() - SEEN_EVERY)


def _current(found: tuple[UserSession, User] | None) -> CurrentUser | None:
    return None if found is None else _as_current(found[1], found[0].id)


def _as_current(user: User, session_id: str) -> CurrentUser:
    return CurrentUser(
        id=user.id,
        email=user.email,
        full_name=user.full_name,
        role=user.role,
        session_id=session_id,
        target_role=user.target_role,
    )
