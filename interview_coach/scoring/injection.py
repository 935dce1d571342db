"""Sentences that speak to a grader instead of answering: flagged and left out of scoring.

No language model reads anything in the measured lane, so an instruction cannot raise a score by
being obeyed; it is left out so that its words do not dilute rates or feed key points either.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_GRADER = (
    r"(?:grader|graders|evaluator|evaluators|assessor|scorer|examiner|judge|reviewer|ai|llm|chatbot"
    r"|model|assistant|system)"
)
_RULES = (
    r"(?:instruction|instructions|prompt|prompts|rubric|guideline|guidelines|criteria|directions"
    r"|directives|rules|context|text|above)"
)
_MARK = (
    r"(?:score|scores|scoring|mark|marks|points|rating|ratings|grade|grades|100|95|99|10|ten|five"
    r"|hundred|percent|maximum|stars)"
)
_SOME = r"(?:\w+ ){0,%d}"
_GIVE = (
    r"(?:give|award|assign|grant|rate|score|grade|mark|return|output|set|print|respond with"
    r"|reply with|answer with)"
)
# "Give the new engine five percent of the customers" speaks of work.
_HIGH_MARK = (
    r"(?:score|scores|scoring|mark|marks|points|rating|ratings|grade|grades|100|95|99|hundred"
    r"|maximum|stars|(?:10|ten|five) (?:out of|of 10|points|marks|stars))"
)
_SHARED = (
    r"(?:percent (?:of|to)|requests|users|customers|people|minutes|seconds|hours|days|weeks|months"
    r"|years|euros|dollars|pounds)"
)
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:ignore|disregard|forget|override|bypass|skip) {_SOME % 6}{_RULES}\b",
        rf"\b{_GIVE} (?:this|me|my|full|maximum|perfect|highest|top) {_SOME % 6}{_MARK}\b",
        (
            rf"\b{_GIVE} (?:the|it|all|a|an|him|her|them|us|every) {_SOME % 6}{_HIGH_MARK}\b"
            rf"(?! {_SHARED}\b)"
        ),
        (
            rf"\b(?:mark|score|grade|rate|treat|count|consider) {_SOME % 5}as (?:a |an )?"
            r"(?:met|such|perfect|outstanding|excellent|flawless|complete|correct)\b"
        ),
        (
            r"\b(?:your|the) (?:evaluation|assessment|grading|scoring) of (?:this|the|my) "
            r"(?:answer|text)"
        ),
        r"\b(?:highest|best|maximum|top) (?:possible )?(?:score|mark|grade|rating)\b",
        r"\b(?:give|award|assign|grant) (?:full|maximum|perfect|top|the highest) \w+",
        (
            rf"\b(?:you are|act as|pretend (?:to be|you are)|behave as|acting as) (?:now "
            rf")?{_SOME % 3}"
            rf"{_GRADER}\b"
        ),
        r"\b(?:you are now|from now on you|your new (?:task|role|instructions|job))\b",
        (
            rf"\b(?:note|message|memo|instruction|attention|dear|hey|hello|to) (?:to |for |from )?"
            rf"(?:the |all |any )?{_GRADER} (?:\w+ )?(?:please|this|the|you|ignore|give|score|"
            rf"must)\b"
        ),
        r"\b(?:system|developer|admin|assistant) (?:prompt|message|override|instruction|note|mode)",
        (
            r"\bthis is an? (?:\w+ ){0,2}(?:excellent|perfect|flawless|outstanding|"
            r"exceptional|model) "
            r"(?:answer|response)"
        ),
        rf"\b(?:deserves|merits|earns) (?:an? |the |full |top )(?:\w+ ){{0,2}}{_MARK}\b",
        r"\bas an? (?:ai|language model|llm|grader|evaluator)\b",
        r"\b(?:new|hidden|updated|special|important) (?:instruction|instructions|directive) ",
        (
            rf"\b(?:answer|candidate|response|applicant) (?:deserves|earns|merits|should "
            rf"(?:get|receive"
            rf"|be (?:given|scored|graded|rated|awarded))|must (?:get|receive|be (?:given|"
            rf"scored|graded"
            rf"|rated|awarded))|has earned|is worth) {_SOME % 5}{_MARK}"
        ),
        (
            r"\b(?:this|the|my) (?:answer|response|candidate) (?:is (?:perfect|excellent|flawless"
            r"|outstanding|exceptional)|meets all|covers (?:all|every)|satisfies (?:all|every)"
            r"|fully (?:covers|meets|satisfies|addresses))"
        ),
        (
            rf"\b(?:all|every) (?:scores?|criteria|key points?|rubric) {_SOME % 4}(?:100|met|"
            rf"maximum"
            r"|satisfied|full|perfect|5)\b"
        ),
        (
            rf"\b(?:do not|dont|never) (?:deduct|penali[sz]e|grade|lower|reduce) {_SOME % 4}"
            r"(?:points?|scores?|marks?|grade|answer|candidate|me)\b"
        ),
        r"\b(?:end|beginning) of (?:the )?(?:transcript|answer|candidate answer|prompt)\b",
        (
            r"\b(?:score|rating|grade|fluency|confidence|clarity|content|overall)(?: score)?"
            # a number that follows is joined to it, so no word need end here
            r"(?: is| equals| to)? (?:100|10 10|5 5|95|99)(?!\d)"
        ),
        (
            r"\b(?:correct|right|true|final|proper|appropriate|only) (?:score|grade|rating|mark) "
            r"(?:for|of) (?:this|the|my) (?:answer|response|candidate|interview|text)\b"
        ),
        (
            r"\b(?:it|this|this one|answer|response|candidate|he|she) (?:gets?|got|receives?|"
            rf"received|earns?|earned) (?:a |the |all |full )?(?:100|10|{_SOME % 1}hundred|maximum|"
            r"perfect)\w* (?:points|marks|score|out of)\b"
        ),
    )
)


def instruction_spans(norms: Sequence[str]) -> list[tuple[int, int]]:
    """The word ranges (first, last, both counted in) of instruction-like phrases, in order."""
    joined = " ".join(norms)
    starts: dict[int, int] = {}
    position = 0
    for index, norm in enumerate(norms):
        starts[position] = index
        position += len(norm) + 1
    spans: list[tuple[int, int]] = []
    for pattern in _PATTERNS:
        for match in pattern.finditer(joined):
            first = starts[match.start()]
            last = first + len(match.group().split()) - 1
            spans.append((first, last))
    return sorted(spans)


def instruction_units(norms: Sequence[str], starts: Sequence[int]) -> list[tuple[int, int]]:
    """The word ranges of whole units that hold an instruction, merged, in order.

    starts: where units begin among the words.
    """
    edges = [*starts, len(norms)]
    held: set[int] = set()
    for first, last in instruction_spans(norms):
        for unit in range(len(starts)):
            if edges[unit] <= last and first < edges[unit + 1]:
                held.add(unit)
    return [(edges[unit], edges[unit + 1] - 1) for unit in sorted(held)]
