"""A number from 0 to 100 that somebody gives, or would rather not."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Handler, Text

_passes_number = rx.event.passthrough_event_spec(int)


class _RatingSlider(rx.Component):
    """The slider with its buttons."""

    library = script("rating.jsx", __name__)
    tag = "RatingSlider"

    label: rx.Var[str]
    low: rx.Var[str]
    high: rx.Var[str]
    save_label: rx.Var[str]
    skip_label: rx.Var[str]
    # The specification of the event is a function, which type checkers do not take as a type.
    on_rate: rx.EventHandler[_passes_number]  # type: ignore[type-arg, valid-type]
    on_skip: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def rating_slider(
    label: Text,
    *,
    low: Text,
    high: Text,
    save_label: Text,
    skip_label: Text,
    on_rate: Handler,
    on_skip: Handler,
) -> rx.Component:
    """Return a slider from 0 to 100 that is not set until it is moved, with a way past it.

    `low` and `high` say what its ends mean. `on_rate` gets the number, `on_skip` nothing.
    """
    return _RatingSlider.create(
        label=label,
        low=low,
        high=high,
        save_label=save_label,
        skip_label=skip_label,
        on_rate=on_rate,
        on_skip=on_skip,
    )
