"""The router: engines in their order, each with its tries, then the local one, which always
answers. Every step goes into the ledger."""

from __future__ import annotations

import hashlib
import json
import random
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import ValidationError

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.ledger import Ledger, cost_of_call
from interview_coach.ai.prompts import Data, Prompt
from interview_coach.ai.types import (
    TRANSIENT,
    UNWELL,
    Call,
    Engine,
    EngineError,
    FailureKind,
    Reply,
    Shape,
    unfenced,
)

LOCAL = "local"
TEST = "test"
_TRIES = 3
_FIRST_WAIT_SECONDS = 0.5
_LEAST_CALL_SECONDS = 1.0
# Of the time that is left: what one engine may take when another stands behind it, and what one
# call may take so that another try remains.
_ENGINE_SHARE = 0.6
_CALL_SHARE = 0.7
_MOST_ERRORS = 8

S = TypeVar("S", bound=Shape)


@dataclass(frozen=True, slots=True)
class Task(Generic[S]):
    """What is asked of the engines.

    name: what it is for, in the ledger. values: fills the prompt's slots. shape: of the answer.
    check: raises ValueError for an answer that has the shape and still cannot be used.
    user_id: for whom. local: the local engine's answer, without network.
    """

    name: str
    prompt: Prompt
    values: Mapping[str, str | Data]
    shape: type[S]
    local: Callable[[], S]
    user_id: str | None = None
    check: Callable[[S], None] | None = None


@dataclass(frozen=True, slots=True)
class Passed:
    """An engine that gave nothing to use, and why."""

    engine: str
    kind: FailureKind


@dataclass(frozen=True, slots=True)
class Answered(Generic[S]):
    """An answer with who made it. passed: engines that were asked or skipped before."""

    value: S
    engine: str
    model: str
    prompt: str
    passed: tuple[Passed, ...] = ()
    cached: bool = False


# Told which engine is asked now, and which gave nothing before.
Asking = Callable[[str, tuple[Passed, ...]], None]


class Router:
    """Asks engines one after the other. sleep, chance: waiting and its jitter."""

    def __init__(
        self,
        engines: Sequence[Engine],
        ledger: Ledger,
        breaker: Breaker,
        *,
        sleep: Callable[[float], None] = time.sleep,
        chance: random.Random | None = None,
    ) -> None:
        self.engines = tuple(engines)
        self.ledger = ledger
        self.breaker = breaker
        self.sleep = sleep
        self.chance = chance or random.Random()  # noqa: S311 - spreads retries, keeps no secret

    def ask(
        self,
        task: Task[S],
        *,
        seconds: float | None = None,
        again: bool = False,
        asking: Asking | None = None,
    ) -> Answered[S]:
        """The first usable answer; the local engine's when no other has one in time.

        seconds: for all engines together, the prompt's own when not given. again: somebody wants
        another try, so that a kept answer of an engine that stood in for the first will not do.
        asking: is told of each engine when its turn comes, not of those that are passed over.
        """
        passed: list[Passed] = []
        if self.engines:
            kept = self._kept(task)
            if kept is not None and not (again and kept.engine != self.engines[0].name):
                self.note(task, kept.engine, kept.model, "cached")
                return kept
        end = time.monotonic() + (seconds or task.prompt.seconds)
        for place, engine in enumerate(self.engines):
            last = place == len(self.engines) - 1
            left = end - time.monotonic()
            run = _Run(self, task, engine, left if last else left * _ENGINE_SHARE)
            try:
                value = run.value(asking, tuple(passed))
            except EngineError as error:
                passed.append(Passed(engine.name, error.kind))
                continue
            self.ledger.keep(self._key(task), task.user_id, engine, value.model_dump(mode="json"))
            return Answered(value, engine.name, engine.model, task.prompt.label, tuple(passed))
        began = time.monotonic()
        local = task.local()
        # Who could not answer stands in the row of the one that did: the share of stand-ins is
        # counted from these rows alone.
        instead = ", ".join(f"{item.engine} {item.kind}" for item in passed)
        self.note(task, LOCAL, LOCAL, "ok", seconds=time.monotonic() - began, detail=instead)
        return Answered(local, LOCAL, LOCAL, task.prompt.label, tuple(passed))

    def test(self, name: str, call: Call, user_id: str | None) -> str:
        """One call to one engine, past breaker and cache, for a test button: its answer.

        EngineError when it fails, LookupError for a name that is not configured.
        """
        engine = next((engine for engine in self.engines if engine.name == name), None)
        if engine is None:
            raise LookupError(name)
        if not self.ledger.allows(engine, call):
            raise EngineError("budget", "the month's budget is used up")
        began = time.monotonic()
        try:
            reply = engine.ask(call)
        except EngineError as error:
            self.ledger.write(
                user_id=user_id, task=TEST, prompt=TEST, engine=engine.name,
                model=engine.model, outcome=error.kind, detail=error.detail,
                cost=cost_of_call(engine, call, error.reply),
                latency_seconds=time.monotonic() - began,
            )  # fmt: skip
            raise
        self.breaker.succeeded(engine.name)
        self.ledger.write(
            user_id=user_id, task=TEST, prompt=TEST, engine=engine.name, model=engine.model,
            outcome="ok", cost=cost_of_call(engine, call, reply),
            latency_seconds=time.monotonic() - began,
        )  # fmt: skip
        return reply.text

    def note(
        self,
        task: Task[S],
        engine: str,
        model: str,
        outcome: str,
        *,
        attempt: int = 1,
        cost: tuple[int, int, float] = (0, 0, 0.0),
        seconds: float = 0.0,
        detail: str = "",
    ) -> None:
        """Write a step into the ledger."""
        self.ledger.write(
            user_id=task.user_id,
            task=task.name,
            prompt=task.prompt.label,
            engine=engine,
            model=model,
            outcome=outcome,
            attempt=attempt,
            cost=cost,
            latency_seconds=seconds,
            detail=detail,
        )

    def _kept(self, task: Task[S]) -> Answered[S] | None:
        kept = self.ledger.kept(self._key(task))
        if kept is None:
            return None
        try:
            value = task.shape.model_validate(kept.value)
        except ValidationError:
            # The shape has changed since; the answer is asked for anew.
            return None
        return Answered(value, kept.engine, kept.model, task.prompt.label, cached=True)

    def _key(self, task: Task[S]) -> str:
        """The digest of all that decides the answer. It holds the user: nobody is given an answer
        made for somebody else, and it goes when they go."""
        values = {
            name: value.text if isinstance(value, Data) else value
            for name, value in task.values.items()
        }
        parts = [
            task.user_id,
            task.name,
            task.prompt.label,
            task.prompt.system,
            task.prompt.task,
            task.shape.model_json_schema(),
            values,
            [(engine.name, engine.model) for engine in self.engines],
        ]
        text = json.dumps(parts, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


class _Run(Generic[S]):
    """One engine's tries at one task, within its share of the time."""

    def __init__(self, router: Router, task: Task[S], engine: Engine, seconds: float) -> None:
        self._router = router
        self._task = task
        self._engine = engine
        self._end = time.monotonic() + seconds
        self._attempt = 0
        self._system, self._user = task.prompt.render(task.values)

    def value(self, asking: Asking | None, passed: tuple[Passed, ...]) -> S:
        """The engine's answer; EngineError, which is in the ledger already, when it has none."""
        try:
            self._check_turn()
            if asking is not None:
                asking(self._engine.name, passed)
            return self._tries()
        except EngineError as error:
            breaker = self._router.breaker
            if error.kind in UNWELL:
                breaker.failed(self._engine.name, rest_seconds=error.retry_after)
            elif error.kind not in {"budget", "resting"}:
                breaker.succeeded(self._engine.name)  # it answers, if not what was wanted
            raise

    def _check_turn(self) -> None:
        """Pass over an engine that rests or that the budget has no room for."""
        if self._router.breaker.rests(self._engine.name):
            self._pass("resting", "it failed several times just now")
        if not self._router.ledger.allows(self._engine, self._call(self._user)):
            self._pass("budget", "the month's budget is used up")

    def _pass(self, kind: FailureKind, detail: str) -> None:
        self._router.note(self._task, self._engine.name, self._engine.model, kind, detail=detail)
        raise EngineError(kind, detail)

    def _tries(self) -> S:
        while True:
            try:
                value = self._value_or_repair()
            except EngineError as error:
                wait = self._wait(error)
                if error.kind not in TRANSIENT or wait is None:
                    raise
                self._router.sleep(wait)
                continue
            self._router.breaker.succeeded(self._engine.name)
            return value

    def _wait(self, error: EngineError) -> float | None:
        """Seconds before the next try; None when there is no time or no try left for it."""
        if self._attempt >= _TRIES:
            return None
        wait = error.retry_after
        if wait is None:
            spread = self._router.chance.uniform(0.5, 1.5)
            wait = _FIRST_WAIT_SECONDS * 2 ** (self._attempt - 1) * spread
        left = self._end - time.monotonic()
        return wait if wait + _LEAST_CALL_SECONDS <= left else None

    def _value_or_repair(self) -> S:
        try:
            return self._once(self._user)
        except _UnusableError as unusable:
            if self._end - time.monotonic() < _LEAST_CALL_SECONDS:
                raise EngineError(unusable.kind, unusable.told) from unusable
            told = (
                f"{self._user}\n\nYour last answer could not be used: {unusable.told}. Answer "
                "again with JSON of the given schema and nothing else."
            )
        try:
            return self._once(told)
        except _UnusableError as again:
            raise EngineError(again.kind, again.told) from again

    def _once(self, user: str) -> S:
        self._attempt += 1
        call = self._call(user)
        began = time.monotonic()
        reply: Reply | None = None
        try:
            reply = self._engine.ask(call)
            value = self._read(reply)
        except EngineError as error:
            self._note(call, error.kind, began, reply or error.reply, error.detail)
            raise
        except _UnusableError as unusable:
            self._note(call, unusable.kind, began, reply, unusable.told)
            raise
        self._note(call, "ok", began, reply, "")
        return value

    def _call(self, user: str) -> Call:
        left = self._end - time.monotonic()
        prompt = self._task.prompt
        return Call(
            system=self._system,
            user=user,
            shape_name=self._task.shape.__name__,
            schema=self._task.shape.model_json_schema(),
            temperature=prompt.temperature,
            most_tokens=prompt.most_tokens,
            seconds=max(_LEAST_CALL_SECONDS, left * _CALL_SHARE),
        )

    def _read(self, reply: Reply) -> S:
        try:
            value = self._task.shape.model_validate_json(unfenced(reply.text))
        except ValidationError as error:
            raise _UnusableError.of(error) from error
        if self._task.check is not None:
            try:
                self._task.check(value)
            except ValueError as error:
                raise _UnusableError("wrong_schema", str(error)) from error
        return value

    def _note(
        self, call: Call, outcome: str, began: float, reply: Reply | None, detail: str
    ) -> None:
        self._router.note(
            self._task,
            self._engine.name,
            self._engine.model,
            outcome,
            attempt=self._attempt,
            cost=cost_of_call(self._engine, call, reply),
            seconds=time.monotonic() - began,
            detail=detail,
        )


class _UnusableError(Exception):
    """An answer that is not what was asked for. told: places and rules, no words of the answer."""

    def __init__(self, kind: FailureKind, told: str) -> None:
        super().__init__(told)
        self.kind: FailureKind = kind
        self.told = told

    @classmethod
    def of(cls, error: ValidationError) -> _UnusableError:
        """What pydantic found, without the values it found it in."""
        found: list[dict[str, Any]] = [dict(item) for item in error.errors(include_input=False)]
        if any(item["type"] == "json_invalid" for item in found):
            return cls("invalid_json", "it is not JSON")
        places = [
            f"{'.'.join(str(part) for part in item['loc']) or 'the whole'}: {item['type']}"
            for item in found[:_MOST_ERRORS]
        ]
        return cls("wrong_schema", "; ".join(places))
