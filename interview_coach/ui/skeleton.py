"""Loading: the shape of what comes, never a spinner alone."""

from __future__ import annotations

import reflex as rx


def skeleton(width: str = "100%", height: str = "16px", *, top: str = "0") -> rx.Component:
    """Return one grey line or block, in CSS lengths."""
    return rx.el.span(class_name="sk", style={"width": width, "height": height, "margin_top": top})


def loading(*children: rx.Component, label: str = "Loading") -> rx.Component:
    """Return the children as one region that tells screen readers that it is loading."""
    return rx.el.div(
        rx.el.span(label, class_name="sr", role="status"),
        *children,
        aria_busy="true",
        class_name="loading",
    )


def skeleton_card(lines: int = 3, *, class_name: str = "") -> rx.Component:
    """Return a card with a title, a figure and some lines."""
    return rx.el.div(
        skeleton("40%", "12px"),
        skeleton("30%", "32px", top="12px"),
        *(
            skeleton("70%" if line == lines - 1 else "100%", "6px", top="20px")
            for line in range(lines)
        ),
        class_name=f"card {class_name}".strip(),
    )


def skeleton_stats(count: int = 4) -> rx.Component:
    """Return a row of stat cards as they load."""
    return rx.el.div(
        *(
            rx.el.div(
                skeleton("50%", "12px", top="4px"),
                skeleton("36%", "28px", top="10px"),
                skeleton("64%", "10px", top="10px"),
                class_name="card c3",
            )
            for _ in range(count)
        ),
        class_name="grid",
    )


def skeleton_rows(count: int = 5) -> rx.Component:
    """Return a framed list as it loads."""
    return rx.el.div(
        *(
            rx.el.div(
                skeleton("24px", "24px"),
                skeleton(f"{60 - 8 * (row % 3)}%", "14px"),
                skeleton("64px", "14px"),
                class_name="sk-row",
            )
            for row in range(count)
        ),
        class_name="card card-0",
    )
