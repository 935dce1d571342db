"""The local way: the bank's questions that fit and tailored ones from templates, without network.

The same material and the same bank give the same questions. What decides is what the ad and the
resume name; a digest of the material decides only between equals and chooses wordings.
"""

from __future__ import annotations

import hashlib
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview_coach.questions.bank_check import NEAR_DUPLICATE_SHARED_WORDS
from interview_coach.questions.bank_words import content_words
from interview_coach.questions.models import Question
from interview_coach.questions.tailoring.material import (
    Material,
    Term,
    spoken_role,
    terms_of,
    track_weights,
)
from interview_coach.questions.tailoring.skills import Skill
from interview_coach.questions.tailoring.templates import (
    Made,
    Template,
    about_role,
    about_skill,
    reason_of,
    templates_of,
)

_TAILORED_SHARE = 0.6
_DIFFICULTY_STEP = 1.5
_SAME_TRACK = 1.2
_SIGNS = re.compile(r"[^a-z0-9+#.]+")
_ORDER = ("easy", "medium", "hard")


def make(
    material: Material,
    bank: Sequence[Question],
    *,
    count: int | None = None,
    beside: Sequence[str] = (),
) -> list[Made]:
    """As many questions as wanted, tailored ones first; fewer only when the bank has no more.

    bank: the active questions of the type. count: another number than the material's. beside:
    texts that must not come again.
    """
    wanted = material.count if count is None else count
    terms = terms_of(material)
    chosen = _tailored(material, terms, beside, math.ceil(wanted * _TAILORED_SHARE))
    known = [*beside, *(made.text for made in chosen)]
    chosen += _from_bank(material, terms, bank, known, wanted - len(chosen))
    if len(chosen) < wanted:
        # A small bank: more from templates than usual is better than too few.
        known = [*beside, *(made.text for made in chosen)]
        chosen += _tailored(material, terms, known, wanted - len(chosen))
    return chosen


def alike(text: str, others: Iterable[str]) -> bool:
    """Whether a question is nearly the same as one of the others: the bank's own measure."""
    words = _words(text)
    for other in others:
        theirs = _words(other)
        shared = len(words & theirs) / (len(words | theirs) or 1)
        if shared >= NEAR_DUPLICATE_SHARED_WORDS:
            return True
    return False


@lru_cache(maxsize=4096)
def _words(text: str) -> frozenset[str]:
    return content_words(text)


def _chance(material: Material, name: str) -> int:
    digest = hashlib.sha256(f"{material.digest} {name}".encode()).digest()
    return int.from_bytes(digest[:6], "big")


def _distance(material: Material, difficulty: str) -> float:
    """How far a difficulty is from what is wanted, in steps."""
    aims = material.aims
    if not aims:
        return 0.0
    first = abs(_ORDER.index(difficulty) - _ORDER.index(aims[0]))
    return 0.4 if difficulty in aims[1:] else float(first)


def _tailored(
    material: Material, terms: Sequence[Term], taken: Sequence[str], most: int
) -> list[Made]:
    """Each template once, each skill as seldom as possible, by weight."""
    role = spoken_role(material)
    templates = [
        item
        for item in templates_of(material.kind)
        if material.difficulty in {None, item.difficulty}
    ]
    chosen: list[Made] = []
    used: dict[str, int] = {}
    while templates and len(chosen) < most:
        offers = [
            (_worth(material, item, term, used), item, term)
            for item in templates
            for term in _subjects(material, item, terms, role)
        ]
        if not offers:
            break
        _, template, term = max(offers, key=lambda offer: offer[0])
        templates.remove(template)
        chance = _chance(material, template.id)
        made = about_skill(template, term, chance) if term else about_role(template, role, chance)
        if not alike(made.text, [*taken, *(item.text for item in chosen)]):
            chosen.append(made)
            used[term.skill.id if term else ""] = used.get(term.skill.id if term else "", 0) + 1
    return chosen


def _subjects(
    material: Material, template: Template, terms: Sequence[Term], role: str
) -> list[Term | None]:
    """What a template can ask about here; None stands for the role or the ad as a whole."""
    if "role" in template.about:
        return [None] if role else []
    if "ad" in template.about:
        return [None] if material.ad else []
    return [term for term in terms if template.fits(term)]


def _worth(
    material: Material, template: Template, term: Term | None, used: dict[str, int]
) -> tuple[float, int]:
    key = term.skill.id if term else ""
    worth = term.weight if term else 2.5
    worth -= 4.0 * used.get(key, 0) + _DIFFICULTY_STEP * _distance(material, template.difficulty)
    # What was written for just this case says more than what fits anywhere.
    worth += 0.5 if template.origins else 0.0
    return round(worth, 3), _chance(material, f"{template.id} {key}")


@dataclass(frozen=True, slots=True)
class _Offer:
    """A bank question: how well it fits, and the skills it fits with how much."""

    row: Question
    fit: float
    chance: int
    close: tuple[tuple[Term, float], ...]


def _from_bank(
    material: Material,
    terms: Sequence[Term],
    bank: Sequence[Question],
    taken: Sequence[str],
    wanted: int,
) -> list[Made]:
    """The bank's questions that fit best, spread over their tracks."""
    weights = track_weights(material, list(terms))
    offers = [_offer(material, terms, weights, row) for row in bank]
    chosen: list[Made] = []
    tracks: dict[str, int] = {}
    while offers and len(chosen) < wanted:
        best = max(
            offers,
            key=lambda offer: (
                # Those of the difficulty that was asked for go before all others.
                material.difficulty in {None, offer.row.difficulty},
                offer.fit - _SAME_TRACK * tracks.get(offer.row.track, 0),
                offer.chance,
            ),
        )
        offers.remove(best)
        if not alike(best.row.text, [*taken, *(made.text for made in chosen)]):
            chosen.append(_bank_question(best, weights, material))
            tracks[best.row.track] = tracks.get(best.row.track, 0) + 1
    return chosen


def _offer(
    material: Material, terms: Sequence[Term], weights: dict[str, float], row: Question
) -> _Offer:
    text = _text_of(row)
    close = [(term, _closeness(row, text, term.skill)) for term in terms]
    near = tuple((term, closeness) for term, closeness in close if closeness > 0)
    fit = sum(term.weight * closeness for term, closeness in near)
    fit += 4.0 * weights.get(row.track, 0.0) / max(weights.values(), default=1.0)
    fit -= 2 * _DIFFICULTY_STEP * _distance(material, row.difficulty)
    return _Offer(row, round(fit, 3), _chance(material, row.id), near)


def _text_of(row: Question) -> str:
    points = row.content.get("key_points", ())
    phrases = " | ".join(f"{point['text']} | {' | '.join(point['phrases'])}" for point in points)
    plain = _SIGNS.sub(" ", f"{row.text} | {phrases}".casefold())
    return f" {plain} "


def _closeness(row: Question, text: str, skill: Skill) -> float:
    """How much a bank question is about a skill, 0 to 1."""
    if skill.kind == "way":
        # The first is what the way is about; the others are in many questions.
        first, *others = skill.competencies
        if first not in row.competencies:
            return 0.0
        return 0.5 + 0.1 * len(set(others) & set(row.competencies))
    named = any(f" {word.casefold()} " in text for word in skill.words)
    ideas = sum(f" {idea} " in text for idea in (*skill.ideas, *skill.pains))
    return min(1.0, 0.7 * named + 0.2 * min(2, ideas)) if named or ideas > 1 else 0.0


def _bank_question(offer: _Offer, weights: dict[str, float], material: Material) -> Made:
    row = offer.row
    best = max(offer.close, key=lambda pair: pair[0].weight * pair[1], default=(None, 0.0))[0]
    if best is not None:
        reason = f"From the bank. {reason_of(best)}"
    elif row.track in weights:
        reason = "From the bank, for a subject the role or the ad points to."
    else:
        level = f" and {row.difficulty} level" if material.aims else ""
        reason = f"From the bank, for this type of interview{level}."
    return Made(
        kind=row.type,
        track=row.track,
        difficulty=row.difficulty,
        text=row.text,
        competencies=tuple(row.competencies),
        content=row.content,
        time_guide_seconds=row.time_guide_seconds,
        made_from="bank",
        reason=reason,
        bank_id=row.id,
        source=best.source if best else "",
        term=best.skill.title if best else "",
        quote=best.quote if best else "",
    )
