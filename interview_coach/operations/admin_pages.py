"""The pages of administrators: users, audit log, jobs, live sessions, questions."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.navigation import signed_in_page
from interview_coach.operations.admin_parts import not_allowed, places
from interview_coach.operations.admin_state import AdminState
from interview_coach.operations.admin_view import (
    AUDIT_CHOICES,
    JOB_CHOICES,
    QUESTION_CHOICES,
    USER_CHOICES,
)

# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = AdminState

_LIST = "admin-list"
_WAIT_MS = 300


def users() -> rx.Component:
    """Accounts: found, locked, unlocked, made administrators."""
    return _page(
        "users",
        "Users",
        "/admin",
        "Who has an account. Administrators do not see what anybody said or wrote.",
        _filters(
            _search("Search by e-mail or name"),
            ui.segmented(
                "Show",
                "admin-choice",
                USER_CHOICES,
                value=_STATE.choice,
                on_change=_STATE.choose,
                small=True,
                hide_label=True,
            ),
        ),
        _user_actions,
        AdminState.open_users,
    )


def sessions() -> rx.Component:
    """Live sessions: seen and ended."""
    return _page(
        "sessions",
        "Sessions",
        "/admin/sessions",
        "The devices that are signed in now.",
        _filters(_search("Search by e-mail")),
        _session_actions,
        AdminState.open_sessions,
    )


def jobs() -> rx.Component:
    """Jobs: seen, and tried again when they have failed."""
    return _page(
        "jobs",
        "Jobs",
        "/admin/jobs",
        "Work in the background. What has failed can be tried again.",
        _filters(_pick("Status", JOB_CHOICES)),
        _job_actions,
        AdminState.open_jobs,
    )


def questions() -> rx.Component:
    """The question bank: found, and opened to be edited."""
    return _page(
        "questions",
        "Questions",
        "/admin/questions",
        "The question bank. What is edited here becomes a new version; interviews keep theirs.",
        _filters(_search("Search by words or id"), _pick("Which", QUESTION_CHOICES)),
        _question_actions,
        AdminState.open_questions,
    )


def audit() -> rx.Component:
    """The audit log."""
    return _page(
        "audit",
        "Audit log",
        "/admin/audit",
        "What was done to accounts, by whom and from where.",
        _filters(_search("Whole e-mail it concerns"), _pick("Action", AUDIT_CHOICES)),
        _no_actions,
        AdminState.open_audit,
    )


def _page(
    section: str,
    title: str,
    here: str,
    lead: str,
    filters: rx.Component,
    actions: Any,
    again: Any,
) -> rx.Component:
    loaded = rx.fragment(
        filters,
        rx.cond(
            _STATE.problem != "",
            ui.alert(_STATE.problem, kind="bad", urgent=True),
            rx.fragment(),
        ),
        _list(title, actions),
    )
    return signed_in_page(
        rx.el.div(
            ui.page_head(title, lead),
            rx.cond(
                _STATE.refused,
                not_allowed(),
                rx.fragment(
                    places(here),
                    rx.cond(
                        _STATE.section == section,
                        loaded,
                        rx.cond(
                            _STATE.problem != "",
                            ui.load_failed(text=_STATE.problem, on_retry=again),
                            ui.loading(ui.skeleton_rows(8)),
                        ),
                    ),
                ),
            ),
            class_name="stack stack-6",
        ),
        current="/admin",
    )


def _filters(*fields: rx.Component) -> rx.Component:
    return rx.el.div(*fields, class_name="row wrap admin-filters")


def _search(label: str) -> rx.Component:
    return ui.search_field(
        label,
        "admin-words",
        placeholder=label,
        auto_complete="off",
        max_length=254,
        on_change=_STATE.search.debounce(_WAIT_MS),
    )


def _pick(label: str, options: Any) -> rx.Component:
    return ui.select_field(
        label,
        "admin-choice",
        options,
        value=_STATE.choice,
        on_change=_STATE.choose,
        hide_label=True,
    )


def _list(title: str, actions: Any) -> rx.Component:
    found = _STATE.listing
    return ui.section_card(
        title,
        rx.cond(
            found.rows,
            ui.rows(
                rx.foreach(found.rows, lambda row: _row(row, actions(row))),
                class_name="settings-rows",
            ),
            ui.empty("search", "Nothing found", "Nothing matches right now."),
        ),
        ui.pager(found.turn, _STATE.go_to, "Pages of the list"),
        note=found.total,
        heading_id=_LIST,
    )


def _row(row: Any, actions: list[rx.Component]) -> rx.Component:
    return rx.el.li(
        rx.el.span(
            rx.el.span(
                rx.el.span(row.title, class_name="strong"),
                rx.cond(row.mark, ui.badge(row.mark, kind=row.mark_kind), rx.fragment()),
                rx.cond(row.warning, ui.badge(row.warning, kind="bad"), rx.fragment()),
                class_name="row wrap",
            ),
            rx.el.span(row.note, class_name="small muted blk"),
            rx.cond(row.more, rx.el.span(row.more, class_name="small blk"), rx.fragment()),
            class_name="grow",
        ),
        rx.el.span(rx.cond(row.moment, ui.ago(row.moment), "never seen"), class_name="small muted"),
        *([rx.el.span(*actions, class_name="row wrap")] if actions else []),
        class_name="drl",
        key=row.id,
    )


def _no_actions(row: Any) -> list[rx.Component]:
    del row
    return []


def _user_actions(row: Any) -> list[rx.Component]:
    lock = _button(
        "Lock",
        row,
        danger=True,
        ask=(
            f"Lock {row.title}?",
            "They are signed out everywhere at once and cannot sign in. Nothing is deleted.",
        ),
    )
    unlock = _button("Unlock", row, ask=(f"Unlock {row.title}?", "They can sign in again."))
    return [
        rx.cond(
            row.role_offer == "admin",
            _role(
                row,
                "Make administrator",
                "admin",
                "They can then lock accounts, end sessions and change roles, yours too.",
            ),
            _role(row, "Make user", "user", "They lose these pages at once and keep the rest."),
        ),
        rx.cond(row.offer == "lock", lock, rx.fragment()),
        rx.cond(row.offer == "unlock", unlock, rx.fragment()),
    ]


def _role(row: Any, label: str, role: str, told: str) -> rx.Component:
    return ui.request_button(
        label,
        row.role_path,
        method="PUT",
        values={"role": role},
        spoken=f"{label}: {row.title}",
        kind="ghost",
        ask=(f"{label}: {row.title}?", told),
        focus_after=_LIST,
        on_done=_STATE.refresh,
    )


def _session_actions(row: Any) -> list[rx.Component]:
    end = _button(
        "End",
        row,
        method="DELETE",
        danger=True,
        ask=(f"End this session of {row.title}?", "The device needs the password to come back."),
    )
    return [rx.cond(row.offer == "end", end, rx.fragment())]


def _job_actions(row: Any) -> list[rx.Component]:
    return [rx.cond(row.offer == "retry", _button("Try again", row), rx.fragment())]


def _question_actions(row: Any) -> list[rx.Component]:
    return [ui.link_button("Edit", row.path, size="s", aria_label=f"Edit: {row.id}")]


def _button(label: str, row: Any, **props: Any) -> rx.Component:
    return ui.request_button(
        label,
        row.path,
        spoken=f"{label}: {row.title}",
        focus_after=_LIST,
        on_done=_STATE.refresh,
        **props,
    )
