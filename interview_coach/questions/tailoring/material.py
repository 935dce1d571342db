"""What questions are made from: the role, the job ad, the resume, and what these name."""

from __future__ import annotations

import hashlib
import json
import re
from collections import defaultdict
from dataclasses import dataclass

from interview_coach.ai.prompts import clean, instruction_count
from interview_coach.questions.tailoring.skills import Mention, Skill, find

_LEVELS = (
    (
        "easy",
        r"\b(intern\w*|trainee|apprentice|graduate|entry|junior|jr|beginner|working student)\b",
    ),
    ("hard", r"\b(senior|sr|lead|principal|staff|head|director|expert|architect|chief|vp)\b"),
    ("medium", r"\b(mid\w*|intermediate|regular|professional|experienced)\b"),
)
_NEXT_TO = {"easy": "medium", "medium": "hard", "hard": "medium"}
# Titles name a subject without naming a skill.
_ROLES = (
    ("backend", r"\b(back[ -]?end|full[ -]?stack|software|api|platform)\b"),
    ("web", r"\b(front[ -]?end|full[ -]?stack|web|ui)\b"),
    ("data_sql", r"\b(data|analytics|bi|database|dba|analyst)\b"),
    ("machine_learning", r"\b(machine learning|ml|ai|data scien\w+|research scientist|nlp)\b"),
    ("devops_cloud", r"\b(dev ?ops|sre|site reliability|cloud|platform|infrastructure|systems?)\b"),
    ("mobile", r"\b(mobile|android|ios|app developer)\b"),
    ("security", r"\b(security|infosec|penetration|soc)\b"),
    ("testing", r"\b(qa|test\w*|quality|sdet)\b"),
    ("python", r"\bpython\b"),
)
_OF_CANDIDATE = re.compile(r"\W*you(?:'re| are) (?:an?|our|the)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^\n.!?]+[.!?]?")


@dataclass(frozen=True, slots=True)
class Material:
    """What a user gives. kind: type of interview. role, level: as written, empty when not given.

    difficulty: easy, medium or hard; None leaves it to the level. ad, resume: cleaned text.
    """

    kind: str
    count: int
    role: str = ""
    level: str = ""
    difficulty: str | None = None
    ad: str = ""
    resume: str = ""

    @property
    def digest(self) -> str:
        """The same for the same material."""
        parts = [
            self.kind, self.count, self.role, self.level, self.difficulty, self.ad, self.resume
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()

    @property
    def aims(self) -> tuple[str, ...]:
        """The difficulties that fit, best first; empty when nothing speaks for one."""
        if self.difficulty is not None:
            return (self.difficulty,)
        for text in (self.level, self.role, self.ad.partition("\n")[0]):
            for difficulty, pattern in _LEVELS:
                if re.search(pattern, text, re.IGNORECASE):
                    return (difficulty, _NEXT_TO[difficulty])
        return ()


@dataclass(frozen=True, slots=True)
class Term:
    """A skill to ask about. origin: ad, resume, both, gap (in the ad and not in the resume) or
    role. source, quote: the text it was found in and its line there, word for word."""

    skill: Skill
    origin: str
    source: str
    quote: str
    weight: float


def material_of(
    kind: str,
    count: int,
    *,
    role: str | None = None,
    level: str | None = None,
    difficulty: str | None = None,
    ad: str | None = None,
    resume: str | None = None,
) -> Material:
    """The material with all texts cleaned of what cannot be seen."""
    return Material(
        kind=kind,
        count=count,
        role=" ".join(clean(role or "").split()),
        level=" ".join(clean(level or "").split()),
        difficulty=difficulty,
        ad=clean(ad or ""),
        resume=clean(resume or ""),
    )


def terms_of(material: Material) -> list[Term]:
    """What can be asked about, the weightiest first: what the ad asks for, then the rest."""
    in_ad = {mention.skill.id: mention for mention in find(material.ad)}
    in_resume = {mention.skill.id: mention for mention in find(material.resume)}
    in_role = {mention.skill.id: mention for mention in find(material.role)}
    terms = [_from_ad(mention, in_resume, material) for mention in in_ad.values()]
    terms += [_term(mention, "role", 2.0) for key, mention in in_role.items() if key not in in_ad]
    terms += [
        _term(mention, "resume", 0.0)
        for key, mention in in_resume.items()
        if key not in in_ad and key not in in_role
    ]
    # Stable: what weighs the same keeps the order it was named in.
    return sorted(terms, key=lambda term: -term.weight)


def _from_ad(mention: Mention, in_resume: dict[str, Mention], material: Material) -> Term:
    if not material.resume:
        return _term(mention, "ad", 2.0)
    return _term(mention, "both" if mention.skill.id in in_resume else "gap", 2.0)


def _term(mention: Mention, origin: str, more: float) -> Term:
    source = {"both": "job_description", "gap": "job_description", "ad": "job_description"}
    return Term(
        mention.skill, origin, source.get(origin, origin), mention.quote, mention.weight + more
    )


def track_weights(material: Material, terms: list[Term]) -> dict[str, float]:
    """How much speaks for each track: the role's title, then the skills that are named."""
    weights: dict[str, float] = defaultdict(float)
    first_line = material.ad.partition("\n")[0][:120]
    for track, pattern in _ROLES:
        if re.search(pattern, f"{material.role}\n{first_line}", re.IGNORECASE):
            weights[track] += 3.0
    for term in terms:
        if term.skill.track is not None:
            weights[term.skill.track] += term.weight
    return dict(weights)


def spoken_role(material: Material) -> str:
    """The role as it can stand in a question; empty when it cannot.

    What is more than a title, or speaks to an engine, is not repeated.
    """
    role = material.role.strip(" .,;:")
    plain = re.fullmatch(r"[^\W_][\w &/+#.,()'-]{1,59}", role) is not None
    return role if plain and not instruction_count(role) else ""


def steering(text: str) -> int:
    """How many sentences of a text speak to a grader or an engine.

    "You are an AI engineer" is what an ad says of a candidate.
    """
    told = (found.group() for found in _SENTENCE.finditer(text))
    return sum(instruction_count(said) > 0 and not _OF_CANDIDATE.match(said) for said in told)
