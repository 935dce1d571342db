"""The state of sharing on the results page: the link there is, and what readers said."""

from __future__ import annotations

from dataclasses import dataclass, field

import reflex as rx

from interview_coach.accounts.schemas import CurrentUser
from interview_coach.accounts.state import SessionState
from interview_coach.feedback.report import read_report
from interview_coach.interviews.lobby_state import interview_of_path
from interview_coach.interviews.page_state import ask_database
from interview_coach.kit.clock import iso
from interview_coach.kit.errors import CoachError
from interview_coach.reports import sharing
from interview_coach.reports.shared_view import SaidView, hidden_words, places_of, said
from interview_coach.runtime import runtime


@dataclass(frozen=True)
class SharingView:
    """What is shared of an interview. share_path: where the API makes and ends its link. open:
    there is a link that works; until: ISO 8601; hides, comments_open: as it was made."""

    share_path: str = ""
    open: bool = False
    until: str = ""
    hides: str = ""
    comments_open: bool = False
    comments: list[SaidView] = field(default_factory=list)


class SharingState(SessionState):
    """The link to one interview's report, and the comments on it."""

    sharing: SharingView = SharingView()

    @rx.event
    async def load(self) -> None:
        """Read what is shared of the interview in the address."""
        user = self._greet()
        interview_id = interview_of_path(self.router.url.path)
        try:
            self.sharing = await ask_database(lambda: _read(user, interview_id))
        except CoachError:
            # The page itself tells why there is nothing.
            self.sharing = SharingView()


def _read(user: CurrentUser, interview_id: str) -> SharingView:
    path = f"/api/v1/interviews/{interview_id}"
    with runtime().database.reading() as session:
        comments = sharing.comments(session, user.id, interview_id)
        link = sharing.find(session, user.id, interview_id)
        places = places_of(read_report(session, user.id, interview_id)) if comments else {}
    told = [said(each, places, f"{path}/comments/{each.id}") for each in comments]
    if link is None or link.expired:
        return SharingView(share_path=f"{path}/share", comments=told)
    return SharingView(
        share_path=f"{path}/share",
        open=True,
        until=iso(link.expires_at) or "",
        hides=hidden_words(frozenset(link.hidden)),
        comments_open=link.comments,
        comments=told,
    )
