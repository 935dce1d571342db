"""The one list of pages: route, title, what is drawn, what is loaded."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.accounts import pages as accounts
from interview_coach.accounts.settings_state import SettingsState
from interview_coach.analytics import pages as analytics
from interview_coach.analytics.recommended_state import RecommendedState
from interview_coach.analytics.state import DashboardState
from interview_coach.feedback import pages as feedback
from interview_coach.feedback.answer_state import AnswerState
from interview_coach.feedback.state import ResultsState
from interview_coach.feedback.version_state import VersionState
from interview_coach.interviews import pages as interviews
from interview_coach.interviews.browse_state import BrowseState
from interview_coach.interviews.lobby_state import LobbyState
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.interviews.room_state import RoomState
from interview_coach.operations import admin_pages
from interview_coach.operations.admin_state import AdminState
from interview_coach.operations.engines_page import engines
from interview_coach.operations.engines_section import EnginesListState, engines_section
from interview_coach.operations.engines_state import EnginesState
from interview_coach.operations.question_pages import question
from interview_coach.operations.question_state import QuestionState
from interview_coach.reports import pages as reports
from interview_coach.reports.share_state import ShareState
from interview_coach.reports.state import SharingState

# What is drawn, its route and title, and what is loaded when it opens.
_PAGES: tuple[tuple[Any, str, str, Any], ...] = (
    (feedback.method, "/how-scoring-works", "How scoring works", None),
    (accounts.register, "/register", "Create an account", None),
    (accounts.login, "/login", "Sign in", None),
    (accounts.forgot, "/forgot", "Forgot your password", None),
    (accounts.reset, "/reset", "Set a new password", None),
    (accounts.verify, "/verify", "Confirm your e-mail", None),
    (
        lambda: accounts.settings(engines_section()),
        "/settings",
        "Settings",
        [SettingsState.load, EnginesListState.load_engines],
    ),
    (
        analytics.dashboard,
        "/dashboard",
        "Dashboard",
        [DashboardState.load, RecommendedState.load, DashboardState.watch],
    ),
    (interviews.practice, "/practice", "Practice", PracticeState.load),
    (interviews.browse, "/questions", "Questions", BrowseState.load),
    (interviews.lobby, "/interview/[interview_id]/lobby", "Lobby", LobbyState.arrive),
    (
        interviews.room,
        "/interview/[interview_id]",
        "Interview",
        [RoomState.enter, RoomState.watch],
    ),
    (
        lambda: feedback.results(reports.sharing()),
        "/interview/[interview_id]/results",
        "Results",
        [ResultsState.load, SharingState.load, VersionState.load, ResultsState.watch],
    ),
    (
        feedback.answer,
        "/interview/[interview_id]/answer/[answer_id]",
        "Answer",
        [AnswerState.load, AnswerState.load_numbers, VersionState.load, AnswerState.watch],
    ),
    (admin_pages.users, "/admin", "Users", AdminState.open_users),
    (admin_pages.sessions, "/admin/sessions", "Sessions", AdminState.open_sessions),
    (admin_pages.jobs, "/admin/jobs", "Jobs", AdminState.open_jobs),
    (admin_pages.questions, "/admin/questions", "Question bank", AdminState.open_questions),
    (question, "/admin/questions/[bank_id]", "Question", QuestionState.load),
    (engines, "/admin/engines", "Engines", EnginesState.open_engines),
    (admin_pages.audit, "/admin/audit", "Audit log", AdminState.open_audit),
)


def add_pages(app: rx.App) -> None:
    """Register every page of the product."""
    app.add_page(ui.landing_page, route="/", title="Interview Coach")
    for page, route, title, load in _PAGES:
        app.add_page(page, route=route, title=f"{title} - Interview Coach", on_load=load)
    app.add_page(
        reports.shared,
        route="/share/[token]",
        title="Shared report - Interview Coach",
        on_load=ShareState.load,
        meta=[{"name": "robots", "content": "noindex, nofollow"}],
    )
    app.add_page(ui.not_found_page, route="404", title="Not found - Interview Coach")
