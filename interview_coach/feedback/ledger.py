"""The ledger of numbers: what an answer says in figures, beside the user's other answers.

It shows quotes and where they stand, and never says which of them is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlmodel import Session

from interview_coach.feedback import repository
from interview_coach.feedback.ledger_schemas import ClaimItem, ClaimPlace, LedgerView
from interview_coach.feedback.models import Analysis
from interview_coach.interviews import outcomes
from interview_coach.interviews import service as interviews
from interview_coach.scoring.claims import Claim, Match, claims_of, compare
from interview_coach.speech.text import tokenise

_MOST_ANSWERS = 60
# A rough transcript gets numbers wrong: nothing is held against it.
_ROUGH = "The transcript is rough, so its numbers are not compared."
_RESUME = "Your resume is not compared yet."


def read_ledger(session: Session, user_id: str, interview_id: str, answer_id: str) -> LedgerView:
    """The numbers of this user's answer; 404 when there is none.

    Compared are the newest scored answers to other questions, of each the best take, without
    rough transcripts. Texts of other kinds, such as a resume, can be given to `scoring.claims`
    in the same way.
    """
    answer = interviews.find_answer(session, user_id, interview_id, answer_id)
    mine = repository.newest_results(session, user_id, [answer_id]).get(answer_id)
    if mine is None:
        return LedgerView(items=[], compared_answers=0, note=_RESUME)
    claims = claims_of(mine.transcript)
    if mine.draft:
        return LedgerView(items=_items(mine, claims, [], []), compared_answers=0, note=_ROUGH)
    others = [
        row
        for row in outcomes.settled(session, user_id, _MOST_ANSWERS)
        if row.interview_question_id != answer.interview_question_id and not row.draft
    ]
    analyses = repository.newest_results(session, user_id, [row.id for row in others])
    places = [(row, analyses[row.id]) for row in others if row.id in analyses]
    matches = compare(claims, [claims_of(found.transcript) for _, found in places])
    told = [(match, _place(session, *places[match.place], match)) for match in matches]
    items = _items(mine, claims, matches, [place for _, place in told])
    return LedgerView(items=items, compared_answers=len(places), note=_RESUME)


def _items(
    mine: Analysis,
    claims: Sequence[Claim],
    matches: Sequence[Match],
    places: Sequence[ClaimPlace],
) -> list[ClaimItem]:
    items = []
    for claim in claims:
        found = [
            place for match, place in zip(matches, places, strict=True) if match.claim is claim
        ]
        standing = "first"
        if found:
            standing = "same" if all(place.same for place in found) else "differs"
        items.append(
            ClaimItem(
                quote=claim.quote,
                sentence=claim.sentence,
                start=_start(mine.result, mine.transcript, claim),
                value=claim.value,
                unit=claim.unit.removeprefix("of "),
                standing=standing,
                others=found,
            )
        )
    return items


def _place(session: Session, answer: Any, analysis: Analysis, match: Match) -> ClaimPlace:
    return ClaimPlace(
        interview_id=answer.interview_id,
        answer_id=answer.id,
        question=outcomes.question_of(session, answer).text,
        quote=match.other.quote,
        sentence=match.other.sentence,
        start=_start(analysis.result, analysis.transcript, match.other),
        same=match.same,
    )


def _start(result: dict[str, Any], transcript: str, claim: Claim) -> float | None:
    """The second of a claim: that of the scorer's evidence for the same number."""
    told = transcript[: claim.first]
    for row in result.get("evidence") or ():
        if row["criterion"] != "number" or row["start"] is None:
            continue
        wanted = [token.norm for token in tokenise(row["quote"])]
        here = [token.norm for token in tokenise(transcript[claim.first : claim.last])]
        before = told.count(row["quote"])
        if wanted and (wanted == here[: len(wanted)] or here == wanted[: len(here)]) and not before:
            return float(row["start"])
    return None
