"""The settings page says what the server has in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest

from interview_coach.accounts import settings_view as view
from interview_coach.accounts.schemas import (
    ExperienceLevel,
    ExportStatus,
    ExportView,
    FeedbackTone,
    Language,
    Motion,
    PersonalTokenView,
    PreferencesView,
    Scope,
    SessionView,
    SpeechProfile,
    Theme,
    UserView,
)
from interview_coach.kit.clock import now

LATER = now() + timedelta(days=3)


def _user(**changes: object) -> UserView:
    known = {
        "id": "u",
        "email": "a@example.org",
        "email_verified": False,
        "full_name": "Ann Bee",
        "role": "user",
        "created_at": now(),
    }
    return UserView.model_validate({**known, **changes})


def _export(status: ExportStatus, **changes: object) -> ExportView:
    known = {"id": "e", "status": status, "created_at": now()}
    return ExportView.model_validate({**known, **changes})


@pytest.mark.parametrize(
    ("choices", "allowed"),
    [
        (view.THEMES, Theme),
        (view.MOTIONS, Motion),
        (view.TONES, FeedbackTone),
        (view.SPEECH_PROFILES, SpeechProfile),
        (view.LANGUAGES, Language),
        (view.SCOPES, Scope),
        (view.LEVELS[1:], ExperienceLevel),
    ],
)
def test_every_choice_of_the_api_is_offered_and_no_other(
    choices: tuple[tuple[str, str], ...], allowed: object
) -> None:
    assert {value for value, _ in choices} == set(allowed.__args__)  # type: ignore[attr-defined]


def test_the_forms_have_a_value_for_every_field_of_the_api() -> None:
    assert set(view.preference_values(PreferencesView())) == set(PreferencesView.model_fields)
    assert view.profile_values(_user())["headline"] == ""


@pytest.mark.parametrize(
    ("operator", "words"), [(None, "until you delete them"), (1, "for 1 day"), (30, "for 30 days")]
)
def test_an_empty_retention_says_what_the_operator_set(operator: int | None, words: str) -> None:
    assert words in view.account_view(_user(), "AB", operator).retention_note


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1000, "1.0 kB"),
        (9_949, "9.9 kB"),
        (999_400, "999 kB"),
        (999_999, "1.0 MB"),
        (4_213_111, "4.2 MB"),
        (7_300_000_000_000, "7300 GB"),
    ],
)
def test_sizes_are_short(size: int, words: str) -> None:
    assert view.size_words(size) == words


@pytest.mark.parametrize("status", ["waiting", "running"])
def test_an_export_on_its_way_is_pending_and_cannot_be_fetched(status: ExportStatus) -> None:
    row = view.export_row(_export(status))
    assert (row.pending, row.ready, row.failed) == (True, False, False)


def test_a_failed_export_says_why_or_what_to_do() -> None:
    assert view.export_row(_export("failed", error="The disk is full.")).note == "The disk is full."
    assert "Try again" in view.export_row(_export("failed")).note


def test_a_finished_export_is_ready_only_while_its_file_is_there() -> None:
    there = _export("done", size=1000, download_url="/file", expires_at=LATER, finished_at=now())
    assert view.export_row(there).ready
    assert not view.export_row(there.model_copy(update={"download_url": None})).ready


def test_a_device_without_an_address_says_so() -> None:
    session = SessionView(
        id="s",
        device="Firefox on Linux",
        address=None,
        current=False,
        created_at=now(),
        last_seen_at=now(),
        expires_at=LATER,
    )
    row = view.device_row(session)
    assert row.address == "address not known"
    assert row.end_path == "/api/v1/auth/sessions/s"
    assert row.spoken == "Sign out Firefox on Linux"


def test_a_token_tells_what_it_may_and_whether_its_time_is_over() -> None:
    token = PersonalTokenView(
        id="t",
        name="Backup",
        scopes=["read", "write"],
        created_at=now(),
        last_used_at=None,
        expires_at=now() - timedelta(days=1),
    )
    row = view.token_row(token)
    assert row.allows == "read, change and delete"
    assert row.used_at == ""
    assert row.expired
