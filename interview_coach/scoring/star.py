"""STAR: which parts of a story are told. Found by cues in the units, each with its quote.

Action and Result weigh most: past-behaviour answers are seldom stories, and those that are tell
too much of the situation (Bangerter et al. 2014).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from interview_coach.scoring.answer_text import AnswerText, Unit
from interview_coach.scoring.vocabulary import stem
from interview_coach.scoring.vocabulary_data import CONCRETE_VERBS, TIME_WORDS, TOOLS
from interview_coach.speech.word_classes import FUNCTION_WORDS, looks_past, padded_phrases, word_set

OPENING_UNITS = 3
ACTION_WORDS = 30
CUT_WORDS = 6
# Where in an answer a number may be the outcome without a word that says so.
CLOSING = 0.6
STAR_PARTS = ("situation", "task", "action", "result")
STAR_WEIGHTS = {"situation": 0.15, "task": 0.15, "action": 0.35, "result": 0.35}
LEVEL_VALUES = {"clear": 100.0, "thin": 50.0, "missing": 0.0}


@dataclass(frozen=True, slots=True)
class StarPart:
    """One part of the story: `level` clear, thin or missing; first and last place in core."""

    level: str
    first: int | None
    last: int | None


_SITUATION = padded_phrases(
    "last year|last month|last week|last quarter|last spring|last summer|last winter|last autumn|"
    "years ago|months ago|weeks ago|a year ago|at my last|at my previous|in my last|in my previous|"
    "in my current|at my current|when i was|when i worked|while i was|while working|i was working|"
    "i worked|i was leading|we were|there was|there were|our team|my team|our company|at the time|"
    "one time|one day|once|during my|during the|during a|i joined|the company|a client|a customer|"
    "our biggest|our largest|had been|used to|the project|was running|was failing|in the middle of|"
    "imagine|suppose|if i|if a|if the|if my|in that situation|in this situation|when a|when the|"
    "in my first|in my second|in my third|in my old|in my new|at my old|my first job|"
    "at the start|at the beginning|back then|in those days"
)
_TASK = padded_phrases(
    "my task|my job|my role|my goal|my responsibility|my responsibilities|my part|my challenge|"
    "the goal|the task|the challenge|our goal|i was responsible|i was in charge|i was asked|"
    "i was assigned|i was tasked|i was given|i had to|i needed to|we had to|we needed to|"
    "it was up to me|i owned|i was accountable|i was supposed to|had to decide|asked me to|"
    "tasked me|wanted me to|expected to|the deadline was|i was the|i volunteered|put me in charge|"
    "i would need to|i would have to|my aim|my first priority|the aim|needed me to|i took on|"
    "i was leading|i led|had to|needed to|was supposed to|was meant to|was due|our task|our job|"
    "was on call|as lead of|as head of|i was hired|i was promoted|i was lead|i was head|"
    "put in charge|it fell to me|up to us|we had until|i had until|the plan was|was planned for"
)
_RESULT = padded_phrases(
    "as a result|the result|the results|the outcome|in the end|the end result|"
    "resulted in|resulting in|which led to|that led to|this led to|led to a|ended up|"
    "which meant|this meant|since then|ever since|to this day|from then on|went from|dropped from|"
    "dropped by|dropped to|fell from|fell by|fell to|rose from|rose by|rose to|grew from|grew by|"
    "grew to|increased by|increased from|increased to|reduced by|reduced from|cut by|cut from|"
    "went down|went up|went live|on time|on schedule|under budget|within budget|"
    "ahead of schedule|back to normal|back online|back up|was adopted|were adopted|adopted it|"
    "still use|still used|still uses|we saved|saved us|saved the|saved about|we recovered|"
    "we shipped|we launched|we delivered|we finished|we hit|we met|we won|we kept|it worked|"
    "was promoted|got promoted|renewed|thanked|praised|no longer|has not happened|"
    "hasnt happened|never happened again|without any|zero|successfully|finally we|"
    "improved by|improved from|came down|came back|turned into|paid off|i learned|"
    "so that|that way|the goal would be|would result|would mean|the benefit|which reduced|"
    "which increased|which saved|which improved|which cut|now the|today the|today we|now we|"
    "the team now|were happy|was happy|was satisfied|signed the|closed the|passed the|"
    "customer stayed|client stayed|by half|in half|went out|was accepted|were "
    "accepted|was approved|"
    "got approved|stayed with|came in|doubled|tripled|halved|a year later|years later|"
    "months later|went well|it held|have stayed|has stayed|to this day|"
    "every team uses|all of them use|everybody uses|ran smoothly|"
    "was saved|were saved|is down to|are down to"
)
# A place of work, said before what was done there: "at a logistics firm", "as lead of nine".
_PLACES = padded_phrases(
    "at a|at an|at the|at our|in a|in an|for a|for an|from a|as lead|as head|as the|as a|as an"
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_SPAN_BEFORE = word_set("for over after during about nearly almost in within")
_SPANS = word_set("year years month months week weeks")
_BEING = word_set("am is are was were be been")
_ACTORS = word_set("i id ive ill we wed weve")
_PLANNED = word_set("would id ill will")
PLANNED_WORDS = 2
_DONE = word_set("id ill ive wed weve")
_STATE_VERBS = frozenset(
    stem(word)
    for word in word_set(
        "was were am are is be been have had has think thought believe feel felt know knew want "
        "wanted like liked need needed guess hope would could might mean learn learned see saw "
        "love enjoy remember work worked join joined did do can should not just dont didnt never "
        "different problem idea opinion chance good great new best always really very "
        "also ever to in on at of with for and or but that"
    )
)
_ACTION_LINKS = word_set("first then next also after finally immediately quickly")
_CONCRETE = frozenset(stem(verb) for verb in CONCRETE_VERBS)
_NAMED = TIME_WORDS | TOOLS


def find_star(answer: AnswerText) -> dict[str, StarPart]:
    """The four parts of a story in an answer."""
    told = [index for index, unit in enumerate(answer.units) if not unit.echo]
    units = [answer.units[index] for index in told]
    topical = [answer.on_topic[index] for index in told]
    norms = [answer.norms(unit.words) for unit in units]
    actions = _actions(norms)
    results = _result_strengths(answer, units, norms, actions)
    result_units = {index for index, strength in enumerate(results) if strength}
    return {
        "situation": _situation(answer, units, norms, actions, topical),
        "task": _by_cues(units, norms, _TASK, clear_words=8),
        "action": _action(answer, units, actions, result_units),
        "result": _result(units, results),
    }


def star_spans(answer: AnswerText) -> list[tuple[str, int, int]]:
    """The story from its first part to its last, as (part, first, last) with places in core.

    Each sentence-like unit belongs to the part whose cues it has; one without any goes on with
    the part before it. The units that `find_star` quotes belong to the part they are quoted for.
    Spans are in order and do not overlap; neighbours are of different parts. Empty without a
    story. Drawn and counted as shares of the answer, never scored.
    """
    told = [index for index, unit in enumerate(answer.units) if not unit.echo]
    units = [answer.units[index] for index in told]
    norms = [answer.norms(unit.words) for unit in units]
    actions = _actions(norms)
    results = _result_strengths(answer, units, norms, actions)
    quoted = {
        part.first: name
        for name, part in reversed(find_star(answer).items())
        if part.first is not None
    }
    spans: list[tuple[str, int, int]] = []
    for index, unit in enumerate(units):
        first, last = unit.words[0], unit.words[-1]
        name = quoted.get(first) or _told_part(norms[index], actions[index], results[index])
        if name == "" or (spans and spans[-1][0] == name):
            if spans:
                spans[-1] = (spans[-1][0], spans[-1][1], last)
            continue
        spans.append((name, first, last))
    return spans if quoted else []


def _told_part(words: Sequence[str], actions: Sequence[str], result: int) -> str:
    """The part a unit tells by its own cues, empty when it has none."""
    if result:
        return "result"
    if has_phrase(words, _TASK):
        return "task"
    if actions:
        return "action"
    return "situation" if has_phrase(words, _SITUATION) else ""


def star_value(parts: dict[str, StarPart]) -> float:
    """Structure 0-100 of a story: the weighted levels of its parts."""
    return round(
        sum(STAR_WEIGHTS[name] * LEVEL_VALUES[part.level] for name, part in parts.items()), 1
    )


def has_phrase(words: Sequence[str], phrases: Iterable[str]) -> bool:
    """True when one of the phrases (`padded_phrases`) stands in the words."""
    begun_by = _by_first_word(tuple(phrases))
    joined = f" {' '.join(words)} "
    return any(phrase in joined for word in words for phrase in begun_by.get(word, ()))


@lru_cache(maxsize=128)
def _by_first_word(phrases: tuple[str, ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for phrase in phrases:
        found.setdefault(phrase.split()[0], []).append(phrase)
    return found


def _part(level: str, units: Sequence[Unit]) -> StarPart:
    if level == "missing" or not units:
        return StarPart("missing", None, None)
    return StarPart(level, units[0].words[0], units[0].words[-1])


def _by_cues(
    units: Sequence[Unit],
    norms: Sequence[Sequence[str]],
    cues: tuple[str, ...],
    clear_words: int,
) -> StarPart:
    hits = [index for index, words in enumerate(norms) if has_phrase(words, cues)]
    if not hits:
        return _part("missing", [])
    longest = max(hits, key=lambda index: (len(norms[index]), -index))
    level = "clear" if len(norms[longest]) >= clear_words or len(hits) > 1 else "thin"
    return _part(level, [units[longest]])


def _situation(
    answer: AnswerText,
    units: Sequence[Unit],
    norms: Sequence[Sequence[str]],
    actions: Sequence[list[str]],
    topical: Sequence[bool],
) -> StarPart:
    """Time, place or people at the start, before the actions are told."""
    opening = max(1, (len(units) + 1) // 2)
    hits = [
        index
        for index in range(min(opening, len(units)))
        if has_phrase(norms[index], _SITUATION)
        or _names_a_time(norms[index])
        or (index < OPENING_UNITS and has_phrase(norms[index], _PLACES))
        or (index == 0 and topical[0] and not actions[0] and len(norms[0]) >= 8)
    ]
    if not hits:
        return _part("missing", [])
    # "At a furniture retailer" ends before its clause does.
    cut = {index + 1 for index in hits if len(norms[index]) < CUT_WORDS and index + 1 < len(units)}
    told = sum(len(norms[index]) for index in cut.union(hits))
    concrete = any(
        answer.core[place].number or answer.core[place].norm in TIME_WORDS
        for index in hits
        for place in units[index].words
    )
    return _part("clear" if told >= 12 or (concrete and told >= 7) else "thin", [units[hits[0]]])


def tells_an_episode(answer: AnswerText) -> bool:
    """True when something done is told with a concrete word beside it: an example, whatever
    introduces it ("I caught the wrong membrane on the hospital roof")."""
    told = [unit for unit in answer.units if not unit.echo]
    for index, unit in enumerate(told):
        words = answer.norms(unit.words)
        done = [word for word in _action_verbs(words, planned=False) if word not in _STATE_VERBS]
        near = told[index : index + 2]
        if done and any(_concrete_place(answer, place) for each in near for place in each.words):
            return True
    return False


def _concrete_place(answer: AnswerText, place: int) -> bool:
    word = answer.core[place]
    return word.number or word.norm in _NAMED or word.root in _CONCRETE


def _names_a_time(words: Sequence[str]) -> bool:
    """A month, a year ("in 2021"), or a stretch of time ("for two years")."""
    for index, word in enumerate(words):
        if word in TIME_WORDS or _YEAR.fullmatch(word):
            return True
        if word in _SPANS and index >= 2 and words[index - 2] in _SPAN_BEFORE:
            return True
    return False


def _actions(norms: Sequence[Sequence[str]]) -> list[list[str]]:
    planned = sum(word in _PLANNED for words in norms for word in words) >= PLANNED_WORDS
    return [_action_verbs(words, planned=planned) for words in norms]


def _action_verbs(words: Sequence[str], *, planned: bool) -> list[str]:
    """The stems of what "I" or "we" did in a unit, and of verbs joined to it by "and".

    planned: the answer tells what the speaker would do; else what somebody always does ("I trust
    my people") is a habit and no action.
    """
    found: list[str] = []
    for index, word in enumerate(words):
        if word not in _ACTORS:
            continue
        if index + 2 < len(words) and words[index + 1] in _BEING:
            # "I was in charge" tells a task, "I was leading" an action
            if words[index + 2].endswith("ing"):
                found.append(stem(words[index + 2]))
            continue
        for later in words[index + 1 : index + 5]:
            root = stem(later)
            plain = later in FUNCTION_WORDS or later in _ACTION_LINKS
            if not plain and root not in _STATE_VERBS:
                if planned or word in _DONE or looks_past(later):
                    found.append(root)
                break
    if found:
        found.extend(stem(word) for word in words if stem(word) in _CONCRETE)
    return list(dict.fromkeys(found))


def _action(
    answer: AnswerText, units: Sequence[Unit], actions: Sequence[list[str]], result_units: set[int]
) -> StarPart:
    verbs = {verb for index, found in enumerate(actions) for verb in found}
    telling = [index for index, found in enumerate(actions) if found]
    plain = [index for index in telling if index not in result_units] or telling
    if not telling:
        return _part("missing", [])
    best = max(plain, key=lambda index: (index > 0, len(actions[index]), -index))
    told = sum(len(units[index].words) for index in telling)
    concrete = len(verbs & _CONCRETE) + sum(
        answer.core[place].number or answer.core[place].norm in _NAMED
        for index in telling
        for place in units[index].words
    )
    clear = len(verbs) >= 3 and len(telling) >= 2 and told >= ACTION_WORDS and concrete > 0
    return _part("clear" if clear else "thin", [units[best]])


def _result_strengths(
    answer: AnswerText,
    units: Sequence[Unit],
    norms: Sequence[Sequence[str]],
    actions: Sequence[list[str]],
) -> list[int]:
    """For each unit 0 (no result), 1 (a result named) or 2 (with a number or a change)."""
    first_action = next((index for index, found in enumerate(actions) if found), len(units))
    last_action = max((index for index, found in enumerate(actions) if found), default=len(units))
    strengths = [0] * len(units)
    for index, words in enumerate(norms):
        late = index > first_action or (index >= first_action and index * 2 >= len(units))
        if not late:
            continue
        if not has_phrase(words, _RESULT):
            closing = index > last_action or index >= CLOSING * len(units)
            strengths[index] = int(closing and _outcome(answer, units[index], words))
            continue
        # the number may stand in the next unit of the same sentence
        near = [*units[index].words, *(units[index + 1].words if index + 1 < len(units) else ())]
        number = any(answer.core[place].number for place in near)
        strengths[index] = 2 if number or len(words) >= 12 else 1
    return strengths


def _outcome(answer: AnswerText, unit: Unit, words: Sequence[str]) -> bool:
    """A closing statement with a number whose subject is not the speaker."""
    number = any(answer.core[place].number for place in unit.words)
    past = any(looks_past(word) or word in {"was", "were", "had"} for word in words)
    return number and past and words[0] not in _ACTORS


def _result(units: Sequence[Unit], strengths: Sequence[int]) -> StarPart:
    if not any(strengths):
        return _part("missing", [])
    best = max(range(len(units)), key=lambda index: (strengths[index], index))
    clear = strengths[best] == 2 or sum(1 for strength in strengths if strength) > 1
    return _part("clear" if clear else "thin", [units[best]])
