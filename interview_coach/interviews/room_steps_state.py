"""The steps of a running interview: pausing, skipping, typing, trying again, ending."""

from __future__ import annotations

from typing import Any

import reflex as rx
from pydantic import TypeAdapter, ValidationError
from sqlmodel import Session

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.interviews import follow_ups, hints, service
from interview_coach.interviews.page_state import ask_database
from interview_coach.interviews.room_state import RoomState
from interview_coach.interviews.room_view import ending_words
from interview_coach.interviews.schemas import AnswerRequest, AnswerText, Step
from interview_coach.kit.errors import CoachError
from interview_coach.runtime import runtime

_words = TypeAdapter(AnswerText)


class RoomStepsState(RoomState):
    """What ends, pauses or passes over something, each with its question before."""

    ending_text: str = ""

    @rx.event
    async def press(self, key: str) -> Any:
        """Do what a key of the room stands for."""
        user = self._greet()
        if key == "ArrowLeft":
            return await self._go(user, self.room.asked.position - 1)
        if key == "ArrowRight":
            return await self._go(user, self.room.asked.position + 1)
        if key == "h":
            return await self._toggle_hint(user)
        if key == "?":
            self.dialog = "keys"
        elif key == "s":
            return await self._ask_skip(user)
        return None

    @rx.event
    async def toggle_hint(self) -> Any:
        """Show or hide the hints that were asked for; the first time, ask for the first one."""
        return await self._toggle_hint(self._greet())

    @rx.event
    async def ask_hint(self, step: int) -> Any:
        """Ask for the next step of help; a double press takes one."""
        return await self._ask_hint(self._greet(), step)

    @rx.event
    async def take_up(self, question_id: str) -> Any:
        """Bring the follow-up that is offered to the front."""
        user = self._greet()
        row = next((row for row in self.room.rows if row.question_id == question_id), None)
        return None if row is None else await self._go(user, row.position)

    @rx.event
    async def pass_over(self, question_id: str) -> Any:
        """Leave the follow-up that is offered; it can be taken up until the end."""
        user = self._greet()
        if question_id != self.room.asked.offer_id:
            return None

        def leave(session: Session, user_id: str) -> None:
            service.set_skipped(session, user_id, self._interview_id, question_id, skipped=True)

        await self._change(leave)
        return await self._refresh(user)

    @rx.event
    async def ask_engine_again(self) -> Any:
        """Let the engine that failed word the follow-up in front once more."""
        user = self._greet()
        asked = self.room.asked
        if not asked.can_ask_again:
            return None

        def again(session: Session, user_id: str) -> None:
            follow_ups.ask_again(session, user_id, self._interview_id, asked.question_id)

        await self._change(again, costly=True)
        return await self._refresh(user)

    @rx.event
    async def pause(self) -> Any:
        """Pause the interview: its clock stands still and nothing can be recorded."""
        return await self._step("pause")

    @rx.event
    async def resume(self) -> Any:
        """Go on after a pause."""
        return await self._step("resume")

    @rx.event
    async def ask_end(self) -> None:
        """Say what would be left open, and ask whether to end."""
        await self._ask_end(self._greet())

    @rx.event
    async def next_or_end(self, event: dict[str, Any]) -> Any:
        """Go to the next question; after the last one to the first without an answer, or end."""
        del event
        user = self._greet()
        asked = self.room.asked
        if asked.has_later:
            return await self._go(user, asked.position + 1)
        for row in self.room.rows:
            if row.mark in {"number", "unsent"} and row.position != asked.position:
                return await self._go(user, row.position)
        return await self._ask_end(user)

    @rx.event
    async def end(self) -> Any:
        """End the interview; its results come next."""
        self.dialog = ""
        return await self._step("complete")

    @rx.event
    async def ask_skip(self, event: dict[str, Any]) -> Any:
        """Ask before a question is passed over."""
        del event
        return await self._ask_skip(self._greet())

    @rx.event
    async def skip(self) -> Any:
        """Pass over the question in front and go to the next one."""
        user = self._greet()
        asked = self.room.asked
        self.dialog = ""

        def pass_over(session: Session, user_id: str) -> None:
            service.set_skipped(
                session, user_id, self._interview_id, asked.question_id, skipped=True
            )

        if not await self._change(pass_over):
            return None
        return await self._refresh(user, asked.position + (1 if asked.has_later else 0))

    @rx.event
    def open_keys(self) -> None:
        """Show what every key does."""
        self._greet()
        self.dialog = "keys"

    @rx.event
    def close_dialog(self) -> None:
        """Close whatever asks."""
        self._greet()
        self.dialog = ""

    async def _toggle_hint(self, user: CurrentUser) -> Any:
        given = self.room.asked.help
        if not given.tips:
            return await self._ask_hint(user, given.step)
        self.hint = not self.hint
        return None

    async def _ask_hint(self, user: CurrentUser, step: int) -> Any:
        asked = self.room.asked
        if not asked.help.ask or step != asked.help.step:
            return None
        self.hint = True

        def ask(session: Session, user_id: str) -> None:
            hints.ask(session, user_id, self._interview_id, asked.question_id, step)

        await self._change(ask)
        return await self._refresh(user)

    async def _ask_skip(self, user: CurrentUser) -> Any:
        asked = self.room.asked
        row = next((row for row in self.room.rows if row.position == asked.position), None)
        if row is not None and row.dot == "done":
            # It has an answer already: going on passes nothing over.
            return await self._go(user, asked.position + 1)
        self.dialog = "skip"
        return None

    async def _ask_end(self, user: CurrentUser) -> None:
        interview_id = self._interview_id

        def look() -> str:
            with runtime().database.reading() as session:
                return ending_words(service.view(session, user.id, interview_id))

        try:
            self.ending_text = await ask_database(look)
        except CoachError as error:
            self.problem = error.message
        else:
            self.dialog = "end"

    async def _step(self, step: Step) -> Any:
        user = self._greet()
        interview_id = self._interview_id
        await self._change(
            lambda session, user_id: service.take_step(session, user_id, interview_id, step)
        )
        # A refused step means that another tab was first: what holds now is shown either way.
        return await self._refresh(user)


class RoomTypingState(RoomState):
    """Answers in writing, words for a recording, and another try of an analysis.

    taken: client id of the text that was stored last, so that the page may forget its draft.
    """

    taken: str = ""

    @rx.event
    def type_instead(self, event: dict[str, Any]) -> None:
        """Answer this question in writing."""
        del event
        self._greet()
        self.typing, self.words_for = True, ""
        self._write_address()

    @rx.event
    def speak_instead(self) -> None:
        """Answer by voice again."""
        self._greet()
        self.typing, self.words_for = False, ""
        self._write_address()

    @rx.event
    async def write_words(self, position: int) -> Any:
        """Type what was said in a recording that has no words; its sound stays."""
        user = self._greet()
        row = next((row for row in self.room.rows if row.position == position), None)
        if row is None or not row.can_type:
            return None
        elsewhere = await self._go(user, position)
        self.words_for = row.answer_id
        return elsewhere

    @rx.event
    async def send_text(self, event: dict[str, Any]) -> Any:
        """Store a typed answer: {key, text, clientId}. The same one twice is one.

        key: the question's id, or the answer's id when these are the words of a recording.
        """
        user = self._greet()
        key, client_id = event.get("key"), event.get("clientId")
        answer_id = key if key and key == self.words_for else ""
        if not answer_id and all(row.question_id != key for row in self.room.rows):
            return None
        try:
            text = _words.validate_python(event.get("text"))
            wanted = AnswerRequest(
                question_id=self.room.asked.question_id if answer_id else str(key),
                text=text,
                client_id=client_id if isinstance(client_id, str) else None,
            )
        except ValidationError:
            self.problem = "This text is empty or too long. It is kept here; change it and send."
            return None
        interview_id = self._interview_id

        def store(session: Session, user_id: str) -> None:
            if answer_id:
                answer = service.find_answer(session, user_id, interview_id, answer_id)
                service.correct_transcript(session, answer, text)
            else:
                service.add_answer(session, user, interview_id, wanted)

        if not await self._change(store):
            return None
        self.taken, self.words_for = str(wanted.client_id), ""
        self.hint = False  # they have served; what came of the answer takes their place
        return await self._refresh(user)

    @rx.event
    async def try_again(self, position: int) -> Any:
        """Run the analysis of a failed answer again."""
        user = self._greet()
        row = next((row for row in self.room.rows if row.position == position), None)
        if row is None or not row.can_retry:
            return None
        interview_id = self._interview_id

        def retry(session: Session, user_id: str) -> None:
            answer = service.find_answer(session, user_id, interview_id, row.answer_id)
            service.retry(session, answer)

        await self._change(retry, costly=True)
        return await self._refresh(user)
