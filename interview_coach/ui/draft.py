"""A field for a longer text that no refresh can lose."""

from __future__ import annotations

import reflex as rx

from interview_coach.ui.scripts import script
from interview_coach.ui.values import Flag, Handler, Text

_passes_dictionary = rx.event.passthrough_event_spec(dict)


class _DraftArea(rx.NoSSRComponent):
    """The field, its count of words, its controls."""

    library = script("draft.jsx", __name__)
    tag = "DraftArea"

    draft_key: rx.Var[str]
    label: rx.Var[str]
    placeholder: rx.Var[str]
    send_label: rx.Var[str]
    busy: rx.Var[bool]
    disabled: rx.Var[bool]
    # The `clientId` of the text that was taken last: it is then removed from the device.
    taken: rx.Var[str]
    max_length: rx.Var[int]

    # One dictionary with key, text and clientId.
    on_send: rx.EventHandler[_passes_dictionary]  # type: ignore[type-arg, valid-type]


def draft_area(
    before: rx.Component,
    after: rx.Component,
    *,
    draft_key: Text,
    label: Text,
    placeholder: Text = "",
    send_label: Text = "Send",
    busy: Flag = False,
    disabled: Flag = False,
    taken: Text,
    max_length: int,
    on_send: Handler,
) -> rx.Component:
    """Return a field whose text stays on the device under `draft_key` until it was taken.

    `before` and `after` are controls beside the send button. `on_send` gets one dictionary
    `{key, text, clientId}`; the same text sent twice has the same clientId. Set `taken` to that
    id once the text is stored; a text that was refused stays where it is.
    """
    return _DraftArea.create(
        before,
        after,
        draft_key=draft_key,
        label=label,
        placeholder=placeholder,
        send_label=send_label,
        busy=busy,
        disabled=disabled,
        taken=taken,
        max_length=max_length,
        on_send=on_send,
    )
