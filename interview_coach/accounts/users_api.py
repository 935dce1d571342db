"""Routes of the user who asks: profile and preferences."""

from __future__ import annotations

from fastapi import APIRouter, Request

from interview_coach.accounts import profile
from interview_coach.accounts.access import SignedIn
from interview_coach.accounts.schemas import PreferencesView, ProfileChange, UserView
from interview_coach.api.limits import client_address
from interview_coach.api.problems import problem_responses
from interview_coach.runtime import runtime

router = APIRouter(prefix="/users/me", tags=["users"])
_READS = problem_responses(401, 429)
_WRITES = problem_responses(401, 422, 429)


@router.get("", responses=_READS)
def me(user: SignedIn) -> UserView:
    """The profile of the signed-in user."""
    with runtime().database.reading() as session:
        return profile.profile(session, user.id)


@router.put("", responses=_WRITES)
def change_me(given: ProfileChange, user: SignedIn, request: Request) -> UserView:
    """Set the whole profile; what is left out is emptied."""
    with runtime().database.writing() as session:
        return profile.change_profile(session, user.id, given, client_address(request))


@router.get("/preferences", responses=_READS)
def preferences(user: SignedIn) -> PreferencesView:
    """How the user wants the product to be; the defaults until they have said so."""
    with runtime().database.reading() as session:
        return profile.preferences(session, user.id)


@router.put("/preferences", responses=_WRITES)
def change_preferences(given: PreferencesView, user: SignedIn, request: Request) -> PreferencesView:
    """Set all preferences; what is left out has its default again."""
    with runtime().database.writing() as session:
        return profile.change_preferences(session, user.id, given, client_address(request))
