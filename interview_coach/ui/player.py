"""Playing a recording, and buttons that play it from a certain second."""

from __future__ import annotations

from typing import Any

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Number, Text

_LIBRARY = script("player.jsx", __name__)


class _AudioPlayer(rx.Component):
    """The player."""

    library = _LIBRARY
    tag = "AudioPlayer"

    src: rx.Var[str]
    label: rx.Var[str]
    player_id: rx.Var[str]
    peaks: rx.Var[list[float]]
    duration: rx.Var[float]


class _PlayAt(rx.Component):
    """The button beside a quote."""

    library = _LIBRARY
    tag = "PlayAt"

    player_id: rx.Var[str]
    seconds: rx.Var[float]
    label: rx.Var[str]


def audio_player(
    src: Text,
    *,
    label: Text,
    player_id: Text = "",
    peaks: Any = (),
    duration: Number = 0,
    **props: Any,
) -> rx.Component:
    """Return a player for the sound at the path `src`.

    `label` says which recording it is ("Answer 2, take 1"). `peaks` are loudness values from 0 to
    1 from start to end (about 120 are enough); without them a plain bar shows the position.
    `duration` in seconds holds until the browser knows better.
    """
    return _AudioPlayer.create(
        src=src,
        label=label,
        player_id=player_id,
        peaks=peaks if isinstance(peaks, rx.Var) else list(peaks),
        duration=duration,
        **props,
    )


def play_at(player_id: Text, seconds: Number, label: Text) -> rx.Component:
    """Return the small button with a time that makes the player `player_id` play from there."""
    return _PlayAt.create(player_id=player_id, seconds=seconds, label=label)
