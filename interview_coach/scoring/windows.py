"""Stretches of 1-3 units of an answer, and how much of a phrase or key point stands in each.

Nearly every phrase has too few of its words anywhere in an answer; those are left out before the
windows are gone through one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.curves import curve
from interview_coach.scoring.vocabulary import concepts, weight

WINDOW_UNITS = 3
CONCEPT_SHARE = 0.8
# Shares below this are chance: some word of any answer is near some word of any key point.
LEAST_SHARE = 0.35
PHRASE_SHARE = 0.75

PLAIN_COVERAGE = curve((0.2, 0), (0.34, 0.4), (0.5, 0.7), (0.75, 1))
TEXT_COVERAGE = curve((0.2, 0), (0.5, 0.6), (0.8, 1))
# One word any answer holds proves little, one word of the trade more; two such prove the point.
STRENGTH = curve((0.25, 0.1), (0.5, 0.3), (0.6, 0.34), (0.85, 0.5), (1, 0.6), (1.6, 0.9), (2, 1))


@dataclass(frozen=True, slots=True)
class Term:
    """A word that is looked for. groups: its meaning groups, ascending."""

    root: str
    weight: float
    groups: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of a phrase or of a key point, and the sum of their weights."""

    each: tuple[Term, ...] = ()
    total: float = 0.0


_Groups = dict[int, tuple[int, float]]


@dataclass(frozen=True, slots=True)
class _Window:
    """Roots in a window with the first place of each, and the first place of each group."""

    roots: dict[str, int]
    groups: _Groups


@dataclass(frozen=True, slots=True)
class Windows:
    """All windows of an answer in order, and what stands in any of them."""

    each: tuple[_Window, ...]
    roots: frozenset[str]
    groups: frozenset[int]

    def holds_any(self, terms: Terms) -> bool:
        """Whether a word of these stands anywhere."""
        return any(self._most(term) for term in terms.each)

    def may_hold(self, terms: Terms) -> bool:
        """Whether enough of a phrase stands anywhere for some window to hold it."""
        most = sum(self._most(term) for term in terms.each)
        return bool(terms.each) and most / terms.total >= PHRASE_SHARE

    def _most(self, term: Term) -> float:
        if term.root in self.roots:
            return term.weight
        return 0.0 if self.groups.isdisjoint(term.groups) else CONCEPT_SHARE * term.weight


@dataclass(frozen=True, slots=True)
class Found:
    """The largest share of a key point in a window, 0-1, and the first and last place of it."""

    share: float
    first: int
    last: int


def windows_of(
    answer: AnswerText, asked: set[str], denied: frozenset[int] = frozenset()
) -> Windows:
    """The windows of an answer without the words asked with and the places denied."""
    told = [
        [
            (place, answer.core[place].root)
            for place in unit.words
            if place in answer.content and place not in denied and not unit.echo
        ]
        for unit in answer.units
    ]
    windows: list[_Window] = []
    for start in range(len(told)):
        roots: dict[str, int] = {}
        groups: _Groups = {}
        # Each window is the one before with a unit more.
        for unit in told[start : start + WINDOW_UNITS]:
            _add(answer, unit, asked, roots, groups)
            if roots:
                windows.append(_Window(dict(roots), dict(groups)))
    return Windows(
        tuple(windows),
        frozenset(root for window in windows for root in window.roots),
        frozenset(group for window in windows for group in window.groups),
    )


def _add(
    answer: AnswerText,
    unit: Sequence[tuple[int, str]],
    asked: set[str],
    roots: dict[str, int],
    groups: _Groups,
) -> None:
    for place, root in unit:
        if root in asked or root in roots:
            continue
        roots[root] = place
        word = answer.core[place]
        for group in concepts(root):
            groups.setdefault(group, (place, weight(word.norm)))
        if word.number:
            roots.setdefault("percent", place)


def best_in(
    windows: Windows, phrases: Sequence[Terms], own: Terms, least: float, *, plain: bool
) -> Found | None:
    """Where a key point is told most fully, by its phrases or by its own words; None where that is
    not more than `least`. plain: it has no phrases."""
    phrases = [terms for terms in phrases if windows.may_hold(terms)]
    own = own if windows.holds_any(own) else Terms()
    found: Found | None = None
    if not phrases and not own.each:
        return found
    for window in windows.each:
        share, places = _phrases_share(phrases, window)
        value, hits = _text_share(own, window, plain=plain)
        if value > share:
            share, places = value, hits
        if share >= LEAST_SHARE and share > least + 1e-9:
            least = round(share, 3)
            found = Found(least, min(places), max(places))
    return found


def _phrases_share(phrases: Sequence[Terms], window: _Window) -> tuple[float, list[int]]:
    """What the phrases prove together: each proves a part of what the others leave open."""
    found = [_phrase_share(terms, window) for terms in phrases]
    left = 1.0
    used: set[int] = set()
    for value, hits in sorted(found, key=lambda item: -item[0]):
        if value > 0 and not used.issuperset(hits):
            left *= 1.0 - value
            used.update(hits)
    return 1.0 - left, sorted(used)


def _matched(terms: Terms, window: _Window) -> tuple[float, list[int]]:
    """The weight with which terms are met in a window, and where."""
    reached = 0.0
    hits: list[int] = []
    for term in terms.each:
        if term.root in window.roots:
            reached += term.weight
            hits.append(window.roots[term.root])
            continue
        for group in term.groups:
            if group in window.groups:
                place, worth = window.groups[group]
                reached += CONCEPT_SHARE * min(term.weight, worth)
                hits.append(place)
                break
    return reached, hits


def _phrase_share(terms: Terms, window: _Window) -> tuple[float, list[int]]:
    """A phrase counts when nearly all it says stands in the window; a vague one counts less."""
    reached, hits = _matched(terms, window)
    ratio = reached / terms.total
    if ratio < PHRASE_SHARE or not hits:
        return 0.0, []
    return STRENGTH.exact(reached) * ratio, hits


def _text_share(terms: Terms, window: _Window, *, plain: bool) -> tuple[float, list[int]]:
    """A key point's own words. Where it has no phrases (`plain`), they are all there is to go by
    and half of them is much."""
    reached, hits = _matched(terms, window)
    if not hits:
        return 0.0, []
    if plain:
        strength = min(1.0, STRENGTH.exact(reached) + 0.3)
        return PLAIN_COVERAGE.exact(reached / terms.total) * strength, hits
    return TEXT_COVERAGE.exact(reached / terms.total) * STRENGTH.exact(reached), hits
