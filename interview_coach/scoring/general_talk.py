"""General talk: words that fit any answer of anybody, beside what somebody did.

"I always do everything really well" tells nothing that could be checked. How many words in a
hundred are of this kind tells vague answers from concrete ones better than counting details: 1.0
in the middle of the bank's strong sample answers and under 2.4 in 95 % of them, 4.9 in the middle
of the weak ones.
"""

from __future__ import annotations

from dataclasses import dataclass

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.confidence import hedge_places
from interview_coach.scoring.curves import curve
from interview_coach.scoring.fluency import per_hundred
from interview_coach.speech.word_classes import word_set

# What one always does and what everybody knows; names for nothing; how very much something is.
GENERAL_WORDS = (
    word_set(
        "always never usually often sometimes generally normally typically everyone everybody "
        "everything anything anyone nobody ever whatever whoever anyway"
    )
    | word_set("thing things something stuff kind sort way ways somehow")
    | word_set(
        "really very quite just honest obviously definitely certainly simply totally absolutely "
        "truly pretty"
    )
)
POINTS = curve((1.5, 0), (8, 50))
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class GeneralTalk:
    """How general an answer is: words of this kind in 100, the points content loses for them, and
    the measure in words."""

    rate: float
    points: float
    measure: str


def general_talk(answer: AnswerText) -> GeneralTalk:
    """Count the general words of an answer. Hedges and possible fillers count elsewhere and are
    left out.

    Rates are per 100 words of units on the topic, or of half of the words where fewer are, so that
    padding dilutes nothing. Words that are set aside (said twice, beside an instruction) count
    among the general ones all the same: setting a sentence aside makes no answer less general.
    """
    hedged = hedge_places(answer)
    told = [word.norm for place, word in enumerate(answer.core) if place not in hedged]
    found = [word for word in told if word in GENERAL_WORDS]
    topical = sum(
        place not in hedged
        for unit, on_topic in zip(answer.units, answer.on_topic, strict=True)
        if on_topic
        for place in unit.words
    )
    carrying = sum(place not in hedged for place in answer.first)
    rate = per_hundred(len(found), max(topical, (carrying + 1) // 2))
    shown = ", ".join(list(dict.fromkeys(found))[:_SHOWN])
    measure = f"{rate:.1f} general words in 100 ({shown})" if found else "no general words"
    return GeneralTalk(rate, POINTS(rate), measure)
