"""What components take: plain values or Reflex Vars, told apart in one place.

A plain value is settled while the page is built and leaves no code behind; a Var becomes
`rx.cond`, so that the browser settles it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

import reflex as rx

Text: TypeAlias = str | rx.Var[str]
Flag: TypeAlias = bool | rx.Var[bool]
# A number, or a Var of one; state that may lack it is typed `float | None` and checked before use.
Number: TypeAlias = Any
# A view object (dataclass), or a Var of one: both answer to attribute access with the same names.
View: TypeAlias = Any
Handler: TypeAlias = Any


def choose(condition: object, yes: Any, no: Any) -> Any:
    """Return `yes` or `no` now for a plain condition, or an `rx.cond` of both for a Var."""
    if isinstance(condition, rx.Var):
        return rx.cond(condition, yes, no)
    return yes if condition else no


def maybe(value: object, draw: Callable[[], rx.Component]) -> rx.Component:
    """Return `draw()` when `value` is there and not empty, else nothing.

    For a Var both ways are built, and the browser shows the right one.
    """
    if isinstance(value, rx.Var):
        return rx.cond(value, draw(), rx.fragment())
    return draw() if value else rx.fragment()


def each(items: Any, draw: Callable[[Any], rx.Component]) -> list[rx.Component]:
    """Return the drawn items, as children to spread: one `rx.foreach` for a Var."""
    if isinstance(items, rx.Var):
        return [rx.foreach(items, draw)]
    return [draw(item) for item in items]


def number(value: Number) -> Number:
    """Return a value that one can calculate with; a Var is told that it is a number."""
    return value.to(float) if isinstance(value, rx.Var) else value


def attribute(value: Number) -> Any:
    """Return a number as the text of a drawing's attribute, with no more digits than needed."""
    return f"{value}" if isinstance(value, rx.Var) else f"{value:g}"


def outer(props: dict[str, Any], *classes: Text) -> dict[str, Any]:
    """Return props for the outer element: our classes first, then the caller's `class_name`."""
    given = props.pop("class_name", "")
    named = [name for name in (*classes, given) if isinstance(name, rx.Var) or name]
    return {**props, "class_name": named} if named else props


def heading_id(title: Text, wanted: str = "") -> str:
    """Return an element id for a heading: `wanted`, or one made of a plain title.

    Raises ValueError when the title is a Var and no id is given, since ids must stay the same.
    """
    if wanted:
        return wanted
    if isinstance(title, rx.Var):
        raise ValueError("a title from state needs heading_id")
    letters = (letter if letter.isalnum() else "-" for letter in title.lower())
    return "sec-" + "-".join(part for part in "".join(letters).split("-") if part)
