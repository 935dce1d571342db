"""Sentences that say that there is no answer: "I can't think of a situation right now".

They are no fault by themselves, and whoever goes on to answer loses nothing. But where nothing
else meets the question either, an answer that declines is no answer in unusual words.
"""

from __future__ import annotations

from itertools import pairwise

from interview_coach.scoring.answer_text import AnswerText
from interview_coach.scoring.star import has_phrase
from interview_coach.speech.sentences import unit_starts
from interview_coach.speech.word_classes import padded_phrases, word_set

DECLINED_POINTS = 30.0
# An answer that is relevant to this degree has gone on to answer.
ANSWERED_RELEVANCE = 38.0

_ADVERBS = word_set("really just quite actually ever yet usually normally personally honestly")
_DECLINING = padded_phrases(
    "i cant think of|i cannot think of|i can not think of|i cant remember|i dont remember|"
    "i dont recall|nothing comes to mind|i have no example|i dont have an example|"
    "i havent built|i havent done|i havent used|i havent worked with|i havent had|"
    "i have not built|i have not done|i have not used|i have not had|i have never built|"
    "i have never done|i have never used|i have never had|ive never built|ive never done|"
    "ive never used|ive never had|never happened to me|i didnt have this|i dont have this|"
    "i dont know how|i dont know what to|i wouldnt know|i have no idea|id have to look|"
    "i would have to look|not my job|not my department|thats a difficult question|"
    "that is a difficult question|id leave the rest|i leave the rest|i leave that to|"
    "id leave that to|i would leave that|no experience with|im not familiar with|"
    "i am not familiar with|id rather not|i prefer not to|dont like to talk about"
)


def declines(answer: AnswerText) -> bool:
    """True when a sentence of the answer says that there is none."""
    # Also in sentences set aside as padding: such a one tells nothing.
    said = answer.norms(answer.first)
    edges = [*unit_starts(said), len(said)]
    return any(
        has_phrase([word for word in said[first:last] if word not in _ADVERBS], _DECLINING)
        for first, last in pairwise(edges)
    )
