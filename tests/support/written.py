"""What a well-behaved engine says when it is asked to judge and to advise on `STRONG_ANSWER`."""

from __future__ import annotations

from typing import Any

from tests.support.engines import Reaction, Turn, says

SAID = "First I traced the slow queries with Datadog"


def is_judging(request: dict[str, Any]) -> bool:
    """Whether an engine is asked to judge, and not for advice."""
    return "JudgedCriterion" in str(request)


def failing_at(judging: Turn | None = None, advice: Turn | None = None) -> Reaction:
    """An engine that answers one of the tasks like this, and the other well."""

    def react(request: dict[str, Any]) -> Turn:
        turn = judging if is_judging(request) else advice
        return turn or written(request)

    return react


def written(request: dict[str, Any], quote: str = SAID) -> Turn:
    """An engine of either wire that judges and advises on as many answers as it was given."""
    count = str(request).count("\\nQuestion: ")
    item = {"text": "You say how you found it.", "quote": quote}
    plain = {"text": "Say how long it took you.", "quote": None}
    if is_judging(request):
        criteria = [
            {"id": name, "quote": quote, "level": 5}
            for name in ("key_1", "key_2", "key_3", "specific", "structure")
        ]
        return says({"answers": [{"number": n + 1, "criteria": criteria} for n in range(count)]})
    one = {
        "strengths": [
            item,
            {**item, "text": "You name the tool you used."},
            {**item, "text": "You act yourself."},
        ],
        "weaknesses": [
            plain,
            {**plain, "text": "The team is missing here."},
            {**plain, "text": "No cause is named."},
        ],
        "improvements": [{**plain, "text": f"Add the missing fact number {n}."} for n in range(5)],
        "star_suggestions": [],
        "next_drill": {"text": "Tell only the result in half a minute.", "seconds": 30},
    }
    return says({"answers": [{"number": n + 1, **one} for n in range(count)]})
