"""The one list of pages: route, title, what is drawn, what is loaded."""

from __future__ import annotations

import reflex as rx

from interview_coach import ui
from interview_coach.accounts import pages as accounts
from interview_coach.accounts.settings_state import SettingsState
from interview_coach.analytics import pages as analytics
from interview_coach.analytics.recommended_state import RecommendedState
from interview_coach.analytics.state import DashboardState
from interview_coach.feedback import pages as feedback
from interview_coach.feedback.state import ResultsState
from interview_coach.interviews import pages as interviews
from interview_coach.interviews.browse_state import BrowseState
from interview_coach.interviews.lobby_state import LobbyState
from interview_coach.interviews.practice_state import PracticeState
from interview_coach.interviews.room_state import RoomState
from interview_coach.operations import admin_pages
from interview_coach.operations.admin_state import AdminState


def add_pages(app: rx.App) -> None:
    """Register every page of the product."""
    app.add_page(ui.landing_page, route="/", title="Interview Coach")
    app.add_page(
        feedback.method, route="/how-scoring-works", title="How scoring works - Interview Coach"
    )
    app.add_page(accounts.register, route="/register", title="Create an account - Interview Coach")
    app.add_page(accounts.login, route="/login", title="Sign in - Interview Coach")
    app.add_page(accounts.forgot, route="/forgot", title="Forgot your password - Interview Coach")
    app.add_page(accounts.reset, route="/reset", title="Set a new password - Interview Coach")
    app.add_page(accounts.verify, route="/verify", title="Confirm your e-mail - Interview Coach")
    app.add_page(
        accounts.settings,
        route="/settings",
        title="Settings - Interview Coach",
        on_load=SettingsState.load,
    )
    app.add_page(
        analytics.dashboard,
        route="/dashboard",
        title="Dashboard - Interview Coach",
        on_load=[DashboardState.load, RecommendedState.load, DashboardState.watch],
    )
    app.add_page(
        interviews.practice,
        route="/practice",
        title="Practice - Interview Coach",
        on_load=PracticeState.load,
    )
    app.add_page(
        interviews.browse,
        route="/questions",
        title="Questions - Interview Coach",
        on_load=BrowseState.load,
    )
    app.add_page(
        interviews.lobby,
        route="/interview/[interview_id]/lobby",
        title="Lobby - Interview Coach",
        on_load=LobbyState.arrive,
    )
    app.add_page(
        interviews.room,
        route="/interview/[interview_id]",
        title="Interview - Interview Coach",
        on_load=[RoomState.enter, RoomState.watch],
    )
    app.add_page(
        feedback.results,
        route="/interview/[interview_id]/results",
        title="Results - Interview Coach",
        on_load=[ResultsState.load, ResultsState.watch],
    )
    for page, route, title, load in (
        (admin_pages.users, "/admin", "Users", AdminState.open_users),
        (admin_pages.sessions, "/admin/sessions", "Sessions", AdminState.open_sessions),
        (admin_pages.jobs, "/admin/jobs", "Jobs", AdminState.open_jobs),
        (admin_pages.audit, "/admin/audit", "Audit log", AdminState.open_audit),
    ):
        app.add_page(page, route=route, title=f"{title} - Interview Coach", on_load=load)
    app.add_page(ui.not_found_page, route="404", title="Not found - Interview Coach")
