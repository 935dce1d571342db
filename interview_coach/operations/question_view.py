"""What the page that edits a question shows, made of the shapes of the API. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from interview_coach.kit.clock import iso
from interview_coach.questions.admin_schemas import BankEntry, VersionRow
from interview_coach.questions.service import titles

# As many as the rules of the data files allow.
KEY_POINTS, FOLLOW_UPS = 7, 3
LEVELS = (("easy", "Easy"), ("medium", "Medium"), ("hard", "Hard"))
FOLLOW_UP_KINDS = (
    ("clarify", "Clarify"),
    ("challenge", "Challenge"),
    ("quantify", "Quantify"),
)
_FIELDS = {
    "track": "track",
    "difficulty": "level",
    "competencies": "competencies",
    "text": "text",
    "why": "why it is asked",
    "key_points": "key points",
    "red_flags": "red flags",
    "follow_ups": "follow-ups",
    "tips": "tips",
    "time_guide_seconds": "time guide",
}


@dataclass(frozen=True)
class VersionLine:
    """One version. title: such as "Version 2, edited here"; note: what it changed."""

    title: str
    note: str
    text: str
    moment: str


@dataclass(frozen=True)
class EntryHead:
    """What stands above the form. tracks: of the type, to choose one of."""

    id: str
    title: str
    lead: str
    path: str
    revision: int
    edited: bool
    active: bool
    tracks: str


EMPTY_HEAD = EntryHead("", "", "", "", 0, edited=False, active=True, tracks="")


def entry_head(entry: BankEntry) -> EntryHead:
    """What stands above the form of a question."""
    kind = titles()[entry.type, None]
    tracks = [track for each, track in titles() if each == entry.type and track is not None]
    standing = ["edited here" if entry.edited else "as in the data files"]
    if not entry.active:
        by = "gone from the data files" if entry.retired_by == "file" else "retired here"
        standing.append(f"{by}, not asked")
    return EntryHead(
        id=entry.id,
        title=entry.text,
        lead=f"{kind}, version {entry.revision}, {', '.join(standing)}",
        path=f"/api/v1/admin/questions/{entry.id}",
        revision=entry.revision,
        edited=entry.edited,
        active=entry.active,
        tracks=", ".join(tracks),
    )


def entry_values(entry: BankEntry) -> dict[str, Any]:
    """The fields of the form, by their names."""
    values: dict[str, Any] = {
        name: getattr(entry, name)
        for name in ("track", "difficulty", "text", "why", "time_guide_seconds")
    }
    for name in ("competencies", "red_flags", "tips"):
        values[name] = "\n".join(getattr(entry, name))
    for place in range(KEY_POINTS):
        point = entry.key_points[place] if place < len(entry.key_points) else None
        values[f"key_points.{place}.text"] = point.text if point else ""
        values[f"key_points.{place}.phrases"] = "\n".join(point.phrases) if point else ""
    kinds = [kind for kind, _label in FOLLOW_UP_KINDS]
    used = [follow_up.kind for follow_up in entry.follow_ups]
    spare = [kind for kind in kinds if kind not in used]
    for place in range(FOLLOW_UPS):
        follow_up = entry.follow_ups[place] if place < len(entry.follow_ups) else None
        empty = spare.pop(0) if follow_up is None and spare else kinds[place]
        values[f"follow_ups.{place}.kind"] = follow_up.kind if follow_up else empty
        values[f"follow_ups.{place}.text"] = follow_up.text if follow_up else ""
    return values


def version_lines(versions: Sequence[VersionRow]) -> list[VersionLine]:
    """The versions, newest first."""
    return [
        VersionLine(
            title=f"Version {version.revision}, "
            f"{'edited here' if version.source == 'admin' else 'from the data files'}",
            note=_changes(version.changed),
            text=version.text,
            moment=iso(version.created_at) or "",
        )
        for version in versions
    ]


def _changes(names: Sequence[str]) -> str:
    if not names:
        return "The first version that is known"
    return "Changed: " + ", ".join(_FIELDS.get(name, name) for name in names)
