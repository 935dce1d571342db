"""What the practice page shows, made from the bank's counts and the choice. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from interview_coach.interviews.schemas import LastSetup
from interview_coach.interviews.words import ago_words, counted, expected_minutes, setup_words
from interview_coach.kit.clock import now
from interview_coach.questions import service as questions
from interview_coach.questions.schemas import Supply, TypeOverview

LEVELS = (("any", "Any"), ("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard"))
LENGTHS = ("1", "3", "5", "8")
MODES = ("practice", "live")
FOLLOW_UPS = (("yes", "Yes"), ("no", "No"))
PATIENCE = (
    ("brisk", "Brisk"),
    ("usual", "Usual"),
    ("patient", "Patient"),
    ("endless", "No clock"),
)
PATIENCE_NOTES = {
    "brisk": "Three quarters of the usual time, and one follow-up to a question.",
    "usual": "The time a good answer takes.",
    "patient": "Half as much time again.",
    "endless": "No time is shown.",
}


@dataclass(frozen=True)
class TypeCount:
    """What stands under a type: how many questions, and "7 tracks"."""

    questions: str = ""
    tracks: str = ""


@dataclass(frozen=True)
class TrackChoice:
    """A chip: the track's id (empty for all), its title and its number of questions."""

    id: str
    title: str
    count: str


@dataclass(frozen=True)
class SetupSummary:
    """The choice in words. note: what is fewer than asked for. possible: there is a question."""

    kind: str = ""
    track: str = ""
    level: str = ""
    questions: str = ""
    mode: str = ""
    follow_ups: str = ""
    patience: str = ""
    start_label: str = ""
    note: str = ""
    possible: bool = True


@dataclass(frozen=True)
class SameAgain:
    """The card that starts at once: the last choice, or a good first one."""

    title: str = ""
    text: str = ""


def type_count(item: TypeOverview) -> TypeCount:
    """The counts under a type."""
    return TypeCount(str(item.count), counted(len(item.tracks), "track"))


def same_again(last: LastSetup | None) -> SameAgain:
    """The card that starts at once."""
    if last is None:
        return SameAgain(
            "A good first interview", "Behavioral, 5 questions, practice mode. Change it below."
        )
    titles = questions.titles()
    words = setup_words(
        titles[last.type, None],
        titles.get((last.type, last.track), "") if last.track else "",
        last.difficulty,
        last.mode,
        questions=last.question_count,
    )
    words += ", with follow-ups" if last.follow_ups else ", no follow-ups"
    when = ago_words(last.created_at, now()).capitalize()
    return SameAgain("Same as last time", f"{words}. {when}.")


def _summary(
    kind: str,
    track: str,
    level: str,
    mode: str,
    wanted: int,
    fitting: list[Supply],
    patience: str,
) -> SetupSummary:
    there = sum(row.count for row in fitting)
    count = min(wanted, there)
    note = ""
    length = "None"
    start_label = "Start interview"
    if there == 0:
        note = "There is no question for this choice. Choose another level or track."
    else:
        guide = sum(row.guide_seconds for row in fitting) / there
        minutes = expected_minutes([guide] * count, patience)
        length = f"{count}, about {minutes} min"
        start_label = f"Start, {counted(count, 'question')}, about {minutes} min"
        if there < wanted:
            note = f"The bank has {counted(there, 'question')} for this choice."
    return SetupSummary(
        kind=kind,
        track=track,
        level=level,
        questions=length,
        mode=mode,
        patience=dict(PATIENCE)[patience],
        start_label=start_label,
        note=note,
        possible=there > 0,
    )


def track_choices(overview: TypeOverview) -> list[TrackChoice]:
    """The chips of a type: all its tracks together, then each."""
    return [
        TrackChoice("", "All", str(overview.count)),
        *(TrackChoice(track.id, track.title, str(track.count)) for track in overview.tracks),
    ]


def setup_summary(
    overview: TypeOverview,
    supply: list[Supply],
    *,
    track: str,
    level: str,
    length: str,
    mode: str,
    follow_ups: str,
    patience: str,
) -> SetupSummary:
    """The choice in words; `track` empty and `level` "any" leave these open."""
    fitting = [
        row
        for row in supply
        if row.type == overview.type
        and track in {"", row.track}
        and level in {"any", row.difficulty}
    ]
    titles = {choice.id: choice.title for choice in track_choices(overview)}
    summary = _summary(
        overview.title,
        titles[track],
        dict(LEVELS)[level],
        mode.capitalize(),
        int(length),
        fitting,
        patience,
    )
    return replace(summary, follow_ups=dict(FOLLOW_UPS)[follow_ups])
