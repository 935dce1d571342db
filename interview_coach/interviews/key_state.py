"""The state of the answer key that a candidate wants to see before practising."""

from __future__ import annotations

import reflex as rx

from interview_coach.accounts.state import SessionState
from interview_coach.interviews.page_state import ask_database
from interview_coach.interviews.schemas import MAX_ID
from interview_coach.kit.errors import CoachError
from interview_coach.questions import service as questions
from interview_coach.questions.schemas import AnswerKey
from interview_coach.runtime import runtime


class KeyState(SessionState):
    """The key points of one question of the bank.

    warned: the question whose key points were asked for and not shown yet; shown: the one whose
    key points are. They are sent to the browser after the warning alone.
    """

    problem: str = ""
    warned: str = ""
    shown: str = ""
    key_points: list[str] = []
    red_flags: list[str] = []

    @rx.event
    def ask(self, question_id: str) -> None:
        """The key points of a question are wanted: warn first."""
        self._greet()
        self._hide()
        if isinstance(question_id, str) and 0 < len(question_id) <= MAX_ID:
            self.warned = question_id.replace("\x00", "")

    @rx.event
    def leave(self) -> None:
        """Show no key points."""
        self._greet()
        self._hide()

    @rx.event
    async def show(self) -> None:
        """Show the key points of the question that was warned about."""
        self._greet()
        question_id = self.warned
        if not question_id:
            return
        try:
            key = await ask_database(lambda: _read(question_id))
        except CoachError as error:
            self.problem = error.message
            return
        self.key_points, self.red_flags = key.key_points, key.red_flags
        self.shown, self.warned, self.problem = question_id, "", ""

    def _hide(self) -> None:
        self.warned = self.shown = self.problem = ""
        self.key_points, self.red_flags = [], []


def _read(question_id: str) -> AnswerKey:
    with runtime().database.reading() as session:
        return questions.answer_key(session, question_id)
