"""What a browser may send with a page event: what is not of the handler's type is refused by the
guard, and nothing that passes it makes a handler fail."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import pytest
import reflex as rx

import interview_coach.pages  # noqa: F401  registers the states of all pages
from interview_coach.accounts.event_arguments import fits
from interview_coach.accounts.state import SessionState
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.interviews import STRONG_ANSWER, new_interview, typed_answer
from tests.support.outages import database_away, tell_until, watching
from tests.support.pages import current_user, page_state, sent_by
from tests.support.workers import work

BASE = "reflex___state____state.interview_coach___accounts___state____session_state"
BROWSE = f"{BASE}.interview_coach___interviews___browse_state____browse_state"
RESULTS = f"{BASE}.interview_coach___feedback___state____results_state"


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        (f"{BROWSE}.search", {"words": "caching"}),
        (f"{BROWSE}.choose", {"name": "kind", "value": ""}),
        (f"{BROWSE}.go_to", {"page": 2}),
        (f"{BROWSE}.go_to", {"page": "2"}),
        (f"{BROWSE}.choose_none", {}),
        (f"{RESULTS}.save_words", {"form": {"words": "What I said."}}),
    ],
)
def test_what_pages_send_fits(event: str, payload: dict[str, Any]) -> None:
    assert fits(event, payload)


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        (f"{BROWSE}.search", {}),
        (f"{BROWSE}.search", {"words": 7}),
        (f"{BROWSE}.search", {"words": None}),
        (f"{BROWSE}.search", {"words": "a\x00b"}),
        (f"{BROWSE}.search", {"words": "a\ud800b"}),
        (f"{BROWSE}.search", {"words": "caching", "more": 1}),
        (f"{BROWSE}.choose", {"name": "kind"}),
        (f"{BROWSE}.choose_none", {"self": 1}),
        (f"{BROWSE}.go_to", {"page": 2.5}),
        (f"{BROWSE}.go_to", {"page": 2**53}),
        (f"{BROWSE}.go_to", {"page": "9" * 17}),
        (f"{BROWSE}.go_to", {"page": "\u00b2"}),
        (f"{RESULTS}.save_words", {"form": ["words"]}),
    ],
)
def test_what_no_page_sends_does_not_fit(event: str, payload: dict[str, Any]) -> None:
    assert not fits(event, payload)


def _states(kind: type[Any]) -> Iterator[type[Any]]:
    for each in kind.get_substates():
        if issubclass(each, SessionState):
            yield each
        yield from _states(each)


def _junk(ids: dict[str, str]) -> list[Any]:
    """Values of every type, the ids of things that are there among them."""
    odd: list[Any] = [None, [], {}, 7, "x\x00y", "x" * 50_000]
    events = [{**ids, name: value} for name in ids for value in odd]
    forms = [{name: value} for name in ("words", "text", "count", "role", "key") for value in odd]
    places = [{"phase": value, "clientId": value, "key": value} for value in odd]
    return [*odd, -1, 0, 1, 10**9, 1.5, True, "", *ids.values(), ids, *events, *forms, *places]


async def _ran(found: Any) -> None:
    if inspect.isasyncgen(found):
        async for _event in found:
            pass
    elif inspect.isawaitable(found):
        await found


async def test_nothing_that_fits_makes_a_handler_fail(house: Runtime, api: Api) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    work(house)
    place = f"/interview/{interview['id']}"
    addresses = {
        "AnswerState": f"{place}/answer/{answer}",
        "ResultsState": f"{place}/results",
        "VersionState": f"{place}/results",
        "LobbyState": f"{place}/lobby",
    }
    question = interview["questions"][0]["id"]
    junk = _junk({"interviewId": interview["id"], "questionId": question, "answerId": answer})
    sent = refused = 0
    with sent_by(current_user(api)):
        for kind in _states(rx.State):
            for name, handler in kind.event_handlers.items():
                arguments = list(inspect.signature(handler.fn).parameters)[1:]
                if name == "setvar" or handler.is_background or not arguments:
                    continue
                state: Any = await page_state(kind, addresses.get(kind.__name__, place))
                opening = next(
                    (each for each in ("load", "enter", "arrive") if hasattr(state, each)), ""
                )
                if opening:
                    await _ran(getattr(state, opening)())
                for value in junk:
                    if not fits(f"{kind.get_full_name()}.{name}", dict.fromkeys(arguments, value)):
                        refused += 1
                        continue
                    if hasattr(state, "editing"):
                        state.editing = answer if isinstance(state.editing, str) else True
                    await _ran(handler.fn(state, *[value] * len(arguments)))
                    sent += 1
    assert sent > 300
    assert refused > 300


@pytest.mark.parametrize("page", ["RoomState", "ResultsState", "AnswerState"])
async def test_a_page_is_told_no_more_once_its_sign_in_has_ended(
    page: str, house: Runtime, api: Api
) -> None:
    interview = new_interview(api)
    answer = typed_answer(api, interview, 0, STRONG_ANSWER)
    place = f"/interview/{interview['id']}"
    rest = {"ResultsState": "/results", "AnswerState": f"/answer/{answer}"}.get(page, "")
    kind = next(each for each in _states(rx.State) if each.__name__ == page)
    with sent_by(current_user(api)):
        state: Any = await page_state(kind, place + rest)
        opening = "enter" if page == "RoomState" else "load"
        with database_away(house):
            await _ran(getattr(state, opening)())
        async with watching(house, state) as watcher:
            await tell_until(house, interview["id"], lambda: state.loaded, "the page opens")
            assert not watcher.done()
            assert api.post("/api/v1/auth/logout").status_code == 204
            await tell_until(house, interview["id"], watcher.done, "the watcher has ended")
