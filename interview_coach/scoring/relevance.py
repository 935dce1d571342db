"""Relevance without a model: how much of the question's key points the answer covers.

Each key point is looked for in windows of 1-3 units, by its phrases or by its own words, weighted
by how much a word says. Words of the question itself count for nothing, so saying the question
back wins nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.form import MOST_BY_FORM, form_relevance
from interview_coach.scoring.negation import denied_places, denies
from interview_coach.scoring.rubric import move_share, on_question
from interview_coach.scoring.star import find_star, star_value
from interview_coach.scoring.structure_cues import claim_reason_example
from interview_coach.scoring.topic import RUBRIC_WORDS, content_words
from interview_coach.scoring.types import STAR_TYPES, KeyPoint, Question
from interview_coach.scoring.vocabulary import concepts, stem, weight
from interview_coach.scoring.windows import (
    LEAST_SHARE,
    STRENGTH,
    TEXT_COVERAGE,
    Term,
    Terms,
    Windows,
    best_in,
    windows_of,
)
from interview_coach.speech.word_classes import FUNCTION_WORDS, SUBJECT_CONTRACTIONS

MET = 0.6
TOUCHED = 0.3
MOVE_BESIDE_PHRASES = 0.7
OPEN_DOOR = 0.6
SURE_SHARE = 0.65
CHANCE_DOOR = 0.5
# From here on the words of a key point alone are most of what makes it met.
TEXT_ENOUGH = 0.5

# A phrase said as it stands proves the point when its words weigh this much, small ones included.
FULL_WEIGHT = 0.85
SMALL_WORD_WEIGHT = 0.15
EVERYDAY_PHRASE_SHARE = 0.75
EVERYDAY_PAIR_SHARE = 0.5

# "id" in a phrase is an identifier, not "I would".
_SMALL_WORDS = FUNCTION_WORDS - SUBJECT_CONTRACTIONS
_PERSONS = {stem(word): "her" for word in ("him", "his", "her", "hers")}
_PERSONS |= {stem(word): "she" for word in ("he", "she")}
_PERSONS |= {stem(word): "herself" for word in ("himself", "herself")}
RELEVANCE = curve((0, 0), (0.6, 82), (0.85, 100))


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far one key point is covered, 0-1, and where: places in core, None when nowhere."""

    key_point: KeyPoint
    share: float
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What an answer must hold for a phrase to count.

    sequence: stems that count wherever they stand together, empty when there is no such way.
    weights: the stems that count anywhere in a few sentences, each with its weight above 0; words
    of the question are left out. Empty when only the sequence counts.
    """

    sequence: tuple[str, ...]
    weights: dict[str, float]


def proof_of(phrase: str, question_text: str) -> Proof:
    """How a phrase of a key point of that question is looked for."""
    asked = {stem(word) for word in content_words(question_text)}
    terms = _phrase_terms(phrase, asked)
    weights = {term.root: term.weight for term in terms.each if term.root}
    return Proof(_literal(phrase, asked), weights)


def text_proof(text: str, question_text: str) -> frozenset[str]:
    """The stems of which each alone, said anywhere, makes the words of a key point count as said:
    those that carry nearly all of what the key point says beyond the question."""
    terms = _text_terms(text, {stem(word) for word in content_words(question_text)})
    return frozenset(
        term.root
        for term in terms.each
        if term.root
        and TEXT_COVERAGE.exact(term.weight / terms.total) * STRENGTH.exact(term.weight)
        >= TEXT_ENOUGH
    )


def relevance_of(coverages: Sequence[Coverage]) -> float:
    """Relevance 0-100 from the mean share of the key points covered."""
    return RELEVANCE(mean_share(coverages))


def mean_share(coverages: Sequence[Coverage]) -> float:
    """The mean share of the key points covered, 0-1."""
    return sum(item.share for item in coverages) / len(coverages)


def cover(answer: AnswerText, question: Question) -> list[Coverage]:
    """The coverage of each key point that can be told from the question's own words."""
    asked = {stem(word) for word in content_words(question.text)}
    denied = denied_places(answer, question)
    windows = windows_of(answer, asked)
    told = windows_of(answer, asked, denied) if denied else windows
    sequence = [place for place in answer.new if place in answer.content]
    roots = [_any_gender(answer.core[place].root) for place in sequence]
    positions: dict[str, list[int]] = {}
    for index, root in enumerate(roots):
        positions.setdefault(root, []).append(index)
    found: list[Coverage] = []
    for point in question.key_points:
        options = [_phrase_terms(phrase, asked) for phrase in point.phrases]
        own = _text_terms(point.text, asked)
        literal = [
            tuple(_any_gender(root) for root in _literal(phrase, asked)) for phrase in point.phrases
        ]
        denying = [denies(content_words(phrase)) for phrase in point.phrases]
        own_denies = denies(content_words(point.text))
        said = own.each or any(terms.each for terms in options) or any(literal)
        if not said and point.phrases:
            continue
        best = Coverage(point, 0.0, None, None)
        for phrase, roots_of in zip(point.phrases, literal, strict=True):
            barred = frozenset() if denies(content_words(phrase)) else denied
            place = _find_sequence(roots_of, roots, positions, sequence, barred)
            share = _literal_share(phrase, asked) if place is not None else 0.0
            if place is not None and share > best.share:
                best = Coverage(point, share, sequence[place], sequence[place + len(roots_of) - 1])
        if best.share < 1.0:
            plain = not point.phrases
            both = list(zip(options, denying, strict=True))
            plainly = [terms for terms, denial in both if not denial]
            best = _better(best, told, plainly, Terms() if own_denies else own, plain=plain)
            if any(denying) or own_denies:
                # What a point denies itself is looked for among denied words too.
                denials = [terms for terms, denial in both if denial]
                best = _better(best, windows, denials, own if own_denies else Terms(), plain=plain)
        found.append(best)
    return _with_moves(found, answer, question)


def _better(
    best: Coverage, windows: Windows, phrases: Sequence[Terms], own: Terms, *, plain: bool
) -> Coverage:
    found = best_in(windows, phrases, own, best.share, plain=plain)
    return best if found is None else Coverage(best.key_point, found.share, found.first, found.last)


def _with_moves(
    found: Sequence[Coverage], answer: AnswerText, question: Question
) -> list[Coverage]:
    """Coverage where key points are also met by the move they name. Phrases say better what a
    point is about, so beside them a move proves less."""
    star = find_star(answer)
    door = max(on_question(answer, question), _door_by_points(found))
    if question.type in STAR_TYPES:
        door = max(door, OPEN_DOOR * form_relevance(answer, star_value(star)) / MOST_BY_FORM)
    elif question.type == "hr":
        built = sum(claim_reason_example(answer).values())
        door = max(door, OPEN_DOOR * form_relevance(answer, built) / MOST_BY_FORM)
    better: list[Coverage] = []
    for item in found:
        share, first, last = move_share(item.key_point.text, answer, star)
        share = round(share * door * (MOVE_BESIDE_PHRASES if item.key_point.phrases else 1.0), 3)
        if share >= LEAST_SHARE and share > item.share:
            better.append(Coverage(item.key_point, share, first, last))
        else:
            better.append(item)
    return better


def _any_gender(root: str) -> str:
    # "told him why" is met by "told her why"
    return _PERSONS.get(root, root)


def _door_by_points(found: Sequence[Coverage]) -> float:
    """How far the points met by words show that an answer is on the question: one that rests on
    one common word may be met by chance."""
    shares = sorted((item.share for item in found), reverse=True)
    if not shares:
        return 0.0
    sure = shares[0] >= SURE_SHARE or (len(shares) > 1 and shares[1] >= MET)
    return shares[0] if sure else shares[0] * CHANCE_DOOR


def _terms(words: Sequence[str], asked: set[str]) -> Terms:
    terms: dict[str, Term] = {}
    for word in words:
        root = stem(word)
        groups = concepts(root)
        said = root in asked
        if said and not groups:
            continue
        worth = weight(word)
        if worth > 0:
            # a word of the question can still be met by another word for the same thing
            found = Term("" if said else root, worth, tuple(sorted(groups)))
            terms.setdefault(root, found)
    return Terms(tuple(terms.values()), sum(term.weight for term in terms.values()))


def _phrase_terms(phrase: str, asked: set[str]) -> Terms:
    """The words of a phrase that are looked for one by one; none where all but one of several
    have dropped out, as "log" is not "n log n" and "working" not "work together"."""
    words = content_words(phrase)
    terms = _terms(words, asked)
    if len(terms.each) != 1 or len(words) == 1:
        return terms
    small = sum(word in _SMALL_WORDS for word in words)
    return terms if small == len(words) - 1 and terms.total >= 1.0 else Terms()


def _text_terms(text: str, asked: set[str]) -> Terms:
    words = [word for word in content_words(text) if word not in RUBRIC_WORDS]
    return _terms(words, asked)


def _literal(phrase: str, asked: set[str]) -> tuple[str, ...]:
    """The roots of a phrase of two words or more that must stand together, else empty."""
    roots = tuple(stem(word) for word in content_words(phrase))
    if len(roots) < 2 or all(root in asked for root in roots):
        return ()
    says = sum(weight(word) for word in content_words(phrase) if stem(word) not in asked)
    return roots if says >= 0.2 or len(roots) >= 3 else ()


def _literal_share(phrase: str, asked: set[str]) -> float:
    """What a phrase proves that was said as it stands: the whole point, or less where it is made
    of words that anybody says ("fixed it")."""
    words = content_words(phrase)
    small = sum(weight(word) == 0 for word in words)
    says = sum(weight(word) for word in words if stem(word) not in asked)
    if says + SMALL_WORD_WEIGHT * small >= FULL_WEIGHT:
        return 1.0
    return EVERYDAY_PHRASE_SHARE if len(words) > 2 else EVERYDAY_PAIR_SHARE


def _find_sequence(
    phrase: Sequence[str],
    roots: Sequence[str],
    positions: dict[str, list[int]],
    places: Sequence[int],
    denied: frozenset[int],
) -> int | None:
    if not phrase:
        return None
    for index in positions.get(phrase[0], ()):
        stop = index + len(phrase)
        if tuple(roots[index:stop]) == tuple(phrase) and denied.isdisjoint(places[index:stop]):
            return index
    return None
