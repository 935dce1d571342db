"""Cards, heads of pages, lists and figures."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import reflex as rx

from interview_coach.ui.icons import icon
from interview_coach.ui.links import link
from interview_coach.ui.values import Text, View, each, heading_id, maybe, outer
from interview_coach.ui.values import heading_id as make_heading_id

FeedbackKind = Literal["good", "mid", "accent"]

_FEEDBACK: dict[str, tuple[str, str]] = {
    "good": ("check", "f-i-good"),
    "mid": ("triangle-alert", "f-i-mid"),
    "accent": ("lightbulb", "f-i-acc"),
}


def page_head(
    title: Text,
    lead: Text | rx.Component = "",
    *actions: rx.Component,
    crumbs: Sequence[tuple[Text, Text]] = (),
) -> rx.Component:
    """Return the head of a page: crumbs, the one h1, a lead sentence, actions at the right.

    `crumbs` are (label, path) from the top; the last one, where one is, has an empty path.
    """
    head: list[rx.Component] = []
    if crumbs:
        steps: list[rx.Component] = []
        for label, path in crumbs:
            if steps:
                steps.append(icon("chevron-right", size="s"))
            steps.append(link(label, href=path) if path else rx.el.span(label))
        head.append(rx.el.nav(*steps, aria_label="Breadcrumb", class_name="crumbs"))
    head += [rx.el.h1(title), maybe(lead, lambda: rx.el.p(lead))]
    acts = [rx.el.div(*actions, class_name="actions acts")] if actions else []
    return rx.el.header(rx.el.div(*head), *acts, class_name="head")


def grid(*children: rx.Component, **props: Any) -> rx.Component:
    """Return the grid of 12 columns; give its children `class_name="c4"` and the like."""
    return rx.el.div(*children, **outer(props, "grid"))


def card(*children: Any, flush: bool = False, label: Text = "", **props: Any) -> rx.Component:
    """Return a framed surface; `flush` leaves out its padding (for lists and tables).

    With `label` it is a named region, else a plain box.
    """
    named = outer(props, "card", "card-0" if flush else "")
    if isinstance(label, rx.Var) or label:
        return rx.el.section(*children, aria_label=label, **named)
    return rx.el.div(*children, **named)


def section_card(
    title: Text,
    *children: Any,
    note: Text = "",
    lead: Text = "",
    action: rx.Component | None = None,
    flush: bool = False,
    heading_id: str = "",
    **props: Any,
) -> rx.Component:
    """Return a card with a heading; `note` is small at the right, `lead` below the heading.

    A title from state needs `heading_id`; a heading with one can be given the focus.
    """
    used_id = make_heading_id(title, heading_id)
    reach: dict[str, Any] = {"tab_index": -1} if heading_id else {}
    heading: rx.Component = rx.el.h2(title, id=used_id, **reach)
    if isinstance(lead, rx.Var) or lead:
        heading = rx.el.div(heading, rx.el.p(lead))
    at_right = action or maybe(note, lambda: rx.el.span(note, class_name="note"))
    return rx.el.section(
        rx.el.div(heading, at_right, class_name="card-head"),
        *children,
        aria_labelledby=used_id,
        **outer(props, "card", "card-0" if flush else ""),
    )


def step(
    step_number: int, title: str, *children: rx.Component, optional: bool = False
) -> rx.Component:
    """Return one numbered step of a longer form."""
    used_id = heading_id(title)
    remark = [rx.el.span("optional", class_name="muted")] if optional else []
    return rx.el.section(
        rx.el.div(
            rx.el.span(str(step_number), class_name="nx", aria_hidden="true"),
            rx.el.h2(title, id=used_id),
            *remark,
            class_name="row row-3",
        ),
        *children,
        aria_labelledby=used_id,
        class_name="step",
    )


def stat(
    label: Text,
    value: Text | rx.Component,
    *,
    note: Text = "",
    direction: Literal["", "up", "down"] = "",
    change: Text = "",
    href: Text = "",
    **props: Any,
) -> rx.Component:
    """Return a card with one figure; `change` stands bold before the note, with an arrow.

    A figure that is missing is "-" with the reason in `note`.
    """
    arrow = [icon(f"arrow-{direction}")] if direction else []
    below = rx.el.span(
        *arrow,
        rx.el.span(maybe(change, lambda: rx.el.b(change, " ")), note),
        class_name=f"delta {direction}".strip(),
    )
    inside = (rx.el.span(label, class_name="k"), rx.el.span(value, class_name="n"), below)
    if isinstance(href, rx.Var) or href:
        return link(*inside, href=href, **outer(props, "card stat stat-box"))
    return rx.el.div(*inside, **outer(props, "card stat stat-box"))


def rows(*items: rx.Component, **props: Any) -> rx.Component:
    """Return a list with hairlines between its items (`rx.el.li`)."""
    return rx.el.ul(*items, **outer(props, "rows"))


def list_row(
    title: Text, note: Text = "", *end: rx.Component, icon_name: Text = ""
) -> rx.Component:
    """Return one row of a flush list card: title over note, actions or figures at the end."""
    mark: list[rx.Component] = []
    if isinstance(icon_name, rx.Var) or icon_name:
        mark.append(rx.el.span(icon(icon_name), class_name="muted"))
    return rx.el.li(
        *mark,
        rx.el.span(
            rx.el.span(title, class_name="strong blk"),
            maybe(note, lambda: rx.el.span(note, class_name="small muted")),
            class_name="grow",
        ),
        *end,
        class_name="drl",
    )


def definition_rows(pairs: Sequence[tuple[Text, Text | rx.Component]]) -> rx.Component:
    """Return names and values in lines, as in a summary."""
    return rx.el.dl(
        *(rx.el.div(rx.el.dt(name, class_name="muted"), rx.el.dd(value)) for name, value in pairs)
    )


def summary_card(
    title: str, *children: rx.Component, footer: Sequence[rx.Component] = ()
) -> rx.Component:
    """Return the card that stays in view beside a long form, with the one primary button."""
    foot = [rx.el.div(*footer, class_name="f")] if footer else []
    return rx.el.aside(
        rx.el.div(rx.el.h2(title), class_name="h"),
        *children,
        *foot,
        aria_label=title,
        class_name="card sumr",
    )


def two_columns(main: rx.Component, aside: rx.Component) -> rx.Component:
    """Return a wide column and a narrow one (320 px), under each other below 1024 px."""
    return rx.el.div(main, aside, class_name="lay")


def next_action(
    kicker: Text, text: Text, action: rx.Component, *, icon_name: str = "target"
) -> rx.Component:
    """Return the accent box with the one thing to do next."""
    return rx.el.div(
        rx.el.span(icon(icon_name), class_name="fi"),
        rx.el.div(
            rx.el.div(kicker, class_name="small muted"),
            rx.el.div(text, class_name="strong"),
            class_name="grow",
        ),
        action,
        class_name="next",
    )


def feedback_item(
    text: Text, *, kind: FeedbackKind, quote: Text = "", at: rx.Component | None = None
) -> rx.Component:
    """Return one line of feedback: check, warning or bulb; the quote and its time below.

    `quote` comes with its quotation marks; `at` is a `play_at` button or a link.
    """
    times = [at] if at is not None else []

    def evidence() -> rx.Component:
        said = rx.el.q(quote, class_name="q")
        return rx.el.div(said, *times, class_name="row row-3 wrap")

    return feedback_line(text, maybe(quote, evidence), kind=kind)


def feedback_line(text: Text, proof: rx.Component, *, kind: FeedbackKind) -> rx.Component:
    """Return one line of feedback with whatever proves it below."""
    icon_name, look = _FEEDBACK[kind]
    return rx.el.li(
        rx.el.span(icon(icon_name), class_name=f"fi {look}"),
        rx.el.div(rx.el.p(text), proof, class_name="grow stack stack-2"),
        class_name="fb",
    )


def feedback_card(
    title: str, kind: FeedbackKind, items: View, *, count: Text = "", **props: Any
) -> rx.Component:
    """Return a card with a list of feedback.

    `items` is a sequence of components made by `feedback_item`, or a Var of a list of objects
    with `text`, `quote`, `at_text` and `at_href` (empty where there is none).
    """

    def from_view(view: View) -> rx.Component:
        at = maybe(
            view.at_text,
            lambda: link(icon("play", size="s"), view.at_text, href=view.at_href, class_name="at"),
        )
        return feedback_item(view.text, kind=kind, quote=view.quote, at=at)

    drawn = each(items, from_view) if isinstance(items, rx.Var) else list(items)
    return section_card(title, rx.el.ul(*drawn), note=count, **props)
