"""Key points that name a move of an answer, not its matter: "gives the result", "takes
responsibility".

Written without phrases, such a point shares no word with a good answer, so it is met by the cues
of its move. Any story has moves: they count only as far as the answer speaks of the question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.star import StarPart, has_phrase
from interview_coach.scoring.structure_cues import EXAMPLE, REASON, TRADE_OFFS
from interview_coach.scoring.topic import content_words
from interview_coach.scoring.types import Question
from interview_coach.scoring.vocabulary import concepts, stem, weight
from interview_coach.speech.word_classes import padded_phrases, word_set

MOVE_SHARE = 0.9
THIN_MOVE_SHARE = 0.6

_LEVELS = {"clear": MOVE_SHARE, "thin": THIN_MOVE_SHARE, "missing": 0.0}


@dataclass(frozen=True, slots=True)
class _Move:
    """A move: the words a key point names it by, and its cues or its part of the story."""

    named: frozenset[str]
    cues: tuple[str, ...] = ()
    story: str | None = None


def _move(named: str, cues: str = "", story: str | None = None) -> _Move:
    words = frozenset(stem(word) for word in word_set(named))
    return _Move(words, padded_phrases(cues) if cues else (), story)


_MOVES = (
    _move("result results outcome outcomes impact effect achieved consequence", story="result"),
    _move(
        "action actions steps did done approach handled handling recover recovery solved solve "
        "resolve resolution took response strategy tackled",
        story="action",
    ),
    _move("context situation background scenario setting challenge", story="situation"),
    _move("task goal role", story="task"),
    _move(
        "responsibility ownership own owned accountable accountability blame fault admits admit",
        "took responsibility|my fault|my mistake|i was responsible|i owned|i was in charge|"
        "i admitted|i apologised|i apologized|i take responsibility|it was on me|i should have|"
        "i had not|i underestimated|i forgot",
    ),
    _move(
        "learn learned lesson lessons takeaway reflection reflects reflect insight differently",
        "i learned|i learnt|the lesson|since then|from then on|now i|looking back|i would do|"
        "taught me|ever since|my takeaway|in hindsight|next time|i realised|i realized",
    ),
    _move(
        "communicate communicated communication communicates stakeholders inform informed told "
        "transparent transparency update updates vision aligned",
        "i told|i informed|i explained|i called|i emailed|i wrote|i messaged|i met with|"
        "i held|a meeting|i presented|i shared|i updated|i sent|i let|i announced|i showed|"
        "status page|i would tell|i would inform|i would explain|let them know|i spoke|we talked|"
        "i talked|i sat down",
    ),
    _move(
        "why reason reasons cause causes causing explains explain root",
        "because|since i|since we|since my|since our|since the|since it|since they|since there|"
        "due to|the reason|underestimated|the cause|turned out|root cause|caused by|"
        "as it happened|found that|found out",
    ),
    _move(
        "resistance objections objection concerns pushback reluctant sceptical skeptical fear",
        "resisted|resistance|afraid|concerns|worried|sceptical|skeptical|pushed back|objected|"
        "refused|reluctant|complained|against it|did not want|didnt want",
    ),
    _move(
        "motivation motivated motivates passion passionate interest interested enthusiasm drives",
        "drives me|motivates me|matters to me|i enjoy|i love|i care|i am excited|im excited|"
        "i want to|fascinates|interests me|excites me|important to me",
    ),
    _move(
        "skills skill experience qualifications strengths strength fit qualified",
        "in my last role|in my current role|in my previous|at my last|i built|i have worked|"
        "years of|so i know|i know how|i led|i managed|i am good at|my experience|my strength|"
        "i have led|i ran|i trained|i developed",
    ),
    _move(
        "company employer organisation organization mission product culture research",
        "your company|your team|your product|your mission|your hospital|your school|your clients|"
        "your customers|your paper|your platform|your work|your group|your report|your values|"
        "your engineers|your blog|your site|about you|you build|you make|you are the only|"
        "your founder|your culture",
    ),
    _move(
        "prevent prevents prevention future again recurrence avoid safeguards avoided",
        "since then|from then on|never again|has not happened|hasnt happened|alert|checklist|"
        "so that it|now we|now i|runbook|to prevent|to avoid|postmortem|test for it",
    ),
    _move(
        "listen listened listening empathy understand understood perspective perspectives",
        "listened|asked her|asked him|asked them|asked each|heard|their side|point of view|"
        "their concerns|her concerns|his concerns|understood|put myself|wanted to understand|"
        "asked why|asked what",
    ),
    _move(
        "support supported mentor mentored coach coached help helped",
        "i helped|i coached|i mentored|i trained|i paired|pairing|i supported|i taught|i showed",
    ),
    _move(
        "plan planned planning prioritise prioritize priorities prioritisation organised",
        "i planned|a plan|my plan|we planned|i listed|i ranked|i prioritised|i prioritized|"
        "first i|i split|i broke|i scheduled|by priority|by impact",
    ),
    _move(
        "tradeoff tradeoffs trade pros cons alternatives alternative downsides limitations",
    ),
    _move("example examples"),
)
_CUES_BY_WORD = {stem("tradeoffs"): TRADE_OFFS, stem("example"): EXAMPLE, stem("why"): REASON}
_NUMBER_WORDS = frozenset(
    stem(word)
    for word in word_set(
        "number numbers metric metrics measurable measured quantified quantify quantifies figures"
    )
)


def move_share(
    text: str, answer: AnswerText, star: dict[str, StarPart]
) -> tuple[float, int | None, int | None]:
    """How far the move a key point names is made, 0-1, and the places in core where."""
    named = {stem(word) for word in content_words(text)}
    best: tuple[float, int | None, int | None] = (0.0, None, None)
    most = MOVE_SHARE
    if named & _NUMBER_WORDS:
        best = _numbers(answer)
        # "The effect, with a number" is not met in full by an effect without one.
        most = MOVE_SHARE if best[0] > 0 else THIN_MOVE_SHARE
    for move in _MOVES:
        common = move.named & named
        if not common:
            continue
        if move.story is not None:
            part = star[move.story]
            found = (_LEVELS[part.level], part.first, part.last)
        else:
            extra = tuple(cue for word in common for cue in _CUES_BY_WORD.get(word, ()))
            found = _by_cues(answer, (*move.cues, *extra))
        best = max(best, (min(found[0], most), *found[1:]), key=lambda item: item[0])
    return best


def on_question(answer: AnswerText, question: Question) -> float:
    """How far an answer speaks of what the question asks about, 0-1.

    The question's own words count here, since this only opens the door for moves and earns
    nothing itself; passages copied from the question do not.
    """
    asked = {stem(word): weight(word) for word in content_words(question.text)}
    telling = {root: worth for root, worth in asked.items() if worth > 0.3}
    wanted = telling or {root: worth for root, worth in asked.items() if worth > 0}
    if not wanted:
        return 1.0
    said = {answer.core[place].root for place in answer.new if place in answer.content}
    groups = {group for root in said for group in concepts(root)}
    met = sum(worth for root, worth in wanted.items() if root in said or concepts(root) & groups)
    return min(1.0, met / sum(wanted.values()) * (1.5 if telling else 1.0))


def _numbers(answer: AnswerText) -> tuple[float, int | None, int | None]:
    places = [place for place in answer.new if answer.core[place].number]
    if not places:
        return 0.0, None, None
    return (MOVE_SHARE if len(places) > 1 else THIN_MOVE_SHARE), places[0], places[0]


def _by_cues(answer: AnswerText, cues: Sequence[str]) -> tuple[float, int | None, int | None]:
    for unit in answer.units:
        if not unit.echo and has_phrase(answer.norms(unit.words), cues):
            return MOVE_SHARE, unit.words[0], unit.words[-1]
    return 0.0, None, None
