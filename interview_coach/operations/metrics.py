"""The figures of the running system as Prometheus text, read when they are asked for."""

from __future__ import annotations

import hmac
from collections.abc import Iterable

from fastapi import Request
from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from interview_coach.ai import overview
from interview_coach.ai.breaker import Breaker
from interview_coach.ai.configured import described
from interview_coach.api.traffic import REGISTRY
from interview_coach.kit.errors import CoachError
from interview_coach.operations import engine_metrics, repository
from interview_coach.runtime import Runtime

_LOOPBACK = {"127.0.0.1", "::1"}
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


def check_reader(house: Runtime, request: Request) -> None:
    """Let in who shows COACH_METRICS_TOKEN; without such a setting, only this machine itself,
    and nothing that came through a proxy. Otherwise 401 `metrics_token` or 403 `metrics`."""
    wanted = house.settings.metrics_token
    if wanted is not None:
        shown = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(shown.encode(), wanted.get_secret_value().encode()):
            raise CoachError("metrics_token", "Show the metrics token as a bearer token.", 401)
        return
    address = request.client.host if request.client else ""
    if address not in _LOOPBACK or any(name in request.headers for name in _FORWARDED):
        raise CoachError(
            "metrics", "Set COACH_METRICS_TOKEN to read the metrics from another machine.", 403
        )


class _Tables(Collector):
    """What the tables tell, in one short reading."""

    def __init__(self, house: Runtime) -> None:
        self._house = house

    def collect(self) -> Iterable[Metric]:
        """The families, read now."""
        settings = self._house.settings
        with self._house.database.reading() as session:
            jobs = repository.jobs(session)
            waiting = repository.oldest_waiting_seconds(session)
            interviews = repository.interviews(session)
            answers = repository.answers(session)
            sessions = repository.live_sessions(session)
            usage = overview.usage_ever(session)
            budget = overview.budget(session, settings.ai_monthly_budget_usd, described(settings))
        yield _gauge("coach_jobs", "Jobs", ("queue", "status"), jobs)
        yield _gauge(
            "coach_jobs_oldest_waiting_seconds",
            "Age of the oldest waiting job",
            ("queue",),
            waiting,
        )
        yield _gauge("coach_interviews", "Interviews", ("status",), interviews)
        yield _gauge("coach_answers", "Answers", ("status",), answers)
        yield GaugeMetricFamily("coach_sessions", "Sign-ins that work", value=sessions)
        yield from engine_metrics.families(usage, budget)
        yield from self._rests()

    def _rests(self) -> Iterable[Metric]:
        breaker = Breaker(self._house.redis)
        resting: dict[tuple[str, ...], float] = {}
        for engine in described(self._house.settings):
            standing = breaker.standing(engine.name)
            if standing is not None:
                resting[engine.name,] = float(standing.rest_seconds > 0)
        yield _gauge("coach_ai_resting", "1 while an engine is passed over", ("engine",), resting)


def _gauge(
    name: str, words: str, labels: tuple[str, ...], values: dict[tuple[str, ...], float]
) -> GaugeMetricFamily:
    made = GaugeMetricFamily(name, words, labels=labels)
    for key, value in values.items():
        made.add_metric(key, value)
    return made


def text(house: Runtime) -> bytes:
    """All figures in the text format of Prometheus, 0.0.4. Requests are those of this process."""
    tables = CollectorRegistry()
    tables.register(_Tables(house))
    ProcessCollector(registry=tables)
    return generate_latest(REGISTRY) + generate_latest(tables)
