"""Written templates of questions, and how one becomes a question about a skill."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from interview_coach.questions.bank_phrases import is_weak
from interview_coach.questions.bank_words import content_words
from interview_coach.questions.tailoring.material import Term
from interview_coach.questions.tailoring.skills import Skill, read_rows
from interview_coach.scoring.relevance import proof_of

FOLDER = Path(__file__).with_name("templates")
_MOST_PHRASES = 8
# Which wording stands in for one that a template has not.
_FALLBACK = {"both": ("both", "ad"), "gap": ("gap", "ad"), "ad": ("ad",), "resume": ("resume",)}
_LISTS = ("ideas", "pains", "beside")


@dataclass(frozen=True, slots=True)
class Made:
    """A question as it was made. content: as of a bank question.

    made_from: bank, template or engine. bank_id: of a bank question, else None. source, term,
    quote: what of the material it came from, empty where nothing was. reason: the same in words.
    """

    kind: str
    track: str
    difficulty: str
    text: str
    competencies: tuple[str, ...]
    content: dict[str, Any]
    time_guide_seconds: int
    made_from: str
    reason: str
    bank_id: str | None = None
    source: str = ""
    term: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Template:
    """A template. about: the kinds of skill it fits; `role` wants a role, `ad` a job ad, and
    neither takes a skill. origins: where the skill must stand, anywhere when empty. texts:
    wordings by origin, `plain` for the rest."""

    id: str
    type: str
    about: tuple[str, ...]
    difficulty: str
    competencies: tuple[str, ...]
    texts: dict[str, list[str]]
    why: str
    key_points: tuple[dict[str, Any], ...]
    red_flags: tuple[str, ...]
    follow_ups: tuple[dict[str, str], ...]
    tips: tuple[str, ...]
    time_guide_seconds: int
    track: str | None = None
    origins: tuple[str, ...] = field(default=())

    def fits(self, term: Term) -> bool:
        """Whether this template can ask about this skill."""
        wanted = bool(term.skill.kinds & set(self.about))
        return wanted and (not self.origins or term.origin in self.origins)

    def wordings(self, origin: str) -> list[str]:
        """The wordings for a skill that stands there."""
        for name in _FALLBACK.get(origin, ()):
            if name in self.texts:
                return self.texts[name]
        return self.texts["plain"]


@lru_cache(maxsize=8)
def templates_of(kind: str) -> tuple[Template, ...]:
    """The templates of a type of interview, in the order of their file."""
    rows = read_rows(FOLDER / f"{kind}.yaml")
    return tuple(
        Template(**{("origins" if key == "from" else key): value for key, value in row.items()},
                 type=kind)
        for row in rows
    )  # fmt: skip


def about_skill(template: Template, term: Term, chance: int) -> Made:
    """The template's question about a skill. chance: chooses the wording."""
    skill = term.skill
    wordings = template.wordings(term.origin)
    text = _filled(wordings[chance % len(wordings)], skill.title)
    competencies = tuple(dict.fromkeys((*skill.competencies, *template.competencies)))[:5]
    return Made(
        kind=template.type,
        track=template.track or skill.track or "",
        difficulty=template.difficulty,
        text=text,
        competencies=competencies,
        content=_content(template, skill.title, skill, text),
        time_guide_seconds=template.time_guide_seconds,
        made_from="template",
        reason=reason_of(term),
        source=term.source,
        term=skill.title,
        quote=term.quote,
    )


def about_role(template: Template, role: str, chance: int) -> Made:
    """The template's question about a role, or about the job ad as a whole."""
    wordings = template.texts["plain"]
    text = _filled(wordings[chance % len(wordings)], role)
    whole = "ad" in template.about
    return Made(
        kind=template.type,
        track=template.track or "",
        difficulty=template.difficulty,
        text=text,
        competencies=template.competencies,
        content=_content(template, role, None, text),
        time_guide_seconds=template.time_guide_seconds,
        made_from="template",
        reason="About the job ad as a whole." if whole else "About the role you named.",
        source="job_description" if whole else "role",
        term="" if whole else role,
    )


def reason_of(term: Term) -> str:
    """Where a skill comes from, in words."""
    named = {
        "ad": "The job ad names {}.",
        "both": "The job ad and your resume both name {}.",
        "gap": "The job ad names {}; your resume does not.",
        "resume": "Your resume names {}.",
        "role": "The role you named is about {}.",
    }
    return named[term.origin].format(term.skill.title)


def _content(template: Template, name: str, skill: Skill | None, text: str) -> dict[str, Any]:
    # A phrase counts for the first point that has it, and the question's own words prove nothing:
    # the bank's rules, which a skill's name can break only here.
    known: list[frozenset[str]] = []
    asked = content_words(text)
    points = []
    for point in template.key_points:
        phrases = []
        for phrase in _phrases(point["phrases"], skill):
            words = content_words(phrase)
            if words not in known and not words <= asked and not is_weak(proof_of(phrase, text)):
                known.append(words)
                phrases.append(phrase)
        points.append({"text": _filled(point["text"], name), "phrases": phrases[:_MOST_PHRASES]})
    return {
        "why": template.why,
        "key_points": points,
        "red_flags": list(template.red_flags),
        "follow_ups": [dict(item) for item in template.follow_ups],
        "tips": list(template.tips),
    }


def _phrases(phrases: list[str], skill: Skill | None) -> list[str]:
    """The phrases of a point, the skill's own put in."""
    found: list[str] = []
    for phrase in phrases:
        name = phrase.strip("{}")
        if phrase.startswith("{") and name in _LISTS:
            found += getattr(skill, name) if skill is not None else ()
        else:
            found.append(phrase)
    return found


def _filled(text: str, name: str) -> str:
    """The text with the skill in it; at its beginning the skill begins with a capital."""
    said = text.replace("{skill}", name)
    return said[:1].upper() + said[1:] if text.startswith("{skill}") and " " in name else said
