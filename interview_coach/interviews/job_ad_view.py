"""What the practice page shows of questions made from a job ad. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from interview_coach.ai.router import LOCAL
from interview_coach.ai.words import FAILURES, name_of
from interview_coach.interviews.words import counted, expected_minutes
from interview_coach.questions.service import titles
from interview_coach.questions.tailored_schemas import EnginePassed, GeneratedView, TailoredView

COUNTS = ("3", "5", "8", "12")
LEVELS = (
    ("", "As the ad says"),
    ("junior", "Junior"),
    ("mid", "Mid"),
    ("senior", "Senior"),
    ("lead", "Lead"),
)
_MADE = {
    "bank": "From the bank",
    "template": "Written template",
    "engine": "Written for you",
}


@dataclass(frozen=True)
class MadeRow:
    """A question of the preview. about: subject, level, minutes; origin: why it is there; quote:
    the line it came from, empty when it came from none; maker: who made it."""

    id: str
    text: str
    about: str
    origin: str
    quote: str
    maker: str
    chosen: bool = True


@dataclass(frozen=True)
class Preview:
    """All that was made. told: who made it and what was found; problem: which engine failed and
    what was used instead, empty when none did."""

    rows: tuple[MadeRow, ...] = ()
    told: str = ""
    found: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


def preview_of(made: GeneratedView) -> Preview:
    """The preview of generated questions, all of them chosen."""
    return Preview(
        rows=tuple(_row(item) for item in made.questions),
        told=_told(made),
        found=", ".join(made.found),
        problem=_problem(made.passed, made.engine),
        notes=tuple(made.notes),
    )


def _row(item: TailoredView) -> MadeRow:
    subject = titles().get((item.type, item.track), titles()[item.type, None])
    minutes = expected_minutes([item.time_guide_seconds])
    writer = f" by {name_of(item.engine)}" if item.made_from == "engine" else ""
    return MadeRow(
        id=item.id,
        text=item.text,
        about=f"{subject}, {item.difficulty}, about {minutes} min",
        origin=item.origin.reason,
        quote=item.origin.quote or "",
        maker=f"{_MADE[item.made_from]}{writer}",
    )


def _told(made: GeneratedView) -> str:
    count = counted(len(made.questions), "question")
    if made.engine == "local":
        return f"{count}, made on this machine from written templates and the bank."
    names = {item.engine for item in made.questions if item.engine != "local"}
    writers = " and ".join(sorted(name_of(name) for name in names))
    filled = ", filled up on this machine" if made.engine == "mixed" else ""
    dropped = ""
    if made.dropped:
        were = "was" if made.dropped == 1 else "were"
        dropped = f" {counted(made.dropped, 'question')} broke our rules and {were} left out."
    return f"{count}, written by {writers}{filled}.{dropped}"


def _problem(passed: list[EnginePassed], engine: str) -> str:
    if not passed or engine != "local":
        return ""
    told = "; ".join(f"{name_of(item.engine)} {FAILURES[item.kind]}" for item in passed)
    return f"{told[:1].upper()}{told[1:]}. The questions below were made on this machine."


def wait_words(engine: str, seconds: float) -> str:
    """What is happening while one waits. engine: the first that is asked, `local` for none."""
    if engine == LOCAL:
        return "Reading the ad and choosing questions on this machine. It takes a second or two."
    return (
        f"{name_of(engine, first=True)} reads the ad and writes the questions. It usually takes "
        f"less than half a minute, and {round(seconds)} seconds at most; then they are made on "
        "this machine."
    )


def start_words(rows: tuple[MadeRow, ...]) -> str:
    """The label of the button that starts."""
    count = sum(row.chosen for row in rows)
    return f"Start with {counted(count, 'question')}" if count else "Choose a question"
