"""Whether what a browser sent with a page event is what its handler takes.

Reflex hands an argument on as it came when it is not of the handler's type, so that every handler
would have to look at each of its own.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, get_origin, get_type_hints

import reflex as rx

# What a number in a browser can hold exactly.
_LARGEST = 2**53
_LONGEST_NUMBER = 17


def fits(event_name: str, payload: Mapping[str, Any]) -> bool:
    """Whether all arguments of an event are there, no other ones, each of its type."""
    takes = _takes(event_name)
    wanted = {name for name, (_, optional) in takes.items() if not optional}
    return wanted <= set(payload) <= set(takes) and all(
        _is_of(takes[name][0], value) for name, value in payload.items()
    )


@cache
def _takes(event_name: str) -> dict[str, tuple[Any, bool]]:
    """The arguments of a handler: type, and whether it can be left out."""
    place, _, handler = event_name.rpartition(".")
    function: Callable[..., Any] = rx.State.get_class_substate(place).event_handlers[handler].fn
    hints = get_type_hints(function)
    arguments = list(inspect.signature(function).parameters.values())[1:]
    return {
        each.name: (hints.get(each.name, Any), each.default is not each.empty) for each in arguments
    }


def _is_of(kind: Any, value: Any) -> bool:
    if kind is str:
        return isinstance(value, str) and _can_be_kept(value)
    if kind is int:
        if isinstance(value, str):  # of a field; Reflex makes a number of it
            return value.isascii() and value.isdecimal() and len(value) < _LONGEST_NUMBER
        return isinstance(value, int) and abs(value) < _LARGEST
    known = get_origin(kind) or kind
    return not isinstance(known, type) or isinstance(value, known)


def _can_be_kept(text: str) -> bool:
    """No database takes a zero byte or half of a surrogate pair."""
    return "\x00" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
