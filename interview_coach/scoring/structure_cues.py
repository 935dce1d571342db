"""The words that show how an answer is built: claims, reasons, examples, links, trade-offs."""

from __future__ import annotations

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.star import has_phrase, tells_an_episode
from interview_coach.speech.word_classes import padded_phrases

CLAIM = padded_phrases(
    "i am|im|i want|i wanted|i enjoy|i love|my strength|my greatest|my biggest|my weakness|i value|"
    "i prefer|i bring|i would|id|my goal|i see myself|i chose|i believe|i am looking|im looking|"
    "i have|ive|i left|i am leaving|what i|i work best|my ideal|i would say|i expect|i care|"
    "that i|that im|he would say|she would say|they would say|hed say|shed say|theyd say|"
    "you would hear|youd hear|youd find|it would be|itd be"
)
REASON = padded_phrases(
    "because|since|the reason|thats why|that is why|which is why|therefore|so that|this is why|"
    "due to|as a result|which means|that means|in order to|for that reason|given that|"
    "thats where|thats how|thats what|what matters|matters because|the point is|so as to|"
    "it turned out|turns out|which meant|that meant|that way"
)
EXAMPLE = padded_phrases(
    "for example|for instance|such as|in my last|at my last|in my previous|at my previous|"
    "in my current|last year|last month|last quarter|last spring|last summer|when i|one time|"
    "recently|a time|years ago|months ago|an example|on my last|in one project|once|this year|"
    "on one project|at one point|last week|in january|in february|in march|in april|in may|in june|"
    "in july|in august|in september|in october|in november|in december"
)
LINKS = padded_phrases(
    "first|firstly|second|secondly|third|then|next|after that|finally|because|since|therefore|if|"
    "when|"
    "which means|that means|once|before|for example|for instance|as a result|instead|otherwise|"
    "in order to|so that|to start|on top|behind|in front"
)
TRADE_OFFS = padded_phrases(
    "trade off|tradeoff|tradeoffs|trade offs|downside|drawback|drawbacks|the cost|at the cost|"
    "costs us|expense of|on the other hand|however|but|instead of|rather than|versus|whereas|"
    "compared to|compared with|depends on|it depends|cheaper|slower|faster than|more complex|"
    "simpler|limitation|limitations|the catch|worst case|if we need|at the price|the price|"
    "gives up|give up|unless|although|even though|while a|while the|the risk"
)


def claim_reason_example(answer: AnswerText) -> dict[str, float]:
    """What an answer to an HR question is built of: 30 for a claim, 35 for a reason and 35 for an
    example, 0 for what is missing."""
    units = [answer.norms(unit.words) for unit in answer.units if not unit.echo]
    parts = {"claim": (30.0, CLAIM), "reason": (35.0, REASON), "example": (35.0, EXAMPLE)}
    found = {
        name: points if any(has_phrase(words, cues) for words in units) else 0.0
        for name, (points, cues) in parts.items()
    }
    if not found["example"] and tells_an_episode(answer):
        found["example"] = parts["example"][0]
    return found
