"""How long one usually waits here, from what was measured here; nothing is made up."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from sqlmodel import Session

from interview_coach.ai.breaker import Breaker
from interview_coach.ai.configured import engine_names
from interview_coach.ai.overview import first_asked, usual_seconds
from interview_coach.ai.prompts import load_prompt
from interview_coach.ai.router import LOCAL
from interview_coach.interviews import asked_repository
from interview_coach.settings import Settings

_NEWEST = 20
_WRITING = ("judge", "advice")


@dataclass(frozen=True)
class Waits:
    """Typical seconds; None where nothing has been measured yet.

    hearing: of recognising a second of sound. writing: of judging and wording the advice.
    follow_up: of wording a follow-up. writing_most, follow_up_most: after which the local engine's
    words stand. engine: the language engine that is asked first, `local` while none can be asked,
    empty where none is set up.
    """

    hearing: float | None = None
    writing: float | None = None
    writing_most: float = 0.0
    follow_up: float | None = None
    follow_up_most: float = 0.0
    engine: str = ""


def read(session: Session, settings: Settings, breaker: Breaker) -> Waits:
    """What was measured here of late, and how the engines stand."""
    times = asked_repository.hearing_times(session, _NEWEST)
    hearing = median([heard / sound for heard, sound in times]) if times else None
    if engine_names(settings) == [LOCAL]:
        return Waits(hearing=hearing)
    first = first_asked(session, settings, breaker)
    if first == LOCAL:
        return Waits(hearing=hearing, engine=LOCAL)
    writing = usual_seconds(session, first, _WRITING)
    follow_up = usual_seconds(session, first, ("follow_up",))
    return Waits(
        hearing=hearing,
        writing=writing[0] if writing else None,
        writing_most=sum(load_prompt(name).seconds for name in _WRITING),
        follow_up=follow_up[0] if follow_up else None,
        follow_up_most=load_prompt("follow_up").seconds,
        engine=first,
    )


def hearing_words(waits: Waits, seconds: float | None) -> str:
    """How long recognising a recording of so many seconds takes."""
    if waits.hearing is None or not seconds:
        return "No recording has been timed here yet, so how long it takes is not known."
    return f"Usually {about(waits.hearing * seconds)} for a recording of this length."


def writing_words(waits: Waits) -> str:
    """How long an engine takes to judge an answer and to word the advice."""
    if waits.engine == LOCAL:
        return "No language engine can be asked right now, so the local engine's words stand."
    return _of_an_engine(waits.writing, waits.writing_most)


def follow_up_words(waits: Waits) -> str:
    """How long an engine takes to word a follow-up."""
    if waits.engine == LOCAL:
        return "The local engine asks it at once."
    return _of_an_engine(waits.follow_up, waits.follow_up_most)


def _of_an_engine(usual: float | None, most: float) -> str:
    if usual is None:
        return f"At most {about(most)}; then the local engine's words stand."
    return f"Usually {about(usual)}, at most {about(most)}."


def about(seconds: float) -> str:
    """A length of time as one says it, such as "3 s" or "1 min 20 s"."""
    whole = max(1, round(seconds))
    if whole < 60:
        return f"{whole} s"
    minutes, rest = divmod(whole, 60)
    return f"{minutes} min {rest} s" if rest else f"{minutes} min"
