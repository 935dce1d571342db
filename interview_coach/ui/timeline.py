"""One answer over time: waveform, words and marks on a canvas with a player, and its words."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Flag, Number, Text

_LIBRARY = script("timeline.jsx", __name__)
_WORDS = script("timeline_words.jsx", __name__)
for _imported in (
    "dialog.jsx",
    "preferences.js",
    "send.js",
    "timeline_bar.jsx",
    "timeline_data.js",
    "timeline_drawing.js",
    "timeline_overview.js",
    "timeline_table.jsx",
    "window.jsx",
):
    script(_imported, __name__)


class _Timeline(rx.Component):
    """The instrument."""

    library = _LIBRARY
    tag = "Timeline"

    src: rx.Var[str]
    audio_src: rx.Var[str]
    revision: rx.Var[str]
    label: rx.Var[str]
    player_id: rx.Var[str]
    duration: rx.Var[float]


class _TimelineWords(rx.Component):
    """The words."""

    library = _WORDS
    tag = "TimelineWords"

    player_id: rx.Var[str]
    audible: rx.Var[bool]


class _UncertainWords(rx.Component):
    """The list of them."""

    library = _WORDS
    tag = "UncertainWords"

    player_id: rx.Var[str]
    field_id: rx.Var[str]


def timeline(
    src: Text,
    *,
    audio_src: Text,
    label: Text,
    player_id: Text,
    revision: Text = "",
    duration: Number = 0,
    **props: Any,
) -> rx.Component:
    """Return an answer over time: player, overview, lanes, and the same as a table.

    `src` is the path of its data: `words`, `pauses`, `fillers`, `repeats`, `story` and `lanes` as
    the API tells them. It is read again when `revision` changes. Without `audio_src` it is shown
    and cannot be played. `play_at` buttons and `timeline_words` with the same `player_id` belong
    to it. Its keys work in the whole page: space, arrows, brackets, plus and minus, question mark.
    The page's address may name a second to begin at: `?at=12.3`.
    """
    return _Timeline.create(
        src=src,
        audio_src=audio_src,
        label=label,
        player_id=player_id,
        revision=revision,
        duration=duration,
        **props,
    )


def timeline_words(player_id: Text, *, audible: Flag, **props: Any) -> rx.Component:
    """Return the words of the timeline `player_id` with their marks, by parts of the story.

    Each can be pressed to hear it where there is something to hear (`audible`).
    """
    return _TimelineWords.create(player_id=player_id, audible=audible, **props)


def uncertain_words(player_id: Text, field_id: Text) -> rx.Component:
    """Return the words the recogniser was not sure of, for correcting them in a text field.

    Each is heard and marked in the field `field_id` when it is pressed. Nothing where there are
    none.
    """
    return _UncertainWords.create(player_id=player_id, field_id=field_id)
