"""The engines the settings name, in their order."""

from __future__ import annotations

from dataclasses import dataclass

from redis import Redis

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.defaults import DEFAULT_MODELS, is_paid
from interview_coach.ai.ledger import Ledger
from interview_coach.ai.router import LOCAL, Router
from interview_coach.ai.types import Engine
from interview_coach.kit.database import Database
from interview_coach.settings import Settings


def engine_names(settings: Settings) -> list[str]:
    """Which engines will be asked, in order, the local one last. Loads none of them."""
    configured = {
        "gemini": settings.gemini_api_key is not None,
        "openai": settings.openai_api_key is not None or settings.openai_base_url is not None,
    }
    return [name for name in settings.ai_order if configured[name]] + [LOCAL]


@dataclass(frozen=True, slots=True)
class Described:
    """An engine that will be asked. paid: its calls count on the budget."""

    name: str
    model: str
    paid: bool


def described(settings: Settings) -> list[Described]:
    """The engines that will be asked, in order, without the local one. Loads none of them."""
    given = {
        "gemini": (settings.gemini_model, settings.gemini_base_url),
        "openai": (settings.openai_model, settings.openai_base_url),
    }
    return [
        Described(name, given[name][0] or DEFAULT_MODELS[name], is_paid(name, given[name][1]))
        for name in engine_names(settings)
        if name != LOCAL
    ]


def make_router(settings: Settings, database: Database, redis: Redis) -> Router:
    """The router of this process. The clients, slow to import, are loaded only where a key is."""
    engines = [_make(name, settings) for name in engine_names(settings) if name != LOCAL]
    return Router(engines, Ledger(database, settings.ai_monthly_budget_usd), Breaker(redis))


def _make(name: str, settings: Settings) -> Engine:
    if name == "gemini":
        from interview_coach.ai.gemini import Gemini

        key = settings.gemini_api_key
        return Gemini(
            key.get_secret_value() if key else "",
            settings.gemini_model,
            settings.gemini_base_url,
        )
    from interview_coach.ai.openai_compatible import OpenAICompatible

    key = settings.openai_api_key
    return OpenAICompatible(
        key.get_secret_value() if key else None,
        settings.openai_model,
        settings.openai_base_url,
    )
