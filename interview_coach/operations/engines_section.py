"""The settings page's part on the engines: which one writes, and whether it is there. Keys are the
server's, so candidates only look; administrators also test."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach import ui
from interview_coach.accounts.state import SessionState
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.errors import CoachError
from interview_coach.operations import engines
from interview_coach.operations.engines_view import EngineLine, lines_for_candidates
from interview_coach.runtime import runtime


class EnginesListState(SessionState):
    """The engines in the order they are asked. problem: why they could not be read."""

    lines: list[EngineLine] = []
    problem: str = ""

    @rx.event
    async def load_engines(self) -> None:
        """Read how the engines stand."""
        user = self._greet()
        try:
            self.lines = await ask_database(lambda: _read(may_test=user.role == "admin"))
        except CoachError as error:
            self.problem = error.message
            return
        self.problem = ""


def _read(*, may_test: bool) -> list[EngineLine]:
    house = runtime()
    with house.database.reading() as session:
        return lines_for_candidates(engines.listed(house, session), may_test=may_test)


# Handlers with arguments: Reflex wraps them in a way that type checkers do not follow.
_STATE: Any = EnginesListState


def engines_section() -> rx.Component:
    """The card, with `id` engines."""
    return ui.section_card(
        "Engines",
        rx.cond(
            _STATE.problem != "",
            ui.load_failed(text=_STATE.problem, on_retry=_STATE.load_engines),
            rx.cond(
                _STATE.lines,
                ui.rows(
                    rx.foreach(_STATE.lines, lambda row: engine_line(row, _STATE.load_engines)),
                    class_name="settings-rows",
                ),
                ui.loading(ui.skeleton_rows(2), label="Loading the engines"),
            ),
        ),
        heading_id="engines",
        lead=(
            "What words your feedback, in the order it is asked. Keys are this server's: you need "
            "none. An engine other than the local one gets questions and the words of your "
            "answers; your recordings stay here."
        ),
        class_name="settings-card",
    )


def engine_line(row: Any, on_done: Any) -> rx.Component:
    """One engine with its state and, where it has a `path`, the button that tests it."""
    test = ui.request_button(
        "Test",
        row.path,
        spoken=f"Test {row.title}",
        busy_label="Asking, 15 s at most",
        told_by="told",
        on_done=on_done,
    )
    return rx.el.li(
        rx.el.span(
            rx.el.span(
                rx.el.span(row.title, class_name="strong"),
                ui.badge(row.mark, kind=row.mark_kind),
                rx.cond(row.writes, ui.badge("Writes now", kind="accent"), rx.fragment()),
                class_name="row wrap",
            ),
            rx.el.span(row.note, class_name="small muted blk"),
            rx.cond(row.more, rx.el.span(row.more, class_name="small muted blk"), rx.fragment()),
            class_name="grow",
        ),
        rx.cond(row.path, rx.el.span(test, class_name="row wrap"), rx.fragment()),
        class_name="drl",
        key=row.id,
    )
