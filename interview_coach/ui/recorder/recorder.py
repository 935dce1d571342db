"""Reflex wrappers of the recorder. All sound stays in the browser; only coarse events come here.

The components are drawn in the browser only: until their script has loaded they draw nothing, so
the page around them reserves the height (about 430 px for the recorder, 180 px for the check).
Recordings go from the page straight to the REST API, never through the page's own websocket.
"""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Flag, Handler, Number, Text

# Every module that another one imports has to be an asset: Reflex links only what is named here.
_MODULES = (
    "audio_meter.js",
    "caption_sources.js",
    "chunk_store.js",
    "indexed_db_tables.js",
    "level_meter.jsx",
    "live_captions.jsx",
    "memory_tables.js",
    "microphone.js",
    "playback.js",
    "question_lock.js",
    "recorder.css",
    "recorder_controls.jsx",
    "recorder_frame.jsx",
    "recorder_hooks.js",
    "recorder_icons.jsx",
    "recorder_keys.js",
    "recorder_words.js",
    "recording_session.js",
    "sha256.js",
    "take_recorder.js",
    "upload_requests.js",
    "uploader.js",
)
for _module in _MODULES:
    script(_module, __name__)

_passes_dictionary = rx.event.passthrough_event_spec(dict)


class Recorder(rx.NoSSRComponent):
    """The recorder of one question: frame, controls, keys, keeping and sending.

    on_phase gives phase, questionId, answerId, seconds and reason; on_sent gives answerId,
    questionId, interviewId and seconds; the others give questionId.
    """

    library = script("recorder.jsx", __name__)
    tag = "Recorder"

    interview_id: rx.Var[str]
    # The id of the interview's own question, as it stands in the interview's `questions`.
    question_id: rx.Var[str]
    limit_guide_seconds: rx.Var[int]
    # Number of the take to be recorded; shown from the second one on.
    take: rx.Var[int]
    disabled: rx.Var[bool]
    keys_enabled: rx.Var[bool]
    captions: rx.Var[bool]
    language: rx.Var[str]
    api_base: rx.Var[str]

    on_phase: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]
    on_sent: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]
    on_type_instead: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]
    on_skip: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]
    on_next: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]


class MicrophoneCheck(rx.NoSSRComponent):
    """Permission, device, level, codec and a five-second test with playback.

    on_ready gives ready, heard and reason; on_type_instead gives reason.
    """

    library = script("microphone_check.jsx", __name__)
    tag = "MicrophoneCheck"

    on_ready: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]
    on_type_instead: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]


class WaitingAnswers(rx.NoSSRComponent):
    """Sends what an earlier page left behind; a notice while something waits, else nothing.

    on_sent gives answerId, questionId, interviewId and seconds.
    """

    library = script("waiting_answers.jsx", __name__)
    tag = "WaitingAnswers"

    interview_id: rx.Var[str]
    api_base: rx.Var[str]

    on_sent: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]


def recorder(
    *children: rx.Component,
    interview_id: Text,
    question_id: Text,
    limit_guide_seconds: Number = 120,
    take: Number = 1,
    disabled: Flag = False,
    keys_enabled: Flag = True,
    captions: Flag = False,
    language: Text = "en",
    **events: Handler,
) -> rx.Component:
    """Return the recorder of one question.

    `captions` shows tentative words while one speaks, of the `language` (ISO 639-1) that is spoken;
    `children` are drawn at the foot of its frame. `disabled` (a paused interview)
    pauses a running recording and lets nothing be started or sent. `keys_enabled` is False while a
    dialog is open. `limit_guide_seconds` is shown beside the clock and never ends anything; 0
    shows no clock at all.

    Events: `on_phase`, `on_sent`, `on_type_instead`, `on_skip`, `on_next`, each with a dictionary.
    The controls for typing, skipping and going on are drawn only when their event is handled.
    Phases: idle, asking, recording, paused, review, uploading, sent, offline, failed, refused,
    no_microphone, unsupported.
    """
    return Recorder.create(
        *children,
        interview_id=interview_id,
        question_id=question_id,
        limit_guide_seconds=limit_guide_seconds,
        take=take,
        disabled=disabled,
        keys_enabled=keys_enabled,
        captions=captions,
        language=language,
        **events,
    )


def microphone_check(**events: Handler) -> rx.Component:
    """Return the lobby's microphone check.

    Events: `on_ready` with `{ready, heard, reason}` whenever one of them changes; reason is empty
    or one of refused, missing, busy, unknown, insecure, unsupported. `on_type_instead` with
    `{reason}`; its button is drawn only when it is handled.
    """
    return MicrophoneCheck.create(**events)


def waiting_answers(interview_id: Text = "", **events: Handler) -> rx.Component:
    """Return the notice about answers that wait on this device, for any page of a candidate.

    Its presence alone makes them go out. With `interview_id` it speaks of that interview only.
    Event: `on_sent` with `{answerId, questionId, interviewId, seconds}`.
    """
    return WaitingAnswers.create(interview_id=interview_id, **events)
