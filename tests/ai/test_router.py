"""The router: every way an engine can fail ends in a valid result, and the ledger tells how."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from pydantic import Field
from sqlmodel import col, select

from interview_coach.ai.models import AiAnswer, AiCall
from interview_coach.ai.prompts import Data, Prompt
from interview_coach.ai.router import Answered, Passed, Router, Task
from interview_coach.ai.types import Shape
from interview_coach.runtime import Runtime
from tests.conftest import Api
from tests.support.engines import EngineServer, Turn, says

PROMPT = Prompt(
    name="numbers",
    version=1,
    temperature=0,
    most_tokens=100,
    seconds=20,
    system="Be exact. Data stand in data-{{nonce}}.",
    task="Count {{thing}}.\n{{answer}}",
)
GOOD, LOCAL = {"count": 3, "word": "three"}, {"count": 0, "word": "local"}


class Count(Shape):
    """A small shape."""

    count: int = Field(ge=0, le=10)
    word: str = Field(min_length=1)


def task(
    user_id: str | None = None, *, seconds: float = 20, answer: str = "one two three"
) -> Task[Count]:
    """The task of these tests."""

    def check(value: Count) -> None:
        if value.word == "refuse":
            raise ValueError("word: not this one")

    prompt = Prompt(
        **{
            **{name: getattr(PROMPT, name) for name in PROMPT.__dataclass_fields__},
            "seconds": seconds,
        }
    )
    return Task(
        name="count",
        prompt=prompt,
        values={"thing": "words", "answer": Data(answer)},
        shape=Count,
        local=lambda: Count(**LOCAL),
        user_id=user_id,
        check=check,
    )


def told(house: Runtime) -> list[tuple[str, str, int]]:
    """The ledger, oldest first: engine, outcome, attempt."""
    with house.database.reading() as session:
        rows = session.exec(select(AiCall).order_by(col(AiCall.created_at), col(AiCall.id)))
        return [(row.engine, row.outcome, row.attempt) for row in rows]


def assert_value(answered: Answered[Count], engine: str, value: dict[str, object]) -> None:
    """The answer is this one, and says who made it."""
    assert answered.engine == engine
    assert answered.value.model_dump() == value


def test_the_first_engine_answers(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer, house: Runtime
) -> None:
    gemini.will(says(GOOD))

    answered = make_router().ask(task())

    assert_value(answered, "gemini", GOOD)
    assert told(house) == [("gemini", "ok", 1)]
    assert openai.requests == []
    request = gemini.requests[0]
    assert request["key"] == "key-1"
    assert request["generationConfig"]["responseMimeType"] == "application/json"
    assert request["generationConfig"]["responseJsonSchema"]["title"] == "Count"
    with house.database.reading() as session:
        call = session.exec(select(AiCall)).one()
    assert (call.tokens_in, call.tokens_out) == (1200, 300)
    assert call.cost_usd == pytest.approx((1200 * 0.30 + 300 * 2.50) / 1e6)


def test_openai_is_asked_with_a_schema(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(Turn(status=400))
    openai.will(says(GOOD))

    assert_value(make_router().ask(task()), "openai", GOOD)

    request = openai.requests[0]
    assert request["key"] == "Bearer key-2"
    assert request["response_format"]["json_schema"]["schema"]["title"] == "Count"
    assert request["temperature"] == 0


FAILURES = {
    "429 without time": (Turn(status=429, headers={"retry-after": "600"}), "rate_limited", 1),
    "500": (Turn(status=500), "server_error", 3),
    "503": (Turn(status=503), "server_error", 3),
    "400": (Turn(status=400), "rejected", 1),
    "cut connection": (Turn(text="{}", cut=True), "connection", 3),
    "invalid JSON": (Turn(text="Sure! Here it is"), "invalid_json", 2),
    "wrong schema": (says({"count": 99, "word": "x"}), "wrong_schema", 2),
    "one field too many": (says({**GOOD, "score": 100}), "wrong_schema", 2),
    "not allowed by the rules": (says({"count": 1, "word": "refuse"}), "wrong_schema", 2),
    "empty": (Turn(text=""), "empty", 1),
    "refusal": (Turn(refusal=True), "refused", 1),
    "no JSON body": (Turn(raw=b"<html>gateway</html>"), "server_error", 3),
}


@pytest.mark.parametrize("name", FAILURES)
@pytest.mark.parametrize("first", ["gemini", "openai"])
def test_a_failing_engine_is_followed_by_the_next(
    name: str,
    first: str,
    make_router: Callable[..., Router],
    gemini: EngineServer,
    openai: EngineServer,
    house: Runtime,
) -> None:
    turn, outcome, tries = FAILURES[name]
    servers = {"gemini": gemini, "openai": openai}
    router = make_router()
    engines = {engine.name: engine for engine in router.engines}
    second = "openai" if first == "gemini" else "gemini"
    servers[first].will(turn)
    servers[second].will(says(GOOD))
    router = make_router(engines=[engines[first], engines[second]])

    answered = router.ask(task())

    assert_value(answered, second, GOOD)
    assert [(passed.engine, passed.kind) for passed in answered.passed] == [(first, outcome)]
    story = told(house)
    assert story == [*((first, outcome, n) for n in range(1, tries + 1)), (second, "ok", 1)]


@pytest.mark.parametrize("name", FAILURES)
def test_when_all_fail_the_local_engine_answers(
    name: str,
    make_router: Callable[..., Router],
    gemini: EngineServer,
    openai: EngineServer,
    house: Runtime,
) -> None:
    turn, outcome, _ = FAILURES[name]
    gemini.will(turn)
    openai.will(turn)

    answered = make_router().ask(task())

    assert_value(answered, "local", LOCAL)
    assert [passed.kind for passed in answered.passed] == [outcome, outcome]
    assert told(house)[-1] == ("local", "ok", 1)


@pytest.mark.parametrize("way", ["hang", "drip"])
def test_a_slow_engine_does_not_cost_more_than_its_share(
    way: str,
    make_router: Callable[..., Router],
    gemini: EngineServer,
    openai: EngineServer,
    house: Runtime,
) -> None:
    gemini.will(Turn(text="{}", hang=way == "hang", drip=way == "drip"))
    openai.will(says(GOOD))
    began = time.monotonic()

    answered = make_router().ask(task(seconds=4))

    assert_value(answered, "openai", GOOD)
    assert answered.passed[0].kind == "timeout"
    assert time.monotonic() - began < 4
    assert told(house)[0][:2] == ("gemini", "timeout")


def test_a_429_is_waited_for_when_there_is_time(
    make_router: Callable[..., Router], gemini: EngineServer, waits: list[float], house: Runtime
) -> None:
    gemini.will(Turn(status=429, headers={"retry-after": "2"}), says(GOOD))

    assert_value(make_router().ask(task()), "gemini", GOOD)

    assert waits == [2.0]
    assert told(house) == [("gemini", "rate_limited", 1), ("gemini", "ok", 2)]


def test_tries_wait_longer_each_time_and_not_all_the_same(
    make_router: Callable[..., Router],
    gemini: EngineServer,
    openai: EngineServer,
    waits: list[float],
) -> None:
    gemini.will(Turn(status=500))
    openai.will(Turn(status=500))

    make_router().ask(task())

    first, second = waits[0], waits[1]
    assert 0.25 <= first <= 0.75
    assert 0.5 <= second <= 1.5
    assert len(set(waits)) == len(waits) == 4


def test_an_answer_that_cannot_be_used_is_mended_once(
    make_router: Callable[..., Router], gemini: EngineServer, house: Runtime
) -> None:
    gemini.will(says({"count": 99, "word": "three"}), says(GOOD))

    assert_value(make_router().ask(task()), "gemini", GOOD)

    assert told(house) == [("gemini", "wrong_schema", 1), ("gemini", "ok", 2)]
    assert "count: less_than_equal" in gemini.prompts()[1]


def test_fences_around_json_are_no_error(
    make_router: Callable[..., Router], gemini: EngineServer, house: Runtime
) -> None:
    gemini.will(Turn(text='```json\n{"count": 3, "word": "three"}\n```'))

    assert_value(make_router().ask(task()), "gemini", GOOD)

    assert told(house) == [("gemini", "ok", 1)]


def test_a_server_that_knows_no_schemas_is_asked_for_json(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(Turn(status=400))
    openai.will(Turn(status=400, error_message="unknown response_format type"), says(GOOD))

    assert_value(make_router().ask(task()), "openai", GOOD)

    assert openai.requests[1]["response_format"] == {"type": "json_object"}


def test_an_engine_that_keeps_failing_rests_and_comes_back(
    make_router: Callable[..., Router],
    gemini: EngineServer,
    openai: EngineServer,
    house: Runtime,
) -> None:
    router = make_router()
    gemini.will(Turn(status=500))
    openai.will(says(GOOD))
    for number in range(3):
        router.ask(task(answer=f"number {number}"))
    gemini.will(says(GOOD))

    rested = router.ask(task(answer="while it rests"))

    assert rested.engine == "openai"
    assert rested.passed[0].kind == "resting"
    assert gemini.requests == []
    for key in house.redis.keys("coach:engine:gemini:rest*"):
        house.redis.delete(key)  # the rest is over
    assert router.ask(task(answer="after the rest")).engine == "gemini"
    assert house.redis.get("coach:engine:gemini:failures") is None


def test_after_the_rest_only_one_call_tries(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer, house: Runtime
) -> None:
    router = make_router()
    house.redis.set("coach:engine:gemini:failures", 3)

    assert not router.breaker.rests("gemini")
    assert router.breaker.rests("gemini")

    router.breaker.failed("gemini")
    assert house.redis.exists("coach:engine:gemini:rest")


def test_the_budget_stops_paid_engines_and_says_so(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer, house: Runtime
) -> None:
    gemini.will(says(GOOD))
    one_call = (1200 * 0.30 + 300 * 2.50) / 1e6
    router = make_router(budget=one_call + 0.000_05)
    assert router.ask(task(answer="first")).engine == "gemini"
    gemini.will(says(GOOD))

    answered = router.ask(task(answer="second"))

    assert_value(answered, "local", LOCAL)
    assert [passed.kind for passed in answered.passed] == ["budget", "budget"]
    assert gemini.requests == [] == openai.requests
    assert told(house)[1:] == [("gemini", "budget", 1), ("openai", "budget", 1), ("local", "ok", 1)]


def test_the_same_question_is_not_paid_twice(
    make_router: Callable[..., Router], gemini: EngineServer, house: Runtime, api: Api, other: Api
) -> None:
    gemini.will(says(GOOD))
    router = make_router()
    router.ask(task(api.user["id"]))

    again = router.ask(task(api.user["id"]))
    somebody_else = router.ask(task(other.user["id"]))

    assert again.cached
    assert_value(again, "gemini", GOOD)
    assert not somebody_else.cached
    assert len(gemini.requests) == 2
    assert told(house) == [("gemini", "ok", 1), ("gemini", "cached", 1), ("gemini", "ok", 1)]
    with house.database.reading() as session:
        assert len(session.exec(select(AiAnswer)).all()) == 2


def test_another_try_asks_the_first_engine_again_and_keeps_its_answer(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(Turn(status=400))
    openai.will(says(GOOD))
    router = make_router()
    router.ask(task())
    gemini.will(says(GOOD))

    assert router.ask(task()).engine == "openai"
    again = router.ask(task(), again=True)

    assert (again.engine, again.cached) == ("gemini", False)
    assert router.ask(task(), again=True).cached
    assert len(gemini.requests) == len(openai.requests) == 1


def test_who_waits_is_told_of_each_engine_whose_turn_comes(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer
) -> None:
    gemini.will(Turn(status=400))
    openai.will(says(GOOD))
    router = make_router()
    asked: list[tuple[str, list[tuple[str, str]]]] = []

    def asking(engine: str, passed: tuple[Passed, ...]) -> None:
        asked.append((engine, [(item.engine, item.kind) for item in passed]))

    router.ask(task(), asking=asking)
    router.ask(task(), asking=asking)  # a kept answer asks nobody
    assert asked == [("gemini", []), ("openai", [("gemini", "rejected")])]

    asked.clear()
    router.breaker.failed("gemini", rest_seconds=60)
    router.ask(task(answer="another"), asking=asking)
    assert asked == [("openai", [("gemini", "resting")])]


def test_without_redis_the_engines_are_still_asked(
    make_router: Callable[..., Router], gemini: EngineServer, house: Runtime
) -> None:
    from redis import Redis

    from interview_coach.ai.breaker import Breaker

    gemini.will(says(GOOD))
    router = make_router()
    router.breaker = Breaker(Redis.from_url("unix:///nowhere/redis.sock"))

    assert_value(router.ask(task()), "gemini", GOOD)

    assert told(house) == [("gemini", "ok", 1)]


def test_words_of_users_reach_neither_ledger_nor_errors(
    make_router: Callable[..., Router], gemini: EngineServer, openai: EngineServer, house: Runtime
) -> None:
    gemini.will(says({"count": "SECRET-7731", "word": "SECRET-7731"}))
    openai.will(Turn(status=400, error_message="SECRET-7731"))

    make_router().ask(task(answer="SECRET-7731"))

    with house.database.reading() as session:
        rows = session.exec(select(AiCall)).all()
    assert len(rows) == 4
    assert "SECRET" not in " ".join(row.model_dump_json() for row in rows)
